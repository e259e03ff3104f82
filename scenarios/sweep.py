"""Expected events over a grid of masses and couplings."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from typing import NamedTuple

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray
from tqdm import tqdm

from farflung.detectors import Detector, EfficiencyTable, Process, Search
from farflung.lpp import INVISIBLE, Flights, Model, Sampling
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.limits import signal_upper_limit

Array = NDArray[np.float64]

DEFAULT_MASSES = (0.01, 4.7, 60)
"""Lowest and highest mass [GeV] and number of masses of a scan, evenly spaced in the logarithm."""

COUPLINGS_PER_DECADE = 40


class Pair(NamedTuple):
    """A detector and one of its searches, under the detector's name or another label."""

    label: str
    detector: Detector
    search: Search

    @property
    def name(self) -> str:
        """Label and search, as in ``"belle2:displaced"``."""
        return f"{self.label}:{self.search.name}"


def default_masses(pairs: Sequence[Pair], model: Model) -> Array:
    """60 masses evenly spaced in the logarithm, and some more beside every mass at which a curve jumps or bends.

    Those are the model's thresholds and the points of the searches' efficiency tables. The range is 0.01 to 4.7 GeV,
    or what is left of it after the model's own range and what the searches' processes can make.
    """
    low, high, count = DEFAULT_MASSES
    heaviest = max((process.max_mass for pair in pairs for process in pair.search.processes), default=high)
    low, high = max(low, model.mass_range[0]), min(high, model.mass_range[1], 0.999 * heaviest)
    special = [*model.thresholds()]
    for pair in pairs:
        if isinstance(pair.search.efficiency, EfficiencyTable):
            special += pair.search.efficiency.mass
    beside = [mass * step for mass in special for step in (1 - 1e-2, 1 - 1e-6, 1 + 1e-6, 1 + 1e-3, 1 + 1e-2)]
    masses = np.concatenate([np.geomspace(low, high, count), beside])
    return np.unique(masses[(masses >= low) & (masses <= high)])


def default_couplings(model: Model) -> Array:
    """Couplings over the model's range, evenly spaced in the logarithm."""
    low, high = model.coupling_range
    return np.geomspace(low, high, int(np.ceil(COUPLINGS_PER_DECADE * np.log10(high / low))) + 1)


