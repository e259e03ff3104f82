"""Expected events over a grid of masses and couplings."""

from collections.abc import Iterable, Sequence
from concurrent.futures import Executor
from importlib.metadata import version

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Detector, Process
from farflung.detectors.detector import nothing_in_common
from farflung.lpp import Model, PhysicsError, Sampling
from farflung.lpp.arguments import numbers
from farflung.lpp.models.registered import as_model
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.progress import counted
from farflung.scenarios.sweeps.coverage import not_covered, said
from farflung.scenarios.sweeps.one_mass import Answer, OneMass
from farflung.scenarios.sweeps.pairs import Pair, references_said, require_pairs
from farflung.scenarios.sweeps.samples import sampling_said
from farflung.scenarios.sweeps.signal import looks_for
from farflung.scenarios.sweeps.statistics import at_statistics, statistics_attributes, statistics_of
from farflung.scenarios.sweeps.treatments import answers_as_variables, as_variables, treatments_of

Array = NDArray[np.float64]

DEFAULT_MASSES = (0.01, 4.7, 60)
"""Lowest and highest mass [GeV] and number of masses of a scan, evenly spaced in the logarithm."""

COUPLINGS_PER_DECADE = 40


_BESIDE = 1e-6
"""Relative distance from a threshold at which a curve is looked at on either side of its jump."""


def default_masses(pairs: Sequence[Pair], model: Model, treatments: Sequence[Model] = ()) -> Array:
    """60 masses evenly spaced in the logarithm, and some more beside every mass at which a curve jumps or bends.

    Those are the model's thresholds and where the searches' tables and vetoes begin and end. The range is
    0.01 to 4.7 GeV, or what is left of it after the model's own range and what the searches' processes can make.
    """
    low, high, count = DEFAULT_MASSES
    shared = [process for pair in pairs for process in pair.detector.processes(pair.search, model)]
    heaviest = max((process.max_mass for process in shared), default=high)
    low, high = max(low, model.mass_range[0]), min(high, model.mass_range[1], 0.999 * heaviest)
    special = _special_masses(pairs, (model, *treatments))
    return _with_masses_beside(np.geomspace(low, high, count), special, (-1e-2, -_BESIDE, _BESIDE, 1e-3, 1e-2))


def _special_masses(pairs: Sequence[Pair], treatments: Sequence[Model]) -> list[float]:
    """Masses [GeV] at which a curve jumps or bends: the model's thresholds, ends of the searches' tables and vetoes."""
    return [*_thresholds(treatments), *(mass for pair in pairs for mass in pair.search.special_masses())]


def _thresholds(treatments: Sequence[Model]) -> list[float]:
    return [mass for treatment in treatments for mass in treatment.thresholds()]


def _with_masses_beside(masses: Array, special: Sequence[float], steps: Sequence[float]) -> Array:
    """The masses, and within their range those at these relative distances from the special ones."""
    beside = np.outer(special, 1 + np.array(steps)).ravel()
    return np.unique(np.concatenate([masses, beside[(beside > masses[0]) & (beside < masses[-1])]]))


def default_couplings(model: Model) -> Array:
    """Couplings over the model's range, evenly spaced in the logarithm."""
    low, high = model.coupling_range
    return np.geomspace(low, high, int(np.ceil(COUPLINGS_PER_DECADE * np.log10(high / low))) + 1)


