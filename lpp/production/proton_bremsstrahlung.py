"""Bremsstrahlung of vector particles from protons."""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError, ProcessError
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

_WIDE_PT = np.concatenate([_PT, np.geomspace(1.05, 4.0, 24)])
"""Transverse momenta [GeV] where a form factor ends them."""

Approximation = Literal["weizsaecker-williams", "quasi-real"]

# Masses, widths [GeV] and strengths of the rho and the omega and their excitations in the proton's form factor
_RHO = ((0.77, 0.15, 0.616), (1.25, 0.30, 0.223), (1.45, 0.50, -0.339))
_OMEGA = ((0.77, 0.0085, 1.011), (1.25, 0.30, -0.881), (1.45, 0.50, 0.369))


@dataclass(frozen=True)
class ProtonBremsstrahlung(Emission):
    """p p -> p p A' with a vector that couples to the electric charge, or to other charges of the proton.

    By default in the Fermi-Weizsaecker-Williams approximation: dN/(dz dp_T^2) = |F_1(m^2)|^2 w(z, p_T^2) for each
    proton that interacts, with 0.1 < z < 0.9 and p_T < 1 GeV (J. Bluemlein, J. Brunner, arXiv:1311.3870, with the form
    factor of A. Faessler et al., arXiv:0910.5589, made of rho and omega mesons and their excitations). The
    cross-sections of protons before and after the emission, whose ratio multiplies this, are taken to be the same.

    The other is the quasi-real approximation for a conserved current, with a form factor of the proton that is off its
    shell after the emission in place of the end in p_T: L^4/(L^4 + H^2/z^2) in the amplitude, L from 1 to 2 GeV
    (S. Foroughi-Abari, A. Ritz, arXiv:2108.05900). Newer work (arXiv:2409.09123) has the proton's magnetic form factor
    too, and other form factors at time-like momenta, which are left out here: the tables that come with FORESEE
    (arXiv:2105.07077) agree within 15 % at z < 0.3 and 0.1 GeV where p_T < 1 GeV, are larger by factors of 2 to 6 above
    z = 0.3, and by two orders of magnitude near 1 GeV.

    Parameters
    ----------
    approximation
        ``"weizsaecker-williams"`` or ``"quasi-real"``.
    cutoff
        L [GeV] of the quasi-real approximation.
    isovector, isoscalar
        How much more strongly than the electric charge the vector couples to the isovector and isoscalar current of
        nucleons, in units of its vertex: 1 and 1 for the electric charge, 0 and 2 for the baryon number.

    Raises
    ------
    ProcessError
        If the approximation is another.
    MassRangeError
        If the cutoff is not between 0.5 and 5 GeV.
    """

    approximation: Approximation = "weizsaecker-williams"
    cutoff: float = 1.5
    isovector: float = 1.0
    isoscalar: float = 1.0
    initial: ClassVar[str] = "p"
    vertex: ClassVar[str] = "charge"

    def __post_init__(self) -> None:
        if self.approximation not in get_args(Approximation):
            raise ProcessError(
                f"approximation = {self.approximation!r} must be one of {', '.join(get_args(Approximation))}"
            )
        if not 0.5 <= self.cutoff <= 5:
            raise MassRangeError(f"cutoff = {self.cutoff:g} GeV must be between 0.5 and 5 GeV; 1 to 2 GeV are usual")

    def __str__(self) -> str:
        return "p -> p, bremsstrahlung of"

    @property
    def max_mass(self) -> float:
        """Where the approximation ends, at 3 GeV."""
        return 3.0

    def number(self, mass: Array, momentum: float) -> Array:
        """Particles (n,) for each proton, for a coupling of e."""
        masses = np.asarray(mass, dtype=float)
        form = form_factor(masses, self.isovector, self.isoscalar)
        return np.asarray(form * np.reshape([_integral(float(m), self._off_shell) for m in masses.flat], masses.shape))

    def spectrum(self, mass: float, momentum: float) -> Spectrum:
        """Momenta of the particles."""
        return _spectrum(mass, momentum, self._off_shell)

    @property
    def _off_shell(self) -> float | None:
        return self.cutoff if self.approximation == "quasi-real" else None


def form_factor(mass: Array, isovector: float = 1.0, isoscalar: float = 1.0) -> Array:
    """|F_1|^2 of the proton at time-like momentum transfers equal to masses (n,) [GeV] squared."""
    total = np.zeros(np.shape(mass), dtype=complex)
    for mesons, strength in ((_RHO, isovector), (_OMEGA, isoscalar)):
        for m, width, share in mesons:
            total = total + strength * share * m**2 / (m**2 - np.asarray(mass) ** 2 - 1j * m * width)
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


def quasi_real_splitting(mass: float, z: Array, pt2: Array, cutoff: float) -> Array:
    """The same for a conserved current and a proton off its shell, with the form factor that ends it.

    alpha/(2 pi H) [(1 + (1 - z)^2)/z - z (1 - z) (2 m_p^2 + m^2)/H] F^2; the form factor F is at p_T and z.
    """
    proton2, mass2 = sm.mass("p") ** 2, mass**2
    h = pt2 + (1 - z) * mass2 + z**2 * proton2
    bracket = (1 + (1 - z) ** 2) / z - z * (1 - z) * (2 * proton2 + mass2) / h
    off_shell = cutoff**4 / (cutoff**4 + (h / z) ** 2)
    return np.asarray(sm.ALPHA / (2 * np.pi * h) * bracket * off_shell**2)


def _values(mass: float, cutoff: float | None) -> tuple[Array, Array]:
    """Transverse momenta [GeV] squared, and w at each share and each of them."""
    if not mass > 0:
        raise MassRangeError(f"mass = {mass:g} GeV of a vector from bremsstrahlung must be above 0")
    if cutoff is None:
        return _PT**2, splitting(mass, _SHARES[:, None], _PT**2)
    return _WIDE_PT**2, quasi_real_splitting(mass, _SHARES[:, None], _WIDE_PT**2, cutoff)


@lru_cache(maxsize=1024)
def _integral(mass: float, cutoff: float | None) -> float:
    pt2, values = _values(mass, cutoff)
    return float(np.trapezoid(np.trapezoid(values, pt2, axis=1), _SHARES))


@lru_cache(maxsize=256)
def _spectrum(mass: float, momentum: float, cutoff: float | None) -> Spectrum:
    pt2, values = _values(mass, cutoff)
    return BeamSpectrum(SpectrumTable(("p/GeV", "pT2/GeV^2"), (_SHARES * momentum, pt2), values))
