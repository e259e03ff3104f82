"""Simulated background events with weights."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.background import BackgroundRate
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class BackgroundSample:
    """Background events of one process, each with the share of all events of the process that it stands for.

    Attributes
    ----------
    process, cross_section, source
        As in `BackgroundRate`.
    observables
        What the selection looks at.
    weight
        Share (n,) of the process's events that each event stands for; they need not sum to 1, since events that no
        selection keeps are left out.
    decays
        Numbers (2, n) of the two decays that were put together; events that share one are not independent. For
        independent events both are 0, 1, 2, ...

    Raises
    ------
    DetectorError
        If shapes do not match.
    """

    process: str
    cross_section: float
    source: str
    observables: Observables
    weight: Array
    decays: NDArray[np.int64]

    def __post_init__(self) -> None:
        n = len(self.observables)
        if self.weight.shape != (n,) or self.decays.shape != (2, n):
            raise DetectorError(
                f"weight {self.weight.shape} and decays {self.decays.shape} must have the shapes ({n},) and (2, {n})"
            )

    def __len__(self) -> int:
        return len(self.weight)

    def rate(self, selection: EventSelection) -> BackgroundRate:
        """The share of the process that passes a selection, with its error.

        The error adds, for either side of the pairs, the spread of what its decays contribute: how often a decay was
        used does not make it smaller. Where nothing passes it is the weight of one event.
        """
        kept = (self.observables.pt > 0) & selection(self.observables)
        weight = self.weight[kept]
        if not weight.size:
            error = float(self.weight.max(initial=0.0))
            return BackgroundRate(self.process, self.cross_section, 0.0, error, self.source)
        variance = 0.0
        for decays in self.decays[:, kept]:
            _, owner = np.unique(decays, return_inverse=True)
            variance += float((np.bincount(owner, weight) ** 2).sum())
        variance -= float((weight**2).sum())
        return BackgroundRate(
            self.process, self.cross_section, float(weight.sum()), float(np.sqrt(max(variance, 0.0))), self.source
        )

    def part(self, mask: NDArray[np.bool_], share: float = 1.0) -> "BackgroundSample":
        """Those events where the mask (n,) is true; they stand for all where they are this share of them."""
        return BackgroundSample(
            self.process,
            self.cross_section,
            self.source,
            self.observables[mask],
            self.weight[mask] / share,
            self.decays[:, mask],
        )

    def __repr__(self) -> str:
        return f"<BackgroundSample: {len(self)} of {self.process}, {self.source}>"
