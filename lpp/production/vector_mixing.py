"""New vector particles in the place of rho, omega and phi mesons, with which they mix."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import ProcessError
from farflung.lpp.flights import Flights
from farflung.lpp.production.emission import emitted
from farflung.lpp.production.process import Offer, Process, the_offer
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.unit_points import Drawing
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]

COUPLINGS = {"rho(770)0": 5.0, "omega(782)": 17.0, "phi(1020)": -12.88}
"""Couplings g_V of vector mesons, by PDG name: e m_V^2/g_V is their mixing with photons (arXiv:1810.01879)."""


def mixing(meson: str, mass: Array) -> Array:
    """Squared mixing (n,) of a vector of masses (n,) [GeV] that couples as photons do.

    |e/g_V m_V^2/(m^2 - m_V^2 + i m_V Gamma_V)|^2 (arXiv:1810.01879).
    """
    m, width = sm.mass(meson), sm.width(meson)
    strength = 4 * np.pi * sm.ALPHA / COUPLINGS[meson] ** 2
    return np.asarray(strength * m**4 / ((mass**2 - m**2) ** 2 + (m * width) ** 2))


@dataclass(frozen=True)
class VectorMixing(Process):
    """A new vector where a vector meson would be, with the momentum that the meson would have.

    It has a branching ratio, the squared mixing. The momenta are those of mesons on their shell, so masses far from the
    meson's are an extrapolation.

    Parameters
    ----------
    meson
        PDG name of the meson, one of `COUPLINGS`.

    Raises
    ------
    ProcessError
        If it is none of them.
    """

    meson: str
    max_mass: ClassVar[float] = 3.0

    def __post_init__(self) -> None:
        if self.meson not in COUPLINGS:
            raise ProcessError(f"meson = {self.meson!r} must be one of {', '.join(COUPLINGS)}")

    @property
    def initial(self) -> str:
        """The meson."""
        return self.meson

    def __str__(self) -> str:
        return f"{self.meson} mixing with"

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Number of mesons."""
        return np.full(np.shape(mass), the_offer(self, offer, Parents).number)

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV] with the spectrum of the mesons; see `farflung.lpp.Emission.sample`."""
        self.require(mass)
        return emitted(self._spectrum(offer), float(mass), n, seed, sampling, aim)

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The particles, as parents of others."""
        self.require(mass)
        spectrum = self._spectrum(offer)
        return Parents(
            the_offer(self, offer, Parents).number,
            lambda points: Flights(np.zeros(3), spectrum.vectors(points), float(mass)),
            3,
            azimuth=2,
            spectrum=spectrum,
        )

    def _spectrum(self, offer: Offer) -> Spectrum:
        mesons = the_offer(self, offer, Parents)
        if mesons.spectrum is None or not mesons.pointlike:
            raise ProcessError(f"process = '{self}' needs mesons that start at the origin with a known spectrum")
        return mesons.spectrum
