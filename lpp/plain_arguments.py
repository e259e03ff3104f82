"""Numbers that carry a unit or are masked: refused wherever users give numbers, since neither would be seen."""

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, ParamSpec, Self, TypeVar

import numpy as np

from farflung.lpp.errors import PhysicsError

_P = ParamSpec("_P")
_R = TypeVar("_R")


def fault(value: object) -> str:
    """What keeps a value, or one in a list or mapping of them, from being plain numbers; empty if nothing does.

    Quantities of astropy, pint, unyt and the like are known by their ``unit`` or ``units``; a mere label among the
    ``attrs`` of an array, as xarray has it, is none. A masked array is plain where nothing in it is masked.
    """
    kind = type(value)
    if kind is np.ndarray or kind is float or kind is int or kind is str or value is None:
        return ""
    if isinstance(value, Mapping):
        return next(filter(None, map(fault, value.values())), "")
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
    return "has a unit; give plain numbers in GeV, metres, radians or what the documentation says"


def require_plain(label: str, value: object, error: type[ValueError]) -> None:
    """Raise `error`, in a sentence that names the argument, if it carries a unit or is masked."""
    wrong = fault(value)
    if wrong:
        shown = " ".join(repr(value).split())
        raise error(f"{label} = {shown if len(shown) < 80 else shown[:77] + '...'} {wrong}")


def _require_all_plain(
    function: Callable[..., object], given: tuple[Any, ...], named: dict[str, Any], error: Any
) -> None:
    """The same for what a function is given."""
    if not any(map(fault, given)) and not any(map(fault, named.values())):
        return
    try:
        arguments = inspect.signature(function).bind_partial(*given, **named).arguments
    except TypeError:
        return  # the function itself says which arguments are wrong
    for label, value in arguments.items():
        require_plain(label, value, error)


def plain_arguments(error: type[ValueError]) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """A decorator for functions that take numbers: they raise `error` if one carries a unit or is masked."""

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def checked(*given: _P.args, **named: _P.kwargs) -> _R:
            _require_all_plain(function, given, named, error)
            return function(*given, **named)

        return checked

    return decorate


class PlainArguments:
    """A base of classes whose constructor and public methods take plain numbers, those of subclasses too.

    Parameters
    ----------
    argument_error
        A keyword of the class: what they raise where a number carries a unit or is masked; by default what the base
        raises, or `PhysicsError`.
    """

    _argument_error: ClassVar[type[ValueError]] = PhysicsError

    def __new__(cls, *given: Any, **named: Any) -> Self:
        """Check the arguments before `__init__` has them."""
        _require_all_plain(cls, given, named, cls._argument_error)
        return super().__new__(cls)

    def __init_subclass__(cls, *, argument_error: type[ValueError] | None = None, **options: Any) -> None:
        """Check the arguments of the public methods that the class defines."""
        super().__init_subclass__(**options)
        if argument_error is not None:
            cls._argument_error = argument_error
        for name, method in list(vars(cls).items()):
            if inspect.isfunction(method) and (name == "__call__" or not name.startswith("_")):
                if not getattr(method, "__isabstractmethod__", False):
                    setattr(cls, name, plain_arguments(cls._argument_error)(method))
            elif isinstance(method, classmethod) and not name.startswith("_"):
                setattr(cls, name, classmethod(plain_arguments(cls._argument_error)(method.__func__)))
