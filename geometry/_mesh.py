"""Compiled crossings of straight rays with a closed triangle mesh.

The mesh is seen along the ray, which becomes a point; a triangle is crossed when the point lies on the same
side of its three edges. The side of an edge is computed from its two ends alone and changes its sign exactly
when they are exchanged, and a point on an edge is shifted by (epsilon, epsilon^2), the same for all. Two
neighbours therefore never both claim a ray through their common edge, and never both leave it. Where rounding
defeats even that, the crossings along the whole line do not add up to zero, which is noticed, and the ray is
shifted by 1e-12 of the size of the mesh.
"""

import math
from typing import Any

import numpy as np
from numba import njit

from farflung.geometry._intervals import grown, pack

LEAF = 4  # triangles in a leaf of the tree
SLIVER = 1e-12  # relative to the size: stretches and gaps shorter than this are dropped
NUDGE = 1e-12  # relative to the size: by how much a ray is shifted whose crossings do not add up
ATTEMPTS = 8


@njit(cache=True)
def build_tree(triangles: Any, margin: float) -> tuple[Any, Any, Any]:
    """Sort triangles (m, 3, 3) into a binary tree of boxes.

    Returns the order of the triangles, the boxes (k, 6) as lower and upper corners, and for each box
    (first, count, right): a leaf holds ``count`` triangles from ``first`` on in that order; a branch has a
    count of zero, its left box next to it and its right one at ``right``.
    """
    m = triangles.shape[0]
    order = np.arange(m)
    centres = np.empty((m, 3))
    for i in range(m):
        for axis in range(3):
            corner = triangles[i, :, axis]
            centres[i, axis] = 0.5 * (corner.min() + corner.max())
    boxes = np.empty((2 * m, 6))
    nodes = np.zeros((2 * m, 3), dtype=np.int64)
    used = 0
    pending = [(0, m, -1)]
    while len(pending) > 0:
        first, last, parent = pending.pop()
        node = used
        used += 1
        if parent >= 0:
            nodes[parent, 2] = node
        for axis in range(3):
            boxes[node, axis] = math.inf
            boxes[node, axis + 3] = -math.inf
        widest, axis_of_widest = -1.0, 0
        for axis in range(3):
            low, high = math.inf, -math.inf
            for j in range(first, last):
                for corner in range(3):
                    value = triangles[order[j], corner, axis]
                    boxes[node, axis] = min(boxes[node, axis], value - margin)
                    boxes[node, axis + 3] = max(boxes[node, axis + 3], value + margin)
                low = min(low, centres[order[j], axis])
                high = max(high, centres[order[j], axis])
            if high - low > widest:
                widest, axis_of_widest = high - low, axis
        if last - first <= LEAF:
            nodes[node, 0] = first
            nodes[node, 1] = last - first
            continue
        part = order[first:last].copy()
        order[first:last] = part[np.argsort(centres[part, axis_of_widest], kind="mergesort")]
        middle = (first + last) // 2
        # the left part is taken from the pile first and so becomes the next node
        pending.append((middle, last, node))
        pending.append((first, middle, -1))
    return order, boxes[:used].copy(), nodes[:used].copy()


@njit(cache=True)
def side(px: float, py: float, qx: float, qy: float) -> int:
    """Tell on which side of the line from p to q the origin lies, shifted by (epsilon, epsilon^2)."""
    area = px * qy - py * qx
    if area != 0.0:
        return 1 if area > 0.0 else -1
    if py != qy:
        return 1 if py > qy else -1
    if qx != px:
        return 1 if qx > px else -1
    return 0


