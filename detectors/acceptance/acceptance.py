"""From flights and a solid to a decay probability for every lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance.decay_density import DecayDensity
from farflung.detectors.acceptance.decay_law import decay_probability, proper_distances
from farflung.detectors.acceptance.weighted_error import error_factor, spread, weighted_error
from farflung.detectors.errors import DetectorError
from farflung.geometry import Stretches
from farflung.lpp import Flights
from farflung.lpp.html_table import html_table
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]

_CHUNK = 2**17
"""Exponentials at once: what is needed in between fits into a cache."""

MOST_SUMMED = 2**13
"""Flights up to which the decay law is summed over each of them; more are binned first, see `DecayDensity`."""

GROUPS = 64
"""Groups into which a big sample of independent flights is put, whose spread is the statistical error."""


class Acceptance(PlainArguments, argument_error=DetectorError):
    """Probability to decay inside (or outside) a solid, averaged over flights, as a function of c tau.

    With proper distances u = L/(beta gamma) at which a flight enters and leaves the solid, the probability to
    decay inside is the sum over stretches of exp(-u_in/ctau) - exp(-u_out/ctau): one pass over the geometry
    serves every lifetime.

    Parameters
    ----------
    flights
        Long-lived particles.
    stretches
        The stretches of their lines of flight that lie inside the solid, in the same order.
    outside
        Whether to ask for decays outside the solid instead; then the flights must cover all directions.

    Raises
    ------
    DetectorError
        If the flights are massless, or their weights sum to more than 1 (beyond any statistical error).

    Examples
    --------
    >>> from farflung.detectors import BelleII
    >>> from farflung.lpp import ALPFermion
    >>> belle2 = BelleII()
    >>> visible = belle2.acceptance("displaced", belle2.flights(ALPFermion(), mass=0.3))
    >>> visible([0.1, 1.0]).round(3)
    array([0.51 , 0.074])
    """

    def __init__(self, flights: Flights, stretches: Stretches, *, outside: bool = False) -> None:
        if flights.mass == 0:
            raise DetectorError("mass = 0 GeV: a massless particle does not decay; give flights with a mass")
        if flights.weight.sum() > 1.2:
            raise DetectorError(
                f"weight sums to {flights.weight.sum():g}, but the weights of flights are shares of one sample: "
                "divide them by their sum"
            )
        start, stop = proper_distances(flights, stretches)
        with np.errstate(invalid="ignore"):
            length = np.where(np.isinf(start), 0.0, stop - start)
        self._outside = outside
        # what an aimed sample lacks flies past everything
        self._complete = flights.complete
        self._density: DecayDensity | None = None
        share = flights.sampled_share
        if len(flights) > MOST_SUMMED:
            group = np.arange(len(flights)) % GROUPS if flights.block is None else flights.block
            self._density = DecayDensity.of_stretches(start, length, flights.weight, group)
            self._group_weight = np.bincount(group, flights.weight).astype(float)
            self._drawn_share = np.bincount(group, share).astype(float)
            return
        if flights.block is None:
            # those that miss the solid are left out and remembered by their weights
            chosen = np.flatnonzero(np.isfinite(start).any(axis=1))
            self._missed, self._missed_share = np.delete(flights.weight, chosen), np.delete(share, chosen)
            self._block_starts, self._drawn_share, self._factor = None, share[chosen], error_factor(share)
        else:
            chosen = np.argsort(flights.block, kind="stable")
            self._block_starts = np.searchsorted(flights.block[chosen], np.arange(flights.block.max() + 1))
            self._drawn_share = np.add.reduceat(share[chosen], self._block_starts)
        self._start, self._length, self._weight = start[chosen], length[chosen], flights.weight[chosen]

    def __call__(self, ctau: ArrayLike) -> Array:
        """Probability for each c tau [m]; same shape.

        Raises
        ------
        DetectorError
            If a c tau is negative or NaN. Zero and infinity are allowed.
        """
        return self.mean_and_error(ctau)[0]

    def error(self, ctau: ArrayLike) -> Array:
        """Statistical error (one standard deviation) for each c tau [m]; infinite for a single flight."""
        return self.mean_and_error(ctau)[1]

    def mean_and_error(self, ctau: ArrayLike) -> tuple[Array, Array]:
        """Probability and statistical error for each c tau [m] in one go; raises as the call itself."""
        lifetimes = checked_lifetimes(np.asarray(ctau, dtype=float))
        mean, error = self._binned(lifetimes.ravel()) if self._density else self._summed(lifetimes.ravel())
        # differences of numbers next to each other may come out as -1e-17, sums of weights as 1 + 1e-16 or, where
        # they are estimates, somewhat more
        return np.clip(mean, 0.0, 1.0).reshape(lifetimes.shape), error.reshape(lifetimes.shape)

    def _of_blocks(self, ctau: Array) -> tuple[Array, Array] | None:
        """What each independent part of the flights contributes (n, parts) at lifetimes (n,), and its share (parts,).

        None where the flights are independent and few.
        """
        if self._density is not None:
            return self._density(ctau), self._drawn_share
        if self._block_starts is None:
            return None
        parts = np.empty((ctau.size, len(self._block_starts)))
        step = max(1, _CHUNK // max(1, self._start.size))
        for first in range(0, ctau.size, step):
            chance = decay_probability(self._start, self._length, ctau[first : first + step]).sum(axis=2)
            parts[first : first + step] = np.add.reduceat(chance * self._weight, self._block_starts, axis=1)
        return parts, self._drawn_share

    def _repr_html_(self) -> str:
        """What a notebook shows: the probability at some lifetimes."""
        lifetimes = np.logspace(-4, 4, 9)
        values = zip(lifetimes, *self.mean_and_error(lifetimes), strict=True)
        facts = {f"c tau = {ctau:g} m": f"{mean:.4g} ± {error:.2g}" for ctau, mean, error in values}
        return html_table(f"Probability to decay {'outside' if self._outside else 'inside'}", facts)

    def _binned(self, ctau: Array) -> tuple[Array, Array]:
        assert self._density is not None
        groups = self._density(ctau)
        if self._outside and self._complete:
            groups = self._group_weight - groups
        mean, error = weighted_error(groups, self._drawn_share)
        return (1 - mean if self._outside and not self._complete else mean), error

    def _summed(self, ctau: Array) -> tuple[Array, Array]:
        mean, error = np.empty(ctau.size), np.empty(ctau.size)
        step = max(1, _CHUNK // max(1, self._start.size))
        for first in range(0, ctau.size, step):
            part = slice(first, first + step)
            mean[part], error[part] = self._chunk(ctau[part])
        return mean, error

    def _chunk(self, ctau: Array) -> tuple[Array, Array]:
        chance = decay_probability(self._start, self._length, ctau)
        chance = chance.sum(axis=2) if self._start.shape[1] > 1 else chance[:, :, 0]
        if self._outside and not self._complete:
            mean, error = self._average(chance, outside=False)
            return 1 - mean, error
        return self._average(1 - chance if self._outside else chance, self._outside)

    def _average(self, chance: Array, outside: bool) -> tuple[Array, Array]:
        """Mean and error of probabilities (ctau, flights)."""
        if self._block_starts is None:
            return self._from_independent_flights(chance, outside)
        return weighted_error(np.add.reduceat(chance * self._weight, self._block_starts, axis=1), self._drawn_share)

    def _from_independent_flights(self, chance: Array, outside: bool) -> tuple[Array, Array]:
        """Mean and error, the flights that miss the solid included."""
        mean = chance @ self._weight
        if outside:
            mean = mean + self._missed.sum()
        square = spread(chance * self._weight, self._drawn_share, mean)
        # of those that miss, all decay outside: w - s A = (w - s) + s (1 - A), which is nothing for a certain outcome
        apart, at = (self._missed - self._missed_share, 1 - mean) if outside else (np.zeros_like(self._missed), mean)
        square += apart @ apart + 2 * at * (apart @ self._missed_share)
        square += at**2 * (self._missed_share @ self._missed_share)
        # the error of a single flight is unknown
        return mean, np.sqrt(square) * self._factor if np.isfinite(self._factor) else np.full_like(mean, np.inf)


def checked_lifetimes(ctau: Array) -> Array:
    """The same c tau [m], any shape, or a `DetectorError` if one is negative or NaN."""
    bad = ~(ctau >= 0)
    if bad.any():
        raise DetectorError(f"ctau = {ctau[bad].flat[0]:g} m is not a decay length; give 0 or more metres")
    return ctau
