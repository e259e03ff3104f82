"""Compiled crossings of straight rays with cones about the z axis whose apex is the origin."""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled
from farflung.geometry.kernels.intervals import grown, pack
from farflung.geometry.kernels.swept_polygon import ALONG, FLAT, SLIVER


@compiled()
def holds(z: float, r: float, limits: Any) -> bool:
    """Tell whether (z, r) lies from the first angle on and before the second.

    ``limits`` holds their cosines and sines, with a sine of 0 where the angle is no limit.
    """
    if limits[0, 1] != 0.0 and r * limits[0, 0] - z * limits[0, 1] < 0.0:
        return False
    return not (limits[1, 1] != 0.0 and r * limits[1, 0] - z * limits[1, 1] >= 0.0)


@compiled()
def contains(points: Any, limits: Any) -> Any:
    """Tell which points (n, 3) lie between the two angles."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    for i in range(points.shape[0]):
        inside[i] = holds(points[i, 2], math.sqrt(points[i, 0] ** 2 + points[i, 1] ** 2), limits)
    return inside


@compiled(error_model="numpy")
def stretches(origins: Any, directions: Any, limits: Any) -> tuple[Any, Any]:
    """Return the padded stretches of rays between the two angles; the last may never end.

    As for swept polygons, candidates are collected generously and each gap is decided by a point in it.
    """
    n = origins.shape[0]
    candidates = np.empty(5)
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        scale = abs(x) + abs(y) + abs(z)
        # followed from the point nearest to the apex, where the numbers are smallest
        ahead = max(0.0, -(x * dx + y * dy + z * dz))
        x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
        near = abs(x) + abs(y) + abs(z)
        b = x * dx + y * dy
        sine = math.sqrt(dx * dx + dy * dy)
        rho = math.sqrt(x * x + y * y)
        cross = abs(x * dy - y * dx)
        m = 0
        for e in range(2):
            uz, ur = limits[e, 0], limits[e, 1]
            if ur == 0.0:
                continue
            w0, g = ur * z, ur * dz
            vx, vy = w0 * dx - g * x, w0 * dy - g * y
            v_squared = vx * vx + vy * vy
            miss = abs(uz) * cross
            bracket = v_squared - miss * miss
            if bracket < 0.0:
                short = miss - FLAT * near
                if short > 0.0 and v_squared < short * short:
                    continue
                bracket = 0.0
            half_b = uz * uz * b - g * w0
            quadratic = (uz * sine - g) * (uz * sine + g)
            q = -(half_b + math.copysign(abs(uz) * math.sqrt(bracket), half_b))
            constant = (uz * rho - w0) * (uz * rho + w0)
            slack = ALONG * (near + ahead)
            if abs(quadratic) <= ALONG and abs(half_b) <= slack and abs(constant) <= slack * near:
                first = second = -z / dz  # along the cone it crosses nothing but the apex
            else:
                second = q / quadratic
                first = constant / q if q != 0.0 else second
            if -ahead < first < math.inf:
                candidates[m] = first
                m += 1
            if -ahead < second < math.inf:
                candidates[m] = second
                m += 1
        candidates[:m].sort()

        while used + 3 > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        begun = used
        previous = opened = -ahead
        inside = False
        for j in range(m + 1):
            t = candidates[j] if j < m else math.inf
            if t - previous <= SLIVER * (scale + abs(previous) + ahead):
                continue
            # the middle, unless that is so far away that a ray and a cone along it can not be told apart
            at = previous + min(0.5 * (t - previous), max(abs(previous), near, 1.0))
            px, py = x + at * dx, y + at * dy
            now = holds(z + at * dz, math.sqrt(px * px + py * py), limits)
            if now and not inside:
                opened = previous
            elif inside and not now:
                flat_start[used] = opened + ahead
                flat_stop[used] = previous + ahead
                used += 1
            inside = now
            previous = t
        if inside:
            flat_start[used] = opened + ahead
            flat_stop[used] = math.inf
            used += 1
        counts[i] = used - begun
    return pack(counts, flat_start, flat_stop)
