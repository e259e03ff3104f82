"""Whole events, turned until their long-lived particle flies where a detector is."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights, Recoil
from farflung.lpp.sampling.aim import Aim
from farflung.lpp.sampling.kinematics import frames
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]


def turned_events(
    flights: Flights, parent: Array, spectrum: Spectrum, aim: Aim, points: Array, first: NDArray[np.bool_]
) -> Flights:
    """Turn some events towards an aim, and weigh all of them.

    What becomes of a parent has no preferred direction, however many decays it takes: the event may be turned as a
    whole, about where it begins, and be weighed by how often its parent flies where it then does. Those that are turned
    and those that are left as they are weighed by what both would draw together (the balance heuristic of E. Veach
    and L. Guibas, SIGGRAPH 1995).

    Parameters
    ----------
    flights
        n long-lived particles as nature makes them.
    parent
        Momenta (n, 3) [GeV] of the parents at the top of each event.
    spectrum
        Distribution of those about the z axis.
    aim
        Directions that matter.
    points
        Points (n, 3) of the unit cube: two for the direction, one for the turn about it.
    first
        Which (n,) are turned: half of them.

    Returns
    -------
    Flights
        n flights, whose weights sum to the share of all that flies in the aim's directions, and what misses them.
    """
    shares = aim.even()
    p = np.linalg.norm(parent, axis=1)
    old = _frames_of_events(flights.direction, parent)
    direction = aim.draw(points[:, :2], shares)
    azimuth = 2 * np.pi * points[:, 2]
    across = frames(direction)
    second = np.cos(azimuth)[:, None] * across[:, 0] + np.sin(azimuth)[:, None] * across[:, 1]
    new = np.stack([direction, second, np.cross(direction, second)], axis=1)
    # rows of both frames are the same three vectors of the event, before and after
    turn = np.where(first[:, None, None], np.einsum("nki,nkj->nij", new, old), np.eye(3))

    def turned(vectors: Array) -> Array:
        return np.asarray(np.einsum("nij,nj->ni", turn, vectors))

    momentum, top = turned(flights.momentum), turned(parent)
    angle = np.arctan2(np.hypot(top[:, 0], top[:, 1]), top[:, 2])
    nature = spectrum.density(p, angle)
    aimed = aim.density(momentum / np.linalg.norm(momentum, axis=1)[:, None], shares)
    weight = 2 * flights.weight * nature / np.maximum(nature + aimed, 1e-300)
    recoil = None if flights.recoil is None else tuple(Recoil(r.name, turned(r.momentum)) for r in flights.recoil)
    return replace(flights, momentum=momentum, weight=weight, recoil=recoil, complete=False)


def _frames_of_events(direction: Array, parent: Array) -> Array:
    """Frames (n, 3, 3), in rows: the direction, what of the parent lies across it, and across both."""
    along = np.einsum("ij,ij->i", parent, direction)
    second = parent - along[:, None] * direction
    size = np.linalg.norm(second, axis=1)
    # where both fly the same way any frame will do
    same = size <= 1e-9 * np.maximum(np.linalg.norm(parent, axis=1), 1e-300)
    second = np.where(same[:, None], frames(direction)[:, 0], second / np.where(same, 1.0, size)[:, None])
    return np.stack([direction, second, np.cross(direction, second)], axis=1)
