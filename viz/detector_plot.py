"""A detector's solids, cut open along a plane, so that a wrong dimension can be seen."""

from itertools import cycle
from typing import Any, Literal, cast, get_args

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import box, union_all

from farflung.detectors import Detector, DetectorError
from farflung.detectors.registry import as_detector
from farflung.geometry import Revolved, Solid
from farflung.viz.style import legend_below, new_axes, polygon_path

Array = NDArray[np.float64]

View = Literal["r-z", "x-y", "x-z", "y-z"]
"""``"r-z"`` shows distances from the beam axis; the others are planes, named by their axes, the vertical one first."""

SHADES = ("#DCE6F1", "#E9E2D0", "#E3EFE0", "#EFE0EA", "#F6E9DC", "#E0ECEC")
_EDGE = "0.35"
_GRID = 200
_AZIMUTHS = 360
_RAYS = 250
_LONGEST = 8.0
"""A detector that is longer than this times its height is not drawn to scale."""

# horizontal and vertical axis of each view, as indices of x, y, z
_AXES = {"r-z": (2, 0), "x-y": (0, 1), "x-z": (2, 0), "y-z": (2, 1)}


def plot_detector(detector: Detector | str, ax: Axes | None = None, *, view: View = "r-z", at: float = 0.0) -> Axes:
    """Draw a detector's solids, cut open.

    Parameters
    ----------
    detector
        The detector, or its name.
    ax
        Axes to draw on; by default those of a new figure.
    view
        ``"r-z"`` shows solids of revolution by their exact outlines and others by the (z, r) at which they have some
        azimuth; ``"x-y"``, ``"x-z"`` and ``"y-z"`` cut along a plane.
    at
        Where the plane crosses the third axis [m]; without a meaning for ``"r-z"``.

    Returns
    -------
    matplotlib.axes.Axes
        To scale, unless the detector is more than eight times as long as high, with one labelled patch per solid that
        the plane meets, the largest first. One that holds several others is
        drawn as a dashed outline, one without an end hatched, behind all others; those that the plane misses are named.

    Raises
    ------
    DetectorError
        If the view is unknown, `at` is no number, or no solid has an end, so that there is no scale to draw.
    """
    detector = as_detector(detector)
    if view not in get_args(View):
        raise DetectorError(f"view = {view!r} is not one of {', '.join(get_args(View))}")
    if not isinstance(at, int | float) or not np.isfinite(at):
        raise DetectorError(f"at = {at!r} is not a finite number of metres")
    axes = new_axes(ax, (9.0, 6.4))
    horizontal, vertical = _AXES[view]
    low, high = extent(detector)
    left, right = float(low[horizontal]), float(high[horizontal])
    bottom, top = (0.0, _largest_r(detector)) if view == "r-z" else (float(low[vertical]), float(high[vertical]))
    spans = np.array([right - left, top - bottom])
    to_scale = bool(spans.max() < _LONGEST * spans.min())
    across, up = 0.2 * (np.full(2, spans.max()) if to_scale else spans)
    left, right, bottom, top = left - across, right + across, (bottom if view == "r-z" else bottom - up), top + up
    window = (left, right, bottom, top)
    missed = []
    largest_first = sorted(detector.solids.items(), key=lambda item: -_size(item[1]))
    for order, ((name, solid), shade) in enumerate(zip(largest_first, cycle(SHADES), strict=False)):
        if view == "r-z" and isinstance(solid, Revolved):
            outline: Path | None = polygon_path(solid.profile)
        else:
            outline = _cut(solid, view, float(at), window)
        if outline is None:
            missed.append(name)
            continue
        look: dict[str, Any] = {"facecolor": shade, "linewidth": 1.2, "zorder": 1 + 0.01 * order}
        if np.isinf(_size(solid)):
            look |= {"facecolor": (*to_rgb(shade), 0.4), "hatch": "//", "linewidth": 0.8, "zorder": 0.5}
        elif _is_envelope(solid, detector):
            look |= {"facecolor": "none", "linewidth": 2.2, "linestyle": "--", "zorder": 1.9}
        axes.add_patch(PathPatch(outline, edgecolor=_EDGE, label=name, **look))
    if missed:
        axes.plot([], [], linestyle="none", label=f"not in this plane: {', '.join(missed)}")
    axes.set(xlim=(left, right), ylim=(bottom, top), aspect="equal" if to_scale else "auto")
    names = ("x", "y", "z")
    axes.set_xlabel(f"{names[horizontal]}  [m]", fontsize=13)
    axes.set_ylabel(f"{'r' if view == 'r-z' else names[vertical]}  [m]", fontsize=13)
    axes.tick_params(labelsize=11, direction="in", top=True, right=True)
    legend_below(axes)
    (third,) = {0, 1, 2} - {horizontal, vertical}
    where = "" if view == "r-z" else f", {names[third]} = {at:g} m"
    axes.set_title(f"{detector.title}{where}{'' if to_scale else ', not to scale'}", fontsize=13)
    return axes


