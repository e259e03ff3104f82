"""Everything between two polar angles."""

import math
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import between_cones, triangulation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.revolved import Revolved
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh


class PolarAngle(Solid):
    """Everything between two polar angles as seen from the origin, without end.

    An angular acceptance is a solid like any other. Intersected with a `Revolved` on the same axis it makes
    another one. The smaller angle belongs to it and the larger does not, except that 0 and pi are no limits.
    Along a cone rounding decides: the answer is that for a ray moved by at most 1e-13 of the distances.

    Parameters
    ----------
    low, high : float
        The angles from the z axis [rad], ``0 <= low < high <= pi``.

    Raises
    ------
    GeometryError
        If the angles are not in order or not between 0 and pi.

    Examples
    --------
    >>> acceptance = PolarAngle.from_degrees(17, 150)
    >>> acceptance.contains([(0, 1, 0), (0, 0.1, 1)])
    array([ True, False])
    """

    def __init__(self, low: float, high: float) -> None:
        self._low, self._high = _checked("low and high", (low, high), "radians", (0, math.pi), "pi")
        self._limits = np.array(
            [
                (math.cos(self._low), math.sin(self._low)),
                (math.cos(self._high), 0.0 if self._high == math.pi else math.sin(self._high)),
            ]
        )

    @classmethod
    def from_degrees(cls, low: float, high: float) -> "PolarAngle":
        """Return everything between two polar angles in degrees.

        Parameters
        ----------
        low, high : float
            The angles from the z axis [degrees], ``0 <= low < high <= 180``.

        Raises
        ------
        GeometryError
            If the angles are not in order or not between 0 and 180 degrees.
        """
        low, high = _checked("low and high", (low, high), "degrees", (0, 180), "180")
        return cls(math.radians(low), math.radians(high))._made_by("from_degrees", low=low, high=high)

    @classmethod
    def from_pseudorapidity(cls, low: float, high: float) -> "PolarAngle":
        """Return everything between two pseudorapidities, ``eta = -ln tan(theta / 2)``.

        Parameters
        ----------
        low, high : float
            The pseudorapidities, ``low < high``; -inf and inf stand for the axis.

        Raises
        ------
        GeometryError
            If the pseudorapidities are not in order, or so large that rounding leaves no angle between them.
        """
        low, high = _checked("low and high", (low, high), "pseudorapidity", (-math.inf, math.inf), "inf")
        angles = _polar_angle(high), _polar_angle(low)
        if not angles[0] < angles[1]:
            raise GeometryError(
                f"low and high must leave an angle between them, but the pseudorapidities {low} and {high} "
                f"both stand for the polar angle {angles[0]}"
            )
        return cls(*angles)._made_by("from_pseudorapidity", low=low, high=high)

    @property
    def low(self) -> float:
        """The smaller angle [rad]."""
        return self._low

    @property
    def high(self) -> float:
        """The larger angle [rad]."""
        return self._high

    def _key(self) -> Hashable:
        return self._low, self._high

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = between_cones.contains(points, self._limits)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(*between_cones.stretches(origins, directions, self._limits))

    def _bounds(self) -> FloatArray:
        low, high = np.full(3, -np.inf), np.full(3, np.inf)
        if self._high <= math.pi / 2:
            low[2] = 0
        if self._low >= math.pi / 2:
            high[2] = 0
        return np.stack([low, high])

    def _axial_profile(self, reach: float) -> Any:
        # the corners of a box around the origin lie at 45, 90 and 135 degrees
        between = [a for a in np.array([1, 2, 3]) * math.pi / 4 if self._low < a < self._high]
        rim = [(0.0, 0.0)]
        for angle in (self._low, *between, self._high):
            z, r = math.cos(angle), math.sin(angle)
            if angle in (0, math.pi):
                r = 0.0
            far = reach / max(abs(z), r)
            rim.append((far * z, far * r))
        return shapely.Polygon(rim)

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        if operation != "&":
            return None
        if not isinstance(other, PolarAngle):
            return self._cut(other)
        low, high = max(self._low, other._low), min(self._high, other._high)
        return PolarAngle(low, high) if low < high else None

    def _cut(self, other: Solid) -> Solid | None:
        """Return the cone that a plane across the axis cuts off, if that is what it does."""
        planes = other._planes_behind()
        if planes is None or len(planes) != 1 or planes[0, 0] != 0 or planes[0, 1] != 0:
            return None
        forward, end = planes[0, 2] > 0, float(planes[0, 3] / planes[0, 2])
        if not (end > 0 and self._high < math.pi / 2 if forward else end < 0 and self._low > math.pi / 2):
            return None
        rim = [abs(end * math.tan(angle)) if angle < math.pi else 0.0 for angle in (self._low, self._high)]
        return Revolved([(0, 0), (end, rim[0]), (end, rim[1])])

    def _mesh_within(self, low: FloatArray, high: FloatArray, segments: int) -> "trimesh.Trimesh":
        # the straight pieces cut the corners of a circle
        far = float(np.linalg.norm(np.maximum(np.abs(low), np.abs(high)))) / math.cos(math.pi / segments)
        return triangulation.revolve(self._axial_profile(far), segments)


def _checked(
    names: str, values: tuple[Any, Any], unit: str, limits: tuple[float, float], highest: str
) -> tuple[float, float]:
    """Return two numbers in order and within limits, or raise GeometryError in the unit of the caller."""
    try:
        low, high = float(values[0]) + 0.0, float(values[1]) + 0.0
    except (TypeError, ValueError, OverflowError) as error:
        raise GeometryError(f"{names} must be angles in {unit}, got {values[0]!r} and {values[1]!r}") from error
    if not limits[0] <= low < high <= limits[1]:
        raise GeometryError(
            f"{names} must obey {limits[0]} <= low < high <= {highest} in {unit}, got {values[0]!r} and {values[1]!r}"
        )
    return low, high


def _polar_angle(eta: float) -> float:
    """Return the polar angle of a pseudorapidity, without overflow: 0 at inf and pi at -inf."""
    near = 2 * math.atan(math.exp(-abs(eta)))
    return near if eta >= 0 else math.pi - near
