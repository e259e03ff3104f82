"""How often a particle is made, against its mass."""

from collections.abc import Iterable, Sequence
from itertools import cycle

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import Model, Process
from farflung.scenarios import ScenarioError
from farflung.viz.frame import energy_axis
from farflung.viz.legends import legend_above
from farflung.viz.model_lines import LINES, WIDTH, key_to_models, masses_of, picture_of
from farflung.viz.particle_text import at_coupling, process_text
from farflung.viz.search_styles import HUES

Array = NDArray[np.float64]

_DEPTH = 1e-3
"""The vertical axis ends at this part of the peak of the lowest line."""


def plot_production(
    models: Model | str | Sequence[Model | str],
    ax: Axes | None = None,
    *,
    processes: Iterable[Process | str] | None = None,
    masses: ArrayLike | None = None,
    coupling: ArrayLike = 1.0,
) -> Axes:
    """Draw branching ratios into a particle against its mass.

    Parameters
    ----------
    models
        A model or several, as objects or by their names.
    ax
        Axes to draw on; by default those of a new figure.
    processes
        Decays that make the particle, as in ``"B+ -> K+"``, which the models must have. By default, of each parent, all
        decays of the model together.
    masses
        Masses (n,) [GeV], increasing; by default all that the models cover from 2 MeV on, up to the
        heaviest that is made.
    coupling
        Of each model in its unit, or one for all.

    Returns
    -------
    matplotlib.axes.Axes
        Each process has a colour, each model a line.

    Raises
    ------
    ScenarioError
        If a model has no process with a branching ratio, or an argument makes no sense.
    PhysicsError
        If a model does not have a process, or gives no sensible rate.
    """
    known, values, axes, sizes = picture_of(models, coupling, ax)
    width = WIDTH * sizes.lines
    groups = [_groups(model, processes) for model in known]
    colours = dict(zip(dict.fromkeys(text for group in groups for text in group), cycle(HUES), strict=False))
    heaviest, lightest, peaks = 0.0, np.inf, []
    for model, group, value, line in zip(known, groups, values, LINES, strict=False):
        for text, decays in group.items():
            grid = _masses_of(model, decays, masses)
            rate = _rate(model, decays, grid, value)
            if not (rate > 0).any():
                continue
            axes.plot(
                grid, np.where(rate > 0, rate, np.nan), color=colours[text], linestyle=line, linewidth=width, label=text
            )
            peaks.append(rate.max())
            lightest, heaviest = min(lightest, grid[0]), max(heaviest, grid[-1])
    if not peaks:
        raise ScenarioError("nothing makes a particle of these masses; choose smaller ones")
    axes.set_ylim(_DEPTH * min(peaks), 3 * max(peaks))
    energy_axis(axes, sizes, lightest, heaviest, "mass  [GeV]", "branching ratio of production")
    texts = [f"{model.title}, {at_coupling(model, value)}" for model, value in zip(known, values, strict=True)]
    entries: list[Artist] = [
        Line2D([], [], color=colour, linewidth=width, label=text) for text, colour in colours.items()
    ]
    below = key_to_models(known, texts, sizes)
    legend_above(axes, entries, sizes, texts[0] if len(known) == 1 else "", below=below)
    return axes


def _groups(model: Model, processes: Iterable[Process | str] | None) -> dict[str, list[Process]]:
    """Processes that make a line together, by what it is called."""
    if processes is not None:
        named = [model.find_process(process) for process in processes]
        driven = [process for process in named if process.vertex]
        if driven or not named:
            what = f"{driven[0]} has none, but a vertex" if driven else "there is none of them"
            raise ScenarioError(f"processes must be some with a branching ratio: {what}")
        return {process_text(process, "X"): [process] for process in named}
    parents: dict[str, list[Process]] = {}
    for process in model.processes():
        if not process.vertex:
            parents.setdefault(process.initial, []).append(process)
    if not parents:
        raise ScenarioError(
            f"{model.name} has no process with a branching ratio, but {', '.join(model.vertices()) or 'nothing'}"
        )
    return {
        process_text(decays[0], "X") if len(decays) == 1 else process_text(f"{parent} ->", r"X\,\ldots"): decays
        for parent, decays in parents.items()
    }


def _masses_of(model: Model, decays: Sequence[Process], masses: ArrayLike | None) -> Array:
    """Masses of a line: up to where it ends, with both sides of the mass at which each of its decays ends."""
    grid = masses_of(model, masses)
    ends = np.array([side * decay.max_mass for decay in decays for side in (1 - 1e-6, 1 + 1e-6)])
    grid = np.unique(np.concatenate([grid, ends[(ends > grid[0]) & (ends < grid[-1])]]))
    return np.asarray(grid[grid < max(decay.max_mass for decay in decays)])


def _rate(model: Model, decays: Sequence[Process], masses: Array, coupling: float) -> Array:
    """Branching ratio (n,) of all the decays together."""
    total = np.zeros(masses.shape)
    for decay in decays:
        made = (masses >= decay.min_mass) & (masses < decay.max_mass)
        if made.any():
            total[made] += model.production(decay, masses[made], coupling)
    return total
