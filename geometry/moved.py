"""A solid that was turned and shifted."""

import itertools
from collections.abc import Hashable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.transform import Rotation

from farflung.geometry import described
from farflung.geometry.combination import Combination
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import arrays
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh

_STILL = np.eye(3)


class Moved(Solid):
    """A solid turned about the coordinate origin and then shifted; made by ``Solid.moved``.

    Rays and points are taken back into the frame of the solid, so nothing about it is lost. Several motions
    in a row make one, and the motion that leads back gives the solid itself.

    Parameters
    ----------
    solid : Solid
        What is moved.
    translation : (3,) array
        The shift [m], done after the turn.
    rotation : scipy.spatial.transform.Rotation or (3, 3) array, optional
        The turn.

    Raises
    ------
    GeometryError
        If the translation is not a finite (3,) vector or the rotation not a proper rotation.
    """

    def __init__(
        self,
        solid: Solid,
        translation: ArrayLike = (0.0, 0.0, 0.0),
        rotation: "Rotation | ArrayLike | None" = None,
    ) -> None:
        if not isinstance(solid, Solid):
            raise GeometryError(f"solid must be a Solid, got {solid!r}")
        self._solid = solid
        self._translation = arrays.vector("translation", translation)
        self._rotation = _turn(rotation)

    @classmethod
    def _of(cls, solid: Solid, translation: ArrayLike, rotation: "Rotation | ArrayLike | None") -> Solid:
        """Move a solid; if it has been moved before, make one motion of both."""
        shift, turn = arrays.vector("translation", translation), _turn(rotation)
        if isinstance(solid, Moved):
            shift = turn @ solid._translation + shift
            turn = turn @ solid._rotation
            solid = solid._solid
        if np.array_equal(turn, _STILL) and not shift.any():
            return solid
        return cls(solid, shift, turn)

    @property
    def solid(self) -> Solid:
        """What was moved."""
        return self._solid

    @property
    def translation(self) -> FloatArray:
        """The shift [m], (3,)."""
        return self._translation.copy()

    @property
    def rotation(self) -> FloatArray:
        """The turn done before the shift, a (3, 3) matrix."""
        return self._rotation.copy()

    def __repr__(self) -> str:
        inner = f"({self._solid!r})" if isinstance(self._solid, Combination) else repr(self._solid)
        given = {"translation": self._translation, "rotation": self._rotation if self._turns else None}
        return f"{inner}.{described.call(self._solid.moved, given)}"

    def _key(self) -> Hashable:
        return self._solid, tuple(self._translation.tolist()), tuple(self._rotation.ravel().tolist())

    @property
    def _turns(self) -> bool:
        return not np.array_equal(self._rotation, _STILL)

    def _back(self, points: FloatArray) -> FloatArray:
        """Take points back into the frame of the solid."""
        local = points - self._translation
        return local @ self._rotation if self._turns else local

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        return self._solid._contains(self._back(points))

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return self._solid._stretches(self._back(origins), directions @ self._rotation if self._turns else directions)

    def _bounds(self) -> FloatArray:
        return self._solid._turned_bounds(self._rotation) + self._translation

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        return self._solid._turned_bounds(rotation @ self._rotation) + rotation @ self._translation

    def _volume(self) -> float:
        return self._solid.volume

    def _operands(self) -> tuple[Solid, Solid, str] | None:
        operands = self._solid._operands()
        if operands is None:
            return None
        left, right, operation = operands
        return left.moved(self._translation, self._rotation), right.moved(self._translation, self._rotation), operation

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        return self._solid.to_mesh(segments).apply_transform(self._motion())

    def _mesh_within(self, low: FloatArray, high: FloatArray, segments: int) -> "trimesh.Trimesh":
        corners = self._back(np.array(list(itertools.product(*np.stack([low, high], axis=1)))))
        mesh = self._solid._mesh_within(corners.min(axis=0), corners.max(axis=0), segments)
        return mesh.apply_transform(self._motion())

    def _motion(self) -> FloatArray:
        motion = np.eye(4)
        motion[:3, :3], motion[:3, 3] = self._rotation, self._translation
        return motion

    def _combined(self, other: Solid, operation: str) -> Solid | None:
        if not isinstance(other, Moved):
            return None
        if not (
            np.array_equal(other._rotation, self._rotation) and np.array_equal(other._translation, self._translation)
        ):
            return None
        inner = self._solid._combined(other._solid, operation)
        return None if inner is None else inner.moved(self._translation, self._rotation)


Solid._make_moved = Moved._of


def _turn(rotation: "Rotation | ArrayLike | None") -> FloatArray:
    """Return a rotation as a (3, 3) matrix."""
    if rotation is None:
        return _STILL.copy()
    if isinstance(rotation, Rotation):
        matrix = np.asarray(rotation.as_matrix(), dtype=np.float64)
    else:
        try:
            matrix = np.array(rotation, dtype=np.float64)
        except (TypeError, ValueError) as error:
            raise GeometryError(f"rotation must be a scipy Rotation or a (3, 3) matrix, got {rotation!r}") from error
    if matrix.shape != (3, 3):
        raise GeometryError(f"rotation must be one scipy Rotation or a (3, 3) matrix, got shape {matrix.shape}")
    if not np.allclose(matrix @ matrix.T, _STILL, rtol=0, atol=1e-9) or np.linalg.det(matrix) < 0:
        raise GeometryError(f"rotation must be a proper rotation (orthogonal, determinant +1), got {matrix.tolist()}")
    return matrix + 0.0
