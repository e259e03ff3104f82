"""From flights, a solid and what becomes of the decay products to a probability for every lifetime."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance.acceptance import GROUPS, Acceptance, checked_lifetimes
from farflung.detectors.acceptance.decay_density import DecayDensity
from farflung.detectors.acceptance.decay_law import proper_distances
from farflung.detectors.acceptance.lifetimes_that_matter import decays_of_each, shares_in_decays
from farflung.detectors.acceptance.weighted_error import error_factor
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

_CHUNK = 2**17
"""Decays at once: more do not fit into a cache, and many more not into memory."""


class DecayAcceptance(Acceptance):
    """Probability to decay inside a solid and be seen there, as a function of c tau.

    It is the probability to decay inside, which is known exactly for every flight, times the share of those decays
    whose products pass. The share comes from decays at sampled depths x along each stretch, some of them even in x,
    some in ln x, and weighed by the decay law: one sample serves every lifetime. Flights that matter more, at whatever
    lifetime, have more of the decays.

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
        Sampled decays for each flight, on average.
    seed
        Seed of the decays; None to follow that of the flights.

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
        seed: int | None = None,
    ) -> None:
        super().__init__(flights, stretches)
        start, stop = proper_distances(flights, stretches)
        flight, piece = np.nonzero(np.isfinite(start) & (flights.weight > 0)[:, None])
        start, length = start[flight, piece], stop[flight, piece] - start[flight, piece]
        if not len(flight):  # nothing flies there, which one decay without weight says
            flight, start, length = np.zeros(1, dtype=int), np.zeros(1), np.zeros(1)
        if not np.isfinite(length).all():
            raise DetectorError("a stretch inside the solid never ends, so decays along it cannot be sampled")
        group = np.arange(len(flights)) % GROUPS if flights.block is None else flights.block
        seed = _decay_seed(flights.seed if seed is None else seed)
        # decays come in blocks as flights do, but within them in another order: one net must not run in step with the
        # other
        order = np.random.default_rng(seed).permutation(len(flight))
        order = order[np.argsort(group[flight[order]], kind="stable")]
        flight, start, length = flight[order], start[order], length[order]
        share = shares_in_decays(start, length, flights.weight[flight])
        which = decays_of_each(share * decays * len(flight), seed)
        self._sampled = len(which)
        # successive points of a Sobol net are spread evenly: each flight's decays are
        count = max(512, 2 ** int(np.ceil(np.log2(max(1, self._sampled)))))
        points = unit_points(count, 1 + products.coordinates(state), seed).values

        def parts() -> Iterator[tuple[Array, Array, NDArray[np.int64]]]:
            for first in range(0, max(1, self._sampled), _CHUNK):
                chosen, unit = which[first : first + _CHUNK], points[first : min(first + _CHUNK, self._sampled)]
                begin, extent, own = start[chosen], length[chosen], flight[chosen]
                depth, density = _depths(unit[:, 0], np.where(begin < extent, *_LOGARITHMIC))
                batch = Flights(flights.origin[own], flights.momentum[own], flights.mass)
                distance = begin + depth * extent
                point = batch.origin + (distance * batch.beta_gamma)[:, None] * batch.direction
                weight = flights.weight[own] * extent / (density * share[chosen])
                yield (
                    distance,
                    np.stack([weight, weight * products.accepts(state, batch, point, unit[:, 1:])]),
                    group[own],
                )

        nearest = float((start + _NEAREST * length).min(initial=np.inf))
        farthest = float((start + length).max(initial=0.0))
        self._all, self._seen = DecayDensity.of_points(parts(), int(group.max()) + 1, nearest, farthest)
        # lifetimes outside of this range see decays where they begin, and everywhere alike; the few flights that hardly
        # move, whose proper lengths have no end, do not count here
        typical = float(np.quantile(length, 0.9)) if len(length) else 1e-300
        self._shortest = 10 * _NEAREST * typical + nearest / 500
        self._longest = 1e9 * max(farthest, 1.0)

    def mean_and_error(self, ctau: ArrayLike) -> tuple[Array, Array]:
        """Probability and statistical error for each c tau [m]; raises as the call itself."""
        lifetimes = np.asarray(ctau, dtype=float)
        share, apart = self._share(checked_lifetimes(lifetimes).ravel())
        blocks = self._of_blocks(lifetimes.ravel())
        if blocks is None:
            inside, error = (part.ravel() for part in super().mean_and_error(lifetimes))
            groups = apart.shape[1]
            spread = np.sqrt(groups) * apart.std(axis=1, ddof=1) if groups > 1 else np.inf
            error = np.hypot(error * share, inside * spread)
        else:
            # flights of which much is inside may have little that is seen: both together are what scatters
            parts, drawn = blocks
            inside = parts.sum(axis=1)
            apart = share[:, None] * (parts - inside[:, None] * drawn) + inside[:, None] * apart
            error = np.sqrt(np.einsum("ij,ij->i", apart, apart)) * error_factor(drawn)
        # where none of the sampled decays is seen, one might have been
        error = np.hypot(error, np.where(share > 0, 0.0, inside / max(self._sampled, 1)))
        return (np.clip(inside, 0.0, 1.0) * share).reshape(lifetimes.shape), error.reshape(lifetimes.shape)

    def _share(self, ctau: Array) -> tuple[Array, Array]:
        """Share of the decays inside that are seen (n,), and how far each group (n, groups) is from it."""
        within = np.clip(ctau, min(self._shortest, self._longest), self._longest)
        seen, everything = self._seen(within), self._all(within)
        total = np.maximum(everything.sum(axis=1), 1e-300)
        share = np.clip(seen.sum(axis=1) / total, 0.0, 1.0)
        return share, (seen - share[:, None] * everything) / total[:, None]


def _decay_seed(seed: int | None) -> int:
    """A seed for decays, other than that of the flights, whose points they must not know."""
    return int(np.random.SeedSequence([1 if seed is None else int(seed), 1]).generate_state(1)[0])


def _depths(u: Array, logarithmic: Array) -> tuple[Array, Array]:
    """Depths (n,) between 0 and 1, a share (n,) of them even in the logarithm, others even, and their density (n,)."""
    span = -np.log(_NEAREST)
    depth = np.where(u < 1 - logarithmic, u / (1 - logarithmic), np.exp(-span * (1 - u) / logarithmic))
    return depth, 1 - logarithmic + np.where(depth >= _NEAREST, logarithmic / (np.maximum(depth, _NEAREST) * span), 0.0)
