"""CODEX-b, a box beside LHCb."""

from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.experiments.charged_decays import charged_decays
from farflung.detectors.sources.lhc import LHCCollisions
from farflung.geometry import ConvexPolyhedron


class CODEXb(Detector):
    """CODEX-b behind the shielding of LHCb: a projection without background.

    Parameters
    ----------
    luminosity
        Integrated luminosity [fb^-1].

    Notes
    -----
    Solid ``"decay volume"``: a box of 10 m to each side, 26 to 36 m beside the beam, 5 to 15 m along it and from 7 m
    below to 3 m above it. Search ``"decays"``: two charged products at least, all of which are seen if the decay is
    inside; 3 events are a signal (95 % confidence). Source: B mesons.
    """

    name: ClassVar[str] = "codex-b"
    title = "CODEX-b, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1708.09395", "arXiv:1911.00481", "arXiv:2305.13383")

    def __init__(self, luminosity: float = 300.0) -> None:
        solid = ConvexPolyhedron.box(x=(26.0, 36.0), y=(-7.0, 3.0), z=(5.0, 15.0))
        search = charged_decays("decay volume", self.references)
        super().__init__(LHCCollisions(14.0, luminosity), {"decay volume": solid}, (search,))
