"""Experiments: a source, named solids and searches, behind one interface.

>>> from farflung.detectors import BelleII
>>> BelleII()
BelleII(luminosity=50)
>>> list(BelleII().searches)
['displaced', 'invisible']
"""

from farflung.detectors.acceptance import Acceptance
from farflung.detectors.b_factory import BFactory
from farflung.detectors.belle2 import BelleII
from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.registry import detector_names, make_detector, register_detector
from farflung.detectors.search import EfficiencyTable, Search
from farflung.detectors.source import Process, Source

__all__ = [
    "Acceptance",
    "BFactory",
    "BelleII",
    "Detector",
    "DetectorError",
    "EfficiencyTable",
    "Process",
    "Search",
    "Source",
    "UnknownNameError",
    "detector_names",
    "make_detector",
    "register_detector",
]
