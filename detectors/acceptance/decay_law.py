"""The law of decay along a straight flight."""

import numpy as np
from numpy.typing import NDArray

from farflung.geometry import Stretches
from farflung.lpp import Flights

Array = NDArray[np.float64]

_NONE = 1e-300
"""Proper decay length [m] below which a particle decays where it is made: its inverse would be beyond all numbers."""


def proper_distances(flights: Flights, stretches: Stretches) -> tuple[Array, Array]:
    """Proper distances L/(beta gamma) [m] at which flights enter and leave, (n, k) each, padded with inf."""
    beta_gamma = flights.beta_gamma[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        start, stop = stretches.start / beta_gamma, stretches.stop / beta_gamma
    # a particle at rest decays where it is: inside if a stretch starts there
    at_rest = beta_gamma == 0
    start = np.where(at_rest & (stretches.start == 0), 0.0, np.where(at_rest, np.inf, start))
    return start, np.where(at_rest, np.inf, stop)


def decay_probability(start: Array, length: Array, ctau: Array) -> Array:
    """exp(-start/ctau) (1 - exp(-length/ctau)), shape (ctau, ...), with its limits; good for any lifetime."""
    ctau = np.where(ctau < _NONE, 0.0, ctau)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rate = -1 / ctau
        survival, decay = np.multiply.outer(rate, start), np.multiply.outer(rate, length)
    np.exp(survival, out=survival)
    np.expm1(decay, out=decay)
    # 0/0 and inf/inf, which the products above made NaN
    if (ctau == 0).any():
        survival[:, start == 0] = 1.0
        decay[:, length == 0] = 0.0
    if np.isinf(ctau).any():
        survival[:, np.isinf(start)] = 0.0
        decay[:, np.isinf(length)] = -1.0
    survival *= decay
    return np.asarray(-survival)
