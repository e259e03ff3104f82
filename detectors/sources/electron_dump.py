"""Electrons that end in a dump."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from farflung.detectors.sources.dump import Dump
from farflung.lpp import Beam, ElectronBremsstrahlung, Process
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.shower import SCATTERING_ENERGY, shower_photons
from farflung.lpp.spectra.spectrum_table import SpectrumTable
from farflung.lpp.spectra.target import Target

_NODES = 60


class ElectronDump(Dump):
    """Electrons on matter so thick that their shower ends in it: the photons and electrons of the shower.

    Photons and their angles are those of approximation A (`farflung.lpp.spectra.shower`), above 2 % of the beam's
    energy. Angles at one energy are taken to be normally distributed in each plane.

    Parameters
    ----------
    energy
        Beam energy [GeV].
    electrons
        Electrons on target.
    target
        The matter.
    softest_photon
        Energy [GeV] below which photons are left out, as in `farflung.lpp.spectra.photon_flux.PhotonFlux`, and so is
        what electrons radiate themselves.

    Raises
    ------
    DetectorError
        If a number is not positive and finite.
    """

    def __init__(self, energy: float, electrons: float, target: Target, *, softest_photon: float = 0.0) -> None:
        spectrum, track_length = _photons()
        if softest_photon < energy * spectrum.ranges[0][1]:  # else the flux complains
            spectrum, share = spectrum.above(softest_photon / energy)
            track_length *= share
        flux = PhotonFlux(float(energy), ((spectrum, track_length * target.nuclei),), softest_photon)
        super().__init__(target, flux, electrons)
        self.energy, self.softest = float(energy), float(softest_photon)

    def _offers(self) -> Mapping[str, object]:
        return {**super()._offers(), "e-": Beam(self.particles, self.energy)}

    def _reactions(self) -> tuple[Process, ...]:
        return (*super()._reactions(), ElectronBremsstrahlung(self.target, self.energy, self.softest))


@lru_cache(maxsize=1)
def _photons() -> tuple[SpectrumTable, float]:
    """Spectrum of a shower's photons in x and p_T^2 [GeV^2], and their track length in radiation lengths."""
    shower = shower_photons()
    x = np.geomspace(shower.share[-1], shower.share[0], _NODES)
    rising = shower.share[::-1]
    length = np.interp(x, rising, shower.track_length[::-1])
    # p_T = E theta, so that its mean square does not depend on the energy of the beam
    mean = np.interp(x, rising, shower.angle_squared[::-1]) * SCATTERING_ENERGY**2
    pt2 = (np.linspace(0.0, 3.5, 36) * SCATTERING_ENERGY) ** 2 * 0.3
    values = (length * x / mean)[:, None] * np.exp(-pt2 / mean[:, None])
    total = float(np.trapezoid(length * x, np.log(x)))
    return SpectrumTable(("x = E/E_beam", "pT2/GeV^2"), (x, pt2), values, ("log", "linear")), total
