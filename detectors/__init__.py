"""Experiments: a source, named solids and searches, behind one interface.

>>> from farflung.detectors import BelleII
>>> BelleII()
BelleII(luminosity=50)
>>> list(BelleII().searches)
['displaced', 'invisible']
"""

from farflung.detectors.acceptance import Acceptance
from farflung.detectors.alpaca_limits import alpaca_experiments, alpaca_limit
from farflung.detectors.apertures import Aperture, Apertures, Requirement
from farflung.detectors.b_factory import BFactory
from farflung.detectors.babar import BaBar
from farflung.detectors.belle import Belle
from farflung.detectors.belle2 import BelleII
from farflung.detectors.calorimeter_photons import CalorimeterPhotons, CalorimeterRegion
from farflung.detectors.charm import CHARM
from farflung.detectors.decay_acceptance import DecayAcceptance
from farflung.detectors.decay_selection import DecaySelection
from farflung.detectors.detector import Detector
from farflung.detectors.e137 import E137
from farflung.detectors.electron_dump import ElectronDump
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.kaon_beam import KaonBeam
from farflung.detectors.lhc_beauty import LHCBeauty
from farflung.detectors.lhcb import LHCb
from farflung.detectors.lhcb_muons import LHCbMuons
from farflung.detectors.limit_file import read_limit
from farflung.detectors.na62 import NA62
from farflung.detectors.nucal import NuCal
from farflung.detectors.proton_dump import ProtonDump
from farflung.detectors.published import Published
from farflung.detectors.published_limit import PublishedLimit
from farflung.detectors.registry import detector_names, make_detector, register_detector
from farflung.detectors.search import Search
from farflung.detectors.source import Process, Source
from farflung.detectors.sources import Sources
from farflung.detectors.spectrum_table import SpectrumTable, spectrum_table
from farflung.detectors.tables import LifetimeTable, MassTable
from farflung.detectors.target import ALUMINIUM, COPPER, IRON, Target

__all__ = [
    "ALUMINIUM",
    "CHARM",
    "COPPER",
    "E137",
    "IRON",
    "NA62",
    "Acceptance",
    "Aperture",
    "Apertures",
    "BFactory",
    "BaBar",
    "Belle",
    "BelleII",
    "CalorimeterPhotons",
    "CalorimeterRegion",
    "DecayAcceptance",
    "DecaySelection",
    "Detector",
    "DetectorError",
    "ElectronDump",
    "KaonBeam",
    "LHCBeauty",
    "LHCb",
    "LHCbMuons",
    "LifetimeTable",
    "MassTable",
    "NuCal",
    "Process",
    "ProtonDump",
    "Published",
    "PublishedLimit",
    "Requirement",
    "Search",
    "Source",
    "Sources",
    "SpectrumTable",
    "Target",
    "UnknownNameError",
    "alpaca_experiments",
    "alpaca_limit",
    "detector_names",
    "make_detector",
    "read_limit",
    "register_detector",
    "spectrum_table",
]
