"""BaBar at PEP-II."""

from math import inf
from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.sources.b_factory import BFactory
from farflung.geometry import PolarAngle, Revolved
from farflung.lpp import TwoBodyDecay
from farflung.lpp.units import NB_IN_INVERSE_AB

LUMINOSITY = 0.424
"""Integrated luminosity [ab^-1] at the Y(4S) (arXiv:2111.01800)."""

PAIRS = 471e6
"""Pairs of B mesons (arXiv:1303.7465)."""

POLAR_DEGREES = (15.8, 141.8)
"""Polar angles [degrees] that the calorimeter covers (arXiv:hep-ex/0105044)."""

FRACTIONS = {"B+": 0.514, "B0": 0.486}
"""Share of charged and neutral pairs (arXiv:2201.06580, eq. 3.5)."""

INVISIBLE_LIMIT = MassTable(
    mass=(0.1, 0.6, 1.1, 1.6, 1.86, 2.11, 2.4, 2.61, 2.86, 2.92),
    value=(1.03e-5, 8.9e-6, 7.3e-6, 6.9e-6, 6.5e-6, 6.2e-6, 7.6e-6, 7.8e-6, 5.3e-6, 4.0e-6),
    source="arXiv:2311.14629, fit of B+ -> K+ X to BaBar's spectrum of arXiv:1303.7465, as in alpaca-ALPs 1.2.0",
    below=1.03e-5,
)
"""Largest B(B+ -> K+ X) of an unseen particle that BaBar's spectrum of B+ -> K+ nu nubar allows."""

DIPHOTON_LIMIT = LifetimeTable(
    mass=(0.20, 0.245, 0.31, 0.405, 0.69, 0.84, 1.10, 1.35, 1.75, 2.2, 2.5, 2.75, 3.25, 3.75, 4.2, 4.5, 4.75),
    ctau=(1e-3, 1e-2, 0.1),
    value=(
        (2.6e-7, 3.8e-7, 1.67e-6),
        (1.63e-7, 3.1e-7, 1.73e-6),
        (3.2e-7, 3.5e-7, 1.29e-6),
        (1.56e-7, 2.0e-7, 9.9e-7),
        (1.73e-7, 2.7e-7, 1.25e-6),
        (1.90e-7, 1.70e-7, 9.1e-7),
        (1.74e-7, 3.2e-7, 7.5e-7),
        (1.50e-7, 1.61e-7, 3.9e-7),
        (1.13e-7, 1.16e-7, 2.4e-7),
        (1.10e-7, 1.31e-7, 2.6e-7),
        (1.15e-7, 1.04e-7, 2.1e-7),
        *((limit, limit, inf) for limit in (8.7e-8, 9.3e-8, 9.6e-8, 1.00e-7, 1.41e-7, 1.26e-7)),
    ),
    source="arXiv:2111.01800: medians over ranges of mass of the limits as in alpaca-ALPs 1.2.0",
    prompt=True,
)
"""Limits at 90 % CL on B(B+ -> K+ a) B(a -> gamma gamma).

The published ones scatter by up to 40 % in the coupling from mass to mass, with the data. Above 2.5 GeV there are only
those for prompt decays; they are held on to up to 10 mm, below which the limits hardly change there.
"""


