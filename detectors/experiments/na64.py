"""NA64, an electron beam on a calorimeter that is its dump."""

from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.sources.electron_dump import ElectronDump
from farflung.detectors.sources.joint_source import Sources
from farflung.geometry import Prism
from farflung.lpp.spectra.target import LEAD
import shapely

ELECTRONS = 2.84e11
"""Electrons on target (arXiv:2005.02710, abstract)."""

class NA64(Detector):
    """x"""
    name: ClassVar[str] = "na64"
    title = "NA64"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2005.02710", "arXiv:2004.04469")

    def __init__(self, electrons: float = ELECTRONS, *, s1=15.0, s2=50.0, front=1.75, end=6.0, e0=0.45) -> None:
        source = Sources({
            "visible": ElectronDump(100.0, electrons, LEAD, softest_photon=s1),
            "missing": ElectronDump(100.0, electrons, LEAD, softest_photon=s2),
        })
        square = shapely.box(-.3, -.3, .3, .3)
        solids = {"hcal": Prism(square, z=(front, end)), "all": Prism(square, z=(-1.0, end))}
        searches = (
            Search("displaced", "t", "inside", "hcal", final_states=("gammagamma",), observed=0, source="visible", references=self.references),
            Search("invisible", "t", "outside", "all", observed=0, source="missing", references=self.references),
        )
        super().__init__(source, solids, searches)
