"""Treatments of a particle, or of detectors, between which nothing decides: what they exclude is a band."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import cast

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.detectors import Detector, detector_names
from farflung.detectors.registry import as_detector
from farflung.lpp import Model
from farflung.lpp.described import Described, option_values
from farflung.lpp.models.registered import as_model
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.crossings import edges_as_variables
from farflung.scenarios.sweeps.one_mass import Answer
from farflung.scenarios.sweeps.pairs import Pair, Treatment

Array = NDArray[np.float64]

_OTHER = "other_"
"""Before the names of variables that hold, for each other treatment, what those without it hold for the first."""


def treatments_of(
    pairs: Sequence[Pair], model: Model, others: Sequence[Model | Detector | str] | None
) -> tuple[Treatment, ...]:
    """What is asked for, and its other treatments, each once: those that are given, or those that all name themselves.

    In each either the model or detectors are others. The first ones that several detectors name make one treatment
    together, and so on, since what one detector excludes depends on no other.

    Raises
    ------
    ScenarioError
        If they are no list of models and detectors, a model has another coupling, so that no band lies between them, or
        a detector is none of those that are asked for.
    """
    first = Treatment(tuple(pairs), model)
    if others is not None and (isinstance(others, str) or not isinstance(others, Sequence)):
        raise ScenarioError(f"treatments = {others!r} must be a list of models or detectors, as in treatments=[model]")
    found, known = [first], {first.told}
    for other in _named(first) if others is None else (_given(first, other) for other in others):
        if other.told not in known:
            found.append(other)
            known.add(other.told)
    return tuple(found)


def _named(first: Treatment) -> Iterable[Treatment]:
    """Treatments that the model and the detectors name themselves."""
    for model in first.model.treatments():
        yield first._replace(model=model)
    detectors = {id(pair.detector): pair.detector for pair in first.pairs}.values()
    for step in zip_longest(*(detector.treatments()[1:] for detector in detectors)):
        instead = {id(one): other for one, other in zip(detectors, step, strict=True) if other is not None}
        yield _with_detectors(first, instead)


def _given(first: Treatment, other: Model | Detector | str) -> Treatment:
    """The treatment that another model or another detector makes."""
    name, asked = getattr(other, "name", other), {pair.detector.name: pair.detector for pair in first.pairs}
    if name in asked:
        detector = as_detector(cast("Detector | str", other))
        return _with_detectors(
            first, {id(pair.detector): detector for pair in first.pairs if pair.detector.name == name}
        )
    if name in detector_names():
        raise ScenarioError(f"treatments has {name}, which is none of {', '.join(asked)}; give treatments of these")
    model = as_model(cast("Model | str", other))
    if (model.coupling_name, model.coupling_unit) != (first.model.coupling_name, first.model.coupling_unit):
        raise ScenarioError(
            f"treatments has {model.name} in {model.coupling_name}, but {first.model.name} is in "
            f"{first.model.coupling_name}; give treatments of one particle"
        )
    return first._replace(model=model)


def _with_detectors(first: Treatment, instead: Mapping[int, Detector]) -> Treatment:
    """The treatment with others in place of detectors that are known by their identity."""
    pairs = (pair._replace(detector=instead.get(id(pair.detector), pair.detector)) for pair in first.pairs)
    return first._replace(pairs=tuple(pairs))


def difference(first: Treatment, other: Treatment) -> str:
    """What distinguishes another treatment, as in ``"hadronic_threshold=1.4"`` or ``"faser2.generator='sibyll'"``."""
    if first.model is not other.model:
        return _changes(first.model, other.model)
    both = zip(first.pairs, other.pairs, strict=True)
    changed = {one.label: _changes(one.detector, two.detector, f"{one.label}.")
               for one, two in both if one.detector is not two.detector}  # fmt: skip
    return ", ".join(changed.values())


def _changes(one: Described, other: Described, whose: str = "") -> str:
    """Options of an object that differ from those of another, or all of it."""
    if type(one) is not type(other):
        return other.described()
    before, after = option_values(one), option_values(other)
    return ", ".join(f"{whose}{name}={value!r}" for name, value in after.items() if value != before[name])


def as_variables(
    treatments: Sequence[Treatment], answers: Sequence[Sequence[Sequence[Answer]]], unit: str
) -> dict[str, xr.Variable]:
    """Variables (treatment, search, mass, ...) of a sweep from answers by mass, treatment and pair.

    There are none if no treatment differs from the first at any mass.
    """
    differ = [
        number
        for number in range(1, len(treatments))
        if any(one is not other for at_mass in answers for one, other in zip(at_mass[0], at_mass[number], strict=True))
    ]
    if not differ:
        return {}
    variables = [answers_as_variables([at_mass[number] for at_mass in answers], unit) for number in differ]
    edges = max(each["edge_coupling"].sizes["edge"] for each in variables)
    labels = [difference(treatments[0], treatments[number]) for number in differ]
    found = {"treatment": xr.Variable("treatment", labels, {"long_name": "how another treatment differs"})}
    for name in [name for name, variable in variables[0].items() if "search" in variable.dims]:
        padded = [
            each[name].pad(edge=(0, edges - each[name].sizes["edge"])) if "edge" in each[name].dims else each[name]
            for each in variables
        ]
        dims = ["edge_of_other" if dim == "edge" else str(dim) for dim in padded[0].dims]
        found[_OTHER + name] = xr.Variable(
            ["treatment", *dims], np.stack([each.values for each in padded]), padded[0].attrs
        )
    return found


def answers_as_variables(answers: Sequence[Sequence[Answer]], unit: str) -> dict[str, xr.Variable]:
    """Events, their errors and what lies beside crossings, as variables of a sweep, from answers by mass and pair."""
    dims = ("search", "mass", "coupling")
    events, error = (
        np.stack([[getattr(answer, name) for answer in at_mass] for at_mass in answers], axis=1)
        for name in ("events", "error")
    )
    return {
        "events": xr.Variable(dims, events, {"units": "1", "long_name": "expected signal events"}),
        "events_error": xr.Variable(dims, error, {"units": "1", "long_name": "statistical error of the events"}),
        **edges_as_variables([[answer.edges for answer in at_mass] for at_mass in answers], unit),
    }


def other_treatments(data: xr.Dataset) -> dict[str, xr.Dataset]:
    """The sweep of each other treatment, by what distinguishes it; none if they all agree."""
    if "treatment" not in data.coords:
        return {}
    found = {}
    for label in data["treatment"].values:
        own = data.sel(treatment=label, drop=True)
        other = [str(name) for name in own.data_vars if str(name).startswith(_OTHER)]
        of_first = [name.removeprefix(_OTHER) for name in other]
        replaced = {
            name: (
                ["edge" if dim == "edge_of_other" else dim for dim in own[_OTHER + name].dims],
                own[_OTHER + name].data,
            )
            for name in of_first
        }
        found[str(label)] = own.drop_vars([*other, *of_first]).assign(
            {name: (dims, values, own[name].attrs) for name, (dims, values) in replaced.items()}
        )
    return found


def masses_of_band(data: xr.Dataset) -> Array:
    """Masses [GeV] at which the treatments differ."""
    if "treatment" not in data.coords:
        return np.empty(0)
    one, others = data["events"], data[_OTHER + "events"]
    differs = ((others != one) & ~(others.isnull() & one.isnull())).any([d for d in others.dims if d != "mass"])
    return np.asarray(data["mass"].values[differs.values])


def band_sentence(data: xr.Dataset) -> str:
    """A sentence on the band, or nothing."""
    masses = masses_of_band(data)
    if not masses.size:
        return ""
    where = f"{masses[0]:.3g} GeV" if len(masses) == 1 else f"{masses[0]:.3g} to {masses[-1]:.3g} GeV"
    return f"at {where} limits are a band, which ends where {' or '.join(data['treatment'].values)} would put them"
