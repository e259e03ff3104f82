"""Simulated events of B -> K X with X unseen."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection
from farflung.lpp import Flights

Array = NDArray[np.float64]


class Counts(NamedTuple):
    """Events before and after the selection, as in table 1 of arXiv:2201.06580.

    Signal events are those whose leading kaon comes from B -> K X, misreconstructed ones those where it does not.
    """

    signal_before: float
    misreconstructed_before: float
    signal_after: float
    misreconstructed_after: float


class Efficiency(NamedTuple):
    """A share of the generated events, and its statistical error (one standard deviation)."""

    value: float
    error: float


@dataclass(frozen=True, eq=False, repr=False)
class SignalSample:
    """n events of B -> K X in which X is not seen.

    Attributes
    ----------
    mass
        Mass [GeV] of X.
    observables
        What the selection looks at.
    from_signal
        Whether (n,) the leading kaon is that of B -> K X.
    momentum
        Momentum (n, 3) [GeV] of X in the lab.
    tag
        Which decay (n,) of the table the other B has; events of one decay are not independent.
    """

    mass: float
    observables: Observables
    from_signal: NDArray[np.bool_]
    momentum: Array
    tag: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.tag)

    def counts(self, selection: EventSelection, per: float = 10_000) -> Counts:
        """Events before and after a selection, for so many generated ones."""
        candidate, kept = self.observables.pt > 0, self.kept(selection)
        masks = [mask & origin for mask in (candidate, kept) for origin in (self.from_signal, ~self.from_signal)]
        return Counts(*(float(per * mask.mean()) for mask in masks))

    def kept(self, selection: EventSelection) -> NDArray[np.bool_]:
        """Whether (n,) each event has a kaon candidate and passes the selection."""
        return (self.observables.pt > 0) & selection(self.observables)

    def efficiency(self, selection: EventSelection) -> Efficiency:
        """Share of the events that pass, misreconstructed ones included.

        The error counts the tag decays of the table as what is independent, so it includes that there are not many.
        """
        return self.share(self.kept(selection))

    def share(self, mask: NDArray[np.bool_]) -> Efficiency:
        """Share of the events where the mask (n,) is true, and its error."""
        value = float(mask.mean())
        uses = np.bincount(self.tag)
        excess = np.bincount(self.tag, mask, len(uses)) - value * uses
        return Efficiency(value, float(np.sqrt((excess**2).sum()) / len(mask)))

    def flights(self, mask: NDArray[np.bool_] | None = None) -> Flights:
        """The X of all events, or of those where the mask (n,) is true, with weights that sum to 1."""
        return Flights(np.zeros(3), self.momentum if mask is None else self.momentum[mask], self.mass)

    def __repr__(self) -> str:
        return f"<SignalSample: {len(self)} events, m = {self.mass:g} GeV>"
