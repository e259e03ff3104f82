"""ANUBIS, trackers in the cavern of ATLAS or in a shaft above it."""

from typing import ClassVar, Literal, get_args

from scipy.spatial.transform import Rotation

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.charged_decays import charged_decays
from farflung.detectors.sources.lhc import LHCCollisions
from farflung.geometry import ConvexPolyhedron, Revolved, Solid

Layout = Literal["ceiling", "shaft"]


class ANUBIS(Detector):
    """ANUBIS at ATLAS at the high-luminosity LHC: a projection, taken to be without background.

    Parameters
    ----------
    layout
        ``"ceiling"``, the preferred one (arXiv:2510.26932): decays in the air of the cavern, between ATLAS and
        trackers below its vault. ``"shaft"``: decays in a vertical shaft between three trackers.
    luminosity
        Integrated luminosity [fb^-1].

    Notes
    -----
    Solid ``"decay volume"``. The ceiling: above the beam, farther than 11.3 m from it and nearer than 19.9 m, 28.7 m
    wide and 53 m long. The vault's own axis, which lies 1.7 m beside and 1.8 m above the beam, is taken to be the
    beam. The shaft: 9 m in radius, its axis 13.5 m along the beam, from 23 to 80 m above it. All as the public code
    SensCalc (arXiv:2305.13383) has them.

    Search ``"decays"``: two charged products at least, all of which are seen if the decay is inside; 3 events are a
    signal (95 % confidence). The background of the ceiling is not zero in the proposal. Source: B mesons.
    """

    name: ClassVar[str] = "anubis"
    title = "ANUBIS, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1909.13022", "arXiv:2510.26932", "arXiv:2305.13383")

    def __init__(self, layout: Layout = "ceiling", luminosity: float = 3000.0) -> None:
        if layout not in get_args(Layout):
            raise DetectorError(f"layout = {layout!r} must be one of {', '.join(get_args(Layout))}")
        search = charged_decays("decay volume", self.references)
        solid = _ceiling() if layout == "ceiling" else _shaft()
        super().__init__(LHCCollisions(14.0, luminosity), {"decay volume": solid}, (search,))


def _ceiling() -> Solid:
    ring = Revolved.tube(z=(-26.5, 26.5), r=(11.3, 19.9))
    return ring & ConvexPolyhedron.box(x=(-14.35, 14.35), y=(0.0, 20.0), z=(-27.0, 27.0))


def _shaft() -> Solid:
    upright = Rotation.from_euler("x", -90, degrees=True)
    return Revolved.tube(z=(23.0, 80.0), r=(0.0, 9.0)).moved((0.0, 0.0, 13.5), upright)
