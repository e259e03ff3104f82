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


def push(
    outline: Any, z: tuple[float, float], taper: tuple[float, float], shift: tuple[float, float], levels: int
) -> "trimesh.Trimesh":
    """Return the mesh of a polygon in (x, y), pushed along z, and on the way scaled and shifted.

    Parameters
    ----------
    outline : shapely Polygon or MultiPolygon
        What is seen at the lower z.
    z : (low, high)
        Where it begins and ends.
    taper, shift : (x, y)
        By how much it is scaled and shifted on the way.
    levels : int
        Into how many layers curved walls are cut; 1 where all walls are flat.
    """
    import trimesh

    pieces = []
    for polygon in shapely.get_parts(outline):
        polygon = shapely.orient_polygons(polygon)
        rings = [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(polygon)]
        flat = np.vstack(rings)
        n = len(flat)
        layers = []
        for u in np.linspace(0, 1, levels + 1):
            plane = flat * (1 + (np.array(taper) - 1) * u) + np.array(shift) * u
            layers.append(np.column_stack([plane, np.full(n, z[0] + (z[1] - z[0]) * u)]))
        vertices = np.vstack(layers)
        following = np.concatenate([np.roll(np.arange(len(r)), -1) for r in rings])
        following += np.repeat(np.cumsum([0, *(len(r) for r in rings[:-1])]), [len(r) for r in rings])

        index = {(x, y): i for i, (x, y) in enumerate(flat.tolist())}
        triangles = shapely.get_parts(shapely.constrained_delaunay_triangles(polygon))
        cap = np.array(
            [[index[x, y] for x, y in triangle.exterior.coords[:3]] for triangle in shapely.orient_polygons(triangles)]
        )
        faces = [cap[:, ::-1], cap + levels * n]
        for level in range(levels):
            a, b = np.arange(n) + level * n, following + level * n
            c, d = b + n, a + n
            if levels == 1:
                faces += [np.stack([a, b, c], axis=1), np.stack([a, c, d], axis=1)]
            else:  # four triangles around the middle, which lies on the curved wall
                middle = np.arange(n) + len(vertices)
                vertices = np.vstack([vertices, vertices[[a, b, c, d]].mean(axis=0)])
                faces += [np.stack([p, q, middle], axis=1) for p, q in ((a, b), (b, c), (c, d), (d, a))]
        piece = trimesh.Trimesh(vertices, np.vstack(faces), process=False)
        if taper == (0.0, 0.0) or len(index) < n:  # a pyramid, or rings that touch
            piece.merge_vertices()
            piece.update_faces(piece.nondegenerate_faces())
        pieces.append(piece)
    whole: Any = pieces[0] if len(pieces) == 1 else trimesh.util.concatenate(pieces)
    return whole  # type: ignore[no-any-return]


def hull(vertices: Any) -> "trimesh.Trimesh":
    """Return the mesh of the convex hull of points (n, 3)."""
    import trimesh
    from scipy.spatial import ConvexHull

    # flat bodies are sound, too, once stretched to a cube, which turns no triangle over
    stretched = (vertices - vertices.min(axis=0)) / np.ptp(vertices, axis=0)
    found = ConvexHull(stretched)
    a, b, c = (stretched[found.simplices[:, corner]] for corner in range(3))
    inward = (np.cross(b - a, c - a) * found.equations[:, :3]).sum(axis=1) < 0
    faces = np.where(inward[:, None], found.simplices[:, ::-1], found.simplices)
    return trimesh.Trimesh(vertices, faces, process=False)
