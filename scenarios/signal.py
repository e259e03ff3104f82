"""Expected signal of one search for one model at one mass."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Detector, Process, PublishedLimit, Search
from farflung.lpp import INVISIBLE, Flights, Model, ProcessError, Sampling, TwoBodyDecay
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.limits import signal_upper_limit

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

    def draw(process: Process, seed: int) -> Flights:
        return detector.flights(model, mass, process=process, search=search, n=n, seed=seed, sampling=sampling)

    return expected_events(detector, search, model, mass, np.asarray(couplings, dtype=float), draw, seed)


def expected_events(
    detector: Detector,
    search: Search,
    model: Model,
    mass: float,
    couplings: Array,
    draw: Callable[[Process, int], Flights],
    seed: int,
) -> tuple[Array, Array]:
    """`events_of_pair` with flights from a function of the process and a seed, which is another for each process."""
    branching = {state: float(ratio) for state, ratio in model.branching_ratios(mass).items()}
    if search.final_states and not set(search.final_states) & set(branching):
        model.require_final_state(*search.final_states)
    ctau = model.ctau(mass, couplings)
    events, variance = np.zeros(couplings.shape), np.zeros(couplings.shape)
    for i, process in enumerate(search.processes):
        produced = _produced(detector, search, process, model, mass, couplings)
        drawn = partial(draw, process, seed + SEED_STEP * i)
        probability, deviation = _seen(detector, search, process, mass, branching, ctau, drawn)
        events += produced * probability
        variance += (produced * deviation) ** 2
    error = np.sqrt(variance)
    if isinstance(search, PublishedLimit):
        limit = search.limit_at(mass, ctau)
        events, error = events / limit, error / limit
    if not np.isfinite(events).all():
        raise ScenarioError(f"events of {detector.name}:{search.name} at mass = {mass:g} GeV are not finite")
    return events, error


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


def _seen(
    detector: Detector,
    search: Search,
    process: Process,
    mass: float,
    branching: dict[str, float],
    ctau: Array,
    draw: Callable[[], Flights],
) -> tuple[Array, Array]:
    """Probability that a particle of this process is seen as the search sees it, and its error, for each c tau."""
    states = search.states_seen(mass, tuple(branching))
    selected = {
        state: branching.get(state, 0.0) * float(search.efficiency_at(mass, state, process))
        for state in states
        if state != INVISIBLE
    }
    selected = {state: share for state, share in selected.items() if share > 0}
    # who looks for nothing at all finds it wherever the particle decays to nothing (arXiv:2201.06580, eq. 3.4)
    missed = search.decays == "outside" and (not search.final_states or INVISIBLE in search.final_states)
    unseen = branching.get(INVISIBLE, 0.0) * float(search.efficiency_at(mass, process=process)) if missed else 0.0
    probability, error = np.full(ctau.shape, unseen), np.zeros(ctau.shape)
    if not selected:
        return probability, error
    if not search.solid:
        return probability + sum(selected.values()), error
    flights = draw()
    if search.products is None:
        inside, deviation = detector.acceptance(search, flights).mean_and_error(ctau)
        return probability + sum(selected.values()) * inside, error + sum(selected.values()) * deviation
    for state, share in selected.items():
        inside, deviation = detector.acceptance(search, flights, state).mean_and_error(ctau)
        probability, error = probability + share * inside, error + share * deviation
    return probability, error


def able(search: Search, processes: tuple[Process, ...], mass: float) -> Search | None:
    """The search with those of the processes that can make the mass; None if there is none."""
    possible = tuple(process for process in processes if mass < process.max_mass)
    return replace(search, processes=possible) if possible else None
