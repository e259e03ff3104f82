"""NA62 in beam-dump mode, as planned."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import Generator, ProtonDump
from farflung.geometry import Revolved
from farflung.lpp.number_text import scientific
from farflung.lpp.spectra.target import COPPER
from farflung.lpp.units import TESLA_METRE

_Z = 23.07
"""Where the absorber is in NA62's own frame [m]."""

_Y = 0.022
"""Height [m] of NA62's axis above that of the beam."""

_CALORIMETER = 241.495 - _Z
_MAGNET = 197.0 - _Z
_KICK = (TESLA_METRE * 0.6928 * 1.3, 0.0)
"""Transverse momentum [GeV] from 0.6928 T over 1.3 m."""


class NA62Dump(Detector):
    """NA62 with 400 GeV protons on a copper absorber, and what would be seen of what they make: a projection.

    Parameters
    ----------
    protons
        Protons on the absorber; 1e18 are planned (arXiv:2201.05170), 1.4e17 were taken in 2021 (arXiv:2303.08666).
    bottom_cross_section, generator
        As in `farflung.detectors.ProtonDump`.

    Notes
    -----
    Positions count from the absorber (TAX), z = 23.07 m in NA62's own frame, in which further numbers are given here,
    and from the axis of the beam, which in this mode runs 22 mm below that of all detectors.

    Solid ``"decay region"``: from 102 m to the calorimeter at 241.5 m, r < 1 m as the straw chambers.

    Search ``"decays"``: to two photons or a charged pair, no background. Selection as the public code ALPINIST
    (arXiv:2201.05170, its version of May 2023) has it: two photons above 1 GeV on the calorimeter, 15 cm from its axis
    and 10 cm from each other, made anywhere before it; two muons, pions or kaons above 5 GeV in the first straw
    chamber, which is at 183 m, and in the last, with the magnet between them; pions and kaons also on the calorimeter.
    Electrons are asked for what photons are and, unlike there, for hits in both chambers, by which NA62 finds their
    vertex. Of pion and kaon pairs those that are charged are seen: 2/3 and 1/2 by isospin.

    The published searches for decays to charged pairs in 1.4e17 protons (arXiv:2303.08666, 2312.12055, 2502.04241) are
    not among the results here, since their efficiencies are not at hand.
    """

    name: ClassVar[str] = "na62-dump"
    title = "NA62 dump"
    sample_size: ClassVar[int] = 32768
    references: ClassVar[tuple[str, ...]] = (
        "arXiv:1703.08501",
        "arXiv:2201.05170",
        "arXiv:2303.08666",
        "arXiv:2312.12055",
        "arXiv:2502.04241",
    )

    def __init__(
        self, protons: float = 1e18, *, bottom_cross_section: float | None = None, generator: Generator = "pythia"
    ) -> None:
        source = ProtonDump(
            400.0,
            protons,
            COPPER,
            bottom_cross_section=bottom_cross_section,
            softest_photon=2.0,  # two products of 1 GeV
            generator=generator,
        )
        self.protons = source.particles
        self.bottom_cross_section = source.bottom_cross_section
        self.title = f"NA62 dump ({scientific(self.protons)} protons)"
        search = Search(
            name="decays",
            title="decays to γγ, e⁺e⁻, μ⁺μ⁻, π⁺π⁻, K⁺K⁻",
            decays="inside",
            solid="decay region",
            final_states=("gammagamma", "ee", "mumu", "pipi", "KK"),
            efficiency={"gammagamma": 1.0, "ee": 1.0, "mumu": 1.0, "pipi": 2 / 3, "KK": 1 / 2},
            products=_selection(),
            references=self.references,
        )
        region = Revolved.tube(z=(102.0 - _Z, _CALORIMETER), r=(0.0, 1.0)).moved((0.0, _Y, 0.0))
        super().__init__(source, {"decay region": region}, (search,))


def _selection() -> Apertures:
    chambers = (
        Aperture(183.0 - _Z, _ring(0.1, 1.0)),
        Aperture(218.7 - _Z, _ring(0.1, 1.0), kick=_KICK, kick_z=_MAGNET),
    )
    shower, near = (Aperture(_CALORIMETER, _calorimeter(hole), kick=_KICK, kick_z=_MAGNET) for hole in (0.15, 0.08))
    above = {energy: (energy, float("inf")) for energy in (1.0, 5.0)}
    photons = Requirement((shower,), hits=2, energy=above[1.0], separation=0.1)
    electrons = Requirement((*chambers, shower), hits=2, energy=above[1.0], separation=0.1)
    muons = Requirement(chambers, hits=2, energy=above[5.0])
    hadrons = Requirement((*chambers, near), hits=2, energy=above[5.0])
    return Apertures({"gammagamma": photons, "ee": electrons, "mumu": muons, "pipi": hadrons, "KK": hadrons})


def _ring(inner: float, outer: float) -> shapely.Polygon:
    centre = shapely.Point(0.0, _Y)
    return centre.buffer(outer, quad_segs=32) - centre.buffer(inner, quad_segs=32)


def _calorimeter(hole: float) -> shapely.Polygon:
    """The liquid krypton calorimeter: 1.13 m to each side, |x| + |y| < 1.598 m, notched corners, a hole."""
    corner = [
        (1.13, 0.468), (0.751, 0.847), (0.632, 0.847), (0.632, 0.947), (0.522, 0.947), (0.522, 1.076), (0.468, 1.13),
    ]  # fmt: skip
    upper = [*corner, *((-x, y) for x, y in reversed(corner))]
    outline = shapely.Polygon([(x, y + _Y) for x, y in (*upper, *((x, -y) for x, y in reversed(upper)))])
    return outline - shapely.Point(0.0, _Y).buffer(hole, quad_segs=32)