class BaBar(Detector):
    """BaBar: B+ -> K+ X with X unseen, and X -> gamma gamma.

    Parameters
    ----------
    factorised
        True to average the probability to escape over all particles, as arXiv:2201.06580 does, not over those of events
        whose kaon is seen.

    Notes
    -----
    Beams of 9.0 and 3.1 GeV that meet head-on (arXiv:hep-ex/0105044); these round numbers make 10.564 GeV, so both are
    raised by .15 % to make the mass of the Y(4S), where the data were taken.

    Solids, seen from the nominal interaction point:

    - ``"drift chamber"``: r from 23.6 to 80.9 cm, z from -101.5 to 174.9 cm (arXiv:hep-ex/0105044).
    - ``"calorimeter"``: r from 90 to 136 cm (Technical Design Report, SLAC-R-457), polar angles 15.8 to 141.8 degrees,
      front face of the forward end cap at z = 198 cm, crystals 30 to 32 cm deep (arXiv:hep-ex/0105044); its slanted
      face is taken as flat. There is no backward end cap: the last crystals of the barrel end at z = -140 cm. Moving
      either end by 10 cm changes the probability to escape by less than 0.4 % at c tau = 1 m, taking the back of the
      crystals, r = 123 cm, for that of the whole calorimeter by 1 % at m = 0.3 GeV and 4 % at 1 GeV.
    - ``"envelope"``: everything up to the back of the calorimeter within the same angles.

    Searches, both of which compare branching ratios with limits:

    - ``"invisible"``: the search for B+ -> K+ nu nubar (arXiv:1303.7465) read as one for a particle that decays outside
      the envelope, as in arXiv:2201.06580, section 3.3. The kaon must be seen within the same angles. Of the particles
      that escape through the open ends of the detector one in five counts then, since most kaons leave at the other
      end; what else was asked of the missing momentum is not known here. Eqs. 3.5 and 3.6 there limit the branching
      ratio times the probability to escape to (1 + 1.64 sigma) DeltaB(observed) - DeltaB(K nu nubar), with
      DeltaB(K nu nubar) = 7.3e-7 below m = 1.6 GeV; what was observed is not printed there. The limit here is
      the upper end of what a fit of two-body decays to the same data allows (arXiv:2311.14629), whose confidence level
      its table does not say. Like the paper's it is better above 1.6 GeV than below.
    - ``"diphoton"``: B+ -> K+ a, a -> gamma gamma (arXiv:2111.01800), for c tau up to 100 mm, without the surroundings
      of the eta and the eta'. Below 0.2 GeV, where the pi0 is near, the published limit is weaker and is left out.
    """

    name: ClassVar[str] = "babar"
    title = "BaBar"
    references: ClassVar[tuple[str, ...]] = (
        "arXiv:2111.01800",
        "arXiv:1303.7465",
        "arXiv:2311.14629",
        "arXiv:2201.06580",
        "arXiv:hep-ex/0105044",
    )

    def __init__(self, *, factorised: bool = False) -> None:
        self.factorised = bool(factorised)
        source = BFactory(
            electron_energy=9.013,
            positron_energy=3.1045,
            half_crossing_angle=0.0,
            luminosity=LUMINOSITY,
            cross_sections={name: PAIRS * share / (LUMINOSITY * NB_IN_INVERSE_AB) for name, share in FRACTIONS.items()},
        )
        covered = PolarAngle.from_degrees(*POLAR_DEGREES)
        up_to_crystals = Revolved.tube(z=(-1.40, 1.98), r=(0, 0.90))
        behind_crystals = Revolved.tube(z=(-1.40, 2.30), r=(0, 1.36))
        solids = {
            "drift chamber": covered & Revolved.tube(z=(-1.015, 1.749), r=(0.236, 0.809)),
            "calorimeter": covered & (behind_crystals - up_to_crystals),
            "envelope": covered & behind_crystals,
        }
        b_to_k = (TwoBodyDecay("B+", "K+"),)
        searches = (
            PublishedLimit(
                name="invisible",
                title="B → K νν̄",
                decays="outside",
                solid="envelope",
                processes=b_to_k,
                limit=INVISIBLE_LIMIT,
                confidence_level=None,  # its table does not say
                references=("arXiv:1303.7465", "arXiv:2201.06580, section 3.3", "arXiv:2311.14629"),
                beside=() if self.factorised else (Beside("K+", polar_degrees=POLAR_DEGREES),),
            ),
            PublishedLimit(
                name="diphoton",
                title="B → Kγγ",
                processes=b_to_k,
                final_states=("gammagamma",),
                limit=DIPHOTON_LIMIT,
                confidence_level=0.90,
                vetoed=((0.45, 0.63), (0.92, 1.01)),
                references=("arXiv:2111.01800",),
            ),
        )
        super().__init__(source, solids, searches)
