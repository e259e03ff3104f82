"""Compiled crossings of straight rays with a ball about the origin."""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled

SLIVER = 1e-12  # relative to the distances at hand: shorter stretches are dropped


@compiled()
def stretches(origins: Any, directions: Any, radius: float) -> tuple[Any, Any]:
    """Return the padded stretches of rays inside: at most one a ray."""
    n = origins.shape[0]
    start = np.empty((n, 1))
    stop = np.empty((n, 1))
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        start[i, 0] = math.inf
        stop[i, 0] = math.inf
        # from the point nearest to the centre there is nothing to cancel
        ahead = -(x * dx + y * dy + z * dz)
        px, py, pz = x + ahead * dx, y + ahead * dy, z + ahead * dz
        miss = math.sqrt(px * px + py * py + pz * pz)
        if miss < radius:
            half = math.sqrt((radius - miss) * (radius + miss))
            enter, leave = max(0.0, ahead - half), ahead + half
            if leave - enter > SLIVER * (radius + abs(ahead)):
                start[i, 0] = enter
                stop[i, 0] = leave
    return start, stop
