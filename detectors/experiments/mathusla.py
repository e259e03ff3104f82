"""MATHUSLA, a box on the surface above CMS."""

from typing import ClassVar, Literal, get_args

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.charged_decays import charged_decays
from farflung.detectors.sources.lhc import LHCCollisions
from farflung.geometry import ConvexPolyhedron

Size = Literal["200", "100", "40"]

_BOXES: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "200": ((-100.0, 100.0), (100.0, 120.0), (100.0, 300.0)),
    "100": ((-50.0, 50.0), (60.0, 85.0), (68.0, 168.0)),
    "40": ((-21.4, 21.4), (80.0, 91.0), (70.0, 112.8)),
}
"""Across the beam, height above it, along it [m]."""


class MATHUSLA(Detector):
    """MATHUSLA above CMS at the high-luminosity LHC: a projection without background.

    Parameters
    ----------
    size
        ``"200"``, the letter of intent of 2018: 200 m x 200 m, 20 m high, 100 m above the beam and 100 to 300 m along
        it (from memory, not confirmed at the source). ``"100"``: 100 m x 100 m, 25 m high, 60 m above and from 68 m
        along the beam, as the public codes SensCalc and MATHUSLA_FastSim have it. ``"40"``, the design of 2025
        (arXiv:2503.20893): 42.8 m x 42.8 m, 11 m high, of which the size is confirmed and the position is not: it is
        taken to begin 70 m along the beam and 80 m above it.
    luminosity
        Integrated luminosity [fb^-1].

    Notes
    -----
    Solid ``"decay volume"``. Search ``"decays"``: two charged products at least, all of which are seen if the decay is
    inside; 3 events are a signal (95 % confidence). Whether tracks reach the ceiling is not asked for. Source: B
    mesons.
    """

    name: ClassVar[str] = "mathusla"
    title = "MATHUSLA, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1811.00927", "arXiv:2009.01693", "arXiv:2503.20893")

    def __init__(self, size: Size = "40", luminosity: float = 3000.0) -> None:
        if size not in get_args(Size):
            raise DetectorError(f"size = {size!r} must be one of {', '.join(get_args(Size))}")
        x, y, z = _BOXES[size]
        search = charged_decays("decay volume", self.references)
        solid = ConvexPolyhedron.box(x=x, y=y, z=z)
        super().__init__(LHCCollisions(14.0, luminosity), {"decay volume": solid}, (search,))
