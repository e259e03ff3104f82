"""Sizes of letters and lines, which follow the size of the axes: a journal's column, two of them, a slide."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.ticker import LogLocator, NullFormatter

from farflung.viz.style import figure_of

_PART = 0.775
"""The part of a figure that matplotlib gives to axes before they are laid out."""

_FLAT = 1.7
"""How much wider than high axes are before it is their height that counts."""

_USUAL = 12.2
"""Letters [pt] of a figure that is 8 inches wide, for which widths of lines are given."""

LETTER = 0.55
"""Width of an average letter in units of its size."""

SMALLEST = 6.0
"""Letters [pt] that can still be read in print."""

_MANY = 1e12
"""An axis that spans more than this has no ticks between those of the powers of ten."""


@dataclass(frozen=True)
class Sizes:
    """What is written and drawn into axes, in points, from the size of ordinary letters.

    Attributes
    ----------
    letters
        Size [pt] of ordinary letters: 8 in a column of 3.4 inches, 11 over two columns, 14 to 17 on a slide.
    """

    letters: float

    @classmethod
    def of(cls, axes: Axes) -> "Sizes":
        """Those that suit axes, from the inches that they have before anything is written."""
        frame = axes.get_window_extent()
        width = min(frame.width, _FLAT * frame.height) / figure_of(axes).dpi / _PART
        return cls(min(max(5.0 + 0.9 * width, SMALLEST), 24.0))

    @property
    def title(self) -> float:
        """Of titles and of the names of axes."""
        return 1.1 * self.letters

    @property
    def small(self) -> float:
        """Of ticks and legends."""
        return max(0.93 * self.letters, SMALLEST)

    @property
    def notes(self) -> float:
        """Of what stands below or beside."""
        return max(0.75 * self.letters, SMALLEST)

    @property
    def labels(self) -> tuple[float, ...]:
        """Of names within regions, the best one first."""
        return tuple(sorted({max(part * self.letters, SMALLEST) for part in (0.95, 0.87, 0.78, 0.7)}, reverse=True))

    @property
    def lines(self) -> float:
        """What widths of lines are multiplied with."""
        return self.letters / _USUAL


def dress(axes: Axes, sizes: Sizes, x: str, y: str, title: str = "") -> None:
    """Name both axes and the picture, in lines as long as there is room, with ticks of a journal's kind."""
    axes.set_xlabel(x, fontsize=sizes.title)
    axes.set_ylabel(y, fontsize=sizes.title)
    axes.set_title(title, fontsize=sizes.title)
    axes.tick_params(
        labelsize=sizes.small, which="both", direction="in", top=True, right=True, width=max(0.8 * sizes.lines, 0.5)
    )
    axes.tick_params(which="major", length=5 * sizes.lines)
    axes.tick_params(which="minor", length=3 * sizes.lines, labelsize=0.9 * sizes.small)
    frame = axes.get_window_extent()  # before it is laid out, when there is seldom less room than after
    letter = sizes.small * figure_of(axes).dpi / 72
    for axis, scale, room in (
        (axes.xaxis, axes.get_xscale(), frame.width / (4 * letter)),
        (axes.yaxis, axes.get_yscale(), frame.height / (2.2 * letter)),
    ):
        if scale == "log":
            low, high = sorted(axis.get_view_interval())
            axis.set_major_locator(LogLocator(numticks=max(3, int(room))))
            digits = [float(digit) for digit in range(1, 10)]
            axis.set_minor_locator(LogLocator(subs=digits, numticks=99 if high < _MANY * low else 0))
            axis.set_minor_formatter(NullFormatter())
    shorten(axes.title, frame.width)
    shorten(axes.xaxis.label, frame.width)
    shorten(axes.yaxis.label, frame.height, upright=True)


def shorten(text: Text, room: float, *, upright: bool = False) -> None:
    """Break a line in two or three of equal length, or write it smaller, until it is no longer than the room [px]."""

    def length() -> float:
        box = text.get_window_extent()
        return float(box.height if upright else box.width)

    whole = " ".join(text.get_text().split("\n"))
    if "$" not in whole:
        for lines in (2, 3):
            if length() <= room:
                return
            text.set_text("\n".join(wrap_evenly(whole, lines)))
    if length() > room:
        text.set_fontsize(max(float(text.get_fontsize()) * room / length(), SMALLEST))


def wrap_evenly(text: str, lines: int) -> list[str]:
    """The words of a text in at most so many lines, the longest of which is as short as it can be."""
    width = max(len(text) // lines, *map(len, text.split()), 1)
    while len(found := wrap(text, width, break_long_words=False, break_on_hyphens=False)) > lines:
        width += 1
    return found


def wrap_entries(handles: Sequence[Artist], size: float, room: float) -> None:
    """Break the labels of a legend's entries, in letters of this size [pt], into lines as long as the room [inch]."""
    letters = max(12, int(room * 72 / (LETTER * size)) - 5)  # five for the patch or line before it
    for handle in handles:
        handle.set_label("\n".join(wrap(str(handle.get_label()), letters, break_long_words=False)))
