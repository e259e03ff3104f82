"""Expected signal of one search for one model at one mass."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Detector, Process, PublishedLimit, Search
from farflung.detectors.searches.products.decay_selection import DecayMixture
from farflung.lpp import INVISIBLE, Flights, Model, ProcessError, Sampling, TwoBodyDecay
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.limits import signal_upper_limit

Array = NDArray[np.float64]

SEED_STEP = 1_000_003
"""Between the seeds of a search's processes, whose samples are independent so that their errors average out."""


def available(detector: Detector, search: Search, model: Model) -> tuple[Process, ...]:
    """Processes of a search that the model has.

    Raises
    ------
    DetectorError
        If the detector's source lacks one of the search's processes.
    """
    found = []
    for process in search.processes:
        lowest = model.mass_range[0]
        try:
            detector.source.produced(process, model, lowest if lowest < process.max_mass else np.empty(0))
        except ProcessError:
            continue
        found.append(process)
    return tuple(found)


def visible(search: Search, model: Model) -> bool:
    """Whether the model has one of the final states that the search counts."""
    if not search.final_states:
        return True
    return bool(set(search.final_states) & set(model.final_states()))


def limit_of(search: Search, mass: float) -> float:
    """Largest signal that the search does not exclude: events, or 1 for a published limit."""
    if isinstance(search, PublishedLimit):
        return 1.0
    return signal_upper_limit(float(search.background_at(mass)), search.observed, search.confidence_level)