def sweep(
    pairs: Sequence[Pair],
    model: Model | str,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
    executor: Executor | None = None,
    progress: bool = False,
    confidence_level: float | None = None,
    background_uncertainty: float | None = None,
    treatments: Sequence[Model | Detector | str] | None = None,
    beside_thresholds: bool | None = None,
) -> xr.Dataset:
    """Expected signal events and limits of any number of detector-search pairs for one model.

    Parameters
    ----------
    pairs
        Detectors with one of their searches each, under different names.
    model
        The long-lived particle, or its name.
    masses
        Increasing masses (m,) [GeV]; by default those of `default_masses`. Where a search has no process that the model
        has and that can make the mass, or none of the model's final states counts, its events are NaN. A mass that no
        search can make is an error, and so is a model that no search looks for.
    couplings
        Increasing couplings (c,); by default the model's range, 40 a decade.
    n, seed, sampling
        As in `Detector.flights`; every mass uses the same seeds, which keeps curves smooth.
    executor
        Runs the masses, which are independent of each other; by default they run in this process.
    progress
        Whether to tell on standard error how far it is: a bar on a terminal, elsewhere a line every ten seconds.
    confidence_level
        That of all counting searches; by default each has its own. A published limit cannot be moved to another.
    background_uncertainty
        Relative uncertainty of the background of all counting searches that have one, from 0 to 1; by default each
        search has its own.
    treatments
        Other treatments of the same particle or of the detectors, between which and those that are asked for the result
        is a band; by default those that they name themselves (`farflung.lpp.Model.treatments`,
        `farflung.detectors.Detector.treatments`), and ``()`` for none. A detector stands for the one of its name. They
        cost something: models at the masses at which they differ, detectors at all.
    beside_thresholds
        Whether masses a millionth below and above every mass at which a curve jumps (the thresholds of the model and of
        its treatments, the ends of the searches' tables and vetoes) are added within the range of the masses, and two
        more above thresholds. By default they are added to the default masses alone; masses that are given stay what
        they are.

    Returns
    -------
    xarray.Dataset
        ``events`` and ``events_error`` (search, mass, coupling), ``limit`` (search, mass), ``unreliable`` (mass), with
        units and provenance in the attributes; beside each search its ``confidence_level`` (NaN if it is not known),
        ``background_uncertainty`` and ``note``. For a published limit, events are the prediction in units of the limit.
        ``edge_coupling``, ``edge_events`` and ``edge_error`` (search, mass, edge) say the same at couplings on either
        side of each place where the events cross the limit, which are a millionth apart; NaN where there are no more.
        If another treatment differs at any mass, variables of these names after ``other_`` hold the same for each along
        ``treatment``.

    Raises
    ------
    ScenarioError
        If there is no pair or one appears twice, masses or couplings do not increase, or no search says anything about
        any of the masses.
    PhysicsError
        If the model cannot treat a mass, a coupling, a process or a final state.
    """
    require_pairs(pairs)
    pairs = at_statistics(pairs, confidence_level, background_uncertainty)
    model = as_model(model)
    every = treatments_of(pairs, model, treatments)
    mass_axis = _mass_axis(pairs, [treatment.model for treatment in every], masses, beside_thresholds)
    coupling_axis = _increasing("couplings", default_couplings(model) if couplings is None else couplings)
    unreliable = model.unreliable(mass_axis)
    silent = not_covered(pairs, mass_axis)
    one_mass = OneMass(
        every, [_usable_processes(treatment.pairs, treatment.model, mass_axis) for treatment in every],
        coupling_axis, n, seed, sampling,
    )  # fmt: skip
    results: Iterable[list[list[Answer]]] = (
        map(one_mass, mass_axis) if executor is None else executor.map(one_mass, mass_axis)
    )
    answers = list(counted(results, f"{model.name}: masses", len(mass_axis), shown=progress))
    searches = [pair.search for pair in pairs]
    limits = [[search.upper_limit(mass) for mass in mass_axis] for search in searches]
    return xr.Dataset(
        {
            **answers_as_variables([at_mass[0] for at_mass in answers], model.coupling_unit),
            "limit": (("search", "mass"), limits, {"units": "1", "long_name": "upper limit on the signal events"}),
            "unreliable": (
                "mass",
                unreliable.astype(np.int8),
                {"long_name": "1 where the model's widths are uncertain by more than about a factor of two"},
            ),
            **as_variables(every, answers, model.coupling_unit),
        },
        coords={
            "search": [pair.name for pair in pairs],
            "search_title": ("search", [f"{pair.detector.title}, {pair.search.title}" for pair in pairs]),
            **statistics_of(pairs),
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
            "model_repr": model.described(),
            "model_references": ", ".join(model.references),
            "detectors": "; ".join(dict.fromkeys(f"{pair.label} = {pair.detector.described()}" for pair in pairs)),
            "detector_references": references_said(pairs),
            **statistics_attributes(pairs, confidence_level),
            "sampling": sampling_said([(pair.label, pair.detector) for pair in pairs], n, seed, sampling),
            **said(silent),
            "created_by": f"farflung {version('farflung')}",
        },
    )


def _mass_axis(
    pairs: Sequence[Pair], treatments: Sequence[Model], masses: ArrayLike | None, beside_thresholds: bool | None
) -> Array:
    """The masses of a sweep [GeV]."""
    if masses is None:
        every = default_masses(pairs, treatments[0], treatments[1:])
        return every if beside_thresholds is not False else np.geomspace(every[0], every[-1], DEFAULT_MASSES[2])
    given = _increasing("masses", masses)
    if not beside_thresholds:
        return given
    low, high = treatments[0].mass_range
    jumps = _with_masses_beside(given, _special_masses(pairs, treatments), (-_BESIDE, _BESIDE))
    # above a threshold, widths rise with the square root of the distance from it
    every = _with_masses_beside(jumps, _thresholds(treatments), (1e-3, 1e-2))
    return every[np.isin(every, given) | ((every >= low) & (every <= high))]


def _usable_processes(pairs: Sequence[Pair], model: Model, masses: Array) -> list[tuple[Process, ...]]:
    """Processes of each pair that the model has; none if the search counts none of its final states.

    Raises, before any work is done, if that leaves nothing, or nothing that can make the heaviest mass.
    """
    found = [pair.detector.processes(pair.search, model) if looks_for(pair.search, model) else () for pair in pairs]
    usable = [process for processes in found for process in processes]
    if not usable:
        _say_why(pairs, model)
    heaviest = max(usable, key=lambda process: process.max_mass)
    heaviest.require(float(masses[-1]))
    return found


def _say_why(pairs: Sequence[Pair], model: Model) -> None:
    """Raise what is wrong with each of the pairs, none of which looks for the model."""
    whose: dict[str, list[str]] = {}
    kinds: list[type[PhysicsError]] = []
    for label, detector, search in pairs:
        try:
            if search.final_states:
                model.require_final_state(*search.final_states)
            for process in search.processes:
                model.find_process(process)
            raise nothing_in_common(detector.source.part(search.source), model)
        except PhysicsError as problem:
            whose.setdefault(str(problem), []).append(label)
            kinds.append(type(problem))
    told = [f"{', '.join(dict.fromkeys(labels))}: {what}" for what, labels in whose.items()]
    raise kinds[0]("; ".join(told if len(told) > 1 else whose))


def _increasing(label: str, given: ArrayLike) -> Array:
    values = np.atleast_1d(numbers(label, given, ScenarioError))
    if values.ndim != 1 or not values.size:
        raise ScenarioError(f"{label} has shape {values.shape}; give a list of numbers")
    if not (np.isfinite(values).all() and (values > 0).all() and (np.diff(values) > 0).all()):
        broken = values[~(np.isfinite(values) & (values > 0))]
        reason = f"{broken[0]:g} among them" if broken.size else "they do not increase"
        raise ScenarioError(f"{label} must be positive, finite and increasing: {reason}")
    return values
