"""A detector's solids, cut open along a plane, so that a wrong dimension can be seen."""

from itertools import cycle
from typing import Any, Literal, cast, get_args

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray

from farflung.detectors import Detector, DetectorError
from farflung.geometry import Revolved, Solid
from farflung.viz.style import new_axes

Array = NDArray[np.float64]

View = Literal["r-z", "x-y", "x-z", "y-z"]
"""``"r-z"`` is the half-plane x > 0, y = 0; the others are planes, named by their vertical and horizontal axes."""

SHADES = ("#DCE6F1", "#E9E2D0", "#E3EFE0", "#EFE0EA", "#F6E9DC", "#E0ECEC")
_EDGE = "0.35"
_GRID = 900

# horizontal and vertical axis of each view, as indices of x, y, z
_AXES = {"r-z": (2, 0), "x-y": (0, 1), "x-z": (2, 0), "y-z": (2, 1)}


def plot_detector(detector: Detector, ax: Axes | None = None, *, view: View = "r-z", at: float = 0.0) -> Axes:
    """Draw a detector's solids, cut open.

    Parameters
    ----------
    detector
        The detector.
    ax
        Axes to draw on; by default those of a new figure.
    view
        ``"r-z"`` shows solids of revolution by their exact outlines and others by their cut with the half-plane
        y = 0; ``"x-y"``, ``"x-z"`` and ``"y-z"`` cut along a plane.
    at
        Where the plane crosses the third axis [m]; without a meaning for ``"r-z"``.

    Returns
    -------
    matplotlib.axes.Axes
        With one labelled patch per solid that the plane meets, the largest first; one that holds several others
        is drawn as a dashed outline.

    Raises
    ------
    DetectorError
        If the view is unknown, or no solid has an end, so that there is no scale to draw.
    """
    if view not in get_args(View):
        raise DetectorError(f"view = {view!r} is not one of {', '.join(get_args(View))}")
    axes = new_axes(ax, (9.0, 6.4))
    horizontal, vertical = _AXES[view]
    low, high = extent(detector)
    margin = 0.2 * float((high - low)[[horizontal, vertical]].max())
    left, right = low[horizontal] - margin, high[horizontal] + margin
    bottom, top = (0.0 if view == "r-z" else low[vertical] - margin), high[vertical] + margin
    largest_first = sorted(detector.solids.items(), key=lambda item: -_size(item[1]))
    for (name, solid), shade in zip(largest_first, cycle(SHADES), strict=False):
        if view == "r-z" and isinstance(solid, Revolved):
            outline: Path | None = _path(solid.profile)
        else:
            outline = _cut(solid, view, at, (left, right, bottom, top))
        if outline is None:
            continue
        if _is_envelope(solid, detector):
            look: dict[str, Any] = {"facecolor": "none", "linewidth": 2.2, "linestyle": "--", "zorder": 1.5}
        else:
            look = {"facecolor": shade, "linewidth": 1.2}
        axes.add_patch(PathPatch(outline, edgecolor=_EDGE, label=name, **look))
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal")
    names = ("x", "y", "z")
    axes.set_xlabel(f"{names[horizontal]}  [m]", fontsize=13)
    axes.set_ylabel(f"{'r' if view == 'r-z' else names[vertical]}  [m]", fontsize=13)
    axes.tick_params(labelsize=11, direction="in", top=True, right=True)
    axes.legend(fontsize=10, loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2, frameon=False)
    if view == "r-z":
        axes.set_title(detector.title, fontsize=13)
    else:
        (across,) = {0, 1, 2} - {horizontal, vertical}
        axes.set_title(f"{detector.title}, {names[across]} = {at:g} m", fontsize=13)
    return axes


def extent(detector: Detector) -> tuple[Array, Array]:
    """Lowest and highest corner (3,) [m] of a box around all solids that have an end, and the origin.

    Raises
    ------
    DetectorError
        If none has.
    """
    bounds = np.array([solid.bounds for solid in detector.solids.values()])
    finite = np.isfinite(bounds).all(axis=(1, 2))
    if not finite.any():
        raise DetectorError(f"{detector.name} has no solid with an end in every direction, so nothing sets the scale")
    return np.minimum(bounds[finite, 0].min(axis=0), 0.0), np.maximum(bounds[finite, 1].max(axis=0), 0.0)


def _size(solid: Solid) -> float:
    """Volume, by which solids are put behind one another; infinite if there is no end."""
    return solid.volume if np.isfinite(solid.bounds).all() else float("inf")


def _is_envelope(solid: Solid, detector: Detector) -> bool:
    """Whether a solid of revolution holds two others or more: such a one is drawn as an outline."""
    if not isinstance(solid, Revolved):
        return False
    others = [other for other in detector.solids.values() if isinstance(other, Revolved) and other is not solid]
    # the tolerance forgives vertices that are rounded differently
    return sum(bool(solid.profile.buffer(1e-9).covers(other.profile)) for other in others) >= 2


def _cut(solid: Solid, view: View, at: float, window: tuple[float, ...]) -> Path | None:
    """Outline of where a plane meets a solid, from a grid over the window; None if it does not."""
    horizontal, vertical = _AXES[view]
    left, right, bottom, top = window
    u, v = np.linspace(left, right, _GRID), np.linspace(bottom, top, _GRID)
    points = np.full((_GRID, _GRID, 3), at if view != "r-z" else 0.0)
    points[:, :, horizontal], points[:, :, vertical] = u, v[:, None]
    inside = solid.contains(points.reshape(-1, 3)).reshape(_GRID, _GRID)
    if not inside.any():
        return None
    contours = contour_generator(u, v, inside.astype(float), fill_type=FillType.OuterCode).filled(0.5, 1.5)
    outlines, codes = cast(tuple[list[Array], list[NDArray[np.uint8]]], contours)
    return Path(np.concatenate(outlines), np.concatenate(codes))


def _path(outline: Any) -> Path:
    """A matplotlib path of a shapely polygon, or of several, with holes."""
    polygons = getattr(outline, "geoms", [outline])
    rings = [ring for polygon in polygons for ring in (polygon.exterior, *polygon.interiors)]
    return Path.make_compound_path(*(Path(np.asarray(ring.coords), closed=True) for ring in rings))
