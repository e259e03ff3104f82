"""A polygon in (x, y), pushed along z."""

import math
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays, behind_planes, bounding_planes, outlines, tapered_polygon, triangulation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh
    from shapely import MultiPolygon, Polygon


class Prism(Solid):
    """A polygon in (x, y), pushed along z, and on the way scaled and shifted.

    The outline is what is seen at the lower z. At the higher z it is scaled by ``taper`` about x = y = 0 and
    then shifted by ``shift``; in between, both grow in proportion to z. Walls that point to the origin come
    from ``taper = z_high / z_low``; to scale about another point c, shift by ``c * (1 - taper)``.

    Faces at the lower z and at the lower x, or along the x axis the lower y, belong to the solid, those
    opposite do not. A ray that runs along a face is inside where the face belongs; along a slanted one
    rounding decides, and the answer is that for a ray moved by at most 1e-13 of the distances at hand.
    Stretches and gaps shorter than 1e-12 of the size of the solid (or of the distance, for a ray from afar)
    are dropped; so may be, where a wall is curved, grazing chords below 1e-7. Walls are curved where an edge
    that runs along neither axis is scaled by different factors in x and in y.

    Parameters
    ----------
    outline : shapely Polygon or MultiPolygon, or sequence of (x, y)
        The outline [m], with any number of pieces and holes; or its vertices in order.
    z : (low, high)
        Where it begins and ends [m].
    taper : float or (float, float)
        By how much the outline is scaled on the way, in both or in x and in y; 0 makes a pyramid.
    shift : (float, float)
        By how much it is shifted on the way in x and in y [m].

    Raises
    ------
    GeometryError
        If the outline is empty or crosses itself, z is not a lower and a higher number, or the taper is
        negative or zero in one direction only.

    Examples
    --------
    >>> vessel = Prism([(-0.5, -1.35), (0.5, -1.35), (0.5, 1.35), (-0.5, 1.35)], z=(33, 83), taper=(4, 2.2))
    >>> vessel.stretches((0, 0, 0), (0, 0, 1))
    Stretches(start=[[33.0]], stop=[[83.0]])
    """

    def __init__(
        self,
        outline: "Polygon | MultiPolygon | Iterable[Sequence[float]]",
        z: Sequence[float],
        taper: float | Sequence[float] = 1.0,
        shift: Sequence[float] = (0.0, 0.0),
    ) -> None:
        self._outline: Any = outlines.checked("outline", outline, "(x, y)")
        self._z = arrays.interval("z", z)
        self._taper = _pair("taper", taper, "a number or two numbers", single=True)
        self._shift = _pair("shift", shift, "two numbers")
        if min(self._taper) < 0 or (min(self._taper) == 0 and max(self._taper) > 0):
            raise GeometryError(
                f"taper must be positive in x and y, or 0 for a pyramid, got {taper!r}; "
                "for a ridge use ConvexPolyhedron.frustum"
            )
        self._edges = _edge_table(self._outline)
        corners = self._corners()
        low, high = corners.min(axis=0), corners.max(axis=0)
        centre = 0.5 * (low + high)
        radius = np.linalg.norm(corners - centre, axis=1).max() * (1 + 1e-9)
        height = self._z[1] - self._z[0]
        scaling = (self._taper[0] - 1, self._taper[1] - 1)
        self._frame = np.array([self._z[0], height, *scaling, *self._shift, *centre, radius])
        self._planes = self._as_planes()
        self._owned = None if self._planes is None else bounding_planes.owned(self._planes)

    @property
    def outline(self) -> Any:
        """The outline at the lower z [m], a shapely Polygon or MultiPolygon."""
        return self._outline

    @property
    def z(self) -> tuple[float, float]:
        """Where it begins and ends [m]."""
        return self._z

    @property
    def taper(self) -> tuple[float, float]:
        """By how much the outline is scaled on the way, in x and in y."""
        return self._taper

    @property
    def shift(self) -> tuple[float, float]:
        """By how much the outline is shifted on the way, in x and in y [m]."""
        return self._shift

    def _arguments(self) -> dict[str, Any] | None:
        arguments = super()._arguments()
        if arguments is not None and "taper" in arguments and self._taper[0] == self._taper[1]:
            arguments["taper"] = self._taper[0]
        return arguments

    def _key(self) -> Hashable:
        return outlines.key(self._outline), self._z, self._taper, self._shift

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_]
        if self._planes is None:
            inside = tapered_polygon.contains(points, self._edges, self._frame)
        else:
            inside = behind_planes.contains(points, self._planes, self._owned)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        if self._planes is None:
            return Stretches._trusted(*tapered_polygon.stretches(origins, directions, self._edges, self._frame))
        scale = float(np.abs(self._bounds()).max())
        return Stretches._trusted(*behind_planes.stretches(origins, directions, self._planes, self._owned, scale))

    def _corners(self) -> FloatArray:
        """Return all corners, those at the lower z first."""
        vertices = shapely.get_coordinates(self._outline)
        upper = vertices * self._taper + self._shift
        return np.vstack(
            [np.column_stack([end, np.full(len(end), z)]) for end, z in zip((vertices, upper), self._z, strict=True)]
        )

    def _bounds(self) -> FloatArray:
        return self._turned_bounds(np.eye(3))

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        turned = self._corners() @ rotation.T
        return np.stack([turned.min(axis=0), turned.max(axis=0)])

    def _volume(self) -> float:
        (a, b), height = (self._taper[0] - 1, self._taper[1] - 1), self._z[1] - self._z[0]
        return float(self._outline.area * height * (1 + (a + b) / 2 + a * b / 3))

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        curved = self._taper[0] != self._taper[1] and not self._flat_walls()
        return triangulation.push(
            self._outline, self._z, self._taper, self._shift, max(1, segments // 4) if curved else 1
        )

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        if isinstance(other, Prism) and other._key()[1:] == self._key()[1:]:  # type: ignore[index]
            outline = outlines.combined(self._outline, other._outline, operation)
            return None if outline is None else Prism(outline, self._z, self._taper, self._shift)
        return None

    def _flat_walls(self) -> bool:
        """Tell whether all edges run along x or y, so that two different tapers leave the walls flat."""
        return bool(np.all((self._edges[:, tapered_polygon.NX] == 0) | (self._edges[:, tapered_polygon.NY] == 0)))

    def _planes_behind(self) -> FloatArray | None:
        return self._planes

    def _as_planes(self) -> FloatArray | None:
        """Return the planes behind all of which the solid lies, or None if that is not all there is to it."""
        if self._taper[0] != self._taper[1] and not self._flat_walls():
            return None
        if self._outline.geom_type != "Polygon" or self._outline.interiors:
            return None
        if self._outline.convex_hull.area > self._outline.area * (1 + 1e-12):
            return None
        (z1, z2), planes = self._z, [(0.0, 0.0, -1.0, -self._z[0]), (0.0, 0.0, 1.0, self._z[1])]
        ring = shapely.get_coordinates(shapely.orient_polygons(self._outline).exterior)
        for (x1, y1), (x2, y2) in pairwise(ring):
            length = math.hypot(x2 - x1, y2 - y1)
            nx, ny = (y2 - y1) / length, (x1 - x2) / length
            offset = nx * x1 + ny * y1
            growth = self._taper[0 if ny == 0 else 1] - 1
            nz = -(nx * self._shift[0] + ny * self._shift[1] + offset * growth) / (z2 - z1)
            norm = math.hypot(1.0, nz)
            planes.append((nx / norm, ny / norm, nz / norm, (offset + nz * z1) / norm))
        found = np.array(planes) + 0.0
        # an edge as short as rounding has no direction to speak of and would cut the solid
        corners = self._corners()
        above = corners @ found[:, :3].T - found[:, 3]
        return found if above.max() <= 1e-12 * np.abs(corners).max() else None


def _pair(name: str, value: Any, wanted: str, single: bool = False) -> tuple[float, float]:
    try:
        both = (value, value) if single and np.ndim(value) == 0 else value
        first, second = (float(number) + 0.0 for number in both)
    except (TypeError, ValueError) as error:
        raise GeometryError(f"{name} must be {wanted}, for x and for y, got {value!r}") from error
    if not (math.isfinite(first) and math.isfinite(second)):
        raise GeometryError(f"{name} must be {wanted}, for x and for y, and finite, got {value!r}")
    return first, second


def _edge_table(outline: Any) -> FloatArray:
    """Return the table of edges that the kernel works on."""
    rows = []
    for ring in shapely.get_rings(shapely.get_parts(outline)):
        for (x1, y1), (x2, y2) in pairwise(shapely.get_coordinates(ring).tolist()):
            if (y1, x1) > (y2, x2):
                x1, y1, x2, y2 = x2, y2, x1, y1
            length = math.hypot(x2 - x1, y2 - y1)
            if length == 0:
                continue
            ex, ey = (x2 - x1) / length, (y2 - y1) / length
            nx, ny = ey, -ex
            slope = (x2 - x1) / (y2 - y1) if y2 > y1 else 0.0
            s = ex * x1 + ey * y1
            rows.append((nx, ny, nx * x1 + ny * y1, ex, ey, s, s + length, y1, y2, x1, slope))
    return np.array(rows) + 0.0
