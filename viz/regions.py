"""The shape of what a search excludes, joined from the intervals at single masses."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from shapely import MultiPolygon, Point, Polygon, box, intersection_all, union_all
from shapely.geometry.base import BaseGeometry

from farflung.scenarios import ExcludedInterval, Reach

Array = NDArray[np.float64]

_NEW_PIECE = 2.0
"""What it costs, beside its width in the logarithm of the coupling, that a piece or a gap ends between two masses."""

_JUMP = 1e-5
"""Masses that differ by less, in the logarithm, are the two sides of a jump."""

_CAP = np.sin(np.linspace(0.0, np.pi / 2, 13))
"""Where along the cap of a piece its outline is drawn, densest at the tip."""

_HAIR = 5e-4
"""Half the width, in the logarithm of the mass, of what is excluded at one mass alone."""


def excluded_region(reach: Reach, name: str, intervals: Sequence[ExcludedInterval]) -> MultiPolygon:
    """What a search excludes, in the plane of the natural logarithms of mass and coupling.

    Edges of the intervals at neighbouring masses are joined by straight lines. Where the numbers of intervals differ, a
    piece, or a gap between two, ends in between: as far from either mass as the events are from the limit. Between
    masses on either side of a threshold, edges jump.

    Parameters
    ----------
    reach
        The sweep.
    name
        One of ``reach.searches``.
    intervals
        ``reach.intervals()``, at least those of this search.

    Returns
    -------
    shapely.MultiPolygon
        One or several polygons, possibly with holes, or none.
    """
    mass, coupling = np.log(reach.data["mass"].values), np.log(reach.data["coupling"].values)
    excess = np.nan_to_num(reach.excess.sel(search=name).values, nan=-np.inf)
    edges: list[list[float]] = [[] for _ in mass]
    place = {float(value): j for j, value in enumerate(reach.data["mass"].values)}
    for interval in intervals:
        if f"{interval.detector}:{interval.search}" == name:
            edges[place[interval.mass]] += [float(np.log(interval.low)), float(np.log(interval.high))]
    columns = [_Column(x, ends, coupling, values) for x, ends, values in zip(mass, edges, excess, strict=True)]
    joined = union_all([_between(left, right) for left, right in pairwise(columns)])
    alone = [
        box(x - _HAIR, low, x + _HAIR, high)
        for x, ends in zip(mass, edges, strict=True)
        for low, high in zip(ends[::2], ends[1::2], strict=True)
        if not joined.intersects(Point(x, (low + high) / 2))
    ]
    frame = box(mass[0], coupling[0], mass[-1], coupling[-1])
    region = union_all([joined, *alone]).intersection(frame)
    return as_regions(region)


def certain_and_possible(
    reach: Reach, intervals: Sequence[ExcludedInterval]
) -> tuple[dict[str, MultiPolygon], dict[str, MultiPolygon]]:
    """What every treatment of the particle excludes, and what at least one of them does, by search."""
    every = [(reach, intervals), *((other, other.intervals()) for other in reach.treatments.values())]
    regions = {name: [excluded_region(treated, name, found) for treated, found in every] for name in reach.searches}
    certain = {name: as_regions(intersection_all(found)) for name, found in regions.items()}
    return certain, {name: as_regions(union_all(found)) for name, found in regions.items()}


def as_regions(region: BaseGeometry) -> MultiPolygon:
    """The polygons of a geometry, without lines and points."""
    return MultiPolygon([part for part in getattr(region, "geoms", [region]) if isinstance(part, Polygon)])


def border_of(shape: BaseGeometry) -> BaseGeometry:
    """The border of regions; of lines, these themselves."""
    return shape if shape.geom_type.endswith("LineString") else shape.boundary


def outline(region: MultiPolygon, reach: Reach) -> BaseGeometry:
    """The border of a region without what is only the end of the scan, in the same plane."""
    mass, coupling = np.log(reach.data["mass"].values), np.log(reach.data["coupling"].values)
    frame = box(mass[0], coupling[0], mass[-1], coupling[-1])
    return region.boundary.difference(frame.boundary.buffer(1e-9))


class _Column:
    """One mass: where it is, the edges of its intervals from below, and the logarithm of events over the limit."""

    def __init__(self, x: float, edges: Sequence[float], coupling: Array, excess: Array) -> None:
        self.x, self.edges, self.coupling, self.excess = float(x), tuple(edges), coupling, excess

    def extreme(self, low: float, high: float, sign: int) -> tuple[float, float]:
        """Where between two couplings the excess is largest (or smallest, for sign -1), and how large."""
        inside = np.flatnonzero((self.coupling >= low) & (self.coupling <= high))
        at = inside[np.argmax(sign * self.excess[inside])]
        return float(self.coupling[at]), float(self.excess[at])

    def nearest_extreme(self, coupling: float, sign: int) -> tuple[float, float]:
        """The nearest local maximum (or minimum, for sign -1) on the same side of the limit; else the value there."""
        start = at = int(np.argmin(np.abs(self.coupling - coupling)))
        height = sign * self.excess
        while True:
            around = np.arange(max(at - 1, 0), min(at + 2, len(height)))
            best = int(around[np.argmax(height[around])])
            if height[best] <= height[at]:
                break
            at = best
        if height[at] > 0 or at in (0, len(height) - 1):
            at = start
        return float(self.coupling[at]), float(self.excess[at])


def _between(left: _Column, right: _Column) -> BaseGeometry:
    """What is excluded between two neighbouring masses."""
    if right.x - left.x < _JUMP:
        return _beside(left, right)
    links = _links(left.edges, right.edges)
    pieces: list[BaseGeometry] = []
    for (a, b), (c, d) in zip(links[::2], links[1::2], strict=True):
        corners = [
            (left.x, left.edges[a]),
            (right.x, right.edges[b]),
            (right.x, right.edges[d]),
            (left.x, left.edges[c]),
        ]
        pieces.append(Polygon(corners))
    gaps: list[BaseGeometry] = []
    for here, there, side in ((left, right, 0), (right, left, 1)):
        known = [link[side] for link in links]
        lost = [i for i in range(len(here.edges)) if i not in known]
        for i in lost[::2]:
            is_gap = i % 2 == 1
            (gaps if is_gap else pieces).append(_cap(here, there, here.edges[i], here.edges[i + 1], is_gap))
    return union_all(pieces).difference(union_all(gaps))


def _beside(left: _Column, right: _Column) -> BaseGeometry:
    """What is excluded on either side of a threshold: nothing leads from the one to the other but a vertical line."""
    middle = (left.x + right.x) / 2
    pieces = [box(left.x, low, middle, high) for low, high in zip(left.edges[::2], left.edges[1::2], strict=True)]
    pieces += [box(middle, low, right.x, high) for low, high in zip(right.edges[::2], right.edges[1::2], strict=True)]
    return union_all(pieces)


def _cap(here: _Column, there: _Column, low: float, high: float, is_gap: bool) -> BaseGeometry:
    """The rounded end of a piece, or of a gap, that one mass has and its neighbour has not."""
    sign = -1 if is_gap else 1
    if not ((here.coupling >= low) & (here.coupling <= high)).any():
        return Polygon()
    y, strength = here.extreme(low, high, sign)
    y_there, strength_there = there.nearest_extreme(y, sign)
    if not np.isfinite(strength_there) or sign * strength <= 0:
        return Polygon()
    # where a straight line from one mass to the other meets the limit
    part = strength / (strength - strength_there) if sign * strength_there < 0 else 0.5
    middle = y + (y_there - y) * part * _CAP
    width = np.sqrt(1 - _CAP)
    x = here.x + (there.x - here.x) * part * _CAP
    upper = np.column_stack([x, middle + (high - y) * width])
    lower = np.column_stack([x, middle - (y - low) * width])
    return Polygon(np.concatenate([lower, upper[::-1]])).buffer(0)


def _links(left: tuple[float, ...], right: tuple[float, ...]) -> list[tuple[int, int]]:
    """Which edge on the left goes on as which on the right, so that edges move and pieces come and go the least."""

    @cache
    def best(i: int, k: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        """Cost and links of the edges from i and k on."""
        if i == len(left) and k == len(right):
            return 0.0, ()
        found = []
        if i < len(left) and k < len(right):
            cost, links = best(i + 1, k + 1)
            found.append((cost + abs(left[i] - right[k]), ((i, k), *links)))
        if i + 2 <= len(left):
            cost, links = best(i + 2, k)
            found.append((cost + left[i + 1] - left[i] + _NEW_PIECE, links))
        if k + 2 <= len(right):
            cost, links = best(i, k + 2)
            found.append((cost + right[k + 1] - right[k] + _NEW_PIECE, links))
        return min(found)

    return list(best(0, 0)[1])
