"""Things by name: models, detectors, papers. Registering is explicit; a name belongs to one thing."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from textwrap import shorten
from typing import Generic, TypeVar

from farflung.lpp.described import shown, signature
from farflung.lpp.options.meanings import meaning
from farflung.lpp.spelling import near, nearest

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class Registry(Generic[Thing]):
    """Names of things, or of what makes them.

    Parameters
    ----------
    kind
        What they are, for complaints: ``"detector"``.
    error
        What to raise for a name that is unknown or taken.
    option_error
        What to raise for an option that is not there, or that must be given and is not; by default the same.

    Examples
    --------
    >>> squares = Registry[Callable[..., int]]("square", ValueError)
    >>> squares.register("of", lambda side=1: side**2)
    >>> squares.make("of", side=3)
    9
    >>> squares.make("off")
    Traceback (most recent call last):
    ValueError: square = 'off' is unknown; did you mean of?
    """

    def __init__(self, kind: str, error: type[ValueError], option_error: type[ValueError] | None = None) -> None:
        self.kind = kind
        self._error = error
        self._option_error = error if option_error is None else option_error
        self._things: dict[str, Thing] = {}

    def register(self, name: str, thing: Thing) -> None:
        """Offer a thing under a name, which must not be taken."""
        if name in self._things:
            taken_by = shorten(shown(self._things[name]), 60)
            raise self._error(f"{self.kind} name = {name!r} is taken by {taken_by}; choose another name")
        self._things[name] = thing

    def names(self) -> tuple[str, ...]:
        """All names, in order of registration."""
        return tuple(self._things)

    def find(self, name: str) -> Thing:
        """The thing of this name; if there is none, the complaint names the nearest."""
        if name not in self._things:
            meant = nearest(name, self._things)
            raise self._error(f"{self.kind} = {name!r} is unknown" + (f"; did you mean {meant}?" if meant else ""))
        return self._things[name]

    def needed(self: "Registry[Callable[..., Made]]", name: str) -> dict[str, str]:
        """Options without a default, which must be given, and what they mean."""
        factory = self.find(name)
        parameters = signature(factory).parameters.values()
        optional = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
        return {
            parameter.name: _in_a_sentence(meaning(factory, parameter.name))
            for parameter in parameters
            if parameter.default is parameter.empty and parameter.kind not in optional
        }

    def make(self: "Registry[Callable[..., Made]]", name: str, **options: object) -> Made:
        """What the class or function of this name makes with these options, all of which it must take."""
        factory = self.find(name)
        for option, what in self.needed(name).items():
            if option not in options:
                raise self._option_error(f"{name} needs {option}: {what}; give it, as in {option}=...")
        parameters = signature(factory).parameters
        known = [label for label, parameter in parameters.items() if parameter.kind is not parameter.VAR_KEYWORD]
        for option in options:
            if len(known) == len(parameters) and option not in known:
                raise self._option_error(f"{option} is not an option of {name}{_instead(option, known)}")
        return factory(**options)

    def resolve(self: "Registry[Callable[..., Made]]", given: object, kind: type[Made]) -> Made:
        """An object of a kind, or what is made by the class or function of its name.

        Examples
        --------
        >>> squares = Registry[Callable[..., int]]("square", ValueError)
        >>> squares.resolve(int, int)
        Traceback (most recent call last):
        ValueError: square = int is a class; give an object, as in int(), or the name of a square
        """
        if isinstance(given, kind):
            return given
        if isinstance(given, str):
            return self.make(given)
        if isinstance(given, type):
            call = f"{given.__name__}()"
            raise self._error(
                f"{self.kind} = {given.__name__} is a class; give an object, as in {call}, or the name of a {self.kind}"
            )
        names = ", ".join(map(repr, self.names()))
        raise self._error(
            f"{self.kind} = {shorten(shown(given), 60)} is no {self.kind}; give an object, or one of the names {names}"
        )

    @contextmanager
    def preserved(self) -> Iterator[None]:
        """Forget at the end of the block what is registered in it."""
        before = dict(self._things)
        try:
            yield
        finally:
            self._things = before


def _in_a_sentence(text: str) -> str:
    """A text that begins with a word in lower case, unless the word is a name."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"


def _instead(option: str, known: list[str]) -> str:
    meant = near(option, known)
    if meant:
        return f"; did you mean {' or '.join(meant)}?"
    return f", which takes {', '.join(known)}" if known else ", which has none"
