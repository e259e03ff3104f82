"""Coordinates that are drawn more often where they matter.

The map of G. P. Lepage's VEGAS (J. Comput. Phys. 27 (1978) 192): each coordinate of the unit cube is stretched where it
matters, by itself, and flights are weighed by how much it was. It is learnt from pilots, whose flights remember the
points of which they were made. A part of the points stays where it is, and all are weighed by what both ways together
would draw (the balance heuristic of E. Veach and L. Guibas, SIGGRAPH 1995). Whatever the map, a sample stays what it
stands for: all that it decides is where the flights are.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.sampling.unit_cube import UnitPoints

Array = NDArray[np.float64]

_BINS = 16
"""Pieces of the map of each coordinate: with more of them it follows the noise of pilots, and Sobol points lose more by
that than is won."""

_EVEN = 0.2
"""Part of each coordinate that stays even."""

_PLAIN = 0.25
"""Part of the points that is not moved, so that no weight is above 4."""

_FEWEST = 16
_ENOUGH = 100
"""Effective number of flights from which on something is learnt, and at which as much as may be."""

_SMOOTHING = np.array([0.25, 0.5, 0.25])


@dataclass(frozen=True, eq=False)
class Importance:
    """Where in the unit cube to draw more often.

    Attributes
    ----------
    edges
        Where the pieces of the map end, (2, dimension, pieces + 1): for the first half of each block and for the
        second, which may be made in another way. None where all is even.
    pilot
        Whether flights are to remember their points.
    """

    edges: Array | None = None
    pilot: bool = True

    def apply(self, points: UnitPoints) -> UnitPoints:
        """The points where they matter, and what flights made of them are weighed with."""
        if self.edges is None:
            return replace(points, remembered=self.pilot)
        values, weight = points.values.copy(), np.ones(len(points))
        half = np.flatnonzero(points.first_half), np.flatnonzero(~points.first_half)
        # a quarter of each half stays where it is: all are weighed by what both ways together draw
        size = len(points) // (2 * points.blocks)
        for chosen, edges in zip(half, self.edges, strict=True):
            moved = chosen[np.arange(len(chosen)) % size >= _PLAIN * size]
            density = np.ones(len(points))
            for axis, ends in enumerate(edges):
                place = values[moved, axis] * _BINS
                piece = np.minimum(place.astype(np.int64), _BINS - 1)
                values[moved, axis] = ends[piece] + (place - piece) * np.diff(ends)[piece]
                there = np.clip(np.searchsorted(ends, values[chosen, axis], side="right") - 1, 0, _BINS - 1)
                density[chosen] /= np.diff(ends)[there] * _BINS
            weight[chosen] = 1 / (_PLAIN + (1 - _PLAIN) * density[chosen])
        return replace(points, values=np.clip(values, 1e-12, 1 - 1e-12), weight=weight, remembered=self.pilot)

    def learnt(self, unit: Array, matter: Array) -> "Importance":
        """What is better than this.

        Parameters
        ----------
        unit
            Points (n, dimension + 1) of which n flights of a pilot were made: `Flights.unit`.
        matter
            What (k, n) each contributes to some questions, whose answers are the sums.
        """
        answers, squares = matter.sum(axis=1), (matter**2).sum(axis=1)
        # of how many flights an answer is made, effectively: of few, nothing is learnt
        points = answers**2 / np.maximum(squares, 1e-300)
        sound = points > _FEWEST
        if not sound.any():
            return self
        square = ((matter[sound] / answers[sound, None]) ** 2).sum(axis=0)
        even = max(_EVEN, 1 - float(points[sound].mean()) / _ENOUGH)
        straight = np.broadcast_to(np.linspace(0, 1, _BINS + 1), (2, unit.shape[1] - 1, _BINS + 1))
        before = straight if self.edges is None else self.edges
        edges = np.empty_like(before)
        for half, (old, new) in enumerate(zip(before, edges, strict=True)):
            mine = unit[:, -1] == 1 - half
            for axis in range(len(old)):
                piece = np.clip(np.searchsorted(old[axis], unit[mine, axis], side="right") - 1, 0, _BINS - 1)
                drawn = np.bincount(piece, minlength=_BINS) * np.bincount(piece, square[mine], _BINS)
                new[axis] = _evened(old[axis], drawn.astype(float), even)
        return replace(self, edges=edges)

    @property
    def final(self) -> "Importance":
        """The same for samples that are no pilots."""
        return replace(self, pilot=False)


def _evened(edges: Array, square: Array, even: float) -> Array:
    """Edges between which there is as much of what matters, part of which stays even.

    Of its square there is so much between the old ones, times the number of points there.
    """
    if not square.any():
        return edges
    smooth = np.sqrt(np.convolve(np.pad(square, 1, mode="edge"), _SMOOTHING, mode="valid"))
    share = even * np.diff(edges) + (1 - even) * smooth / smooth.sum()
    return np.interp(np.linspace(0, 1, len(edges)), np.concatenate([[0.0], np.cumsum(share)]) / share.sum(), edges)
