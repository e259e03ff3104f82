"""The plane of lifetime and branching ratio: what searches exclude of a particle of which nothing else is known."""

import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import pieces
from farflung.viz.plane_parts import PLANE_FILL, X_LABEL, Y_LABEL, plane_parts
from farflung.viz.sizes import Sizes, dress, shorten
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
    names: list[Name] = []
    for one in parts.curves:
        style = one.style
        (curve,) = axes.plot(
            ctau, one.values, color=style.colour, linestyle=one.line, linewidth=style.width * sizes.lines,
            label=f"{style.title}{one.into}",
        )  # fmt: skip
        axes.fill_between(ctau, one.values, parts.highest, color=style.colour, alpha=PLANE_FILL, linewidth=0)
        texts = tuple(f"{text}{one.into}" for text in style.texts)
        label = Label(texts, pieces(ctau, one.values), readable(style.colour), 0.0)
        names.append(Name(label, curve, curve))
    axes.set_ylim(parts.lowest, parts.highest)
    axes.xaxis.set_major_locator(LogLocator(numticks=12))
    axes.xaxis.set_minor_formatter(NullFormatter())
    dress(axes, sizes, X_LABEL, Y_LABEL, parts.title)
    if ax is None:
        footnotes(axes, notes_of(plane), sizes.notes)
    if len(names) > _MANY:
        write_names(axes, names, [], sizes, taken=0.0, legend=True, grow=ax is None)
    else:
        lines = [name.entry for name in names]
        place_legend(axes, lines, [name.label.region for name in names], sizes, grow=ax is None)
    shorten(axes.yaxis.label, axes.get_window_extent().height, upright=True)
    return axes
