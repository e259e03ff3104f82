"""What a collision point of the LHC offers to detectors far away."""

from functools import lru_cache
from typing import Literal, get_args

import numpy as np

from farflung.detectors.errors import DetectorError
from farflung.detectors.sources.lhc_beauty import forward_cross_section
from farflung.detectors.sources.light_mesons import KAONS, PROMPT
from farflung.detectors.sources.secondaries import Secondaries
from farflung.lpp import Beam, Spectrum, arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.angular_spectrum import AngularSpectrum
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.decay_path import DecayPath
from farflung.lpp.spectra.decays_in_flight import decays_in_flight
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table
from farflung.lpp.units import MICROBARN_IN_INVERSE_FB

Generator = Literal["pythia", "sibyll"]

ENERGIES = (13.6, 14.0)
"""Energies [TeV] in the centre of mass for which there are tables."""

INELASTIC = 79.5
"""Inelastic cross-section [mb] at 13 TeV, +- 1.8 mb (TOTEM, arXiv:1712.06153)."""

_BEAUTY = {"B+": 521, "B0": 511}

PIPE = 0.05
"""Radius [m] of what particles fly through before the first absorber, 20 m away: 2.5 mrad."""

_FIRST_ABSORBER = (PIPE / 20.0, 20.0)
_NEUTRAL_ABSORBER = (0.85e-3, 140.0)

DECAY_PATHS = {
    "K+": DecayPath("K+", (_FIRST_ABSORBER,), PIPE),
    "K(L)0": DecayPath("K(L)0", (_NEUTRAL_ABSORBER, _FIRST_ABSORBER), PIPE),
    "K(S)0": DecayPath("K(S)0", (_NEUTRAL_ABSORBER, _FIRST_ABSORBER), PIPE),
}
"""How far kaons fly, by polar angle and distance as in FORESEE (arXiv:2105.07077).

Magnets take what is charged aside after 20 m; what is neutral and within 0.85 mrad flies to the absorber at 140 m. What
hits the pipe is lost.
"""


def inelastic_cross_section(energy: float) -> float:
    """Inelastic cross-section [mb] for two protons, that at 13 TeV with the tenth power of a small step in energy.

    Fits to all energies let it grow by 1.0 to 1.3 % from 13 to 14 TeV; 0.7 % with the power 0.1 of the energy is within
    the 2.3 % of the measurement.

    Parameters
    ----------
    energy
        Energy [TeV] in the centre of mass.
    """
    return float(INELASTIC * (energy / 13.0) ** 0.1)


def beauty_cross_section(energy: float) -> float:
    """Cross-section [microbarn] for B+ and B- together with 2 < y < 4.5 and p_T < 40 GeV, above 13 TeV.

    The power of the energy that joins LHCb's measurements at 7 and 13 TeV (arXiv:1710.04921), continued: 8.7 % more
    at 14 TeV.

    Parameters
    ----------
    energy
        Energy [TeV] in the centre of mass, 13 to 14.
    """
    at_7, at_13 = forward_cross_section(7.0), forward_cross_section(13.0)
    return float(at_13 * (energy / 13.0) ** (np.log(at_13 / at_7) / np.log(13.0 / 7.0)))


def collisions(energy: float, luminosity: float) -> float:
    """Number of inelastic collisions at an energy [TeV] in an integrated luminosity [fb^-1].

    Raises
    ------
    DetectorError
        If the luminosity is not positive and finite.
    """
    luminosity = arguments.positive("luminosity", luminosity, DetectorError, "in fb^-1")
    return inelastic_cross_section(energy) * 1000 * MICROBARN_IN_INVERSE_FB * luminosity


def require_tables(energy: float, generator: str) -> None:
    """Raise `DetectorError` unless there are spectra of this generator at an energy [TeV]."""
    if energy not in ENERGIES:
        raise DetectorError(f"energy = {energy} TeV must be one of {' and '.join(map(str, ENERGIES))}")
    if generator not in get_args(Generator):
        raise DetectorError(f"generator = {generator!r} must be one of {', '.join(get_args(Generator))}")


