"""A polygon in the (z, r) half-plane, swept about the z axis."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from farflung.geometry import described
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays, outlines, swept_polygon, triangulation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh


class Revolved(Solid):
    """A polygon in the (z, r) half-plane, swept about the z axis.

    Every collider detector is one of these. Its surface consists of cones, cylinders and flat rings, whose
    crossings are exact. Two of them that share the axis combine into a third on the level of their profiles,
    so its volume is exact too.

    A face at the lower z and a face at the inner r belong to the solid, those at the higher z and the outer r
    do not; an edge on the axis is no face. A ray that runs along a face is inside where the face belongs to
    the solid; along a slanted one rounding decides, and the answer is that for a ray moved by at most 1e-13
    of the distances at hand. Stretches and gaps shorter than 1e-12 of the size of the solid (or of the
    distance, for a ray from afar) are dropped, and so may be chords of a grazing ray shorter than 1e-7 of it.

    Parameters
    ----------
    profile : shapely Polygon or MultiPolygon, or sequence of (z, r)
        The outline [m], with any number of pieces and holes and with r >= 0; or its vertices in order.

    Raises
    ------
    GeometryError
        If the profile is empty, crosses itself, dips below the axis or is no polygon at all.

    Examples
    --------
    >>> tracker = Revolved([(-1, 0.25), (2, 0.25), (2, 1), (-1, 1)])
    >>> tracker
    Revolved.tube(z=(-1, 2), r=(0.25, 1))
    >>> tracker.stretches((0, 0, 0), (1, 0, 0))
    Stretches(start=[[0.25]], stop=[[1.0]])
    """

    def __init__(self, profile: "Polygon | MultiPolygon | Iterable[Sequence[float]]") -> None:
        self._profile: Any = outlines.checked("profile", profile, "(z, r)")
        coordinates = shapely.get_coordinates(self._profile)
        lowest = coordinates[:, 1].argmin()
        if coordinates[lowest, 1] < 0:
            raise GeometryError(
                f"profile must have r >= 0 everywhere, got the vertex (z, r) = {described.numbers(coordinates[lowest])}"
            )
        self._slanted, self._flat = _edges(self._profile)
        z = coordinates[:, 0]
        self._centre = float(0.5 * (z.min() + z.max()))
        # a little larger, so that no vertex lies on the sphere
        self._radius = float(np.hypot(z - self._centre, coordinates[:, 1]).max() * (1 + 1e-9))

    @classmethod
    def tube(cls, z: Sequence[float], r: Sequence[float]) -> "Revolved":
        """Return a tube, or a full cylinder when the inner radius is 0.

        Parameters
        ----------
        z, r : (low, high)
            Where it begins and ends along the axis, and its inner and outer radius [m].

        Raises
        ------
        GeometryError
            If one of the pairs is not a lower and a higher number, or the inner radius is negative.
        """
        (z1, z2), (r1, r2) = arrays.interval("z", z), arrays.interval("r", r)
        return cls([(z1, r1), (z2, r1), (z2, r2), (z1, r2)])

    @property
    def profile(self) -> Any:
        """The outline in (z, r) [m], a shapely Polygon or MultiPolygon."""
        return self._profile

    def __repr__(self) -> str:
        box = outlines.as_box(self._profile)
        if box is None or type(self) is not Revolved:
            return super().__repr__()
        z1, r1, z2, r2 = box
        return f"Revolved.{described.call(Revolved.tube, {'z': (z1, z2), 'r': (r1, r2)})}"

    def _key(self) -> Hashable:
        return outlines.key(self._profile)

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = swept_polygon.contains(points, self._slanted)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(
            *swept_polygon.stretches(origins, directions, self._slanted, self._flat, self._centre, self._radius)
        )

    def _bounds(self) -> FloatArray:
        return self._turned_bounds(np.eye(3))

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        z, r = shapely.get_coordinates(self._profile).T
        along = rotation[:, 2]
        across = np.hypot(rotation[:, 0], rotation[:, 1])
        low = (np.outer(along, z) - np.outer(across, r)).min(axis=1)
        high = (np.outer(along, z) + np.outer(across, r)).max(axis=1)
        return np.stack([low, high])

    def _volume(self) -> float:
        """Add up the frusta below the edges; each ring counts with the sign of its orientation (Pappus)."""
        volume = 0.0
        for polygon in shapely.get_parts(self._profile):
            for ring, sign in [(polygon.exterior, 1), *((hole, -1) for hole in polygon.interiors)]:
                z, r = shapely.get_coordinates(ring).T
                frusta = np.diff(z) * (r[1:] ** 2 + r[1:] * r[:-1] + r[:-1] ** 2) * np.pi / 3
                volume += sign * abs(frusta.sum())
        return float(volume)

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        return triangulation.revolve(self._profile, segments)

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        outline = other._axial_profile(2 * (abs(self._centre) + self._radius))
        if outline is None or (operation == "|" and not isinstance(other, Revolved)):
            return None
        profile = outlines.combined(self._profile, outline, operation)
        return None if profile is None else Revolved(profile)

    def _axial_profile(self, reach: float) -> Any:
        return self._profile


def _edges(profile: Any) -> tuple[FloatArray, FloatArray]:
    """Return the tables of slanted and flat edges that the kernel works on, without edges on the axis."""
    slanted, flat = [], []
    for ring in shapely.get_rings(shapely.get_parts(profile)):
        vertices = shapely.get_coordinates(ring)
        for (z1, r1), (z2, r2) in pairwise(vertices):
            if r1 == r2 == 0:
                continue
            if z1 == z2:
                flat.append((z1, min(r1, r2), max(r1, r2)))
                continue
            if z1 > z2:
                z1, r1, z2, r2 = z2, r2, z1, r1
            length = np.hypot(z2 - z1, r2 - r1)
            slanted.append((z1, z2, r1, (r2 - r1) / (z2 - z1), (z2 - z1) / length, (r2 - r1) / length))
    if len(slanted) % swept_polygon.LANES >= swept_polygon.LANES // 2:
        # edges that no point is next to, to fill the lanes of a processor that works on several at once
        slanted += [(np.inf, np.inf, 0, 0, 0, 0)] * (-len(slanted) % swept_polygon.LANES)
    return np.array(slanted).reshape(-1, 6).T.copy(), np.array(flat).reshape(-1, 3).T.copy()
