"""Compiled crossings of straight rays with a closed triangle mesh.

The mesh is seen along the ray, which becomes a point; a triangle is crossed when the point lies on the same
side of its three edges. The side of an edge is computed from its two ends alone and changes its sign exactly
when they are exchanged, and a point on an edge is shifted by (epsilon, epsilon^2), the same for all. Two
neighbours therefore never both claim a ray through their common edge, and never both leave it. Where rounding
might defeat even that, because an edge passes within 1e-14 of the size of the mesh, the crossings along the
whole line are counted; should they not add up to zero, the ray is shifted by 1e-12 of the size of the mesh.
"""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.box_tree import LANES, meets
from farflung.geometry.kernels.compiled import compiled
from farflung.geometry.kernels.intervals import grown, pack

SLIVER = 1e-12  # relative to the size: stretches and gaps shorter than this are dropped
NUDGE = 1e-12  # relative to the size: by how much a ray is shifted whose crossings do not add up
ATTEMPTS = 8
EDGE_ON = 1e-8  # relative to its size squared: the area of a triangle that is seen edge on
DOUBT = 1e-14  # relative to the size squared: a smaller area may have the wrong sign


@compiled()
def side(area: float, px: float, py: float, qx: float, qy: float) -> float:
    """Tell on which side of the line from p to q the origin lies, shifted by (epsilon, epsilon^2).

    ``area`` is that of the parallelogram between p and q, whose sign decides unless it is zero.
    """
    edge = py - qy if py != qy else qx - px
    decisive = area if area != 0.0 else edge
    return 1.0 if decisive > 0.0 else (-1.0 if decisive < 0.0 else 0.0)


@compiled(error_model="numpy")
def within(
    triangle: Any,
    kx: int,
    ky: int,
    kz: int,
    ox: float,
    oy: float,
    oz: float,
    shear_x: float,
    shear_y: float,
    at: float,
) -> float:
    """Return where a ray crosses a triangle, at ``at`` unless that is all rounding.

    Seen edge on, the crossing is only known to lie where the ray runs through the triangle, edge to edge.
    """
    size = area = 0.0
    low, high = math.inf, -math.inf
    for corner in range(3):
        other = (corner + 1) % 3
        pz, qz = triangle[corner, kz] - oz, triangle[other, kz] - oz
        px, qx = triangle[corner, kx] - ox - shear_x * pz, triangle[other, kx] - ox - shear_x * qz
        py, qy = triangle[corner, ky] - oy - shear_y * pz, triangle[other, ky] - oy - shear_y * qz
        ex, ey, ez = qx - px, qy - py, qz - pz
        width = ex * ex + ey * ey
        size = max(size, width + ez * ez)
        area += px * qy - py * qx
        share = -(px * ex + py * ey) / width
        if -EDGE_ON <= share <= 1.0 + EDGE_ON:
            low, high = min(low, pz + share * ez), max(high, pz + share * ez)
    if abs(area) > EDGE_ON * size:
        return at
    if low > high:  # a triangle without any width
        return float(triangle[0, kz] - oz)
    return high if at > high else (at if at >= low else low)  # the last also if it is not a number


@compiled(error_model="numpy")
def crossings(
    x: float,
    y: float,
    z: float,
    dx: float,
    dy: float,
    dz: float,
    corners: Any,
    boxes: Any,
    nodes: Any,
    behind: float,
    doubt: float,
    distances: Any,
    steps: Any,
) -> tuple[int, int, bool]:
    """Collect where a line enters (step +1) and leaves (step -1) the mesh, from ``behind`` on and unsorted.

    Returns how many crossings there are, which may be more than there is room for, the sum of all steps, and
    whether the line passed an edge so closely that the area between them was below ``doubt``.
    """
    # the axis along which the ray runs fastest, and the other two in the order that keeps left and right
    if abs(dx) >= abs(dy) and abs(dx) >= abs(dz):
        kz, kx, ky, fast, ox, oy, oz, shear_x, shear_y = 0, 1, 2, dx, y, z, x, dy / dx, dz / dx
    elif abs(dy) >= abs(dz):
        kz, kx, ky, fast, ox, oy, oz, shear_x, shear_y = 1, 2, 0, dy, z, x, y, dz / dy, dx / dy
    else:
        kz, kx, ky, fast, ox, oy, oz, shear_x, shear_y = 2, 0, 1, dz, x, y, z, dx / dz, dy / dz
    # a direction of zero becomes one so small that its inverse is still finite
    ix = 1.0 / (dx if abs(dx) > 1e-300 else 1e-300)
    iy = 1.0 / (dy if abs(dy) > 1e-300 else 1e-300)
    iz = 1.0 / (dz if abs(dz) > 1e-300 else 1e-300)
    room = distances.shape[0]
    found = balance = 0
    sides = np.empty(LANES)
    ats = np.empty(LANES)
    areas = np.empty(LANES)
    stack = np.empty(64, dtype=np.int64)
    doubtful = False
    depth = 1
    stack[0] = 0
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if not meets(boxes[node], x, y, z, ix, iy, iz, behind):
            continue
        leaf = nodes[node, 0]
        if leaf < 0:
            stack[depth] = nodes[node, 1]
            stack[depth + 1] = node + 1
            depth += 2
            continue
        triangles = corners[leaf]
        # no branch in here, so that the processor can take several triangles at once
        for lane in range(triangles.shape[2]):
            az = triangles[0, kz, lane] - oz
            bz = triangles[1, kz, lane] - oz
            cz = triangles[2, kz, lane] - oz
            ax = triangles[0, kx, lane] - ox - shear_x * az
            ay = triangles[0, ky, lane] - oy - shear_y * az
            bx = triangles[1, kx, lane] - ox - shear_x * bz
            by = triangles[1, ky, lane] - oy - shear_y * bz
            cx = triangles[2, kx, lane] - ox - shear_x * cz
            cy = triangles[2, ky, lane] - oy - shear_y * cz
            of_a = bx * cy - by * cx
            of_b = cx * ay - cy * ax
            of_c = ax * by - ay * bx
            one, two, three = (
                side(of_a, bx, by, cx, cy),
                side(of_b, cx, cy, ax, ay),
                side(of_c, ax, ay, bx, by),
            )
            sides[lane] = one if (one == two) & (two == three) else 0.0
            ats[lane] = (of_a * az + of_b * bz + of_c * cz) / (of_a + of_b + of_c)
            areas[lane] = min(abs(of_a), abs(of_b), abs(of_c))
        for lane in range(triangles.shape[2]):
            doubtful |= areas[lane] < doubt
        for lane in range(LANES):
            if sides[lane] != 0.0:
                # a normal along the ray means that the ray leaves
                step = -1 if (sides[lane] > 0.0) == (fast > 0.0) else 1
                if found < room:
                    at = within(triangles[:, :, lane], kx, ky, kz, ox, oy, oz, shear_x, shear_y, ats[lane])
                    distances[found] = at / fast
                    steps[found] = step
                found += 1
                balance += step
    return found, balance, doubtful


