"""What a picture of the plane of lifetime and branching ratio shows, whoever draws it."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.scenarios import ScenarioError
from farflung.scenarios.sweeps.lifetime_plane import ANY
from farflung.viz.particle_text import process_words, state_words
from farflung.viz.search_styles import SearchStyle, search_styles

Array = NDArray[np.float64]

_FURTHER = ("dashdot", "dotted")
"""Lines of further searches of the same detector and kind."""

X_LABEL, Y_LABEL = "proper decay length cτ  [m]", "branching ratio, excluded above the line"


@dataclass(frozen=True)
class PlaneCurve:
    """The limit of one search.

    Attributes
    ----------
    search
        Its name.
    style
        Its look.
    line
        Matplotlib's style of its line.
    state
        The final state that it limits, as in X → μ⁺μ⁻; empty if any counts.
    values
        Branching ratios (c,), NaN where there is no limit below 1.
    """

    search: str
    style: SearchStyle
    line: str
    state: str
    values: Array


@dataclass(frozen=True)
class PlaneParts:
    """Curves of a plane, the lowest and the highest branching ratio that is drawn, and the title."""

    ctau: Array
    curves: tuple[PlaneCurve, ...]
    lowest: float
    highest: float
    title: str


def plane_parts(plane: xr.Dataset) -> PlaneParts:
    """Curves, limits of the axes and title.

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
    drawn: Counter[tuple[str, str]] = Counter()
    curves = []
    for name, style in search_styles(plane).items():
        values = limits.sel(search=name).values
        if np.isnan(values).all():
            continue
        state = str(plane["final_state"].sel(search=name).values)
        state = "" if state == ANY else f"X → {state_words(state)}"
        # further searches of one detector in lines of their own
        line = (style.line, *_FURTHER)[min(drawn[style.colour, style.line], len(_FURTHER))]
        drawn[style.colour, style.line] += 1
        curves.append(PlaneCurve(name, style, line, state, values))
    process, mass = plane.attrs["process"], plane.attrs["mass"]
    return PlaneParts(
        ctau=ctau,
        curves=tuple(curves),
        lowest=float(10 ** np.floor(np.log10(float(limits.min())))),
        highest=min(1.0, float(limits.max()) * 3),
        title=f"{process_words(process)} X with a mass of {mass}",
    )
