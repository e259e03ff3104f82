"""Detectors by name: what the command line offers."""

import warnings
from collections.abc import Callable

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
from farflung.detectors.experiments.seaquest import SeaQuest
from farflung.detectors.experiments.shadows import SHADOWS
from farflung.detectors.experiments.ship import SHiP
from farflung.lpp.registry import Registry

DETECTORS: Registry[Callable[..., Detector]] = Registry("detector", UnknownNameError, DetectorError)
"""Detector classes, and functions that return a detector, by name."""


def register_detector(name: str, factory: Callable[..., Detector]) -> None:
    """Offer a detector under a name.

    Parameters
    ----------
    name
        The name, as in ``"belle2"``.
    factory
        A detector class, or any function that returns a detector. What it takes are the detector's options, which the
        command line reads from the signature; one without a default, such as a place, must be given.

    Raises
    ------
    UnknownNameError
        If the name is taken.
    """
    DETECTORS.register(name, factory)


def detector_names() -> tuple[str, ...]:
    """Names of all detectors that can be made as they are, in order of registration.

    Those of which something must be given, such as the place of ``"gazelle"``, are not among them.
    """
    return tuple(name for name in DETECTORS.names() if not DETECTORS.needed(name))


def make_detector(name: str, **options: object) -> Detector:
    """The detector of this name, made with the given options, such as ``luminosity=0.5``.

    Raises
    ------
    UnknownNameError
        If there is none; the message names the nearest.
    DetectorError
        If the detector does not take one of the options, or needs another.
    """
    return DETECTORS.make(name, **options)


def as_detector(given: Detector | str) -> Detector:
    """A detector that is given as such or by its name.

    Raises
    ------
    UnknownNameError
        If it is neither.
    """
    return DETECTORS.resolve(given, Detector)


_MOVED = {"na62:dump": "na62-dump"}
"""Old names of detectors or searches, which go with version 0.3."""


def current_name(text: str) -> str:
    """The name, DET or DET:SEARCH, if it is not an old one: then the new one, with a warning."""
    if text in _MOVED:
        warnings.warn(f"{text} is now {_MOVED[text]}", FutureWarning, stacklevel=3)
    return _MOVED.get(text, text)


for _detector in (
    BelleII,
    ExtendedBelleII,
    SimulatedBelleII,
    Belle,
    BaBar,
    CHARM,
    NuCal,
    E137,
    LHCb,
    NA62,
    NA62Dump,
    FASER,
    FASER2,
    FACET,
    MATHUSLA,
    CODEXb,
    ANUBIS,
    SHiP,
    SHADOWS,
    KOTO,
    KLEVER,
    E949,
    NA64,
    LUXENPOD,
    SeaQuest,
    GAZELLE,
):
    register_detector(_detector.name, _detector)
