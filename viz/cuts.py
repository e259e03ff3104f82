"""Where a plane cuts a solid."""

from typing import cast

import numpy as np
from contourpy import FillType, contour_generator
from matplotlib.path import Path
from numpy.typing import NDArray
from shapely import box, union_all

from farflung.geometry import Revolved, Solid
from farflung.viz.style import polygon_path
from farflung.viz.views import AXES, View

Array = NDArray[np.float64]

_GRID = 200
_AZIMUTHS = 360
_RAYS = 250


def outline(solid: Solid, view: View, at: float, window: tuple[float, float, float, float]) -> Path | None:
    """Outline of where a plane meets a solid; None if it does not.

    The solid is cut into strips along parallel rays, whose ends are exact, once along either axis of the picture; walls
    thinner than the distance between rays show in at least one of the two. For ``"r-z"`` a point is inside if the
    solid has it at any azimuth, and solids of revolution have their exact outlines.

    Parameters
    ----------
    solid
        The solid.
    view, at
        The plane, and where it crosses the third axis [m].
    window
        Left, right, bottom and top [m] of the picture.
    """
    left, right, bottom, top = window
    if view == "r-z":
        return polygon_path(solid.profile) if isinstance(solid, Revolved) else _outline_in_r_z(solid, window)
    horizontal, vertical = AXES[view]
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
