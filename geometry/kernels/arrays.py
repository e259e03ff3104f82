"""Arrays of numbers, and turning what a user gives into them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.geometry.errors import GeometryError

FloatArray = NDArray[np.float64]


def vectors(name: str, value: ArrayLike) -> FloatArray:
    """Return points or directions as a float array (n, 3) or (3,), whatever the numbers in it are."""
    try:
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be numbers of shape (n, 3) or (3,), got {value!r}") from error
    if array.ndim not in (1, 2) or array.shape[-1] != 3:
        raise GeometryError(f"{name} must have shape (n, 3) or (3,), got {array.shape}")
    return array


def vector(name: str, value: ArrayLike) -> FloatArray:
    """Return a copy of one finite vector, without negative zeros."""
    try:
        array = np.array(value, dtype=np.float64) + 0.0
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be three numbers, got {value!r}") from error
    if array.shape != (3,) or not np.isfinite(array).all():
        raise GeometryError(f"{name} must be three finite numbers, got {value!r}")
    return array


def interval(name: str, pair: Sequence[float]) -> tuple[float, float]:
    """Return a pair of numbers, the lower first, or raise GeometryError."""
    try:
        low, high = (float(value) for value in pair)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be a pair (low, high) of numbers, got {pair!r}") from error
    if not (np.isfinite((low, high)).all() and low < high):
        raise GeometryError(f"{name} must be a pair (low, high) of finite numbers with low < high, got {pair!r}")
    return low, high


def widened(array: FloatArray, k: int, filled: int) -> FloatArray:
    """Return the array with k columns, the new ones padded with inf in the rows that are filled already."""
    wide = np.empty((array.shape[0], k))
    wide[:filled, : array.shape[1]] = array[:filled]
    wide[:filled, array.shape[1] :] = np.inf
    return wide
