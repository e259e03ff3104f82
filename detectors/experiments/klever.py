"""KLEVER, a beam of neutral kaons at the SPS."""

from typing import ClassVar

import numpy as np

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.sources.kaon_beam import KaonBeam
from farflung.detectors.sources.momentum_table import MomentumTable
from farflung.geometry import Revolved
from farflung.lpp import BeamSpectrum, TwoBodyDecay, spectrum_table

KAONS_PER_PROTON = 2.1e-5
"""K_L in the beam."""

_STANDARD_MODEL = 60.0
"""Events of K_L -> pi0 nu nu, at a branching ratio of 3e-11, for 5e19 protons."""


class KLEVER(Detector):
    """KLEVER at the SPS: K_L -> pi0 X with X not seen, from 400 GeV protons: a projection.

    Parameters
    ----------
    protons
        Protons on target.

    Notes
    -----
    The experiment was a proposal (arXiv:1901.03099), the last phase of HIKE after that, which was not selected. From
    memory, not confirmed at a source: 2.1e-5 K_L for each proton in the beam of 8 mrad, decays counted from 130 to 170
    m behind the target, 60 events of K_L -> pi0 nu nu for 5e19 protons, and as much background. The calorimeter at
    241.5 m with a radius of 1.25 m is as the public code ALPINIST (arXiv:2201.05170) has it.

    Momenta of K_L are those of `farflung.lpp.spectrum_table` ``"neutral_kaons_400"`` at 8 mrad. Their mean of 42 GeV,
    30 GeV for those that decay in the region, and the 3.7 % that do, are close to the 40 GeV, 27 GeV and 4 % that are
    remembered; 5.3e-5 for each collision, before target and converter absorb some, to the number of K_L.

    Solid ``"hermetic volume"``: from 120 m to the back of the calorimeter at 242 m: any decay inside is taken to be
    seen, and every decay behind it to be missed. Search ``"invisible"``: the efficiency is the one that the 60 events
    stand for, at all masses, which makes 5 % of all decays in the region.
    """

    name: ClassVar[str] = "klever"
    title = "KLEVER, projection"
    sample_size: ClassVar[int] = 131072
    references: ClassVar[tuple[str, ...]] = ("arXiv:1901.03099", "arXiv:2201.05170")

    def __init__(self, protons: float = 5e19) -> None:
        kaons = KaonBeam(_momenta(8e-3), (130.0, 170.0), kaon="K(L)0", kaons=KAONS_PER_PROTON * protons, start=0.0)
        signal = _STANDARD_MODEL * protons / 5e19
        search = Search(
            name="invisible",
            title="Kʟ → π⁰ + nothing",
            decays="outside",
            solid="hermetic volume",
            processes=(TwoBodyDecay("K(L)0", "pi0"),),
            efficiency=signal / (3e-11 * kaons.decays),
            background=2 * signal,
            references=("arXiv:1901.03099",),
        )
        super().__init__(kaons, {"hermetic volume": Revolved.tube(z=(120.0, 242.0), r=(0, 1.25))}, [search])


def _momenta(angle: float) -> MomentumTable:
    """K_L of 400 GeV protons at one angle [rad]."""
    table = spectrum_table("neutral_kaons_400")
    momentum = np.geomspace(4.0, 300.0, 120)
    density = table.marginal(momentum) * BeamSpectrum(table).density(momentum, np.full_like(momentum, angle))
    return MomentumTable(tuple(momentum), tuple(density), "Pythia 8.317, K_L of 400 GeV protons")
