"""Coordinates of which some go where a distribution ends.

At lifetimes so short that only the fastest particles arrive, and at those so long that the slowest decay most, the
ends of a spectrum decide, to which evenly spread coordinates hardly ever go.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RAREST = 1e-7
"""Distance to an end below which the coordinates are even again, as dense as just above it."""

_SPAN = 1 - float(np.log(_RAREST))
"""Integral of the density of one end's coordinates, before it is divided by this."""


def towards_both_ends(points: Array, near_zero: float = 0.25, near_one: float = 0.25) -> tuple[Array, Array]:
    """Most of the coordinates as they are, some even in the logarithm of their distance to 0, some of that to 1.

    Parameters
    ----------
    points
        Coordinates (n,) between 0 and 1, evenly spread.
    near_zero, near_one
        Shares of the coordinates that go towards each end; together below 1.

    Returns
    -------
    coordinates, weight
        (n,) each; with the weights, which are no more than 1/(1 - near_zero - near_one), the coordinates are evenly
        spread again.
    """
    even = 1 - near_zero - near_one
    low = _distance(1 - points / near_zero)
    high = 1 - _distance(1 - (1 - points) / near_one)
    drawn = np.where(points < near_zero, low, np.where(points > 1 - near_one, high, (points - near_zero) / even))
    density = np.full(len(points), even)
    for distance, share in ((drawn, near_zero), (1 - drawn, near_one)):
        density += share / (_SPAN * np.maximum(distance, _RAREST))
    return drawn, 1 / density


def _distance(u: Array) -> Array:
    """Distances (n,) to an end at which the distribution function of the density 1/max(distance, rarest) is u (n,)."""
    area = np.clip(u, 0.0, 1.0) * _SPAN
    return _RAREST * np.where(area < 1, area, np.exp(np.maximum(area - 1, 0.0)))
