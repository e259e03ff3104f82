"""From flights and a solid to a decay probability for every lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.geometry import Stretches
from farflung.lpp import Flights

Array = NDArray[np.float64]

_CHUNK = 2**17
"""Exponentials at once: what is needed in between fits into a cache."""


class Acceptance:
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
        self._outside = outside
        self._count = len(flights)
        if flights.block is None:
            # those that miss the solid are left out and remembered by their weights
            chosen = np.flatnonzero(np.isfinite(start).any(axis=1))
            self._missed = np.delete(flights.weight, chosen)
            self._block_starts = None
        else:
            chosen = np.argsort(flights.block, kind="stable")
            self._block_starts = np.searchsorted(flights.block[chosen], np.arange(flights.block.max() + 1))
        self._start, self._weight = start[chosen], flights.weight[chosen]
        with np.errstate(invalid="ignore"):
            self._length = np.where(np.isinf(self._start), 0.0, stop[chosen] - self._start)
        # what an aimed sample lacks flies past everything
        self._elsewhere = None if flights.complete else 1.0

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
        lifetimes = np.asarray(ctau, dtype=float)
        bad = ~(lifetimes >= 0)
        if bad.any():
            raise DetectorError(f"ctau = {lifetimes[bad].flat[0]:g} m is not a decay length; give 0 or more metres")
        flat = lifetimes.ravel()
        mean, error = np.empty(flat.size), np.empty(flat.size)
        step = max(1, _CHUNK // max(1, self._start.size))
        for first in range(0, flat.size, step):
            part = slice(first, first + step)
            mean[part], error[part] = self._chunk(flat[part])
        return mean.reshape(lifetimes.shape), error.reshape(lifetimes.shape)

    def _chunk(self, ctau: Array) -> tuple[Array, Array]:
        chance = decay_probability(self._start, self._length, ctau)
        chance = chance.sum(axis=2) if self._start.shape[1] > 1 else chance[:, :, 0]
        if self._outside and self._elsewhere is not None:
            mean, error = self._average(chance, outside=False)
            return self._elsewhere - mean, error
        return self._average(1 - chance if self._outside else chance, self._outside)

    def _average(self, chance: Array, outside: bool) -> tuple[Array, Array]:
        """Mean and error of probabilities (ctau, flights)."""
        if self._block_starts is None:
            return self._from_independent_flights(chance, outside)
        blocks = np.add.reduceat(chance * self._weight, self._block_starts, axis=1)
        count = len(self._block_starts)
        mean = blocks.sum(axis=1)
        return mean, np.sqrt(count) * blocks.std(axis=1, ddof=1) if count > 1 else np.full_like(mean, np.inf)

    def _from_independent_flights(self, chance: Array, outside: bool) -> tuple[Array, Array]:
        """Mean and error, the flights that miss the solid included."""
        n, mean, square = self._count, chance @ self._weight, chance**2 @ self._weight**2
        if outside:
            mean, square = mean + self._missed.sum(), square + (self._missed**2).sum()
        if n == 1:
            return mean, np.full_like(mean, np.inf)
        return mean, np.sqrt(np.maximum(square - mean**2 / n, 0.0) * n / (n - 1))


def proper_distances(flights: Flights, stretches: Stretches) -> tuple[Array, Array]:
    """Proper distances L/(beta gamma) [m] at which flights enter and leave, (n, k) each, padded with inf."""
    beta_gamma = flights.beta_gamma[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        start, stop = stretches.start / beta_gamma, stretches.stop / beta_gamma
    # a particle at rest decays where it is: inside if a stretch starts there
    at_rest = beta_gamma == 0
    start = np.where(at_rest & (stretches.start == 0), 0.0, np.where(at_rest, np.inf, start))
    return start, np.where(at_rest, np.inf, stop)


def decay_probability(start: Array, length: Array, ctau: Array) -> Array:
    """exp(-start/ctau) (1 - exp(-length/ctau)), shape (ctau, ...), with its limits; good for any lifetime."""
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = -1 / ctau
        survival, decay = np.multiply.outer(rate, start), np.multiply.outer(rate, length)
    np.exp(survival, out=survival)
    np.expm1(decay, out=decay)
    # 0/0 and inf/inf, which the products above made NaN
    if (ctau == 0).any():
        survival[:, start == 0] = 1.0
        decay[:, length == 0] = 0.0
    if np.isinf(ctau).any():
        survival[:, np.isinf(start)] = 0.0
        decay[:, np.isinf(length)] = -1.0
    survival *= decay
    return np.asarray(-survival)