@compiled()
def sorted_crossings(
    x: float,
    y: float,
    z: float,
    dx: float,
    dy: float,
    dz: float,
    corners: Any,
    boxes: Any,
    nodes: Any,
    behind: float,
    size: float,
    distances: Any,
    steps: Any,
) -> tuple[int, Any, Any]:
    """Return the number of crossings from ``behind`` on, their distances in order, and their steps.

    The two arrays are those given, or larger ones if there was not room enough.
    """
    doubt = DOUBT * size * size
    for attempt in range(-1, ATTEMPTS):
        nudge = NUDGE * size * max(attempt, 0)
        while True:
            found, balance, doubtful = crossings(
                x + nudge,
                y + 0.618 * nudge,
                z + 0.382 * nudge,
                dx,
                dy,
                dz,
                corners,
                boxes,
                nodes,
                behind if attempt < 0 else -math.inf,
                doubt,
                distances,
                steps,
            )
            if found <= distances.shape[0]:
                break
            distances = np.empty(2 * found)
            steps = np.empty(2 * found, dtype=np.int64)
        if (attempt < 0 and not doubtful) or (attempt >= 0 and balance == 0):
            break
    for j in range(1, found):
        t, step = distances[j], steps[j]
        k = j - 1
        while k >= 0 and distances[k] > t:
            distances[k + 1] = distances[k]
            steps[k + 1] = steps[k]
            k -= 1
        distances[k + 1] = t
        steps[k + 1] = step
    return found, distances, steps


@compiled()
def contains(points: Any, corners: Any, boxes: Any, nodes: Any, size: float) -> Any:
    """Tell which points (n, 3) lie inside, by what lies ahead of them along x."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    distances = np.empty(64)
    steps = np.empty(64, dtype=np.int64)
    for i in range(points.shape[0]):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        found, distances, steps = sorted_crossings(
            x, y, z, 1.0, 0.0, 0.0, corners, boxes, nodes, 0.0, size, distances, steps
        )
        depth = 0
        for j in range(found):
            if distances[j] > 0.0:
                depth -= steps[j]
        inside[i] = depth > 0
    return inside


@compiled(error_model="numpy")
def stretches(
    origins: Any, directions: Any, corners: Any, boxes: Any, nodes: Any, centre: Any, radius: float
) -> tuple[Any, Any]:
    """Return the padded stretches of rays inside the mesh."""
    n = origins.shape[0]
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    distances = np.empty(64)
    steps = np.empty(64, dtype=np.int64)
    for i in range(n):
        x, y, z = origins[i, 0], origins[i, 1], origins[i, 2]
        dx, dy, dz = directions[i, 0], directions[i, 1], directions[i, 2]
        qx, qy, qz = x - centre[0], y - centre[1], z - centre[2]
        # a ray from afar is followed from its point nearest to the centre; one that misses the sphere is done
        ahead = 0.0
        if qx * qx + qy * qy + qz * qz > radius * radius:
            ahead = -(qx * dx + qy * dy + qz * dz)
            qx, qy, qz = qx + ahead * dx, qy + ahead * dy, qz + ahead * dz
            if ahead < 0.0 or qx * qx + qy * qy + qz * qz > radius * radius:
                continue
            x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
        found, distances, steps = sorted_crossings(
            x, y, z, dx, dy, dz, corners, boxes, nodes, -ahead, radius, distances, steps
        )
        while used + found > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        sliver = SLIVER * (radius + ahead)
        # far away the depth is 0; what lies ahead tells how deep inside the ray starts
        j = found
        depth = 0
        while j > 0 and distances[j - 1] + ahead > sliver:
            j -= 1
            depth -= steps[j]
        opened = 0.0
        inside = depth > 0
        begun = used
        while j < found:
            here = distances[j]
            while j < found and distances[j] - here <= sliver:
                depth += steps[j]
                j += 1
            now = depth > 0
            if now and not inside:
                opened = here + ahead
            elif inside and not now:
                flat_start[used] = opened
                flat_stop[used] = here + ahead
                used += 1
            inside = now
        counts[i] = used - begun
    return pack(counts, flat_start, flat_stop)
