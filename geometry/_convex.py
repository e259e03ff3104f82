"""Compiled crossings of straight rays with the intersection of half-spaces."""

import math
from typing import Any

import numpy as np
from numba import njit

PARALLEL = 1e-14  # a ray that rises less than this towards a plane runs along it
SLIVER = 1e-12  # relative to the distances at hand: shorter stretches are dropped


@njit(cache=True)
def contains(points: Any, planes: Any, owned: Any) -> Any:
    """Tell which points (n, 3) lie behind all planes ``(nx, ny, nz, offset)``, or in one that is owned."""
    inside = np.ones(points.shape[0], dtype=np.bool_)
    for i in range(points.shape[0]):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        for f in range(planes.shape[0]):
            above = planes[f, 0] * x + planes[f, 1] * y + planes[f, 2] * z - planes[f, 3]
            if above > 0.0 or (above == 0.0 and not owned[f]):
                inside[i] = False
                break
    return inside


@njit(cache=True)
def stretches(origins: Any, directions: Any, planes: Any, owned: Any, scale: float) -> tuple[Any, Any]:
    """Return the padded stretches of rays behind all planes: at most one a ray."""
    n = origins.shape[0]
    start = np.empty((n, 1))
    stop = np.empty((n, 1))
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        enter, leave = 0.0, math.inf
        for f in range(planes.shape[0]):
            nx, ny, nz = planes[f, 0], planes[f, 1], planes[f, 2]
            rise = nx * dx + ny * dy + nz * dz
            above = nx * x + ny * y + nz * z - planes[f, 3]
            if rise > PARALLEL:
                leave = min(leave, -above / rise)
            elif rise < -PARALLEL:
                enter = max(enter, -above / rise)
            elif above > 0.0 or (above == 0.0 and not owned[f]):
                leave = -1.0
            if leave <= enter:
                break
        if leave - enter > SLIVER * (scale + abs(x) + abs(y) + abs(z)):
            start[i, 0] = enter
            stop[i, 0] = leave
        else:
            start[i, 0] = math.inf
            stop[i, 0] = math.inf
    return start, stop
