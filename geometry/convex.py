"""Boxes, wedges, pyramids: whatever lies behind a number of planes."""

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import ConvexHull, HalfspaceIntersection, QhullError

from farflung.geometry import _convex, _polygons, _text
from farflung.geometry.errors import GeometryError
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import FloatArray, Stretches

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
        self._normals, self._offsets = _checked_planes(normals, offsets)
        length = np.linalg.norm(self._normals, axis=1)
        planes = np.column_stack([self._normals, self._offsets]) / length[:, None] + 0.0
        self._vertices, facing = _corners(planes)
        self._planes = np.ascontiguousarray(planes[facing])
        self._owned = owned(self._planes)
        self._scale = float(np.abs(self._vertices).max())
        self._all_planes = frozenset(map(tuple, planes.tolist()))
        self._call = f"ConvexPolyhedron({_text.points(self._normals)}, {_listed(self._offsets)})"

    @classmethod
    def _written(cls, call: str, normals: ArrayLike, offsets: ArrayLike) -> "ConvexPolyhedron":
        """Make one that shows in its repr how it was asked for."""
        solid = cls(normals, offsets)
        solid._call = f"ConvexPolyhedron.{call}"
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
        ends = np.array([_polygons.interval(name, pair) for name, pair in (("x", x), ("y", y), ("z", z))])
        call = f"box(x={_text.numbers(ends[0])}, y={_text.numbers(ends[1])}, z={_text.numbers(ends[2])})"
        return cls._written(call, np.vstack([-np.eye(3), np.eye(3)]), np.concatenate([-ends[:, 0], ends[:, 1]]))

    @classmethod
    def wedge(cls, x: Range, y: Range, z: Range) -> "ConvexPolyhedron":
        """Return a ramp: the part of a box below the plane from (y low, z low) to (y high, z high).

        Parameters
        ----------
        x, y, z : (low, high)
            The box around it [m].

        Raises
        ------
        GeometryError
            If one of them is not a lower and a higher number.
        """
        (x1, x2), (y1, y2), (z1, z2) = (_polygons.interval(name, pair) for name, pair in (("x", x), ("y", y), ("z", z)))
        width, height = z2 - z1, y2 - y1
        call = f"wedge(x={_text.numbers((x1, x2))}, y={_text.numbers((y1, y2))}, z={_text.numbers((z1, z2))})"
        return cls._written(
            call,
            [(-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 0, 1), (0, width, -height)],
            [-x1, x2, -y1, z2, width * y1 - height * z1],
        )

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
        z1, z2 = _polygons.interval("z", z)
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
        rectangles = [f"({_text.numbers(end[0])}, {_text.numbers(end[1])})" for end in ends]
        call = f"frustum(z={_text.numbers((z1, z2))}, lower={rectangles[0]}, upper={rectangles[1]})"
        return cls._written(call, normals, offsets)

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
        except (TypeError, ValueError, QhullError) as error:
            raise GeometryError(
                f"points must be at least four finite points (n, 3), not all in one plane, got {points!r}"
            ) from error
        if given.shape[1] != 3:
            raise GeometryError(f"points must have shape (n, 3), got {given.shape}")
        # the triangles of one face have the same plane, but for rounding
        _, first = np.unique(np.round(equations / np.abs(equations).max(axis=0), 10), axis=0, return_index=True)
        equations = equations[np.sort(first)]
        return cls._written(f"hull({_text.points(given)})", equations[:, :3], -equations[:, 3])

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

    def __repr__(self) -> str:
        return self._call

    def _key(self) -> Hashable:
        return self._all_planes

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = _convex.contains(points, self._planes, self._owned)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(*_convex.stretches(origins, directions, self._planes, self._owned, self._scale))

    def _bounds(self) -> FloatArray:
        return np.stack([self._vertices.min(axis=0), self._vertices.max(axis=0)])

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        turned = self._vertices @ rotation.T
        return np.stack([turned.min(axis=0), turned.max(axis=0)])

    def _volume(self) -> float:
        return float(ConvexHull(self._vertices).volume)

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        from farflung.geometry.meshing import hull

        return hull(self._vertices)

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


