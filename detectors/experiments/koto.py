"""KOTO at J-PARC, its full data set, and KOTO II."""

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import numpy as np
import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.search import Search
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.sources.kaon_beam import KaonBeam
from farflung.detectors.sources.momentum_table import MomentumTable
from farflung.geometry import Revolved
from farflung.lpp import TwoBodyDecay

Stage = Literal["result", "full", "koto2"]

LIMIT = MassTable(
    mass=(0.001, 0.05, 0.1, 0.135, 0.15, 0.18, 0.2, 0.22, 0.24, 0.25, 0.26),
    value=(
        *(2.25e-9, 2.23e-9, 2.27e-9, 2.37e-9, 2.43e-9, 2.63e-9),
        *(2.93e-9, 3.29e-9, 4.10e-9, 4.96e-9, 6.41e-9),
    ),
    source="arXiv:1810.09655: B(K_L -> pi0 X) for X that escapes, 90 % confidence, digitised by arXiv:2508.08354; the "
    "abstract says 2.4e-9 at 135 MeV",
    below=2.25e-9,
)

_DATA_2015, _NO_EVENT = 2.2e19, 2.303
"""Protons behind that limit, and events that it stands for, since none was seen."""

KAONS_PER_PROTON = 4.183e7 / 2e14
"""K_L at the end of KOTO's beam line (arXiv:1509.03386)."""

_EVENT_2021, _BACKGROUND_2021 = 9.33e-10, 0.252
"""Branching ratio of K_L -> pi0 nu nu for one event, and background, of the data of 2021 (arXiv:2411.11237)."""

_PHOTONS = (0.02, 0.03, 0.05, 0.08, 0.16, 0.2, 0.26, 0.3, 0.34, 0.36)
_SECOND_PAIR = (0.143, 0.183, 0.207, 0.220, 0.197, 0.188, 0.187, 0.216, 0.282, 0.358)
_ALL_FOUR = (0.0063, 0.0287, 0.0510, 0.0534, 0.0393, 0.0370, 0.0368, 0.0424, 0.0554, 0.0702)
"""Against mass [GeV]: share of events in which the pi0's photons hit too, if those of a do, and in which all four do.

Computed from the numbers of this file for prompt decays; `tests/detectors/test_koto.py` does so again."""

_KEPT = 0.2
"""What other cuts and vetoes leave of events with four photons: a guess between all and the 4 % with two."""

_TWO_PHOTONS_MORE = 1.27e-6 / 0.2 * 0.02
"""B(K_L -> pi0 gamma gamma) (Particle Data Group, from memory) in 20 MeV, flat over the 0.2 GeV where most of it is."""


@dataclass(frozen=True)
class _Layout:
    """Where things are along the beam, in metres from the target: the beam's end, where decays count, the rest."""

    beam_end: float
    region: tuple[float, float]
    front: float
    calorimeter: float
    radius: float


_FIRST = _Layout(20.0, (24.0, 25.7), 21.0, 27.0, 1.0)
_SECOND = _Layout(43.0, (45.75, 59.0), 44.0, 64.0, 1.5)


class KOTO(Detector):
    """KOTO: K_L -> pi0 X from 30 GeV protons on gold, with X not seen; as a projection also X -> gamma gamma.

    Parameters
    ----------
    stage
        ``"result"``: the published limit of the data of 2015 (arXiv:1810.09655). Those of 2021 give 1.6e-9 at 135 MeV,
        1.5 times less (arXiv:2411.11237); their limits at other masses were not to be had. ``"full"``: a projection
        for 1.4e20 protons. ``"koto2"``: a projection for KOTO II, 6e20 protons and an angle of 5 degrees.

    Notes
    -----
    Positions are metres from the target. K_L have the momenta of the fit that KOTO uses for its beam, with a peak at
    1.42 GeV, and KOTO II the same with a peak at 3 GeV. Both are from memory, not confirmed at a source, and so are
    the ends of the beam lines at 20 and 43 m. The number of K_L is measured, 4.18e7 for 2e14 protons
    (arXiv:1509.03386); that of KOTO II, 1.1e7 for 2e13 protons, is from memory. Decays count from 3.0 to 4.7 m behind
    the front at 21 m, and from 45.75 to 59 m (KOTO II), as the public code ALPINIST (arXiv:2201.05170) has it, and the
    calorimeters at 27 and 64 m, with radii of 1.0 and 1.5 m, too.

    Solids: ``"hermetic volume"``, from the front to the back of the calorimeter, whose depth of 0.5 m is from memory:
    any decay inside is taken to be seen, and every decay outside to be missed, beside the vessel too, where there are
    vetoes. ``"vessel"``, the same up to the calorimeter.

    Searches:

    - ``"invisible"``: K_L -> pi0 X with X up to 260 MeV. The published limit for X that escapes, times the probability
      that X decays outside in events whose pi0 has an energy above 0.65 GeV and a transverse momentum of 0.13 to 0.25
      GeV. Projections have the efficiency that this limit stands for; 0.252 events of background in 2021 grow with the
      exposure. The probability that both photons of such a pi0 hit the calorimeter is 25 times that efficiency at all
      masses up to 0.2 GeV, 30 times at 0.26 GeV: the mass dependence is understood, the rest is cuts and vetoes. KOTO
      II has the efficiency of its single event sensitivity for K_L -> pi0 nu nu, 8.5e-13 (arXiv:2501.14827), and 75
      events of that decay and of background (the latter from memory); of its pi0 nothing is asked.
    - ``"diphoton"`` (``"full"`` alone): X -> gamma gamma, four photons on the calorimeter above 0.1 GeV and 15 cm
      apart, outside of a square hole of 15 cm half width. The background is K_L -> pi0 gamma gamma, taken to be flat;
      around the pi0's mass the search is blind. That other cuts leave a fifth is a guess, and below 0.16 GeV, where
      pairs of pi0 wrongly combined are all there is, so is the background.
    """

    name: ClassVar[str] = "koto"
    title = "KOTO"
    sample_size: ClassVar[int] = 65536
    references: ClassVar[tuple[str, ...]] = (
        "arXiv:1810.09655",
        "arXiv:2411.11237",
        "arXiv:1509.03386",
        "arXiv:2501.14827",
        "arXiv:2201.05170",
    )

    def __init__(self, stage: Stage = "result") -> None:
        if stage not in get_args(Stage):
            raise DetectorError(f"stage = {stage!r} must be one of {', '.join(get_args(Stage))}")
        layout = _SECOND if stage == "koto2" else _FIRST
        searches: tuple[Search, ...]
        if stage == "result":
            kaons, searches = _beam(_DATA_2015), (_published(),)
        elif stage == "full":
            self.title = "KOTO, projection (1.4e20 protons)"
            kaons = _beam(1.4e20)
            searches = (_unseen(kaons), _four_photons(kaons))
        else:
            self.title = "KOTO II, projection"
            kaons = KaonBeam(
                _spectrum(3.0 / 1.42, "the fit to KOTO's K_L, moved to a peak at 3 GeV"), layout.region,
                kaon="K(L)0", kaons=1.1e7 / 2e13 * 6e20, start=layout.beam_end,
            )  # fmt: skip
            searches = (_unseen_at_koto2(kaons),)
        front, end, radius = layout.front, layout.calorimeter, layout.radius
        solids = {
            "hermetic volume": Revolved.tube(z=(front, end + 0.5), r=(0, radius)),
            "vessel": Revolved.tube(z=(front, end), r=(0, radius)),
        }
        super().__init__(kaons, solids, searches)


