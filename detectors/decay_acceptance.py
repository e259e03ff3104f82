"""From flights, a solid and what becomes of the decay products to a probability for every lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance import Acceptance, proper_distances
from farflung.detectors.decay_selection import DecaySelection
from farflung.detectors.errors import DetectorError
from farflung.geometry import Stretches
from farflung.lpp import Flights
from farflung.lpp.unit_points import unit_points

Array = NDArray[np.float64]

_NEAREST = 1e-6
"""Where the logarithmic part of the decay depths begins, as a fraction of a stretch."""

_PER_DECADE = 12
"""Lifetimes in a decade at which the share of decays that are seen is computed; it is smooth in between."""

_GROUPS = 32
"""Groups into which independent flights are put for their statistical error."""


class DecayAcceptance(Acceptance):
    """Probability to decay inside a solid and be seen there, as a function of c tau.

    It is the probability to decay inside, which is known exactly for every flight, times the share of those decays
    whose products pass. The share comes from decays at sampled depths x along each stretch, half of them even in x,
    half in ln x, and weighed by the decay law: one sample serves every lifetime.

    Parameters
    ----------
    flights
        Long-lived particles.
    stretches
        The stretches of their lines of flight that lie inside the solid, in the same order.
    products
        Which decays are seen.
    state
        Final state, one of `farflung.detectors.decay_selection.DAUGHTERS`.
    decays
        Sampled decays for each flight, a power of two.
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
        start, length = start[flight, piece], (stop - start)[flight, piece]
        if not np.isfinite(length).all():
            raise DetectorError("a stretch inside the solid never ends, so decays along it cannot be sampled")
        # successive points of a Sobol net are spread evenly: each flight's decays are
        count = max(512, 2 ** int(np.ceil(np.log2(max(1, decays * len(flight))))))
        points = unit_points(count, 3, seed)[0][: decays * len(flight)]
        which = np.repeat(np.arange(len(flight)), decays)
        flight, start, length = flight[which], start[which], length[which]
        depth, density = _depths(points[:, 0])
        batch = Flights(flights.origin[flight], flights.momentum[flight], flights.mass)
        self._distance = start + depth * length
        point = batch.origin + (self._distance * batch.beta_gamma)[:, None] * batch.direction
        self._chance = flights.weight[flight] * length / density
        self._seen = self._chance * products.accepts(state, batch, point, points[:, 1:])
        group = np.arange(len(flights)) % _GROUPS if flights.block is None else flights.block
        self._group_count = int(group.max()) + 1
        self._decay_group = group[flight]
        self._shortest = float(length.max(initial=0.0)) * _NEAREST * 10

    def mean_and_error(self, ctau: ArrayLike) -> tuple[Array, Array]:
        """Probability and statistical error for each c tau [m]; raises as the call itself."""
        inside, error = super().mean_and_error(ctau)
        lifetimes = np.asarray(ctau, dtype=float)
        share, share_error = self._share(lifetimes.ravel())
        share, share_error = share.reshape(lifetimes.shape), share_error.reshape(lifetimes.shape)
        return inside * share, np.hypot(error * share, inside * share_error)

    def _share(self, ctau: Array) -> tuple[Array, Array]:
        """Share of the decays inside that are seen, and its error, for lifetimes (n,)."""
        if not self._distance.size:
            return np.zeros(len(ctau)), np.zeros(len(ctau))
        # shorter and longer lifetimes than these see decays where they begin, and everywhere alike
        low, high = max(self._shortest, 1e-300), 1e6 * max(float(self._distance.max()), self._shortest, 1e-300)
        logs = np.log(np.clip(ctau, low, high))
        count = int(np.ceil(np.ptp(logs) / np.log(10) * _PER_DECADE)) + 2
        grid = np.unique(logs) if len(ctau) <= count else np.linspace(logs.min(), logs.max(), count)
        shares = np.array([self._share_at(float(np.exp(at))) for at in grid])
        return np.interp(logs, grid, shares[:, 0]), np.interp(logs, grid, shares[:, 1])

    def _share_at(self, ctau: float) -> tuple[float, float]:
        # a common factor, which the ratio does not need, would underflow
        decay = np.exp((self._distance.min() - self._distance) / ctau)
        seen = np.bincount(self._decay_group, decay * self._seen, self._group_count)
        all_of_them = np.bincount(self._decay_group, decay * self._chance, self._group_count)
        total = all_of_them.sum()
        share = seen.sum() / total
        apart = (seen - share * all_of_them) / total
        n = self._group_count
        return float(share), float(np.sqrt(n) * apart.std(ddof=1)) if n > 1 else np.inf


def _depths(u: Array) -> tuple[Array, Array]:
    """Depths (n,) between 0 and 1, half of them even, half even in the logarithm, and their density (n,)."""
    span = -np.log(_NEAREST)
    even = u < 0.5
    depth = np.where(even, 2 * u, np.exp(-span * (2 - 2 * u)))
    density = 0.5 + np.where(depth >= _NEAREST, 0.5 / (np.maximum(depth, _NEAREST) * span), 0.0)
    return depth, density
