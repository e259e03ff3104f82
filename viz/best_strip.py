"""The strip along the lower edge of a picture: which search reaches the smallest coupling."""

from collections.abc import Mapping
from itertools import groupby

import numpy as np
import shapely
from matplotlib.axes import Axes
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from farflung.viz.search_styles import HATCH, SearchStyle
from farflung.viz.sizes import Sizes

Array = NDArray[np.float64]

STRIP = 0.035
"""The part of the axes' height that it takes."""

_ACROSS = 1000
"""Places at which regions are compared, beside the masses of the scan: their borders cross between masses, too."""

_BESIDE = 2e-4
"""How far from each mass, in its logarithm, regions are compared, too."""


def draw_strip(
    axes: Axes, best: list[tuple[str, float, float]], styles: Mapping[str, SearchStyle], sizes: Sizes
) -> float:
    """Colour the strip, and return up to where, in units of the axes, it and its name go."""
    for name, left, right in best:
        style = styles[name]
        axes.axvspan(left, right, ymax=STRIP, color=style.colour, linewidth=0, zorder=4)
        if style.hatched:
            axes.axvspan(
                left, right, ymax=STRIP, facecolor="none", edgecolor="white", hatch=HATCH, linewidth=0, zorder=4
            )
    text = axes.annotate(
        "reaches the smallest coupling:" if len(styles) > 2 else "reaches the smaller coupling:",
        (0.0, STRIP), (0.8 * sizes.letters, 0.15 * sizes.letters), xycoords="axes fraction",
        textcoords="offset points", fontsize=sizes.notes, color="0.25", zorder=5,
    )  # fmt: skip
    box = text.get_window_extent().transformed(axes.transAxes.inverted())
    return float(box.y1) + 0.01


def best_by_mass(regions: Mapping[str, BaseGeometry], masses: Array) -> list[tuple[str, float, float]]:
    """The search whose region reaches lowest, with the two ends of the masses [GeV] at which it does, in order.

    Parameters
    ----------
    regions
        What each search excludes, in the plane of the natural logarithms of mass and coupling.
    masses
        Those of the scan (m,) [GeV], at which regions may jump.
    """
    x, lowest = lower_edges(regions, masses)
    names = list(regions)
    found = [names[int(np.argmin(column))] if np.isfinite(column).any() else "" for column in lowest.T]
    spans = []
    for name, group in groupby(range(len(found)), key=lambda i: found[i]):
        numbers = list(group)
        if name:
            spans.append((name, float(np.exp(x[numbers[0]])), float(np.exp(x[numbers[-1] + 1]))))
    return spans


def lower_edges(regions: Mapping[str, BaseGeometry], masses: Array) -> tuple[Array, Array]:
    """Borders (k + 1,) of short stretches of the logarithm of mass, and how low each region (r, k) reaches in each."""
    ends = np.log(masses)
    beside = [ends - _BESIDE, ends, ends + _BESIDE]  # what is excluded at one mass alone is narrow
    x = np.unique(np.clip(np.concatenate([*beside, np.linspace(ends[0], ends[-1], _ACROSS)]), ends[0], ends[-1]))
    middle = (x[1:] + x[:-1]) / 2
    return x, np.array([_lower_edge(region, middle) for region in regions.values()])


def _lower_edge(region: BaseGeometry, x: Array) -> Array:
    """The lowest point of a region along each of the vertical lines at x; infinite where there is none."""
    if region.is_empty:
        return np.full(len(x), np.inf)
    _, bottom, _, top = region.bounds
    lines = shapely.linestrings(
        np.stack([np.stack([x, np.full_like(x, bottom - 1)], 1), np.stack([x, np.full_like(x, top + 1)], 1)], 1)
    )
    shapely.prepare(region)
    lowest = shapely.bounds(shapely.intersection(lines, region))[:, 1]
    return np.where(np.isnan(lowest), np.inf, lowest)
