"""Searches whose result is taken from a paper."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.search import Search
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.source import Process

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PublishedLimit(Search):
    """A published limit on a branching ratio: of a process, times that of the final states that were looked for.

    The prediction is compared with the limit directly: there is neither a number of parents nor an efficiency, and
    "events" are the prediction in units of the limit. Several processes are taken to have the limit on their sum.

    Parameters
    ----------
    limit
        The limit against mass, or against mass and proper decay length; infinite outside the table, unless the table
        says what holds there. A limit against mass alone is one for
        decays that all happen in the right place: where a solid is named, the prediction is multiplied by the
        probability to decay inside or outside of it.
    solid
        As in `Search`; empty for a table against lifetime, and for prompt decays.

    Raises
    ------
    DetectorError
        If there is a solid beside a table against lifetime, or as for `Search`.
    """

    decays: Literal["inside", "outside"] = "inside"
    solid: str = ""
    processes: tuple[Process, ...] = ()
    limit: MassTable | LifetimeTable = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.solid and isinstance(self.limit, LifetimeTable):
            raise DetectorError(
                f"solid = {self.solid!r} of search {self.name!r}: its limit knows the lifetime; leave the solid out"
            )

    def limit_at(self, mass: float, ctau: ArrayLike) -> Array:
        """Limit at a mass [GeV] for each c tau [m], same shape; infinite where there is none."""
        lifetimes = np.asarray(ctau, dtype=float)
        if any(low < mass < high for low, high in self.vetoed):
            return np.full(lifetimes.shape, np.inf)
        if isinstance(self.limit, LifetimeTable):
            return self.limit(mass, lifetimes)
        ends = (self.limit.mass[0], self.limit.below), (self.limit.mass[-1], self.limit.above)
        unknown = (mass < ends[0][0] and ends[0][1] is None) or (mass > ends[1][0] and ends[1][1] is None)
        return np.full(lifetimes.shape, np.inf if unknown else float(self.limit(mass)))

    def special_masses(self) -> list[float]:
        """Masses [GeV] at which the limit begins and ends, and corners as for any search.

        Between them it bends more often than a scan needs to know.
        """
        return [*super().special_masses(), self.limit.mass[0], self.limit.mass[-1]]
