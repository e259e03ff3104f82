"""Names in a picture: in place where there is room, the others in the legend."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from farflung.viz.labels import Label, find_spots, write
from farflung.viz.sizes import Sizes, wrap_entries
from farflung.viz.style import figure_of, legend_below

_ENTRY = 38
"""Letters that an entry of the legend below the axes takes."""


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
    names = list(names)
    rest: list[Name] = []
    figure = figure_of(axes)
    size, inches = sizes.small, figure.bbox.width / figure.dpi
    columns = max(1, round(inches * 72 / (0.6 * size * _ENTRY)))
    is_narrow = columns == 1 and not grow
    if is_narrow:
        names = [name.shortened() for name in names]
    while True:
        entries = [
            *handles,
            *(_each_once([name.brief for name in rest]) if is_narrow else [name.entry for name in rest]),
        ]
        if entries and legend:
            wrap_entries(entries, size, 0.9 * inches)
            legend_below(axes, entries, 3 if is_narrow else columns, grow=grow, size=size)
        spots = find_spots(
            axes,
            [name.label for name in names],
            taken=taken,
            sizes=sizes.labels,
            unnamed=[name.label.region for name in rest],
        )
        without_room = [name for name, spot in zip(names, spots, strict=True) if spot is None]
        if not without_room or not legend:
            break
        rest += without_room  # a longer legend leaves less room for the others
        names = [name for name in names if name not in without_room]
    for name, spot in zip(names, spots, strict=True):
        if spot is not None:
            write(axes, name.label, spot, sizes.lines)


def _each_once(handles: Sequence[Artist]) -> list[Artist]:
    """The first of those with the same label."""
    return list({str(handle.get_label()): handle for handle in reversed(handles)}.values())[::-1]
