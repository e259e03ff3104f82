"""B mesons of proton-proton collisions."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Flights, Spectrum
from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.spectrum_table import spectrum_table
from farflung.lpp.units import MICROBARN_IN_INVERSE_FB

Array = NDArray[np.float64]

FORWARD_CROSS_SECTION = {7.0: 43.0, 13.0: 86.6}
"""Cross-section [microbarn] for B+ and B- with 2 < y < 4.5 and p_T < 40 GeV, by energy [TeV] (arXiv:1710.04921)."""


def forward_cross_section(energy: float) -> float:
    """Cross-section [microbarn] for B+ and B- together with 2 < y < 4.5 and p_T < 40 GeV.

    The power of the energy that joins LHCb's measurements at 7 and 13 TeV, 43.0 and 86.6 microbarn with errors of
    7 % each and a ratio known to 6 % (arXiv:1710.04921): 50 microbarn at 8 TeV.

    Parameters
    ----------
    energy
        Centre-of-mass energy [TeV], 7 to 13.

    Raises
    ------
    DetectorError
        If the energy lies outside the two measurements.
    """
    (low, at_low), (high, at_high) = FORWARD_CROSS_SECTION.items()
    if not low <= energy <= high:
        raise DetectorError(f"energy = {energy:g} TeV is not between the {low:g} and {high:g} TeV that were measured")
    return float(at_low * (energy / low) ** (np.log(at_high / at_low) / np.log(high / low)))


class LHCBeauty(Source):
    """B+ and B0 mesons, and their antiparticles, that fly forwards within 45 degrees of the beam.

    The mesons start at the origin; their own flight, about 1 cm, is left out. There are as many B0 as B+: LHCb measured
    38.1 and 38.9 microbarn (arXiv:1306.3663). Momenta are those of Pythia 8 at 8 TeV
    (`farflung.lpp.spectra.make_tables`): from 7 to 8 TeV the mean momentum in LHCb's acceptance changes by 1 %.

    Parameters
    ----------
    luminosity
        Integrated luminosity [fb^-1] by centre-of-mass energy [TeV], as in ``{7: 1.0, 8: 2.0}``.

    Raises
    ------
    DetectorError
        If there is no luminosity, one is not positive, or an energy lies outside 7 to 13 TeV.
    """

    dimension = 3
    azimuth = 2

    def __init__(self, luminosity: Mapping[float, float]) -> None:
        if not luminosity or not all(np.isfinite(value) and value > 0 for value in luminosity.values()):
            raise DetectorError(
                f"luminosity = {dict(luminosity)} must hold positive numbers of fb^-1, by energy in TeV"
            )
        self.luminosity = {float(energy): float(value) for energy, value in luminosity.items()}
        self._beauty = BeamSpectrum(spectrum_table("b_mesons_8000"))
        self._in_acceptance = sum(
            forward_cross_section(energy) * value * MICROBARN_IN_INVERSE_FB for energy, value in self.luminosity.items()
        )

    @cached_property
    def forward_share(self) -> float:
        """Share of these mesons that the measured cross-sections count: 2 < y < 4.5, p_T < 40 GeV."""
        middles = (np.arange(512) + 0.5) / 512
        points = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2)
        momentum, pt2 = self._beauty.table.sample(points).T
        rapidity = np.arctanh(np.sqrt(momentum**2 - pt2) / np.hypot(momentum, sm.mass("B+")))
        return float(((rapidity > 2) & (rapidity < 4.5) & (pt2 < 40**2)).mean())

    def _parent_names(self) -> tuple[str, ...]:
        return ("B+", "B0")

    def _yields(self) -> Mapping[str, float]:
        number = self._in_acceptance / self.forward_share
        return {"B+": number, "B0": number}

    def _spectrum(self, name: str) -> Spectrum | None:
        return self._beauty

    def _parents(self, name: str, points: Array) -> Flights:
        return Flights(np.zeros(3), self._beauty.vectors(points), sm.mass(name))
