"""Compiled crossings of straight rays with a polygon in (x, y) that is pushed along z, scaled and shifted.

At a height u, which runs from 0 to 1, the point (px, py) of the outline has come to
(A px + sx u, B py + sy u) with A = 1 + a u and B = 1 + b u. Along a ray all of these are linear, so that the
surface swept by an edge is crossed where a quadratic vanishes, or a linear function if it is flat. As for
swept polygons, candidates are collected generously and each gap between two of them is decided by its middle.
"""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled
from farflung.geometry.kernels.intervals import grown, pack

# Columns of the table of edges: the line nx px + ny py = offset, the unit vector along it, and where on that
# the edge begins and ends; then, to tell what lies inside, the range in y, x at the lower end, and dx/dy.
NX, NY, OFFSET, EX, EY, S_LOW, S_HIGH, Y_LOW, Y_HIGH, X_LOW, SLOPE = range(11)
# Entries of the frame: where it begins in z and how high it is, scaling, shift, and a ball around all of it.
Z, HEIGHT, A, B, SX, SY, CX, CY, CZ, RADIUS = range(10)

# All relative to the size of the solid.
NEAR = 1e-7  # how far beyond the end of an edge a crossing still counts as a candidate
FLAT = 1e-13  # rounding of the discriminant
ALONG = 1e-14  # a ray that stays this close to a face runs along it
SLIVER = 1e-12  # stretches and gaps shorter than this are dropped


@compiled(error_model="numpy")
def holds(x: float, y: float, z: float, edges: Any, frame: Any) -> bool:
    """Tell whether the solid holds a point: an odd number of edges of the outline lies at larger x."""
    if not frame[Z] <= z < frame[Z] + frame[HEIGHT]:
        return False
    u = (z - frame[Z]) / frame[HEIGHT]
    px = (x - frame[SX] * u) / (1.0 + frame[A] * u)
    py = (y - frame[SY] * u) / (1.0 + frame[B] * u)
    odd = False
    for e in range(edges.shape[0]):
        if edges[e, Y_LOW] <= py < edges[e, Y_HIGH]:
            odd ^= edges[e, X_LOW] + edges[e, SLOPE] * (py - edges[e, Y_LOW]) > px
    return odd


@compiled()
def contains(points: Any, edges: Any, frame: Any) -> Any:
    """Tell which points (n, 3) the solid holds."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    for i in range(points.shape[0]):
        inside[i] = holds(points[i, 0], points[i, 1], points[i, 2], edges, frame)
    return inside


@compiled(error_model="numpy")
def stretches(origins: Any, directions: Any, edges: Any, frame: Any) -> tuple[Any, Any]:
    """Return the padded stretches of rays inside the solid."""
    n = origins.shape[0]
    candidates = np.empty(2 * edges.shape[0] + 2)
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    z_low, height, radius = frame[Z], frame[HEIGHT], frame[RADIUS]
    z_high = z_low + height
    near = NEAR * radius
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        qx, qy, qz = x - frame[CX], y - frame[CY], z - frame[CZ]
        ahead = 0.0
        begin = 0.0
        if qx * qx + qy * qy + qz * qz > radius * radius:
            ahead = -(qx * dx + qy * dy + qz * dz)
            qx, qy, qz = qx + ahead * dx, qy + ahead * dy, qz + ahead * dz
            if ahead < 0.0 or qx * qx + qy * qy + qz * qz > radius * radius:
                continue
            x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
            begin = -ahead
        # X, Y, A and B at t = 0, and how they grow along the ray
        u, du = (z - z_low) / height, dz / height
        x0, x1 = x - frame[SX] * u, dx - frame[SX] * du
        y0, y1 = y - frame[SY] * u, dy - frame[SY] * du
        a0, a1 = 1.0 + frame[A] * u, frame[A] * du
        b0, b1 = 1.0 + frame[B] * u, frame[B] * du

        m = 0
        for cap in (z_low, z_high):
            t = (cap - z) / dz
            if begin < t < math.inf:
                candidates[m] = t
                m += 1
        for e in range(edges.shape[0]):
            nx, ny, offset = edges[e, NX], edges[e, NY], edges[e, OFFSET]
            if ny == 0.0 or frame[A] == frame[B]:
                p2, p1, p0 = 0.0, nx * x1 + ny * y1 - offset * a1, nx * x0 + ny * y0 - offset * a0
            elif nx == 0.0:
                p2, p1, p0 = 0.0, ny * y1 - offset * b1, ny * y0 - offset * b0
            else:
                p2 = nx * x1 * b1 + ny * y1 * a1 - offset * a1 * b1
                p1 = nx * (x0 * b1 + x1 * b0) + ny * (y0 * a1 + y1 * a0) - offset * (a0 * b1 + a1 * b0)
                p0 = nx * x0 * b0 + ny * y0 * a0 - offset * a0 * b0
            if abs(p2) * radius <= ALONG:
                if abs(p1) <= ALONG:
                    continue
                first = second = -p0 / p1
            else:
                discriminant = p1 * p1 - 4.0 * p2 * p0
                if discriminant < -FLAT * (p1 * p1 + abs(4.0 * p2 * p0)):
                    continue
                q = -0.5 * (p1 + math.copysign(math.sqrt(max(discriminant, 0.0)), p1))
                first = q / p2
                second = p0 / q if q != 0.0 else first
            for turn in range(2):
                t = first if turn == 0 else second
                if turn == 1 and second == first:
                    break
                if not begin < t < math.inf:
                    continue
                at = z + t * dz
                if not z_low - near <= at <= z_high + near:
                    continue
                grown_a, grown_b = a0 + t * a1, b0 + t * b1
                s = edges[e, EX] * (x0 + t * x1) / grown_a + edges[e, EY] * (y0 + t * y1) / grown_b
                slack = near / min(abs(grown_a), abs(grown_b))
                # written so that whatever is not a number, at the tip of a pyramid, stays a candidate
                if not (s < edges[e, S_LOW] - slack or s > edges[e, S_HIGH] + slack):
                    candidates[m] = t
                    m += 1
        if m == 0:
            continue
        candidates[:m].sort()

        while used + m > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        sliver = SLIVER * (radius + ahead)
        begun = used
        previous = opened = begin
        inside = False
        for j in range(m):
            t = candidates[j]
            if t - previous <= sliver:
                continue
            at = 0.5 * (previous + t)
            now = holds(x + at * dx, y + at * dy, z + at * dz, edges, frame)
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
            flat_stop[used] = previous + ahead
            used += 1
        counts[i] = used - begun
    return pack(counts, flat_start, flat_stop)
