"""Axes, letters and legends of pictures for a journal's column as well as a slide: all follow the axes' width."""

import re
from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.ticker import LogLocator, NullFormatter
from matplotlib.transforms import ScaledTranslation

from farflung.viz.style import figure_of, number_masses

SIZE = (6.0, 4.4)
"""Width and height [inch] of a figure of its own."""

_SMALLEST, _LARGEST = 7.0, 16.0
_PER_INCH, _AT_NOTHING = 0.8, 5.5
_LETTER = 0.58
"""Width of a letter in units of its size."""

_MANY = 1e12
"""An axis that spans more than this has no ticks between those of the powers of ten."""


def letter_size(axes: Axes) -> float:
    """Size of letters [points] that suits the width of these axes: 7.6 in a journal's column, 16 at most."""
    width = axes.get_position().width * figure_of(axes).get_size_inches()[0]
    return float(np.clip(_AT_NOTHING + _PER_INCH * width, _SMALLEST, _LARGEST))


def dress(axes: Axes, xlabel: str, ylabel: str) -> None:
    """Write the labels, and turn ticks inwards on all sides."""
    size = letter_size(axes)
    axes.set_xlabel(xlabel, fontsize=size + 1)
    axes.set_ylabel(ylabel, fontsize=size + 1)
    axes.tick_params(labelsize=size, which="both", direction="in", top=True, right=True)
    for axis, scale in ((axes.xaxis, axes.get_xscale()), (axes.yaxis, axes.get_yscale())):
        if scale == "log":
            low, high = sorted(axis.get_view_interval())
            axis.set_major_locator(LogLocator(numticks=7))
            axis.set_minor_locator(
                LogLocator(subs=[float(digit) for digit in range(1, 10)], numticks=99 if high < _MANY * low else 0)
            )
            axis.set_minor_formatter(NullFormatter())


def energy_axis(axes: Axes, low: float, high: float, xlabel: str, ylabel: str) -> None:
    """As `dress`, with masses or momenta [GeV] from left to right, in the logarithm and in plain numbers."""
    axes.set(xscale="log", xlim=(low, high))
    dress(axes, xlabel, ylabel)
    number_masses(axes)


def legend_above(
    axes: Axes, handles: Sequence[Artist], title: str = "", columns: int = 6, *, below: Sequence[Artist] = ()
) -> None:
    """Put a legend, with a title, above the axes, where it covers nothing, in as many columns as their width takes.

    Long entries do well to be `below`, in a legend of their own, so that short ones need not be as wide. Entries and
    titles that are too long for a single column are broken at their commas.
    """
    figure = figure_of(axes)
    figure.draw_without_rendering()  # moves the axes to where their labels leave room
    height = 0.0
    if below:
        lower = _legend(axes, below, "", columns, height)
        axes.add_artist(lower)
        height = lower.get_window_extent().height / figure.dpi
    _legend(axes, handles, title, columns, height)


def _legend(axes: Axes, handles: Sequence[Artist], title: str, columns: int, height: float) -> Legend:
    """A legend at a height [inch] above the axes."""
    figure, size = figure_of(axes), letter_size(axes)
    width = axes.get_window_extent().width
    place = axes.transAxes + ScaledTranslation(0, height, figure.dpi_scale_trans)
    letters = int(width / figure.dpi * 72 / (_LETTER * size))
    title = _broken(title, letters)
    for count in range(max(1, min(columns, len(handles))), 0, -1):
        legend = axes.legend(
            handles=handles, title=title, fontsize=size, title_fontsize=size + 0.5, alignment="left", ncols=count,
            loc="lower left", bbox_to_anchor=(0.0, 1.0), bbox_transform=place, borderaxespad=0.1, borderpad=0.2,
            columnspacing=1.2, handlelength=1.8, handletextpad=0.5, labelspacing=0.3, frameon=False,
        )  # fmt: skip
        if legend.get_window_extent().width <= width:
            return legend
    for text in legend.get_texts():
        text.set_text(_broken(text.get_text(), letters - 4))  # beside a line
    return legend


def _broken(text: str, letters: int) -> str:
    """A text broken at commas into lines of so many letters, as far as that is possible."""
    first, *more = text.split(", ")
    lines = [first]
    for part in more:
        longer = f"{lines[-1]}, {part}"
        # commands and braces of mathematical type take no room
        if len(re.sub(r"\\([a-z])[a-z]*|[${}^_]", r"\1", longer)) <= letters:
            lines[-1] = longer
        else:
            lines[-1] += ","
            lines.append(part)
    return "\n".join(lines)
