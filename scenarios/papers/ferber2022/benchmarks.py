"""The two scenarios, the detectors and the masses of arXiv:2201.06580."""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import ALPFermion, ALPWeak, Model
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]

_CHARM, _BOTTOM = 2 * sm.mass("c"), 2 * sm.mass("b")

SCENARIOS: dict[str, Model] = {
    "c_ff": ALPFermion(charm_threshold=_CHARM, bottom_threshold=_BOTTOM),
    "c_WW": ALPWeak(charm_threshold=_CHARM, bottom_threshold=_BOTTOM),
}
"""Eq. 2.13: one coupling at a time. The paper's heavy quarks open at twice their mass (eq. A.1)."""


def masses_around(model: Model, low: float, high: float, count: int) -> Array:
    """Masses [GeV], evenly spaced in the logarithm, with some beside every threshold of the model."""
    steps = (-1e-2, -1e-6, 1e-6, 1e-2)
    beside = [threshold * (1 + step) for threshold in model.thresholds() for step in steps]
    masses = np.concatenate([np.geomspace(low, high, count), beside])
    return np.unique(masses[(masses >= low) & (masses <= high)])
