"""Names in a picture: in place where there is room, the others in the legend."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from farflung.viz.labels import Label, find_spots, write
from farflung.viz.sizes import Sizes, wrap_entries
from farflung.viz.style import figure_of, legend_below

_ENTRY = 38
"""Letters that an entry of the legend below the axes takes."""


def write_names(
    axes: Axes,
    names: Sequence[tuple[Artist, Label]],
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
        For each name, its entry in a legend and its label in the picture.
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
    names, handles = list(names), list(handles)
    size, inches = sizes.small, figure_of(axes).bbox.width / figure_of(axes).dpi
    columns = max(1, round(inches * 72 / (0.6 * size * _ENTRY)))
    while True:
        if handles and legend:
            wrap_entries(handles, size, 0.9 * inches)
            legend_below(axes, handles, columns, grow=grow, size=size)
        spots = find_spots(axes, [label for _, label in names], taken=taken, sizes=sizes.labels)
        without_room = [entry for entry, spot in zip(names, spots, strict=True) if spot is None]
        if not without_room or not legend:
            break
        handles += [handle for handle, _ in without_room]  # a longer legend leaves less room for the others
        names = [entry for entry in names if entry not in without_room]
    for (_, label), spot in zip(names, spots, strict=True):
        if spot is not None:
            write(axes, label, spot, sizes.lines)
