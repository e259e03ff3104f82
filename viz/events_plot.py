"""How many events a search expects, over mass and coupling."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from farflung.scenarios import Reach, ScenarioError
from farflung.viz.frame import SIZE, energy_axis
from farflung.viz.legends import legend_above
from farflung.viz.particle_text import number_text
from farflung.viz.sizes import Sizes
from farflung.viz.style import coupling_label, figure_of, new_axes

_MOST = 12
"""Powers of ten that are told apart, from the largest number of events downwards."""

_LIMIT = "#D55E00"


def plot_events(reach: Reach, search: str | None = None, ax: Axes | None = None, *, fewest: float = 1e-3) -> Axes:
    """Draw the events that a search expects, as contours over mass and coupling, with the line at its limit.

    Parameters
    ----------
    reach
        What `farflung.scenarios.reach` or `compare` returns, with at least two masses and couplings.
    search
        Which of its searches, as in ``"belle2:displaced"``; it may be left out if there is only one.
    ax
        Axes to draw on; by default those of a new figure.
    fewest
        Where the contours end.

    Returns
    -------
    matplotlib.axes.Axes
        Filled contours at powers of ten, with a bar. The thick line is where events, interpolated between scanned
        points in their logarithm, equal the limit; `Reach.intervals` has its exact place.

    Raises
    ------
    ScenarioError
        If the search is not there, or there is nothing to draw.
    """
    if not isinstance(reach, Reach):
        raise ScenarioError(f"reach is a {type(reach).__name__}; give what farflung.scenarios.reach or compare returns")
    names = reach.searches
    if search is None and len(names) > 1:
        raise ScenarioError(f"search must be one of {', '.join(names)}; a picture shows the events of one search")
    name = names[0] if search is None else search
    if name not in names:
        raise ScenarioError(f"search = {name!r} is not one of {', '.join(names)}")
    if not fewest > 0:
        raise ScenarioError(f"fewest = {fewest} must be a positive number of events")
    data = reach.data.sel(search=name)
    mass, coupling = data["mass"].values, data["coupling"].values
    if len(mass) < 2 or len(coupling) < 2:
        raise ScenarioError(
            f"a picture of events needs at least two masses and two couplings, got {len(mass)} and {len(coupling)}"
        )
    events, limit = data["events"].values.T, data["limit"].values
    if not (events > fewest).any():
        raise ScenarioError(f"{name} expects nowhere more than fewest = {fewest:g} events, so there is nothing to draw")
    highest = int(np.ceil(np.log10(np.nanmax(events))))
    lowest = max(int(np.floor(np.log10(fewest))), highest - _MOST)
    levels = 10.0 ** np.arange(lowest, highest + 1)
    axes = new_axes(ax, SIZE)
    sizes = Sizes.of(axes)
    axes.set(xscale="log", yscale="log")
    # contours are found in logarithms, in which events are smooth
    with np.errstate(divide="ignore"):
        shown = np.ma.masked_invalid(np.clip(np.log10(events), lowest - 3, None))
        excess = np.ma.masked_invalid(np.clip(np.log10(events / limit), -3, 3))
    filled = axes.contourf(mass, coupling, shown, levels=np.log10(levels), cmap="Blues")
    axes.contour(mass, coupling, shown, levels=np.log10(levels), colors="white", linewidths=0.4)
    axes.contour(mass, coupling, excess, levels=[0.0], colors=[_LIMIT], linewidths=2.0)
    axes.set_ylim(coupling[0], coupling[-1])
    symbol = coupling_label(str(data["coupling"].attrs["long_name"]), str(data["coupling"].attrs["units"]))
    energy_axis(axes, sizes, mass[0], mass[-1], "mass  [GeV]", symbol)
    bar = figure_of(axes).colorbar(filled, ax=axes, pad=0.02)
    bar.set_ticks([float(power) for power in range(lowest, highest + 1, max(1, (highest - lowest) // 6))])
    bar.ax.yaxis.set_major_formatter(lambda power, _: f"$10^{{{power:.0f}}}$")
    bar.ax.tick_params(labelsize=sizes.small, direction="in")
    in_limits = bool(np.isclose(limit[np.isfinite(limit)], 1.0).all())
    bar.set_label("events expected over the limit" if in_limits else "expected events", fontsize=sizes.letters)
    steps = limit[np.isfinite(limit)]
    said = "limit" if in_limits or not len(steps) else f"limit: ${number_text(float(steps.min()))}$"
    if not in_limits and len(steps) and steps.max() > 1.001 * steps.min():
        said += f" to ${number_text(float(steps.max()))}$"
    entry = Line2D([], [], color=_LIMIT, linewidth=2.0, label=said if in_limits else f"{said} events")
    legend_above(axes, [entry], sizes, f"{data['search_title'].values}, {data.attrs['model_title']}", columns=1)
    return axes
