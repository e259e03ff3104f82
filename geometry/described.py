"""Writing values as Python code, and with them the call that makes an object again."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon


def call(maker: Callable[..., object], given: Mapping[str, object]) -> str:
    """Write a call, reading the signature of what is called.

    Arguments that equal their default are left out. Names are written from the first argument on that is named by
    a letter, as coordinates are, or that may be left out and is not the first of all.

    Parameters
    ----------
    maker : class, class method or method of an object
        What is called.
    given : mapping
        The value of each of its arguments.

    Raises
    ------
    TypeError
        If the names of the values are not those of the arguments.

    Examples
    --------
    >>> def pipe(ends, r, wall=0.001): ...
    >>> call(pipe, {"ends": (0.0, 1.5), "r": 0.1, "wall": 0.001})
    'pipe((0, 1.5), r=0.1)'
    """
    parameters = inspect.signature(maker).parameters
    if given.keys() != parameters.keys():
        raise TypeError(f"given must have the names {list(parameters)} of the arguments, got {list(given)}")
    arguments: list[str] = []
    named = False
    for place, (name, parameter) in enumerate(parameters.items()):
        text, optional = written(given[name]), parameter.default is not parameter.empty
        left_out = optional and text == written(parameter.default)
        named |= left_out or len(name) == 1 or (optional and place > 0) or parameter.kind is parameter.KEYWORD_ONLY
        if not left_out:
            arguments.append(f"{name}={text}" if named else text)
    return f"{maker.__name__}({', '.join(arguments)})"


def written(value: object) -> str:
    """Write a value so that reading it back gives the same.

    Rows of numbers become a list of points; a single row a point if it has three numbers at most, else a list.
    """
    if isinstance(value, float | np.number):
        return number(float(value))
    if isinstance(value, tuple):
        return _in_parentheses(map(written, value))
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, np.ndarray) and value.ndim == 2:
        return points(value)
    if isinstance(value, np.ndarray) and value.ndim == 1:
        return numbers(value) if len(value) <= 3 else written(value.tolist())
    if isinstance(value, Polygon | MultiPolygon):
        return outline(value)
    return repr(value)


def number(value: float) -> str:
    """Write a number so that reading it back gives the same number, without a trailing ``.0``."""
    value = float(value)
    if not np.isfinite(value):
        return f"float('{value}')"
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)


def numbers(values: Iterable[float]) -> str:
    """Write a tuple of numbers, such as a point: ``(0, 0, 1.5)``."""
    return _in_parentheses(map(number, values))


def points(rows: Iterable[Iterable[float]]) -> str:
    """Write a list of points: ``[(0, 0), (1, 2.5)]``."""
    return f"[{', '.join(map(numbers, rows))}]"


def outline(polygon: Any) -> str:
    """Write a polygon, as its vertices in order if it has no holes, or a collection of them."""
    if isinstance(polygon, MultiPolygon):
        return f"MultiPolygon([{', '.join(_polygon(part) for part in polygon.geoms)}])"
    return _polygon(polygon) if polygon.interiors else _ring(polygon.exterior)


def _polygon(polygon: Any) -> str:
    holes = f", [{', '.join(map(_ring, polygon.interiors))}]" if polygon.interiors else ""
    return f"Polygon({_ring(polygon.exterior)}{holes})"


def _ring(ring: Any) -> str:
    return points(shapely.get_coordinates(ring)[:-1])


def _in_parentheses(parts: Iterable[str]) -> str:
    items = list(parts)
    return f"({items[0]},)" if len(items) == 1 else f"({', '.join(items)})"
