"""Protons that end in a dump."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.sources.dump import Dump
from farflung.lpp import Beam, Flights, Spectrum, arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.proton_photons import proton_photons
from farflung.lpp.spectra.spectrum_table import spectrum_table
from farflung.lpp.spectra.target import Target
from farflung.lpp.units import MILLIBARN_IN_PICOBARN, NB_IN_MILLIBARN

Array = NDArray[np.float64]

BOTTOM_CROSS_SECTIONS = {400.0: 2.63}
"""Cross-section [nb] for a pair of b quarks, for each nucleon, by the beam's momentum [GeV] (arXiv:2407.08673)."""

_CODES = {"B+": 521, "B0": 511}
_LIGHT = ("pi0", "eta")


class ProtonDump(Dump):
    """Protons on thick matter: the protons, pi0 and eta, their photons and those of the protons, and B mesons.

    Photons of the mesons of the first collision either make a pair or a long-lived particle: the number of nuclei
    that one meets is that in 9/7 radiation lengths (arXiv:1904.02091). Protons that scatter quasi-elastically add
    their own photons (`farflung.lpp.spectra.proton_photons`), with sigma_pA = sigma_pp A^0.77. Later generations of
    hadrons and photons are left out, which is conservative.

    The pi0 and eta of the first collision, and protons that radiate there, are parents of what couples to electric
    charge, as they are: what they make flies off before it meets another nucleus. Mesons below 0.5 % of the beam's
    momentum, a third of the pi0 at 400 GeV, are left out: what they make is too soft to be seen.

    The number of b quark pairs is that of protons times sigma_bb/sigma_pp A^(1/3): hard processes grow with A, the
    absorption of protons with about A^(2/3). Spectra are those of single proton-proton collisions of Pythia 8, of which
    this package has tables (`farflung.lpp.spectra.make_tables`).

    Parameters
    ----------
    momentum
        Beam momentum [GeV]: 400 or 70, for which there are tables.
    protons
        Protons on target.
    target
        The matter.
    bottom_cross_section
        Cross-section [nb] for a pair of b quarks, for each nucleon; by default that of `BOTTOM_CROSS_SECTIONS`, 2.63
        +- 0.76 nb at 400 GeV. Others in use are 1.866 (Pythia 8, curves of arXiv:2201.05170) and 1.7 nb (SensCalc).
        Without a default, as at 70 GeV, there are no B mesons.
    cascade
        Factor for b quarks from later collisions in the dump, 1 by default; 1.7 is in use for thick targets of
        molybdenum and tungsten (CERN-SHiP-NOTE-2015-009).
    softest_photon
        Energy [GeV] below which photons are left out, as in `farflung.lpp.spectra.photon_flux.PhotonFlux`.

    Raises
    ------
    DetectorError
        If there is no table for the momentum, or a number is not positive and finite.
    """

    def __init__(
        self,
        momentum: float,
        protons: float,
        target: Target,
        *,
        bottom_cross_section: float | None = None,
        cascade: float = 1.0,
        softest_photon: float = 0.0,
    ) -> None:
        bottom = BOTTOM_CROSS_SECTIONS.get(momentum, 0.0) if bottom_cross_section is None else bottom_cross_section
        for label, value in (("bottom_cross_section", bottom), ("cascade", cascade)):
            if arguments.number(label, value, DetectorError) < 0:
                raise DetectorError(f"{label} = {value:g} is not a finite number >= 0")
        mesons = spectrum_table(f"photons_{momentum:g}")
        inelastic = mesons.number("cross_section_mb")
        absorbed = target.nuclei * 9 / 7
        protons_own, number = proton_photons()
        flux = PhotonFlux(
            float(momentum),
            (
                (mesons, absorbed * mesons.number("per_collision") * mesons.number("on_grid")),
                (protons_own, number / (inelastic * MILLIBARN_IN_PICOBARN * target.atomic_mass**0.77)),
            ),
            softest_photon,
        )
        super().__init__(target, flux, protons)
        self.momentum = float(momentum)
        self.bottom_cross_section = float(bottom)
        self.cascade = float(cascade)
        self._pairs = self.particles * bottom * NB_IN_MILLIBARN / inelastic * target.atomic_mass ** (1 / 3) * cascade
        self._bottom = BeamSpectrum(spectrum_table(f"b_mesons_{momentum:g}")) if bottom else None

    def _yields(self) -> Mapping[str, float]:
        numbers = {}
        if self._bottom is not None:
            table = self._bottom.table
            numbers = {name: self._pairs * table.number(f"per_collision_{code}") for name, code in _CODES.items()}
        for name in _LIGHT:
            table = self._light(name).table
            numbers[name] = self.particles * table.number("per_collision") * table.number("on_grid")
        return numbers

    def _light(self, name: str) -> BeamSpectrum:
        """Spectrum of pi0 or eta."""
        return BeamSpectrum(spectrum_table(f"{name}_{self.momentum:g}"))

    def _offers(self) -> Mapping[str, object]:
        return {**super()._offers(), "p": Beam(self.particles, self.momentum)}

    def _spectrum(self, name: str) -> Spectrum | None:
        return self._light(name) if name in _LIGHT else self._bottom

    def _parents(self, name: str, points: Array) -> Flights:
        spectrum = self._spectrum(name)
        if spectrum is None:
            return super()._parents(name, points)
        return Flights(self._origin, spectrum.vectors(points), sm.mass(name))
