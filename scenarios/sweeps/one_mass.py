"""What several searches expect of a particle at one mass."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Detector, Process, Search
from farflung.lpp import Aim, Flights, Model, Sampling
from farflung.scenarios.sweeps.crossings import crossings
from farflung.scenarios.sweeps.pair_signal import PairSignal
from farflung.scenarios.sweeps.pairs import Pair, Treatment
from farflung.scenarios.sweeps.samples import size_for
from farflung.scenarios.sweeps.signal import kinematically_open, part_of

Array = NDArray[np.float64]

ENOUGH = 0.05
"""Relative statistical error of the events at an edge with which a limit is good enough."""

MOST_ENLARGED = 4
"""How many times as many flights are drawn, at most, where that makes the error good enough."""


class Answer(NamedTuple):
    """Events of one search and their error (c,) each, and coupling, events and error (3, 2 k) beside k crossings."""

    events: Array
    error: Array
    edges: Array

    @property
    def worst(self) -> float:
        """The largest relative error of the events at an edge; 0 where there is none."""
        if not self.edges.size:
            return 0.0
        _, events, error = self.edges
        # of the two sides of a jump from nothing, only one has events
        return float(np.max(error[events > 0] / events[events > 0], initial=0.0))


@dataclass(frozen=True)
class OneMass:
    """Expected events of detector-search pairs at one mass, for each treatment of the particle and the detectors.

    Calling it with a mass [GeV] gives an `Answer` for each treatment and pair; those of treatments that do not differ
    there are the same object.

    Parameters
    ----------
    treatments
        Who looks for what, and how; for each there are
    processes
        those of each pair.
    couplings
        Couplings (c,) that are scanned.
    n, seed, sampling
        As in `Detector.flights`. Where n is None, `MOST_ENLARGED` times what a detector asks for is drawn for limits
        whose error is not `ENOUGH`, unless it would not be so then: errors fall with the root of the number.
    """

    treatments: Sequence[Treatment]
    processes: Sequence[Sequence[tuple[Process, ...]]]
    couplings: Array
    n: int | None
    seed: int
    sampling: Sampling

    def __call__(self, mass: float) -> list[list[Answer]]:
        """Answers for each treatment and pair."""
        drawn: dict[tuple[int, str, Process, Aim, int, int], Flights] = {}

        def draw(detector: Detector, search: Search, times: int, process: Process, part: float, seed: int) -> Flights:
            size = part_of(times * size_for(detector, self.n, self.sampling), part)
            key = (id(detector), search.source, process, detector.aim(process, search), size, seed)
            if key not in drawn:
                drawn[key] = detector.flights_from(
                    process, mass, search=search, n=size, seed=seed, sampling=self.sampling
                )
            return drawn[key]

        def answer(pair: Pair, model: Model, usable: tuple[Process, ...], times: int) -> Answer:
            _, detector, search = pair
            signal = PairSignal(
                detector, search, usable, model, mass, partial(draw, detector, search, times), self.seed
            )
            events, error = signal.events(self.couplings)
            return Answer(events, error, crossings(signal.events, signal.limit, self.couplings, events, error))

        unknown = np.full(len(self.couplings), np.nan)
        nothing = Answer(unknown, unknown, np.empty((3, 0)))
        found: list[list[Answer]] = []
        for treatment, processes in zip(self.treatments, self.processes, strict=True):
            model = treatment.model
            row: list[Answer] = []
            for i, pair in enumerate(treatment.pairs):
                usable, first = (kinematically_open(each[i], mass) for each in (processes, self.processes[0]))
                if not usable:
                    row.append(nothing)
                elif found and usable == first and self._same(i, pair, model, usable, mass):
                    row.append(found[0][i])
                else:
                    answered = answer(pair, model, usable, 1)
                    if self.n is None and ENOUGH < answered.worst <= ENOUGH * sqrt(MOST_ENLARGED):
                        answered = answer(pair, model, usable, MOST_ENLARGED)
                    row.append(answered)
            found.append(row)
        return found

    def _same(self, number: int, pair: Pair, model: Model, usable: Sequence[Process], mass: float) -> bool:
        """Whether a treatment makes as much of the particle as the first one does, with the same widths."""
        _, detector, search = pair
        first, ends = self.treatments[0].model, self.couplings[[0, -1]]
        if detector is not self.treatments[0].pairs[number].detector:
            return False
        if model is first:
            return True
        one, other = (treatment.partial_widths(mass, ends) for treatment in (first, model))
        if one.keys() != other.keys() or any(not np.array_equal(one[state], other[state]) for state in one):
            return False
        if not all(first.has(process) for process in usable):
            return False
        one_rate, other_rate = (
            [search.normalisation(detector.source, treatment, process, mass, ends) for process in usable]
            for treatment in (first, model)
        )
        return bool(np.array_equal(one_rate, other_rate))
