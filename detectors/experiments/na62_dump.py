"""NA62 in beam-dump mode: source, solid and search, for a detector to take up.

Positions count from the copper absorber (TAX) in which the beam ends, 23.07 m behind the origin of NA62's own frame,
and from the axis of the beam, which in this mode runs 22 mm below that of NA62.
"""

import shapely

from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import ProtonDump
from farflung.geometry import Revolved, Solid
from farflung.lpp.spectra.target import COPPER
from farflung.lpp.units import TESLA_METRE

DUMP_PROTONS = 1e18
"""Protons on the absorber that NA62 plans to take (arXiv:2201.05170)."""

DUMP_Z = 23.07
"""Where the absorber is in NA62's frame [m]."""

DUMP_Y = 0.022
"""Height [m] of NA62's axis above that of the beam."""

DUMP_REFERENCES = ("arXiv:1702.08501", "arXiv:2201.05170", "arXiv:2303.08666", "arXiv:2312.12055")


def dump_source(
    protons: float = DUMP_PROTONS, *, bottom_cross_section: float | None = None, cascade: float = 1.0
) -> ProtonDump:
    """400 GeV protons on copper; arguments as in `farflung.detectors.ProtonDump`."""
    return ProtonDump(
        400.0,
        protons,
        COPPER,
        bottom_cross_section=bottom_cross_section,
        cascade=cascade,
        softest_photon=2.0,  # two products of 1 GeV
    )


def dump_decay_region() -> Solid:
    """Where decays count: from 102 to 182 m in NA62's frame, r < 1 m as the straw chambers behind it."""
    return Revolved.tube(z=(102.0 - DUMP_Z, 182.0 - DUMP_Z), r=(0.0, 1.0)).moved((0.0, DUMP_Y, 0.0))


def dump_search(solid: str = "dump decay region", name: str = "dump", source: str = "") -> Search:
    """Decays to two photons, electrons, muons, pions or kaons, without background.

    Selection as the public code ALPINIST (arXiv:2201.05170, its version of May 2023) has it: two photons or electrons
    above 1 GeV on the calorimeter, 15 cm from its axis and 10 cm from each other; two muons, pions or kaons above
    5 GeV in the first and the last straw chamber, with the magnet between them, pions and kaons also on the
    calorimeter. Of pion and kaon pairs those that are charged are seen: 2/3 and 1/2 by isospin.

    Parameters
    ----------
    solid
        Name under which the detector has `dump_decay_region`.
    name
        Name of the search.
    source
        Name under which the detector has `dump_source`, if it has several.
    """
    calorimeter = Aperture(241.495 - DUMP_Z, _calorimeter(0.15), kick=_KICK, kick_z=_MAGNET)
    near = Aperture(241.495 - DUMP_Z, _calorimeter(0.08), kick=_KICK, kick_z=_MAGNET)
    first, last = (
        Aperture(183.0 - DUMP_Z, _ring(0.1, 1.0)),
        Aperture(218.7 - DUMP_Z, _ring(0.1, 1.0), kick=_KICK, kick_z=_MAGNET),
    )
    shower = Requirement((calorimeter,), hits=2, energy=(1.0, float("inf")), separation=0.1)
    muons = Requirement((first, last), hits=2, energy=(5.0, float("inf")))
    hadrons = Requirement((first, last, near), hits=2, energy=(5.0, float("inf")))
    return Search(
        name=name,
        title="beam dump, decays to γγ, e⁺e⁻, μ⁺μ⁻, π⁺π⁻, K⁺K⁻",
        decays="inside",
        solid=solid,
        final_states=("gammagamma", "ee", "mumu", "pipi", "KK"),
        efficiency={"gammagamma": 1.0, "ee": 1.0, "mumu": 1.0, "pipi": 2 / 3, "KK": 1 / 2},
        products=Apertures({"gammagamma": shower, "ee": shower, "mumu": muons, "pipi": hadrons, "KK": hadrons}),
        references=DUMP_REFERENCES,
        source=source,
    )


_MAGNET = 197.0 - DUMP_Z
_KICK = (TESLA_METRE * 0.6928 * 1.3, 0.0)
"""Transverse momentum [GeV] from 0.6928 T over 1.3 m."""


def _ring(inner: float, outer: float) -> shapely.Polygon:
    centre = shapely.Point(0.0, DUMP_Y)
    return centre.buffer(outer, quad_segs=32) - centre.buffer(inner, quad_segs=32)


def _calorimeter(hole: float) -> shapely.Polygon:
    """The liquid krypton calorimeter: 1.13 m to each side, |x| + |y| < 1.598 m, notched corners, a hole."""
    corner = [
        (1.13, 0.468), (0.751, 0.847), (0.632, 0.847), (0.632, 0.947), (0.522, 0.947), (0.522, 1.076), (0.468, 1.13),
    ]  # fmt: skip
    upper = [*corner, *((-x, y) for x, y in reversed(corner))]
    outline = shapely.Polygon([(x, y + DUMP_Y) for x, y in (*upper, *((x, -y) for x, y in reversed(upper)))])
    return outline - shapely.Point(0.0, DUMP_Y).buffer(hole, quad_segs=32)
