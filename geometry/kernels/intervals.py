"""Compiled interval algebra on the stretches of rays.

A set of intervals is stored as two (n, k) arrays, sorted and disjoint along each row and padded with +inf.
"""

import math
from typing import Any

import numpy as np

from farflung.geometry.kernels.compiled import compiled

UNION, INTERSECTION, DIFFERENCE = 0, 1, 2


@compiled()
def pack(counts: Any, flat_start: Any, flat_stop: Any) -> tuple[Any, Any]:
    """Spread intervals that lie one ray after the other in flat arrays over padded (n, k) arrays."""
    n = counts.shape[0]
    k = 1
    for i in range(n):
        k = max(k, counts[i])
    start = np.full((n, k), math.inf)
    stop = np.full((n, k), math.inf)
    position = 0
    for i in range(n):
        for j in range(counts[i]):
            start[i, j] = flat_start[position]
            stop[i, j] = flat_stop[position]
            position += 1
    return start, stop


@compiled()
def grown(array: Any) -> Any:
    """Return a copy with twice the room."""
    bigger = np.empty(2 * array.shape[0] + 1)
    bigger[: array.shape[0]] = array
    return bigger


@compiled()
def combine(
    start_a: Any,
    stop_a: Any,
    start_b: Any,
    stop_b: Any,
    operation: int,
    offsets: Any,
    tolerance: float,
) -> tuple[Any, Any]:
    """Unite, intersect or subtract two sets of intervals, ray by ray.

    Ends that lie within ``tolerance * (offset + distance)`` of one another count as one: with a tolerance of
    zero the algebra is exact, with a small one two solids that share a face leave neither a gap nor a sliver.
    """
    n, k_a = start_a.shape
    k_b = start_b.shape[1]
    counts = np.zeros(n, dtype=np.int64)
    flat_start = np.empty(n + 1)
    flat_stop = np.empty(n + 1)
    used = 0
    for i in range(n):
        while used + k_a + k_b > flat_start.shape[0]:
            flat_start = grown(flat_start)
            flat_stop = grown(flat_stop)
        first = used
        a = b = 0  # the interval of each that comes next, or that we are in
        in_a = in_b = inside = False
        opened = 0.0
        end_a, end_b = start_a[i, 0], start_b[i, 0]
        if operation == INTERSECTION and (end_a == math.inf or end_b == math.inf):
            continue
        while True:
            here = min(end_a, end_b)
            if here == math.inf:
                break
            reach = here + tolerance * (offsets[i] + here)
            while end_a <= reach:
                if in_a:
                    a += 1
                    end_a = start_a[i, a] if a < k_a else math.inf
                else:
                    end_a = stop_a[i, a]
                in_a = not in_a
            while end_b <= reach:
                if in_b:
                    b += 1
                    end_b = start_b[i, b] if b < k_b else math.inf
                else:
                    end_b = stop_b[i, b]
                in_b = not in_b
            if operation == UNION:
                now = in_a | in_b
            elif operation == INTERSECTION:
                now = in_a & in_b
            else:
                now = in_a & (not in_b)
            if now != inside:
                if now:
                    opened = here
                else:
                    flat_start[used] = opened
                    flat_stop[used] = here
                    used += 1
                inside = now
        if inside:
            flat_start[used] = opened
            flat_stop[used] = math.inf
            used += 1
        counts[i] = used - first
    return pack(counts, flat_start, flat_stop)


@compiled()
def total_length(start: Any, stop: Any) -> Any:
    """Add up the lengths along each row; padding counts for nothing."""
    length = np.zeros(start.shape[0])
    for i in range(start.shape[0]):
        for j in range(start.shape[1]):
            if start[i, j] == math.inf:
                break
            length[i] += stop[i, j] - start[i, j]
    return length


@compiled()
def count(start: Any) -> Any:
    """Count the intervals along each row."""
    counts = np.zeros(start.shape[0], dtype=np.int64)
    for i in range(start.shape[0]):
        for j in range(start.shape[1]):
            if start[i, j] == math.inf:
                break
            counts[i] += 1
    return counts


@compiled()
def covers(start: Any, stop: Any, distances: Any) -> Any:
    """Tell for each row whether one of its intervals holds the distance; only the start belongs to it."""
    inside = np.zeros(start.shape[0], dtype=np.bool_)
    for i in range(start.shape[0]):
        for j in range(start.shape[1]):
            if start[i, j] <= distances[i] < stop[i, j]:
                inside[i] = True
                break
    return inside


@compiled()
def first_disorder(start: Any, stop: Any) -> int:
    """Return the first row that is not sorted, disjoint and padded as it should be, or -1."""
    for i in range(start.shape[0]):
        previous = -1.0
        for j in range(start.shape[1]):
            if start[i, j] == math.inf and stop[i, j] == math.inf:
                previous = math.inf
            elif start[i, j] >= 0.0 and start[i, j] > previous and stop[i, j] > start[i, j]:
                previous = stop[i, j]
            else:
                return i
    return -1
