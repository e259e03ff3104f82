"""Drawing the flights of long-lived particles that come from two-body decays.

Two ways, chosen by name:

- ``"aimed"``: the direction in the lab is drawn first, from scrambled Sobol points, in panels at whose edges the
  detector begins and ends, so that everything behind a direction is smooth.
- ``"random"``: plain pseudo-random decay angles, the cross-check.

Where the particle is slower in its parent's rest frame than a parent is in the lab, directions have caustics, at
which the weights of aimed flights have no bound. If all directions matter, decay angles are drawn there instead, from
the same points. If only some do, half of the flights draw decay angles, and all are weighed by what both halves
together would draw: w = 1/(4 pi q), with q = (aim density dOmega/dOmega* + 1/4 pi)/2 for each steradian of the rest
frame (the balance heuristic of E. Veach and L. Guibas, SIGGRAPH 1995).

A beam's secondaries have another way. A decay has no preferred direction, so a whole event may be turned until its
long-lived particle flies where the detector is, and be weighed by how often the parent flies where it then does.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.aim import EVERYWHERE, Aim
from farflung.lpp.flights import Flights
from farflung.lpp.kinematics import momentum_in_rest_frame
from farflung.lpp.process import TwoBodyDecay
from farflung.lpp.spectrum import Spectrum
from farflung.lpp.two_body import isotropic, solid_angle_ratio, towards, turned
from farflung.lpp.unit_points import BLOCKS, Sampling, unit_points

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
        Directions that matter, as seen from the parents' origin.
    azimuth
        Index of the azimuthal coordinate. Aimed flights count it from the direction in which they fly, which
        leaves the integrand nearly independent of one dimension.
    spectrum
        Distribution of the parents' momenta, if it is known and all parents start at one point: events are then
        turned towards an incomplete aim.
    """

    def __init__(
        self,
        parents: Callable[[Array], Flights],
        dimension: int,
        process: TwoBodyDecay,
        aim: Aim = EVERYWHERE,
        azimuth: int | None = None,
        spectrum: Spectrum | None = None,
    ) -> None:
        self._parents = parents
        self._dimension = dimension
        self._process = process
        self._aim = aim
        self._azimuth = azimuth
        self._spectrum = None if aim.complete else spectrum

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
        dimension = 5 if self._spectrum else self._dimension + 2
        points, block = unit_points(n, dimension if sampling == "aimed" else self._dimension + 2, seed, sampling)
        self._process.require(mass)
        if block is None:
            return self._isotropic(points, mass)
        pilot_points = qmc.Sobol(dimension, rng=_PILOT_SEED).random(_PILOT_POINTS)
        even = self._aim.even()
        if self._spectrum is not None:
            pilot = self._turned(self._spectrum, pilot_points, mass, even)
            flights = self._turned(self._spectrum, points, mass, self._shares(pilot, n // BLOCKS))
            return _with_blocks(flights, block, complete=False)
        mixed = self._has_caustics(self._parents(pilot_points[:, : self._dimension]), mass)
        if mixed and self._aim.complete:
            return _with_blocks(self._isotropic(points, mass), block, complete=True)
        pilot = self._aimed(pilot_points, mass, even, mixed)[0]
        if not mixed:
            flights, _ = self._aimed(points, mass, self._shares(pilot, n // BLOCKS), mixed)
            return _with_blocks(flights, block, self._aim.complete)
        return self._mixture(points, block, mass, self._shares(pilot, n // BLOCKS // 2))

    def _shares(self, pilot: Flights, points: int) -> Array:
        """Shares of the aim's panels, from flights that were drawn with even ones."""
        panel = self._aim.panel(pilot.direction)
        return self._aim.shares(np.bincount(panel, pilot.weight, minlength=self._aim.panels), points)

    def _has_caustics(self, parents: Flights, mass: float) -> bool:
        """Whether some parent outruns the long-lived particle that it emits backwards."""
        p_star = momentum_in_rest_frame(parents.mass, mass, self._process.daughter_mass)
        return bool(p_star / np.hypot(p_star, mass) <= (parents.p / parents.energy).max())

    def _isotropic(self, points: Array, mass: float) -> Flights:
        parents = self._parents(points[:, : self._dimension])
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
        return towards(parents, mass, self._process.daughter_mass, direction, density, floor=mixed)

    def _mixture(self, points: Array, block: NDArray[np.int64], mass: float, shares: Array) -> Flights:
        """Half of every block with directions from the aim, the other half with decay angles."""
        first = np.arange(len(points)) % (len(points) // BLOCKS) < len(points) // BLOCKS // 2
        fast, slow = self._aimed(points[first], mass, shares, mixed=True)
        parents = self._parents(points[~first][:, : self._dimension])
        other = self._process.daughter_mass
        free = isotropic(parents, mass, other, 2 * points[~first][:, -2] - 1, 2 * np.pi * points[~first][:, -1])
        aimed = self._aim.density(free.direction, shares) * solid_angle_ratio(parents, free, other)
        weight = parents.weight / (4 * np.pi * aimed + 1)
        kept = slow.weight > 0
        flights = Flights(
            np.concatenate([fast.origin, slow.origin[kept], free.origin]),
            np.concatenate([fast.momentum, slow.momentum[kept], free.momentum]),
            mass,
            np.concatenate([fast.weight, slow.weight[kept], weight]),
        )
        blocks = np.concatenate([block[first], block[first][kept], block[~first]])
        return _with_blocks(flights, blocks, complete=False)

    def _turned(self, spectrum: Spectrum, points: Array, mass: float, shares: Array) -> Flights:
        """Events that are turned about their origin until the particle flies in a direction of the aim."""
        direction = self._aim.draw(points[:, -2:], shares)
        start = self._parents(np.full((1, self._dimension), 0.5))
        momentum = spectrum.momentum(points[:, 0])
        cos_theta, phi = 2 * points[:, 1] - 1, 2 * np.pi * points[:, 2]
        vectors, parent_angle = turned(
            momentum, start.mass, mass, self._process.daughter_mass, direction, cos_theta, phi
        )
        density = self._aim.density(direction, shares)
        weight = spectrum.density(momentum, parent_angle) / (density * len(points))
        return Flights(start.origin[0], vectors, mass, weight)


def _with_blocks(flights: Flights, block: NDArray[np.int64], complete: bool) -> Flights:
    return Flights(flights.origin, flights.momentum, flights.mass, flights.weight, block, complete)
