"""Runs between which a detector was changed."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DecaySelection

Array = NDArray[np.float64]


class RunPeriods(DecaySelection):
    """What decay products must do in each of several runs.

    Parameters
    ----------
    periods
        For each run its share of the exposure, and which decays are seen in it.

    Raises
    ------
    DetectorError
        If a share is not positive, or they do not add up to 1.
    """

    def __init__(self, periods: Sequence[tuple[float, DecaySelection]]) -> None:
        self.periods = tuple(periods)
        shares = [share for share, _ in self.periods]
        if not (all(share > 0 for share in shares) and np.isclose(sum(shares), 1.0)):
            raise DetectorError(f"shares of run periods = {shares} must be positive and add up to 1")

    def knows(self, state: str) -> bool:
        """Whether decays into this final state may be seen in any of the runs."""
        return any(selection.knows(state) for _, selection in self.periods)

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        return np.asarray(sum(share * selection._accepts(point, momenta, names) for share, selection in self.periods))
