"""Production of a vector particle beside a photon in electron-positron collisions."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
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
class VectorAssociated(Process):
    """e+ e- -> gamma A' with a vector that couples to electrons as photons do.

    d sigma/d cos theta = (2 pi alpha^2/s) (1 - m^2/s) (1 + cos^2 theta + 4 s m^2/(s - m^2)^2)/(1 - cos^2 theta) at
    leading order (as in R. Essig, P. Schuster, N. Toro, arXiv:0903.3941), in all directions: along the beams the
    electron's mass ends it, 1 - cos^2 theta + 4 m_e^2/s, which holds for the logarithm. The Z is left out.

    Parameters
    ----------
    sqrt_s
        Centre-of-mass energy [GeV].

    Raises
    ------
    MassRangeError
        If the energy is not positive and finite.

    Examples
    --------
    >>> process = VectorAssociated(10.58)
    >>> round(float(process.cross_section(1.0, 0.9)), 1)  # pb, within 0.9 of the cosine of the photon's angle
    4840.1
    """

    sqrt_s: float
    initial: ClassVar[str] = "e+ e-"
    vertex: ClassVar[str] = "charge"
    recoil: ClassVar[tuple[str, ...]] = ("gamma",)

    def __post_init__(self) -> None:
        if not arguments.number("sqrt_s", self.sqrt_s, MassRangeError) > 0:
            raise MassRangeError(f"sqrt_s = {self.sqrt_s:g} GeV is not a positive energy")

    def __str__(self) -> str:
        return "e+ e- -> gamma, radiation of"

    @property
    def equation(self) -> str:
        """The reaction."""
        return "e+ e- -> gamma X"

    @property
    def max_mass(self) -> float:
        """Nearly the energy of the collision [GeV]: the cross-section has a pole there."""
        return 0.99 * self.sqrt_s

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Reactions for a coupling of e."""
        return self.cross_section(mass) * PB_IN_INVERSE_AB * the_offer(self, offer, Collision).luminosity

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

    def cross_section(self, mass: ArrayLike, largest_cosine: float = 1.0) -> Array:
        """Cross-section [pb] for a coupling of e.

        Parameters
        ----------
        mass
            Mass [GeV], any shape.
        largest_cosine
            Cosine of the photon's angle to the beams in the centre-of-mass frame up to which it counts.

        Raises
        ------
        MassRangeError
            If a mass is above what the collision can make.
        """
        self.require(mass)
        m2, s = np.asarray(mass, dtype=float) ** 2, self.sqrt_s**2
        end, extra = self._end, self._extra(m2)
        # (1 + extra + c^2)/(end^2 - c^2), from -largest_cosine to that
        log = (1 + extra + end**2) / end * np.log((end + largest_cosine) / (end - largest_cosine))
        return np.asarray(sm.PICOBARN * 2 * np.pi * sm.ALPHA**2 / s * (1 - m2 / s) * (log - 2 * largest_cosine))

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
        end, extra = self._end, float(self._extra(np.asarray(mass**2)))
        # even in the inverse hyperbolic tangent of the cosine, in which 1/(end^2 - c^2) is flat
        most = np.arctanh(1 / end)
        cosine = end * np.tanh((2 * points[:, 0] - 1) * most)
        weight = (1 + extra + cosine**2) * 2 * most / end
        total = (1 + extra + end**2) / end * 2 * most - 2
        momentum = (self.sqrt_s**2 - mass**2) / (2 * self.sqrt_s)
        local = momentum * unit_vectors(np.clip(cosine, -1.0, 1.0), 2 * np.pi * points[:, 1])
        rotated = local if axis is None else local @ axis
        at_rest = np.zeros(3) if velocity is None else velocity
        _, lab = boost(np.full(len(points), np.hypot(momentum, mass)), rotated, at_rest)
        _, photon = boost(np.full(len(points), momentum), -rotated, at_rest)
        shares = weight / total / len(points)
        return Flights(np.zeros(3), lab, float(mass), shares, recoil=(Recoil("gamma", photon),))

    @property
    def _end(self) -> float:
        """Square root of 1 + 4 m_e^2/s."""
        return float(np.sqrt(1 + 4 * sm.mass("e-") ** 2 / self.sqrt_s**2))

    def _extra(self, m2: Array) -> Array:
        s = self.sqrt_s**2
        return np.asarray(4 * s * m2 / (s - m2) ** 2)
