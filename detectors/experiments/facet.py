"""FACET, a ring about the beam pipe of the LHC."""

from typing import ClassVar, Self, get_args

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.sources.lhc import Generator, LHCCollisions
from farflung.geometry import Revolved


class FACET(Detector):
    """FACET in front of CMS at the high-luminosity LHC: a projection without background.

    Parameters
    ----------
    luminosity
        Integrated luminosity [fb^-1].
    generator
        Whose light mesons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solid ``"decay volume"``: the widened, evacuated beam pipe from 101 to 119 m, between radii of 18 and 50 cm, as the
    public code SensCalc (arXiv:2305.13383) has it. Search ``"decays"``: everything that decays inside is seen, 3 events
    are a signal (95 % confidence). Not confirmed at the proposal: what the detector asks of decay products. Sources: B
    and light mesons at the collision point, and kaons that decay on their way to what stops them, taken to be where it
    is at ATLAS.
    """

    name: ClassVar[str] = "facet"
    title = "FACET, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2201.00019", "arXiv:2305.13383")

    def __init__(self, luminosity: float = 3000.0, generator: Generator = "pythia") -> None:
        search = Search(
            name="decays", title="decays", decays="inside", solid="decay volume", confidence_level=0.95,
            references=self.references,
        )  # fmt: skip
        source = LHCCollisions(14.0, luminosity, light=True, generator=generator)
        super().__init__(source, {"decay volume": Revolved.tube(z=(101.0, 119.0), r=(0.18, 0.5))}, (search,))

    def treatments(self) -> tuple[Self, ...]:
        """With either generator."""
        return self._with_each("generator", *get_args(Generator))
