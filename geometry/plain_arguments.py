"""Numbers that carry a unit or are masked: refused wherever users give numbers, since neither would be seen."""

import functools
import inspect
from collections.abc import Callable
from typing import Any, Self

import numpy as np

from farflung.geometry.errors import GeometryError


def fault(value: object) -> str:
    """Return what keeps a value, or one in a list of them, from being plain numbers; empty if nothing does.

    Quantities of astropy, pint, unyt and the like are known by their ``unit`` or ``units``; a mere label among the
    ``attrs`` of an array, as xarray has it, is none. A masked array is plain where nothing in it is masked.
    """
    kind = type(value)
    if kind is np.ndarray or kind is float or kind is int:
        return ""
    if isinstance(value, list | tuple):
        return next(filter(None, map(fault, value)), "")
    if isinstance(value, np.ma.MaskedArray):
        return "has masked numbers; leave them out, or fill them in" if np.ma.is_masked(value) else ""
    if not (hasattr(kind, "__array__") or hasattr(kind, "__float__")):
        return ""
    unit = getattr(value, "unit", None)
    unit = getattr(value, "units", None) if unit is None else unit
    if unit is None or "units" in getattr(value, "attrs", ()):
        return ""
    return "has a unit; give plain numbers in metres, radians or what the documentation says"


def _require_plain(function: Callable[..., object], given: tuple[Any, ...], named: dict[str, Any]) -> None:
    """Raise GeometryError, in a sentence that names the argument, if one is not plain."""
    if not any(map(fault, given)) and not any(map(fault, named.values())):
        return
    try:
        arguments = inspect.signature(function).bind_partial(*given, **named).arguments
    except TypeError:
        return  # the function itself says which arguments are wrong
    for label, value in arguments.items():
        wrong = fault(value)
        if wrong:
            shown = " ".join(repr(value).split())
            raise GeometryError(f"{label} = {shown if len(shown) < 80 else shown[:77] + '...'} {wrong}")


def _checked(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def checked(*given: Any, **named: Any) -> Any:
        _require_plain(function, given, named)
        return function(*given, **named)

    return checked


class PlainArguments:
    """A base of classes whose constructor and public methods take plain numbers, those of subclasses too."""

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """Check the arguments before ``__init__`` has them."""
        _require_plain(cls, given, named)
        return super().__new__(cls)

    def __init_subclass__(cls, **options: Any) -> None:
        """Check the arguments of the public methods that the class defines."""
        super().__init_subclass__(**options)
        for name, method in list(vars(cls).items()):
            if name.startswith("_"):
                continue
            if inspect.isfunction(method):
                setattr(cls, name, _checked(method))
            elif isinstance(method, classmethod):
                setattr(cls, name, classmethod(_checked(method.__func__)))
