"""Where a legend stands: in a corner where it hides nothing, or below the axes."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.legend import Legend
from shapely.geometry.base import BaseGeometry

from farflung.viz.legends import legend_below
from farflung.viz.regions import border_of
from farflung.viz.sizes import Sizes, wrap_entries
from farflung.viz.style import figure_of

_LARGEST = 0.22
"""The part of the axes that a legend within them may take."""

Corner = Literal["upper left", "upper right", "lower left", "lower right"]

_CORNERS: dict[Corner, tuple[int, int]] = {
    "upper left": (0, 1),
    "upper right": (1, 1),
    "lower left": (0, 0),
    "lower right": (1, 0),
}
_OPACITY, _PAD = 0.9, 0.7
"""Of the frame of a legend within the axes; and its distance from them, in units of its letters."""


def place_legend(
    axes: Axes,
    handles: Sequence[Artist],
    regions: Iterable[BaseGeometry],
    sizes: Sizes,
    *,
    strip: float = 0.0,
    where: bool | str = True,
    grow: bool = False,
) -> None:
    """Put the legend into the corner where it covers no border, or else below the axes.

    Parameters
    ----------
    axes
        Logarithmic axes with their final limits.
    handles
        Its entries.
    regions
        What is drawn, in the plane of the natural logarithms of the axes' coordinates.
    sizes
        Of letters.
    strip
        The lowest part of the axes, between 0 and 1, that is taken.
    where
        One of matplotlib's places, ``"below"``, or true to have one found.
    grow
        Whether the figure may become higher for a legend below.
    """
    figure = figure_of(axes)
    size, inches = sizes.small, figure.bbox.width / figure.dpi
    wrap_entries(handles, size, 0.9 * inches)
    if where == "below":
        legend_below(axes, handles, grow=grow, size=size)
        return
    if isinstance(where, str):
        place: Any = where  # matplotlib says what is wrong with it
        axes.legend(handles=handles, fontsize=size, loc=place, framealpha=_OPACITY, borderaxespad=_PAD)
        return
    figure.draw_without_rendering()
    frame = axes.get_window_extent()
    legend = axes.legend(handles=handles, fontsize=size, loc="upper left", framealpha=_OPACITY, borderaxespad=_PAD)
    box = legend.get_window_extent()
    pad = 2 * _PAD * size * figure.dpi / 72
    width, height = (box.width + pad) / frame.width, (box.height + pad) / frame.height
    drawn = _in_units_of(axes, regions)
    crossed = {
        corner: drawn.intersection(shapely.box(*_corner(x, y, width, height, strip))).length
        for corner, (x, y) in _CORNERS.items()
    }
    best = min(crossed, key=lambda corner: crossed[corner])
    fits = crossed[best] == 0 and width * height <= _LARGEST
    if fits or figure.get_layout_engine() is None:
        _put(axes, legend, best, strip)
    else:
        legend_below(axes, handles, grow=grow, size=size)


def _put(axes: Axes, legend: Legend, corner: Corner, strip: float) -> None:
    legend.set_loc(corner)
    if corner.startswith("lower"):
        legend.set_bbox_to_anchor((0.0, strip, 1.0, 1.0 - strip), transform=axes.transAxes)


def _corner(x: float, y: float, width: float, height: float, strip: float) -> tuple[float, float, float, float]:
    left = x * (1 - width)
    bottom = 1 - height if y else strip
    return left, bottom, left + width, bottom + height


def _in_units_of(axes: Axes, regions: Iterable[BaseGeometry]) -> BaseGeometry:
    """Borders of regions, in units of the axes."""
    (left, right), (bottom, top) = np.log(axes.get_xlim()), np.log(axes.get_ylim())
    return shapely.transform(
        shapely.union_all([border_of(region) for region in regions]),
        lambda points: (points - [left, bottom]) / [right - left, top - bottom],
    )
