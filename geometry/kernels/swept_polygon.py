"""Compiled crossings of straight rays with a polygon swept about the z axis.

An edge of the polygon sweeps a cone, a cylinder or a flat ring. The kernel collects every distance at which
the ray *may* cross the surface, generously, and then asks for each gap between two of them whether its middle
lies inside. A candidate too many therefore does no harm, the stretches always come out in pairs, and a ray
that grazes an edge or hits a vertex needs no special case.
"""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled
from farflung.geometry.kernels.intervals import grown, pack

# Rows of the table of slanted edges, one edge a column: where it begins and ends in z, its r at the begin,
# dr/dz, and the unit vector (uz, ur) along it.
Z_LOW, Z_HIGH, R_LOW, SLOPE, UZ, UR = range(6)
# Rows of a block of rays: where each is followed from and its direction, where on it the ray begins, and what
# they are across the axis: the length of the direction, the distance, their inner and their cross product.
X, Y, ZED, DX, DY, DZ, BEGIN, SINE, RHO, INNER, CROSS = range(11)
BLOCK = 64  # rays that are worked on at once
LANES = 8  # edges that a processor may take at once

# All relative to the size of the solid.
NEAR = 1e-7  # how far beyond the end of an edge a crossing still counts as a candidate
FLAT = 1e-13  # rounding of the discriminant: below it a ray that misses a cone counts as touching
ALONG = 1e-14  # a ray that stays this close to a cone runs along it
SLIVER = 1e-12  # stretches and gaps shorter than this are dropped


@compiled(error_model="numpy")
def holds(z: float, r_squared: float, slanted: Any) -> bool:
    """Tell whether the polygon holds (z, r): an odd number of edges lies above it, at larger r.

    Edges count from their lower z on, up to but without the higher one, and only when strictly above.
    """
    odd = False
    for e in range(slanted.shape[1]):
        r = slanted[R_LOW, e] + slanted[SLOPE, e] * (z - slanted[Z_LOW, e])
        odd ^= (slanted[Z_LOW, e] <= z) & (z < slanted[Z_HIGH, e]) & (r * r > r_squared)
    return odd


