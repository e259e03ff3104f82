"""SeaQuest, behind its dump of the Main Injector, as DarkQuest would use it."""

from typing import ClassVar, Literal, NamedTuple, get_args

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.proton_dump import ProtonDump
from farflung.geometry import Prism
from farflung.lpp.spectra.target import IRON
from farflung.lpp.units import TESLA_METRE

Phase = Literal["1", "2"]


class _Layout(NamedTuple):
    """Protons, and positions [m] of the region's front, of the first station of the tracker and of the calorimeter."""

    protons: float
    front: float
    station: float
    calorimeter: float


_LAYOUTS = {"1": _Layout(1.44e18, 5.0, 6.16, 18.5), "2": _Layout(1e20, 7.0, 13.5, 19.0)}

_LAST_STATION = 18.79
_MAGNET = 9.0
_KICK = (TESLA_METRE * 0.4 * 3.0, 0.0)
"""Transverse momentum [GeV] from 0.4 T over 3 m."""


class SeaQuest(Detector):
    """SeaQuest with a calorimeter (DarkQuest), 120 GeV protons of Fermilab's Main Injector on iron: a projection.

    Parameters
    ----------
    phase
        Which of the proposed phases: ``"1"``, 1.44 x 10^18 protons; charged products are made between the end of the
        dump, which is 5 m long, and the first station of the tracker at 6.16 m. ``"2"``, 10^20 protons; from 7 m to the
        second station at 13.5 m.
    protons
        Protons on the dump, instead of those of the phase.
    background
        Expected background events of each search; public curves ask for 10 events of signal.

    Raises
    ------
    DetectorError
        If the phase is none of these.

    Notes
    -----
    Solids, 2 m x 2 m around the beam: ``"decay region"`` up to that station of the tracker, and ``"before the
    calorimeter"``, which is at 18.5 m (19 m in phase 2), for photons. All numbers are those of the public code ALPINIST
    (arXiv:2201.05170), which has them from arXiv:1804.00661 and arXiv:2008.08108.

    Searches, with selections of ALPINIST: ``"photons"``: two photons above 1 GeV and 3 GeV together on the calorimeter,
    10 cm apart. ``"leptons"``: two electrons or muons above 1 GeV and 4.2 GeV together through that station and the
    last one, with a magnet at 9 m, which is taken to bend horizontally (not confirmed); muons have an efficiency of
    60 %. 2.3 events are a signal where no background is given (90 % confidence).

    Source: `farflung.detectors.ProtonDump`: protons, light mesons, kaons that decay before they are absorbed, and
    photons. Left out are D mesons, for want of a measurement, and B mesons, of which there is a pair for 5 x 10^8
    protons (20 pb for each nucleon, arXiv:2407.08673).
    """

    name: ClassVar[str] = "seaquest"
    title = "SeaQuest, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1804.00661", "arXiv:2008.08108", "arXiv:2201.05170")

    def __init__(self, phase: Phase = "1", *, protons: float | None = None, background: float = 0.0) -> None:
        if phase not in get_args(Phase):
            raise DetectorError(f"phase = {phase!r} must be one of {', '.join(get_args(Phase))}")
        layout = _LAYOUTS[phase]
        self.protons = layout.protons if protons is None else protons
        square = shapely.box(-1.0, -1.0, 1.0, 1.0)
        stations = [
            Aperture(z, square, kick=_KICK if z > _MAGNET else (0.0, 0.0), kick_z=_MAGNET)
            for z in (layout.station, _LAST_STATION)
        ]
        calorimeter = Aperture(layout.calorimeter, square)
        above = (1.0, float("inf"))
        photons = Requirement((calorimeter,), hits=2, energy=above, total=3.0, separation=0.1)
        leptons = Requirement(tuple(stations), hits=2, energy=above, total=4.2)
        searches = (
            Search(
                name="photons",
                title="decays to γγ",
                decays="inside",
                solid="before the calorimeter",
                final_states=("gammagamma",),
                background=background,
                products=Apertures({"gammagamma": photons}),
                references=self.references,
            ),
            Search(
                name="leptons",
                title="decays to e⁺e⁻, μ⁺μ⁻",
                decays="inside",
                solid="decay region",
                final_states=("ee", "mumu"),
                efficiency={"ee": 1.0, "mumu": 0.6},
                background=background,
                products=Apertures({"ee": leptons, "mumu": leptons}),
                references=self.references,
            ),
        )
        solids = {
            "decay region": Prism(square, z=(layout.front, layout.station)),
            "before the calorimeter": Prism(square, z=(layout.front, layout.calorimeter)),
        }
        source = ProtonDump(120.0, self.protons, IRON, softest_photon=3.0)
        super().__init__(source, solids, searches)
