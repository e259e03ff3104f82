"""Conversion of photons into ALPs in the field of a nucleus."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import spherical_jn

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError, MassRangeError, SamplingError
from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.sampling.kinematics import frames, unit_vectors
from farflung.lpp.units import FERMI

Array = NDArray[np.float64]

_FIRST_ZERO = 4.49
"""First zero of the spherical Bessel function j_1, where the form factor ends."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(96)


@dataclass(frozen=True)
class Primakoff(PlainArguments):
    """gamma N -> a N on a nucleus that recoils with negligible energy: the ALP takes the photon's energy.

    With q^2 the momentum transfer, q_t its transverse part and q^2 = q_t^2 + (m^2/2E)^2 at small angles,
    d sigma/d q_t^2 = alpha g^2 Z^2/8  q_t^2/q^4  F^2(q^2), with Helm's form factor of the nucleus and, for light
    ALPs, the screening by the atom's electrons (arXiv:1512.03069; Y.-S. Tsai, Phys. Rev. D 34 (1986) 1326).

    Parameters
    ----------
    charge, mass_number
        Z and A of the nucleus, A from 2.
    screening
        Whether the electrons screen the nucleus, F -> F a^2 q^2/(1 + a^2 q^2) with a = 111 Z^(-1/3)/m_e.

    Raises
    ------
    MassRangeError
        If Z and A are not whole numbers, or Z is not at least 1 or A is not at least 2 and Z.

    Examples
    --------
    >>> iron = Primakoff(26, 56)
    >>> f"{float(iron.cross_section(0.05, 20.0, 1e-3)):.3g}"  # pb
    '3.1e+03'
    """

    charge: int
    mass_number: int
    screening: bool = True

    def __post_init__(self) -> None:
        whole = all(isinstance(value, int | np.integer) for value in (self.charge, self.mass_number))
        if not (whole and self.charge >= 1 and self.mass_number >= max(2, self.charge)):
            raise MassRangeError(
                f"charge = {self.charge} and mass_number = {self.mass_number} are no nucleus; "
                "give whole numbers, as in Primakoff(26, 56)"
            )

    def __str__(self) -> str:
        return f"gamma N -> N, Z = {self.charge}, A = {self.mass_number}"

    @property
    def radius(self) -> float:
        """R_1 [GeV^-1] of Helm's form factor: R_1^2 = (1.23 A^(1/3) - 0.6)^2 + 7/3 pi^2 0.52^2 - 5 s^2 in fm^2."""
        squared = (1.23 * self.mass_number ** (1 / 3) - 0.6) ** 2 + 7 / 3 * np.pi**2 * 0.52**2 - 5 * 0.9**2
        return float(np.sqrt(squared) * FERMI)

    @property
    def q_max(self) -> float:
        """Momentum transfer [GeV] at the first zero of the form factor, beyond which it is taken to vanish."""
        return _FIRST_ZERO / self.radius

    def form_factor(self, q: Array) -> Array:
        """F(q) for momentum transfers q [GeV], any shape: Helm's, 3 j_1(q R_1)/(q R_1) exp(-q^2 s^2/2), screened."""
        x = q * self.radius
        helm = 3 * spherical_jn(1, x) / np.maximum(x, 1e-12) * np.exp(-(q**2) * (0.9 * FERMI) ** 2 / 2)
        helm = np.where(x < 1e-6, 1.0, helm)
        if not self.screening:
            return np.asarray(helm)
        a2_q2 = (111 * self.charge ** (-1 / 3) / sm.mass("e-")) ** 2 * q**2
        return np.asarray(helm * a2_q2 / (1 + a2_q2))

    def cross_section(self, mass: ArrayLike, energy: ArrayLike, photon_coupling: ArrayLike) -> Array:
        """Cross-section [pb] for one nucleus.

        Parameters
        ----------
        mass
            Mass [GeV].
        energy
            Photon energy [GeV], broadcast against the mass.
        photon_coupling
            g_agammagamma [GeV^-1], broadcast against both: `farflung.lpp.Model.photon_coupling`.

        Raises
        ------
        MassRangeError
            If a photon has not the energy to make the mass coherently: m^2/(2 E) must be below `q_max`.
        CouplingError
            If a coupling is negative or not finite.
        """
        g = arguments.non_negative("photon_coupling", photon_coupling, CouplingError)
        m, e = np.broadcast_arrays(
            arguments.numbers("mass", mass, MassRangeError), arguments.numbers("energy", energy, MassRangeError)
        )
        low, high = self._range(m, e)
        # uniform in ln q_t^2, in which the integrand is nearly flat
        log_low, log_high = np.log(low)[..., None], np.log(high)[..., None]
        u = (log_low + log_high) / 2 + (log_high - log_low) / 2 * _NODES
        density = self._density(np.exp(u), ((m**2 / (2 * e)) ** 2)[..., None])
        integral = (density * np.exp(u) * _WEIGHTS).sum(axis=-1) * (log_high - log_low)[..., 0] / 2
        return np.asarray(sm.PICOBARN * integral * g**2)

    def convert(self, photons: Flights, mass: float, points: Array) -> tuple[Flights, float]:
        """Turn photons into ALPs.

        Parameters
        ----------
        photons
            n photons: flights of mass zero, with any weights.
        mass
            ALP mass [GeV].
        points
            Points (n, 2) of the unit square: momentum transfer and azimuth.

        Returns
        -------
        flights
            n ALPs with the photons' energies and origins; weights add up to 1 on average.
        cross_section
            Cross-section [pb] per nucleus for g_agammagamma = 1 GeV^-1, averaged over the photons' weights: the
            number of ALPs for each photon is g^2 times this times the nuclei per area that a photon meets.

        Raises
        ------
        MassRangeError
            If no photon can make the mass; those that cannot have weight zero.
        SamplingError
            If the photons have a mass, or the points another shape or lie outside the unit square.
        """
        if photons.mass != 0:
            raise SamplingError(f"photons have a mass of {photons.mass:g} GeV; give flights of mass 0")
        points = arguments.unit_square(points, len(photons), SamplingError)
        mass = arguments.number("mass", mass, MassRangeError)
        energy = photons.p
        able = (energy > mass) & (self._longitudinal(mass, energy) < self.q_max)
        if not able.any():
            self._range(np.asarray(mass), energy.max())
        safe = np.where(able, energy, energy[able].max())
        q_t2 = (self.transfers(float(mass), safe, points) ** 2).sum(axis=1)
        share = self.differential(mass, safe, q_t2) / (sm.PICOBARN * self.transfer_density(mass, safe, q_t2))
        weight = np.where(able, photons.weight * share, 0.0)
        momentum = np.sqrt(safe**2 - mass**2)
        cos_angle = np.sqrt(np.maximum(1 - q_t2 / momentum**2, 0.0))
        local = unit_vectors(cos_angle, 2 * np.pi * points[:, 1])
        direction = np.einsum("ni,nij->nj", local, frames(photons.direction))
        total = self.cross_section(float(mass), safe, 1.0) / sm.PICOBARN
        average = float((np.where(able, photons.weight, 0.0) * total).sum())
        flights = Flights(photons.origin, momentum[:, None] * direction, float(mass), weight / average, photons.block)
        return flights, average * sm.PICOBARN / float(photons.weight.sum())

    def transfers(self, mass: float, energy: Array, points: Array) -> Array:
        """Draw transverse momenta (n, 2) [GeV] that the nucleus gives, about as often as it gives them.

        Parameters
        ----------
        mass
            ALP mass [GeV].
        energy
            Photon energies (n,) [GeV], each enough to make the mass coherently.
        points
            Points (n, 2) of the unit square: momentum transfer and azimuth.

        Raises
        ------
        MassRangeError
            If a photon cannot make the mass.
        SamplingError
            If the points have another shape or lie outside the unit square.
        """
        points = arguments.unit_square(points, len(energy), SamplingError)
        end, span = self._flat(arguments.number("mass", mass, MassRangeError), energy)
        q_t, azimuth = np.sqrt(end * np.expm1(points[:, 0] * span)), 2 * np.pi * points[:, 1]
        return np.stack([q_t * np.cos(azimuth), q_t * np.sin(azimuth)], axis=1)

    def transfer_density(self, mass: float, energy: Array, q_t2: Array) -> Array:
        """Density (n,) [GeV^-2] with which `transfers` draws transverse momenta of square q_t^2 (n,) [GeV^2]."""
        end, span = self._flat(mass, energy)
        return np.where(q_t2 <= end * np.expm1(span), 1 / (np.pi * span * (q_t2 + end)), 0.0)

    def differential(self, mass: float, energy: Array, q_t2: Array) -> Array:
        """Cross-section d sigma/d^2 q_t (n,) [pb GeV^-2] for g_agammagamma = 1 GeV^-1."""
        _, high = self._range(np.full(len(energy), mass), energy)
        density = self._density(q_t2, self._longitudinal(mass, energy) ** 2)
        return np.where(q_t2 <= high, density * sm.PICOBARN / np.pi, 0.0)

    def _flat(self, mass: float, energy: Array) -> tuple[Array, Array]:
        """Where the field ends, as q_t^2 (n,) [GeV^2], and the range (n,) of ln(q_t^2 + that).

        In ln(q_t^2 + c), with that c, the cross-section is nearly flat.
        """
        _, high = self._range(np.full(len(energy), mass), energy)
        end = self._longitudinal(mass, energy) ** 2 + self._atomic
        return end, np.log1p(high / end)

    @property
    def _atomic(self) -> float:
        """Squared momentum transfer [GeV^2] at which electrons screen the nucleus; 0 if they do not."""
        return float((sm.mass("e-") * self.charge ** (1 / 3) / 111) ** 2) if self.screening else 0.0

    def _longitudinal(self, mass: ArrayLike, energy: Array) -> Array:
        """Longitudinal momentum transfer m^2/(2 E) [GeV]."""
        return np.asarray(np.asarray(mass, dtype=float) ** 2 / (2 * energy))

    def _range(self, mass: Array, energy: Array) -> tuple[Array, Array]:
        """Range of q_t^2 [GeV^2] that matters: up to the form factor's first zero, down to where the field is gone."""
        along = self._longitudinal(mass, energy)
        bad = ~((energy > mass) & (along < self.q_max) & (mass > 0))
        if np.any(bad):
            m, e = (np.broadcast_to(x, bad.shape)[bad].flat[0] for x in (mass, energy))
            raise MassRangeError(
                f"mass = {m:g} GeV: a photon of {e:g} GeV cannot make it coherently on A = {self.mass_number}; "
                f"the mass must be above 0 and m^2/(2E) below {self.q_max:.3g} GeV"
            )
        high = np.minimum(self.q_max**2 - along**2, energy**2 - mass**2)
        low = 1e-6 * np.maximum(along**2, self._atomic)
        return np.minimum(low, high * 1e-6), high

    def _density(self, q_t2: Array, along2: Array) -> Array:
        """Differential cross-section d sigma/d q_t^2 [GeV^-4] for g = 1 GeV^-1."""
        q2 = q_t2 + along2
        form = self.form_factor(np.sqrt(q2))
        return np.asarray(sm.ALPHA * self.charge**2 / 8 * q_t2 / q2**2 * form**2)
