"""The picture that answers the question: what does each search exclude, and which of them goes further."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from numpy.typing import NDArray
from shapely import MultiPolygon

from farflung.scenarios import Reach, ScenarioError
from farflung.scenarios.sweeps.statistics import common_level, notes_of, other_levels, percent
from farflung.viz.best_strip import best_by_mass, draw_strip
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import Overlay, draw_overlay
from farflung.viz.region_drawing import BAND_LOOK, draw_band, draw_region
from farflung.viz.regions import certain_and_possible, outline
from farflung.viz.search_styles import SearchStyle, expected, key_to, marked_expected, restyled, search_styles
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import coupling_label, footnotes, new_axes, number_masses, readable

Array = NDArray[np.float64]

_MANY = 3
"""With more searches than these, names are written into the regions."""


def plot_reach(
    reach: Reach,
    ax: Axes | None = None,
    *,
    title: str | None = None,
    legend: bool | str = True,
    labels: bool | Mapping[str, str] | None = None,
    strip: bool = True,
    style: Mapping[str, Mapping[str, Any]] | None = None,
    overlay: Overlay | None = None,
) -> Axes:
    """Draw the excluded region of every search against mass, and which one reaches the smallest coupling.

    Letters, lines and legend follow the size of the axes, from a journal's column of 3.4 inches to a slide.

    Parameters
    ----------
    reach
        What `farflung.scenarios.reach` or `compare` returns, with at least two masses and couplings.
    ax
        Axes to draw on; by default those of a new figure.
    title
        What stands above; by default the model and the confidence level. Empty for none.
    legend
        Whether there is a legend, or where: ``"below"``, or one of matplotlib's places such as ``"upper right"``. By
        default it is in a corner where it covers no border, if there is one, and else below; of a figure without a
        layout engine, in the corner where it covers the least.
    labels
        True to write the searches' names into their regions, as far as there is room, false to have them in the legend;
        by default the former for more than three searches and curves. Or other names, by search.
    strip
        Whether a strip at the bottom names, mass by mass, the search that reaches the smallest coupling.
    style
        What to draw otherwise, by search or by detector: any of ``colour``, ``fill`` (how opaque, 0 to 1), ``hatched``
        and ``width`` [pt], as in ``{"belle2": {"colour": "black"}, "lhcb:displaced": {"fill": 0.0}}``.
    overlay
        Other curves by their names: masses [GeV] and couplings, in the unit of the reach. NaN parts pieces.

    Returns
    -------
    matplotlib.axes.Axes
        The axes. Grey bands are masses at which the model's widths are uncertain; dots are what some treatments of the
        particle exclude and others do not. Of more than one detector, the searches of each have one colour: decays
        that are seen filled, with a solid line, decays that are missed hatched along a dashed line. The title says
        whether all is excluded by results or expected of projections; where there are both, the legend does. A search
        at another confidence level than that of the title says so behind its name. A figure of its own has the
        searches' notes below; `farflung.scenarios.sweeps.statistics.notes_of` has them for other axes.

    Raises
    ------
    ScenarioError
        If it is no reach, there are fewer than two masses or couplings, `style` or `labels` name a search that is not
        there, or `overlay` holds no curves.
    """
    if not isinstance(reach, Reach):
        raise ScenarioError(f"reach is a {type(reach).__name__}; give what farflung.scenarios.reach or compare returns")
    data = reach.data
    mass, coupling = data["mass"].values, data["coupling"].values
    if len(mass) < 2 or len(coupling) < 2:
        raise ScenarioError(
            f"a picture of the reach needs at least two masses and two couplings, got {len(mass)} and {len(coupling)}"
        )
    names = labels if isinstance(labels, Mapping) else {}
    many = labels if isinstance(labels, bool) else len(reach.searches) + len(overlay or {}) > _MANY
    styles = restyled(search_styles(data), style or {}, names)
    axes = new_axes(ax, (9.6, 6.9) if many else (8.0, 5.6))
    sizes = Sizes.of(axes)
    remember(axes, data.attrs)
    intervals = reach.intervals()
    regions, possible = certain_and_possible(reach, intervals)
    axes.set(xscale="log", yscale="log", xlim=(mass[0], mass[-1]))
    lows = [interval.low for interval in intervals]
    axes.set_ylim(max(coupling[0], min(lows) / 4) if lows else coupling[0], coupling[-1])
    symbol = coupling_label(str(data["coupling"].attrs["long_name"]), str(data["coupling"].attrs["units"]))
    if ax is None:
        footnotes(axes, notes_of(data), sizes.notes)
    dress(axes, sizes, "mass  [GeV]", symbol, _title(data, many) if title is None else title)
    number_masses(axes)

    order_drawn = sorted(reach.searches, key=lambda name: -regions[name].area) if many else reach.searches
    for order, name in enumerate(order_drawn):
        draw_band(axes, regions[name], possible[name], styles[name], 1 + 0.01 * order)
        draw_region(axes, regions[name], outline(regions[name], reach), styles[name], 1 + 0.01 * order, sizes)
    curves, names_of_curves = draw_overlay(axes, overlay or {}, sizes)
    notes: list[Artist] = [_shade_unreliable(axes, reach)] if data["unreliable"].any() else []
    if any(not possible[name].equals(regions[name]) for name in reach.searches):
        notes.append(Patch(label="in one treatment, not in all", **BAND_LOOK))
    taken = 0.0
    if strip and len(reach.searches) > 1:
        taken = draw_strip(axes, best_by_mass(regions, mass), styles, sizes)
    if many:
        in_place = [*_names(regions, styles, sizes.lines), *map(Name, names_of_curves, curves, curves)]
        missing = [style.handle(without_reach=True) for name, style in styles.items() if regions[name].is_empty]
        handles = [*key_to(styles.values(), sizes.lines), *notes, *missing]
        write_names(axes, in_place, handles, sizes, taken=taken, legend=legend, grow=ax is None)
    elif legend:
        told = marked_expected(data)
        named = {name: replace(style, title=f"{style.title} (expected)") if name in told else style
                 for name, style in styles.items()}  # fmt: skip
        entries = [one.handle(without_reach=regions[name].is_empty, lines=sizes.lines) for name, one in named.items()]
        every = [*regions.values(), *(label.region for label in names_of_curves)]
        place_legend(
            axes, [*entries, *curves, *notes], every, sizes, strip=taken, where=legend, grow=ax is None
        )  # fmt: skip
    return axes


def _title(data: xr.Dataset, many: bool) -> str:
    """The model, the detector where its name is not written with each of its searches, and the confidence level."""
    titles = set(map(str, data["detector_title"].values)) if many and "detector_title" in data.coords else set()
    whose = f"{titles.pop()}: {data.attrs['model_title']}" if len(titles) == 1 else str(data.attrs["model_title"])
    unless = " unless marked" if other_levels(data) else ""
    projections = expected(data)
    excluded = "excluded"
    if projections:
        excluded = "expected exclusion" if len(projections) == data.sizes["search"] else "excluded, or expected to be,"
    return f"{whose}, {excluded} at {percent(common_level(data))} CL{unless}"


def _names(regions: Mapping[str, MultiPolygon], styles: Mapping[str, SearchStyle], lines: float) -> Iterable[Name]:
    """The names of the regions that there are."""
    for name, style in styles.items():
        if not regions[name].is_empty:
            weight = 0.2 if style.hatched else 1.0
            label = Label(style.texts, regions[name], readable(style.colour), weight, style.short)
            yield Name(label, style.handle(lines=lines), style.brief())


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
