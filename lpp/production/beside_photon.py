"""What electrons and positrons make beside a photon."""

from abc import abstractmethod
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments
from farflung.lpp.errors import MassRangeError, SamplingError
from farflung.lpp.flights import Flights, Recoil
from farflung.lpp.production.collision import Collision
from farflung.lpp.production.process import Offer, Process, the_offer
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.kinematics import boost, unit_vectors
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.unit_points import Drawing, unit_points
from farflung.lpp.units import PB_IN_INVERSE_AB

Array = NDArray[np.float64]


@dataclass(frozen=True)
class BesidePhoton(Process):
    """e+ e- -> gamma X.

    A subclass says how often (`_reactions`) and at which angles to the beam (`_cosines`).

    Parameters
    ----------
    sqrt_s
        Centre-of-mass energy [GeV].

    Raises
    ------
    MassRangeError
        If the energy is not positive and finite.
    """

    sqrt_s: float
    initial: ClassVar[str] = "e+ e-"
    recoil: ClassVar[tuple[str, ...]] = ("gamma",)

    def __post_init__(self) -> None:
        if not arguments.number("sqrt_s", self.sqrt_s, MassRangeError) > 0:
            raise MassRangeError(f"sqrt_s = {self.sqrt_s:g} GeV is not a positive energy")

    @abstractmethod
    def _reactions(self, mass: Array) -> Array:
        """Cross-section [pb] at masses [GeV], same shape, for a strength of 1."""

    @abstractmethod
    def _cosines(self, mass: float, points: Array) -> tuple[Array, Array]:
        """Cosines (n,) of angles to the electron, from points (n,) between 0 and 1, and weights of mean 1."""

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Reactions for a strength of 1."""
        return self._reactions(mass) * PB_IN_INVERSE_AB * the_offer(self, offer, Collision).luminosity

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV], in all directions, whatever the aim."""
        collision = the_offer(self, offer, Collision)
        points = unit_points(n, 2, seed, sampling)
        return points.made(self.flights(mass, points.values, collision.velocity, collision.frame))

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The particles, as parents of others."""
        collision = the_offer(self, offer, Collision)
        return Parents(
            float(self.exposure(offer, np.asarray(mass))),
            lambda points: self.flights(float(mass), points, collision.velocity, collision.frame),
            2,
        )

    def flights(self, mass: float, points: Array, velocity: Array | None = None, axis: Array | None = None) -> Flights:
        """Long-lived particles from points of the unit square.

        Parameters
        ----------
        mass
            Mass [GeV].
        points
            Points (n, 2) of the unit square: polar angle and azimuth about the beam in the centre-of-mass frame.
        velocity
            Velocity (3,) of the centre of mass in the lab, in units of c; at rest by default.
        axis
            Rows (3, 3) of an orthonormal frame whose last axis is the electron's direction in the centre-of-mass
            frame; that of the lab by default.

        Returns
        -------
        Flights
            n flights from the origin, with the photon beside them.

        Raises
        ------
        MassRangeError
            If the mass is above what the collision can make.
        SamplingError
            If the points have another shape or lie outside the unit square.
        """
        points = arguments.unit_square(points, None, SamplingError)
        self.require(mass)
        cosine, weight = self._cosines(float(mass), points[:, 0])
        momentum = (self.sqrt_s**2 - mass**2) / (2 * self.sqrt_s)
        local = momentum * unit_vectors(cosine, 2 * np.pi * points[:, 1])
        rotated = local if axis is None else local @ axis
        at_rest = np.zeros(3) if velocity is None else velocity
        _, lab = boost(np.full(len(points), np.hypot(momentum, mass)), rotated, at_rest)
        _, photon = boost(np.full(len(points), momentum), -rotated, at_rest)
        return Flights(np.zeros(3), lab, float(mass), weight / len(points), recoil=(Recoil("gamma", photon),))
