"""The CHARM beam dump."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import Generator, ProtonDump
from farflung.geometry import Prism
from farflung.lpp.spectra.target import COPPER

PROTONS = 2.4e18
"""Protons on target (F. Bergsma et al., Phys. Lett. B 157 (1985) 458)."""


class CHARM(Detector):
    """CHARM: 400 GeV protons of the SPS on copper, and a decay region 480 m away.

    Parameters
    ----------
    bottom_cross_section, cascade, generator
        As in `farflung.detectors.ProtonDump`.

    Notes
    -----
    Solid ``"decay region"``: 3 x 3 m^2, from 480 to 515 m behind the dump, parallel to the beam. Its centre is 4.8 m
    beside the beam's axis, 10 mrad as seen from the dump (as in the public code ALPINIST; 5 m in others).

    Search ``"decays"``: no event of a, 90 % confidence, F. Bergsma et al., Phys. Lett. B 157 (1985) 458. Selection as
    ALPINIST (arXiv:2201.05170) has it: one or two photons or electrons on the far end of the region, each of 5 to
    50 GeV, efficiency 51 %; two muons there, each above 1 GeV, efficiency 85 %; hadrons are vetoed.
    """

    name: ClassVar[str] = "charm"
    title = "CHARM"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("Phys. Lett. B 157 (1985) 458", "arXiv:1904.02091", "arXiv:2201.05170")

    def __init__(
        self, *, bottom_cross_section: float | None = None, cascade: float = 1.0, generator: Generator = "pythia"
    ) -> None:
        source = ProtonDump(
            400.0,
            PROTONS,
            COPPER,
            bottom_cross_section=bottom_cross_section,
            cascade=cascade,
            softest_photon=2.0,  # two muons of 1 GeV
            generator=generator,
        )
        square = shapely.box(-1.5, 3.3, 1.5, 6.3)
        end = (Aperture(515.0, square),)
        shower = Requirement(end, hits=1, energy=(5.0, 50.0))
        muons = Requirement(end, hits=2, energy=(1.0, float("inf")))
        search = Search(
            name="decays",
            title="decays to γγ, e⁺e⁻, μ⁺μ⁻",
            decays="inside",
            solid="decay region",
            final_states=("gammagamma", "ee", "mumu"),
            efficiency={"gammagamma": 0.51, "ee": 0.51, "mumu": 0.85},
            observed=0,
            products=Apertures({"gammagamma": shower, "ee": shower, "mumu": muons}),
            references=self.references,
        )
        super().__init__(source, {"decay region": Prism(square, z=(480.0, 515.0))}, (search,))
        self.bottom_cross_section = source.bottom_cross_section
