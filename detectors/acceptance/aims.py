"""Where to aim, for given solids."""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np
from numpy.typing import NDArray

from farflung.geometry import Revolved, Solid
from farflung.lpp import EVERYWHERE, Aim, PolarPanels, Window


def aim_at(solids: Sequence[Solid], *, complete: bool) -> Aim:
    """Directions, seen from the origin, in which the solids lie.

    Parameters
    ----------
    solids
        Regions of space.
    complete
        Whether all directions matter, those beside the solids too.

    Returns
    -------
    Aim
        Panels between the polar angles of all corners, if the solids are round about the z axis. Else, if they lie
        away from the origin, the window around their bounding boxes. All directions if nothing better is known.
    """
    corners = [np.array(list(product(*solid.bounds.T))) for solid in solids]
    distance = _distance(corners)
    if solids and all(isinstance(solid, Revolved) for solid in solids):
        angles = {float(np.arctan2(r, z)) for solid in solids for z, r in _corners(solid) if z or r}
        if complete or len(angles) > 1:
            return PolarPanels(tuple(sorted(angles)), complete or {0.0, np.pi} <= angles, distance)
    if complete or not solids:
        return EVERYWHERE
    return Window.around(np.concatenate(corners), distance) or EVERYWHERE


def _distance(corners: Sequence[NDArray[np.float64]]) -> float:
    """Distance [m] from the origin to the middle of the first solid's box; infinite without a finite one."""
    middle = np.linalg.norm(corners[0].mean(axis=0)) if corners and np.isfinite(corners[0]).all() else 0.0
    return float(middle) if middle > 0 else np.inf


def _corners(solid: Solid) -> Iterable[tuple[float, float]]:
    assert isinstance(solid, Revolved)
    polygons = getattr(solid.profile, "geoms", [solid.profile])
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            yield from ring.coords
