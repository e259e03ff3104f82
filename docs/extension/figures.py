"""Figures that code makes, whether pyplot knows them or not."""

from functools import wraps
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

_made: list[Figure] = []


def watch() -> None:
    """From now on, keep every figure that is made."""
    start = Figure.__init__
    if hasattr(start, "__wrapped__"):
        return

    @wraps(start)
    def started(self: Figure, *arguments: Any, **options: Any) -> None:
        start(self, *arguments, **options)
        _made.append(self)

    Figure.__init__ = started  # type: ignore[method-assign]


def forget() -> None:
    """Let go of all figures."""
    _made.clear()


def to_show() -> list[Figure]:
    """Figures that were made or changed since they were last drawn, and that pyplot does not know."""
    return [figure for figure in _made if figure.axes and figure.stale and not hasattr(figure, "number")]


def axes_of(thing: object) -> Axes | None:
    """Axes, if that is what it is."""
    return thing if isinstance(thing, Axes) else None