def events_of_pair(
    detector: Detector,
    search: Search,
    model: Model,
    mass: float,
    couplings: ArrayLike,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> tuple[Array, Array]:
    """Expected signal events of one search at one mass, and their statistical error.

    Parameters
    ----------
    detector, search, model
        What looks for what.
    mass
        Mass [GeV].
    couplings
        Couplings (c,), in the model's unit.
    n, seed, sampling
        As in `Detector.flights`.

    Returns
    -------
    events, error
        (c,) each; in units of the limit for a `farflung.detectors.PublishedLimit`.

    Raises
    ------
    PhysicsError
        If the model cannot treat the mass, lacks a process or a final state, or a coupling makes no sense.
    """

    def draw(process: Process, part: float, seed: int) -> Flights:
        size = part_of(detector.sample_size if n is None else n, part)
        return detector.flights(model, mass, process=process, search=search, n=size, seed=seed, sampling=sampling)

    return expected_events(detector, search, model, mass, np.asarray(couplings, dtype=float), draw, seed)


def part_of(n: int, part: float) -> int:
    """Flights for a part, 0 to 1, of a sample of n: n halved as often as twice that part allows, at least 512."""
    halves = max(0, int(np.floor(np.log2(1 / max(2 * part, 1e-9)))))
    return max(n >> halves, min(n, 512))


def expected_events(
    detector: Detector,
    search: Search,
    model: Model,
    mass: float,
    couplings: Array,
    draw: Callable[[Process, float, int], Flights],
    seed: int,
) -> tuple[Array, Array]:
    """`events_of_pair` with flights from a function of the process, its part of all flights, and a seed.

    Processes whose particles are selected alike make one sample: their shares in it do not depend on the coupling.
    """
    branching = {state: float(ratio) for state, ratio in model.branching_ratios(mass).items()}
    if search.final_states and not set(search.final_states) & set(branching):
        model.require_final_state(*search.final_states)
    ctau = model.ctau(mass, couplings)
    events, variance = np.zeros(couplings.shape), np.zeros(couplings.shape)
    alike: dict[tuple[tuple[tuple[str, float], ...], float], list[int]] = {}
    for i, process in enumerate(search.processes):
        treated = tuple(_selected(search, process, mass, branching).items()), _unseen(search, process, mass, branching)
        alike.setdefault(treated, []).append(i)
    for (selected, unseen), members in alike.items():
        processes = [search.processes[i] for i in members]
        produced = [_produced(detector, search, process, model, mass, couplings) for process in processes]
        rates = [float(_produced(detector, search, process, model, mass, np.ones(1))[0]) for process in processes]
        if not any(rates):
            continue
        seeds = [seed + SEED_STEP * i for i in members]
        drawn = partial(_together, draw, processes, rates, seeds)
        probability, deviation = _seen(detector, search, dict(selected), unseen, ctau, drawn)
        events += sum(produced) * probability
        variance += (sum(produced) * deviation) ** 2
    error = np.sqrt(variance)
    if isinstance(search, PublishedLimit):
        limit = search.limit_at(mass, ctau)
        events, error = events / limit, error / limit
    if not (np.isfinite(events) & (events >= 0)).all():
        raise ScenarioError(
            f"events of {detector.name}:{search.name} at mass = {mass:g} GeV are not all finite and >= 0"
        )
    return events, error


def _together(
    draw: Callable[[Process, float, int], Flights],
    processes: Sequence[Process],
    rates: Sequence[float],
    seeds: Sequence[int],
) -> Flights:
    """One sample of the particles from several processes that make them at these rates.

    A process gets flights as the root of its rate: what is rare takes part with few of them.
    """
    total, roots = sum(rates), sum(np.sqrt(rates))
    parts = [(p, rate / total, np.sqrt(rate) / roots, s) for p, rate, s in zip(processes, rates, seeds, strict=True)]
    samples = [(draw(process, part, s), share) for process, share, part, s in parts if share > 0]
    return samples[0][0] if len(processes) == 1 else Flights.together(*zip(*samples, strict=True))


def _produced(
    detector: Detector, search: Search, process: Process, model: Model, mass: float, couplings: Array
) -> Array:
    """Long-lived particles made, or for a published limit the branching ratio of their parent."""
    if not isinstance(search, PublishedLimit):
        return detector.source.produced(process, model, mass, couplings)
    if not isinstance(process, TwoBodyDecay):
        raise ScenarioError(
            f"process = '{process}' of search {search.name!r} is no decay, so it has no branching ratio"
        )
    return model.production(process, mass, couplings)


def _selected(search: Search, process: Process, mass: float, branching: dict[str, float]) -> dict[str, float]:
    """Branching ratio times efficiency of the visible final states that count."""
    selected = {
        state: branching.get(state, 0.0) * float(search.efficiency_at(mass, state, process))
        for state in search.states_seen(mass, tuple(branching))
        if state != INVISIBLE
    }
    return {state: share for state, share in selected.items() if share > 0}


def _unseen(search: Search, process: Process, mass: float, branching: dict[str, float]) -> float:
    """The same for what decays invisibly: who looks for nothing finds it wherever (arXiv:2201.06580, eq. 3.4)."""
    missed = search.decays == "outside" and (not search.final_states or INVISIBLE in search.final_states)
    return branching.get(INVISIBLE, 0.0) * float(search.efficiency_at(mass, process=process)) if missed else 0.0


def _seen(
    detector: Detector,
    search: Search,
    selected: dict[str, float],
    unseen: float,
    ctau: Array,
    draw: Callable[[], Flights],
) -> tuple[Array, Array]:
    """Probability that a particle is seen as the search sees it, and its error, for each c tau."""
    probability, error = np.full(ctau.shape, unseen), np.zeros(ctau.shape)
    total = sum(selected.values())
    if not selected:
        return probability, error
    if not search.solid:
        return probability + total, error
    if search.products is None:
        inside, deviation = detector.acceptance(search, draw()).mean_and_error(ctau)
        return probability + total * inside, error + total * deviation
    mixture = replace(search, products=DecayMixture(search.products, selected))
    return detector.acceptance(mixture, draw(), next(iter(selected))).mean_and_error(ctau)


def able(search: Search, processes: tuple[Process, ...], mass: float) -> Search | None:
    """The search with those of the processes that can make the mass; None if there is none."""
    possible = tuple(process for process in processes if mass < process.max_mass)
    return replace(search, processes=possible) if possible else None
