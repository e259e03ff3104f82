"""Production of an ALP beside a photon in electron-positron collisions."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError, MassRangeError, SamplingError
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
class PhotonAssociated(Process):
    """e+ e- -> gamma a through a virtual photon.

    The Z is left out: at the energies of B factories it changes the cross-section by less than a per cent for
    equal couplings.

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
    >>> from farflung.lpp import ALPPhoton
    >>> process = PhotonAssociated(10.58)
    >>> g = ALPPhoton().photon_coupling(1e-3)
    >>> round(float(process.cross_section(1.0, g)), 4)  # pb
    0.1152
    """

    sqrt_s: float
    initial: ClassVar[str] = "e+ e-"
    vertex: ClassVar[str] = "photons"
    recoil: ClassVar[tuple[str, ...]] = ("gamma",)

    def __post_init__(self) -> None:
        if not arguments.number("sqrt_s", self.sqrt_s, MassRangeError) > 0:
            raise MassRangeError(f"sqrt_s = {self.sqrt_s:g} GeV is not a positive energy")

    def __str__(self) -> str:
        return "e+ e- -> gamma"

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle that the collision can make [GeV]."""
        return self.sqrt_s

    def require(self, mass: ArrayLike) -> None:
        """Raise `MassRangeError` unless particles of these masses [GeV] can be made."""
        masses = arguments.numbers("mass", mass, MassRangeError)
        bad = ~((masses >= 0) & (masses < self.sqrt_s))
        if np.any(bad):
            raise MassRangeError(
                f"mass = {masses[bad].flat[0]:g} GeV is not between 0 and the energy of e+ e- -> gamma X, "
                f"{self.sqrt_s:g} GeV; choose a smaller mass"
            )

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Reactions for g_agammagamma = 1 GeV^-1."""
        return self.cross_section(mass, 1.0) * PB_IN_INVERSE_AB * the_offer(self, offer, Collision).luminosity

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

    def cross_section(self, mass: ArrayLike, photon_coupling: ArrayLike) -> Array:
        """Cross-section [pb], alpha g^2 (1 - m^2/s)^3/24 (arXiv:1709.00009).

        Parameters
        ----------
        mass
            Mass [GeV], any shape.
        photon_coupling
            g_agammagamma [GeV^-1], broadcast against the mass: `farflung.lpp.Model.photon_coupling`.

        Raises
        ------
        MassRangeError
            If a mass is above the collision's energy.
        CouplingError
            If a coupling is negative or not finite.
        """
        self.require(mass)
        g, m = arguments.non_negative("photon_coupling", photon_coupling, CouplingError), np.asarray(mass, dtype=float)
        return np.asarray(sm.PICOBARN * sm.ALPHA * g**2 * (1 - m**2 / self.sqrt_s**2) ** 3 / 24)

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
            n flights of equal weights from the origin, with 1 + cos^2 theta about the beam, the photon beside them.

        Raises
        ------
        MassRangeError
            If the mass is above the collision's energy.
        SamplingError
            If the points have another shape or lie outside the unit square.
        """
        points = arguments.unit_square(points, None, SamplingError)
        self.require(mass)
        # the inverse of the distribution function (3 c + c^3 + 4)/8 of 3/8 (1 + c^2), by Cardano's formula
        shifted = 4 * points[:, 0] - 2
        root = np.sqrt(shifted**2 + 1)
        cos_theta = np.clip(np.cbrt(root + shifted) - np.cbrt(root - shifted), -1.0, 1.0)
        momentum = (self.sqrt_s**2 - mass**2) / (2 * self.sqrt_s)
        local = momentum * unit_vectors(cos_theta, 2 * np.pi * points[:, 1])
        rotated = local if axis is None else local @ axis
        at_rest = np.zeros(3) if velocity is None else velocity
        _, lab = boost(np.full(len(points), np.hypot(momentum, mass)), rotated, at_rest)
        _, photon = boost(np.full(len(points), momentum), -rotated, at_rest)
        return Flights(np.zeros(3), lab, float(mass), recoil=(Recoil("gamma", photon),))
