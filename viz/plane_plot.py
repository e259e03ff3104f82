"""The plane of lifetime and branching ratio: what searches exclude of a particle of which nothing else is known."""

from collections.abc import Collection, Sequence

import xarray as xr
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.frame import fit_upright
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import pieces
from farflung.viz.plane_parts import X_LABEL, Y_LABEL, PlaneCurve, plane_parts
from farflung.viz.search_styles import GREY, THIN, SearchStyle, key_to, marked_expected, search_styles
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import footnotes, new_axes, readable

_MANY = 3
"""With more curves than these, names are written beside them."""


def plot_plane(plane: xr.Dataset, ax: Axes | None = None) -> Axes:
    """Draw the branching ratio that each search excludes, against the proper decay length.

    Parameters
    ----------
    plane
        What `farflung.scenarios.lifetime_plane` returns, with at least two lifetimes.
    ax
        Axes to draw on; by default those of a new figure.

    Returns
    -------
    matplotlib.axes.Axes
        The axes: above each line the search excludes the product of the branching ratios that its name names.

    Raises
    ------
    ScenarioError
        If there are fewer than two lifetimes, or no search has a limit below 1.
    """
    parts = plane_parts(plane)
    axes = new_axes(ax, (8.0, 5.6))
    sizes = Sizes.of(axes)
    remember(axes, plane.attrs)
    ctau = parts.ctau
    axes.set(xscale="log", yscale="log", xlim=(ctau[0], ctau[-1]))
    many = len(parts.curves) > _MANY
    told = set() if many else marked_expected(plane)  # a key has it of many
    styles = search_styles(plane, _remarks(parts.curves, told))
    names: list[Name] = []
    for one in parts.curves:
        style = styles[one.search]
        width = style.width * sizes.lines
        (curve,) = axes.plot(
            ctau, one.values, color=style.colour, linestyle=one.line, linewidth=width, label=style.title
        )
        brief = Line2D([], [], color=style.colour, linewidth=width, label=style.detector or style.title)
        label = Label(style.texts, pieces(ctau, one.values), readable(style.colour), 0.0, style.short)
        names.append(Name(label, curve, brief))
    axes.set_ylim(parts.lowest, parts.highest)
    dress(axes, sizes, X_LABEL, Y_LABEL, parts.title)
    if ax is None:
        footnotes(axes, notes_of(plane), sizes.notes)
    if many:
        write_names(
            axes,
            names,
            _key([styles[one.search] for one in parts.curves], sizes),
            sizes,
            taken=0.0,
            legend=True,
            grow=ax is None,
        )
    else:
        lines = [name.entry for name in names]
        place_legend(axes, lines, [name.label.region for name in names], sizes, grow=ax is None)
    fit_upright(axes)
    return axes


def _remarks(curves: Sequence[PlaneCurve], told: Collection[str]) -> dict[str, str]:
    """What the name of each search says of it: whose branching ratio is in the product, and whether it is expected."""
    said = {one.search: [one.state] * bool(one.state) + ["expected"] * (one.search in told) for one in curves}
    return {name: ", ".join(remarks) for name, remarks in said.items() if remarks}


def _key(styles: Sequence[SearchStyle], sizes: Sizes) -> list[Artist]:
    """Entries of a legend that tell the lines of one detector apart, as far as there are different ones."""
    entries: list[Artist] = []
    if len({style.hatched for style in styles}) > 1:
        entries.append(
            Line2D([], [], color=GREY, linestyle="dashed", linewidth=THIN * sizes.lines, label="nothing seen")
        )
    return entries + [entry for entry in key_to(styles, sizes.lines) if isinstance(entry, Line2D)]
