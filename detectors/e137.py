"""The SLAC beam dump experiment E137."""

from typing import ClassVar

import shapely

from farflung.detectors.apertures import Aperture, Apertures, Requirement
from farflung.detectors.detector import Detector
from farflung.detectors.electron_dump import ElectronDump
from farflung.detectors.search import Search
from farflung.detectors.target import ALUMINIUM
from farflung.geometry import Prism

ELECTRONS = 1.87e20
"""Electrons on target, 30 C (J. D. Bjorken et al., Phys. Rev. D 38 (1988) 3375)."""


class E137(Detector):
    """E137: 20 GeV electrons on aluminium, and 204 m of open air behind a hill.

    Parameters
    ----------
    threshold
        Least energy [GeV] of the showers that count.
    """

    name: ClassVar[str] = "e137"
    title = "E137"
    references: ClassVar[tuple[str, ...]] = ("Phys. Rev. D 38 (1988) 3375",)

    def __init__(self, *, threshold: float = 3.0) -> None:
        self.threshold = float(threshold)
        source = ElectronDump(20.0, ELECTRONS, ALUMINIUM, softest_photon=self.threshold)
        square = shapely.box(-1.5, -1.5, 1.5, 1.5)
        shower = Requirement((Aperture(383.0, square),), hits=1, total=self.threshold)
        search = Search(
            name="decays",
            title="decays to γγ, e⁺e⁻",
            decays="inside",
            solid="decay region",
            processes=(source.conversion,),
            final_states=("gammagamma", "ee"),
            observed=0,
            products=Apertures({"gammagamma": shower, "ee": shower}),
            references=self.references,
        )
        super().__init__(source, {"decay region": Prism(square, z=(179.0, 383.0))}, (search,))

    def __repr__(self) -> str:
        return f"E137(threshold={self.threshold:g})"
