"""Belle II at SuperKEKB."""

from typing import ClassVar

from farflung.detectors.b_factory import BFactory
from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.tables import MassTable
from farflung.geometry import PolarAngle, Revolved
from farflung.lpp import TwoBodyDecay

CROSS_SECTIONS = {"B+": 0.54, "B0": 0.51}
"""Cross-sections [nb] of e+ e- -> B+ B- and B0 B0bar (arXiv:2201.06580, section 4.1)."""

INVISIBLE_EFFICIENCY = MassTable(
    mass=(0.005, 0.3, 1.0, 3.0),
    value=(0.1091, 0.1022, 0.0770, 0.0),
    source="arXiv:2201.06580, table 1: signal events after selection, of 10,000 generated",
    above=0.0,
)

BACKGROUND_PER_PAIR = {"B+": 39e-7, "B0": 28e-7}
"""Background events of the invisible search for each pair of B mesons (arXiv:2201.06580, section 4.2)."""


class BelleII(Detector):
    """Belle II: B+ -> K+ X, with X seen as a displaced vertex or not seen at all.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1]; arXiv:2201.06580 uses 0.5 and 50.
    background
        False for the optimistic projection without background of figures 11 and 12.
    displaced_efficiency
        Probability to reconstruct a displaced pair of leptons inside its fiducial volume.

    Notes
    -----
    Solids, all within the acceptance of the drift chamber, 17 to 150 degrees (section 4.1), and seen from the
    nominal interaction point; z is the axis of the drift chamber:

    - ``"drift chamber"``: r from 16 to 113 cm (Belle II Technical Design Report, arXiv:1011.0352, table 6.1).
      Its ends are taken to be the faces of the end caps of the calorimeter.
    - ``"calorimeter"``: barrel r from 125 to 162 cm, front faces of the end caps at z = 196 and -102 cm (Technical
      Design Report, section 9), crystals 30 cm deep.
    - ``"envelope"``: everything up to the back of the calorimeter's crystals. A decay inside is seen, also one
      before the drift chamber, since its products cross it; a decay outside is not (section 4.2, eq. 3.2).
      Figure 9 of the paper shows this volume without numbers: were it to end at the front faces of the end caps,
      the invisible probability would change by 1 % at m = 0.3 GeV and c tau = 1 m.
    - ``"vertexing volume"``: 0.9 < r < 60 cm, -55 < z < 140 cm, where displaced vertices are found (arXiv:1911.03176
      and section 5).

    Searches:

    - ``"displaced"``: decays to e+ e- or mu+ mu- in the vertexing volume, no background.
    - ``"invisible"``: decays outside the envelope. The selection efficiency and the decay probability are taken to
      factorise, as the paper does.
    """

    name: ClassVar[str] = "belle2"
    title = "Belle II"
    references: ClassVar[tuple[str, ...]] = ("arXiv:2201.06580", "arXiv:1911.03176", "arXiv:1011.0352")

    def __init__(self, luminosity: float = 50.0, *, background: bool = True, displaced_efficiency: float = 1.0) -> None:
        self.luminosity = float(luminosity)
        self.title = f"Belle II, {self.luminosity:g} ab⁻¹"
        self.background = bool(background)
        self.displaced_efficiency = float(displaced_efficiency)
        source = BFactory(
            electron_energy=7.004,
            positron_energy=4.002,
            half_crossing_angle=41.5e-3,
            luminosity=luminosity,
            cross_sections=CROSS_SECTIONS,
        )
        acceptance = PolarAngle.from_degrees(17, 150)
        up_to_crystals = Revolved.tube(z=(-1.02, 1.96), r=(0, 1.25))
        behind_crystals = Revolved.tube(z=(-1.32, 2.26), r=(0, 1.62))
        solids = {
            "drift chamber": acceptance & Revolved.tube(z=(-1.02, 1.96), r=(0.16, 1.13)),
            "calorimeter": acceptance & (behind_crystals - up_to_crystals),
            "envelope": acceptance & behind_crystals,
            "vertexing volume": acceptance & Revolved.tube(z=(-0.55, 1.40), r=(0.009, 0.60)),
        }
        pairs = {name: source.number_of(name) / 2 for name in CROSS_SECTIONS}
        expected = sum(BACKGROUND_PER_PAIR[name] * pairs[name] for name in pairs)
        b_to_k = (TwoBodyDecay("B+", "K+"),)
        searches = (
            Search(
                name="displaced",
                title="displaced e⁺e⁻, μ⁺μ⁻",
                decays="inside",
                solid="vertexing volume",
                processes=b_to_k,
                final_states=("ee", "mumu"),
                efficiency=self.displaced_efficiency,
                references=("arXiv:2201.06580, section 5",),
            ),
            Search(
                name="invisible",
                title="missing energy" if self.background else "missing energy without background",
                decays="outside",
                solid="envelope",
                processes=b_to_k,
                efficiency=INVISIBLE_EFFICIENCY,
                background=expected if self.background else 0.0,
                references=("arXiv:2201.06580, section 4",),
            ),
        )
        super().__init__(source, solids, searches)

    def __repr__(self) -> str:
        options = "" if self.background else ", background=False"
        if self.displaced_efficiency != 1.0:
            options += f", displaced_efficiency={self.displaced_efficiency:g}"
        return f"BelleII(luminosity={self.luminosity:g}{options})"
