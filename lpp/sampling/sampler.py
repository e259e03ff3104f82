"""Drawing the flights of long-lived particles that come from decays.

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

Parents that fly before they decay (`farflung.lpp.DecayPath`) are treated as chains of decays are: half of the events
are turned as a whole, the parent's way included, until the particle comes by at the aim. Of events that are to be
turned, parents fly as on the axis, where they have the longest way, and g(l, theta) being the density of their ways l,
the densities are f g(l, theta) in nature and q g(l, 0) for turned events.

Parents of aimed flights are drawn more often at the ends of their spectrum, for lifetimes at which only the fastest or
the slowest particles count. What recoils against the particle may be several particles: then its mass is drawn too, and
more often at both ends. Where most flights meet an aim by themselves, none of this helps, and decay angles are drawn.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.kinematics import momentum_in_rest_frame
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.recoil_system import RecoilSystem
from farflung.lpp.sampling.tails import towards_both_ends
from farflung.lpp.sampling.turned_events import aimed_events
from farflung.lpp.sampling.two_body import isotropic, solid_angle_ratio, towards, turned
from farflung.lpp.sampling.unit_cube import UnitPoints
from farflung.lpp.sampling.unit_points import BLOCKS, Drawing, unit_points

Array = NDArray[np.float64]

_PILOT_POINTS = 1024
_PILOT_SEED = 20220106

_MANY_BLOCKS = 32
"""Blocks of flights beside which the recoil has a mass of its own: their weights vary more."""


@dataclass(frozen=True, eq=False)
class _Decaying:
    """Parents, the masses of what recoils against the particles that they decay to, and the points behind those."""

    parents: Flights
    recoil_mass: Array
    points: Array


class Sampler(PlainArguments):
    """Draws flights from the decays of one kind of parent.

    Parameters
    ----------
    parents
        The parents.
    recoil
        What flies beside the long-lived particle.
    aim
        Directions that matter, as seen from the parents' origin.
    """

    def __init__(self, parents: Parents, recoil: RecoilSystem, aim: Aim = EVERYWHERE) -> None:
        self._parents = parents
        self._recoil = recoil
        self._aim = aim
        self._spectrum = None if aim.complete else parents.spectrum
        # parents, what the recoil takes, and two for the decay
        self._dimension = parents.dimension + recoil.dimension + 2
        self._blocks = _MANY_BLOCKS if recoil.dimension else BLOCKS
        self._ends = (0.15, 0.4) if recoil.dimension else (0.05, 0.2)

    def draw(self, mass: float, n: int, seed: int, sampling: Drawing = "aimed") -> Flights:
        """Draw n flights of particles of this mass [GeV]; more where a direction can be reached with two momenta.

        For aimed flights n is rounded up to a power of two of at least 512.

        Raises
        ------
        SamplingError
            If `sampling` is neither "aimed" nor "random", n is not positive, or the seed is negative.
        MassRangeError
            If the mass is above what the decay can make.
        """
        if sampling != "random" and self._spectrum is not None and self._spectrum.path is not None:
            return self._in_flight(mass, n, seed, sampling)
        points = unit_points(n, self._dimension, seed, sampling, self._blocks)
        if points.block is None:
            return self.natural(points.values, mass)
        if not self._parents.pointlike:
            return points.made(self.natural(points.values, mass))
        pilot_points = qmc.Sobol(self._dimension, rng=_PILOT_SEED).random(_PILOT_POINTS)
        if self._fly_there_anyway(pilot_points, mass):
            return points.made(self.natural(points.values, mass))
        mixed = self._spectrum is not None or self._has_caustics(self._decaying(pilot_points), mass)
        if mixed and self._aim.complete:
            return points.made(self.natural(points.values, mass))
        pilot = self._aimed(pilot_points, mass, self._aim.even(), mixed)[0]
        if mixed:
            return self._mixture(points, mass, self._shares(pilot, len(points) // points.blocks // 2))
        flights, _ = self._aimed(points.values, mass, self._shares(pilot, len(points) // points.blocks), mixed)
        return points.made(flights, complete=self._aim.complete)

    def natural(self, points: Array, mass: float) -> Flights:
        """Flights of particles of this mass [GeV] with decay angles from points (n, dimension) of the unit cube."""
        return self._decayed(self._decaying(points, ends=False), points, mass)

    def _in_flight(self, mass: float, n: int, seed: int, sampling: Drawing) -> Flights:
        """Flights from parents that fly before they decay, half of the events turned towards the aim."""
        assert self._spectrum is not None
        path = self._spectrum.path
        assert path is not None

        def natural(points: Array, first: NDArray[np.bool_]) -> tuple[Flights, Array]:
            decaying = self._decaying(points, ends=False)
            parents = decaying.parents
            on_axis = path.flown(parents.p, np.zeros(len(parents)), points[:, self._parents.dimension - 1])
            origin = np.where(first[:, None], on_axis[:, None] * parents.direction, parents.origin)
            moved = replace(decaying, parents=replace(parents, origin=origin))
            return self._decayed(moved, points, mass), parents.momentum

        return aimed_events(natural, self._dimension, self._spectrum, self._aim, n, seed, sampling)

    @property
    def dimension(self) -> int:
        """Coordinates of the unit cube that one flight takes."""
        return self._dimension

    def _fly_there_anyway(self, points: Array, mass: float) -> bool:
        """Whether most flights go where an incomplete aim wants them: then they are best as nature makes them."""
        if self._aim.complete:
            return False
        flights = self.natural(points, mass)
        there = self._aim.density(flights.direction, self._aim.even()) > 0
        return bool(flights.weight[there].sum() > 0.5)

    def _shares(self, pilot: Flights, points: int) -> Array:
        """Shares of the aim's panels, from flights that were drawn with even ones."""
        panel = self._aim.panel(pilot.direction)
        return self._aim.shares(np.bincount(panel, pilot.weight, self._aim.panels).astype(float), points)

    def _decaying(self, points: Array, azimuth: Array | None = None, *, ends: bool = True) -> _Decaying:
        """Parents and the masses of what they decay to beside the particle.

        The parents' azimuths may be shifted. Unless `ends` is False, the ends of both distributions are preferred.
        """
        coordinates = points[:, : self._parents.dimension]
        weight: Array | None = None
        if ends and self._spectrum is not None:
            coordinates = coordinates.copy()
            coordinates[:, 0], weight = towards_both_ends(coordinates[:, 0], *self._ends)
        if azimuth is not None and self._parents.azimuth is not None:
            coordinates = coordinates.copy()
            coordinates[:, self._parents.azimuth] = (coordinates[:, self._parents.azimuth] + azimuth) % 1.0
        parents = self._parents.draw(coordinates)
        recoil_points = points[:, self._parents.dimension : -2]
        recoil_mass, recoil_weight = self._recoil.mass(recoil_points, ends=ends)
        for factor in (weight, recoil_weight):
            if factor is not None:
                parents = parents.weighed(factor)
        return _Decaying(parents, recoil_mass, recoil_points)

    def _beside(self, flights: Flights, decaying: _Decaying, parent: Array | None = None) -> Flights:
        """The same flights, with what flies beside them; the parents' momenta (n, 3) may be others than were drawn."""
        momentum = (decaying.parents.momentum if parent is None else parent) - flights.momentum
        recoil = self._recoil.momenta(momentum, decaying.recoil_mass, flights.momentum, decaying.points)
        return replace(flights, recoil=recoil)

    def _has_caustics(self, decaying: _Decaying, mass: float) -> bool:
        """Whether some parent outruns the long-lived particle that it emits backwards."""
        parents = decaying.parents
        p_star = momentum_in_rest_frame(parents.mass, mass, decaying.recoil_mass)
        return bool((p_star / np.hypot(p_star, mass)).min() <= (parents.p / parents.energy).max())

    def _decayed(self, decaying: _Decaying, points: Array, mass: float) -> Flights:
        """Decays of these parents, with decay angles from the points."""
        cos_theta, phi = 2 * points[:, -2] - 1, 2 * np.pi * points[:, -1]
        return self._beside(isotropic(decaying.parents, mass, decaying.recoil_mass, cos_theta, phi), decaying)

    def _aimed(self, points: Array, mass: float, shares: Array, mixed: bool) -> tuple[Flights, Flights]:
        """The fast and the slow flights in directions of the aim; with weights of a mixture, if so wished."""
        direction = self._aim.draw(points[:, -2:], shares)
        decaying = self._decaying(points, np.arctan2(direction[:, 1], direction[:, 0]) / (2 * np.pi))
        parents = decaying.parents
        density = self._aim.density(direction, shares)
        floor: Array | float = 1.0 if mixed else 0.0
        if self._spectrum is not None:
            angle = np.arctan2(np.hypot(parents.momentum[:, 0], parents.momentum[:, 1]), parents.momentum[:, 2])
            with np.errstate(divide="ignore"):
                floor = density / self._spectrum.density(parents.p, angle)
        fast, slow = towards(parents, mass, decaying.recoil_mass, direction, density, floor)
        return self._beside(fast, decaying), self._beside(slow, decaying)

    def _mixture(self, points: UnitPoints, mass: float, shares: Array) -> Flights:
        """Half of every block with directions from the aim, the other half with decay angles or turned events."""
        aimed, others = np.flatnonzero(points.first_half), np.flatnonzero(~points.first_half)
        fast, slow = self._aimed(points.values[aimed], mass, shares, mixed=True)
        kept = slow.weight > 0
        other = (self._unaimed if self._spectrum is None else self._turned)(points.values[others], mass, shares)
        parts = [fast, slow.taken(kept), other] if kept.any() else [fast, other]
        together = Flights.together(parts, [1.0] * len(parts))
        return points.made(together, np.concatenate([aimed, aimed[kept], others]), complete=False)

    def _unaimed(self, points: Array, mass: float, shares: Array) -> Flights:
        """Flights with decay angles from the points, as a part of a mixture."""
        decaying = self._decaying(points)
        flights = self._decayed(decaying, points, mass)
        ratio = solid_angle_ratio(decaying.parents, flights, decaying.recoil_mass)
        weight = flights.weight / (4 * np.pi * self._aim.density(flights.direction, shares) * ratio + 1)
        return replace(flights, weight=weight)

    def _turned(self, points: Array, mass: float, shares: Array) -> Flights:
        """Events that are turned about their origin until the particle flies as aimed, as a part of a mixture."""
        assert self._spectrum is not None
        decaying = self._decaying(points)
        parents = decaying.parents
        # of the parents only the momentum counts, so the other coordinates are free to be decay angles
        direction = self._aim.draw(points[:, -2:], shares)
        momentum, parent, angle, ratio = turned(
            parents.p, parents.mass, mass, decaying.recoil_mass, direction,
            2 * points[:, 1] - 1, 2 * np.pi * points[:, 2],
        )  # fmt: skip
        nature = self._spectrum.density(parents.p, angle)
        weight = parents.weight * nature / (self._aim.density(direction, shares) * (4 * np.pi * nature * ratio + 1))
        return self._beside(Flights(parents.origin, momentum, mass, weight), decaying, parent)