def events_of_pair(
    detector: Detector,
    search: Search,
    model: Model,
    mass: float,
    couplings: ArrayLike,
    *,
    n: int = 4096,
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
        (c,) each.

    Raises
    ------
    PhysicsError
        If the model cannot treat the mass, lacks a process or a final state, or a coupling makes no sense.
    """

    def draw(process: Process) -> Flights:
        return detector.flights(model, mass, process=process, n=n, seed=seed, sampling=sampling)

    return _events(detector, search, model, mass, np.asarray(couplings, dtype=float), draw)


def _events(
    detector: Detector,
    search: Search,
    model: Model,
    mass: float,
    couplings: Array,
    draw: Callable[[Process], Flights],
) -> tuple[Array, Array]:
    branching = model.branching_ratios(mass)
    if search.final_states and not set(search.final_states) & set(branching):
        model.require_final_state(*search.final_states)
    efficiency = float(search.efficiency_at(mass))
    visible = [state for state in search.final_states or branching if state != INVISIBLE]
    counted = sum(float(branching.get(state, 0.0)) for state in visible)
    selected = counted * efficiency
    # who looks for nothing at all finds it wherever the particle decays to nothing (arXiv:2201.06580, eq. 3.4)
    missed = search.decays == "outside" and (not search.final_states or INVISIBLE in search.final_states)
    unseen = float(branching.get(INVISIBLE, 0.0)) * efficiency if missed else 0.0
    ctau = model.ctau(mass, couplings)
    # the processes share their seed, so that their errors may go together: they add as they stand
    events, error = np.zeros(couplings.shape), np.zeros(couplings.shape)
    for process in search.processes:
        produced = detector.source.produced(process, model, mass, couplings)
        events += produced * unseen
        if selected > 0:
            probability, deviation = detector.acceptance(search, draw(process)).mean_and_error(ctau)
            events += produced * selected * probability
            error += produced * selected * deviation
    if not np.isfinite(events).all():
        raise ScenarioError(f"events of {detector.name}:{search.name} at mass = {mass:g} GeV are not finite")
    return events, error


def sweep(
    pairs: Sequence[Pair],
    model: Model,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    *,
    n: int = 4096,
    seed: int = 1,
    sampling: Sampling = "aimed",
    executor: Executor | None = None,
    progress: bool = False,
) -> xr.Dataset:
    """Expected signal events and limits of any number of detector-search pairs for one model.

    Parameters
    ----------
    pairs
        Detectors with one of their searches each, under different names.
    model
        The long-lived particle.
    masses
        Increasing masses (m,) [GeV]; by default those of `default_masses`. Where a search has no process that can make
        the mass, its events are NaN; a mass that no search can make is an error.
    couplings
        Increasing couplings (c,); by default the model's range, 40 a decade.
    n, seed, sampling
        As in `Detector.flights`; every mass uses the same seed, which keeps curves smooth.
    executor
        Runs the masses, which are independent of each other; by default they run in this process.
    progress
        Whether to show a progress bar once a second has passed.

    Returns
    -------
    xarray.Dataset
        ``events`` and ``events_error`` (search, mass, coupling), ``limit`` (search), ``unreliable`` (mass), with
        units and provenance in the attributes.

    Raises
    ------
    ScenarioError
        If there is no pair or one appears twice, or masses or couplings do not increase.
    PhysicsError
        If the model cannot treat a mass, a coupling, a process or a final state.
    """
    if not pairs:
        raise ScenarioError("pairs is empty; give at least one detector and search")
    names = [pair.name for pair in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ScenarioError(f"{', '.join(sorted(twice))} appears twice; give each detector a label of its own")
    wanted = default_masses(pairs, model) if masses is None else np.asarray(masses, dtype=float)
    mass_axis = _increasing("masses", np.atleast_1d(wanted))
    given = default_couplings(model) if couplings is None else np.asarray(couplings, dtype=float)
    coupling_axis = _increasing("couplings", np.atleast_1d(given))
    unreliable = model.unreliable(mass_axis)
    _require_a_search_for_every_mass(pairs, model, mass_axis)
    one_mass = partial(_one_mass, pairs, model, couplings=coupling_axis, n=n, seed=seed, sampling=sampling)
    results: Iterable[tuple[Array, Array]] = (
        map(one_mass, mass_axis) if executor is None else executor.map(one_mass, mass_axis)
    )
    bar = tqdm(
        results,
        total=len(mass_axis),
        desc=f"{model.name}: masses",
        unit="mass",
        delay=1.0,
        leave=False,
        disable=None if progress else True,
    )
    columns = list(bar)
    events = np.stack([column[0] for column in columns], axis=1)
    error = np.stack([column[1] for column in columns], axis=1)
    searches = [pair.search for pair in pairs]
    limits = [signal_upper_limit(s.background, s.observed, s.confidence_level) for s in searches]
    dims = ("search", "mass", "coupling")
    return xr.Dataset(
        {
            "events": (dims, events, {"units": "1", "long_name": "expected signal events"}),
            "events_error": (dims, error, {"units": "1", "long_name": "statistical error of the events"}),
            "limit": ("search", limits, {"units": "1", "long_name": "upper limit on the signal events"}),
            "unreliable": (
                "mass",
                unreliable.astype(np.int8),
                {"long_name": "1 where the model's widths are uncertain by more than about a factor of two"},
            ),
        },
        coords={
            "search": [pair.name for pair in pairs],
            "search_title": ("search", [f"{pair.detector.title}, {pair.search.title}" for pair in pairs]),
            "mass": ("mass", mass_axis, {"units": "GeV"}),
            "coupling": (
                "coupling",
                coupling_axis,
                {"units": model.coupling_unit, "long_name": model.coupling_name},
            ),
        },
        attrs={
            "model": model.name,
            "model_title": model.title,
            "model_repr": repr(model),
            "model_references": ", ".join(model.references),
            "detectors": "; ".join(dict.fromkeys(f"{pair.label} = {pair.detector!r}" for pair in pairs)),
            "detector_references": ", ".join(dict.fromkeys(r for pair in pairs for r in pair.detector.references)),
            "confidence_levels": ", ".join(f"{search.confidence_level:g}" for search in searches),
            "sampling": f"{sampling}, n = {n}, seed = {seed}",
            "created_by": f"farflung {version('farflung')}",
        },
    )


def _one_mass(
    pairs: Sequence[Pair], model: Model, mass: float, couplings: Array, n: int, seed: int, sampling: Sampling
) -> tuple[Array, Array]:
    """Events and errors (search, coupling) at one mass."""
    drawn: dict[tuple[int, Process], Flights] = {}

    def draw(detector: Detector, process: Process) -> Flights:
        key = (id(detector), process)
        if key not in drawn:
            drawn[key] = detector.flights(model, mass, process=process, n=n, seed=seed, sampling=sampling)
        return drawn[key]

    events, error = np.full((2, len(pairs), len(couplings)), np.nan)
    for i, (_, detector, search) in enumerate(pairs):
        possible = tuple(process for process in search.processes if mass < process.max_mass)
        if possible:
            able = replace(search, processes=possible)
            events[i], error[i] = _events(detector, able, model, mass, couplings, partial(draw, detector))
    return events, error


def _require_a_search_for_every_mass(pairs: Sequence[Pair], model: Model, masses: Array) -> None:
    """Raise, before any work is done, for masses that nothing can make, and unknown processes and final states."""
    for pair in pairs:
        for process in pair.search.processes:
            pair.detector.source.produced(process, model, masses[masses < process.max_mass])
        if pair.search.final_states:
            model.require_final_state(*pair.search.final_states)
    processes = (process for pair in pairs for process in pair.search.processes)
    max(processes, key=lambda process: process.max_mass).require(float(masses[-1]))


def _increasing(label: str, values: Array) -> Array:
    if values.ndim != 1 or not values.size:
        raise ScenarioError(f"{label} has shape {values.shape}; give a list of numbers")
    if not (np.isfinite(values).all() and (values > 0).all() and (np.diff(values) > 0).all()):
        broken = values[~(np.isfinite(values) & (values > 0))]
        reason = f"{broken[0]:g} among them" if broken.size else "they do not increase"
        raise ScenarioError(f"{label} must be positive, finite and increasing: {reason}")
    return values
