"""How long a particle lives, against its mass."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from farflung.lpp import Model
from farflung.viz.frame import energy_axis
from farflung.viz.legends import legend_above
from farflung.viz.model_lines import LINES, WIDTH, masses_of, picture_of, shade_unreliable
from farflung.viz.particle_text import at_coupling
from farflung.viz.search_styles import HUES


def plot_lifetimes(
    models: Model | str | Sequence[Model | str],
    ax: Axes | None = None,
    *,
    masses: ArrayLike | None = None,
    coupling: ArrayLike = 1.0,
) -> Axes:
    """Draw proper decay lengths c tau against mass.

    Parameters
    ----------
    models
        A model or several, as objects or by their names.
    ax
        Axes to draw on; by default those of a new figure.
    masses
        Masses (n,) [GeV], increasing; by default all that each model covers from 2 MeV on. Thresholds are added.
    coupling
        Of each model in its unit, or one for all.

    Returns
    -------
    matplotlib.axes.Axes
        With one line per model; grey bands are masses at which the widths of one are uncertain.

    Raises
    ------
    ScenarioError
        If an argument makes no sense.
    PhysicsError
        If a model gives no sensible widths.
    """
    known, values, axes, sizes = picture_of(models, coupling, ax)
    grids = [masses_of(model, masses) for model in known]
    entries = []
    for model, grid, value, colour, line in zip(known, grids, values, HUES, LINES, strict=False):
        length = model.ctau(grid, value)
        entries += axes.plot(
            grid, np.where(np.isfinite(length), length, np.nan), color=colour, linestyle=line,
            linewidth=WIDTH * sizes.lines, label=f"{model.title}, {at_coupling(model, value)}",
        )  # fmt: skip
    low, high = min(grid[0] for grid in grids), max(grid[-1] for grid in grids)
    energy_axis(axes, sizes, low, high, "mass  [GeV]", r"proper decay length $c\tau$  [m]")
    legend_above(axes, [*entries, *shade_unreliable(axes, known, grids)], sizes, columns=2)
    return axes
