"""Bremsstrahlung of vector particles from the electrons of a shower."""

from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import i0e

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError
from farflung.lpp.production.emission import Emission
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.shower import SCATTERING_ENERGY, shower_photons
from farflung.lpp.spectra.spectrum import Spectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable
from farflung.lpp.spectra.target import Target

Array = NDArray[np.float64]

_ENERGIES = 40
_SHARES = 64
_LOWEST = 0.05
"""Lowest energy, over that of the beam, of what is emitted."""

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


@dataclass(frozen=True)
class ElectronBremsstrahlung(Emission):
    """e- N -> e- N A' by the electrons and positrons of a shower in thick matter, with a vector that couples to e.

    In the improved Weizsaecker-Williams approximation (J. Bjorken, R. Essig, P. Schuster, N. Toro, arXiv:0906.0580),
    d sigma/(dx d cos theta) = 8 alpha^3 E^2 x chi/U^2 (1 - x + x^2/2 + (1 - x)^2 m^4/U^2 - x (1 - x) m^2/U) with
    U = E^2 x theta^2 + m^2 (1 - x)/x + m_e^2 x. Electrons have the track lengths and angles of approximation A
    (`farflung.lpp.spectra.shower`). What takes less than 5 % of the beam's energy is left out, and so is the
    annihilation of positrons.

    Parameters
    ----------
    target
        The matter.
    max_energy
        Energy [GeV] of the beam.
    softest
        Energy [GeV] below which particles are left out, since they would not count.

    Raises
    ------
    MassRangeError
        If the energy is not positive and finite, or the softest is not between 0 and 90 % of it.
    """

    target: Target
    max_energy: float
    softest: float = 0.0
    initial: ClassVar[str] = "e-"
    vertex: ClassVar[str] = "charge"

    def __post_init__(self) -> None:
        if not arguments.number("max_energy", self.max_energy, MassRangeError) > 0:
            raise MassRangeError(f"max_energy = {self.max_energy:g} GeV is not a positive energy")
        if not 0 <= arguments.number("softest", self.softest, MassRangeError) < 0.9 * self.max_energy:
            raise MassRangeError(
                f"softest = {self.softest:g} GeV is not between 0 and 90 % of max_energy = {self.max_energy:g} GeV"
            )

    def __str__(self) -> str:
        return "e- -> e-, bremsstrahlung of"

    @property
    def max_mass(self) -> float:
        """1 GeV, beyond which nuclei hardly emit as a whole, or 80 % of the beam's energy."""
        return min(1.0, 0.8 * self.max_energy)

    def number(self, mass: Array, momentum: float) -> Array:
        """Particles (n,) for each electron of the beam, for a coupling of e."""
        return np.reshape(
            [_emission(self.target, float(m), momentum, self.softest)[0] for m in np.ravel(mass)], np.shape(mass)
        )

    def spectrum(self, mass: float, momentum: float) -> Spectrum:
        """Momenta of the particles."""
        return _emission(self.target, mass, momentum, self.softest)[1]


def effective_flux(target: Target, mass: float, energy: Array) -> Array:
    """chi, photons of a nucleus as electrons of energies (n,) [GeV] see them (arXiv:0906.0580, eq. A.17 and A.18).

    Elastic off the screened nucleus, and off its protons alone.
    """
    lowest = (mass**2 / (2 * energy)) ** 2
    low, high = np.log(lowest)[:, None], 2 * np.log(mass)
    t = np.exp((low + high) / 2 + (high - low) / 2 * _NODES)
    electron, z = sm.mass("e-"), target.charge
    atom, shell = 111 * z ** (-1 / 3) / electron, 773 * z ** (-2 / 3) / electron
    screened = (atom**2 * t / (1 + atom**2 * t) / (1 + t / (0.164 * target.atomic_mass ** (-2 / 3)))) ** 2 * z**2
    magnetic = (1 + t / (4 * sm.mass("p") ** 2) * (2.79**2 - 1)) / (1 + t / 0.71) ** 4
    incoherent = (shell**2 * t / (1 + shell**2 * t)) ** 2 * magnetic * z
    integrand = (t - lowest[:, None]) / t * (screened + incoherent)
    return np.asarray((integrand * _WEIGHTS).sum(axis=1) * (high - low)[:, 0] / 2)


