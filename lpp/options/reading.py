"""Text turned into the kind of value that a signature asks for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import Parameter
from math import isnan
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from farflung.lpp.described import shown
from farflung.lpp.errors import OptionError
from farflung.lpp.number_text import read_number, read_whole_number
from farflung.lpp.options.named_values import named_values

_MANY = (Sequence, Iterable, Collection, list, tuple, set, frozenset)


@dataclass(frozen=True)
class Reader:
    """How to read one kind of value.

    Attributes
    ----------
    right
        What a right text is, for complaints and lists: ``"a number"``.
    read
        Turns a text into the value, or raises ValueError.
    """

    right: str
    read: Callable[[str], object]


def reader(annotation: object, default: object = Parameter.empty) -> Reader | None:
    """How to read what an annotation asks for; None if no text says it.

    Parameters
    ----------
    annotation
        A type: numbers, bool, str, literals, sequences, mappings, unions of these and of classes that have
        `farflung.lpp.options.named_values`. Without one, or with a name that could not be found, the default says
        what is wanted.
    default
        The default.
    """
    if annotation in (Parameter.empty, Any, object) or isinstance(annotation, str):
        return _GUESSES.get(type(default), _GUESS)
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return reader(arguments[0], default)
    if origin is Literal:
        return _one_of({str(choice): choice for choice in arguments})
    if origin in (Union, UnionType):
        return _any_of([found for part in arguments if (found := reader(part)) is not None])
    if origin is tuple and arguments[-1:] != (...,):
        return _exactly([reader(part) for part in arguments])
    if origin in _MANY:
        return _several(reader(arguments[0]))
    if origin in (Mapping, dict):
        return _pairs(reader(arguments[0]), reader(arguments[1]))
    if isinstance(annotation, type) and named_values(annotation).names():
        names = named_values(annotation)
        return Reader(_or(names.names()), names.find)
    return None


def written(value: object) -> str:
    """A value as the text that is read as this value."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return ",".join(f"{written(key)}={written(item)}" for key, item in value.items())
    if isinstance(value, tuple | list):
        return ",".join(map(written, value))
    names = named_values(type(value))
    return next((name for name in names.names() if names.find(name) is value), shown(value))


def _number(text: str) -> float:
    value = read_number(text)
    if isnan(value):
        raise ValueError(text)
    return value


def _whole(text: str) -> int:
    value = read_number(text)
    if not value.is_integer():
        raise ValueError(text)
    return read_whole_number(text) if text.strip().lstrip("+-").isdecimal() else int(value)


def _either_number(text: str) -> float:
    value = _number(text)
    return int(value) if value.is_integer() else value


def _one_of(choices: Mapping[str, object]) -> Reader:
    def read(text: str) -> object:
        for choice, value in choices.items():
            if text == choice or text.lower() == choice:
                return value
        raise ValueError(text)

    return Reader(_or(choices), read)


def _any_of(readers: Sequence[Reader]) -> Reader | None:
    """The first that can read the text; those that read any text come last."""
    in_order = sorted(readers, key=lambda one: one.read in (str, Path, _guess))

    def read(text: str) -> object:
        problem = ValueError(text)
        for one in in_order:
            try:
                return one.read(text)
            except ValueError as complaint:
                if isinstance(complaint, OptionError):
                    problem = complaint  # has more to say
        raise problem

    if not set(readers) - {_SIMPLE[NoneType]}:
        return None
    return Reader(_or([one.right for one in readers]), read)


def _several(one: Reader | None) -> Reader | None:
    if one is None:
        return None
    read = one.read
    return Reader(f"{_many(one)} with commas between", lambda text: tuple(read(part) for part in _parts(text)))


def _exactly(parts: Sequence[Reader | None]) -> Reader | None:
    readers = [one for one in parts if one is not None]
    if len(readers) < len(parts) or not readers:
        return None

    def read(text: str) -> object:
        return tuple(one.read(part) for one, part in zip(readers, _parts(text), strict=True))

    same = len({one.right for one in readers}) == 1
    what = f"{len(readers)} {_many(readers[0])}" if same else ", ".join(one.right for one in readers)
    return Reader(f"{what} with commas between", read)


def _pairs(key: Reader | None, value: Reader | None) -> Reader | None:
    if key is None or value is None:
        return None

    def read(text: str) -> object:
        pairs = [part.partition("=") for part in _parts(text)]
        if not all(equals for _, equals, _ in pairs):
            raise ValueError(text)
        return {key.read(one.strip()): value.read(other.strip()) for one, _, other in pairs}

    return Reader(f"KEY=VALUE with commas between, VALUE being {value.right}", read)


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")] if text.strip() else []


def _or(words: Iterable[str]) -> str:
    *first, last = dict.fromkeys(words)
    return f"{', '.join(first)} or {last}" if first else last


def _many(one: Reader) -> str:
    return {"a number": "numbers", "a whole number": "whole numbers", "text": "words"}.get(one.right, one.right)


def _guess(text: str) -> object:
    """What the text looks like, where nobody says what is wanted."""
    for one in (_TRUTH, _SIMPLE[NoneType], Reader("a number", _either_number)):
        try:
            return one.read(text)
        except ValueError:
            continue
    return text


_TRUTH = _one_of({"true": True, "false": False})
_SIMPLE: dict[object, Reader] = {
    float: Reader("a number", _number),
    int: Reader("a whole number", _whole),
    bool: _TRUTH,
    str: Reader("text", str),
    Path: Reader("a path", Path),
    NoneType: _one_of({"none": None}),
    None: _one_of({"none": None}),
}
_GUESS = Reader("a number, true, false, none or text", _guess)
_GUESSES: dict[type, Reader] = {
    bool: _TRUTH,
    int: Reader("a number", _either_number),
    float: _SIMPLE[float],
    str: _SIMPLE[str],
}
