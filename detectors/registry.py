"""Detectors by name: what the command line offers. Registering is explicit; a name belongs to one detector."""

import inspect
from collections.abc import Callable
from difflib import get_close_matches

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.experiments.babar import BaBar
from farflung.detectors.experiments.belle import Belle
from farflung.detectors.experiments.belle2 import BelleII, extended_belle2
from farflung.detectors.experiments.charm import CHARM
from farflung.detectors.experiments.e137 import E137
from farflung.detectors.experiments.lhcb import LHCb
from farflung.detectors.experiments.na62 import NA62
from farflung.detectors.experiments.nucal import NuCal

_DETECTORS: dict[str, Callable[..., Detector]] = {}


def register_detector(name: str, factory: Callable[..., Detector]) -> None:
    """Offer a detector under a name.

    Parameters
    ----------
    name
        The name, as in ``"belle2"``.
    factory
        A detector class, or any function that returns a detector; its keyword arguments are options.

    Raises
    ------
    UnknownNameError
        If the name is taken.
    """
    if name in _DETECTORS:
        raise UnknownNameError(f"detector name = {name!r} is taken by {_DETECTORS[name]!r}; choose another name")
    _DETECTORS[name] = factory


def detector_names() -> tuple[str, ...]:
    """All registered names, in order of registration."""
    return tuple(_DETECTORS)


def make_detector(name: str, **options: object) -> Detector:
    """The detector of this name, made with the given options, such as ``luminosity=0.5``.

    Raises
    ------
    UnknownNameError
        If there is none; the message names the nearest.
    DetectorError
        If the detector does not take one of the options.
    """
    if name not in _DETECTORS:
        nearest = get_close_matches(name, _DETECTORS, n=3, cutoff=0.4) or list(_DETECTORS)
        raise UnknownNameError(f"detector = {name!r} is unknown; did you mean {' or '.join(nearest)}?")
    factory = _DETECTORS[name]
    known = inspect.signature(factory).parameters
    for option in options:
        if option not in known:
            raise DetectorError(f"{option} is not an option of {name}, which takes {', '.join(known) or 'none'}")
    return factory(**options)


register_detector(BelleII.name, BelleII)
register_detector("belle2-extended", extended_belle2)
register_detector(Belle.name, Belle)
register_detector(BaBar.name, BaBar)
register_detector(CHARM.name, CHARM)
register_detector(NuCal.name, NuCal)
register_detector(E137.name, E137)
register_detector(LHCb.name, LHCb)
register_detector(NA62.name, NA62)
