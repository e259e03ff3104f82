"""A ball."""

import math
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import ball, triangulation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh


class Sphere(Solid):
    """A full ball about the origin; its surface does not belong to it.

    Parameters
    ----------
    radius : float
        In metres.

    Raises
    ------
    GeometryError
        If the radius is not a positive number, or beyond 1e-100 to 1e100.

    Examples
    --------
    >>> tank = Sphere(6.1).moved((0, 1.9, 541))
    >>> tank.stretches((0, 1.9, 0), (0, 0, 1)).length
    array([12.2])
    """

    def __init__(self, radius: float) -> None:
        try:
            self._radius = float(radius)
        except (TypeError, ValueError) as error:
            raise GeometryError(f"radius must be a number in metres, got {radius!r}") from error
        if not 0 < self._radius < math.inf:
            raise GeometryError(f"radius must be a positive number in metres, got {radius!r}")
        if not 1e-100 <= self._radius <= 1e100:
            raise GeometryError(f"radius must lie between 1e-100 and 1e100 m, so that it has a cube, got {radius!r}")

    @property
    def radius(self) -> float:
        """The radius [m]."""
        return self._radius

    def _key(self) -> Hashable:
        return self._radius

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = (points * points).sum(axis=1) < self._radius * self._radius
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(*ball.stretches(origins, directions, self._radius))

    def _bounds(self) -> FloatArray:
        return np.array([[-1.0, -1, -1], [1, 1, 1]]) * self._radius

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        return self._bounds()

    def _volume(self) -> float:
        return 4 / 3 * math.pi * self._radius**3

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        angles = np.linspace(0, math.pi, max(2, segments // 2) + 1)[1:-1]
        outline: list[Any] = [(self._radius * math.cos(a), self._radius * math.sin(a)) for a in angles]
        return triangulation.revolve(shapely.Polygon([(self._radius, 0), *outline, (-self._radius, 0)]), segments)