def owned(planes: FloatArray) -> NDArray[np.bool_]:
    """Tell which planes belong to the solid behind them, by the first part of the normal that is not 0."""
    normals = np.where(np.abs(planes[:, :3]) < 1e-12, 0.0, planes[:, :3])
    first = (normals != 0).argmax(axis=1)
    lower: NDArray[np.bool_] = np.take_along_axis(normals, first[:, None], axis=1)[:, 0] < 0
    return lower


def _listed(values: FloatArray) -> str:
    return f"[{', '.join(_text.number(value) for value in values)}]"


def _checked_planes(normals: ArrayLike, offsets: ArrayLike) -> tuple[FloatArray, FloatArray]:
    try:
        n, d = np.array(normals, dtype=np.float64) + 0.0, np.array(offsets, dtype=np.float64) + 0.0
    except (TypeError, ValueError) as error:
        raise GeometryError(f"normals and offsets must be numbers, got {normals!r} and {offsets!r}") from error
    if n.ndim != 2 or n.shape[1] != 3 or d.shape != (len(n),):
        raise GeometryError(f"normals must be (m, 3) and offsets (m,), got {n.shape} and {d.shape}")
    if not (np.isfinite(n).all() and np.isfinite(d).all() and n.any(axis=1).all()):
        raise GeometryError("normals must be finite and not zero and offsets finite, one of them is not")
    return n, d


def _rectangle(name: str, value: Sequence[Range]) -> FloatArray:
    try:
        ends = np.array(value, dtype=np.float64) + 0.0
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be ((x low, x high), (y low, y high)), got {value!r}") from error
    if ends.shape != (2, 2) or not np.isfinite(ends).all() or (ends[:, 0] > ends[:, 1]).any():
        raise GeometryError(f"{name} must be ((x low, x high), (y low, y high)) in metres, got {value!r}")
    return ends


def _meeting_point(normals: FloatArray, offsets: FloatArray) -> FloatArray:
    """Return the point that three planes or more have in common."""
    if len(normals) == 3:
        return np.asarray(np.linalg.solve(normals, offsets), dtype=np.float64)
    return np.asarray(np.linalg.pinv(normals) @ offsets, dtype=np.float64)


def _corners(planes: FloatArray) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return the corners of the body behind the planes, and the planes that have a face on it."""
    from scipy.optimize import linprog

    normals, offsets = planes[:, :3], planes[:, 3]
    m = len(planes)
    # Bounded if and only if the normals, each taken with some positive weight, add up to zero.
    balance = linprog(np.zeros(m), A_eq=normals.T, b_eq=np.zeros(3), bounds=(1, None))
    if m < 4 or not balance.success or np.linalg.matrix_rank(normals) < 3:
        raise GeometryError(
            f"the {m} planes must enclose a bounded body, but leave a way to infinity; use HalfSpace there"
        )
    # The centre and the radius of the largest ball inside.
    ball: Any = linprog([0, 0, 0, -1], A_ub=np.column_stack([normals, np.ones(m)]), b_ub=offsets, bounds=(None, None))
    if not ball.success or ball.x[3] <= 1e-9 * max(1e-3, np.abs(ball.x[:3]).max()):
        raise GeometryError(f"the {m} planes must enclose a volume, but leave no room between them")
    facets = HalfspaceIntersection(np.column_stack([normals, -offsets]), ball.x[:3]).dual_facets
    corners = np.array([_meeting_point(normals[facet], offsets[facet]) for facet in facets])
    grain = 1e-9 * np.ptp(corners, axis=0).max()
    _, first = np.unique(np.round(corners / grain), axis=0, return_index=True)
    return corners[np.sort(first)] + 0.0, np.unique(np.concatenate([np.asarray(facet) for facet in facets]))
