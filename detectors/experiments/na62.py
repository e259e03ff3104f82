"""NA62 at the SPS."""

from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.sources.kaon_beam import KaonBeam
from farflung.geometry import Revolved
from farflung.lpp import TwoBodyDecay

STABLE_LIMIT = MassTable(
    mass=(
        *(0.001, 0.02, 0.03, 0.04, 0.06, 0.08, 0.09, 0.1, 0.11),
        *(0.154, 0.156, 0.158, 0.16, 0.164, 0.17, 0.176, 0.184, 0.192, 0.2, 0.21, 0.22, 0.226, 0.232, 0.236, 0.242),
        *(0.246, 0.25, 0.254, 0.256, 0.26),
    ),
    value=(
        *(5.5e-11, 4.4e-11, 3.7e-11, 2.7e-11, 2.4e-11, 3.0e-11, 4.6e-11, 8.3e-11, 6.5e-10),
        *(3.4e-10, 2.0e-10, 1.07e-10, 4.0e-11, 2.0e-11, 1.8e-11, 1.7e-11, 3.2e-11, 1.8e-11, 1.2e-11, 1.1e-11, 1.3e-11),
        *(2.9e-11, 1.4e-11, 1.3e-11, 4.0e-11, 1.4e-11, 2.0e-11, 3.6e-11, 2.7e-11, 3.8e-11),
    ),
    source="arXiv:2103.15389, figure 9: limits on sin^2(theta) of a dark scalar S that escapes, times "
    "B(K+ -> pi+ S)/sin^2(theta) = 1.5e-3 at low mass (farflung.lpp.DarkScalar with top_mass=172.6). They are the "
    "(3 to 6)e-11 below 110 MeV and 1e-11 at 160 to 250 MeV that the paper states",
    below=5.5e-11,
)

PI0_LIMIT = MassTable(
    mass=(0.11, 0.115, 0.12, 0.13, 0.135, 0.14, 0.15, 0.155),
    value=(2.6e-7, 1.8e-8, 3.0e-9, 9.1e-10, 9.1e-10, 9.6e-10, 1.3e-8, 6.8e-7),
    source="arXiv:2010.07644: B(pi0 -> invisible) < 4.4e-9 times B(K+ -> pi+ pi0) = 0.207 at the mass of the pi0; "
    "elsewhere limits for the longest lifetime in its figure 6, which is 10 ns, relative to it",
)

DIPHOTON_LIMIT = LifetimeTable(
    mass=(0.215, 0.23, 0.245, 0.26, 0.275, 0.29, 0.305, 0.32, 0.335, 0.35),
    ctau=(0.006, 0.03, 0.06, 0.15, 0.3, 0.6),
    value=tuple(
        tuple(prompt * loss for loss in (1.0, 1.71, 2.73, 6.17, 12.1, 24.1))
        for prompt in (5.8e-9, 4.6e-9, 4.2e-9, 4.0e-9, 5.9e-9, 6.2e-9, 4.6e-9, 4.0e-9, 4.4e-9, 6.5e-9)
    ),
    source="arXiv:2311.01837 and 2507.17286, digitised by arXiv:2508.08354: B(K+ -> pi+ X) B(X -> gamma gamma), "
    "medians over 15 MeV, for prompt decays and, by the same factors at all masses within 5 %, for 100 ps to 2 ns",
    prompt=True,
)

REGION_2 = 0.154
"""Mass [GeV] at which the second signal region begins."""

PION_MOMENTUM = MassTable(
    mass=(0.110, REGION_2),
    value=(35.0, 45.0),
    source="arXiv:2103.15389: largest momentum [GeV] of the pion in the first and the second signal region, between "
    "which nothing is searched for",
)


class NA62(Detector):
    """NA62: K+ -> pi+ X from kaons of 75 GeV, with X not seen or X -> gamma gamma.

    Its beam-dump mode is a detector by itself, `NA62Dump`.

    Notes
    -----
    Positions are those of NA62's own frame. Kaons decay between z = 105 and 165 m, the 60 m of arXiv:2201.06580 (in
    2018 the region went up to 170 m).

    Solid ``"hermetic volume"``: from the beginning of the decay region at 102 m to the muon veto MUV3 at 246.85 m,
    which is 2.64 m wide and the last detector. Tracks and photons up to 50 mrad are vetoed; particles X fly at less
    than 6 mrad, so that any decay inside is taken to be seen, and every decay behind it to be missed.

    Searches:

    - ``"invisible"``: K+ -> pi+ X, X up to 110 MeV and 154 to 260 MeV, data of 2016-2018: the published limit on
      B(K+ -> pi+ X) for a stable X, times the probability that X decays behind the hermetic volume. The pion has 15 to
      35 GeV in the first and 15 to 45 GeV in the second region, so that X has 30 to 60 GeV: slower ones, which would
      decay early, are not selected, and the probability is that of selected events.
    - ``"invisible-pi0"``: the same for 110 to 155 MeV, from the search for pi0 -> invisible in data of 2017. For want
      of a number, the pion's momentum is taken to be that of the first region.
    - ``"diphoton"``: K+ -> pi+ X, X -> gamma gamma, X of 215 to 350 MeV: the published limit, up to lifetimes of
      2 ns.

    The probability to escape, times the limits that NA62 published in arXiv:2507.17286 for several lifetimes, is the
    same within 15 % from 0.2 to 5 ns, except at 0.46 ns, where it is up to 37 % more. The limits of 2020
    (arXiv:2011.11329, 2010.07644) fall off towards short lifetimes as if the path were twice as long, for which no
    reason was found.
    """

    name: ClassVar[str] = "na62"
    title = "NA62"
    sample_size: ClassVar[int] = 32768
    references: ClassVar[tuple[str, ...]] = (
        "arXiv:2103.15389",
        "arXiv:2011.11329",
        "arXiv:2010.07644",
        "arXiv:2507.17286",
        "arXiv:1703.08501",
        "arXiv:2311.01837",
        "arXiv:2508.08354",
    )

    def __init__(self) -> None:
        self.kaons = KaonBeam(75.0, (105.0, 165.0))
        volume = Revolved.tube(z=(102.0, 246.85), r=(0, 1.32))
        to_pion = (TwoBodyDecay("K+", "pi+"),)
        searches = (
            PublishedLimit(
                name="invisible",
                title="K⁺ → π⁺ + nothing",
                decays="outside",
                solid="hermetic volume",
                processes=to_pion,
                limit=STABLE_LIMIT,
                confidence_level=0.90,
                references=("arXiv:2103.15389",),
                beside=(Beside("pi+", momentum=(15.0, PION_MOMENTUM)),),
                vetoed=((0.110, REGION_2),),
            ),
            PublishedLimit(
                name="invisible-pi0",
                title="K⁺ → π⁺ + nothing, at the π⁰ mass",
                decays="outside",
                solid="hermetic volume",
                processes=to_pion,
                limit=PI0_LIMIT,
                confidence_level=0.90,
                references=("arXiv:2010.07644",),
                beside=(Beside("pi+", momentum=(15.0, 35.0)),),
            ),
            PublishedLimit(
                name="diphoton",
                title="K⁺ → π⁺ γγ",
                processes=to_pion,
                final_states=("gammagamma",),
                limit=DIPHOTON_LIMIT,
                confidence_level=0.90,
                references=("arXiv:2311.01837", "arXiv:2508.08354"),
            ),
        )
        super().__init__(self.kaons, {"hermetic volume": volume}, searches)