@compiled()
def contains(points: Any, slanted: Any) -> Any:
    """Tell which points (n, 3) the swept polygon holds."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    for i in range(points.shape[0]):
        x, y = points[i, 0], points[i, 1]
        inside[i] = holds(points[i, 2], x * x + y * y, slanted)
    return inside


@compiled(error_model="numpy", inline="always")
def cross_cones(rays: Any, size: int, slanted: Any, radius: float, crossings: Any) -> None:
    """Fill ``crossings`` (edges, 2, rays) with where rays may cross each slanted edge, inf where they do not.

    Edge by edge and, within, ray by ray without branches, so that the processor can take several at once.
    What is not a number fails every comparison and so is no crossing.
    """
    x, y, z, dx, dy, dz = rays[X], rays[Y], rays[ZED], rays[DX], rays[DY], rays[DZ]
    begin = rays[BEGIN]
    for e in range(crossings.shape[0]):
        uz, ur = slanted[UZ, e], slanted[UR, e]
        z_low, z_high, base = slanted[Z_LOW, e], slanted[Z_HIGH, e], uz * slanted[R_LOW, e]
        low, high = z_low - NEAR * radius, z_high + NEAR * radius
        for i in range(size):
            # The cone is (uz r)^2 = w(z)^2 with w = uz r_low + ur (z - z_low); along the ray w = w0 + g t.
            w0 = base + ur * (z[i] - z_low)
            g = ur * dz[i]
            # a quarter of the discriminant over uz^2, written as |v|^2 - (uz cross)^2: exact at an apex
            vx, vy = w0 * dx[i] - g * x[i], w0 * dy[i] - g * y[i]
            v_squared = vx * vx + vy * vy
            miss = uz * rays[CROSS, i]
            short = max(miss - FLAT * radius, 0.0)
            root = uz * math.sqrt(max(v_squared - miss * miss, 0.0))
            half_b = uz * uz * rays[INNER, i] - g * w0
            quadratic = (uz * rays[SINE, i] - g) * (uz * rays[SINE, i] + g)
            constant = (uz * rays[RHO, i] - w0) * (uz * rays[RHO, i] + w0)
            q = -(half_b + math.copysign(root, half_b))
            two = q / quadratic
            one = constant / q if q != 0.0 else two
            # along the cone it crosses nothing but the ends of the edge, one of which may be the apex
            slack = ALONG * (radius - begin[i])
            along = (abs(quadratic) <= ALONG) & (abs(half_b) <= slack) & (abs(constant) <= slack * radius)
            one = (z_low - z[i]) / dz[i] if along else one
            two = (z_high - z[i]) / dz[i] if along else two
            hit = (v_squared >= short * short) | along
            at = z[i] + one * dz[i]
            crossings[e, 0, i] = one if hit & (one > begin[i]) & (at >= low) & (at <= high) else math.inf
            at = z[i] + two * dz[i]
            crossings[e, 1, i] = two if hit & (two > begin[i]) & (at >= low) & (at <= high) else math.inf


@compiled(error_model="numpy", inline="always")
def cross_rings(rays: Any, size: int, flat: Any, radius: float, crossings: Any) -> None:
    """Fill ``crossings`` (edges, rays) with where rays may cross each flat edge, inf where they do not."""
    for e in range(flat.shape[1]):
        low, high = max(flat[1, e] - NEAR * radius, 0.0), flat[2, e] + NEAR * radius
        for i in range(size):
            t = (flat[0, e] - rays[ZED, i]) / rays[DZ, i]
            px, py = rays[X, i] + t * rays[DX, i], rays[Y, i] + t * rays[DY, i]
            r_squared = px * px + py * py
            hit = (t > rays[BEGIN, i]) & (r_squared <= high * high) & (r_squared >= low * low)
            crossings[e, i] = t if hit else math.inf


@compiled(error_model="numpy", inline="always")
def prepare(origins: Any, directions: Any, first: int, size: int, centre: float, radius: float, rays: Any) -> None:
    """Fill a block of ``rays``, whose rows are named above.

    A ray from afar is followed from its point nearest to the centre, where all numbers are of the size of the
    solid. One that misses the sphere about the solid begins at infinity, beyond all crossings.
    """
    for i in range(size):
        x, y, z = origins[first + i, 0], origins[first + i, 1], origins[first + i, 2]
        dx, dy, dz = directions[first + i, 0], directions[first + i, 1], directions[first + i, 2]
        afar = x * x + y * y + (z - centre) * (z - centre) > radius * radius
        ahead = -(x * dx + y * dy + (z - centre) * dz) if afar else 0.0
        x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
        misses = (ahead < 0.0) | (x * x + y * y + (z - centre) * (z - centre) > radius * radius)
        rays[X, i], rays[Y, i], rays[ZED, i] = x, y, z
        rays[DX, i], rays[DY, i], rays[DZ, i] = dx, dy, dz
        rays[BEGIN, i] = math.inf if misses else -ahead
        rays[SINE, i] = math.sqrt(dx * dx + dy * dy)
        rays[RHO, i] = math.sqrt(x * x + y * y)
        rays[INNER, i] = x * dx + y * dy
        rays[CROSS, i] = abs(x * dy - y * dx)


@compiled(error_model="numpy")
def stretches(origins: Any, directions: Any, slanted: Any, flat: Any, centre: float, radius: float) -> tuple[Any, Any]:
    """Return the padded stretches of rays inside the swept polygon.

    ``slanted`` has the rows named above, ``flat`` the z, the smaller and the larger r of each edge across the
    axis; ``centre`` and ``radius`` describe a sphere about (0, 0, centre) that holds everything.
    """
    n = origins.shape[0]
    n_slanted, n_flat = slanted.shape[1], flat.shape[1]
    while slanted[Z_LOW, n_slanted - 1] == math.inf:  # that only fill the table
        n_slanted -= 1
    rays = np.empty((11, BLOCK))
    on_cones = np.empty((n_slanted, 2, BLOCK))
    on_rings = np.empty((n_flat, BLOCK))
    candidates = np.empty(2 * n_slanted + n_flat + 1)
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    for first in range(0, n, BLOCK):
        size = min(BLOCK, n - first)
        prepare(origins, directions, first, size, centre, radius, rays)
        cross_cones(rays, size, slanted, radius, on_cones)
        cross_rings(rays, size, flat, radius, on_rings)
        for i in range(size):
            m = 0
            for e in range(n_flat):
                candidates[m] = on_rings[e, i]
                m += on_rings[e, i] < math.inf
            for e in range(n_slanted):
                candidates[m] = on_cones[e, 0, i]
                m += on_cones[e, 0, i] < math.inf
                candidates[m] = on_cones[e, 1, i]
                m += on_cones[e, 1, i] < math.inf
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
            x, y, z = rays[X, i], rays[Y, i], rays[ZED, i]
            dx, dy, dz = rays[DX, i], rays[DY, i], rays[DZ, i]
            previous = opened = rays[BEGIN, i]
            ahead = -previous
            sliver = SLIVER * (radius + ahead)
            begun = used
            inside = False
            for j in range(m):
                t = candidates[j]
                if t - previous <= sliver:
                    continue
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
            counts[first + i] = used - begun
    return pack(counts, flat_start, flat_stop)
