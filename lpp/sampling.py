"""Drawing the flights of long-lived particles that come from two-body decays.

Two ways, chosen by name:

- ``"aimed"``: the direction in the lab is drawn first, from scrambled Sobol points, in panels of polar angle at
  whose edges the detector begins and ends, so that everything behind a direction is smooth. Where the particle is
  slower in its parent's rest frame than a parent is in the lab, directions have caustics; there the decay angles
  are drawn instead, from the same points.
- ``"random"``: plain pseudo-random decay angles, the cross-check.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.errors import SamplingError
from farflung.lpp.flights import Flights
from farflung.lpp.kinematics import momentum_in_rest_frame, unit_vectors
from farflung.lpp.process import TwoBodyDecay
from farflung.lpp.two_body import isotropic, towards

Array = NDArray[np.float64]

Sampling = Literal["aimed", "random"]

BLOCKS: int = 8
"""Aimed flights come in this many independently scrambled blocks, whose spread is the statistical error."""

MOST: int = 2**26
"""The largest number of flights in one sample; their arrays take several GB."""

_PILOT_POINTS = 1024
_PILOT_SEED = 20220106
# Panels with few flights matter as much as others to a search for what escapes through them; a power below one
# gives them more than their share.
_SHARE_POWER = 0.6


@lru_cache(maxsize=16)
def _sobol_blocks(n: int, dimension: int, seed: int) -> Array:
    """Points (BLOCKS, n/BLOCKS, dimension) in the open unit cube, read-only."""
    seeds = np.random.SeedSequence(seed).spawn(BLOCKS)
    blocks = [qmc.Sobol(dimension, scramble=True, rng=np.random.default_rng(s)).random(n // BLOCKS) for s in seeds]
    # the decay, which comes last, takes the first coordinates: those of a Sobol net are the evenest
    points = np.clip(np.stack(blocks)[:, :, ::-1], 1e-12, 1 - 1e-12)
    points.flags.writeable = False
    return points


def unit_points(
    n: int, dimension: int, seed: int, sampling: Sampling = "aimed"
) -> tuple[Array, NDArray[np.int64] | None]:
    """Draw points of the unit cube, as flights are made of.

    Parameters
    ----------
    n
        Number of points; for ``"aimed"`` a power of two of at least 512.
    dimension
        Number of coordinates.
    seed
        The same seed gives the same bits.
    sampling
        ``"aimed"`` for scrambled Sobol points in `BLOCKS` blocks, ``"random"`` for pseudo-random ones.

    Returns
    -------
    points, block
        (n, dimension), and the block (n,) of each point; None for pseudo-random points, which are independent.

    Raises
    ------
    SamplingError
        If an argument is not as said above.
    """
    if sampling not in get_args(Sampling):
        raise SamplingError(f"sampling = {sampling!r} is not one of {', '.join(get_args(Sampling))}")
    for label, value in (("seed", seed), ("n", n)):
        if not isinstance(value, int | np.integer) or value < 0:
            raise SamplingError(f"{label} = {value!r} is not a whole number, 0 or more")
    if n > MOST:
        raise SamplingError(f"n = {n}: more than {MOST} flights do not fit into memory; draw them in batches")
    if sampling == "random":
        if n < 2:
            raise SamplingError(f"n = {n}: give at least 2 random flights")
        return np.random.default_rng(seed).random((n, dimension)), None
    if n < 64 * BLOCKS or n & (n - 1):
        below = 2 ** max(int(np.log2(max(n, 1))), 9)
        raise SamplingError(
            f"n = {n}: aimed flights come in powers of two from {64 * BLOCKS}; give {below} or {2 * below}"
        )
    points = _sobol_blocks(int(n), dimension, int(seed)).reshape(n, dimension)
    return points, np.repeat(np.arange(BLOCKS), n // BLOCKS)


class Sampler:
    """Draws flights from the decays of one kind of parent.

    Parameters
    ----------
    parents
        Function that turns points (n, dimension) of the unit cube into n parents of weight 1/n. Its coordinate
        `azimuth`, if it has one, is an azimuth around the z axis divided by 2 pi.
    dimension
        Number of coordinates that `parents` takes.
    process
        The decay that makes the long-lived particle.
    polar_angles
        Polar angles [rad] seen from the parents' origin at which a detector begins, ends or has a corner.
    azimuth
        Index of the azimuthal coordinate. Aimed flights count it from the direction in which they fly, which
        leaves the integrand nearly independent of one dimension.
    """

    def __init__(
        self,
        parents: Callable[[Array], Flights],
        dimension: int,
        process: TwoBodyDecay,
        polar_angles: Sequence[float] = (),
        azimuth: int | None = None,
    ) -> None:
        self._parents = parents
        self._dimension = dimension
        self._process = process
        self._azimuth = azimuth
        # corners that differ by rounding make one edge
        inner = np.unique(np.round(np.cos(np.asarray(polar_angles, dtype=float)), 7))
        self._edges = np.concatenate([[-1.0], inner[(inner > -1) & (inner < 1)], [1.0]])

    def draw(self, mass: float, n: int, seed: int, sampling: Sampling = "aimed") -> Flights:
        """Draw n flights of particles of this mass [GeV].

        Raises
        ------
        SamplingError
            If `sampling` is neither "aimed" nor "random", n is not positive, the seed is negative, or n is not a
            power of two of at least 512 for aimed flights.
        MassRangeError
            If the mass is above what the process can make.
        """
        points, block = unit_points(n, self._dimension + 2, seed, sampling)
        self._process.require(mass)
        if block is None:
            return self._isotropic(points, mass)
        pilot_points = qmc.Sobol(self._dimension + 2, rng=_PILOT_SEED).random(_PILOT_POINTS)
        pilot_parents = self._parents(pilot_points[:, : self._dimension])
        if self._has_caustics(pilot_parents, mass):
            flights = self._isotropic(points, mass)
        else:
            pilot = self._isotropic(pilot_points, mass)
            flights = self._aimed(points, mass, self._shares(pilot, n // BLOCKS))
        return Flights(flights.origin, flights.momentum, mass, flights.weight, block)

    def _has_caustics(self, parents: Flights, mass: float) -> bool:
        """Whether some parent outruns the long-lived particle that it emits backwards."""
        p_star = momentum_in_rest_frame(parents.mass, mass, self._process.daughter_mass)
        return bool(p_star / np.hypot(p_star, mass) <= (parents.p / parents.energy).max())

    def _isotropic(self, points: Array, mass: float) -> Flights:
        parents = self._parents(points[:, : self._dimension])
        cos_theta, phi = 2 * points[:, -2] - 1, 2 * np.pi * points[:, -1]
        return isotropic(parents, mass, self._process.daughter_mass, cos_theta, phi)

    def _shares(self, pilot: Flights, points: int) -> Array:
        """Share of the points in every panel, in multiples of a power of two, so that the Sobol net fits."""
        count, _ = np.histogram(pilot.direction[:, 2], self._edges)
        wanted = (count + 0.5) ** _SHARE_POWER
        strips = min(points, max(64, 2 ** int(np.ceil(np.log2(4 * len(count))))))
        wanted = wanted / wanted.sum() * strips
        given = np.maximum(1, np.floor(wanted)).astype(int)
        while given.sum() < strips:
            given[np.argmax(wanted - given)] += 1
        while given.sum() > strips:
            given[np.argmax(np.where(given > 1, given - wanted, -np.inf))] -= 1
        return np.asarray(given / strips)

    def _aimed(self, points: Array, mass: float, share: Array) -> Flights:
        starts = np.concatenate([[0.0], np.cumsum(share)])
        u = points[:, -2]
        panel = np.clip(np.searchsorted(starts, u, side="right") - 1, 0, len(share) - 1)
        width = np.diff(self._edges)
        inside = (u - starts[panel]) / share[panel]
        cos_theta = self._edges[panel] + inside * width[panel]
        density = share[panel] / (width[panel] * 2 * np.pi)
        phi = 2 * np.pi * points[:, -1]
        coordinates = points[:, : self._dimension].copy()
        if self._azimuth is not None:
            coordinates[:, self._azimuth] = (coordinates[:, self._azimuth] + points[:, -1]) % 1.0
        parents = self._parents(coordinates)
        fast, _ = towards(parents, mass, self._process.daughter_mass, unit_vectors(cos_theta, phi), density)
        return fast