def _spectrum(scale: float, source: str) -> MomentumTable:
    """The form that KOTO fits to its own K_L, with all momenta times a factor."""
    p = np.linspace(0.05, 8.0, 160)
    width = 0.8102 * (1 - (-0.3014 + 0.01709 * p) * (p - 1.42))
    return MomentumTable(tuple(scale * p), tuple(np.exp(-(((p - 1.42) / width) ** 2) / 2)), source)


def _beam(protons: float) -> KaonBeam:
    return KaonBeam(
        _spectrum(1.0, "fit to K_L at the end of KOTO's beam line, from memory"), _FIRST.region,
        kaon="K(L)0", kaons=KAONS_PER_PROTON * protons, start=_FIRST.beam_end,
    )  # fmt: skip


_TO_PION = (TwoBodyDecay("K(L)0", "pi0"),)
_SELECTED = (Beside("pi0", momentum=(0.636, float("inf")), transverse_momentum=(0.13, 0.25)),)
_TITLE = "Kʟ → π⁰ + nothing"


def _published() -> PublishedLimit:
    return PublishedLimit(
        name="invisible",
        title=_TITLE,
        decays="outside",
        solid="hermetic volume",
        processes=_TO_PION,
        limit=LIMIT,
        confidence_level=0.90,
        references=("arXiv:1810.09655", "arXiv:2508.08354"),
        beside=_SELECTED,
    )


def _unseen(kaons: KaonBeam) -> Search:
    measured = _beam(_DATA_2015)
    efficiency = tuple(_NO_EVENT / (limit * measured.decays) for limit in LIMIT.value)
    single_event = 1.3e-9 * measured.decays / kaons.decays  # 1.3e-9 in 2015
    return Search(
        name="invisible",
        title=_TITLE,
        decays="outside",
        solid="hermetic volume",
        processes=_TO_PION,
        efficiency=MassTable(LIMIT.mass, efficiency, LIMIT.source, above=0.0),
        background=_BACKGROUND_2021 * _EVENT_2021 / single_event,
        references=("arXiv:1810.09655", "arXiv:2411.11237"),
        beside=_SELECTED,
        beside_in_efficiency=True,
    )


def _unseen_at_koto2(kaons: KaonBeam) -> Search:
    return Search(
        name="invisible",
        title=_TITLE,
        decays="outside",
        solid="hermetic volume",
        processes=_TO_PION,
        efficiency=1 / (8.5e-13 * kaons.decays),
        background=75.0,
        references=("arXiv:2501.14827",),
    )


def _four_photons(kaons: KaonBeam) -> Search:
    hole = shapely.box(-0.15, -0.15, 0.15, 0.15)
    crystals = Aperture(_FIRST.calorimeter, shapely.Point(0, 0).buffer(0.85, quad_segs=32).difference(hole))
    photons = Requirement((crystals,), hits=2, energy=(0.1, float("inf")), separation=0.15)
    source = "computed from the dimensions"
    expected = tuple(kaons.decays * _TWO_PHOTONS_MORE * _KEPT * share for share in _ALL_FOUR)
    return Search(
        name="diphoton",
        title="Kʟ → π⁰ X, X → γγ",
        decays="inside",
        solid="vessel",
        processes=_TO_PION,
        final_states=("gammagamma",),
        efficiency=MassTable(_PHOTONS, tuple(_KEPT * share for share in _SECOND_PAIR), source),
        background=MassTable(_PHOTONS, expected, source),
        note="What cuts leave of events with four photons, a fifth, is a guess.",
        references=("arXiv:2201.05170",),
        products=Apertures({"gammagamma": photons}),
        vetoed=((0.12, 0.15),),
    )
