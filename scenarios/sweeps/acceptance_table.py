"""Acceptances of all searches of a detector against lifetime."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from farflung.detectors import Detector
from farflung.lpp import Model, Sampling
from farflung.scenarios.output import csv_text, provenance, write_table
from farflung.scenarios.sweeps.signal import kinematically_open

ACCEPTANCE_COLUMNS = ("search", "ctau_m", "probability", "error")


def acceptance_table(
    detector: Detector,
    model: Model,
    mass: float,
    ctau: ArrayLike,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> xr.Dataset:
    """Probability, for every search, that a decay happens where the search looks for it.

    Parameters
    ----------
    detector, model
        What looks for what. Each search takes the flights of the first of its processes that the model has, and the
        first of its final states whose products must be seen.
    mass
        Mass [GeV].
    ctau
        Proper decay lengths (c,) [m].
    n, seed, sampling
        As in `Detector.flights`.

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
    lengths = np.atleast_1d(np.asarray(ctau, dtype=float))
    located = {name: search for name, search in detector.searches.items() if search.solid}
    probability, error = np.full((2, len(located), len(lengths)), np.nan)
    for i, search in enumerate(located.values()):
        processes = kinematically_open(detector.processes(search, model), mass)
        state = next((state for state in search.states_seen(mass) if state in model.final_states()), None)
        if processes and (search.products is None or state is not None):
            flights = detector.flights(model, mass, process=processes[0], n=n, seed=seed, sampling=sampling)
            acceptance = detector.acceptance(search, flights, state if search.products else None)
            probability[i], error[i] = acceptance.mean_and_error(lengths)
    if np.isnan(probability).all():
        # says what is wrong
        detector.flights(model, mass, n=n, seed=seed, sampling=sampling)
    return xr.Dataset(
        {
            "probability": (("search", "ctau"), probability, {"units": "1"}),
            "error": (("search", "ctau"), error, {"units": "1", "long_name": "one standard deviation"}),
        },
        coords={"search": list(located), "ctau": ("ctau", lengths, {"units": "m"})},
        attrs={
            "model": model.name,
            "mass": f"{mass:g} GeV",
            "detector": detector.described(),
            "detector_references": ", ".join(detector.references),
            "sampling": f"{sampling}, n = {detector.sample_size if n is None else n}, seed = {seed}",
            "created_by": f"farflung {version('farflung')}",
        },
    )


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
    comments = ["probability that a decay happens where the search looks for it, and its statistical error"]
    return csv_text(comments + provenance(data), ACCEPTANCE_COLUMNS, rows)


def write_acceptance(data: xr.Dataset, path: str | Path) -> None:
    """Write a table of acceptances to a .csv, .json or .nc file; raises as `farflung.scenarios.output.write_table`."""
    write_table(path, data, lambda: acceptance_as_csv(data), lambda: acceptance_as_dict(data))
