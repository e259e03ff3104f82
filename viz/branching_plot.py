"""What a particle decays to, against its mass."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike

from farflung.lpp import Model
from farflung.scenarios import ScenarioError
from farflung.viz.frame import energy_axis
from farflung.viz.legends import legend_above
from farflung.viz.model_lines import (
    LINES,
    WIDTH,
    key_to_models,
    masses_of,
    picture_of,
    shade_unreliable,
)
from farflung.viz.particle_text import state_colours, state_text


def plot_branching_ratios(
    models: Model | str | Sequence[Model | str],
    ax: Axes | None = None,
    *,
    masses: ArrayLike | None = None,
    coupling: ArrayLike = 1.0,
    lowest: float = 1e-3,
) -> Axes:
    """Draw branching ratios of a particle against its mass.

    Parameters
    ----------
    models
        A model or several, as objects or by their names.
    ax
        Axes to draw on; by default those of a new figure.
    masses
        Masses (n,) [GeV], increasing; by default all that each model covers from 2 MeV on. Thresholds are added.
    coupling
        Of each model, or one for all; it matters only to models whose widths are no power of it.
    lowest
        Where the vertical axis ends; final states that are nowhere above are left out.

    Returns
    -------
    matplotlib.axes.Axes
        Each final state has a colour, each model a line; grey bands are masses at which widths are uncertain.

    Raises
    ------
    ScenarioError
        If there is nothing to draw, or an argument makes no sense.
    PhysicsError
        If a model gives no sensible widths.
    """
    if not 0 < lowest < 1:
        raise ScenarioError(f"lowest = {lowest:g} must be a branching ratio between 0 and 1")
    known, values, axes, sizes = picture_of(models, coupling, ax)
    grids = [masses_of(model, masses) for model in known]
    found = []
    for model, grid, value in zip(known, grids, values, strict=True):
        widths = model.partial_widths(grid, value)
        total = np.asarray(sum(widths.values()))
        with np.errstate(invalid="ignore"):
            found.append({state: np.broadcast_to(width, grid.shape) / total for state, width in widths.items()})
    states = list(
        dict.fromkeys(state for ratios in found for state, ratio in ratios.items() if np.nanmax(ratio) > lowest)
    )
    if not states:
        raise ScenarioError(f"no final state has a branching ratio above lowest = {lowest:g} at these masses")
    width = WIDTH * sizes.lines
    colours = state_colours(states)
    for grid, ratios, line in zip(grids, found, LINES, strict=False):
        for state in states:
            if state in ratios:
                # a state that is closed has no line
                shown = np.where(ratios[state] > 0, ratios[state], np.nan)
                axes.plot(grid, shown, color=colours[state], linestyle=line, linewidth=width, label=state_text(state))
    axes.set_ylim(lowest, 1.5)
    low, high = min(grid[0] for grid in grids), max(grid[-1] for grid in grids)
    energy_axis(axes, sizes, low, high, "mass  [GeV]", "branching ratio")
    entries: list[Artist] = [
        Line2D([], [], color=colours[state], linewidth=width, label=state_text(state)) for state in states
    ]
    below = key_to_models(known, [model.title for model in known], sizes)
    entries += shade_unreliable(axes, known, grids)
    legend_above(axes, entries, sizes, known[0].title if len(known) == 1 else "", below=below)
    return axes
