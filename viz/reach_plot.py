"""The picture that answers the question: what does each search exclude, and which of them goes further."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from farflung.scenarios import Reach, ScenarioError
from farflung.viz.style import coupling_label, new_axes, search_colours

Array = NDArray[np.float64]

_STRIP = 0.035


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
        coupling; grey bands are masses at which the model's widths are uncertain.

    Raises
    ------
    ScenarioError
        If there are fewer than two masses or couplings.
    """
    data = reach.data
    mass, coupling = data["mass"].values, data["coupling"].values
    if len(mass) < 2 or len(coupling) < 2:
        raise ScenarioError(
            f"a picture of the reach needs at least two masses and two couplings, got {len(mass)} and {len(coupling)}"
        )
    axes = new_axes(ax, (8.0, 5.6))
    colours = search_colours(list(reach.searches))
    axes.set(xscale="log", yscale="log", xlim=(mass[0], mass[-1]))
    handles: list[Patch | Line2D] = []
    excess = reach.excess
    for name in reach.searches:
        # minus infinity, where a search sees nothing, would leave holes in the contours
        level = np.nan_to_num(excess.sel(search=name).values.T, nan=-300.0, neginf=-300.0)
        title = str(data["search_title"].sel(search=name).item())
        if level.max() <= 0:
            handles.append(Patch(facecolor="none", edgecolor=colours[name], label=f"{title}: no reach"))
            continue
        axes.contourf(mass, coupling, level, levels=[0.0, np.inf], colors=[colours[name]], alpha=0.30)
        axes.contour(mass, coupling, level, levels=[0.0], colors=[colours[name]], linewidths=2.0)
        handles.append(Patch(facecolor=(colours[name], 0.30), edgecolor=colours[name], linewidth=2, label=title))
    _frame_couplings(axes, reach)
    if data["unreliable"].any():
        handles.append(_shade_unreliable(axes, reach))
    if len(reach.searches) > 1:
        _strip_of_best(axes, reach, colours)
    symbol = coupling_label(str(data["coupling"].attrs["long_name"]), str(data["coupling"].attrs["units"]))
    axes.set_xlabel("mass  [GeV]", fontsize=13)
    axes.set_ylabel(symbol, fontsize=13)
    levels = sorted(set(str(data.attrs["confidence_levels"]).split(", ")))
    confidence = " and ".join(f"{float(level):.0%}" for level in levels)
    axes.set_title(f"{data.attrs['model_title']}: excluded at {confidence} CL", fontsize=13)
    axes.tick_params(labelsize=11, which="both", direction="in", top=True, right=True)
    axes.legend(handles=handles, fontsize=11, loc="best", framealpha=0.9)
    return axes


def _frame_couplings(axes: Axes, reach: Reach) -> None:
    """Show the excluded couplings and a little below them, not the whole scan."""
    coupling = reach.data["coupling"].values
    lows = [interval.low for interval in reach.intervals()]
    low = max(coupling[0], min(lows) / 4) if lows else coupling[0]
    axes.set_ylim(low, coupling[-1])


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


def _strip_of_best(axes: Axes, reach: Reach, colours: dict[str, str]) -> None:
    """Colour a strip along the lower edge by the search that reaches the smallest coupling at each mass."""
    mass = reach.data["mass"].values
    edges = _edges(mass)
    for left, right, name in zip(edges[:-1], edges[1:], reach.best_search().values, strict=True):
        if name:
            axes.axvspan(left, right, ymax=_STRIP, color=colours[str(name)], linewidth=0, zorder=4)
    axes.text(0.01, _STRIP + 0.012, "reaches the smaller coupling:", transform=axes.transAxes, fontsize=9, color="0.25")
