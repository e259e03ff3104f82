"""FASER2, a tube far down the line of sight of the LHC."""

from typing import ClassVar, Literal, Self, get_args

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.search import Search
from farflung.detectors.searches.products.visible_energy import VisibleEnergy
from farflung.detectors.sources.joint_source import Sources
from farflung.detectors.sources.lhc import Generator, LHCCollisions
from farflung.detectors.sources.neutral_absorber import NeutralAbsorber
from farflung.geometry import ConvexPolyhedron, Revolved, Solid

_ENERGY = 100.0
"""Visible energy [GeV] of a decay."""

Layout = Literal["480", "620", "650"]

_SOLIDS: dict[str, Solid] = {
    "480": Revolved.tube(z=(480.0, 485.0), r=(0.0, 1.0)),
    "620": Revolved.tube(z=(620.0, 630.0), r=(0.0, 1.0)),
    "650": ConvexPolyhedron.box(x=(-1.5, 1.5), y=(-0.5, 0.5), z=(650.0, 660.0)),
}


class FASER2(Detector):
    """FASER2 on the line of sight of ATLAS at the high-luminosity LHC: a projection without background.

    Parameters
    ----------
    layout
        Where it stands and what it looks like, by its distance: ``"480"`` in the hall of FASER, 5 m long and 1 m in
        radius; ``"620"`` in the Forward Physics Facility as first proposed, 10 m long and 1 m in radius; ``"650"``
        there as proposed later, a box 3 m wide, 1 m high and 10 m long.
    luminosity
        Integrated luminosity [fb^-1].
    generator
        Whose light mesons and photons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solid ``"decay volume"``. Search ``"decays"``: at least 100 GeV of visible energy, everything that decays inside is
    seen, 3 events are a signal (95 % confidence), as in the curves of FORESEE (arXiv:2105.07077). Sources: B, light
    mesons and protons at the collision point, kaons that decay on their way to what stops them, photons that turn into
    others in the neutral absorber 140 m away.
    """

    name: ClassVar[str] = "faser2"
    title = "FASER2, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:1811.12522", "arXiv:2105.07077", "arXiv:2203.05090")

    def __init__(self, layout: Layout = "480", luminosity: float = 3000.0, generator: Generator = "pythia") -> None:
        if layout not in get_args(Layout):
            raise DetectorError(f"layout = {layout!r} must be one of {', '.join(get_args(Layout))}")
        search = Search(
            name="decays",
            title="decays with E > 100 GeV",
            decays="inside",
            solid="decay volume",
            products=VisibleEnergy(_ENERGY),
            confidence_level=0.95,
            references=("arXiv:2105.07077",),
        )
        source = Sources(
            (
                LHCCollisions(14.0, luminosity, light=True, generator=generator, softest=_ENERGY),
                NeutralAbsorber(14.0, luminosity, softest_photon=_ENERGY, generator=generator),
            )
        )
        super().__init__(source, {"decay volume": _SOLIDS[layout]}, (search,))

    def treatments(self) -> tuple[Self, ...]:
        """With either generator."""
        return self._with_each("generator", *get_args(Generator))
