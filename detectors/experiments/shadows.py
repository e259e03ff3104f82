"""SHADOWS, beside a dump of the SPS."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import Generator, ProtonDump
from farflung.geometry import ConvexPolyhedron
from farflung.lpp.spectra.target import COPPER
from farflung.lpp.units import TESLA_METRE

_Z = 23.07
"""Where the absorber is in NA62's frame, in which the proposal is drawn [m]."""

_X = (1.25, 3.75)
_Y = (-1.272, 1.228)
_MAGNET = 57.32 - _Z
_KICK = (0.0, TESLA_METRE * 1.0 * 1.5)
"""Transverse momentum [GeV] from 1 T over 1.5 m."""


class SHADOWS(Detector):
    """SHADOWS beside the absorber of NA62 with 400 GeV protons: a projection of a proposal that was not chosen.

    Parameters
    ----------
    protons
        Protons on the absorber.
    generator
        Whose light mesons and photons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solid ``"decay vessel"``: a box 2.5 m wide and high, its axis 2.5 m beside the beam, from 10 to 33 m behind the
    absorber.

    Search ``"decays"``, as the public code ALPINIST (arXiv:2201.05170) has it: two charged particles above 5 GeV
    through the first and the last tracking chamber, or two photons above 1 GeV and 3 GeV together on the calorimeter,
    10 cm apart; 2.3 events are a signal (90 % confidence). The direction in which the magnet bends is taken to be
    vertical; not confirmed. That the hall went to SHiP is from memory.
    """

    name: ClassVar[str] = "shadows"
    title = "SHADOWS, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2110.08025", "arXiv:2201.05170")

    def __init__(self, protons: float = 5e19, generator: Generator = "pythia") -> None:
        vessel = ConvexPolyhedron.box(x=_X, y=_Y, z=(33.07 - _Z, 56.07 - _Z))
        search = Search(
            name="decays",
            title="decays to γγ and charged pairs",
            decays="inside",
            solid="decay vessel",
            final_states=("gammagamma", "ee", "mumu", "pipi", "KK"),
            products=_selection(),
            references=self.references,
        )
        source = ProtonDump(400.0, protons, COPPER, softest_photon=1.0, generator=generator)
        super().__init__(source, {"decay vessel": vessel}, (search,))


def _selection() -> Apertures:
    face = shapely.box(_X[0], _Y[0], _X[1], _Y[1])
    first, last = Aperture(56.07 - _Z, face), Aperture(58.57 - _Z, face, kick=_KICK, kick_z=_MAGNET)
    calorimeter = (Aperture(59.07 - _Z, face),)
    photons = Requirement(calorimeter, hits=2, energy=(1.0, float("inf")), total=3.0, separation=0.1)
    charged = Requirement((first, last), hits=2, energy=(5.0, float("inf")))
    return Apertures({"gammagamma": photons, **dict.fromkeys(("ee", "mumu", "pipi", "KK"), charged)})
