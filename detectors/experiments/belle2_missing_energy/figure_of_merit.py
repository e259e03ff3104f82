"""How well a selection does."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.experiments.belle2_missing_energy.background import Background
from farflung.detectors.experiments.belle2_missing_energy.background_sample import BackgroundSample
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection
from farflung.detectors.experiments.belle2_missing_energy.signal_sample import SignalSample

Array = NDArray[np.float64]

SIGNIFICANCE: float = 5.0
"""Standard deviations that a discovery takes, as arXiv:2201.06580 chooses its cuts for."""


def punzi(efficiency: ArrayLike, background: ArrayLike, significance: float = SIGNIFICANCE) -> Array:
    """Figure of merit epsilon/(a/2 + sqrt B): the smallest discoverable rate is proportional to its inverse.

    Parameters
    ----------
    efficiency
        Signal efficiency, any shape.
    background
        Expected background events B.
    significance
        Standard deviations a.

    References
    ----------
    physics/0308063, eq. 7; used in arXiv:2201.06580, section 4.2.
    """
    return np.asarray(np.asarray(efficiency) / (significance / 2 + np.sqrt(np.asarray(background, dtype=float))))


@dataclass(frozen=True)
class Merit:
    """How well a selection does.

    Attributes
    ----------
    efficiency
        Signal efficiency.
    background
        Expected background events.
    punzi
        Figure of merit.
    error
        Its statistical error.
    """

    efficiency: float
    background: float
    punzi: float
    error: float


def merit(
    selection: EventSelection, signal: SignalSample, backgrounds: Sequence[BackgroundSample], luminosity: float
) -> Merit:
    """How well a selection does at a luminosity [ab^-1]."""
    expected = Background(sample.rate(selection) for sample in backgrounds)
    events, deviation = expected.events(luminosity), expected.error(luminosity)
    efficiency = signal.efficiency(selection)
    value = float(punzi(efficiency.value, events))
    from_signal = float(punzi(efficiency.error, events))
    from_background = value - float(punzi(efficiency.value, events + deviation))
    return Merit(efficiency.value, events, value, float(np.hypot(from_signal, from_background)))
