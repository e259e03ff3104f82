"""Reading triangle meshes from files."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from farflung.geometry import described
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels.arrays import FloatArray

if TYPE_CHECKING:
    import trimesh

LARGEST = 1000.0
"""Extent [m] above which a mesh is taken to be drawn in another unit, unless somebody says that it is not."""

_NO_MESHES = {"bz2", "dxf", "stl_ascii", "tar.bz2", "tar.gz", "xyz", "zip"}
"""What trimesh also reads: drawings, clouds of points, archives."""


def read(path: str | Path, metres_per_unit: float | None) -> tuple[FloatArray, NDArray[np.int64]]:
    """Read the corners [m] (n, 3) and the triangles (m, 3) of all bodies in a file, each where the scene places it.

    Raises
    ------
    GeometryError
        If the file is missing, damaged or none of triangles; or if the unit is not positive, or is not known although
        the mesh would have more than `LARGEST` metres with what the file says, or with a metre where it says nothing.
    """
    unit = None if metres_per_unit is None else _positive(metres_per_unit)
    loaded = _loaded(path)
    vertices, faces = np.array(loaded.vertices, dtype=np.float64), np.array(loaded.faces, dtype=np.int64)
    if unit is None:
        unit = _unit_of(loaded)
        extent = float(np.ptp(vertices[np.unique(faces)], axis=0).max()) * unit
        if extent > LARGEST:
            raise GeometryError(
                f"metres_per_unit must be given for {str(path)!r}, which would be {described.number(extent / 1000)} km "
                f"across with {described.number(unit)}; give 0.001 if it is drawn in millimetres, 1 if in metres"
            )
    return vertices * unit, faces


def _positive(metres_per_unit: object) -> float:
    try:
        unit = float(metres_per_unit)  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise GeometryError(
            f"metres_per_unit must be a number, such as 0.001 for millimetres, got {metres_per_unit!r}"
        ) from error
    if not 0 < unit < np.inf:
        raise GeometryError(f"metres_per_unit must be a positive number, got {metres_per_unit!r}")
    return unit


def _unit_of(mesh: "trimesh.Trimesh") -> float:
    """Metres per unit of what a file says, as 3MF and COLLADA do; a metre if it says nothing."""
    from trimesh.units import unit_conversion

    return float(unit_conversion(mesh.units, "meters")) if mesh.units else 1.0


def _loaded(path: str | Path) -> Any:
    import trimesh

    if not isinstance(path, str | Path):
        raise GeometryError(f"path must be the name of a mesh file, got {path!r}")
    if Path(path).is_dir():
        raise GeometryError(f"path must be the name of a mesh file, but {str(path)!r} is a folder")
    if not Path(path).is_file():
        raise GeometryError(f"path must be the name of a mesh file, but there is no file {str(path)!r}")
    kinds = sorted(set(trimesh.available_formats()) - _NO_MESHES)
    ending = Path(path).suffix.lower().lstrip(".")
    if ending not in kinds:
        raise GeometryError(
            f"path must be a mesh file ({', '.join(kinds)}), not {str(path)!r}; "
            "have the program that made it write the surface as triangles, in STL or GLB"
        )
    try:
        loaded = trimesh.load_scene(path).to_mesh()
    except Exception as error:  # every format has a loader with exceptions of its own
        # a loader that runs into nonsense looks for helpers to decipher it, whose absence says nothing about the file
        reason = "" if isinstance(error, ImportError) else f" ({error})"
        raise GeometryError(_damaged(path) + reason) from error
    if not len(getattr(loaded, "faces", ())):
        raise GeometryError(_damaged(path))
    return loaded


def _damaged(path: str | Path) -> str:
    size = Path(path).stat().st_size
    return f"path must be a mesh file, but {str(path)!r} of {size} bytes holds no triangles, or is cut off or damaged"
