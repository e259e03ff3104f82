"""Whole events, turned until their long-lived particle flies where a detector is."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights, Recoil
from farflung.lpp.sampling.aim import Aim
from farflung.lpp.sampling.kinematics import frames
from farflung.lpp.sampling.tails import towards_both_ends
from farflung.lpp.sampling.unit_points import Drawing, unit_points
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]

BLOCKS_OF_EVENTS = 32
"""Blocks of flights of turned events, whose weights vary much."""

_ENDS = (0.1, 0.3)
"""Shares of the parents that are drawn near the lower and the upper end of their spectrum."""


def aimed_events(
    natural: Callable[[Array, NDArray[np.bool_]], tuple[Flights, Array]],
    dimension: int,
    spectrum: Spectrum,
    aim: Aim,
    n: int,
    seed: int,
    sampling: Drawing = "aimed",
) -> Flights:
    """Draw events as nature makes them, and turn half of them towards an aim.

    Parameters
    ----------
    natural
        Function from points (n, dimension) of the unit cube, and a mask (n,) of those that will be turned, to n
        long-lived particles and the momenta (n, 3) [GeV] of the parents at the top. The first coordinate is that of the
        parents' momenta. Parents that fly before they decay do so, in events that will be turned, as those on the axis.
    dimension
        Coordinates that an event takes.
    spectrum
        Distribution of the parents about the z axis.
    aim
        Directions that matter.
    n, seed, sampling
        As in `unit_points`.
    """
    points = unit_points(n, dimension + 3, seed, sampling, BLOCKS_OF_EVENTS)
    own = points.values[:, 3:].copy()
    own[:, 0], weight = towards_both_ends(own[:, 0], *_ENDS)
    first = points.first_half
    flights, parent = natural(own, first)
    turned = turned_events(flights.weighed(weight), parent, spectrum, aim, points.values[:, :3], first)
    return points.made(turned, complete=False)


def turned_events(
    flights: Flights, parent: Array, spectrum: Spectrum, aim: Aim, points: Array, first: NDArray[np.bool_]
) -> Flights:
    """Turn some events towards an aim, and weigh all of them.

    What becomes of a parent has no preferred direction, however many decays it takes: the event may be turned as a
    whole, about where it begins, and be weighed by how often its parent flies where it then does. Those that are turned
    and those that are left as they are weighed by what both would draw together (the balance heuristic of E. Veach
    and L. Guibas, SIGGRAPH 1995). Where the parent has flown, its way is turned too, and the particle is turned not
    to fly in the aim's direction but to come by there, at the aim's distance.

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
    marker = _arrivals(flights, aim.distance)
    old = _frames_of_events(marker, parent)
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
    aimed = aim.density(turned(marker), shares)
    if spectrum.path is not None:
        flown = np.linalg.norm(flights.origin, axis=1)
        nature = nature * spectrum.path.density(p, angle, flown)
        aimed = aimed * spectrum.path.density(p, np.zeros(len(p)), flown)
    weight = 2 * flights.weight * nature / np.maximum(nature + aimed, 1e-300)
    recoil = None if flights.recoil is None else tuple(Recoil(r.name, turned(r.momentum)) for r in flights.recoil)
    origin = turned(flights.origin)
    return replace(flights, origin=origin, momentum=momentum, weight=weight, recoil=recoil, complete=False)


def _arrivals(flights: Flights, distance: float) -> Array:
    """Directions (n, 3), as seen from the origin, in which the particles are when they come to a distance [m] from it.

    Those that begin farther away are where they begin; directions of flight, if the distance is infinite.
    """
    begin2 = (flights.origin**2).sum(axis=1)
    if not np.isfinite(distance) or not begin2.any():
        return flights.direction
    along = (flights.origin * flights.direction).sum(axis=1)
    way = np.sqrt(np.maximum(along**2 + np.maximum(distance**2 - begin2, 0.0), 0.0)) - along
    place = flights.origin + way[:, None] * flights.direction
    return np.asarray(place / np.linalg.norm(place, axis=1)[:, None])


def _frames_of_events(direction: Array, parent: Array) -> Array:
    """Frames (n, 3, 3), in rows: the direction, what of the parent lies across it, and across both."""
    along = np.einsum("ij,ij->i", parent, direction)
    second = parent - along[:, None] * direction
    size = np.linalg.norm(second, axis=1)
    # where both fly the same way any frame will do
    same = size <= 1e-9 * np.maximum(np.linalg.norm(parent, axis=1), 1e-300)
    second = np.where(same[:, None], frames(direction)[:, 0], second / np.where(same, 1.0, size)[:, None])
    return np.stack([direction, second, np.cross(direction, second)], axis=1)
