"""What solids behind planes share: unit normals, owned faces, and the corners between planes."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import HalfspaceIntersection, QhullError

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels.arrays import FloatArray


def checked(normals: ArrayLike, offsets: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Return normals (m, 3) and offsets (m,) as arrays, or raise GeometryError."""
    try:
        n, d = np.array(normals, dtype=np.float64) + 0.0, np.array(offsets, dtype=np.float64) + 0.0
    except (TypeError, ValueError) as error:
        raise GeometryError(f"normals and offsets must be numbers, got {normals!r} and {offsets!r}") from error
    if n.ndim != 2 or n.shape[1] != 3 or d.shape != (len(n),):
        raise GeometryError(f"normals must be (m, 3) and offsets (m,), got {n.shape} and {d.shape}")
    if not (np.isfinite(n).all() and np.isfinite(d).all() and n.any(axis=1).all()):
        raise GeometryError("normals must be finite and not zero and offsets finite, one of them is not")
    return n, d


def unit(normals: FloatArray, offsets: FloatArray) -> FloatArray:
    """Return planes (m, 4) with normals of length one, or raise GeometryError if one lies beyond all numbers."""
    # powers of two change no digit, and without them squares of tiny and huge numbers are 0 and inf
    power = np.frexp(np.abs(normals).max(axis=1))[1]
    normals = np.ldexp(normals, -power[:, None])
    with np.errstate(over="ignore"):
        offsets = np.ldexp(offsets, -power)
    planes: FloatArray = np.column_stack([normals, offsets]) / np.linalg.norm(normals, axis=1)[:, None] + 0.0
    if not np.isfinite(planes).all():
        far = int(np.isinf(planes).any(axis=1).argmax())
        raise GeometryError(
            f"normals must not be so short that a plane lies infinitely far out, but plane {far} with the offset "
            f"{offsets[far]} has the normal {np.ldexp(normals[far], power[far]).tolist()}"
        )
    return planes


def owned(planes: FloatArray) -> NDArray[np.bool_]:
    """Tell which planes belong to the solid behind them, by the first part of the normal that is not 0."""
    normals = np.where(np.abs(planes[:, :3]) < 1e-12, 0.0, planes[:, :3])
    first = (normals != 0).argmax(axis=1)
    lower: NDArray[np.bool_] = np.take_along_axis(normals, first[:, None], axis=1)[:, 0] < 0
    return lower


def corners(planes: FloatArray) -> tuple[FloatArray, NDArray[np.int64]]:
    """Return the corners of the body behind the planes, and the planes that have a face on it."""
    from scipy.optimize import linprog

    normals, offsets = planes[:, :3], planes[:, 3]
    m = len(planes)
    # Bounded if and only if the normals, each taken with some positive weight, add up to zero.
    balance = linprog(np.zeros(m), A_eq=normals.T, b_eq=np.zeros(3), bounds=(1, None))
    if m < 4 or not balance.success or np.linalg.matrix_rank(normals) < 3:
        raise GeometryError(
            f"the {m} planes must enclose a bounded body, but leave a way to infinity; use HalfSpace there"
        )
    centre, near, scale, radius = np.zeros(3), offsets, 1.0, 0.0
    # The centre and the radius of the largest ball inside; again from there, for the answer has absolute errors.
    for _ in range(3):
        table = np.column_stack([normals, np.ones(m)])
        ball: Any = linprog([0, 0, 0, -1], A_ub=table, b_ub=near / scale, bounds=(None, None))
        if not ball.success:
            break
        centre, radius = centre + ball.x[:3] * scale, ball.x[3] * scale
        near = offsets - normals @ centre
        scale = float(np.abs(near).max()) or 1.0
    rounding = 1e-14 * max(float(np.abs(centre).max()), scale)
    if not ball.success or radius <= max(1e-10 * scale, rounding) or near.min() <= rounding:
        raise GeometryError(f"the {m} planes must enclose a volume, but leave no room between them")
    try:
        facets = HalfspaceIntersection(np.column_stack([normals, -near / scale]), np.zeros(3)).dual_facets
    except QhullError as error:
        raise GeometryError(f"the {m} planes must enclose a volume, but it is too thin to find its corners") from error
    found = np.array([_meeting_point(normals[facet], offsets[facet]) for facet in facets])
    grain = max(1e-9 * np.ptp(found, axis=0).max(), 1e-14 * np.abs(found).max())
    _, first = np.unique(np.round(found / grain), axis=0, return_index=True)
    return found[np.sort(first)] + 0.0, np.unique(np.concatenate([np.asarray(facet) for facet in facets]))


def _meeting_point(normals: FloatArray, offsets: FloatArray) -> FloatArray:
    """Return the point that three planes or more have in common."""
    if len(normals) == 3:
        return np.asarray(np.linalg.solve(normals, offsets), dtype=np.float64)
    return np.asarray(np.linalg.pinv(normals) @ offsets, dtype=np.float64)
