"""Compiled crossings of straight rays with the intersection of half-spaces."""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled

PARALLEL = 1e-14  # a ray that rises less than this towards a plane runs along it
BLOCK = 512  # rays that are worked on at once
SLIVER = 1e-12  # relative to the distances at hand: shorter stretches are dropped


@compiled()
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


@compiled(error_model="numpy")
def stretches(origins: Any, directions: Any, planes: Any, owned: Any, scale: float) -> tuple[Any, Any]:
    """Return the padded stretches of rays behind all planes: at most one a ray.

    Plane by plane and, within, ray by ray without branches, so that the processor can take several at once.
    """
    n = origins.shape[0]
    start = np.empty((n, 1))
    stop = np.empty((n, 1))
    x, y, z = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    dx, dy, dz = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    enter, leave = np.empty(BLOCK), np.empty(BLOCK)
    for first in range(0, n, BLOCK):
        size = min(BLOCK, n - first)
        for i in range(size):
            x[i], y[i], z[i] = origins[first + i, 0], origins[first + i, 1], origins[first + i, 2]
            dx[i], dy[i], dz[i] = directions[first + i, 0], directions[first + i, 1], directions[first + i, 2]
            enter[i], leave[i] = 0.0, math.inf
        for f in range(planes.shape[0]):
            nx, ny, nz, offset = planes[f, 0], planes[f, 1], planes[f, 2], planes[f, 3]
            # of a ray along the plane: how far above it must be to miss
            limit = 0.0 if owned[f] else -1e-300
            for i in range(size):
                rise = nx * dx[i] + ny * dy[i] + nz * dz[i]
                above = nx * x[i] + ny * y[i] + nz * z[i] - offset
                at = -above / rise
                enter[i] = at if (rise < -PARALLEL) & (at > enter[i]) else enter[i]
                leave[i] = at if (rise > PARALLEL) & (at < leave[i]) else leave[i]
                leave[i] = -1.0 if (abs(rise) <= PARALLEL) & (above > limit) else leave[i]
        for i in range(size):
            sliver = SLIVER * (scale + abs(x[i]) + abs(y[i]) + abs(z[i]))
            inside = leave[i] - enter[i] > sliver
            start[first + i, 0] = enter[i] if inside else math.inf
            stop[first + i, 0] = leave[i] if inside else math.inf
    return start, stop