class LHCCollisions(Secondaries):
    """What leaves a collision point of the LHC: B in all directions, light mesons and protons forwards if they matter.

    As many B0 as B+ (arXiv:1306.3663), their number from LHCb's measurement of B+ at 13 TeV with 2 < y < 4.5
    (arXiv:1710.04921), their momenta from Pythia 8 at leading order; B_s and heavier are left out. The number of light
    mesons is that of a generator for each inelastic collision, times the measured inelastic cross-section. Their
    spectra begin at 20 GeV. Numbers are of one experiment with one hemisphere for light mesons, and of all directions
    for B mesons.

    Light are pi0, eta, eta', rho, omega and phi, and kaons that decay before something stops them (`DECAY_PATHS`, as at
    ATLAS): ``"K+"``, for both charges, within 20 m; ``"K(L)0"`` and ``"K(S)0"`` within 140 m. They decay along their
    way, and what they make flies on from there.

    Parameters
    ----------
    energy
        Energy [TeV] in the centre of mass: 13.6 or 14.
    luminosity
        Integrated luminosity [fb^-1].
    light
        Whether light mesons count, and protons that radiate, one for each inelastic collision. Detectors far off the
        beam see none of theirs.
    generator
        ``"pythia"``, with a tune to forward particles (arXiv:2309.08604), or ``"sibyll"`` (SIBYLL 2.3d,
        arXiv:1912.03300), for light mesons.
    softest
        Energy [GeV] below which light mesons are left out, since nothing that they make would be seen.

    Raises
    ------
    DetectorError
        If there is no table for the energy, the luminosity is not positive, or the generator is another.
    """

    def __init__(
        self,
        energy: float,
        luminosity: float,
        *,
        light: bool = False,
        generator: Generator = "pythia",
        softest: float = 0.0,
    ) -> None:
        require_tables(energy, generator)
        self.energy = float(energy)
        self.luminosity = arguments.positive("luminosity", luminosity, DetectorError, "in fb^-1")
        self.light = light
        self.generator = generator
        self.softest = arguments.number("softest", softest, DetectorError)
        parents = self._beauty()
        if light:
            parents |= self._forward()
        protons = {"p": Beam(collisions(self.energy, luminosity), self.energy * 1000 / 2)} if light else {}
        super().__init__(parents, protons)

    def _beauty(self) -> dict[str, tuple[float, Spectrum]]:
        table = spectrum_table(f"b_mesons_{self.energy * 1000:.0f}")
        charged = beauty_cross_section(self.energy) / _share_measured(table)
        number = charged * MICROBARN_IN_INVERSE_FB * self.luminosity
        return dict.fromkeys(_BEAUTY, (number, AngularSpectrum(table)))

    def _forward(self) -> dict[str, tuple[float, Spectrum]]:
        number_of_collisions = collisions(self.energy, self.luminosity)
        found: dict[str, tuple[float, Spectrum]] = {}
        for name, (file, key) in (PROMPT | KAONS).items():
            every = spectrum_table(f"{file}_{self.energy * 1000:.0f}_{self.generator}")
            number = number_of_collisions * every.number(key) * every.number("on_grid") / 2
            table, share = every.above(np.sqrt(max(self.softest**2 - sm.mass(name) ** 2, 0.0)))
            spectrum, decaying = BeamSpectrum(table), 1.0
            if name in DECAY_PATHS:
                spectrum, decaying = decays_in_flight(table, DECAY_PATHS[name])
            found[name] = (number * share * decaying, spectrum)
        return found


@lru_cache(maxsize=4)
def _share_measured(table: SpectrumTable) -> float:
    """Share of B mesons that the measured cross-section counts: 2 < y < 4.5 on one side, p_T < 40 GeV."""
    middles = (np.arange(1024) + 0.5) / 1024
    points = np.stack(np.meshgrid(middles, middles), axis=-1).reshape(-1, 2)
    momentum, eta = table.sample(points).T
    rapidity = np.arcsinh(momentum * np.tanh(eta) / np.hypot(momentum / np.cosh(eta), sm.mass("B+")))
    return float(((rapidity > 2) & (rapidity < 4.5) & (momentum / np.cosh(eta) < 40)).mean() / 2)
