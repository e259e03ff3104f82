"""Experiments: a source, named solids and searches, behind one interface.

>>> from farflung.detectors import BelleII
>>> BelleII()
BelleII(luminosity=50)
>>> list(BelleII().searches)
['displaced', 'invisible']
"""

from farflung.detectors.acceptance import Acceptance
from farflung.detectors.b_factory import BFactory
from farflung.detectors.babar import BaBar
from farflung.detectors.belle import Belle
from farflung.detectors.belle2 import BelleII
from farflung.detectors.calorimeter_photons import CalorimeterPhotons, CalorimeterRegion
from farflung.detectors.decay_acceptance import DecayAcceptance
from farflung.detectors.decay_selection import DecaySelection
from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.published_limit import PublishedLimit
from farflung.detectors.registry import detector_names, make_detector, register_detector
from farflung.detectors.search import Search
from farflung.detectors.source import Process, Source
from farflung.detectors.sources import Sources
from farflung.detectors.tables import LifetimeTable, MassTable

__all__ = [
    "Acceptance",
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
    "LifetimeTable",
    "MassTable",
    "Process",
    "PublishedLimit",
    "Search",
    "Source",
    "Sources",
    "UnknownNameError",
    "detector_names",
    "make_detector",
    "register_detector",
]
