"""From which side a detector is looked at, and what of space a picture of it shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Detector, DetectorError
from farflung.geometry import ConvexPolyhedron, Revolved, Solid

Array = NDArray[np.float64]

View = Literal["r-z", "x-y", "x-z", "y-z"]
"""``"r-z"`` shows distances from the beam axis; the others are planes, named by their axes, the vertical one first."""

AXES: dict[View, tuple[int, int]] = {"r-z": (2, 0), "x-y": (0, 1), "x-z": (2, 0), "y-z": (2, 1)}
"""Horizontal and vertical axis of each view, as indices of x, y, z."""

_LONGEST = 8.0
"""A detector that is longer than this times its height is not drawn to scale."""

_EMPTY = 1.0
"""The horizontal axis is broken where nothing is for longer than this times the length of all that is."""

_MARGIN = 0.2
"""Free space around the solids, as a share of what they take."""


@dataclass(frozen=True)
class Frame:
    """What a picture shows: a view, and the part of space in it.

    Attributes
    ----------
    view
        From where.
    at
        Where the plane crosses the third axis [m].
    parts
        Stretches of the horizontal axis [m] that are shown, in order: several where the axis is broken.
    bottom, top
        Ends of the vertical axis [m].
    depth
        Between where on the third axis [m] there are solids that the plane meets.
    to_scale
        Whether a metre is as long to the right as it is up.
    """

    view: View
    at: float
    parts: tuple[tuple[float, float], ...]
    bottom: float
    top: float
    depth: tuple[float, float]
    to_scale: bool

    @property
    def left(self) -> float:
        """Where the picture begins [m]."""
        return self.parts[0][0]

    @property
    def right(self) -> float:
        """Where the picture ends [m]."""
        return self.parts[-1][1]

    @property
    def third(self) -> int:
        """The axis that is not seen, as an index of x, y, z."""
        (third,) = {0, 1, 2} - set(AXES[self.view])
        return third

    def region(self) -> Solid:
        """The part of space whose decays are shown: the picture, as deep as the solids in it."""
        return reduce(or_, [self._region(part) for part in self.parts])

    def _region(self, part: tuple[float, float]) -> Solid:
        if self.view == "r-z":
            return Revolved.tube(z=part, r=(0.0, self.top))
        spans = [self.depth] * 3
        horizontal, vertical = AXES[self.view]
        spans[horizontal], spans[vertical] = part, (self.bottom, self.top)
        return ConvexPolyhedron.box(*spans)

    def seen(self, points: Array) -> tuple[Array, Array]:
        """Horizontal and vertical coordinate (n,) [m] of points (n, 3) [m]."""
        horizontal, vertical = AXES[self.view]
        if self.view == "r-z":
            return points[:, 2], np.hypot(points[:, 0], points[:, 1])
        return points[:, horizontal], points[:, vertical]


def frame_of(detector: Detector, view: View | None = None, at: float | None = None) -> Frame:
    """What a picture of a detector's solids shows.

    Parameters
    ----------
    detector
        The detector.
    view
        From where; by default ``"r-z"`` if all solids with an end are round about the beam axis, and else a plane along
        the beam through the one farthest from it that is not, if it meets all.
    at
        Where a plane crosses the third axis [m], by default at 0; where the view is not given either, through that
        solid.

    Raises
    ------
    DetectorError
        If the view is unknown, `at` is no number, or no solid has an end, so that there is no scale to draw.
    """
    if view is not None and view not in get_args(View):
        raise DetectorError(f"view = {view!r} is not one of {', '.join(get_args(View))}")
    if at is not None and (not isinstance(at, int | float) or not np.isfinite(at)):
        raise DetectorError(f"at = {at!r} is not a finite number of metres")
    low, high = extent(detector)
    chosen, through = (view, 0.0) if view is not None else _best_view(detector)
    at = through if at is None else float(at)
    horizontal, vertical = AXES[chosen]
    bottom, top = (0.0, _largest_r(detector)) if chosen == "r-z" else (float(low[vertical]), float(high[vertical]))
    bounds = finite_bounds(detector)
    taken = [(float(solid[0, horizontal]), float(solid[1, horizontal])) for solid in bounds]
    parts = _parts(taken) if horizontal == 2 else [(float(low[horizontal]), float(high[horizontal]))]
    length, height = sum(stop - start for start, stop in parts), top - bottom
    to_scale = max(length, height) < _LONGEST * min(length, height)
    across, up = (_MARGIN * max(length, height),) * 2 if to_scale else (_MARGIN / 2 * length, _MARGIN * height)
    (third,) = {0, 1, 2} - {horizontal, vertical}
    met = [solid[:, third] for solid in bounds if solid[0, third] <= at <= solid[1, third]]
    met = met or [solid[:, third] for solid in bounds]
    return Frame(
        chosen,
        at,
        tuple((start - across, stop + across) for start, stop in parts),
        bottom if chosen == "r-z" else bottom - up,
        top + up,
        (float(min(span[0] for span in met)), float(max(span[1] for span in met))),
        to_scale,
    )


def extent(detector: Detector) -> tuple[Array, Array]:
    """Lowest and highest corner (3,) [m] of a box around all solids that have an end, and the origin.

    Raises
    ------
    DetectorError
        If none has.
    """
    bounds = finite_bounds(detector)
    return np.minimum(bounds[:, 0].min(axis=0), 0.0), np.maximum(bounds[:, 1].max(axis=0), 0.0)


def finite_bounds(detector: Detector) -> Array:
    """Lowest and highest corners (n, 2, 3) [m] of the solids that have an end.

    Raises
    ------
    DetectorError
        If none has.
    """
    bounds = [solid.bounds for solid in detector.solids.values() if has_end(solid)]
    if not bounds:
        raise DetectorError(f"{detector.name} has no solid with an end in every direction, so nothing sets the scale")
    return np.array(bounds)


def has_end(solid: Solid) -> bool:
    """Whether a solid has an end in every direction."""
    return bool(np.isfinite(solid.bounds).all())


def _best_view(detector: Detector) -> tuple[View, float]:
    """The view that shows the solids, and where its plane crosses the third axis [m]."""
    others = [solid for solid in detector.solids.values() if has_end(solid) and not _is_round(solid)]
    if not others:
        return "r-z", 0.0
    low, high = max((solid.bounds for solid in others), key=lambda bounds: float(np.abs(bounds.mean(axis=0))[:2].max()))
    centre = (low + high) / 2
    # beside the beam if it is anywhere, else to where it is larger
    beside = np.where((low > 0) | (high < 0), np.abs(centre), 0.0)[:2]
    vertical = int(np.argmax(beside if beside.any() else (high - low)[:2]))
    third = 1 - vertical
    bounds = finite_bounds(detector)
    for at in (0.0, float(centre[third])):
        if ((bounds[:, 0, third] <= at) & (at <= bounds[:, 1, third])).all():
            return ("x-z" if vertical == 0 else "y-z"), at
    return "r-z", 0.0  # no such plane meets all


def _is_round(solid: Solid) -> bool:
    """Whether a solid lies round about the beam axis, not beside it, and has no corners as seen along it."""
    if isinstance(solid, Revolved):
        return True
    low, high = solid.bounds
    if (low[:2] > 0).any() or (high[:2] < 0).any():
        return False
    depths = np.linspace(low[2], high[2], 9)[1:-1]
    near_corners = list(product((0.9 * low[0], 0.9 * high[0]), (0.9 * low[1], 0.9 * high[1]), depths))
    return not solid.contains(np.array(near_corners)).any()


def _parts(taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Stretches of an axis with all that is taken and the origin, apart where a lot of nothing is between them."""
    merged: list[tuple[float, float]] = []
    for start, stop in sorted([*taken, (0.0, 0.0)]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    length = sum(stop - start for start, stop in merged)
    parts = merged[:1]
    for start, stop in merged[1:]:
        if start - parts[-1][1] > _EMPTY * length:
            parts.append((start, stop))
        else:
            parts[-1] = (parts[-1][0], stop)
    return parts


def _largest_r(detector: Detector) -> float:
    """Distance [m] from the beam axis of the farthest point of the solids that have an end."""
    found = [0.0]
    for solid in detector.solids.values():
        if isinstance(solid, Revolved) and has_end(solid):
            found.append(float(solid.profile.bounds[3]))
        elif has_end(solid):
            found.append(float(np.hypot(*np.abs(solid.bounds[:, :2]).max(axis=0))))
    return max(found)
