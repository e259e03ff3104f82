"""Experiments: a source, named solids and searches, behind one interface.

>>> from farflung.detectors import BelleII
>>> BelleII()
BelleII()
>>> list(BelleII().searches)
['displaced', 'invisible']
"""

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.acceptance.decay_acceptance import DecayAcceptance
from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.experiments.anubis import ANUBIS
from farflung.detectors.experiments.babar import BaBar
from farflung.detectors.experiments.belle import Belle
from farflung.detectors.experiments.belle2 import BelleII, ExtendedBelleII
from farflung.detectors.experiments.belle2_missing_energy.simulated_belle2 import SimulatedBelleII
from farflung.detectors.experiments.charm import CHARM
from farflung.detectors.experiments.codex_b import CODEXb
from farflung.detectors.experiments.e137 import E137
from farflung.detectors.experiments.e949 import E949
from farflung.detectors.experiments.facet import FACET
from farflung.detectors.experiments.faser import FASER
from farflung.detectors.experiments.faser2 import FASER2
from farflung.detectors.experiments.gazelle import GAZELLE
from farflung.detectors.experiments.klever import KLEVER
from farflung.detectors.experiments.koto import KOTO
from farflung.detectors.experiments.lhcb import LHCb
from farflung.detectors.experiments.luxe_npod import LUXENPOD
from farflung.detectors.experiments.mathusla import MATHUSLA
from farflung.detectors.experiments.na62 import NA62
from farflung.detectors.experiments.na62_dump import NA62Dump
from farflung.detectors.experiments.na64 import NA64
from farflung.detectors.experiments.nucal import NuCal
from farflung.detectors.experiments.published_experiment import Published
from farflung.detectors.experiments.seaquest import SeaQuest
from farflung.detectors.experiments.shadows import SHADOWS
from farflung.detectors.experiments.ship import SHiP
from farflung.detectors.registry import detector_names, make_detector, register_detector
from farflung.detectors.search import Search
from farflung.detectors.searches.alpaca_limits import alpaca_experiments, alpaca_limit
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.limit_file import read_limit
from farflung.detectors.searches.poisson_limit import signal_upper_limit
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.searches.products.calorimeter_photons import CalorimeterPhotons, CalorimeterRegion
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.detectors.searches.products.lhcb_muons import LHCbMuons
from farflung.detectors.searches.products.run_periods import RunPeriods
from farflung.detectors.searches.products.visible_energy import VisibleEnergy
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.source import Source
from farflung.detectors.sources.b_factory import BFactory
from farflung.detectors.sources.electron_dump import ElectronDump
from farflung.detectors.sources.joint_source import Sources
from farflung.detectors.sources.kaon_beam import KaonBeam
from farflung.detectors.sources.lhc import LHCCollisions
from farflung.detectors.sources.lhc_beauty import LHCBeauty
from farflung.detectors.sources.momentum_table import MomentumTable
from farflung.detectors.sources.neutral_absorber import NeutralAbsorber
from farflung.detectors.sources.proton_dump import ProtonDump
from farflung.detectors.sources.secondaries import Secondaries
from farflung.detectors.sources.stopped_kaons import StoppedKaons
from farflung.lpp import (
    ALUMINIUM,
    COPPER,
    IRON,
    LEAD,
    MOLYBDENUM,
    TUNGSTEN,
    Process,
    SpectrumTable,
    Target,
    spectrum_table,
)

__all__ = [
    "ALUMINIUM",
    "ANUBIS",
    "CHARM",
    "COPPER",
    "E137",
    "E949",
    "FACET",
    "FASER",
    "FASER2",
    "GAZELLE",
    "IRON",
    "KLEVER",
    "KOTO",
    "LEAD",
    "LUXENPOD",
    "MATHUSLA",
    "MOLYBDENUM",
    "NA62",
    "NA64",
    "SHADOWS",
    "TUNGSTEN",
    "Acceptance",
    "Aperture",
    "Apertures",
    "BFactory",
    "BaBar",
    "Belle",
    "BelleII",
    "Beside",
    "CODEXb",
    "CalorimeterPhotons",
    "CalorimeterRegion",
    "DecayAcceptance",
    "DecaySelection",
    "Detector",
    "DetectorError",
    "ElectronDump",
    "ExtendedBelleII",
    "KaonBeam",
    "LHCBeauty",
    "LHCCollisions",
    "LHCb",
    "LHCbMuons",
    "LifetimeTable",
    "MassTable",
    "MomentumTable",
    "NA62Dump",
    "NeutralAbsorber",
    "NuCal",
    "Process",
    "ProtonDump",
    "Published",
    "PublishedLimit",
    "Requirement",
    "RunPeriods",
    "SHiP",
    "SeaQuest",
    "Search",
    "Secondaries",
    "SimulatedBelleII",
    "Source",
    "Sources",
    "SpectrumTable",
    "StoppedKaons",
    "Target",
    "UnknownNameError",
    "VisibleEnergy",
    "alpaca_experiments",
    "alpaca_limit",
    "detector_names",
    "make_detector",
    "read_limit",
    "register_detector",
    "signal_upper_limit",
    "spectrum_table",
]
