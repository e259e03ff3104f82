"""Any closed triangle mesh."""

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from farflung.geometry import described, mesh_file
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import box_tree, closed_surface, orientation
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

if TYPE_CHECKING:
    import trimesh


class Mesh(Solid):
    """Whatever a closed triangle mesh encloses: for shapes that nothing else describes.

    Every edge must belong to two triangles, which run along it in opposite directions: what leaks is refused, and
    so is what has the same triangle twice.
    It may be of several bodies, with hollows and bodies in the hollows; what is inside out for where it lies
    is turned. Where bodies overlap, `stretches` and `contains` take them as one, but the volume counts the
    overlap twice; a body that lies wholly inside another one is refused.

    A ray through an edge or a corner, or along a face, is treated as if shifted by an infinitely small
    amount, the same for all triangles, so that it enters as often as it leaves; where rounding interferes,
    the answer is that for a ray moved by at most 1e-8 of the size of the mesh. A face belongs to the solid if
    the first component of its outward normal that is not zero is negative. Stretches and gaps shorter than
    1e-12 of the size of the mesh are dropped.

    Parameters
    ----------
    mesh : trimesh.Trimesh
        The mesh [m]. Vertices that coincide within 1e-8 of the size of the mesh are merged.

    Raises
    ------
    GeometryError
        If the mesh is empty, not finite or not watertight, and the message says where it leaks; if a triangle is
        given twice; or if a body lies inside another one.
    """

    def __init__(self, mesh: "trimesh.Trimesh") -> None:
        import trimesh

        if not isinstance(mesh, trimesh.Trimesh):
            raise GeometryError(f"mesh must be a trimesh.Trimesh, got a {type(mesh).__name__}")
        vertices, faces = np.array(mesh.vertices, dtype=np.float64), np.array(mesh.faces, dtype=np.int64)
        if len(faces) == 0 or not np.isfinite(vertices).all():
            raise GeometryError(f"mesh must have faces and finite vertices, got {len(faces)} faces")
        vertices, faces, separate = orientation.merged(vertices, faces)
        if len(faces) == 0:
            raise GeometryError("mesh must enclose a volume, but all its triangles are lines or points")
        _refuse_leaks(trimesh.Trimesh(vertices, faces, process=False))
        self._vertices: FloatArray = vertices + 0.0
        self._faces: NDArray[np.int64] = orientation.facing_outwards(vertices, faces, separate)
        low, high = self._bounds()
        self._centre = 0.5 * (low + high)
        self._radius = float(np.linalg.norm(self._vertices - self._centre, axis=1).max() * (1 + 1e-9))
        triangles = self._vertices[self._faces]
        self._corners, self._boxes, self._nodes = box_tree.build_tree(triangles, 1e-9 * self._radius)

    @classmethod
    def load(cls, path: str | Path, metres_per_unit: float | None = None) -> "Mesh":
        """Read a mesh from an STL, OBJ, PLY, OFF, GLB or other file that trimesh reads.

        Parameters
        ----------
        path : str or Path
            The file. All the bodies of a scene are taken together, each where the scene places it.
        metres_per_unit : float, optional
            The length of a unit of the file [m]: 0.001 for a drawing in millimetres. By default what the file says,
            or a metre where it says nothing, as STL and OBJ do; a mesh of more than a kilometre must have it.

        Raises
        ------
        GeometryError
            If the file is missing, damaged or not a mesh, the unit is not positive, or missing for a mesh of more than
            a kilometre; or as for the constructor.
        """
        import trimesh

        vertices, faces = mesh_file.read(path, metres_per_unit)
        try:
            solid = cls(trimesh.Trimesh(vertices, faces, process=False))
        except GeometryError as problem:
            raise GeometryError(f"{path}: {problem}") from problem
        unit = None if metres_per_unit is None else float(metres_per_unit)
        return solid._made_by("load", path=str(path), metres_per_unit=unit)

    @property
    def vertices(self) -> FloatArray:
        """The corners of the triangles [m], (n, 3)."""
        return self._vertices.copy()

    @property
    def faces(self) -> NDArray[np.int64]:
        """The triangles, as indices of their corners, (m, 3), anticlockwise as seen from outside."""
        return self._faces.copy()

    def __repr__(self) -> str:
        if self._maker is not None:
            return super().__repr__()
        return f"<Mesh of {len(self._faces)} triangles, {described.number(float(f'{self._volume():.6g}'))} m^3>"

    def _key(self) -> Hashable:
        return self._vertices.tobytes(), self._faces.tobytes()

    def _contains(self, points: FloatArray) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = closed_surface.contains(
            points, self._corners, self._boxes, self._nodes, self._radius
        )
        return inside

    def _stretches(self, origins: FloatArray, directions: FloatArray) -> Stretches:
        return Stretches._trusted(
            *closed_surface.stretches(
                origins, directions, self._corners, self._boxes, self._nodes, self._centre, self._radius
            )
        )

    def _bounds(self) -> FloatArray:
        return np.stack([self._vertices.min(axis=0), self._vertices.max(axis=0)])

    def _turned_bounds(self, rotation: FloatArray) -> FloatArray:
        turned = self._vertices @ rotation.T
        return np.stack([turned.min(axis=0), turned.max(axis=0)])

    def _volume(self) -> float:
        """Add up the tetrahedra between the triangles and the centre."""
        a, b, c = ((self._vertices - self._centre)[self._faces[:, corner]] for corner in range(3))
        return float((a * np.cross(b, c)).sum() / 6)

    def _to_mesh(self, segments: int) -> "trimesh.Trimesh":
        import trimesh

        return trimesh.Trimesh(self._vertices, self._faces, process=False)


def _refuse_leaks(mesh: "trimesh.Trimesh") -> None:
    """Raise GeometryError if there is an edge that does not join two triangles of one orientation."""
    edges = np.sort(mesh.edges, axis=1)
    directed = np.where(mesh.edges[:, 0] < mesh.edges[:, 1], 1, -1)
    unique, inverse, count = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
    balance = np.bincount(inverse.ravel(), weights=directed)
    # an edge of four triangles is sound where two bodies touch along it, as long as its directions balance
    leaks = (count % 2 == 1) | (balance != 0)
    if not leaks.any():
        return
    worst = int((np.where(count % 2 == 1, 2, 1) * leaks).argmax())
    digits = 6 - int(np.floor(np.log10(mesh.extents.max())))
    ends = np.asarray(mesh.vertices)[unique[worst]].round(digits)
    what = "leaks" if count[worst] % 2 == 1 else "has triangles that face the wrong way"
    raise GeometryError(
        f"mesh must be watertight, but {what}: {int(leaks.sum())} of its {len(unique)} edges do not join "
        f"triangles properly, such as the one from {described.numbers(ends[0])} to {described.numbers(ends[1])}, "
        f"which has {int(count[worst])} of them"
    )
