"""Numbers that users give: turned into floats, or refused in one sentence that names the argument."""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import PhysicsError
from farflung.lpp.plain_arguments import require_plain

Array = NDArray[np.float64]


def numbers(label: str, value: object, error: type[ValueError]) -> Array:
    """Floats in an array of the value's own shape.

    Parameters
    ----------
    label
        The argument's name, for the complaint.
    value
        A number or any array of numbers; text is refused even where it reads as a number.
    error
        What to raise.
    """
    require_plain(label, value, error)
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)  # ragged
    if array.dtype.kind not in "iuf":
        raise error(f"{label} = {value!r} is not a number or an array of numbers")
    return array.astype(float)


def number(label: str, value: object, error: type[ValueError]) -> float:
    """One finite float; otherwise `error` in a sentence that names the argument `label`."""
    array = numbers(label, value, error)
    if array.ndim:
        raise error(f"{label} has shape {array.shape}; give one number")
    if not np.isfinite(array):
        raise error(f"{label} = {float(array):g} is not finite; give a number")
    return float(array)


def positive(label: str, value: object, error: type[ValueError], unit: str = "") -> float:
    """One finite float above 0; otherwise `error` in a sentence that names the argument `label`, and its unit."""
    array = numbers(label, value, error)
    if array.ndim:
        raise error(f"{label} has shape {array.shape}; give one number")
    if not (np.isfinite(array) and array > 0):
        raise error(f"{label} = {float(array):g}{unit and ' ' + unit} is not positive and finite")
    return float(array)


def non_negative(label: str, value: object, error: type[PhysicsError]) -> Array:
    """Finite floats of at least 0, of the value's own shape; otherwise `error` that names the first that is not."""
    array = numbers(label, value, error)
    bad = ~(np.isfinite(array) & (array >= 0))
    if np.any(bad):
        raise error(f"{label} = {array[bad].flat[0]:g} is not finite and non-negative")
    return array


def unit_square(points: object, n: int | None, error: type[PhysicsError]) -> Array:
    """Points (n, 2) of the unit square; any n where `n` is None."""
    array = numbers("points", points, error)
    if array.ndim != 2 or array.shape[1] != 2 or (n is not None and len(array) != n):
        raise error(f"points has shape {array.shape}; it must be ({'n' if n is None else n}, 2)")
    outside = ~((array >= 0) & (array <= 1))
    if np.any(outside):
        raise error(f"points has a coordinate of {array[outside][0]:g}, which lies outside the unit square")
    return array
