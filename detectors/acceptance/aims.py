"""Where to aim, for given solids."""

from collections.abc import Iterable, Sequence
from itertools import product

import numpy as np

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
    if solids and all(isinstance(solid, Revolved) for solid in solids):
        angles = {float(np.arctan2(r, z)) for solid in solids for z, r in _corners(solid) if z or r}
        if complete or len(angles) > 1:
            return PolarPanels(tuple(sorted(angles)), complete or {0.0, np.pi} <= angles)
    if complete or not solids:
        return EVERYWHERE
    corners = np.concatenate([np.array(list(product(*solid.bounds.T))) for solid in solids])
    return Window.around(corners) or EVERYWHERE


def _corners(solid: Solid) -> Iterable[tuple[float, float]]:
    assert isinstance(solid, Revolved)
    polygons = getattr(solid.profile, "geoms", [solid.profile])
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            yield from ring.coords
