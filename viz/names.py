"""Names in a picture: in place where there is room, the others in the legend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from farflung.viz.label_canvas import Spot
from farflung.viz.labels import Label, find_spots, write
from farflung.viz.legends import legend_below
from farflung.viz.sizes import Sizes
from farflung.viz.style import figure_of

_LARGEST = 0.3
"""The part of a figure that a legend with whole names may take; where it would take more, it names detectors alone."""


@dataclass(frozen=True)
class Name:
    """How something drawn is named: in the picture, in a legend, and in a legend that has little room.

    Attributes
    ----------
    label
        In the picture.
    entry
        Of a legend.
    brief
        Of a legend in a narrow picture, where it stands once for all that have the same.
    """

    label: Label
    entry: Artist
    brief: Artist

    def shortened(self) -> "Name":
        """With what the brief entry says in the picture, too, where that is shorter than the entry."""
        text = str(self.brief.get_label())
        if text == self.entry.get_label():
            return self
        return replace(self, label=replace(self.label, texts=(text,), short=()))


def write_names(
    axes: Axes,
    names: Sequence[Name],
    handles: Sequence[Artist],
    sizes: Sizes,
    *,
    taken: float,
    legend: bool | str,
    grow: bool,
) -> None:
    """Write names into the picture as far as there is room; the legend below has the others, after what it has anyhow.

    Parameters
    ----------
    axes
        Logarithmic axes with their final limits.
    names
        What to write.
    handles
        What the legend has anyhow.
    sizes
        Of letters.
    taken
        The lowest part of the axes, between 0 and 1, in which nothing is written.
    legend
        False for none: then what has no room has no name.
    grow
        Whether the figure may become higher for the legend.
    """
    highest = np.inf if grow else _LARGEST * figure_of(axes).bbox.height
    found = _placed(axes, names, handles, sizes, taken, legend, grow=grow, highest=highest)
    if found is None:
        brief = [name.shortened() for name in names]
        found = _placed(axes, brief, handles, sizes, taken, legend, is_brief=True) or []
    for name, spot in found:
        write(axes, name.label, spot, sizes.lines)


def _placed(
    axes: Axes,
    names: Sequence[Name],
    handles: Sequence[Artist],
    sizes: Sizes,
    taken: float,
    legend: bool | str,
    *,
    grow: bool = False,
    is_brief: bool = False,
    highest: float = np.inf,
) -> list[tuple[Name, Spot]] | None:
    """Put the others into a legend, and return the names for which there is room, with their places.

    None if the legend is higher [px] than it may be.
    """
    rest: list[Name] = []
    while True:
        more = _each_once([name.brief for name in rest]) if is_brief else [name.entry for name in rest]
        if (handles or more) and legend:
            legend_below(axes, [*handles, *more], grow=grow, size=sizes.small)
            box = axes.get_legend()
            if more and box is not None and box.get_window_extent().height > highest:
                return None
        spots = find_spots(
            axes,
            [name.label for name in names],
            taken=taken,
            sizes=sizes.labels,
            unnamed=[name.label.region for name in rest],
        )
        placed = [(name, spot) for name, spot in zip(names, spots, strict=True) if spot is not None]
        without_room = [name for name, spot in zip(names, spots, strict=True) if spot is None]
        if not without_room or not legend:
            return placed
        rest += without_room  # a longer legend leaves less room for the others
        names = [name for name, _ in placed]


def _each_once(handles: Sequence[Artist]) -> list[Artist]:
    """The first of those with the same label."""
    return list({str(handle.get_label()): handle for handle in reversed(handles)}.values())[::-1]
