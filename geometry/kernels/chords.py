"""Volumes without a formula, from chords along the axes."""

from collections.abc import Callable

import numpy as np

from farflung.geometry.kernels.arrays import FloatArray

CHORDS = 1 << 16
"""Chords along each of the three axes."""

REFINED = 1 << 18
"""As many are taken where the three axes disagree by more than `FAIR`."""

FAIR = 3e-4
"""The relative error, estimated from the spread of the three axes, that is good enough."""

Lengths = Callable[[FloatArray, FloatArray], FloatArray]
"""Returns the lengths inside of rays from origins (n, 3) along one direction (3,)."""


def volume(low: FloatArray, high: FloatArray, lengths: Lengths) -> float:
    """Return the mean over the three axes of the chords of what lies in a box, integrated over the box."""
    if not (high > low).all():
        return 0.0
    for n in (CHORDS, REFINED):
        estimates = np.array([_along(axis, low, high, lengths, n) for axis in range(3)])
        mean = float(estimates.mean())
        if estimates.std(ddof=1) <= FAIR * mean:
            break
    return mean


def _along(axis: int, low: FloatArray, high: FloatArray, lengths: Lengths, n: int) -> float:
    """Return the volume from n chords along one axis, on seeded quasi-random points."""
    from scipy.stats import qmc

    size = high - low
    across = [other for other in range(3) if other != axis]
    origins = np.full((n, 3), low[axis] - size[axis])
    origins[:, across] = low[across] + qmc.Sobol(2, seed=axis + 1).random(n) * size[across]
    return float(lengths(origins, np.eye(3)[axis]).mean() * size[across].prod())
