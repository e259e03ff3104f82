"""E949 at the AGS, kaons at rest."""

from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.sources.stopped_kaons import StoppedKaons
from farflung.geometry import Revolved
from farflung.lpp import TwoBodyDecay

FIRST_REGION, SECOND_REGION = 0.115, 0.154
"""Masses [GeV] at which the first region of the pion's momentum ends and the second begins."""

STABLE_LIMIT = MassTable(
    mass=(
        *(0.001, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.105, 0.11, 0.115),
        *(0.154, 0.16, 0.164, 0.17, 0.176, 0.18, 0.186, 0.19, 0.2, 0.21, 0.22, 0.23, 0.236, 0.24, 0.246, 0.25),
    ),
    value=(
        *(1.4e-10, 1.24e-10, 1.17e-10, 1.07e-10, 9.9e-11, 9.2e-11, 8.2e-11, 7.1e-11, 6.6e-11, 5.5e-11, 5.5e-11),
        *(6.9e-11, 1.13e-10, 2.5e-10),
        *(5.3e-9, 1.87e-9, 1.08e-9, 6.9e-10, 5.2e-10, 4.5e-10, 3.8e-10, 3.6e-10, 3.7e-10, 4.1e-10, 5.2e-10, 5.8e-10),
        *(6.9e-10, 8.7e-10, 1.30e-9, 1.90e-9),
    ),
    source="arXiv:0903.0030, figure 18, digitised by arXiv:2508.08354: B(K+ -> pi+ X) for X that escapes, at 90 %",
    below=1.4e-10,
)

DIPHOTON_LIMIT = MassTable(
    mass=(0.001, 0.108),
    value=(8.3e-9, 8.3e-9),
    source="arXiv:hep-ex/0505069: B(K+ -> pi+ gamma gamma) with a pion above 213 MeV, 90 % confidence",
    below=8.3e-9,
)


class E949(Detector):
    """E949 at Brookhaven: K+ -> pi+ X from kaons at rest, with X not seen, or X -> gamma gamma.

    Notes
    -----
    Kaons stop in a target of 6 cm radius; the pion must stop in the range stack around it. Photons are seen by the
    barrel veto, which ends at a radius of 1.45 m, and by end caps at 1 m. These sizes, and the pion's angle of 60 to
    120 degrees with the beam, are from memory, not confirmed at a source.

    Solid ``"hermetic volume"``: what these enclose. Decays inside are taken to be seen, those outside to be missed.

    Searches:

    - ``"invisible"``: the published limit on B(K+ -> pi+ X) for a stable X up to 115 MeV and from 154 to 250 MeV, of
      1.7e12 kaons, times the probability that X decays outside. Limits that the same paper has for five lifetimes from
      0.1 to 5 ns are those for a stable X with a path of 1.5 m, which confirms the radius.
    - ``"diphoton"``: the published limit on K+ -> pi+ gamma gamma below 108 MeV, times the probability that X decays
      inside. It is a limit on decays into three particles, whose selection is not published: taken as it is for two,
      which arXiv:2201.06580 leaves undone for that reason. Public curves are those of a limit five times weaker.
    """

    name: ClassVar[str] = "e949"
    title = "E949"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:0903.0030", "arXiv:hep-ex/0505069", "arXiv:2508.08354")

    def __init__(self) -> None:
        volume = Revolved.tube(z=(-1.0, 1.0), r=(0, 1.45))
        to_pion = (TwoBodyDecay("K+", "pi+"),)
        in_barrel = (Beside("pi+", polar_degrees=(60.0, 120.0)),)
        searches = (
            PublishedLimit(
                name="invisible",
                title="K⁺ → π⁺ + nothing",
                decays="outside",
                solid="hermetic volume",
                processes=to_pion,
                limit=STABLE_LIMIT,
                confidence_level=0.90,
                references=("arXiv:0903.0030", "arXiv:2508.08354"),
                beside=in_barrel,
                vetoed=((FIRST_REGION, SECOND_REGION),),
            ),
            PublishedLimit(
                name="diphoton",
                title="K⁺ → π⁺ γγ",
                decays="inside",
                solid="hermetic volume",
                processes=to_pion,
                final_states=("gammagamma",),
                limit=DIPHOTON_LIMIT,
                confidence_level=0.90,
                note="A limit on decays into three particles is taken for one on decays into two.",
                references=("arXiv:hep-ex/0505069",),
                beside=in_barrel,
            ),
        )
        super().__init__(StoppedKaons(0.06, 0.1), {"hermetic volume": volume}, searches)
