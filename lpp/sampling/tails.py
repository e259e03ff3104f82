"""Coordinates of which some go where a distribution ends.

At lifetimes so short that only the fastest particles arrive, and at those so long that the slowest decay most, the
ends of a spectrum decide, to which evenly spread coordinates hardly ever go.
"""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RAREST = 1e-7
"""Distance to an end below which coordinates are even again, as dense as just above it, so that none outweighs all."""

_NODES = 200
"""Nodes of the map between coordinates towards each end."""


def towards_both_ends(points: Array, near_zero: float = 0.25, near_one: float = 0.25) -> tuple[Array, Array]:
    """Most of the coordinates about where they are, some even in the logarithm of their distance to 0 or to 1.

    The map is continuous and increasing, so that what is evenly spread before is well spread after it.

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
    before, after = _map(near_zero, near_one)
    cell = np.clip(np.searchsorted(before, points, side="right") - 1, 0, len(before) - 2)
    slope = (np.diff(after) / np.diff(before))[cell]
    return np.clip(after[cell] + slope * (points - before[cell]), 0.0, 1.0), slope


@lru_cache(maxsize=16)
def _map(near_zero: float, near_one: float) -> tuple[Array, Array]:
    """Nodes before and after the map, which is straight between them: before is the distribution function of after."""
    end = np.geomspace(_RAREST, 0.5, _NODES)
    distance = np.concatenate([[0.0], end])
    after = np.concatenate([distance, 1 - end[-2::-1], [1.0]])

    def logarithmic(t: Array) -> Array:
        area = np.where(t < _RAREST, t / _RAREST, 1 + np.log(np.maximum(t, _RAREST) / _RAREST))
        return np.asarray(area / (1 - np.log(_RAREST)))

    even = 1 - near_zero - near_one
    before = even * after + near_zero * logarithmic(after) + near_one * (1 - logarithmic(1 - after))
    return before, after
