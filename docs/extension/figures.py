"""Figures that code makes, whether pyplot knows them or not."""

import hashlib
from functools import wraps
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

_made: list[Figure] = []
_shown: dict[int, str] = {}
"""How figures looked when they were last shown, by their place in `_made`."""


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
    _shown.clear()


def to_show() -> list[Figure]:
    """Figures that were made since this was last asked, or look otherwise than then, and that pyplot does not know."""
    found = []
    for place, figure in enumerate(_made):
        if not figure.axes or hasattr(figure, "number"):
            continue
        look = _look(figure)
        if _shown.get(place) != look:
            found.append(figure)
            _shown[place] = look
    return found


def _look(figure: Figure) -> str:
    """A fingerprint of its pixels, once its layout has settled."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    canvas.draw()
    return hashlib.sha256(bytes(canvas.buffer_rgba())).hexdigest()
