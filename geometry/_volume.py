"""Volumes without a formula: from chords along the axes, and by inclusion and exclusion."""

from typing import TYPE_CHECKING

import numpy as np

from farflung.geometry.kernels.arrays import FloatArray

if TYPE_CHECKING:
    from farflung.geometry.solid import Solid

CHORDS = 1 << 16
"""Chords along each of the three axes."""

REFINED = 1 << 18
"""As many are taken where the three axes disagree by more than `FAIR`."""

FAIR = 3e-4
"""The relative error, estimated from the spread of the three axes, that is good enough."""

TERMS = 32
"""From so many intersections on, the whole solid is integrated in one go."""


def from_chords(solid: "Solid") -> float:
    """Return the mean over the three axes of the chords of a bounded solid, integrated over its bounding box."""
    low, high = solid._bounds()
    if not (high > low).all():
        return 0.0
    for n in (CHORDS, REFINED):
        estimates = np.array([_along(solid, axis, low, high, n) for axis in range(3)])
        mean = float(estimates.mean())
        if estimates.std(ddof=1) <= FAIR * mean:
            break
    return mean


def _along(solid: "Solid", axis: int, low: FloatArray, high: FloatArray, n: int) -> float:
    """Return the volume from n chords along one axis, on seeded quasi-random points."""
    from scipy.stats import qmc

    size = high - low
    across = [other for other in range(3) if other != axis]
    origins = np.full((n, 3), low[axis] - size[axis])
    origins[:, across] = low[across] + qmc.Sobol(2, seed=axis + 1).random(n) * size[across]
    length = solid.stretches(origins, np.eye(3)[axis]).length
    return float(length.mean() * size[across].prod())


def of_combination(solid: "Solid") -> float:
    """Return the volume of a bounded combination by inclusion and exclusion of its parts."""
    terms: list[tuple[int, list[Solid]]] = []
    if not _collect([solid], 1, terms):
        return from_chords(solid)
    return max(0.0, sum(sign * _common(solids) for sign, solids in terms))


def _collect(solids: "list[Solid]", sign: int, terms: "list[tuple[int, list[Solid]]]") -> bool:
    """Write what the solids have in common as a sum of intersections of simple ones; False if it is too long."""
    boxes = np.array([solid._bounds() for solid in solids])
    if not (boxes[:, 1].min(axis=0) > boxes[:, 0].max(axis=0)).all():
        return True
    for i, solid in enumerate(solids):
        parts = _parts(solid)
        if parts is None:
            continue
        a, b, operation = parts
        others = solids[:i] + solids[i + 1 :]
        if operation == "&":
            return _collect([a, b, *others], sign, terms)
        fine = _collect([a, *others], sign, terms) and _collect([a, b, *others], -sign, terms)
        return fine and (operation == "-" or _collect([b, *others], sign, terms))
    terms.append((sign, solids))
    return len(terms) <= TERMS


def _common(solids: "list[Solid]") -> float:
    """Return the volume that solids which are no combinations have in common."""
    common: Solid | None = None
    for solid in sorted(dict.fromkeys(solids), key=lambda one: not np.isfinite(one._bounds()).all()):
        common = solid if common is None else common & solid
    assert common is not None
    return common.volume if _parts(common) is None else from_chords(common)


def _parts(solid: "Solid") -> "tuple[Solid, Solid, str] | None":
    """Return the operands of a combination, moved as it is, and the operation; None for anything else."""
    from farflung.geometry.combination import Combination
    from farflung.geometry.moved import Moved

    if isinstance(solid, Combination):
        return solid.left, solid.right, solid.operation
    if isinstance(solid, Moved) and isinstance(solid.solid, Combination):
        inner = solid.solid
        left, right = (side.moved(solid.translation, solid.rotation) for side in (inner.left, inner.right))
        return left, right, inner.operation
    return None
