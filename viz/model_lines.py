"""What pictures of models against mass have in common: which models, which masses, which lines."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import Model
from farflung.lpp.arguments import numbers
from farflung.lpp.models.registered import as_model
from farflung.scenarios import ScenarioError
from farflung.viz.frame import SIZE
from farflung.viz.sizes import Sizes
from farflung.viz.style import new_axes

Array = NDArray[np.float64]

LINES: tuple[Any, ...] = ("solid", (0, (5, 1.5)), (0, (1, 1)), "dashdot", (0, (5, 1, 1, 1, 1, 1)))
"""Lines of one model after the other."""

WIDTH = 1.8
"""Of lines [pt] in a figure that is 8 inches wide."""

_COUNT = 1500
_LIGHTEST = 2e-3
"""Mass [GeV] at which a picture begins that is not told where: of what is lighter, little is said elsewhere."""
_BESIDE = 1e-9
"""How far beside a threshold its two sides are looked at, relative to its mass."""


def models_of(models: Model | str | Sequence[Model | str]) -> list[Model]:
    """The models of a picture; a name or an object stands for a single one.

    Raises
    ------
    ScenarioError
        If there is none, or there are more than there are lines to tell them apart.
    """
    given = [models] if isinstance(models, Model | str) else list(models)
    if not 0 < len(given) <= len(LINES):
        raise ScenarioError(f"models = {len(given)} of them; a picture shows at least one and at most {len(LINES)}")
    return [as_model(model) for model in given]


def picture_of(
    models: Model | str | Sequence[Model | str], coupling: ArrayLike, ax: Axes | None
) -> tuple[list[Model], list[float], Axes, Sizes]:
    """What every picture of models begins with: the models, their couplings, axes with a logarithm upwards, sizes."""
    known = models_of(models)
    values = couplings_of(known, coupling)
    axes = new_axes(ax, SIZE)
    axes.set_yscale("log")
    return known, values, axes, Sizes.of(axes)


def couplings_of(models: Sequence[Model], coupling: ArrayLike) -> list[float]:
    """A coupling for each model: one for all of them, or as many as there are.

    Raises
    ------
    ScenarioError
        If there are others, or they are not positive.
    """
    given = np.atleast_1d(numbers("coupling", coupling, ScenarioError))
    if given.shape not in ((1,), (len(models),)) or not ((given > 0) & np.isfinite(given)).all():
        raise ScenarioError(f"coupling = {coupling!r} must be a positive number, or {len(models)} of them, one a model")
    return [float(value) for value in np.broadcast_to(given, len(models))]


def masses_of(model: Model, masses: ArrayLike | None) -> Array:
    """Masses (n,) [GeV] of a line: those given, or from 2 MeV on, as far as the model has them.

    Both sides of its thresholds are among them.

    Raises
    ------
    ScenarioError
        If fewer than two of those given are in the model's range, or they do not increase.
    """
    low, high = model.mass_range
    if masses is None:
        given = np.geomspace(max(low * (1 + _BESIDE), min(_LIGHTEST, high / 10)), high, _COUNT)
    else:
        given = np.atleast_1d(numbers("masses", masses, ScenarioError))
        if given.ndim != 1 or not (np.diff(given) > 0).all():
            raise ScenarioError(f"masses = {masses} must be a list of increasing masses in GeV")
        given = given[(given >= low) & (given <= high)]
        if len(given) < 2:
            raise ScenarioError(
                f"masses = {masses}: fewer than two lie within {low:g} to {high:g} GeV, the range of {model.name}"
            )
    edges = [edge * side for edge in model.thresholds() for side in (1 - _BESIDE, 1 + _BESIDE)]
    return np.unique([*given, *(edge for edge in edges if given[0] < edge < given[-1])])


def shade_unreliable(axes: Axes, models: Sequence[Model], masses: Sequence[Array]) -> list[Artist]:
    """Shade where any model warns of its widths; the legend's entry for that, if there is anything to it."""
    look: dict[str, Any] = {"facecolor": "0.9", "edgecolor": "none"}
    found = False
    for model, grid in zip(models, masses, strict=True):
        flag = np.concatenate([[False], model.unreliable(grid), [False]])
        for start, end in np.flatnonzero(np.diff(flag)).reshape(-1, 2):
            axes.axvspan(grid[start], grid[end - 1], zorder=0, **look)
            found = True
    return [Patch(label="widths uncertain", **look)] if found else []


def key_to_models(models: Sequence[Model], texts: Sequence[str], sizes: Sizes) -> list[Artist]:
    """Entries of a legend that tell the lines of several models apart; none for a single one."""
    if len(models) == 1:
        return []
    return [
        Line2D([], [], color="black", linestyle=line, linewidth=WIDTH * sizes.lines, label=text)
        for text, line in zip(texts, LINES, strict=False)
    ]