@lru_cache(maxsize=128)
def _electrons() -> tuple[Array, Array, Array]:
    """Energies over that of the beam, track lengths in radiation lengths and squared angles times squared energies."""
    shower = shower_photons()
    edges = np.append(shower.share, shower.share[-1] ** 2 / shower.share[-2])
    width = -np.diff(edges)
    length = shower.electron_track_length * width
    # cells together, thinner near the energy of the beam, where most is emitted
    place = np.unique(np.round(np.geomspace(1, len(width), _ENERGIES + 1) - 1).astype(int))
    sums = [np.add.reduceat(values, place[:-1]) for values in (length, length * shower.share)]
    angle = np.add.reduceat(length * shower.electron_angle_squared, place[:-1]) / sums[0]
    return sums[1] / sums[0], sums[0], angle


@lru_cache(maxsize=128)
def _emission(target: Target, mass: float, momentum: float, softest: float) -> tuple[float, Spectrum]:
    """Number for each electron, and the momenta."""
    share, length, angle2 = _electrons()
    lowest = max(_LOWEST * momentum, softest)
    usable = share * momentum > max(mass, lowest)
    energy, length, angle2 = share[usable] * momentum, length[usable], angle2[usable]
    # the emission of nearly all energy ends where 1 - x is (m_e/m)^2
    nearly_all = np.geomspace(1e-3 * min((sm.mass("e-") / mass) ** 2, 1.0), 0.5, _SHARES // 2 + 1)
    edges = np.concatenate([nearly_all, np.linspace(0.5, 1.0, _SHARES // 2 + 1)[1:]])
    steps = np.diff(edges)
    x = 1 - steps / np.diff(np.log(edges))
    e, taken = energy[:, None], x[None, :]
    emitted = e * taken
    good = emitted > max(1.001 * mass, lowest)
    virtual = mass**2 * (1 - taken) / taken + sm.mass("e-") ** 2 * taken
    rate = _integrated(mass, taken, virtual) * np.sqrt(np.maximum(1 - (mass / emitted) ** 2, 0.0))
    rate = 8 * sm.ALPHA**3 * rate * effective_flux(target, mass, energy)[:, None]
    weight = np.where(good, rate * steps * length[:, None], 0.0)
    number = target.nuclei * sm.PICOBARN * weight.sum()
    return float(number), _spectrum(mass, momentum, lowest, weight, emitted, taken * virtual, angle2 / energy**2)


def _integrated(mass: float, x: Array, u: Array) -> Array:
    """Integral over cos theta of E^2 x/U^2 (...), whose U begins at u; without end."""
    terms = (1 - x + x**2 / 2) / u, (1 - x) ** 2 * mass**4 / (3 * u**3), x * (1 - x) * mass**2 / (2 * u**2)
    return np.asarray((terms[0] + terms[1] - terms[2]) / 2)


def _spectrum(
    mass: float, momentum: float, lowest: float, weight: Array, emitted: Array, scale: Array, angle2: Array
) -> Spectrum:
    """Momenta with weights (e, x), energies (e, x), scales of p_T^2 (1, x) and squared angles of electrons (e,)."""
    nodes = momentum * np.append(np.geomspace(lowest / momentum, 0.9, 24), 1 - np.geomspace(0.08, 1e-4, 16))
    widest = emitted**2 * SCATTERING_ENERGY**2 * angle2[:, None]
    largest = float(np.sqrt((weight * (widest + scale)).sum() / weight.sum()))
    pt = np.concatenate([[0.0], largest * np.geomspace(0.02, 12, 35)])
    # p_T^2 = scale r/(1 - r) where r is even, as 1/U^2 has it; scattering spreads it
    r = (np.arange(12) + 0.5) / 12
    q = np.sqrt(scale[..., None] * r / (1 - r))[..., None]
    s2 = widest[..., None, None]
    spread = np.exp(-((pt - q) ** 2) / s2) * i0e(2 * pt * q / s2) / s2
    density = weight[..., None] * spread.mean(axis=2)
    # between two nodes each momentum counts for both
    place = np.clip(np.searchsorted(nodes, emitted) - 1, 0, len(nodes) - 2)
    part = np.clip((emitted - nodes[place]) / (nodes[place + 1] - nodes[place]), 0.0, 1.0)
    values = np.zeros((len(nodes), len(pt)))
    for shift, share in ((0, 1 - part), (1, part)):
        np.add.at(values, (place + shift).ravel(), (share[..., None] * density).reshape(-1, len(pt)))
    middles = (nodes[1:] + nodes[:-1]) / 2
    width = np.diff(np.concatenate([nodes[:1], middles, nodes[-1:]]))
    return BeamSpectrum(SpectrumTable(("p/GeV", "pT2/GeV^2"), (nodes, pt**2), values / width[:, None]))
