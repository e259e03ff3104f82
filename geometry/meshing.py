"""Closed meshes of solids that have a formula: for drawing, and for independent checks."""

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    import trimesh


def revolve(profile: Any, segments: int) -> "trimesh.Trimesh":
    """Return the mesh of a polygon in (z, r) swept about the z axis.

    The vertices lie on the surface, so the mesh is a little smaller than the solid, in proportion to
    ``1 / segments**2``.

    Parameters
    ----------
    profile : shapely Polygon or MultiPolygon
        The outline, r >= 0.
    segments : int
        The number of straight pieces that stand for a full circle.
    """
    import trimesh

    angles = 2 * np.pi * np.arange(segments) / segments
    around = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    vertices: list[Any] = []
    faces: list[tuple[int, int, int]] = []
    for polygon in shapely.get_parts(profile):
        for ring in shapely.get_rings(shapely.orient_polygons(polygon)):
            circles = []
            for z, r in shapely.get_coordinates(ring)[:-1]:
                first = len(vertices)
                turns = around if r > 0 else around[:1]
                vertices.extend((r * x, r * y, z) for x, y in turns)
                circles.append([first + (j if r > 0 else 0) for j in range(segments)])
            for here, there in zip(circles, circles[1:] + circles[:1], strict=True):
                for j in range(segments):
                    k = (j + 1) % segments
                    # the shell runs anticlockwise in (z, r), with the solid on its left
                    for face in ((here[j], here[k], there[k]), (here[j], there[k], there[j])):
                        if len(set(face)) == 3:
                            faces.append(face)
    mesh = trimesh.Trimesh(np.array(vertices), np.array(faces), process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh
