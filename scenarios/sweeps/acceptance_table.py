"""Acceptances of all searches of a detector against lifetime."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from farflung.detectors import DetectorError, Search
from farflung.lpp import MassRangeError, Model, Sampling, final_state
from farflung.lpp.arguments import number, numbers
from farflung.lpp.models.registered import as_model
from farflung.scenarios.output import csv_text, provenance, write_table
from farflung.scenarios.progress import counted
from farflung.scenarios.sweeps.pairs import Entry, pairs_of, references_said, require_pairs
from farflung.scenarios.sweeps.samples import sampling_said
from farflung.scenarios.sweeps.signal import kinematically_open

ACCEPTANCE_COLUMNS = ("search", "ctau_m", "probability", "error")


def acceptance_table(
    detector: Entry,
    model: Model | str,
    mass: float,
    ctau: ArrayLike,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
    progress: bool = False,
) -> xr.Dataset:
    """Probability, for every search, that a decay of the kind that counts happens where the search looks for it.

    To a search for decays outside, all decays into nothing that is seen are outside: with a branching ratio B into
    these, and all others counted too, its probability is (1 - B) P + B.

    Parameters
    ----------
    detector, model
        What looks for what: objects, or names as in `farflung.scenarios.compare`. Each search takes the flights of the
        first of its processes that the model has, and the first of its final states whose products must be seen.
    mass
        Mass [GeV].
    ctau
        Proper decay lengths (c,) [m].
    n, seed, sampling
        As in `Detector.flights`.
    progress
        As in `farflung.scenarios.sweep`.

    Returns
    -------
    xarray.Dataset
        ``probability`` and ``error`` (search, ctau) of the searches that ask for a place; NaN where the model has
        none of a search's processes or final states.

    Raises
    ------
    PhysicsError, DetectorError
        If the model cannot treat the mass, or a c tau is negative or NaN.
    """
    model = as_model(model)
    mass, lengths = number("mass", mass, MassRangeError), np.atleast_1d(numbers("ctau", ctau, DetectorError))
    pairs = pairs_of([detector])
    require_pairs(pairs)
    located = [pair for pair in pairs if pair.search.solid]
    probability, error = np.full((2, len(located), len(lengths)), np.nan)
    for i, (_, whose, search) in enumerate(counted(located, "searches", len(located), shown=progress)):
        processes = kinematically_open(whose.processes(search, model), mass)
        state = next((state for state in search.states_seen(mass) if state in model.final_states()), None)
        if processes and (search.products is None or state is not None):
            flights = whose.flights(model, mass, process=processes[0], n=n, seed=seed, sampling=sampling)
            acceptance = whose.acceptance(search, flights, state if search.products else None)
            probability[i], error[i] = acceptance.mean_and_error(lengths)
            missed = _missed(search, model, mass)
            if missed:
                # what never decays visibly is as if it lived for ever
                for_ever = acceptance(np.inf) if search.beside else 1.0
                probability[i] = (1 - missed) * probability[i] + missed * for_ever
                error[i] = (1 - missed) * error[i]
    if np.isnan(probability).all():
        # says what is wrong
        pairs[0].detector.flights(model, mass, n=n, seed=seed, sampling=sampling)
    return xr.Dataset(
        {
            "probability": (("search", "ctau"), probability, {"units": "1"}),
            "error": (("search", "ctau"), error, {"units": "1", "long_name": "one standard deviation"}),
        },
        coords={
            "search": [pair.search.name for pair in located],
            "search_title": ("search", [f"{pair.detector.title}, {pair.search.title}" for pair in located]),
            "ctau": ("ctau", lengths, {"units": "m"}),
        },
        attrs={
            "model": model.name,
            "model_title": model.title,
            "model_references": ", ".join(model.references),
            "mass": f"{mass:g} GeV",
            "detector": pairs[0].detector.described(),
            "detector_references": references_said(pairs),
            "sampling": sampling_said([(pairs[0].label, pairs[0].detector)], n, seed, sampling),
            "created_by": f"farflung {version('farflung')}",
        },
    )


def _missed(search: Search, model: Model, mass: float) -> float:
    """Share of what decays invisibly in all that a search for decays outside counts; at coupling 1, where it varies."""
    unseen = {state for state in model.final_states() if final_state(state).is_invisible}
    if search.decays != "outside" or not unseen:
        return 0.0
    ratios = model.branching_ratios(mass)
    ratio_of = {state: float(ratio) for state, ratio in ratios.items() if state in (search.final_states or ratios)}
    return sum(ratio for state, ratio in ratio_of.items() if state in unseen) / max(sum(ratio_of.values()), 1e-300)


def _number(value: xr.DataArray) -> float | None:
    """The number, or None where there is none, which JSON calls null."""
    return None if np.isnan(value) else float(value)


def acceptance_as_dict(data: xr.Dataset) -> dict[str, Any]:
    """A table of acceptances with its provenance, ready for JSON."""
    rows = [
        {
            "search": str(name),
            "ctau_m": float(ctau),
            "probability": _number(data["probability"].sel(search=name, ctau=ctau)),
            "error": _number(data["error"].sel(search=name, ctau=ctau)),
        }
        for name in data["search"].values
        for ctau in data["ctau"].values
    ]
    return {"provenance": {str(label): str(value) for label, value in data.attrs.items()}, "acceptance": rows}


def acceptance_as_csv(data: xr.Dataset) -> str:
    """A table of acceptances as text: comments with provenance, a header, one row per search and c tau."""
    rows = [list(row.values()) for row in acceptance_as_dict(data)["acceptance"]]
    comments = ["probability that a decay that counts happens where the search looks for it, and its statistical error"]
    return csv_text(comments + provenance(data), ACCEPTANCE_COLUMNS, rows)


def write_acceptance(data: xr.Dataset, path: str | Path) -> None:
    """Write a table of acceptances to a .csv, .json or .nc file; raises as `farflung.scenarios.output.write_table`."""
    write_table(path, data, lambda: acceptance_as_csv(data), lambda: acceptance_as_dict(data))
