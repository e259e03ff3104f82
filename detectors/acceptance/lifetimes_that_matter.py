"""Which flights matter, at whatever lifetime."""

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.acceptance.decay_law import decay_probability

Array = NDArray[np.float64]

SHORTER = (1.0, 0.3, 0.1, 0.03, 0.01)
"""Lifetimes that matter beside very long ones, in units of the proper distance at which the typical decay begins."""

_EVEN = 0.25
"""Part of the decays that every flight has its even share of."""


def chances(start: Array, length: Array, weight: Array) -> Array:
    """What each stretch contributes to the decays at each lifetime that matters: (lifetimes, n), each with sum 1.

    Parameters
    ----------
    start, length
        Proper distances (n,) [m] at which stretches begin, and their lengths.
    weight
        Weights (n,) of their flights.
    """
    long = weight * length
    if not long.any():
        return np.empty((0, len(start)))
    order = np.argsort(start)
    typical = start[order][np.searchsorted(np.cumsum(long[order]), long.sum() / 2)]
    typical = max(float(typical), float(np.average(length, weights=long)) / 10)
    found = [long, *(weight * decay_probability(start, length, typical * np.array(SHORTER)))]
    return np.stack([part / part.sum() for part in found if part.sum() > 0])


def shares_in_decays(start: Array, length: Array, weight: Array) -> Array:
    """Share (n,) of each stretch in the decays that are sampled, together 1; arguments as for `chances`."""
    if not len(start):
        return np.empty(0)
    matter = chances(start, length, weight)
    even = np.full(len(start), 1 / len(start))
    return even if not len(matter) else _EVEN * even + (1 - _EVEN) * matter.mean(axis=0)


def decays_of_each(expected: Array, seed: int) -> NDArray[np.int64]:
    """Which stretch (k,) each decay lies on, for expected numbers (n,): each has its own, rounded up or down."""
    ends = np.floor(np.cumsum(expected) + np.random.default_rng(seed).random()).astype(np.int64)
    return np.repeat(np.arange(len(expected)), np.diff(ends, prepend=0))
