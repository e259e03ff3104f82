"""Everything on one side of a plane."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from farflung.geometry.convex_polyhedron import ConvexPolyhedron, between
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays, behind_planes, bounding_planes
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh


class HalfSpace(Solid):
    """Everything from a plane on, in one direction, without end.

    "Everything beyond z = 5 m" is ``HalfSpace((0, 0, 5), (0, 0, 1))``. It has no volume and no mesh until it
    is intersected with a bounded solid, or with others that enclose one together. The plane itself belongs to
    it if the first component of ``towards`` that is not zero is positive, so that the two sides of a plane
    share no point.

    Parameters
    ----------
    point : (3,) array
        A point of the plane [m].
    towards : (3,) array
        The direction, across the plane, in which the half-space extends; of any length but zero.

    Raises
    ------
    GeometryError
        If one of them is not a finite (3,) vector, or the direction is zero.

    Examples
    --------
    >>> beyond = HalfSpace((0, 0, 5), (0, 0, 1))
    >>> beyond.stretches((0, 0, 0), (0, 0, 1))
    Stretches(start=[[5.0]], stop=[[inf]])
    """

    def __init__(self, point: ArrayLike, towards: ArrayLike) -> None:
        self._point, self._towards = arrays.vector("point", point), arrays.vector("towards", towards)
        if not self._towards.any():
            raise GeometryError("towards must be a direction, got (0, 0, 0)")
        normal = -bounding_planes.unit(self._towards[None], np.zeros(1))[0, :3]
        self._planes = np.array([[*normal, normal @ self._point]]) + 0.0
        self._owned = bounding_planes.owned(self._planes)

    @property
    def point(self) -> FloatArray:
        """A point of the plane [m], (3,)."""
        return self._point.copy()

    @property
    def towards(self) -> FloatArray:
        """The direction in which the half-space extends, (3,), as it was given."""
        return self._towards.copy()

    def _key(self) -> Hashable:
        return tuple(self._planes.ravel().tolist())

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = behind_planes.contains(points, self._planes, self._owned)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        scale = float(abs(self._planes[0, 3]))
        return Stretches._trusted(*behind_planes.stretches(origins, directions, self._planes, self._owned, scale))

    def _bounds(self) -> FloatArray:
        return self._turned_bounds(np.eye(3))

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        normal = rotation @ self._planes[0, :3]
        bounds = np.array([np.full(3, -np.inf), np.full(3, np.inf)])
        axis = np.abs(normal).argmax()
        if np.count_nonzero(np.abs(normal) > 1e-12) == 1:
            bounds[1 if normal[axis] > 0 else 0, axis] = self._planes[0, 3] / normal[axis]
        return bounds

    def _planes_behind(self) -> FloatArray | None:
        return self._planes

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        planes = other._planes_behind()
        return None if operation != "&" or planes is None else between(np.vstack([self._planes, planes]))

    def _mesh_within(self, low: FloatArray, high: FloatArray, segments: int) -> "trimesh.Trimesh":
        import trimesh

        part = ConvexPolyhedron.box(*np.stack([low, high], axis=1)) & self
        return part.to_mesh() if isinstance(part, ConvexPolyhedron) else trimesh.Trimesh()

    def _axial_profile(self, reach: float) -> Any:
        x, y, z, offset = self._planes[0]
        if x != 0 or y != 0:
            return None
        if abs(offset) >= reach:
            return shapely.box(-reach, 0, reach, reach) if offset > 0 else shapely.Polygon()
        low, high = (-reach, offset) if z > 0 else (-offset, reach)
        return shapely.box(low, 0, high, reach)
