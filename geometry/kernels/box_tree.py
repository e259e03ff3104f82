"""A compiled tree of boxes around the triangles of a mesh."""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled

LANES = 16  # triangles in a leaf of the tree: so many a processor may take at once


@compiled()
def build_tree(triangles: Any, margin: float) -> tuple[Any, Any, Any]:
    """Sort triangles (m, 3, 3) into a binary tree of boxes.

    Returns the corners (leaf, 3, 3, LANES) by leaf, corner, axis and triangle; the boxes (k, 6) as lower and
    upper ends; and for each box (leaf, right). A leaf has its number, from 0, and nothing to the right; a
    branch has a leaf of -1, its left box next to it and its right one at ``right``.
    """
    m = triangles.shape[0]
    order = np.arange(m)
    centres = np.empty((m, 3))
    for i in range(m):
        for axis in range(3):
            corner = triangles[i, :, axis]
            centres[i, axis] = 0.5 * (corner.min() + corner.max())
    room = (m + LANES - 1) // LANES
    # where a leaf is not full there are no numbers, and nothing is ever crossed
    corners = np.full((room, 3, 3, LANES), math.nan)
    boxes = np.empty((2 * room, 6))
    nodes = np.empty((2 * room, 2), dtype=np.int64)
    used = leaves = 0
    pending = [(0, m, -1)]
    while len(pending) > 0:
        first, last, parent = pending.pop()
        node = used
        used += 1
        if parent >= 0:
            nodes[parent, 1] = node
        widest, axis_of_widest = -1.0, 0
        for axis in range(3):
            boxes[node, axis] = math.inf
            boxes[node, axis + 3] = -math.inf
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
        if last - first <= LANES:
            nodes[node, 0] = leaves
            nodes[node, 1] = -1
            for j in range(first, last):
                for corner in range(3):
                    for axis in range(3):
                        corners[leaves, corner, axis, j - first] = triangles[order[j], corner, axis]
            leaves += 1
            continue
        nodes[node, 0] = -1
        part = order[first:last].copy()
        order[first:last] = part[np.argsort(centres[part, axis_of_widest], kind="mergesort")]
        full = (last - first + LANES - 1) // LANES
        middle = first + full // 2 * LANES  # which leaves no leaf but the last half empty
        # the left part is taken from the pile first and so becomes the next node
        pending.append((middle, last, node))
        pending.append((first, middle, -1))
    return corners, boxes[:used].copy(), nodes[:used].copy()


@compiled()
def meets(box: Any, ox: float, oy: float, oz: float, ix: float, iy: float, iz: float, behind: float) -> bool:
    """Tell whether a line meets a box from the distance ``behind`` on, given the inverse of its direction."""
    x1, x2 = (box[0] - ox) * ix, (box[3] - ox) * ix
    y1, y2 = (box[1] - oy) * iy, (box[4] - oy) * iy
    z1, z2 = (box[2] - oz) * iz, (box[5] - oz) * iz
    near = max(min(x1, x2), min(y1, y2), min(z1, z2), behind)
    return bool(near <= min(max(x1, x2), max(y1, y2), max(z1, z2)))
