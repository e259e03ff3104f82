"""Legends above and below the axes, in as many columns as take the least height."""

import re
from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from farflung.viz.sizes import LETTER, SMALLEST, Sizes
from farflung.viz.style import figure_of

_LARGEST = 0.4
"""The part of a figure that a legend may take before its letters shrink."""

_WIDEST = 0.92
"""The part of its cell that a legend below may take: layout makes axes narrower for one that is wider."""

_HANDLE = 5
"""Letters that the patch or line before an entry takes, with what parts it from the next column."""

_SHORTEST = 16
"""Letters to which an entry may be broken, if it is to stand beside others."""

_BREAK = 0.5
"""What it costs to break an entry once, in heights of letters."""


def legend_below(
    axes: Axes, handles: Sequence[Artist] | None = None, columns: int = 3, *, grow: bool = False, size: float = 10.0
) -> None:
    """Put the legend, by default of all that has a label, under the horizontal axis and its label.

    It has at most so many columns. A figure that may `grow` becomes as much higher as it takes to keep half of its
    height for the axes; in any other, letters become smaller than `size` [pt].
    """
    figure = figure_of(axes)
    if handles is None:
        handles, _ = axes.get_legend_handles_labels()
    # below tick labels and axis label
    written = axes.xaxis.get_tightbbox()
    below = 0.0 if written is None else axes.get_window_extent().y0 - written.y0

    left, right = cell_of(axes)
    place = blended_transform_factory(figure.transFigure, axes.transAxes)

    def put() -> Legend:
        return arranged(
            axes, handles, columns, size, _WIDEST * (right - left) * figure.bbox.width, loc="upper center",
            bbox_to_anchor=((left + right) / 2, 0.0), bbox_transform=place,
            borderaxespad=below / (size * figure.dpi / 72) + 0.3, markerscale=3, frameon=False,
        )  # fmt: skip

    box = put().get_window_extent()
    while not grow and size > SMALLEST and box.height > _LARGEST * figure.bbox.height:
        size = max(0.95 * size, SMALLEST)
        box = put().get_window_extent()
    if grow and box.height > figure.bbox.height / 2:
        width, _ = figure.get_size_inches()
        figure.set_size_inches(width, 2 * box.height / figure.dpi)


def cell_of(axes: Axes) -> tuple[float, float]:
    """Where the part of the figure that the axes have for themselves begins and ends, from 0 at the left to 1."""
    spec = axes.get_subplotspec()
    if spec is None:
        box = axes.get_position()
        middle = (box.x0 + box.x1) / 2
        half = min(middle, 1 - middle)
        return middle - half, middle + half
    count = spec.get_gridspec().ncols
    return spec.colspan.start / count, spec.colspan.stop / count


def legend_above(
    axes: Axes, handles: Sequence[Artist], sizes: Sizes, title: str = "", columns: int = 6, *,
    below: Sequence[Artist] = (),
) -> None:  # fmt: skip
    """Put a legend, with a title, above the axes, where it covers nothing, in at most so many columns.

    Long entries do well to be `below`, in a legend of their own, so that short ones need not be as wide.
    """
    figure = figure_of(axes)
    figure.draw_without_rendering()  # moves the axes to where their labels leave room
    width, height = axes.get_window_extent().width, 0.0
    title = broken(title, letters_in(width / figure.dpi, sizes.letters))
    for entries, heading in ((below, ""), (handles, title)):
        if not entries:
            continue
        first = axes.get_legend()
        if first is not None and height:
            axes.add_artist(first)
        place = axes.transAxes + ScaledTranslation(0, height, figure.dpi_scale_trans)
        legend = arranged(
            axes, entries, columns, sizes.small, width, title=heading, title_fontsize=sizes.letters, alignment="left",
            loc="lower left", bbox_to_anchor=(0.0, 1.0), bbox_transform=place, borderaxespad=0.1, borderpad=0.2,
            columnspacing=1.2, handlelength=1.8, handletextpad=0.5, labelspacing=0.3, frameon=False,
        )  # fmt: skip
        height = legend.get_window_extent().height / figure.dpi


def arranged(axes: Axes, handles: Sequence[Artist], columns: int, size: float, room: float, **look: Any) -> Legend:
    """A legend no wider than the room [px], in the columns, at most so many, that take the least height.

    Entries in letters of this size [pt] that are too long for a column are broken between words. `look` goes to
    `matplotlib.axes.Axes.legend`.
    """
    figure = figure_of(axes)
    whole = [" ".join(str(handle.get_label()).split("\n")) for handle in handles]

    def put(count: int) -> Legend | None:
        """In so many columns; None if that is too wide however entries are broken."""
        letters = letters_in(room / figure.dpi / count, size) - _HANDLE
        for labels in (whole, [broken(text, max(letters, _SHORTEST)) for text in whole]):
            legend = axes.legend(handles=list(handles), labels=labels, fontsize=size, ncols=count, **look)
            if legend.get_window_extent().width <= room:
                return legend
        return legend if count == 1 else None

    costs = {}
    for count in range(1, max(1, min(columns, len(whole))) + 1):
        if (legend := put(count)) is not None:
            breaks = sum(text.get_text().count("\n") for text in legend.get_texts())
            costs[count] = legend.get_window_extent().height / (size * figure.dpi / 72) + _BREAK * breaks
    # what saves less than half a line is not worth another column
    best = min(costs, key=lambda count: (round(2 * costs[count]), count))
    legend = put(best)
    assert legend is not None
    return legend


def letters_in(room: float, size: float) -> int:
    """How many letters of a size [pt] a line of so many inches has, about."""
    return int(room * 72 / (LETTER * size))


def broken(text: str, letters: int) -> str:
    """A text broken between words into as few lines of so many letters as possible, all about as long."""
    # mathematical type stays together, and a number with its per cent
    words = re.findall(r"(?:\$[^$]*\$|[^ \n$])+", re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", text))
    lines = _lines(words, letters)
    while letters > 1 and len(shorter := _lines(words, letters - 1)) == len(lines):
        lines, letters = shorter, letters - 1
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}%", " %")


def _lines(words: Sequence[str], letters: int) -> list[str]:
    """Words in lines of at most so many letters, where no word is longer."""
    lines: list[str] = []
    for word in words:
        if lines and _length(f"{lines[-1]} {word}") <= letters:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _length(text: str) -> int:
    """Letters of a text; commands and braces of mathematical type take no room."""
    return len(re.sub(r"\\([a-zA-Z])[a-zA-Z]*|\\.|[${}^_]", r"\1", text))
