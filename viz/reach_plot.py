"""The picture that answers the question: what does each search exclude, and which of them goes further."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from shapely import MultiPolygon

from farflung.scenarios import Reach
from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.best_strip import best_by_mass, draw_strip
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import Overlay, draw_overlay
from farflung.viz.reach_parts import reach_parts
from farflung.viz.region_drawing import BAND_LOOK, draw_band, draw_region
from farflung.viz.search_styles import SearchStyle, key_to, marked_expected
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import footnotes, new_axes, number_masses, readable


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
        layout engine, in the corner where it covers the least. Where names are in the regions, a legend is below.
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
    parts = reach_parts(reach, labels, style, len(overlay or {}))
    data, styles, regions = reach.data, parts.styles, parts.regions
    axes = new_axes(ax, (9.6, 6.9) if parts.many else (8.0, 5.6))
    sizes = Sizes.of(axes)
    remember(axes, data.attrs)
    axes.set(xscale="log", yscale="log", xlim=parts.masses, ylim=parts.couplings)
    if ax is None:
        footnotes(axes, notes_of(data), sizes.notes)
    dress(axes, sizes, "mass  [GeV]", parts.coupling, parts.title if title is None else title)
    number_masses(axes)

    for order, name in enumerate(parts.order):
        draw_band(axes, regions[name], parts.possible[name], styles[name], 1 + 0.01 * order)
        draw_region(axes, regions[name], parts.borders[name], styles[name], 1 + 0.01 * order, sizes)
    curves, names_of_curves = draw_overlay(axes, overlay or {}, sizes)
    notes: list[Artist] = [_shade_doubtful(axes, parts.doubtful)] if parts.doubtful else []
    if any(not parts.possible[name].equals(regions[name]) for name in reach.searches):
        notes.append(Patch(label="in one treatment, not in all", **BAND_LOOK))
    taken = 0.0
    if strip and len(reach.searches) > 1:
        taken = draw_strip(axes, best_by_mass(regions, data["mass"].values), styles, sizes)
    if parts.many:
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


def _names(regions: Mapping[str, MultiPolygon], styles: Mapping[str, SearchStyle], lines: float) -> Iterable[Name]:
    """The names of the regions that there are."""
    for name, style in styles.items():
        if not regions[name].is_empty:
            weight = 0.2 if style.hatched else 1.0
            label = Label(style.texts, regions[name], readable(style.colour), weight, style.short)
            yield Name(label, style.handle(lines=lines), style.brief())


def _shade_doubtful(axes: Axes, stretches: Iterable[tuple[float, float]]) -> Patch:
    """Shade the masses at which the model warns of its widths."""
    look: dict[str, Any] = {"facecolor": "0.5", "alpha": 0.22, "linewidth": 0}
    for left, right in stretches:
        axes.axvspan(left, right, zorder=0.5, **look)
    return Patch(label="widths uncertain", **look)
