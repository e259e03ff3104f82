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

# Rows of the table of slanted edges, one edge a column: where it begins and ends in z, its r at the begin,
# dr/dz, and the unit vector (uz, ur) along it.
Z_LOW, Z_HIGH, R_LOW, SLOPE, UZ, UR = range(6)
LANES = 8  # so many edges a processor may take at once

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
    for e in range(slanted.shape[1]):
        r = slanted[R_LOW, e] + slanted[SLOPE, e] * (z - slanted[Z_LOW, e])
        odd ^= (slanted[Z_LOW, e] <= z) & (z < slanted[Z_HIGH, e]) & (r * r > r_squared)
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

    ``slanted`` has the rows named above, ``flat`` the z, the smaller and the larger r of each edge across the
    axis; ``centre`` and ``radius`` describe a sphere about (0, 0, centre) that holds everything.
    """
    n = origins.shape[0]
    n_slanted, n_flat = slanted.shape[1], flat.shape[1]
    candidates = np.empty(2 * n_slanted + n_flat + 1)
    first = np.empty(n_slanted)
    second = np.empty(n_slanted)
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
        slack = ALONG * (radius + ahead)

        m = 0
        for e in range(n_flat):
            t = (flat[0, e] - z) / dz
            px, py = x + t * dx, y + t * dy
            r_squared = px * px + py * py
            low, high = max(flat[1, e] - near, 0.0), flat[2, e] + near
            candidates[m] = t
            m += (t > begin) & (r_squared <= high * high) & (r_squared >= low * low)
        # No branch here and no append, so that the processor can take several edges at once. What is not a
        # number fails every comparison and so is no candidate.
        for e in range(n_slanted):
            # The cone is (uz r)^2 = w(z)^2 with w = uz r_low + ur (z - z_low); along the ray w = w0 + g t.
            uz, ur = slanted[UZ, e], slanted[UR, e]
            w0 = uz * slanted[R_LOW, e] + ur * (z - slanted[Z_LOW, e])
            g = ur * dz
            # a quarter of the discriminant over uz^2, written as |v|^2 - (uz cross)^2: exact at an apex
            vx, vy = w0 * dx - g * x, w0 * dy - g * y
            v_squared = vx * vx + vy * vy
            miss = uz * cross
            short = max(miss - FLAT * radius, 0.0)
            hit = v_squared >= short * short
            root = uz * math.sqrt(max(v_squared - miss * miss, 0.0))
            half_b = uz * uz * b - g * w0
            quadratic = (uz * sine - g) * (uz * sine + g)
            q = -(half_b + math.copysign(root, half_b))
            constant = (uz * rho - w0) * (uz * rho + w0)
            two = q / quadratic
            one = constant / q if q != 0.0 else two
            # along the cone it crosses nothing but the ends of the edge, one of which may be the apex
            along = (abs(quadratic) <= ALONG) & (abs(half_b) <= slack) & (abs(constant) <= slack * radius)
            one = (slanted[Z_LOW, e] - z) / dz if along else one
            two = (slanted[Z_HIGH, e] - z) / dz if along else two
            hit = hit | along
            low, high = slanted[Z_LOW, e] - near, slanted[Z_HIGH, e] + near
            at = z + one * dz
            first[e] = one if hit & (at >= low) & (at <= high) else -math.inf
            at = z + two * dz
            second[e] = two if hit & (at >= low) & (at <= high) else -math.inf
        for e in range(n_slanted):
            candidates[m] = first[e]
            m += first[e] > begin
            candidates[m] = second[e]
            m += second[e] > begin
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
        begun = used
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
        counts[i] = used - begun
    return pack(counts, flat_start, flat_stop)
