"""Objects that know how they were made: the constructor is said once, and the `repr` follows from it."""

import inspect
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from math import isfinite
from typing import Any, Self

import numpy as np

from farflung.lpp.plain_arguments import PlainArguments

_LEFT_OUT: dict[object, object] = {inspect.Parameter.VAR_POSITIONAL: (), inspect.Parameter.VAR_KEYWORD: {}}

_MOST_NUMBERS = 64
"""Numbers of an array that a `repr` still says one by one."""


class Described(PlainArguments):
    """A base class whose `repr` is the call that makes the object again.

    The arguments are kept as they were given to the constructor, so that a subclass writes neither `__repr__` nor a
    list of its options: both are read from the signature of its `__init__`. Copies and pickles keep them.

    Examples
    --------
    >>> class Tracker(Described):
    ...     def __init__(self, radius: float = 1.0, layers: int = 6) -> None:
    ...         self.radius, self.layers = radius, layers
    >>> Tracker(radius=2.0)
    Tracker(radius=2)
    >>> Tracker(radius=2.0).described()
    'Tracker(radius=2, layers=6)'
    """

    _given_arguments: dict[str, object]

    def __new__(cls, *args: object, **options: object) -> Self:
        """Keep the arguments, whatever `__init__` makes of them."""
        made = super().__new__(cls, *args, **options)
        try:
            given = signature(cls).bind(*args, **options).arguments
        except TypeError:
            given = {}  # `__init__` says what is wrong; copies and pickles bring theirs
        # what an iterator held is gone after its first use
        kept = {name: value for name, value in given.items() if not isinstance(value, Iterator)}
        object.__setattr__(made, "_given_arguments", kept)
        return made

    def __init__(self) -> None:
        """Take no arguments, unless a subclass says which."""

    def described(self) -> str:
        """The call that makes the object again, with the values of all options: what results carry as provenance.

        Unlike `repr` it says defaults too, since these may change from one version to the next. Of tables and fits
        that nobody gave it says where they come from.
        """
        values = option_values(self)
        given = {name for name, value in values.items() if value is self._given_arguments.get(name)}
        return self._call(values, lambda name, value: _shown(value, _in_full if name in given else _cited))

    def changed(self, **options: object) -> Self:
        """The same object with other values of some of its options."""
        values = option_values(self)
        kept = {name: values[name] for name in self._told() if name not in options}
        call = inspect.BoundArguments(signature(type(self)), OrderedDict(kept))
        return type(self)(*call.args, **call.kwargs | options)

    def _with_each(self, option: str, *values: object) -> tuple[Self, ...]:
        """The object itself, and it with each other value of an option that its constructor takes."""
        now = option_values(self)
        others = [value for value in values if option in now and value != now[option]]
        return (self, *(self.changed(**{option: value}) for value in others))

    def _told(self) -> list[str]:
        """Names of the arguments that differ from their defaults."""
        parameters = signature(type(self)).parameters
        return [
            name
            for name, parameter in parameters.items()
            if (name in self._given_arguments and not _same(self._given_arguments[name], parameter.default))
            or (name not in self._given_arguments and parameter.default is parameter.empty and hasattr(self, name))
        ]

    def _call(self, values: Mapping[str, object], show: Callable[[str, object], str]) -> str:
        parts: list[str] = []
        parameters = signature(type(self)).parameters
        by_place = any(p.kind is p.VAR_POSITIONAL and values.get(name) for name, p in parameters.items())
        for name, parameter in parameters.items():
            if name not in values:
                continue
            value: Any = values[name]
            if parameter.kind is parameter.VAR_POSITIONAL:
                parts += [show(name, item) for item in value]
                by_place = False
            elif parameter.kind is parameter.VAR_KEYWORD:
                parts += [f"{label}={show(name, item)}" for label, item in value.items()]
            elif by_place or parameter.kind is parameter.POSITIONAL_ONLY:
                parts.append(show(name, value))
            else:
                parts.append(f"{name}={show(name, value)}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def __repr__(self) -> str:
        values = option_values(self)
        return self._call({name: values[name] for name in self._told()}, lambda _, value: shown(value))


def signature(factory: Callable[..., object]) -> inspect.Signature:
    """What a class or function takes, with annotations as types where these can be found.

    Parameters
    ----------
    factory
        A class, or any function that makes something.
    """
    wanted: Callable[..., object] = factory
    if isinstance(factory, type) and issubclass(factory, Described):
        wanted = factory.__init__  # `__new__` takes anything
    found = inspect.signature(wanted)
    names = _globals_of(factory)
    parameters = [p.replace(annotation=_evaluated(p.annotation, names)) for p in found.parameters.values()]
    return found.replace(parameters=parameters if wanted is factory else parameters[1:])


def _globals_of(factory: Callable[..., object]) -> dict[str, Any]:
    """Names that the annotations of a class or function may use."""
    function: Any = factory.__init__ if inspect.isclass(factory) else getattr(factory, "func", factory)
    return getattr(inspect.unwrap(function), "__globals__", {})


def _evaluated(annotation: object, names: dict[str, Any]) -> object:
    """The type that an annotation means; it stays as it is if it names what only type checkers know."""
    if not isinstance(annotation, str):
        return annotation
    try:
        return eval(annotation, names)
    except (NameError, AttributeError, TypeError, SyntaxError):
        return annotation


def option_values(thing: Described) -> dict[str, object]:
    """Values of all arguments of an object's constructor, those left to their defaults included.

    Where a default of None stands for something that the object works out for itself, and the object has that as an
    attribute of the argument's name, this is what the attribute says.
    """
    values: dict[str, object] = {}
    for name, parameter in signature(type(thing)).parameters.items():
        value = thing._given_arguments.get(name, parameter.default)
        if value is parameter.empty:
            value = _LEFT_OUT.get(parameter.kind)
        values[name] = getattr(thing, name, None) if value is None else value
    return values


def shown(value: object) -> str:
    """A value as one would type it: numbers without a needless ``.0`` but with all digits, functions by their names."""
    return _shown(value, repr)


def _in_full(value: object) -> str:
    return value.described() if isinstance(value, Described) else repr(value)


def _cited(value: object) -> str:
    source = getattr(value, "source", None)
    return repr(source) if isinstance(source, str) else _in_full(value)


def _shown(value: object, show: Callable[[object], str]) -> str:
    if isinstance(value, np.ndarray) and value.size > _MOST_NUMBERS:
        return f"<array {value.shape}>"
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, float):
        if not isfinite(value):
            return f"float('{value}')"
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_shown(key, show)}: {_shown(item, show)}" for key, item in value.items()) + "}"
    if type(value) is list:
        return "[" + ", ".join(_shown(item, show) for item in value) + "]"
    if type(value) is tuple:
        return "(" + ", ".join(_shown(item, show) for item in value) + (",)" if len(value) == 1 else ")")
    if inspect.isroutine(value) or inspect.isclass(value):
        return str(value.__name__)
    if type(value).__repr__ is object.__repr__:
        return f"<{type(value).__name__}>"  # without an address, which changes from run to run
    return show(value)


def _same(value: object, default: object) -> bool:
    """Whether an argument is what it would be if it were left out."""
    if value is default:
        return True
    try:
        equal = value == default
    except (TypeError, ValueError):
        return False  # cannot be compared
    return isinstance(equal, bool | np.bool_) and bool(equal)  # arrays are equal in parts
