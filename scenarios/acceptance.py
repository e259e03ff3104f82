"""Acceptances of all searches of a detector against lifetime."""

from importlib.metadata import version

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike

from farflung.detectors import Detector
from farflung.lpp import Model, Sampling


def acceptance_table(
    detector: Detector,
    model: Model,
    mass: float,
    ctau: ArrayLike,
    *,
    n: int = 4096,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> xr.Dataset:
    """Probability, for every search, that a decay happens where the search looks for it.

    Parameters
    ----------
    detector, model
        What looks for what. Each search takes the flights of the first of its processes.
    mass
        Mass [GeV].
    ctau
        Proper decay lengths (c,) [m].
    n, seed, sampling
        As in `Detector.flights`.

    Returns
    -------
    xarray.Dataset
        ``probability`` and ``error`` (search, ctau).

    Raises
    ------
    PhysicsError, DetectorError
        If the model cannot treat the mass, or a c tau is negative or NaN.
    """
    lengths = np.atleast_1d(np.asarray(ctau, dtype=float))
    probability, error = np.empty((2, len(detector.searches), len(lengths)))
    for i, search in enumerate(detector.searches.values()):
        flights = detector.flights(model, mass, process=search.processes[0], n=n, seed=seed, sampling=sampling)
        acceptance = detector.acceptance(search, flights)
        probability[i], error[i] = acceptance.mean_and_error(lengths)
    return xr.Dataset(
        {
            "probability": (("search", "ctau"), probability, {"units": "1"}),
            "error": (("search", "ctau"), error, {"units": "1", "long_name": "one standard deviation"}),
        },
        coords={"search": list(detector.searches), "ctau": ("ctau", lengths, {"units": "m"})},
        attrs={
            "model": model.name,
            "mass": f"{mass:g} GeV",
            "detector": repr(detector),
            "detector_references": ", ".join(detector.references),
            "sampling": f"{sampling}, n = {n}, seed = {seed}",
            "created_by": f"farflung {version('farflung')}",
        },
    )
