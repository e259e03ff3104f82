"""Figures 3, 11 and 12: regions of mass and coupling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from shapely import MultiPolygon, transform, union_all

from farflung.scenarios import Reach
from farflung.scenarios.papers import Panels
from farflung.viz.labels import Label, find_spots, write
from farflung.viz.papers.ferber2022.layout import MASS_LABEL, SCENARIO_TITLES, finish, legend_under, rows_of_axes
from farflung.viz.regions import excluded_region, outline
from farflung.viz.style import coupling_label, polygon_path, readable

ELECTRONS, MUONS, UNSEEN, PHOTONS, KNOWN = "#0072B2", "#009E73", "#E69F00", "#0072B2", "#8C8C8C"

_COUPLINGS = {"c_ff": (1e-5, 3.0), "c_WW": (5e-3, 1e3)}
_MASSES = (0.005, 4.78)


@dataclass(frozen=True)
class Look:
    """How the region of one search is drawn, and what it is called."""

    text: str
    colour: str
    fill: float = 0.25
    line: Any = "solid"
    width: float = 1.6


LIMITS = {
    "belle2-0.5:invisible": Look("Belle II, 0.5 ab⁻¹", "#0072B2", 0.0, "dashed", 2.2),
    "belle2-50:invisible": Look("Belle II, 50 ab⁻¹", "#0072B2", 0.0, "solid", 2.2),
    "belle2-50-clean:invisible": Look("Belle II, 50 ab⁻¹, no background", "#0072B2", 0.0, "dotted", 2.2),
    "babar:invisible": Look("BaBar", UNSEEN, 0.3, "solid", 1.2),
}

PROJECTIONS = {
    "belle2-ee:displaced": Look(r"Belle II: $e^+e^-$", ELECTRONS, 0.12, "solid", 2.4),
    "belle2-mumu:displaced": Look(r"Belle II: $\mu^+\mu^-$", MUONS, 0.12, "solid", 2.4),
    "belle2-50-clean:invisible": Look("Belle II: missing energy, no background", "#D55E00", 0.0, "dashed", 2.4),
}

BOUNDS = {
    "babar:invisible": Look(r"BaBar $K\nu\bar\nu$", "#F0C419", 0.45),
    "na62:invisible": Look(r"NA62 $\pi X$", "#D55E00", 0.3),
    "na62:invisible-pi0": Look(r"NA62 $\pi^0 \to$ inv.", "#F0C419", 0.6),
    "babar:diphoton": Look(r"BaBar $K\gamma\gamma$", PHOTONS, 0.2),
    "lhcb:displaced": Look(r"LHCb $K\mu\mu$", MUONS, 0.25),
    "lhcb:kstar": Look(r"LHCb $K^*\mu\mu$", MUONS, 0.25),
    "charm-mumu:decays": Look(r"CHARM $\mu\mu$", MUONS, 0.25),
    "charm-gammagamma:decays": Look(r"CHARM $\gamma\gamma$", PHOTONS, 0.2),
    "nucal-gammagamma:decays": Look("NuCal", PHOTONS, 0.2),
    "e137-gammagamma:decays": Look("E137", PHOTONS, 0.2),
}
"""Yellow and orange: missing energy; blue: photons; green: muons, as in the paper."""


def draw_bounds(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Excluded regions of existing searches, named where they are."""
    shown = rows_of_axes(axes, 1, 2, (6.6, 5.4))
    for ax, (scenario, data) in zip(shown, panels.items(), strict=True):
        _frame(ax, scenario, data)
        regions = _draw(ax, data, BOUNDS)
        _name(ax, regions, BOUNDS)
    return shown


def draw_limits(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Lower ends of what missing energy excludes, for two luminosities and without background, beside BaBar's."""
    shown = rows_of_axes(axes, 1, 2, (6.2, 4.9))
    for ax, (scenario, data) in zip(shown, panels.items(), strict=True):
        _frame(ax, scenario, data)
        _draw(ax, data, LIMITS)
    handles = [_handle(look) for look in LIMITS.values()]
    legend_under(shown[0], handles)
    return shown


def draw_projections(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """What displaced leptons and missing energy can exclude at Belle II, on what is excluded already, in grey."""
    scenarios = [name for name in panels if name in SCENARIO_TITLES]
    shown = rows_of_axes(axes, 1, 2, (6.6, 5.4))
    for ax, scenario in zip(shown, scenarios, strict=True):
        _frame(ax, scenario, panels[scenario])
        grey = {name: Look(look.text, KNOWN, 0.0, "solid", 0.35) for name, look in BOUNDS.items()}
        regions = _draw(ax, panels[f"{scenario} known"], grey)
        known = polygon_path(transform(union_all(list(regions.values())), np.exp))
        ax.add_patch(PathPatch(known, facecolor="#DDDDDD", edgecolor=KNOWN, linewidth=1.0, zorder=0.5))
        regions |= _draw(ax, panels[scenario], PROJECTIONS)
        _name(ax, regions, grey | PROJECTIONS)
    return shown


def _frame(ax: Axes, scenario: str, data: xr.Dataset) -> None:
    ax.set(xscale="log", yscale="log", xlim=_MASSES, ylim=_COUPLINGS[scenario])
    unit = data["coupling"].attrs
    finish(ax, MASS_LABEL, coupling_label(unit["long_name"], unit["units"]), SCENARIO_TITLES[scenario])


def _draw(ax: Axes, data: xr.Dataset, looks: Mapping[str, Look]) -> dict[str, MultiPolygon]:
    """Draw the regions, the largest first; returns them in the plane of the logarithms."""
    reach = Reach(data)
    intervals = reach.intervals()
    regions = {name: excluded_region(reach, name, intervals) for name in reach.searches}
    for order, name in enumerate(sorted(regions, key=lambda name: -regions[name].area)):
        region, look = regions[name], looks[name]
        if region.is_empty:
            continue
        if look.fill:
            path = polygon_path(transform(region, np.exp))
            ax.add_patch(PathPatch(path, facecolor=(look.colour, look.fill), linewidth=0, zorder=1 + 0.01 * order))
        border = outline(region, reach)
        lines = [np.exp(np.asarray(line.coords)) for line in getattr(border, "geoms", [border])]
        drawn = LineCollection(lines, colors=[look.colour], linewidths=look.width, linestyles=[look.line])
        drawn.set_zorder(2.5 + 0.01 * order)
        ax.add_collection(drawn, autolim=False)
    return regions


def _name(ax: Axes, regions: Mapping[str, MultiPolygon], looks: Mapping[str, Look]) -> None:
    """Write the names where the regions are, the picture being complete."""
    labels = [
        Label((looks[name].text,), region, readable(looks[name].colour), 1.0 if looks[name].fill else 0.1)
        for name, region in regions.items()
        if not region.is_empty
    ]
    for label, spot in zip(labels, find_spots(ax, labels), strict=True):
        if spot is not None:
            write(ax, label, spot)


def _handle(look: Look) -> Patch | Line2D:
    if look.fill:
        return Patch(facecolor=(look.colour, look.fill), edgecolor=look.colour, linewidth=look.width, label=look.text)
    return Line2D([], [], color=look.colour, linestyle=look.line, linewidth=look.width, label=look.text)
