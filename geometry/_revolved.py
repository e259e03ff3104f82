"""Compiled crossings of straight rays with a polygon swept about the z axis.

An edge of the polygon sweeps a cone, a cylinder or a flat ring. The kernel collects every distance at which
the ray *may* cross the surface, generously, and then asks for each gap between two of them whether its middle
lies inside. A candidate too many therefore does no harm, the stretches always come out in pairs, and a ray
that grazes an edge or hits a vertex needs no special case.
"""

import math
from typing import Any

import numpy as np
from numba import njit

from farflung.geometry._intervals import grown, pack

# Columns of the table of slanted edges: where it begins and ends in z, its r at the beginning, dr/dz, and the
# unit vector (uz, ur) along it.
Z_LOW, Z_HIGH, R_LOW, SLOPE, UZ, UR = range(6)

# All relative to the size of the solid.
NEAR = 1e-7  # how far beyond the end of an edge a crossing still counts as a candidate
FLAT = 1e-13  # rounding of the discriminant: below it a ray that misses a cone counts as touching
ALONG = 1e-14  # a ray that stays this close to a cone runs along it
SLIVER = 1e-12  # stretches and gaps shorter than this are dropped


@njit(cache=True, error_model="numpy")
def holds(z: float, r_squared: float, slanted: Any) -> bool:
    """Tell whether the polygon holds (z, r): an odd number of edges lies above it, at larger r.

    Edges count from their lower z on, up to but without the higher one, and only when strictly above.
    """
    odd = False
    for e in range(slanted.shape[0]):
        if slanted[e, Z_LOW] <= z < slanted[e, Z_HIGH]:
            r = slanted[e, R_LOW] + slanted[e, SLOPE] * (z - slanted[e, Z_LOW])
            if r * r > r_squared:
                odd = not odd
    return odd


@njit(cache=True)
def contains(points: Any, slanted: Any) -> Any:
    """Tell which points (n, 3) the swept polygon holds."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    for i in range(points.shape[0]):
        x, y = points[i, 0], points[i, 1]
        inside[i] = holds(points[i, 2], x * x + y * y, slanted)
    return inside


@njit(cache=True, error_model="numpy")
def stretches(origins: Any, directions: Any, slanted: Any, flat: Any, centre: float, radius: float) -> tuple[Any, Any]:
    """Return the padded stretches of rays inside the swept polygon.

    ``slanted`` has the columns named above, ``flat`` the z, the smaller and the larger r of each edge across
    the axis; ``centre`` and ``radius`` describe a sphere about (0, 0, centre) that holds everything.
    """
    n = origins.shape[0]
    n_slanted, n_flat = slanted.shape[0], flat.shape[0]
    candidates = np.empty(2 * n_slanted + n_flat + 1)
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    near = NEAR * radius
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        # A ray from afar is followed from its point nearest to the centre, where all numbers are of the size
        # of the solid; one that misses the sphere is done.
        ahead = 0.0
        begin = 0.0
        outside = False
        if x * x + y * y + (z - centre) * (z - centre) > radius * radius:
            ahead = -(x * dx + y * dy + (z - centre) * dz)
            if ahead < 0.0:
                continue
            x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
            if x * x + y * y + (z - centre) * (z - centre) > radius * radius:
                continue
            begin = -ahead
            outside = True
        a = dx * dx + dy * dy
        b = x * dx + y * dy
        c = x * x + y * y
        sine = math.sqrt(a)
        rho = math.sqrt(c)
        cross = abs(x * dy - y * dx)

        m = 0
        for e in range(n_flat):
            t = (flat[e, 0] - z) / dz
            if t > begin:
                px, py = x + t * dx, y + t * dy
                r_squared = px * px + py * py
                low, high = flat[e, 1] - near, flat[e, 2] + near
                if r_squared <= high * high and (low <= 0.0 or r_squared >= low * low):
                    candidates[m] = t
                    m += 1
        for e in range(n_slanted):
            # The cone is (uz r)^2 = w(z)^2 with w = uz r_low + ur (z - z_low); along the ray w = w0 + g t.
            uz, ur = slanted[e, UZ], slanted[e, UR]
            w0 = uz * slanted[e, R_LOW] + ur * (z - slanted[e, Z_LOW])
            g = ur * dz
            # a quarter of the discriminant over uz^2, written as |v|^2 - (uz cross)^2: exact at an apex
            vx, vy = w0 * dx - g * x, w0 * dy - g * y
            v_squared = vx * vx + vy * vy
            miss = uz * cross
            bracket = v_squared - miss * miss
            if bracket < 0.0:
                short = miss - FLAT * radius
                if short > 0.0 and v_squared < short * short:
                    continue
                bracket = 0.0
            half_b = uz * uz * b - g * w0
            quadratic = (uz * sine - g) * (uz * sine + g)
            q = -(half_b + math.copysign(uz * math.sqrt(bracket), half_b))
            if abs(q) <= ALONG * radius:
                if abs(quadratic) <= ALONG:
                    continue
                t = q / quadratic
            else:
                t = (uz * rho - w0) * (uz * rho + w0) / q
                if quadratic != 0.0:
                    other = q / quadratic
                    if other > begin:
                        at = z + other * dz
                        if slanted[e, Z_LOW] - near <= at <= slanted[e, Z_HIGH] + near:
                            candidates[m] = other
                            m += 1
            if t > begin:
                at = z + t * dz
                if slanted[e, Z_LOW] - near <= at <= slanted[e, Z_HIGH] + near:
                    candidates[m] = t
                    m += 1
        if m == 0:
            continue
        for j in range(1, m):
            t = candidates[j]
            k = j - 1
            while k >= 0 and candidates[k] > t:
                candidates[k + 1] = candidates[k]
                k -= 1
            candidates[k + 1] = t

        while used + m > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        sliver = SLIVER * (radius + ahead)
        first = used
        previous = begin
        inside = False
        opened = begin
        for j in range(m):
            t = candidates[j]
            if t - previous <= sliver:
                continue
            if outside:  # before the first candidate, and coming from without the sphere
                now = False
                outside = False
            else:
                middle = 0.5 * (previous + t)
                px, py = x + middle * dx, y + middle * dy
                now = holds(z + middle * dz, px * px + py * py, slanted)
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
        counts[i] = used - first
    return pack(counts, flat_start, flat_stop)
