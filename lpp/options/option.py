"""Options of anything that a class or function makes."""

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, get_args

from farflung.lpp.described import Described, signature
from farflung.lpp.errors import OptionError
from farflung.lpp.options.meanings import meaning
from farflung.lpp.options.reading import Reader, reader, written
from farflung.lpp.spelling import near

_REQUIRED = inspect.Parameter.empty


@dataclass(frozen=True)
class Option:
    """One option, as ``--set`` takes it.

    Attributes
    ----------
    name
        Name of the parameter, with dots for a parameter of what it stands for: ``"selection.pt"``.
    reader
        How to read it.
    default
        The default as text; None if it must be given.
    meaning
        In a few words, with the unit.
    """

    name: str
    reader: Reader
    default: str | None
    meaning: str

    def read(self, text: str, owner: str = "") -> object:
        """The value that a text says.

        Raises
        ------
        OptionError
            If it says none; the message names the option, with its owner's name in front, and what would be right.
        """
        try:
            return self.reader.read(text)
        except OptionError as problem:
            raise OptionError(f"{owner}{self.name} = {text!r}: {problem}") from None
        except ValueError:
            raise OptionError(f"{owner}{self.name} = {text!r} is not {self.reader.right}") from None


def options_of(factory: Callable[..., object]) -> dict[str, Option]:
    """All options of a class or function that a text can say, by name, in the order of its signature.

    An option that takes an object all of whose own parameters have defaults, or whose default is a dataclass, brings
    the options of that object with it, with its name and a dot in front.

    Parameters
    ----------
    factory
        A class, or any function that makes something.
    """
    return {option.name: option for option in _options(factory, (factory,))}


def _options(factory: Callable[..., object], above: tuple[object, ...]) -> list[Option]:
    found = []
    for name, parameter in signature(factory).parameters.items():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
            continue
        read = reader(parameter.annotation, parameter.default)
        if read is not None:
            default = None if parameter.default is _REQUIRED else written(parameter.default)
            found.append(Option(name, read, default, meaning(factory, name)))
        inner = _made_of_options(parameter)
        if inner is not None and inner not in above:
            for option in _options(inner, (*above, inner)):
                default = option.default
                if isinstance(parameter.default, inner):
                    default = written(attrgetter(option.name)(parameter.default))
                found.append(dataclasses.replace(option, name=f"{name}.{option.name}", default=default))
    return found


def read_options(factory: Callable[..., object], texts: Mapping[str, str], owner: str = "") -> dict[str, object]:
    """Arguments for a class or function, from the texts of some of its options.

    Parameters
    ----------
    factory
        What takes them.
    texts
        Text of each option, by name, as in ``{"modes": "K+,K0", "selection.pt": "1.8,2.75"}``.
    owner
        What complaints call the thing.

    Raises
    ------
    OptionError
        If an option is unknown, where the message names the nearest, or its text does not say what it wants.

    Examples
    --------
    >>> from farflung.lpp import ALPFermion
    >>> read_options(ALPFermion, {"hadronic_threshold": "1.2"})
    {'hadronic_threshold': 1.2}
    >>> read_options(ALPFermion, {"hadronic_threshold": "high"}, "alp-fermion")
    Traceback (most recent call last):
    farflung.lpp.errors.OptionError: alp-fermion.hadronic_threshold = 'high' is not a number
    """
    known = options_of(factory)
    parameters = signature(factory).parameters.values()
    takes_anything = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)
    front = f"{owner}." if owner else ""
    values: dict[str, object] = {}
    for name, text in texts.items():
        if name not in known and not takes_anything:
            raise OptionError(_unknown(name, list(known), factory, owner or getattr(factory, "__name__", "this")))
        option = known.get(name) or Option(name, _anything(), None, "")
        values[name] = option.read(text, front)
    return _joined(factory, values, front)


def _joined(factory: Callable[..., object], values: Mapping[str, object], front: str) -> dict[str, object]:
    """Values of options with dots put together to the objects to which they belong."""
    arguments = {name: value for name, value in values.items() if "." not in name}
    parts: dict[str, dict[str, object]] = {}
    for name, value in values.items():
        first, dot, rest = name.partition(".")
        if dot:
            parts.setdefault(first, {})[rest] = value
    for name, changes in parts.items():
        parameter = signature(factory).parameters[name]
        inner = _made_of_options(parameter)
        if name in arguments or inner is None:
            raise OptionError(f"{front}{name} is set as a whole and in part; leave one of the two out")
        inner_changes = _joined(inner, changes, f"{front}{name}.")
        if not isinstance(parameter.default, inner):
            arguments[name] = inner(**inner_changes)
        elif isinstance(parameter.default, Described):
            arguments[name] = parameter.default.changed(**inner_changes)
        else:
            arguments[name] = dataclasses.replace(parameter.default, **inner_changes)
    return arguments


def _made_of_options(parameter: inspect.Parameter) -> type[Any] | None:
    """The class of what a parameter takes, if one can make it from options alone."""
    annotation = parameter.annotation
    for kind in get_args(annotation) or (annotation,):
        if not isinstance(kind, type) or getattr(kind, "_is_protocol", False) or kind.__module__ == "builtins":
            continue
        if not (issubclass(kind, Described) or dataclasses.is_dataclass(kind)):
            continue
        taken = signature(kind).parameters.values()
        if isinstance(parameter.default, kind) or (taken and all(one.default is not one.empty for one in taken)):
            return kind
    return None


def _anything() -> Reader:
    found = reader(Any)
    assert found is not None
    return found


def _unknown(name: str, known: list[str], factory: Callable[..., object], owner: str) -> str:
    if name in signature(factory).parameters:
        return f"{owner}.{name} cannot be said as text; make the object in Python, in a file of your own"
    meant = near(name, known)
    if meant:
        return f"{name} is not an option of {owner}; did you mean {' or '.join(meant)}?"
    plain = [option for option in known if "." not in option]
    return f"{name} is not an option of {owner}, which {'takes ' + ', '.join(plain) if plain else 'has none'}"
