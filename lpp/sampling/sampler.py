"""Drawing the flights of long-lived particles that come from two-body decays.

Two ways, chosen by name:

- ``"aimed"``: the direction in the lab is drawn first, from scrambled Sobol points, in panels at whose edges the
  detector begins and ends, so that everything behind a direction is smooth.
- ``"random"``: plain pseudo-random decay angles, the cross-check.

Where the particle is slower in its parent's rest frame than a parent is in the lab, directions have caustics, at
which the weights of aimed flights have no bound. If all directions matter, decay angles are drawn there instead, from
the same points. If only some do, half of the flights are drawn in another way, and all are weighed by what both halves
together would draw (the balance heuristic of E. Veach and L. Guibas, SIGGRAPH 1995). That other way is to draw decay
angles or, for a beam's secondaries, to turn whole events: a decay has no preferred direction, so it may be turned until
its long-lived particle flies where the detector is, and be weighed by how often the parent flies where it then does.

With f the density of the parents' directions, q that of the aim and J = dOmega/dOmega*, the densities per steradian of
parent and decay are f/(4 pi) in nature, f q J for aimed flights, f/(4 pi) for decay angles and q/(4 pi) for turned
events.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.flights import Flights
from farflung.lpp.production.process import TwoBodyDecay
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.kinematics import momentum_in_rest_frame
from farflung.lpp.sampling.two_body import isotropic, solid_angle_ratio, towards, turned
from farflung.lpp.sampling.unit_points import BLOCKS, Sampling, unit_points
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]

_PILOT_POINTS = 1024
_PILOT_SEED = 20220106


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
    aim
        Directions that matter, as seen from the parents' origin; None if nothing is known, as for parents that start
        here and there: then decay angles are drawn.
    azimuth
        Index of the azimuthal coordinate. Aimed flights count it from the direction in which they fly, which
        leaves the integrand nearly independent of one dimension.
    spectrum
        Distribution of the parents' momenta, if it is known: events are then turned towards an incomplete aim. The
        first of the parents' three coordinates must then be that of the momentum.
    """

    def __init__(
        self,
        parents: Callable[[Array], Flights],
        dimension: int,
        process: TwoBodyDecay,
        aim: Aim | None = EVERYWHERE,
        azimuth: int | None = None,
        spectrum: Spectrum | None = None,
    ) -> None:
        self._parents = parents
        self._dimension = dimension
        self._process = process
        self._aim = aim or EVERYWHERE
        self._free = aim is None
        self._azimuth = azimuth
        self._spectrum = None if self._aim.complete else spectrum

    def draw(self, mass: float, n: int, seed: int, sampling: Sampling = "aimed") -> Flights:
        """Draw n flights of particles of this mass [GeV]; more where a direction can be reached with two momenta.

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
        if self._free:
            return _with_blocks(self._isotropic(points, mass), block, complete=True)
        pilot_points = qmc.Sobol(self._dimension + 2, rng=_PILOT_SEED).random(_PILOT_POINTS)
        mixed = self._spectrum is not None or self._has_caustics(
            self._parents(pilot_points[:, : self._dimension]), mass
        )
        if mixed and self._aim.complete:
            return _with_blocks(self._isotropic(points, mass), block, complete=True)
        pilot = self._aimed(pilot_points, mass, self._aim.even(), mixed)[0]
        if mixed:
            return self._mixture(points, block, mass, self._shares(pilot, n // BLOCKS // 2))
        flights, _ = self._aimed(points, mass, self._shares(pilot, n // BLOCKS), mixed)
        return _with_blocks(flights, block, self._aim.complete)

    def _shares(self, pilot: Flights, points: int) -> Array:
        """Shares of the aim's panels, from flights that were drawn with even ones."""
        panel = self._aim.panel(pilot.direction)
        return self._aim.shares(np.bincount(panel, pilot.weight, self._aim.panels).astype(float), points)

    def _has_caustics(self, parents: Flights, mass: float) -> bool:
        """Whether some parent outruns the long-lived particle that it emits backwards."""
        p_star = momentum_in_rest_frame(parents.mass, mass, self._process.daughter_mass)
        return bool(p_star / np.hypot(p_star, mass) <= (parents.p / parents.energy).max())

    def _isotropic(self, points: Array, mass: float) -> Flights:
        return self._decayed(self._parents(points[:, : self._dimension]), points, mass)

    def _decayed(self, parents: Flights, points: Array, mass: float) -> Flights:
        """Decays of these parents, with decay angles from the points."""
        cos_theta, phi = 2 * points[:, -2] - 1, 2 * np.pi * points[:, -1]
        return isotropic(parents, mass, self._process.daughter_mass, cos_theta, phi)

    def _aimed(self, points: Array, mass: float, shares: Array, mixed: bool) -> tuple[Flights, Flights]:
        """The fast and the slow flights in directions of the aim; with weights of a mixture, if so wished."""
        direction = self._aim.draw(points[:, -2:], shares)
        coordinates = points[:, : self._dimension].copy()
        if self._azimuth is not None:
            phi = np.arctan2(direction[:, 1], direction[:, 0]) / (2 * np.pi)
            coordinates[:, self._azimuth] = (coordinates[:, self._azimuth] + phi) % 1.0
        parents = self._parents(coordinates)
        density = self._aim.density(direction, shares)
        floor: Array | float = 1.0 if mixed else 0.0
        if self._spectrum is not None:
            angle = np.arctan2(np.hypot(parents.momentum[:, 0], parents.momentum[:, 1]), parents.momentum[:, 2])
            with np.errstate(divide="ignore"):
                floor = density / self._spectrum.density(parents.p, angle)
        return towards(parents, mass, self._process.daughter_mass, direction, density, floor)

    def _mixture(self, points: Array, block: NDArray[np.int64], mass: float, shares: Array) -> Flights:
        """Half of every block with directions from the aim, the other half with decay angles or turned events."""
        first = np.arange(len(points)) % (len(points) // BLOCKS) < len(points) // BLOCKS // 2
        fast, slow = self._aimed(points[first], mass, shares, mixed=True)
        kept = slow.weight > 0
        other = (self._unaimed if self._spectrum is None else self._turned)(points[~first], mass, shares)
        flights = Flights(
            np.concatenate([fast.origin, slow.origin[kept], other.origin]),
            np.concatenate([fast.momentum, slow.momentum[kept], other.momentum]),
            mass,
            np.concatenate([fast.weight, slow.weight[kept], other.weight]),
        )
        return _with_blocks(flights, np.concatenate([block[first], block[first][kept], block[~first]]), complete=False)

    def _unaimed(self, points: Array, mass: float, shares: Array) -> Flights:
        """Flights with decay angles from the points, as a part of a mixture."""
        parents = self._parents(points[:, : self._dimension])
        flights = self._decayed(parents, points, mass)
        ratio = solid_angle_ratio(parents, flights, self._process.daughter_mass)
        weight = flights.weight / (4 * np.pi * self._aim.density(flights.direction, shares) * ratio + 1)
        return Flights(flights.origin, flights.momentum, mass, weight)

    def _turned(self, points: Array, mass: float, shares: Array) -> Flights:
        """Events that are turned about their origin until the particle flies as aimed, as a part of a mixture."""
        assert self._spectrum is not None
        parents = self._parents(points[:, : self._dimension])
        # of the parents only the momentum counts, so the other coordinates are free to be decay angles
        direction = self._aim.draw(points[:, -2:], shares)
        momentum, angle, ratio = turned(
            parents.p, parents.mass, mass, self._process.daughter_mass, direction,
            2 * points[:, 1] - 1, 2 * np.pi * points[:, 2],
        )  # fmt: skip
        nature = self._spectrum.density(parents.p, angle)
        weight = parents.weight * nature / (self._aim.density(direction, shares) * (4 * np.pi * nature * ratio + 1))
        return Flights(parents.origin, momentum, mass, weight)


def _with_blocks(flights: Flights, block: NDArray[np.int64], complete: bool) -> Flights:
    return Flights(flights.origin, flights.momentum, flights.mass, flights.weight, block, complete)
