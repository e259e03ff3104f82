"""Compiled checks of rays and points, and the unit vectors along rays."""

import math
from typing import Any

from numba import njit

FINE, BAD_ORIGIN, BAD_DIRECTION, ZERO_DIRECTION = 0, 1, 2, 3


@njit(cache=True, error_model="numpy")
def unit_directions(origins: Any, directions: Any, units: Any) -> tuple[int, int]:
    """Fill ``units`` with the directions at length one; return what is wrong, and with which ray.

    A product with 0 is 0 for every finite number and NaN for all others, which makes one comparison enough.
    """
    for i in range(origins.shape[0]):
        if origins[i, 0] * 0.0 + origins[i, 1] * 0.0 + origins[i, 2] * 0.0 != 0.0:
            return BAD_ORIGIN, i
        x, y, z = directions[i, 0], directions[i, 1], directions[i, 2]
        if x * 0.0 + y * 0.0 + z * 0.0 != 0.0:
            return BAD_DIRECTION, i
        square = x * x + y * y + z * z
        if not 1e-200 < square < 1e200:
            largest = max(abs(x), abs(y), abs(z))
            if largest == 0.0:
                return ZERO_DIRECTION, i
            x, y, z = x / largest, y / largest, z / largest
            square = x * x + y * y + z * z
        norm = math.sqrt(square)
        units[i, 0] = x / norm
        units[i, 1] = y / norm
        units[i, 2] = z / norm
    return FINE, 0


@njit(cache=True)
def first_not_finite(points: Any) -> int:
    """Return the index of the first point with a coordinate that is not finite, or -1."""
    for i in range(points.shape[0]):
        if points[i, 0] * 0.0 + points[i, 1] * 0.0 + points[i, 2] * 0.0 != 0.0:
            return i
    return -1
