"""Other curves in a picture: published ones, or one's own."""

from collections.abc import Iterator, Mapping
from itertools import cycle
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray
from shapely import LineString, MultiLineString

from farflung.lpp.arguments import numbers
from farflung.scenarios import ScenarioError
from farflung.viz.labels import Label
from farflung.viz.sizes import Sizes

Array = NDArray[np.float64]

Overlay = Mapping[str, tuple[ArrayLike, ArrayLike]]
"""Names of curves, with their masses [GeV] and couplings; NaN parts one piece of a curve from the next."""

_LOOKS: tuple[dict[str, Any], ...] = (
    {"color": "black", "linestyle": "solid"},
    {"color": "black", "linestyle": (0, (5, 2))},
    {"color": "black", "linestyle": (0, (1, 1.2))},
    {"color": "0.45", "linestyle": "solid"},
    {"color": "0.45", "linestyle": (0, (5, 2))},
    {"color": "0.45", "linestyle": (0, (1, 1.2))},
)


def draw_overlay(axes: Axes, overlay: Overlay, sizes: Sizes) -> tuple[list[Artist], list[Label]]:
    """Draw curves above everything else, and return what a legend and what labels in the picture say of them.

    Raises
    ------
    ScenarioError
        If a curve has not as many masses as couplings, or one of them is not above zero.
    """
    handles: list[Artist] = []
    labels: list[Label] = []
    for name, mass, coupling, look in overlay_curves(overlay):
        (line,) = axes.plot(
            mass, coupling, label=name, linewidth=1.5 * sizes.lines, zorder=3.5, scalex=False, scaley=False, **look
        )
        handles.append(line)
        labels.append(Label((name,), pieces(mass, coupling), look["color"], 0.0))
    return handles, labels


def overlay_curves(overlay: Overlay) -> Iterator[tuple[str, Array, Array, dict[str, Any]]]:
    """Name, masses, couplings and matplotlib's look of each curve; raises as `draw_overlay`."""
    for (name, curve), look in zip(overlay.items(), cycle(_LOOKS), strict=False):
        yield name, *_points(name, curve), look


def _points(name: str, curve: tuple[ArrayLike, ArrayLike]) -> tuple[Array, Array]:
    if len(curve) != 2:
        raise ScenarioError(f"overlay['{name}'] has {len(curve)} parts; give (masses, couplings)")
    mass, coupling = (
        np.atleast_1d(np.asarray(numbers(f"overlay['{name}']", values, ScenarioError), dtype=float)) for values in curve
    )
    if mass.ndim != 1 or mass.shape != coupling.shape:
        raise ScenarioError(
            f"overlay['{name}'] has masses of shape {mass.shape} and couplings of shape {coupling.shape}; "
            "give as many of the one as of the other"
        )
    for what, values in (("mass", mass), ("coupling", coupling)):
        if (values <= 0).any():
            raise ScenarioError(f"overlay['{name}'] has the {what} {values[values <= 0][0]:g}; it must be above 0")
    return mass, coupling


def pieces(mass: Array, coupling: Array) -> MultiLineString:
    """The curve in the plane of the natural logarithms."""
    known = np.isfinite(mass) & np.isfinite(coupling)
    starts = np.flatnonzero(np.diff(known.astype(int), prepend=0) == 1)
    ends = np.flatnonzero(np.diff(known.astype(int), append=0) == -1) + 1
    points = np.log(np.column_stack([mass, coupling]), where=known[:, None], out=np.full((len(mass), 2), np.nan))
    return MultiLineString([LineString(points[a:b]) for a, b in zip(starts, ends, strict=True) if b - a > 1])