def extent(detector: Detector) -> tuple[Array, Array]:
    """Lowest and highest corner (3,) [m] of a box around all solids that have an end, and the origin.

    Raises
    ------
    DetectorError
        If none has.
    """
    bounds = np.array([solid.bounds for solid in detector.solids.values()])
    finite = np.isfinite(bounds).all(axis=(1, 2)) if len(bounds) else np.zeros(0, dtype=bool)
    if not finite.any():
        raise DetectorError(f"{detector.name} has no solid with an end in every direction, so nothing sets the scale")
    return np.minimum(bounds[finite, 0].min(axis=0), 0.0), np.maximum(bounds[finite, 1].max(axis=0), 0.0)


def _largest_r(detector: Detector) -> float:
    """Distance [m] from the beam axis of the farthest point of the solids that have an end."""
    found = [0.0]
    for solid in detector.solids.values():
        if isinstance(solid, Revolved) and np.isfinite(solid.bounds).all():
            found.append(float(solid.profile.bounds[3]))
        elif np.isfinite(solid.bounds).all():
            found.append(float(np.hypot(*np.abs(solid.bounds[:, :2]).max(axis=0))))
    return max(found)


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


def _cut(solid: Solid, view: View, at: float, window: tuple[float, float, float, float]) -> Path | None:
    """Outline of where a plane meets a solid; None if it does not.

    The solid is cut into strips along parallel rays, whose ends are exact, once along either axis of the picture; walls
    thinner than the distance between rays show in at least one of the two. For ``"r-z"`` a point is inside if the
    solid has it at any azimuth.
    """
    left, right, bottom, top = window
    if view == "r-z":
        return _outline_in_r_z(solid, window)
    horizontal, vertical = _AXES[view]
    low, high = np.clip(solid.bounds, -1e6, 1e6)
    strips = []
    for along, across, start, ends, span in (
        (horizontal, vertical, left, (left, right), (max(bottom, low[vertical]), min(top, high[vertical]))),
        (vertical, horizontal, bottom, (bottom, top), (max(left, low[horizontal]), min(right, high[horizontal]))),
    ):
        if span[0] >= span[1]:
            return None
        step = (span[1] - span[0]) / _RAYS
        half = step * (0.5 + 1e-6)  # neighbours overlap, or rounding would leave slits between them
        origins = np.full((_RAYS, 3), at)
        origins[:, across] = span[0] + step * (np.arange(_RAYS) + 0.5)
        origins[:, along] = start
        found = solid.stretches(origins, np.eye(3)[along])
        for ray, piece in np.argwhere(np.isfinite(found.start)):
            first = start + found.start[ray, piece]
            last = min(start + found.stop[ray, piece], ends[1])
            middle = origins[ray, across]
            if first < last:
                corners = (first, middle - half, last, middle + half)
                strips.append(box(*corners) if along == horizontal else box(*np.take(corners, [1, 0, 3, 2])))
    return polygon_path(union_all(strips)) if strips else None


def _outline_in_r_z(solid: Solid, window: tuple[float, float, float, float]) -> Path | None:
    """Outline of the (z, r) at which a solid has some azimuth, from a grid over its part of the window."""
    left, right, _, top = window
    low, high = np.clip(solid.bounds, -1e6, 1e6)
    nearest = np.hypot(*np.maximum(np.maximum(low[:2], -high[:2]), 0.0))
    farthest = np.hypot(*np.maximum(np.abs(low[:2]), np.abs(high[:2])))
    span_z = (high[2] - low[2]) / _GRID
    span_r = (farthest - nearest) / _GRID
    z = np.linspace(max(left, low[2] - span_z), min(right, high[2] + span_z), _GRID)
    r = np.linspace(max(0.0, nearest - span_r), min(top, farthest + span_r), _GRID)
    if z[0] >= z[-1] or r[0] >= r[-1]:
        return None
    inside = np.zeros((_GRID, _GRID), dtype=bool)
    for phi in np.linspace(0, 2 * np.pi, _AZIMUTHS, endpoint=False):
        points = np.empty((_GRID, _GRID, 3))
        points[:, :, 0], points[:, :, 1] = np.cos(phi) * r[:, None], np.sin(phi) * r[:, None]
        points[:, :, 2] = z
        inside |= solid.contains(points.reshape(-1, 3)).reshape(_GRID, _GRID)
    if not inside.any():
        return None
    contours = contour_generator(z, r, inside.astype(float), fill_type=FillType.OuterCode).filled(0.5, 1.5)
    outlines, codes = cast(tuple[list[Array], list[NDArray[np.uint8]]], contours)
    return Path(np.concatenate(outlines), np.concatenate(codes))
