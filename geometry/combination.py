"""Union, intersection and difference of any two solids."""

from collections.abc import Hashable
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from farflung.geometry import _intervals
from farflung.geometry.errors import GeometryError
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import FloatArray, Stretches

if TYPE_CHECKING:
    import trimesh

_OPERATIONS = {"|": _intervals.UNION, "&": _intervals.INTERSECTION, "-": _intervals.DIFFERENCE}
_MESH_OPERATIONS: dict[str, Literal["difference", "union", "intersection"]] = {
    "|": "union",
    "&": "intersection",
    "-": "difference",
}
_SLIVER = 1e-12


class Combination(Solid):
    """Two solids combined by ``|``, ``&`` or ``-``, which is how it is made.

    The stretches of a ray are combined exactly, as intervals; no mesh is involved. Ends that agree within
    1e-12 of the ray's distances (its own, and that of its origin from the coordinate origin) count as one, so
    that solids that share a face leave neither a gap nor a sliver between them.

    The volume is integrated over 3 x 65,536 chords (about 1e-4, relative), the bounds enclose the solid but
    may be wider than it is. ``to_mesh`` needs the package manifold3d.

    Parameters
    ----------
    left, right : Solid
        The operands.
    operation : {"|", "&", "-"}
        Union, intersection, or what is in the left one and not in the right one.
    """

    def __init__(self, left: Solid, right: Solid, operation: str) -> None:
        if operation not in _OPERATIONS:
            raise GeometryError(f'operation must be "|", "&" or "-", got {operation!r}')
        for name, value in (("left", left), ("right", right)):
            if not isinstance(value, Solid):
                raise GeometryError(f"{name} must be a Solid, got {value!r}")
        self._left, self._right, self._operation = left, right, operation

    @property
    def left(self) -> Solid:
        """The first operand."""
        return self._left

    @property
    def right(self) -> Solid:
        """The second operand."""
        return self._right

    @property
    def operation(self) -> str:
        """What combines them: ``|``, ``&`` or ``-``."""
        return self._operation

    def __repr__(self) -> str:
        sides = (
            f"({side!r})" if isinstance(side, Combination) else repr(side)
            for side in (self._left, self._right)
        )
        return f" {self._operation} ".join(sides)

    def _key(self) -> Hashable:
        return self._operation, self._left, self._right

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        left, right = self._left._contains(points), self._right._contains(points)
        if self._operation == "|":
            return left | right
        return left & right if self._operation == "&" else left & ~right

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return self._left._stretches(origins, directions)._combined(
            self._right._stretches(origins, directions),
            _OPERATIONS[self._operation],
            np.abs(origins).max(axis=1, initial=0.0),
            _SLIVER,
        )

    def _bounds(self) -> FloatArray:
        return _combined_bounds(self._left._bounds(), self._right._bounds(), self._operation)

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        left, right = self._left._turned_bounds(rotation), self._right._turned_bounds(rotation)
        return _combined_bounds(left, right, self._operation)

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        return self._mesh_within(float(np.linalg.norm(np.abs(self._bounds()).max(axis=0))), segments)

    def _mesh_within(self, reach: float, segments: int) -> "trimesh.Trimesh":
        from trimesh.boolean import boolean_manifold

        sides = [side._mesh_within(reach, segments) for side in (self._left, self._right)]
        try:
            mesh: trimesh.Trimesh = boolean_manifold(sides, _MESH_OPERATIONS[self._operation])
        except ModuleNotFoundError as error:
            raise GeometryError(
                "the mesh of combined solids needs manifold3d: pip install manifold3d"
            ) from error
        return mesh


def _combined_bounds(left: FloatArray, right: FloatArray, operation: str) -> FloatArray:
    """Return a box around the combination of two solids, given a box around each."""
    if operation == "-":
        return left
    if operation == "|":
        return np.stack([np.minimum(left[0], right[0]), np.maximum(left[1], right[1])])
    low, high = np.maximum(left[0], right[0]), np.minimum(left[1], right[1])
    return np.stack([low, np.maximum(low, high)])
