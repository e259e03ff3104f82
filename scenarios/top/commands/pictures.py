"""Pictures that commands draw, whatever matplotlib is set to where they run."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from matplotlib.axes import Axes


@contextmanager
def drawing() -> Iterator[None]:
    """Draw in the block without LaTeX, which need not be there and would not understand a label such as ``90%``."""
    import matplotlib

    with matplotlib.rc_context({"text.usetex": False}):
        yield


def require_picture(path: str | Path, suffixes: tuple[str, ...] = output.PICTURE_SUFFIXES) -> Path:
    """Check, before any work is done, that a picture can be drawn and written here.

    Raises
    ------
    ScenarioError
        If it cannot be written, as `farflung.scenarios.output.require_writable` says, or matplotlib fails to draw one.
    """
    target = output.require_writable(path, suffixes)
    if target.suffix.lower() in output.PICTURE_SUFFIXES:
        require_drawing(target.suffix.lower())
    return target


def require_drawing(suffix: str) -> None:
    """Raise `ScenarioError` if matplotlib fails to draw a small picture of the kind that a suffix stands for."""
    try:
        with drawing():
            from matplotlib.figure import Figure

            figure = Figure(figsize=(4, 3), layout="constrained")
            figure.add_subplot().set_title(r"90% of $c_{ff}/f_a$ in $\mathrm{TeV}^{-1}$")
            figure.savefig(io.BytesIO(), format=suffix[1:])
    except Exception as problem:  # whatever a setting, a font or a backend brings about
        reason = str(problem).partition("\n")[0]
        raise ScenarioError(
            f"matplotlib cannot draw a {suffix} picture here; look at MPLBACKEND and matplotlibrc: {reason}"
        ) from problem


def write_picture(path: str | Path, draw: Callable[[], "Axes"], command: str) -> None:
    """Draw a picture and write it, whole or not at all; its metadata name the command."""
    from farflung import viz

    with drawing():
        axes = draw()
        output.write_whole(path, output.PICTURE_SUFFIXES, lambda part: viz.save(axes, part, note=command))


def write_picture_or_page(
    path: str | Path, draw: Callable[[], "Axes"], make_page: Callable[..., str], command: str
) -> None:
    """Draw a picture or, if the file is to be one, make a page; either is whole or not there, and names the command."""
    from farflung import viz

    if Path(path).suffix.lower() in output.PAGE_SUFFIXES:
        viz.save_page(make_page(note=command), path)
    else:
        write_picture(path, draw, command)
