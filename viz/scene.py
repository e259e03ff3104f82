"""A detector in three dimensions."""

from pathlib import Path

import numpy as np
import trimesh
from matplotlib.colors import to_rgba

from farflung.detectors import DetectorError
from farflung.viz.joint_detector import Detectors, as_one
from farflung.viz.solid_looks import shades
from farflung.viz.views import extent, has_end

_SEGMENTS = 96


def detector_scene(detector: Detectors) -> trimesh.Scene:
    """Translucent meshes of a detector's solids, named as they are, ready to be exported or shown.

    Solids without an end, such as a cone of acceptance, have no mesh and are left out; their names are in the
    scene's ``metadata["without_mesh"]``.

    Parameters
    ----------
    detector
        The detector, or its name.

    Returns
    -------
    trimesh.Scene
        In metres, z along the beam.

    Raises
    ------
    DetectorError
        If no solid has an end in every direction.
    """
    whole = as_one(detector)
    extent(whole)
    scene = trimesh.Scene(metadata={"detector": whole.name, "units": "m"})
    endless = []
    shade_of = shades(whole)
    for name, solid in whole.solids.items():
        if not has_end(solid):
            endless.append(name)
            continue
        mesh = solid.to_mesh(_SEGMENTS)
        # a shade that looks well as an area on paper is too pale for a translucent surface
        colour = (0.75 * np.array(to_rgba(shade_of[name])[:3])).tolist()
        mesh.visual = trimesh.visual.TextureVisuals(
            material=trimesh.visual.material.PBRMaterial(
                baseColorFactor=[*colour, 0.35], alphaMode="BLEND", doubleSided=True, name=name
            )
        )
        scene.add_geometry(mesh, node_name=name, geom_name=name)
    scene.metadata["without_mesh"] = endless
    return scene


def save_scene(scene: trimesh.Scene, path: str | Path) -> None:
    """Write a scene to a .glb file, which browsers, slides and CAD programs show.

    Raises
    ------
    DetectorError
        If the file's name does not end in .glb.
    """
    if Path(path).suffix.lower() != ".glb":
        raise DetectorError(f"path = '{path}' must end in .glb")
    Path(path).write_bytes(scene.export(file_type="glb"))
