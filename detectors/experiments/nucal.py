"""The beam dump of the nu-calorimeter I."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import Generator, ProtonDump
from farflung.geometry import Revolved
from farflung.lpp.spectra.target import IRON

PROTONS = 1.7e18
"""Protons on target (J. Bluemlein et al., Z. Phys. C 51 (1991) 341)."""

_RADIUS = 1.3
_THRESHOLD = 10.0
"""Energy [GeV] of showers, and of two muons together."""


class NuCal(Detector):
    """NuCal: 70 GeV protons of the U70 accelerator on iron, and a decay region 64 m away.

    Parameters
    ----------
    generator
        Whose light mesons and photons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solid ``"decay region"``: around the beam, r < 1.3 m, from 64 to 87 m behind the dump, where the calorimeter begins.

    Search ``"decays"``: J. Bluemlein et al., Z. Phys. C 51 (1991) 341 and Int. J. Mod. Phys. A 7 (1992) 3835. Selection
    as the public code ALPINIST (arXiv:2201.05170) has it: at least one photon or electron of 10 GeV or more on the
    calorimeter, efficiency 70 %; two muons there of 10 GeV together, efficiency 80 %; hadrons are vetoed. Signals of
    more than 3.6 events are excluded at 90 % confidence: that number is ALPINIST's. One observed event with 0.29
    expected would give it, and stands for it here; the counts themselves could not be checked.
    """

    name: ClassVar[str] = "nucal"
    title = "NuCal"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = (
        "Z. Phys. C 51 (1991) 341",
        "Int. J. Mod. Phys. A 7 (1992) 3835",
        "arXiv:1311.3870",
        "arXiv:2201.05170",
    )

    def __init__(self, generator: Generator = "pythia") -> None:
        source = ProtonDump(70.0, PROTONS, IRON, softest_photon=_THRESHOLD, generator=generator)
        end = (Aperture(87.0, shapely.Point(0, 0).buffer(_RADIUS, quad_segs=64)),)
        shower = Requirement(end, hits=1, hardest=_THRESHOLD)
        muons = Requirement(end, hits=2, total=_THRESHOLD)
        search = Search(
            name="decays",
            title="decays to γγ, e⁺e⁻, μ⁺μ⁻",
            decays="inside",
            solid="decay region",
            final_states=("gammagamma", "ee", "mumu"),
            efficiency={"gammagamma": 0.7, "ee": 0.7, "mumu": 0.8},
            background=0.29,
            observed=1,
            products=Apertures({"gammagamma": shower, "ee": shower, "mumu": muons}),
            references=self.references,
        )
        super().__init__(source, {"decay region": Revolved.tube(z=(64.0, 87.0), r=(0.0, _RADIUS))}, (search,))
