"""Directions that matter: where flights are aimed."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SamplingError
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]

# Panels with few flights matter as much as others to a search for what escapes through them; a power below one
# gives them more than their share.
_SHARE_POWER = 0.6
# Panels of a cone are cut until 1 - cos theta changes by no more than this factor across each: densities of fast
# parents vary that quickly near the beam.
_LARGEST_RATIO = 4.0
_SMALLEST = 1e-3
"""Where the cutting stops on the way to the beam, as a fraction of a panel that begins there."""


class Aim(PlainArguments, ABC):
    """A set of directions as seen from where particles are made, and a way to draw from it.

    Attributes
    ----------
    complete
        Whether it covers all directions.
    distance
        How far away [m] what lies in these directions is, to which particles that begin elsewhere than at the origin
        are aimed; infinite if that is not known.
    """

    complete: bool
    distance: float

    @property
    def panels(self) -> int:
        """Number of parts that may be given different shares of the flights."""
        return 1

    def panel(self, direction: Array) -> NDArray[np.int64]:
        """Part in which each of the unit vectors (n, 3) lies."""
        return np.zeros(len(direction), dtype=np.int64)

    @abstractmethod
    def draw(self, points: Array, shares: Array) -> Array:
        """Unit vectors (n, 3) from points (n, 2) of the unit square, for given shares (panels,) of the flights."""

    @abstractmethod
    def density(self, direction: Array, shares: Array) -> Array:
        """Probability (n,) per steradian with which `draw` gives the unit vectors (n, 3); 0 outside."""

    def even(self) -> Array:
        """Equal shares."""
        return np.full(self.panels, 1 / self.panels)

    def shares(self, weight: Array, points: int) -> Array:
        """Shares for panels that hold these parts (panels,) of all particles, as `points` points can realise them.

        They are multiples of a power of two, so that a Sobol net fits, and every panel has one, even if there are more
        panels than points.
        """
        wanted = (1024 * weight / max(float(weight.sum()), 1e-300) + 0.5) ** _SHARE_POWER
        strips = min(points, max(64, 2 ** int(np.ceil(np.log2(4 * self.panels)))))
        strips = max(strips, 2 ** int(np.ceil(np.log2(self.panels))))
        wanted = wanted / wanted.sum() * strips
        given = np.maximum(1, np.floor(wanted)).astype(int)
        while given.sum() < strips:
            given[np.argmax(wanted - given)] += 1
        while given.sum() > strips:
            given[np.argmax(np.where(given > 1, given - wanted, -np.inf))] -= 1
        return np.asarray(given / strips)


@dataclass(frozen=True)
class PolarPanels(Aim):
    """All azimuths, between polar angles at which a detector begins, ends or has a corner.

    Parameters
    ----------
    angles
        Polar angles [rad] between 0 and pi, in any order.
    complete
        Whether to cover all directions. If not, flights are drawn between the smallest and the largest angle.
    distance
        As in `Aim`.

    Raises
    ------
    SamplingError
        If an angle is out of range, or a cone has less than two.
    """

    angles: tuple[float, ...] = ()
    complete: bool = True
    distance: float = np.inf

    def __post_init__(self) -> None:
        if not all(0 <= angle <= np.pi for angle in self.angles):
            raise SamplingError(f"angles = {self.angles} are not between 0 and pi")
        if len(self._edges) < 2:
            raise SamplingError(f"angles = {self.angles} span nothing; give the first and the last polar angle")

    @cached_property
    def _edges(self) -> Array:
        """Increasing edges of the panels in 1 - cos theta, which has no cancellation near the beam."""
        given = 2 * np.sin(np.sort(np.asarray(self.angles, dtype=float)) / 2) ** 2
        if self.complete:
            given = np.concatenate([[0.0], given, [2.0]])
        # corners that differ by rounding make one edge
        edges = [value for i, value in enumerate(given) if i == 0 or value - given[i - 1] > 1e-7 * value]
        return np.asarray(edges if self.complete else _cut(edges))

    @property
    def panels(self) -> int:
        """Number of panels."""
        return len(self._edges) - 1

    def panel(self, direction: Array) -> NDArray[np.int64]:
        """Panel in which each direction lies, or the nearest one."""
        return np.clip(np.searchsorted(self._edges, _versine(direction), side="right") - 1, 0, self.panels - 1)

    def draw(self, points: Array, shares: Array) -> Array:
        """Unit vectors from points: evenly in cos theta within each panel."""
        starts = np.concatenate([[0.0], np.cumsum(shares)])
        panel = np.clip(np.searchsorted(starts, points[:, 0], side="right") - 1, 0, self.panels - 1)
        inside = (points[:, 0] - starts[panel]) / shares[panel]
        versine = self._edges[panel] + inside * np.diff(self._edges)[panel]
        sine = np.sqrt(versine * (2 - versine))
        phi = 2 * np.pi * points[:, 1]
        return np.stack([sine * np.cos(phi), sine * np.sin(phi), 1 - versine], axis=-1)

    def density(self, direction: Array, shares: Array) -> Array:
        """Probability per steradian."""
        versine = _versine(direction)
        panel = self.panel(direction)
        inside = (versine >= self._edges[0]) & (versine <= self._edges[-1])
        return np.where(inside, shares[panel] / (np.diff(self._edges)[panel] * 2 * np.pi), 0.0)


@dataclass(frozen=True)
class Window(Aim):
    """A rectangle on a plane across one of the coordinate axes, as a box far away fills it.

    Directions are drawn evenly on the plane.

    Parameters
    ----------
    axis
        0, 1 or 2 for x, y or z.
    sign
        1 or -1: which way along the axis.
    low, high
        Corners (2,) of the rectangle in the slopes along the other two axes, in their cyclic order (y/x and z/x for
        the x axis).
    distance
        As in `Aim`.

    Raises
    ------
    SamplingError
        If the rectangle is empty.
    """

    axis: int
    sign: int
    low: tuple[float, float]
    high: tuple[float, float]
    distance: float = np.inf
    complete = False

    def __post_init__(self) -> None:
        if not all(low < high for low, high in zip(self.low, self.high, strict=True)):
            raise SamplingError(f"low = {self.low} of a window is not below high = {self.high}")

    @classmethod
    def around(cls, corners: Array, distance: float = np.inf) -> "Window | None":
        """The smallest window around points (n, 3); None if they surround the origin too closely to have one."""
        found = []
        for axis in range(3):
            for sign in (1, -1):
                along = sign * corners[:, axis]
                if along.min() <= 1e-2 * np.abs(corners).max() or not np.isfinite(corners).all():
                    continue
                slopes = corners[:, [(axis + 1) % 3, (axis + 2) % 3]] / along[:, None]
                low, high = slopes.min(axis=0), slopes.max(axis=0)
                first, last = (float(low[0]), float(low[1])), (float(high[0]), float(high[1]))
                found.append(cls(axis, sign, first, last, distance))
        return min(found, key=lambda window: window._area, default=None)

    @property
    def _area(self) -> float:
        return (self.high[0] - self.low[0]) * (self.high[1] - self.low[1])

    def draw(self, points: Array, shares: Array) -> Array:
        """Unit vectors from points: evenly in the slopes."""
        slopes = np.asarray(self.low) + points * (np.asarray(self.high) - np.asarray(self.low))
        direction = np.empty((len(points), 3))
        direction[:, self.axis] = self.sign
        direction[:, (self.axis + 1) % 3], direction[:, (self.axis + 2) % 3] = slopes.T
        return np.asarray(direction / np.linalg.norm(direction, axis=1)[:, None])

    def density(self, direction: Array, shares: Array) -> Array:
        """Probability per steradian."""
        along = self.sign * direction[:, self.axis]
        ahead = along > 0
        safe = np.where(ahead, along, 1.0)
        slopes = direction[:, [(self.axis + 1) % 3, (self.axis + 2) % 3]] / safe[:, None]
        inside = ahead & (slopes >= self.low).all(axis=1) & (slopes <= self.high).all(axis=1)
        return np.where(inside, 1 / (self._area * safe**3), 0.0)


EVERYWHERE = PolarPanels()
"""All directions, evenly."""


def _versine(direction: Array) -> Array:
    """1 - cos theta (n,), without cancellation near the beam."""
    transverse = direction[:, 0] ** 2 + direction[:, 1] ** 2
    cosine = direction[:, 2]
    return np.asarray(np.where(cosine > 0, transverse / (1 + cosine), 1 - cosine))


def _cut(edges: list[float]) -> list[float]:
    """The edges, and more between those that are far apart on a logarithmic scale."""
    finer = edges[:1]
    for low, high in pairwise(edges):
        start = max(low, _SMALLEST * high)
        steps = int(np.ceil(np.log(high / start) / np.log(_LARGEST_RATIO)))
        inner = np.geomspace(start, high, steps + 1)
        finer += [float(value) for value in (inner if start > low else inner[1:])]
    return finer
