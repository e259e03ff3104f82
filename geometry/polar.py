"""Everything between two polar angles."""

import math
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray

from farflung.geometry import _polar, _text
from farflung.geometry.errors import GeometryError
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import FloatArray, Stretches

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
        try:
            self._low, self._high = float(low), float(high)
        except (TypeError, ValueError) as error:
            raise GeometryError(
                f"low and high must be angles in radians, got {low!r} and {high!r}"
            ) from error
        if not 0 <= self._low < self._high <= math.pi:
            raise GeometryError(
                f"low and high must obey 0 <= low < high <= pi in radians, got {low} and {high}"
            )
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
        """
        return cls(math.radians(low), math.radians(high))

    @classmethod
    def from_pseudorapidity(cls, low: float, high: float) -> "PolarAngle":
        """Return everything between two pseudorapidities, ``eta = -ln tan(theta / 2)``.

        Parameters
        ----------
        low, high : float
            The pseudorapidities, ``low < high``; -inf and inf stand for the axis.
        """
        return cls(2 * math.atan(math.exp(-high)), min(math.pi, 2 * math.atan(math.exp(-low))))

    @property
    def low(self) -> float:
        """The smaller angle [rad]."""
        return self._low

    @property
    def high(self) -> float:
        """The larger angle [rad]."""
        return self._high

    def __repr__(self) -> str:
        return f"PolarAngle({_text.number(self._low)}, {_text.number(self._high)})"

    def _key(self) -> Hashable:
        return self._low, self._high

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = _polar.contains(points, self._limits)
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(*_polar.stretches(origins, directions, self._limits))

    def _bounds(self) -> FloatArray:
        low, high = np.full(3, -np.inf), np.full(3, np.inf)
        if self._high <= math.pi / 2:
            low[2] = 0
        if self._low >= math.pi / 2:
            high[2] = 0
        return np.stack([low, high])

    def _mesh_within(self, reach: float, segments: int) -> "trimesh.Trimesh":
        from farflung.geometry.meshing import revolve

        # straight pieces in the place of circles come closer to the axis
        return revolve(self._axial_profile(reach / math.cos(math.pi / segments)), segments)

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
        if operation != "&" or not isinstance(other, PolarAngle):
            return None
        low, high = max(self._low, other._low), min(self._high, other._high)
        return PolarAngle(low, high) if low < high else None
