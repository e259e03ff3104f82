"""Protons that end in a dump."""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.sources.dump import Dump
from farflung.detectors.sources.light_mesons import KAONS, PROMPT
from farflung.lpp import Beam, Flights, Spectrum, arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.decays_in_matter import decays_in_matter
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.proton_photons import proton_photons
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table
from farflung.lpp.spectra.target import Target
from farflung.lpp.units import MICROBARN_IN_MILLIBARN, MILLIBARN_IN_PICOBARN, NB_IN_MILLIBARN

Array = NDArray[np.float64]

BOTTOM_CROSS_SECTIONS = {400.0: 2.63}
"""Cross-section [nb] for a pair of b quarks, for each nucleon, by the beam's momentum [GeV] (arXiv:2407.08673)."""

CHARM_CROSS_SECTIONS = {400.0: 18.6, 70.0: 1.6}
"""Cross-section [microbarn] for a pair of c quarks, for each nucleon, by the beam's momentum [GeV].

At 400 GeV LEBC-EHS (Z. Phys. C 40 (1988) 321) has measured 30.2 +- 3.3 microbarn for D+ and D0 with antiparticles, of
which Pythia makes 1.62 from a pair. At 70 GeV SVD found 1.6 (+1.1, -0.7) in a bubble chamber (Phys. Atom. Nucl. 64
(2001) 891), and later 7.1 +- 2.7 in nuclei (arXiv:1611.04736), well above what is calculated: the smaller one counts.
"""

_BOTTOM = {"B+": "per_collision_521", "B0": "per_collision_511"}
_CHARM = {"D+": "per_collision_411", "D0": "per_collision_421", "D(s)+": "per_collision_431"}

Generator = Literal["pythia", "sibyll"]

_SUFFIX = {"pythia": "", "sibyll": "_sibyll"}
"""Ends of the names of tables of light mesons and photons."""


class ProtonDump(Dump):
    """Protons on thick matter: the protons, light mesons, their photons and those of the protons, D and B mesons.

    Photons of the mesons of the first collision either make a pair or a long-lived particle: the number of nuclei
    that one meets is that in 9/7 radiation lengths (arXiv:1904.02091). Protons that scatter quasi-elastically add
    their own photons (`farflung.lpp.spectra.proton_photons`), with sigma_pA = sigma_pp A^0.77. Later generations of
    hadrons and photons are left out, which is conservative.

    The pi0, eta, eta', rho, omega and phi of the first collision, and protons that radiate there, are parents of what
    couples to electric charge, as they are: what they make flies off before it meets another nucleus. Mesons below
    0.5 % of the beam's momentum, a third of the pi0 at 400 GeV, are left out: what they make is too soft to be seen.

    Kaons of the first collision count where they decay before a nucleus absorbs them, which few do: of the charged
    ones at 10 GeV 1 in 370. ``"K+"`` stands for both charges. Momenta below 0.5 % of the beam's, and kaons that
    stop, are left out: what they make is too slow to be seen far away. All decay within half a metre, which is nothing
    against the way to a detector. Later generations of kaons are left out, which is conservative.

    The number of pairs of b or c quarks is that of protons times sigma_bb/sigma_pp A^(1/3): hard processes grow with A,
    the absorption of protons with about A^(2/3). D and B mesons decay before they meet a nucleus. Spectra are those of
    single proton-proton collisions of Pythia 8 and, for light mesons and photons, of SIBYLL if it is asked for
    (`farflung.lpp.spectra.make_tables`).

    Parameters
    ----------
    momentum
        Beam momentum [GeV]: 400, 120, 70 or 30, for which there are tables.
    protons
        Protons on target.
    target
        The matter. Without its density there are no kaons.
    bottom_cross_section
        Cross-section [nb] for a pair of b quarks, for each nucleon; by default that of `BOTTOM_CROSS_SECTIONS`, 2.63
        +- 0.76 nb at 400 GeV. Others in use are 1.866 (Pythia 8, curves of arXiv:2201.05170) and 1.7 nb (SensCalc).
        Without a default, as at 120 and 70 GeV, there are no B mesons; 70 GeV are too few for them.
    cascade
        Factor for b quarks from later collisions in the dump, 1 by default; 1.7 is in use for thick targets of
        molybdenum and tungsten (CERN-SHiP-NOTE-2015-009).
    charm_cross_section
        Cross-section [microbarn] for a pair of c quarks, for each nucleon; by default that of `CHARM_CROSS_SECTIONS`.
        Without a default, as at 120 GeV, there are no D mesons. Later collisions are left out.
    generator
        Whose light mesons and photons: ``"pythia"`` (Pythia 8, tune 4C) or ``"sibyll"`` (SIBYLL 2.3d,
        arXiv:1912.03300), which begins at 53 GeV. Their difference is a measure of what is not known.
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
        charm_cross_section: float | None = None,
        generator: Generator = "pythia",
    ) -> None:
        bottom = BOTTOM_CROSS_SECTIONS.get(momentum, 0.0) if bottom_cross_section is None else bottom_cross_section
        charm = CHARM_CROSS_SECTIONS.get(momentum, 0.0) if charm_cross_section is None else charm_cross_section
        for label, value in (
            ("bottom_cross_section", bottom), ("cascade", cascade), ("charm_cross_section", charm),
        ):  # fmt: skip
            if arguments.number(label, value, DetectorError) < 0:
                raise DetectorError(f"{label} = {value:g} is not a finite number >= 0")
        if generator not in _SUFFIX:
            raise DetectorError(f"generator = {generator!r} must be one of {', '.join(_SUFFIX)}")
        self._file = f"{{}}_{momentum:g}{_SUFFIX[generator]}"
        mesons = spectrum_table(self._file.format("photons"))
        inelastic = spectrum_table(f"photons_{momentum:g}").number("cross_section_mb")
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
        self.charm_cross_section = float(charm)
        self.generator = generator
        pairs = self.particles / inelastic * target.atomic_mass ** (1 / 3)
        bottoms, charms = pairs * bottom * NB_IN_MILLIBARN * cascade, pairs * charm * MICROBARN_IN_MILLIBARN
        self._secondaries = {
            **self._heavy("b_mesons", bottoms, _BOTTOM),
            **self._heavy("d_mesons", charms, _CHARM),
            **self._light(),
            **self._kaons(),
        }

    def _heavy(self, file: str, pairs: float, kinds: Mapping[str, str]) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of mesons from so many pairs of heavy quarks."""
        if not pairs:
            return {}
        table = spectrum_table(f"{file}_{self.momentum:g}")
        return {name: (pairs * table.number(key), BeamSpectrum(table)) for name, key in kinds.items()}

    def _light(self) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of mesons that decay where they are made."""
        found: dict[str, tuple[float, Spectrum]] = {}
        for name, (file, key) in PROMPT.items():
            table = spectrum_table(self._file.format(file))
            found[name] = (self._made(table, key), BeamSpectrum(table))
        return found

    def _kaons(self) -> dict[str, tuple[float, Spectrum]]:
        """Number and spectrum of kaons that decay before they are absorbed."""
        if self.target.density is None:
            return {}
        found: dict[str, tuple[float, Spectrum]] = {}
        for name, (file, key) in KAONS.items():
            table = spectrum_table(self._file.format(file))
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
