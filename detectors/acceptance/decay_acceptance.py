"""From flights, a solid and what becomes of the decay products to a probability for every lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance.acceptance import GROUPS, Acceptance
from farflung.detectors.acceptance.decay_density import DecayDensity
from farflung.detectors.acceptance.decay_law import proper_distances
from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.geometry import Stretches
from farflung.lpp import Flights
from farflung.lpp.sampling.unit_points import unit_points

Array = NDArray[np.float64]

_NEAREST = 1e-6
"""Where the logarithmic part of the decay depths begins, as a fraction of a stretch."""

_LOGARITHMIC = (0.5, 0.1)
"""Shares of the decays whose depth is even in its logarithm: for stretches that begin nearer than they are long, where
short lifetimes matter, and for those far away, where they do not."""

MOST_DECAYS = 2**17
"""Decays up to which every flight gets as many as asked for."""


class DecayAcceptance(Acceptance):
    """Probability to decay inside a solid and be seen there, as a function of c tau.

    It is the probability to decay inside, which is known exactly for every flight, times the share of those decays
    whose products pass. The share comes from decays at sampled depths x along each stretch, some of them even in x,
    some in ln x, and weighed by the decay law: one sample serves every lifetime.

    Parameters
    ----------
    flights
        Long-lived particles.
    stretches
        The stretches of their lines of flight that lie inside the solid, in the same order.
    products
        Which decays are seen.
    state
        Final state, one of `farflung.lpp.final_state_names`, whose products are known.
    decays
        Sampled decays for each flight, a power of two; fewer for big samples.
    seed
        Seed of the decays.

    Raises
    ------
    DetectorError
        As for `Acceptance`; if a stretch never ends; or if the final state has no two products or is closed.
    """

    def __init__(
        self,
        flights: Flights,
        stretches: Stretches,
        products: DecaySelection,
        state: str,
        *,
        decays: int = 8,
        seed: int = 1,
    ) -> None:
        super().__init__(flights, stretches)
        start, stop = proper_distances(flights, stretches)
        flight, piece = np.nonzero(np.isfinite(start) & (flights.weight > 0)[:, None])
        start, length = start[flight, piece], stop[flight, piece] - start[flight, piece]
        if not len(flight):  # nothing flies there, which one decay without weight says
            flight, start, length = np.zeros(1, dtype=int), np.zeros(1), np.zeros(1)
        if not np.isfinite(length).all():
            raise DetectorError("a stretch inside the solid never ends, so decays along it cannot be sampled")
        # big samples need fewer decays of each flight
        decays = max(1, min(decays, MOST_DECAYS // max(1, len(flight))))
        # successive points of a Sobol net are spread evenly: each flight's decays are
        count = max(512, 2 ** int(np.ceil(np.log2(max(1, decays * len(flight))))))
        points = unit_points(count, 1 + products.coordinates(state), seed)[0][: decays * len(flight)]
        which = np.repeat(np.arange(len(flight)), decays)
        flight, start, length = flight[which], start[which], length[which]
        depth, density = _depths(points[:, 0], np.where(start < length, *_LOGARITHMIC))
        batch = Flights(flights.origin[flight], flights.momentum[flight], flights.mass)
        distance = start + depth * length
        self._sampled = len(distance)
        point = batch.origin + (distance * batch.beta_gamma)[:, None] * batch.direction
        group = np.arange(len(flights)) % GROUPS if flights.block is None else flights.block
        groups = int(group.max()) + 1
        weight = flights.weight[flight] * length / density
        seen = weight * products.accepts(state, batch, point, points[:, 1:])
        self._all = DecayDensity.of_points(distance, weight, group[flight], groups)
        self._seen = DecayDensity.of_points(distance, seen, group[flight], groups)
        # lifetimes outside of this range see decays where they begin, and everywhere alike; the few flights that hardly
        # move, whose proper lengths have no end, do not count here
        typical = float(np.quantile(length, 0.9)) if len(length) else 1e-300
        self._shortest = 10 * _NEAREST * typical + float(distance.min(initial=np.inf)) / 500
        self._longest = 1e9 * float(distance.max(initial=1.0))

    def mean_and_error(self, ctau: ArrayLike) -> tuple[Array, Array]:
        """Probability and statistical error for each c tau [m]; raises as the call itself."""
        inside, error = super().mean_and_error(ctau)
        lifetimes = np.asarray(ctau, dtype=float)
        share, share_error = self._share(lifetimes.ravel())
        share, share_error = share.reshape(lifetimes.shape), share_error.reshape(lifetimes.shape)
        return inside * share, np.hypot(error * share, inside * share_error)

    def _share(self, ctau: Array) -> tuple[Array, Array]:
        """Share of the decays inside that are seen, and its error, for lifetimes (n,)."""
        within = np.clip(ctau, min(self._shortest, self._longest), self._longest)
        seen, everything = self._seen(within), self._all(within)
        total = np.maximum(everything.sum(axis=1), 1e-300)
        share = np.clip(seen.sum(axis=1) / total, 0.0, 1.0)
        apart = (seen - share[:, None] * everything) / total[:, None]
        n = apart.shape[1]
        if n < 2:
            return share, np.full(len(ctau), np.inf)
        # where none of the sampled decays is seen, one might have been
        unseen = np.where(share > 0, 0.0, 1 / max(self._sampled, 1))
        return share, np.hypot(np.sqrt(n) * apart.std(axis=1, ddof=1), unseen)


def _depths(u: Array, logarithmic: Array) -> tuple[Array, Array]:
    """Depths (n,) between 0 and 1, a share (n,) of them even in the logarithm, others even, and their density (n,)."""
    span = -np.log(_NEAREST)
    depth = np.where(u < 1 - logarithmic, u / (1 - logarithmic), np.exp(-span * (1 - u) / logarithmic))
    return depth, 1 - logarithmic + np.where(depth >= _NEAREST, logarithmic / (np.maximum(depth, _NEAREST) * span), 0.0)
