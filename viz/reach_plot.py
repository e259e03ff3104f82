"""The picture that answers the question: what does each search exclude, and which of them goes further."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import MultiPolygon, intersection_all, transform, union_all
from shapely.geometry.base import BaseGeometry

from farflung.scenarios import ExcludedInterval, Reach, ScenarioError
from farflung.scenarios.sweeps.statistics import common_level, notes_of, other_levels, percent
from farflung.viz.labels import Label, find_spots, write
from farflung.viz.regions import as_regions, excluded_region, outline
from farflung.viz.search_styles import HATCH, HATCH_WIDTH, SearchStyle, key_to, search_styles
from farflung.viz.style import (
    coupling_label,
    figure_of,
    footnotes,
    legend_below,
    new_axes,
    number_masses,
    polygon_path,
    readable,
)

Array = NDArray[np.float64]

_STRIP = 0.035
_BAND = 0.11
"""Width [inch] of the hatched band along the border of what is not seen."""

_BAND_LOOK: dict[str, Any] = {
    "facecolor": "none",
    "edgecolor": "0.4",
    "hatch": "....",
    "linewidth": 0.8,
    "linestyle": "dotted",
}
"""How a band between treatments is drawn, in the colour of its search."""

_ENTRY = 3.2
"""Width [inch] that an entry of the legend below the axes takes."""

_MANY = 3
"""With more searches than these, names are written into the regions."""


def plot_reach(reach: Reach, ax: Axes | None = None) -> Axes:
    """Draw the excluded region of every search against mass, and which one reaches the smallest coupling.

    Parameters
    ----------
    reach
        What `farflung.scenarios.reach` or `compare` returns, with at least two masses and couplings.
    ax
        Axes to draw on; by default those of a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. The coloured strip at the bottom names, mass by mass, the search that reaches the smallest
        coupling; grey bands are masses at which the model's widths are uncertain. Of more than one detector, the
        searches of each have one colour: decays that are seen filled, with a solid line, decays that are missed
        hatched along a dashed line. More than three searches are named in their regions, as far as there is room. A
        search at another confidence level than that of the title says so behind its name. A figure of its own has the
        searches' notes below; `farflung.scenarios.sweeps.statistics.notes_of` has them for other axes.

    Raises
    ------
    ScenarioError
        If it is no reach, or there are fewer than two masses or couplings.
    """
    if not isinstance(reach, Reach):
        raise ScenarioError(f"reach is a {type(reach).__name__}; give what farflung.scenarios.reach or compare returns")
    data = reach.data
    mass, coupling = data["mass"].values, data["coupling"].values
    if len(mass) < 2 or len(coupling) < 2:
        raise ScenarioError(
            f"a picture of the reach needs at least two masses and two couplings, got {len(mass)} and {len(coupling)}"
        )
    many = len(reach.searches) > _MANY
    axes = new_axes(ax, (9.6, 6.9) if many else (8.0, 5.6))
    intervals = reach.intervals()
    regions, possible = _certain_and_possible(reach, intervals)
    styles = search_styles(data)
    axes.set(xscale="log", yscale="log", xlim=(mass[0], mass[-1]))
    lows = [interval.low for interval in intervals]
    axes.set_ylim(max(coupling[0], min(lows) / 4) if lows else coupling[0], coupling[-1])
    symbol = coupling_label(str(data["coupling"].attrs["long_name"]), str(data["coupling"].attrs["units"]))
    axes.set_xlabel("mass  [GeV]", fontsize=13)
    axes.set_ylabel(symbol, fontsize=13)
    unless = " unless marked" if other_levels(data) else ""
    axes.set_title(f"{_whose(data, many)}, excluded at {percent(common_level(data))} CL{unless}", fontsize=13)
    if ax is None:
        footnotes(axes, notes_of(data))
    axes.tick_params(labelsize=11, which="both", direction="in", top=True, right=True)
    number_masses(axes)

    order_drawn = sorted(reach.searches, key=lambda name: -regions[name].area) if many else reach.searches
    for order, name in enumerate(order_drawn):
        _draw_band(axes, regions[name], possible[name], styles[name], 1 + 0.01 * order)
        _draw_region(axes, regions[name], outline(regions[name], reach), styles[name], 1 + 0.01 * order)
    notes: list[Artist] = [_shade_unreliable(axes, reach)] if data["unreliable"].any() else []
    if any(not possible[name].equals(regions[name]) for name in reach.searches):
        notes.append(Patch(label="in one treatment, not in all", **_BAND_LOOK))
    if len(reach.searches) > 1:
        _strip_of_best(axes, reach, styles)
    if many:
        _name_regions(axes, regions, styles, notes, grow=ax is None)
    else:
        entries = [styles[name].handle(without_reach=regions[name].is_empty) for name in reach.searches]
        axes.legend(handles=[*entries, *notes], fontsize=11, loc="best", framealpha=0.9)
    return axes


def _whose(data: xr.Dataset, many: bool) -> str:
    """The model, and the detector where its name is not written with each of its searches."""
    titles = set(map(str, data["detector_title"].values)) if many and "detector_title" in data.coords else set()
    return f"{titles.pop()}: {data.attrs['model_title']}" if len(titles) == 1 else str(data.attrs["model_title"])


def _draw_region(axes: Axes, region: BaseGeometry, border: BaseGeometry, style: SearchStyle, zorder: float) -> None:
    """Fill a region and draw its border, but not where only the scan ends."""
    if region.is_empty:
        return
    axes.add_patch(PathPatch(_path(region), facecolor=(style.colour, style.fill), linewidth=0, zorder=zorder))
    if style.hatched:
        band = PathPatch(
            _path(_along(axes, border, region)), facecolor="none", edgecolor=(style.colour, 0.6), linewidth=0
        )
        band.set(hatch=HATCH, hatch_linewidth=HATCH_WIDTH, zorder=zorder)
        axes.add_patch(band)
    lines = [np.exp(np.asarray(line.coords)) for line in getattr(border, "geoms", [border])]
    borders = LineCollection(lines, colors=[style.colour], linewidths=style.width, linestyles=style.line)
    borders.set_zorder(1.5 + zorder)
    axes.add_collection(borders, autolim=False)


def _certain_and_possible(
    reach: Reach, intervals: Sequence[ExcludedInterval]
) -> tuple[dict[str, MultiPolygon], dict[str, MultiPolygon]]:
    """What every treatment of the particle excludes, and what at least one of them does, by search."""
    every = [(reach, intervals), *((other, other.intervals()) for other in reach.treatments.values())]
    regions = {name: [excluded_region(treated, name, found) for treated, found in every] for name in reach.searches}
    certain = {name: as_regions(intersection_all(found)) for name, found in regions.items()}
    return certain, {name: as_regions(union_all(found)) for name, found in regions.items()}


def _draw_band(axes: Axes, certain: BaseGeometry, possible: BaseGeometry, style: SearchStyle, zorder: float) -> None:
    """Fill what some treatments of the particle exclude and others do not."""
    band = as_regions(possible.difference(certain))
    if not band.is_empty:
        axes.add_patch(PathPatch(_path(band), **{**_BAND_LOOK, "edgecolor": style.colour}, zorder=zorder))


def _path(region: BaseGeometry) -> Path:
    return polygon_path(transform(region, np.exp))


def _along(axes: Axes, border: BaseGeometry, region: BaseGeometry) -> BaseGeometry:
    """A band of even width on the inner side of a border."""
    frame = axes.get_window_extent()
    (left, right), (bottom, top) = np.log(axes.get_xlim()), np.log(axes.get_ylim())
    scale = np.array([frame.width / (right - left), frame.height / (top - bottom)])
    width = _BAND * figure_of(axes).dpi
    band = (
        transform(border, lambda points: points * scale)
        .buffer(width)
        .intersection(transform(region, lambda points: points * scale))
    )
    return transform(band, lambda points: points / scale)


def _name_regions(
    axes: Axes, regions: dict[str, MultiPolygon], styles: dict[str, SearchStyle], notes: Sequence[Artist], *, grow: bool
) -> None:
    """Write the names into the regions; the legend has what is left and what the styles mean."""
    handles = [*key_to(styles.values()), *notes]
    handles += [style.handle(without_reach=True) for name, style in styles.items() if regions[name].is_empty]
    labels = {
        name: Label(style.texts, regions[name], readable(style.colour), 0.2 if style.hatched else 1.0)
        for name, style in styles.items()
        if not regions[name].is_empty
    }
    columns = max(1, round(figure_of(axes).get_size_inches()[0] / _ENTRY))
    while True:
        if handles:
            legend_below(axes, handles, columns, grow=grow)
        spots = find_spots(axes, list(labels.values()), taken=_STRIP + 0.05)
        without_room = [name for name, spot in zip(labels, spots, strict=True) if spot is None]
        if not without_room:
            break
        for name in without_room:  # a longer legend leaves less room for the others: look again
            handles.append(styles[name].handle())
            del labels[name]
    for label, spot in zip(labels.values(), spots, strict=True):
        if spot is not None:
            write(axes, label, spot)


def _edges(mass: Array) -> Array:
    """Borders between masses, halfway in the logarithm, and the two ends."""
    return np.concatenate([[mass[0]], np.sqrt(mass[1:] * mass[:-1]), [mass[-1]]])


def _shade_unreliable(axes: Axes, reach: Reach) -> Patch:
    """Shade the masses at which the model warns of its widths."""
    mass, flag = reach.data["mass"].values, reach.data["unreliable"].values == 1
    look: dict[str, Any] = {"facecolor": "0.5", "alpha": 0.22, "linewidth": 0}
    for left, right, doubtful in zip(_edges(mass)[:-1], _edges(mass)[1:], flag, strict=True):
        if doubtful:
            axes.axvspan(left, right, zorder=0.5, **look)
    return Patch(label="widths uncertain", **look)


def _strip_of_best(axes: Axes, reach: Reach, styles: dict[str, SearchStyle]) -> None:
    """Colour a strip along the lower edge by the search that reaches the smallest coupling at each mass."""
    edges = _edges(reach.data["mass"].values)
    for left, right, name in zip(edges[:-1], edges[1:], reach.best_search().values, strict=True):
        if name:
            style = styles[str(name)]
            axes.axvspan(left, right, ymax=_STRIP, color=style.colour, linewidth=0, zorder=4)
            if style.hatched:
                axes.axvspan(
                    left, right, ymax=_STRIP, facecolor="none", edgecolor="white", hatch=HATCH, linewidth=0, zorder=4
                )
    axes.text(
        0.01, _STRIP + 0.012, "reaches the smallest coupling:" if len(styles) > 2 else "reaches the smaller coupling:",
        transform=axes.transAxes, fontsize=9, color="0.25", zorder=5,
    )  # fmt: skip
