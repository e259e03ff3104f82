"""SHiP, behind a dump of the SPS."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import Generator, ProtonDump
from farflung.geometry import ConvexPolyhedron
from farflung.lpp.spectra.target import MOLYBDENUM
from farflung.lpp.units import TESLA_METRE

_CASCADE = 1.7
"""Factor for b quarks of later collisions in the target (CERN-SHiP-NOTE-2015-009)."""

_MAGNET = 89.1
_KICK = (0.0, TESLA_METRE * 0.1625 * 4.0)
"""Transverse momentum [GeV] from 0.1625 T over 4 m."""


class SHiP(Detector):
    """SHiP in the hall ECN3 with 400 GeV protons on molybdenum and tungsten: a projection without background.

    Parameters
    ----------
    protons
        Protons on target.
    generator
        Whose light mesons and photons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solid ``"decay vessel"``: from 33.5 to 83.5 m behind the target, with a rectangular cross-section that grows from
    1.29 x 2.99 m to 4.29 x 6.29 m.

    Search ``"decays"``, as the public code ALPINIST (arXiv:2201.05170) has it: two charged particles above 1 GeV
    through the first and the last tracking chamber and on the calorimeter, or two photons above 1 GeV on the
    calorimeter, 10 cm apart; no loss of efficiency beyond that; 2.3 events are a signal (90 % confidence). Photons are
    those of decays in the vessel. The direction in which the magnet bends is taken to be vertical; not confirmed.

    Source: `farflung.detectors.sources.proton_dump.ProtonDump`, which takes the target for pure molybdenum; kaons of
    the thick target are those that decay before they are absorbed.
    """

    name: ClassVar[str] = "ship"
    title = "SHiP, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1504.04956", "arXiv:2112.01487", "arXiv:2201.05170")

    def __init__(self, protons: float = 6e20, generator: Generator = "pythia") -> None:
        vessel = ConvexPolyhedron.frustum(
            z=(33.5, 83.5), lower=((-0.645, 0.645), (-1.495, 1.495)), upper=((-2.145, 2.145), (-3.145, 3.145))
        )
        source = ProtonDump(400.0, protons, MOLYBDENUM, cascade=_CASCADE, softest_photon=1.0, generator=generator)
        search = Search(
            name="decays",
            title="decays to γγ and charged pairs",
            decays="inside",
            solid="decay vessel",
            final_states=("gammagamma", "ee", "mumu", "pipi", "KK"),
            products=_selection(),
            references=self.references,
        )
        super().__init__(source, {"decay vessel": vessel}, (search,))


def _selection() -> Apertures:
    tracker, calorimeter = shapely.box(-2.0, -3.0, 2.0, 3.0), shapely.box(-2.59, -3.31, 2.59, 3.31)
    chambers = (Aperture(84.05, tracker), Aperture(93.6, tracker, kick=_KICK, kick_z=_MAGNET))
    shower = Aperture(94.15, calorimeter)
    behind = Aperture(94.15, calorimeter, kick=_KICK, kick_z=_MAGNET)
    above = (1.0, float("inf"))
    photons = Requirement((shower,), hits=2, energy=above, separation=0.1)
    charged = Requirement((*chambers, behind), hits=2, energy=above)
    return Apertures({"gammagamma": photons, **dict.fromkeys(("ee", "mumu", "pipi", "KK"), charged)})
