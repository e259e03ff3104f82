"""The plane of lifetime and branching ratio: what searches exclude of a particle of which nothing else is known."""

import re
from collections import Counter

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

from farflung.scenarios import ScenarioError
from farflung.scenarios.sweeps.lifetime_plane import ANY
from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.labels import Label
from farflung.viz.legend_place import place_legend
from farflung.viz.metadata import remember
from farflung.viz.names import Name, write_names
from farflung.viz.overlay import pieces
from farflung.viz.search_styles import marked_expected, search_styles
from farflung.viz.sizes import Sizes, dress, shorten
from farflung.viz.style import footnotes, new_axes, readable

_MANY = 3
"""With more curves than these, names are written beside them."""

_CHARGE = re.compile(r"(?<=[\w*)])[+-](?=\s|$)")
_RAISED = {"+": "⁺", "-": "⁻"}

_FURTHER = ("dashdot", "dotted")
"""Lines of further searches of the same detector and kind."""


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
    ctau = plane["ctau"].values
    if len(ctau) < 2:
        raise ScenarioError(f"a picture of the plane needs at least two lifetimes, got {len(ctau)}")
    limits = plane["limit"].where(plane["limit"] <= 1)
    if limits.isnull().all():
        raise ScenarioError("no search has a limit on the branching ratio below 1, so there is nothing to draw")
    axes = new_axes(ax, (8.0, 5.6))
    sizes = Sizes.of(axes)
    remember(axes, plane.attrs)
    axes.set(xscale="log", yscale="log", xlim=(ctau[0], ctau[-1]))
    lowest = float(limits.min())
    highest = min(1.0, float(limits.max()) * 3)
    drawn: Counter[tuple[str, str]] = Counter()
    names: list[Name] = []
    for name, style in search_styles(plane).items():
        values = limits.sel(search=name).values
        if np.isnan(values).all():
            continue
        state = str(plane["final_state"].sel(search=name).values)
        said = [state] * (state != ANY) + ["expected"] * (name in marked_expected(plane))
        into = f" ({', '.join(said)})" if said else ""
        # further searches of one detector in lines of their own
        line = (style.line, *_FURTHER)[min(drawn[style.colour, style.line], len(_FURTHER))]
        drawn[style.colour, style.line] += 1
        (curve,) = axes.plot(
            ctau, values, color=style.colour, linestyle=line, linewidth=style.width * sizes.lines,
            label=f"{style.title}{into}",
        )  # fmt: skip
        axes.fill_between(ctau, values, highest, color=style.colour, alpha=0.08, linewidth=0)
        texts = tuple(f"{text}{into}" for text in style.texts)
        label = Label(texts, pieces(ctau, values), readable(style.colour), 0.0)
        names.append(Name(label, curve, curve))
    axes.set_ylim(10 ** np.floor(np.log10(lowest)), highest)
    process, mass = plane.attrs["process"], plane.attrs["mass"]
    title = f"{_CHARGE.sub(lambda found: _RAISED[found[0]], process).replace('->', '→')} X with a mass of {mass}"
    axes.xaxis.set_major_locator(LogLocator(numticks=12))
    axes.xaxis.set_minor_formatter(NullFormatter())
    dress(axes, sizes, "proper decay length cτ  [m]", "branching ratio, excluded above the line", title)
    if ax is None:
        footnotes(axes, notes_of(plane), sizes.notes)
    if len(names) > _MANY:
        write_names(axes, names, [], sizes, taken=0.0, legend=True, grow=ax is None)
    else:
        lines = [name.entry for name in names]
        place_legend(axes, lines, [name.label.region for name in names], sizes, grow=ax is None)
    shorten(axes.yaxis.label, axes.get_window_extent().height, upright=True)
    return axes
