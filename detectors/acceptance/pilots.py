"""Pilots, whose flights tell a search where to draw more of them."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.acceptance.decay_law import proper_distances
from farflung.detectors.acceptance.lifetimes_that_matter import chances
from farflung.detectors.search import Search
from farflung.geometry import Solid
from farflung.lpp import Flights
from farflung.lpp.sampling.importance import Importance
from farflung.lpp.sampling.unit_points import Drawing, unit_points

Array = NDArray[np.float64]

_POINTS = (1024, 4096)
"""Flights of a pilot, at least and at most: between them an eighth of those that are wanted."""

_ROUNDS = 2

_WORTH_IT = 4096
"""Flights that are wanted from which on pilots are worth what they cost."""

_SEED = 20240914

_GOOD_PART = 0.1
"""Effective part of the flights that is enough."""

_DECAYS = 4
"""Decays of each flight of a pilot."""


def learnt(
    draw: Callable[[int, int, Drawing], Flights], n: int, searches: Sequence[tuple[Search, Solid]]
) -> Importance:
    """How to draw flights for some searches: more of those that each of them would see, at lifetimes of all lengths.

    Parameters
    ----------
    draw
        Function that draws so many flights, from a seed, in this way.
    n
        Flights that are wanted.
    searches
        The searches, all for decays inside, each with its solid.

    Returns
    -------
    Importance
        One that leaves everything where it is, where few flights are wanted, pilots do not say of which points they are
        made, nothing of them is seen, or all matter much alike: Sobol points then do best as they are.
    """
    importance = Importance()
    if n < _WORTH_IT:
        return importance.final
    for i in range(_ROUNDS):
        flights = draw(int(np.clip(n // 8, *_POINTS)), _SEED + i, importance)
        if flights.unit is None:
            return Importance().final
        matter = np.concatenate([_matter(search, solid, flights) for search, solid in searches])
        if not matter.any() or (not i and _alike(matter)):
            return Importance().final
        importance = importance.learnt(flights.unit, matter)
    return importance.final


def _alike(matter: Array) -> bool:
    """Whether a good part of the flights decide at each lifetime that matters."""
    seen = matter[matter.any(axis=1)]
    return bool((seen.sum(axis=1) ** 2 / (seen**2).sum(axis=1)).min() > _GOOD_PART * matter.shape[1])


def _matter(search: Search, solid: Solid, flights: Flights) -> Array:
    """What each flight contributes to the decays that a search sees, at each lifetime that matters: (k, n)."""
    flights = search.selected(flights)
    start, stop = proper_distances(flights, solid.stretches(flights.origin, flights.direction))
    inside = np.isfinite(start) & np.isfinite(stop) & (flights.weight > 0)[:, None]
    flight, piece = np.nonzero(inside)
    if not len(flight):
        return np.zeros((1, len(flights)))
    start, length = start[flight, piece], stop[flight, piece] - start[flight, piece]
    weight = flights.weight[flight] * _seen(search, flights, flight, start, length)
    parts = chances(start, length, weight)
    found = np.zeros((max(1, len(parts)), len(flights)))
    for row, part in zip(found, parts, strict=False):
        row += np.bincount(flight, part, len(flights))
    return found


def _seen(search: Search, flights: Flights, flight: NDArray[np.int64], start: Array, length: Array) -> Array:
    """Share (n,) of the decays on each stretch of a flight that are seen, into the first state that may be."""
    products = search.products
    if products is None:
        return np.ones(len(flight))
    state = next((state for state in search.states_seen(flights.mass) if products.knows(state)), None)
    if state is None:
        return np.ones(len(flight))
    which = np.repeat(np.arange(len(flight)), _DECAYS)
    own = flight[which]
    batch = Flights(flights.origin[own], flights.momentum[own], flights.mass)
    points = unit_points(max(512, len(which)), 1 + products.coordinates(state), _SEED).values[: len(which)]
    distance = start[which] + points[:, 0] * length[which]
    point = batch.origin + (distance * batch.beta_gamma)[:, None] * batch.direction
    return np.bincount(which, products.accepts(state, batch, point, points[:, 1:]), len(flight)).astype(float)
