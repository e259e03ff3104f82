"""Deprecated name of `farflung.detectors.experiments.belle2_missing_energy`, which goes with version 0.3."""

import warnings
from importlib import import_module
from typing import Any

_PLACE = "farflung.detectors.experiments.belle2_missing_energy"


def __getattr__(name: str) -> Any:
    """What used to be here, with a warning."""
    place = import_module(_PLACE)
    if name.startswith("__") or name not in place.__all__:
        raise AttributeError(f"module 'farflung.detectors.missing_energy' has no attribute {name!r}")
    warnings.warn(f"farflung.detectors.missing_energy is now {_PLACE}", DeprecationWarning, stacklevel=2)
    return getattr(place, name)
