"""What docstrings say, in parts."""

import inspect
from collections.abc import Callable

from numpydoc.docscrape import NumpyDocString


def parts(thing: object) -> tuple[str, str]:
    """Summary with what follows it, and notes, of a docstring of its own."""
    text = thing.__doc__ or ""
    parsed = NumpyDocString(inspect.cleandoc(text))
    summary = "\n".join([*parsed["Summary"], "", *parsed["Extended Summary"]])
    return summary.strip(), "\n".join(parsed["Notes"]).strip()


def bases(kind: type, up_to: type) -> list[type]:
    """Bases of a class between it and a base that all of its kind have, whose docstrings say more about it."""
    return [base for base in kind.__mro__[1:] if issubclass(base, up_to) and base is not up_to and base.__doc__]


def class_of(factory: Callable[..., object]) -> type:
    """The class of what a factory makes."""
    return factory if isinstance(factory, type) else type(factory())