@njit(cache=True, error_model="numpy")
def crossings(
    x: float,
    y: float,
    z: float,
    dx: float,
    dy: float,
    dz: float,
    triangles: Any,
    boxes: Any,
    nodes: Any,
    distances: Any,
    steps: Any,
) -> tuple[int, int]:
    """Collect where a line enters (step +1) and leaves (step -1) the mesh, in both directions and unsorted.

    Returns how many crossings there are, which may be more than there is room for, and the sum of all steps.
    """
    # the axis along which the ray runs fastest, and the other two in the order that keeps left and right
    if abs(dx) >= abs(dy) and abs(dx) >= abs(dz):
        kz, kx, ky, fast = 0, 1, 2, dx
    elif abs(dy) >= abs(dz):
        kz, kx, ky, fast = 1, 2, 0, dy
    else:
        kz, kx, ky, fast = 2, 0, 1, dz
    o = (x, y, z)
    d = (dx, dy, dz)
    shear_x, shear_y = d[kx] / fast, d[ky] / fast
    ox, oy, oz = o[kx], o[ky], o[kz]
    room = distances.shape[0]
    found = 0
    balance = 0
    node = 0
    depth = 0
    stack = np.empty(64, dtype=np.int64)
    while True:
        near, far = -math.inf, math.inf
        for axis in range(3):
            if d[axis] != 0.0:
                one = (boxes[node, axis] - o[axis]) / d[axis]
                two = (boxes[node, axis + 3] - o[axis]) / d[axis]
                near = max(near, min(one, two))
                far = min(far, max(one, two))
            elif not boxes[node, axis] <= o[axis] <= boxes[node, axis + 3]:
                far = -math.inf
        if near <= far:
            if nodes[node, 1] == 0:
                stack[depth] = nodes[node, 2]
                depth += 1
                node += 1
                continue
            for j in range(nodes[node, 0], nodes[node, 0] + nodes[node, 1]):
                az = triangles[j, 0, kz] - oz
                bz = triangles[j, 1, kz] - oz
                cz = triangles[j, 2, kz] - oz
                ax = triangles[j, 0, kx] - ox - shear_x * az
                ay = triangles[j, 0, ky] - oy - shear_y * az
                bx = triangles[j, 1, kx] - ox - shear_x * bz
                by = triangles[j, 1, ky] - oy - shear_y * bz
                first = side(ax, ay, bx, by)
                if first == 0:
                    continue
                cx = triangles[j, 2, kx] - ox - shear_x * cz
                cy = triangles[j, 2, ky] - oy - shear_y * cz
                if side(bx, by, cx, cy) != first or side(cx, cy, ax, ay) != first:
                    continue
                of_a = bx * cy - by * cx
                of_b = cx * ay - cy * ax
                of_c = ax * by - ay * bx
                total = of_a + of_b + of_c
                at = (of_a * az + of_b * bz + of_c * cz) / total if total != 0.0 else az
                # seen edge on, the quotient is all rounding, but the crossing lies between the corners
                at = min(max(at, min(az, bz, cz)), max(az, bz, cz))
                # a normal along the ray means that the ray leaves
                step = -1 if (first > 0) == (fast > 0.0) else 1
                if found < room:
                    distances[found] = at / fast
                    steps[found] = step
                found += 1
                balance += step
        if depth == 0:
            return found, balance
        depth -= 1
        node = stack[depth]


@njit(cache=True)
def sort_crossings(distances: Any, steps: Any, found: int) -> None:
    """Sort crossings by their distance."""
    for j in range(1, found):
        t, step = distances[j], steps[j]
        k = j - 1
        while k >= 0 and distances[k] > t:
            distances[k + 1] = distances[k]
            steps[k + 1] = steps[k]
            k -= 1
        distances[k + 1] = t
        steps[k + 1] = step


@njit(cache=True)
def contains(points: Any, triangles: Any, boxes: Any, nodes: Any, size: float) -> Any:
    """Tell which points (n, 3) lie inside, by what lies ahead of them along x."""
    inside = np.empty(points.shape[0], dtype=np.bool_)
    distances = np.empty(64)
    steps = np.empty(64, dtype=np.int64)
    for i in range(points.shape[0]):
        for attempt in range(ATTEMPTS):
            nudge = NUDGE * size * attempt
            while True:
                found, balance = crossings(
                    points[i, 0],
                    points[i, 1] + nudge,
                    points[i, 2] + 0.618 * nudge,
                    1.0,
                    0.0,
                    0.0,
                    triangles,
                    boxes,
                    nodes,
                    distances,
                    steps,
                )
                if found <= distances.shape[0]:
                    break
                distances = np.empty(2 * found)
                steps = np.empty(2 * found, dtype=np.int64)
            if balance == 0:
                break
        depth = 0
        for j in range(found):
            if distances[j] > 0.0:
                depth -= steps[j]
        inside[i] = depth > 0
    return inside


@njit(cache=True, error_model="numpy")
def stretches(
    origins: Any, directions: Any, triangles: Any, boxes: Any, nodes: Any, centre: Any, radius: float
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
        ahead = 0.0
        if qx * qx + qy * qy + qz * qz > radius * radius:
            ahead = -(qx * dx + qy * dy + qz * dz)
            qx, qy, qz = qx + ahead * dx, qy + ahead * dy, qz + ahead * dz
            if ahead < 0.0 or qx * qx + qy * qy + qz * qz > radius * radius:
                continue
            x, y, z = x + ahead * dx, y + ahead * dy, z + ahead * dz
        for attempt in range(ATTEMPTS):
            nudge = NUDGE * radius * attempt
            while True:
                found, balance = crossings(
                    x + nudge,
                    y + 0.618 * nudge,
                    z + 0.382 * nudge,
                    dx,
                    dy,
                    dz,
                    triangles,
                    boxes,
                    nodes,
                    distances,
                    steps,
                )
                if found <= distances.shape[0]:
                    break
                distances = np.empty(2 * found)
                steps = np.empty(2 * found, dtype=np.int64)
            if balance == 0:
                break
        if found == 0:
            continue
        sort_crossings(distances, steps, found)
        while used + found > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        sliver = SLIVER * (radius + ahead)
        # everything up to the origin of the ray is behind it
        depth = 0
        j = 0
        while j < found and distances[j] + ahead <= sliver:
            depth += steps[j]
            j += 1
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
