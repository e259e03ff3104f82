"""Lifetimes between which a slider moves, and the couplings that they stand for."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from farflung.detectors import DetectorError
from farflung.detectors.acceptance.decay_law import proper_distances
from farflung.lpp import Model
from farflung.viz.decay_kinds import DecayKind

Array = NDArray[np.float64]

_ROUND = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0)
"""Steps of each power of ten: nearly even in the logarithm, and short to type."""

_BELOW, _ABOVE = 3, 5
"""Powers of ten below and above the lifetime that suits a detector."""


def lifetime_steps(suitable: float, given: float | None = None) -> Array:
    """Values of c tau [m] round about a suitable one, ten to a power of ten, and the given one among them."""
    power = int(np.floor(np.log10(suitable)))
    # read from text, so that a person who types a step means the same number
    steps = {float(f"{digits}e{n}") for n in range(power - _BELOW, power + _ABOVE) for digits in _ROUND}
    return np.array(sorted(steps if given is None else steps | {given}))


def suitable_lifetime(kinds: Sequence[DecayKind]) -> float:
    """The value of c tau [m] at which a typical particle that meets the first search's solid decays at its far side."""
    for kind in kinds:
        ends = np.stack(proper_distances(kind.flights, kind.region), axis=2).reshape(len(kind.flights), -1)
        farthest = np.where(np.isfinite(ends), ends, 0.0).max(axis=1)
        met = farthest > 0
        if kind.searches and met.any():
            order = np.argsort(farthest[met])
            sums = np.cumsum(kind.flights.weight[met][order])
            return float(farthest[met][order][np.searchsorted(sums, sums[-1] / 2)])
    return 1.0


def couplings_at(model: Model, mass: float, ctau: Array) -> Array | None:
    """Couplings (n,) at which a particle lives as long as c tau (n,) [m]; None if its lifetime depends on none.

    NaN where no coupling gives such a lifetime.
    """
    if model.width_power == 0:
        return None
    if model.width_power is not None:
        with np.errstate(over="ignore"):
            found = (float(model.ctau(mass)) / ctau) ** (1 / model.width_power)
        return np.where(np.isfinite(found) & (found > 0), found, np.nan)
    tried = np.geomspace(*model.coupling_range, 200)
    missing = np.log(model.ctau(mass, tried)[:, None] / ctau)
    couplings = np.full(len(ctau), np.nan)
    for step, wanted in enumerate(ctau):
        for number, (low, high) in enumerate(pairwise(tried)):
            if missing[number, step] >= 0 > missing[number + 1, step]:
                couplings[step] = brentq(lambda c: np.log(float(model.ctau(mass, c)) / wanted), low, high, rtol=1e-10)  # noqa: B023
    return couplings


def given_lifetime(model: Model, mass: float, ctau: float | None, coupling: float | None) -> float | None:
    """The value of c tau [m] at which a slider is to start, if it is given as such or as a coupling.

    Raises
    ------
    DetectorError
        If both are given, or there is no positive, finite lifetime.
    """
    if ctau is not None and coupling is not None:
        raise DetectorError(f"ctau = {ctau:g} m and coupling = {coupling:g} say the same thing twice; give one of them")
    if coupling is not None:
        lifetime = float(model.ctau(mass, coupling))
        # four digits, which a person can type
        ctau = float(f"{lifetime:.4g}")
        if not (np.isfinite(lifetime) and ctau > 0):
            raise DetectorError(f"coupling = {coupling:g} gives {model.name} c tau = {lifetime:g} m; give another one")
    if ctau is not None and not (np.isfinite(ctau) and ctau > 0):
        raise DetectorError(f"ctau = {ctau:g} m is not positive and finite, so decays cannot be drawn")
    return ctau
