"""Limits that need no model: on the branching ratio, for a mass and a lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Detector, PublishedLimit, Search
from farflung.lpp import Sampling, TwoBodyDecay
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.signal import limit_of

Array = NDArray[np.float64]


def branching_ratio_limit(
    detector: Detector,
    search: str | Search,
    mass: float,
    ctau: ArrayLike,
    *,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> Array:
    """Upper limit on the branching ratio of a parent into the long-lived particle (arXiv:2201.06580, figure 10).

    For a search that counts only some final states it is the limit on the product with the branching ratio into
    them; where their products must be seen, into the first one that is open. Where a search has several processes, the
    first one alone is taken.

    Parameters
    ----------
    detector, search
        Who looks, and how.
    mass
        Mass [GeV].
    ctau
        Proper decay lengths [m], any shape.
    n, seed, sampling
        As in `Detector.flights`.

    Returns
    -------
    numpy.ndarray
        Limits, of the shape of `ctau`; infinite where the search sees nothing.

    Raises
    ------
    PhysicsError, DetectorError
        If the process cannot make the mass, or a c tau is negative or NaN.
    ScenarioError
        If the search's first process is no decay.
    """
    wanted = detector.search(search)
    process = wanted.processes[0]
    if not isinstance(process, TwoBodyDecay):
        raise ScenarioError(
            f"process = '{process}' of search {wanted.name!r} is no decay, so it has no branching ratio"
        )
    if isinstance(wanted, PublishedLimit) and not wanted.solid:
        return wanted.limit_at(mass, ctau)
    flights = detector.flights_from(process, mass, search=wanted, n=n, seed=seed, sampling=sampling)
    if isinstance(wanted, PublishedLimit):
        with np.errstate(divide="ignore"):
            return np.asarray(wanted.limit_at(mass, ctau) / detector.acceptance(wanted, flights)(ctau))
    state = (wanted.states_seen(mass) or ("",))[0]
    seen = float(wanted.efficiency_at(mass, state, process)) * detector.acceptance(wanted, flights)(ctau)
    limit = limit_of(wanted, mass)
    with np.errstate(divide="ignore"):
        return np.asarray(limit / (detector.source.number_of(process.parent) * seen))
