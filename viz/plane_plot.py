"""The plane of lifetime and branching ratio: what searches exclude of a particle of which nothing else is known."""

from collections import Counter

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, NullFormatter

from farflung.scenarios import ScenarioError
from farflung.scenarios.sweeps.lifetime_plane import ANY
from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.search_styles import search_styles
from farflung.viz.style import footnotes, legend_below, new_axes

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
        The axes: above each line the search excludes the product of the branching ratios that the legend names.

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
    axes.set(xscale="log", yscale="log", xlim=(ctau[0], ctau[-1]))
    lowest = float(limits.min())
    highest = min(1.0, float(limits.max()) * 3)
    drawn: Counter[tuple[str, str]] = Counter()
    for name, style in search_styles(plane).items():
        values = limits.sel(search=name).values
        if np.isnan(values).all():
            continue
        state = str(plane["final_state"].sel(search=name).values)
        # further searches of one detector in lines of their own
        line = (style.line, *_FURTHER)[min(drawn[style.colour, style.line], len(_FURTHER))]
        drawn[style.colour, style.line] += 1
        axes.plot(ctau, values, color=style.colour, linestyle=line, linewidth=style.width,
                  label=f"{style.title} ({state})" if state != ANY else style.title)  # fmt: skip
        axes.fill_between(ctau, values, highest, color=style.colour, alpha=0.08, linewidth=0)
    axes.set_ylim(10 ** np.floor(np.log10(lowest)), highest)
    axes.set_xlabel("proper decay length cτ  [m]", fontsize=13)
    axes.set_ylabel("branching ratio, excluded above the line", fontsize=13)
    process, mass = plane.attrs["process"], plane.attrs["mass"]
    axes.set_title(f"{process.replace('->', '→')} X with a mass of {mass}", fontsize=13)
    axes.xaxis.set_major_locator(LogLocator(numticks=12))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(labelsize=11, which="both", direction="in", top=True, right=True)
    if ax is None:
        footnotes(axes, notes_of(plane))
    legend_below(axes, columns=min(2, len(axes.get_lines())))
    return axes
