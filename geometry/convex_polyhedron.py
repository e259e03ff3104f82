"""Boxes, wedges, pyramids: whatever lies behind a number of planes."""

import itertools
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import ConvexHull, QhullError

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays, behind_planes, bounding_planes, triangulation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh

Range = Sequence[float]


class ConvexPolyhedron(Solid):
    """The points with ``normals @ point <= offsets``: any bounded body with flat faces and no dents.

    `box`, `wedge`, `frustum` and `hull` make the usual ones; ``moved`` puts them anywhere. Where two of them
    overlap is a third.

    A face belongs to the solid if the first component of its outward normal that is not zero, in the order
    x, y, z, is negative: of a box, the faces at the lower x, y and z. So boxes that share a face share no
    point. A ray that runs along a face is inside where the face belongs; along a slanted one rounding
    decides, and the answer is that for a ray moved by at most 1e-13 of the distances at hand. Stretches
    shorter than 1e-12 of the distances at hand are dropped.

    Parameters
    ----------
    normals : (m, 3) array
        The outward normals of the faces, of any length.
    offsets : (m,) array
        How far out the planes lie along their normals [m, if the normals have length one].

    Raises
    ------
    GeometryError
        If no room is left between the planes, or if they leave a way to infinity.

    Examples
    --------
    >>> hall = ConvexPolyhedron.box(x=(-5, 5), y=(0, 4), z=(10, 30))
    >>> hall
    ConvexPolyhedron.box(x=(-5, 5), y=(0, 4), z=(10, 30))
    >>> hall.stretches((0, 0, 0), (0, 0.1, 1)).length
    array([20.09975124])
    """

    def __init__(self, normals: ArrayLike, offsets: ArrayLike) -> None:
        self._set(*bounding_planes.checked(normals, offsets))

    def _set(self, normals: FloatArray, offsets: FloatArray, corners: Any = None, faces: Any = None) -> None:
        """Fill the attributes; corners and faces, the planes that have a face, are looked for if not known."""
        self._normals, self._offsets = normals, offsets
        planes = bounding_planes.unit(normals, offsets)
        if corners is None:
            self._vertices, faces = bounding_planes.corners(planes)
        else:
            self._vertices = np.unique(np.array(corners, dtype=np.float64) + 0.0, axis=0)
        self._planes = np.ascontiguousarray(planes[faces])
        self._owned = bounding_planes.owned(self._planes)
        self._scale = float(np.abs(self._vertices).max())
        self._all_planes = frozenset(map(tuple, planes.tolist()))

    @classmethod
    def _behind(
        cls, normals: ArrayLike, offsets: ArrayLike, corners: Any = None, faces: Any = None
    ) -> "ConvexPolyhedron":
        """Make one whose corners may be known, and the planes that have a face."""
        solid = cls.__new__(cls)
        solid._set(*bounding_planes.checked(normals, offsets), corners, faces)
        return solid

    @classmethod
    def box(cls, x: Range, y: Range, z: Range) -> "ConvexPolyhedron":
        """Return a box along the axes.

        Parameters
        ----------
        x, y, z : (low, high)
            Where it begins and ends [m].

        Raises
        ------
        GeometryError
            If one of them is not a lower and a higher number.
        """
        ends = np.array([arrays.interval(name, pair) for name, pair in (("x", x), ("y", y), ("z", z))])
        normals, offsets = np.vstack([-np.eye(3), np.eye(3)]), np.concatenate([-ends[:, 0], ends[:, 1]])
        solid = cls._behind(normals, offsets, list(itertools.product(*ends)), range(6))
        return solid._made_by("box", x=ends[0], y=ends[1], z=ends[2])

    @classmethod
    def wedge(cls, x: Range, y: Range, z: Range) -> "ConvexPolyhedron":
        """Return a ramp: the half of a box that is left of it below a plane, if y points up.

        The plane runs from the edge at (y low, z low) to that at (y high, z high). The faces of the box at the
        lower y and at the higher z remain; the edge at (y high, z low) is cut away.

        Parameters
        ----------
        x, y, z : (low, high)
            The box around it [m].

        Raises
        ------
        GeometryError
            If one of them is not a lower and a higher number.
        """
        (x1, x2), (y1, y2), (z1, z2) = (arrays.interval(name, pair) for name, pair in (("x", x), ("y", y), ("z", z)))
        width, height = z2 - z1, y2 - y1
        solid = cls._behind(
            [(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 0, 1), (0, width, -height)],
            [-x1, x2, -y1, z2, width * y1 - height * z1],
            [(x, y, z) for x in (x1, x2) for y, z in ((y1, z1), (y1, z2), (y2, z2))],
            range(5),
        )
        return solid._made_by("wedge", x=(x1, x2), y=(y1, y2), z=(z1, z2))

    @classmethod
    def frustum(cls, z: Range, lower: Sequence[Range], upper: Sequence[Range]) -> "ConvexPolyhedron":
        """Return what lies between a rectangle at the lower z and one at the higher z.

        Parameters
        ----------
        z : (low, high)
            Where it begins and ends [m].
        lower, upper : ((x low, x high), (y low, y high))
            The rectangles [m]. One of them may be a line or a point.

        Raises
        ------
        GeometryError
            If z is not a lower and a higher number, a rectangle is turned inside out, or no volume is left.
        """
        z1, z2 = arrays.interval("z", z)
        ends = [_rectangle(name, value) for name, value in (("lower", lower), ("upper", upper))]
        normals: list[tuple[float, float, float]] = [(0, 0, -1), (0, 0, 1)]
        offsets = [-z1, z2]
        for axis in range(2):
            for side, sign in ((0, -1), (1, 1)):
                here, there = ends[0][axis, side], ends[1][axis, side]
                normal = [0.0, 0.0, sign * (here - there) / (z2 - z1)]
                normal[axis] = sign
                normals.append((normal[0], normal[1], normal[2]))
                offsets.append(sign * here + normal[2] * z1)
        corners = [(x, y, z) for end, z in zip(ends, (z1, z2), strict=True) for x in end[0] for y in end[1]]
        (a, b), (c, d) = (np.ptp(end, axis=1).tolist() for end in ends)
        if not a * b + (a + c) * (b + d) + c * d > 0:
            raise GeometryError(f"lower and upper must leave room between them, got {lower!r} and {upper!r}")
        faces = [face for face, there in enumerate((a * b > 0, c * d > 0, True, True, True, True)) if there]
        solid = cls._behind(normals, offsets, corners, faces)
        rectangles = [tuple(map(tuple, end.tolist())) for end in ends]
        return solid._made_by("frustum", z=(z1, z2), lower=rectangles[0], upper=rectangles[1])

    @classmethod
    def hull(cls, points: ArrayLike) -> "ConvexPolyhedron":
        """Return the smallest one that holds all points.

        Parameters
        ----------
        points : (n, 3) array
            At least four points [m] that do not lie in one plane.

        Raises
        ------
        GeometryError
            If the points are not finite, not (n, 3), fewer than four or all in one plane.
        """
        try:
            given = np.array(points, dtype=np.float64)
            equations = ConvexHull(given).equations
        except (TypeError, ValueError, IndexError, QhullError) as error:
            raise GeometryError(
                f"points must be at least four finite points (n, 3), not all in one plane, got {points!r}"
            ) from error
        if given.shape[1] != 3:
            raise GeometryError(f"points must have shape (n, 3), got {given.shape}")
        # the triangles of one face have the same plane, but for rounding
        _, first = np.unique(np.round(equations / np.abs(equations).max(axis=0), 10), axis=0, return_index=True)
        equations = equations[np.sort(first)]
        return cls._behind(equations[:, :3], -equations[:, 3])._made_by("hull", points=given)

    @property
    def normals(self) -> FloatArray:
        """The outward normals of the faces as they were given, (m, 3)."""
        return self._normals.copy()

    @property
    def offsets(self) -> FloatArray:
        """How far out the planes lie along their normals, as they were given, (m,)."""
        return self._offsets.copy()

    @property
    def vertices(self) -> FloatArray:
        """The corners [m], (n, 3)."""
        return self._vertices.copy()

    def _key(self) -> Hashable:
        return self._all_planes

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = behind_planes.contains(points, self._planes, self._owned)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(*behind_planes.stretches(origins, directions, self._planes, self._owned, self._scale))

    def _bounds(self) -> FloatArray:
        return np.stack([self._vertices.min(axis=0), self._vertices.max(axis=0)])

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        turned = self._vertices @ rotation.T
        return np.stack([turned.min(axis=0), turned.max(axis=0)])

    def _volume(self) -> float:
        low, size = self._vertices.min(axis=0), np.ptp(self._vertices, axis=0)
        return float(ConvexHull((self._vertices - low) / size).volume * size.prod())

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        return triangulation.hull(self._vertices)

    def _planes_behind(self) -> FloatArray | None:
        return np.column_stack([self._normals, self._offsets])

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        planes = other._planes_behind()
        if operation != "&" or planes is None:
            return None
        return between(np.vstack([np.column_stack([self._normals, self._offsets]), planes]))


def between(planes: FloatArray) -> ConvexPolyhedron | None:
    """Return the body behind planes (m, 4), or None if it is empty, which a combination may be, or endless."""
    try:
        return ConvexPolyhedron(planes[:, :3], planes[:, 3])
    except GeometryError:
        return None


def _rectangle(name: str, value: Sequence[Range]) -> FloatArray:
    try:
        ends = np.array(value, dtype=np.float64) + 0.0
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be ((x low, x high), (y low, y high)), got {value!r}") from error
    if ends.shape != (2, 2) or not np.isfinite(ends).all() or (ends[:, 0] > ends[:, 1]).any():
        raise GeometryError(f"{name} must be ((x low, x high), (y low, y high)) in metres, got {value!r}")
    return ends
