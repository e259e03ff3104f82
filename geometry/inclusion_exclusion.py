"""Volumes of combinations, by inclusion and exclusion of their parts."""

import numpy as np

from farflung.geometry.solid import Solid

TERMS = 32
"""From so many intersections on, the whole solid is integrated in one go."""


def volume(solid: Solid) -> float:
    """Return the volume of a bounded combination."""
    terms: list[tuple[int, list[Solid]]] = []
    if not _collect([solid], 1, terms):
        return solid._chord_volume()
    return max(0.0, sum(sign * _common(solids) for sign, solids in terms))


def _collect(solids: list[Solid], sign: int, terms: list[tuple[int, list[Solid]]]) -> bool:
    """Write what the solids have in common as a sum of intersections of simple ones; False if it is too long."""
    boxes = np.array([solid._bounds() for solid in solids])
    if not (boxes[:, 1].min(axis=0) > boxes[:, 0].max(axis=0)).all():
        return True
    for i, solid in enumerate(solids):
        operands = solid._operands()
        if operands is None:
            continue
        a, b, operation = operands
        others = solids[:i] + solids[i + 1 :]
        if operation == "&":
            return _collect([a, b, *others], sign, terms)
        fine = _collect([a, *others], sign, terms) and _collect([a, b, *others], -sign, terms)
        return fine and (operation == "-" or _collect([b, *others], sign, terms))
    terms.append((sign, solids))
    return len(terms) <= TERMS


def _common(solids: list[Solid]) -> float:
    """Return the volume that solids which are no combinations have in common."""
    common: Solid | None = None
    for solid in sorted(dict.fromkeys(solids), key=lambda one: not np.isfinite(one._bounds()).all()):
        common = solid if common is None else common & solid
    assert common is not None
    return common.volume if common._operands() is None else common._chord_volume()
