"""Colours and small drawing habits shared by all pictures. Nothing here touches matplotlib's global settings."""

from collections.abc import Sequence
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.path import Path
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullLocator
from numpy.typing import NDArray

from farflung.viz.notebook_axes import PictureAxes

# Okabe and Ito's colours, distinct also to the colour-blind: one for "seen as a vertex", one for "not seen"
DISPLACED = "#0072B2"
INVISIBLE = "#E69F00"
NEITHER = "#8C8C8C"
_SMALL, _LETTERS_PER_INCH = 8, 15
"""Size of footnotes in points, and how many of such letters make an inch."""

MORE = ("#009E73", "#6B6B00", "#CC79A7", "#7A4FB5", "#D55E00", "#A0522D", "#56B4E9", "#2F4F4F")
"""Further searches: neighbours differ also to the colour-blind and in print without colours."""


def new_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """The given axes, or those of a new figure of this size [inches] that belongs to no window."""
    if ax is not None:
        return ax
    return Figure(figsize=size, layout="constrained").add_subplot(axes_class=PictureAxes)


def coupling_label(name: str, unit: str) -> str:
    """Axis label of a coupling, such as c_ff/f_a in TeV^-1, in mathematical type."""

    def typeset(text: str) -> str:
        if text.startswith("sin(") and text.endswith(")"):
            return rf"\sin\{text[4:-1]}"
        if text == "epsilon":
            return r"\epsilon"
        head, *tail = text.replace("agg", r"a\gamma\gamma").split("_", 1)
        return f"{head}_{{{tail[0]}}}" if tail else head

    symbol = "/".join(typeset(part) for part in name.split("/"))
    power = unit.replace("^-1", "^{-1}").replace("TeV", r"\mathrm{TeV}").replace("GeV", r"\mathrm{GeV}")
    return f"${symbol}$" if unit == "1" else f"${symbol}$  [${power}$]"


def figure_of(axes: Axes) -> Figure:
    """The figure that the axes belong to, also through subfigures."""
    figure = axes.get_figure(root=True)
    assert figure is not None
    return figure


def number_masses(axes: Axes) -> None:
    """Write masses as plain numbers, 2 and 5 between the powers of ten where these are few.

    Where that would leave fewer than three numbers, they are at even steps.
    """
    low, high = axes.get_xlim()
    few = high / low < 300
    axes.xaxis.set_major_formatter(FuncFormatter(lambda mass, _: f"{mass:g}"))
    decades = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)))
    round_masses = np.outer(decades, [1, 2, 5, 10])
    if len(np.unique(round_masses[(round_masses >= low) & (round_masses <= high)])) < 3:
        axes.xaxis.set_major_locator(MaxNLocator(6, min_n_ticks=3))
        axes.xaxis.set_minor_locator(NullLocator())
        return

    def minor(mass: float, _: int | None) -> str:
        return f"{mass:g}" if few and f"{mass:e}"[0] in "25" else ""

    axes.xaxis.set_minor_formatter(FuncFormatter(minor))


def readable(colour: str) -> tuple[float, float, float]:
    """The colour, darkened until letters in it stand out from white (contrast 4.5, as WCAG 2.1 asks for)."""
    rgb = np.array(to_rgb(colour))
    while _luminance(rgb) > 1.05 / 4.5 - 0.05:
        rgb = 0.95 * rgb
    red, green, blue = rgb.tolist()
    return red, green, blue


def _luminance(rgb: NDArray[np.float64]) -> float:
    """Relative luminance of a colour (IEC 61966-2-1), 0 for black and 1 for white."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def polygon_path(outline: Any) -> Path:
    """A matplotlib path of a shapely polygon, or of several, with holes."""
    polygons = [part for part in getattr(outline, "geoms", [outline]) if part.geom_type == "Polygon"]
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(np.asarray(ring.coords), closed=True) for ring in rings))


def footnotes(axes: Axes, notes: Sequence[str], size: float = _SMALL) -> None:
    """Write notes in small letters, of this size [pt], below everything else in the figure of these axes."""
    if not notes:
        return
    figure = figure_of(axes)
    letters = int(figure.get_size_inches()[0] * _LETTERS_PER_INCH * _SMALL / size)
    lines = [fill(note, letters) for note in notes]
    figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=size, color="0.25")
