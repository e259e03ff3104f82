"""Regions of the plane of mass and coupling, drawn."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from shapely import transform
from shapely.geometry.base import BaseGeometry

from farflung.viz.regions import as_regions
from farflung.viz.search_styles import HATCH, HATCH_WIDTH, SearchStyle
from farflung.viz.sizes import Sizes
from farflung.viz.style import figure_of, polygon_path

_BAND = 0.11
"""Width [inch] of the hatched band along the border of what is not seen."""

BAND_LOOK: dict[str, Any] = {
    "facecolor": "none",
    "edgecolor": "0.4",
    "hatch": "....",
    "linewidth": 0.8,
    "linestyle": "dotted",
}
"""How a band between treatments is drawn, in the colour of its search."""


def draw_region(
    axes: Axes, region: BaseGeometry, border: BaseGeometry, style: SearchStyle, zorder: float, sizes: Sizes
) -> None:
    """Fill a region and draw its border, but not where only the scan ends."""
    if region.is_empty:
        return
    axes.add_patch(PathPatch(_path(region), facecolor=(style.colour, style.fill), linewidth=0, zorder=zorder))
    if style.hatched:
        band = PathPatch(
            _path(_along(axes, border, region, sizes)), facecolor="none", edgecolor=(style.colour, 0.6), linewidth=0
        )
        band.set(hatch=HATCH, hatch_linewidth=HATCH_WIDTH * sizes.lines, zorder=zorder)
        axes.add_patch(band)
    lines = [np.exp(np.asarray(line.coords)) for line in getattr(border, "geoms", [border])]
    borders = LineCollection(lines, colors=[style.colour], linewidths=style.width * sizes.lines, linestyles=style.line)
    borders.set_zorder(1.5 + zorder)
    axes.add_collection(borders, autolim=False)


def draw_band(axes: Axes, certain: BaseGeometry, possible: BaseGeometry, style: SearchStyle, zorder: float) -> None:
    """Fill what some treatments of the particle exclude and others do not."""
    band = as_regions(possible.difference(certain))
    if not band.is_empty:
        axes.add_patch(PathPatch(_path(band), **{**BAND_LOOK, "edgecolor": style.colour}, zorder=zorder))


def _path(region: BaseGeometry) -> Path:
    return polygon_path(transform(region, np.exp))


def _along(axes: Axes, border: BaseGeometry, region: BaseGeometry, sizes: Sizes) -> BaseGeometry:
    """The hatched band in these axes."""
    frame = axes.get_window_extent()
    (left, right), (bottom, top) = np.log(axes.get_xlim()), np.log(axes.get_ylim())
    scale = frame.width / (right - left), frame.height / (top - bottom)
    return band_along(border, region, scale, _BAND * sizes.lines * figure_of(axes).dpi)


def band_along(border: BaseGeometry, region: BaseGeometry, scale: tuple[float, float], width: float) -> BaseGeometry:
    """A band of even width [px] on the inner side of a border, where `scale` is how many pixels make a unit."""
    band = (
        transform(border, lambda points: points * scale)
        .buffer(width)
        .intersection(transform(region, lambda points: points * scale))
    )
    return transform(band, lambda points: points / scale)
