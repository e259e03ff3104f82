"""Bremsstrahlung of vector particles from protons."""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError
from farflung.lpp.production.emission import Emission
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.spectrum import Spectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable

Array = NDArray[np.float64]

_SHARES = np.linspace(0.1, 0.9, 65)
"""Shares z of the proton's momentum that the particle takes; outside of them the approximation is not used."""

_MOST_PT = 1.0
"""Largest transverse momentum [GeV] for which the approximation is used."""

_PT = np.concatenate([np.linspace(0.0, 0.3, 25), np.linspace(0.32, _MOST_PT, 25)])

# Masses, widths [GeV] and strengths of the rho and the omega and their excitations in the proton's form factor
_RHO = ((0.77, 0.15, 0.616), (1.25, 0.30, 0.223), (1.45, 0.50, -0.339))
_OMEGA = ((0.77, 0.0085, 1.011), (1.25, 0.30, -0.881), (1.45, 0.50, 0.369))


@dataclass(frozen=True)
class ProtonBremsstrahlung(Emission):
    """p p -> p p A' with a vector that couples to the electric charge, in the Fermi-Weizsaecker-Williams approximation.

    dN/(dz dp_T^2) = |F_1(m^2)|^2 w(z, p_T^2) for each proton that interacts, with 0.1 < z < 0.9 and p_T < 1 GeV
    (J. Bluemlein, J. Brunner, arXiv:1311.3870, with the form factor of A. Faessler et al., arXiv:0910.5589, made of rho
    and omega mesons and their excitations). The cross-sections of protons before and after the emission, whose ratio
    multiplies this, are taken to be the same. Other approximations differ by factors of a few above 1 GeV.
    """

    initial: ClassVar[str] = "p"
    vertex: ClassVar[str] = "charge"

    def __str__(self) -> str:
        return "p -> p, bremsstrahlung of"

    @property
    def max_mass(self) -> float:
        """Where the approximation ends, at 3 GeV."""
        return 3.0

    def number(self, mass: Array, momentum: float) -> Array:
        """Particles (n,) for each proton, for a coupling of e."""
        return np.reshape([_number(float(m), momentum) for m in np.ravel(mass)], np.shape(mass))

    def spectrum(self, mass: float, momentum: float) -> Spectrum:
        """Momenta of the particles."""
        return _spectrum(mass, momentum)


def form_factor(mass: Array) -> Array:
    """|F_1|^2 of the proton at time-like momentum transfers equal to masses (n,) [GeV] squared."""
    total = np.zeros(np.shape(mass), dtype=complex)
    for m, width, strength in (*_RHO, *_OMEGA):
        total = total + strength * m**2 / (m**2 - np.asarray(mass) ** 2 - 1j * m * width)
    return np.asarray(np.abs(total) ** 2)


def splitting(mass: float, z: Array, pt2: Array) -> Array:
    """w(z, p_T^2) [GeV^-2] for a coupling of e, without the form factor.

    Parameters
    ----------
    mass
        Mass of the vector [GeV].
    z, pt2
        Share of the proton's momentum and squared transverse momentum [GeV^2], broadcast against each other.

    Notes
    -----
    In the term with p_T-independent m_p^2 m^2 other codes have z + (1 - z)^2 where 1 + (1 - z)^2 stands here: up to 5 %
    more in number. The paper's own form could not be checked.
    """
    proton2, mass2 = sm.mass("p") ** 2, mass**2
    h = pt2 + (1 - z) * mass2 + z**2 * proton2
    bracket = (1 + (1 - z) ** 2) / z
    bracket = bracket - 2 * z * (1 - z) * ((2 * proton2 + mass2) / h - 2 * z**2 * proton2**2 / h**2)
    bracket = bracket + 2 * z * (1 - z) * (1 + (1 - z) ** 2) * proton2 * mass2 / h**2
    bracket = bracket + 2 * z * (1 - z) ** 2 * mass2**2 / h**2
    return np.asarray(sm.ALPHA / (2 * np.pi * h) * bracket)


def _values(mass: float) -> Array:
    if not mass > 0:
        raise MassRangeError(f"mass = {mass:g} GeV of a vector from bremsstrahlung must be above 0")
    return splitting(mass, _SHARES[:, None], _PT**2)


@lru_cache(maxsize=256)
def _number(mass: float, momentum: float) -> float:
    rows = np.trapezoid(_values(mass), _PT**2, axis=1)
    return float(np.trapezoid(rows, _SHARES) * form_factor(np.asarray(mass)))


@lru_cache(maxsize=256)
def _spectrum(mass: float, momentum: float) -> Spectrum:
    names = ("p/GeV", "pT2/GeV^2")
    return BeamSpectrum(SpectrumTable(names, (_SHARES * momentum, _PT**2), _values(mass)))
