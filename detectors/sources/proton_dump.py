"""Protons that end in a dump."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.sources.dump import Dump
from farflung.lpp import Beam, Flights, Spectrum, arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.decays_in_matter import decays_in_matter
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.proton_photons import proton_photons
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table
from farflung.lpp.spectra.target import Target
from farflung.lpp.units import MILLIBARN_IN_PICOBARN, NB_IN_MILLIBARN

Array = NDArray[np.float64]

BOTTOM_CROSS_SECTIONS = {400.0: 2.63}
"""Cross-section [nb] for a pair of b quarks, for each nucleon, by the beam's momentum [GeV] (arXiv:2407.08673)."""

_BOTTOM = {"B+": "per_collision_521", "B0": "per_collision_511"}
_LIGHT = ("pi0", "eta")
_KAONS = {
    "K+": ("charged_kaons", "per_collision"),
    "K(L)0": ("neutral_kaons", "per_collision_130"),
    "K(S)0": ("neutral_kaons", "per_collision_310"),
}
"""Table of the spectrum, and how many there are for each collision."""


class ProtonDump(Dump):
    """Protons on thick matter: the protons, pi0, eta and kaons, their photons and those of the protons, and B mesons.

    Photons of the mesons of the first collision either make a pair or a long-lived particle: the number of nuclei
    that one meets is that in 9/7 radiation lengths (arXiv:1904.02091). Protons that scatter quasi-elastically add
    their own photons (`farflung.lpp.spectra.proton_photons`), with sigma_pA = sigma_pp A^0.77. Later generations of
    hadrons and photons are left out, which is conservative.

    The pi0 and eta of the first collision, and protons that radiate there, are parents of what couples to electric
    charge, as they are: what they make flies off before it meets another nucleus. Mesons below 0.5 % of the beam's
    momentum, a third of the pi0 at 400 GeV, are left out: what they make is too soft to be seen.

    Kaons of the first collision count where they decay before a nucleus absorbs them, which few do: of the charged
    ones at 10 GeV 1 in 370. ``"K+"`` stands for both charges. Momenta below 0.5 % of the beam's, and kaons that
    stop, are left out: what they make is too slow to be seen far away. All decay within half a metre, which is nothing
    against the way to a detector. Later generations of kaons are left out, which is conservative.

    The number of b quark pairs is that of protons times sigma_bb/sigma_pp A^(1/3): hard processes grow with A, the
    absorption of protons with about A^(2/3). Spectra are those of single proton-proton collisions of Pythia 8, of which
    this package has tables (`farflung.lpp.spectra.make_tables`).

    Parameters
    ----------
    momentum
        Beam momentum [GeV]: 400 or 70, for which there are tables; 120 with a target without density, for which there
        are none of kaons.
    protons
        Protons on target.
    target
        The matter. Without its density there are no kaons.
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
        pairs = self.particles * bottom * NB_IN_MILLIBARN / inelastic * target.atomic_mass ** (1 / 3) * cascade
        self._secondaries = {**self._beauty(pairs), **self._light(), **self._kaons()}

    def _beauty(self, pairs: float) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of B mesons from so many pairs of b quarks."""
        if not self.bottom_cross_section:
            return {}
        table = spectrum_table(f"b_mesons_{self.momentum:g}")
        return {name: (pairs * table.number(key), BeamSpectrum(table)) for name, key in _BOTTOM.items()}

    def _light(self) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of pi0 and eta."""
        tables = {name: spectrum_table(f"{name}_{self.momentum:g}") for name in _LIGHT}
        return {name: (self._made(table, "per_collision"), BeamSpectrum(table)) for name, table in tables.items()}

    def _kaons(self) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of kaons that decay before they are absorbed."""
        if self.target.density is None:
            return {}
        found: dict[str, tuple[float, Spectrum]] = {}
        for name, (file, key) in _KAONS.items():
            table = spectrum_table(f"{file}_{self.momentum:g}")
            spectrum, share = decays_in_matter(table, name, self.target.kaon_length)
            found[name] = (self._made(table, key) * share, spectrum)
        return found

    def _made(self, table: SpectrumTable, key: str) -> float:
        """Number of secondaries on the grid of a table, from the first collision of every proton."""
        return self.particles * table.number(key) * table.number("on_grid")

    def _yields(self) -> Mapping[str, float]:
        return {name: number for name, (number, _) in self._secondaries.items()}

    def _offers(self) -> Mapping[str, object]:
        return {**super()._offers(), "p": Beam(self.particles, self.momentum)}

    def _spectrum(self, name: str) -> Spectrum | None:
        return self._secondaries[name][1] if name in self._secondaries else None

    def _parents(self, name: str, points: Array) -> Flights:
        spectrum = self._spectrum(name)
        if spectrum is None:
            return super()._parents(name, points)
        return Flights(self._origin, spectrum.vectors(points), sm.mass(name))
