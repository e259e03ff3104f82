"""Merging the vertices of a triangle mesh, and turning the bodies in it that are inside out."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from farflung.geometry import described
from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import box_tree, closed_surface
from farflung.geometry.kernels.arrays import FloatArray

Faces = NDArray[np.int64]

_NEAR_CORNERS = np.array(
    [(1, 1, 1), (0.96, 0.02, 0.02), (0.02, 0.96, 0.02), (0.02, 0.02, 0.96), (49, 49, 2), (49, 2, 49), (2, 49, 49)]
)
"""Where in a triangle one looks on which side of another surface it lies."""


def merged(vertices: FloatArray, faces: Faces) -> tuple[FloatArray, Faces, Faces]:
    """Merge vertices that agree within 1e-8 of the size; drop the triangles that vanish and vertices of none.

    Returns the vertices, the triangles, and the same triangles as they were.
    """
    size = np.ptp(vertices[faces.ravel()], axis=0).max()
    if not 0 < size < np.inf:
        raise GeometryError(f"mesh must have an extent, but its vertices lie {size} m apart")
    _, first, inverse = np.unique(
        np.round((vertices - vertices[0]) / (1e-8 * size)), axis=0, return_index=True, return_inverse=True
    )
    new = first[inverse.ravel()][faces]
    a, b, c = new.T
    wide = (a != b) & (b != c) & (c != a)
    used, compact = np.unique(new[wide], return_inverse=True)
    return vertices[used], compact.reshape(-1, 3).astype(np.int64), faces[wide]


def facing_outwards(vertices: FloatArray, faces: Faces, separate: Faces) -> Faces:
    """Turn what is inside out: a body must face outwards, a hollow in a body inwards, a body in a hollow outwards.

    ``separate`` are the triangles before vertices were merged, which may still tell bodies apart that touch.
    Raises GeometryError if a body has a triangle twice, or no volume, or lies wholly inside another one and both face
    outwards.
    """
    labels = _bodies(faces, separate)
    _refuse_doubles(vertices, faces, labels)
    bodies = [np.flatnonzero(labels == label) for label in range(labels.max() + 1)]
    signs = np.array([np.sign(_volume(vertices[faces[body]])) for body in bodies])
    faces = faces.copy()
    for body, sign in zip(bodies, signs, strict=True):
        if sign < 0:
            faces[body] = faces[body][:, ::-1]
    around = _around([vertices[faces[body]] for body in bodies]) if len(bodies) > 1 else np.zeros((1, 1), np.bool_)
    depths = around.sum(axis=1)
    for i, body in enumerate(bodies):
        if depths[i] % 2 == 0:
            continue
        innermost = int(np.where(around[i], depths, -1).argmax())
        if signs[i] > 0 and signs[innermost] > 0:
            where = vertices[faces[body[0], 0]]
            raise GeometryError(
                f"mesh must not have a body inside another one, but the one at {described.numbers(where.tolist())} is; "
                "turn it inside out if it is a hollow, or leave it out"
            )
        faces[body] = faces[body][:, ::-1]
    return faces


def _bodies(faces: Faces, separate: Faces) -> NDArray[np.int64]:
    """Number the closed surfaces that a mesh consists of, and return for each triangle the number of its own."""
    labels = np.zeros(len(faces), dtype=np.int64)
    # bodies may touch along an edge, which then has four triangles; if that cuts a surface open it is one body
    for triangles, most in ((separate, 2), (faces, 2), (faces, np.inf)):
        edges = np.sort(triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
        _, edge, count = np.unique(edges, axis=0, return_inverse=True, return_counts=True)
        edge, triangle = edge.ravel(), np.repeat(np.arange(len(faces)), 3)
        use, n = count[edge] <= most, len(faces)
        graph = coo_array((np.ones(use.sum()), (triangle[use], n + edge[use])), shape=(n + len(count),) * 2)
        labels = np.unique(connected_components(graph, directed=False)[1][:n], return_inverse=True)[1].ravel()
        sides = np.unique(np.stack([labels[triangle], edge], axis=1), axis=0, return_counts=True)[1]
        if (sides % 2 == 0).all():
            break
    return labels


def _refuse_doubles(vertices: FloatArray, faces: Faces, labels: NDArray[np.int64]) -> None:
    """Raise GeometryError if a body has a triangle twice, or if all triangles come again, perhaps back to back.

    A body may have two that lie back to back: a wall between two rooms, which it has on both sides.
    """
    turned = np.stack([np.roll(faces, -k, axis=1) for k in range(3)])[faces.argmin(axis=1), np.arange(len(faces))]
    _, first, count = np.unique(np.column_stack([labels, turned]), axis=0, return_index=True, return_counts=True)
    doubled = first[count > 1]
    if (np.unique(np.sort(faces, axis=1), axis=0, return_counts=True)[1] > 1).all():
        doubled = np.arange(len(faces))
    if doubled.size:
        corners = ", ".join(described.numbers(corner.tolist()) for corner in vertices[faces[doubled[0]]])
        raise GeometryError(
            f"mesh must have each triangle once, but {len(doubled)} of its {len(faces)} come again, such as the one "
            f"with the corners {corners}; merge the copies"
        )


def _volume(triangles: FloatArray) -> float:
    a, b, c = (triangles - triangles.mean(axis=(0, 1))).transpose(1, 0, 2)
    return float((a * np.cross(b, c)).sum())


def _around(bodies: list[FloatArray]) -> NDArray[np.bool_]:
    """Tell for each body (first index), given as triangles that face outwards, which others lie all around it."""
    low, high = (np.array([end(body, axis=(0, 1)) for body in bodies]) for end in (np.min, np.max))
    within = np.asarray(np.logical_and(low[:, None] >= low, high[:, None] <= high).all(axis=2), dtype=np.bool_)
    np.fill_diagonal(within, False)
    for outer in np.flatnonzero(within.any(axis=0)):
        centre = 0.5 * (low[outer] + high[outer])
        radius = float(np.linalg.norm(high[outer] - low[outer]))
        corners, boxes, nodes = box_tree.build_tree(bodies[outer] - centre, 1e-9 * radius)
        for inner in np.flatnonzero(within[:, outer]):
            points = _just_inside(bodies[inner]) - centre
            within[inner, outer] = closed_surface.contains(points, corners, boxes, nodes, radius).all()
    return within


def _just_inside(triangles: FloatArray) -> FloatArray:
    """Return points under the surface, so near that the surface of another body lies between only if it touches."""
    weights = _NEAR_CORNERS / _NEAR_CORNERS.sum(axis=1, keepdims=True)
    a, b, c = triangles.transpose(1, 0, 2)
    normals = np.cross(b - a, c - a)
    length = np.linalg.norm(normals, axis=1)
    depth = 1e-7 * np.ptp(triangles, axis=(0, 1)).max()
    wide = length > 0
    under = triangles[wide] - (depth * normals[wide] / length[wide, None])[:, None, :]
    points: FloatArray = np.ascontiguousarray(np.einsum("wk,nkx->nwx", weights, under).reshape(-1, 3))
    return points
