"""Checks of rays and points, and the unit vectors along rays."""

import math
from typing import Any

import numpy as np

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.kernels.compiled import compiled

FINE, BAD_ORIGIN, BAD_DIRECTION, ZERO_DIRECTION = 0, 1, 2, 3


@compiled(error_model="numpy")
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


@compiled()
def first_not_finite(points: Any) -> int:
    """Return the index of the first point with a coordinate that is not finite, or -1."""
    for i in range(points.shape[0]):
        if points[i, 0] * 0.0 + points[i, 1] * 0.0 + points[i, 2] * 0.0 != 0.0:
            return i
    return -1


def checked(origins: FloatArray, directions: FloatArray, first: int) -> tuple[FloatArray, FloatArray]:
    """Return the origins and the unit vectors along rays (n, 3), or raise GeometryError; ``first`` is their number."""
    # arrays of one kind only, because for every other the kernels would be compiled once more
    origins, directions = (np.require(array, requirements=("C", "W")) for array in (origins, directions))
    units = np.empty_like(directions)
    wrong, ray = unit_directions(origins, directions, units)
    if wrong == BAD_ORIGIN:
        raise GeometryError(f"origins must be finite, in metres; ray {first + ray} starts at {origins[ray].tolist()}")
    if wrong == BAD_DIRECTION:
        raise GeometryError(f"directions must be finite; ray {first + ray} goes along {directions[ray].tolist()}")
    if wrong == ZERO_DIRECTION:
        raise GeometryError(f"directions must not be zero; ray {first + ray} has the direction (0, 0, 0)")
    return origins, units
