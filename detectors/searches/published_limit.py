"""Searches whose result is taken from a paper."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.search import Search
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.source import Source
from farflung.lpp import Model, Process

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
    beside
        As in `Search`: the probability to decay in the right place is averaged over the events that have it.
    confidence_level
        The level that the limit was published at; None if that is not known. It cannot be moved to another.

    Raises
    ------
    DetectorError
        If there is a solid beside a table against lifetime, no process, a process that is no decay, or an argument of
        `Search` that the comparison with a limit ignores; or as for `Search`.
    """

    decays: Literal["inside", "outside"] = "inside"
    solid: str = ""
    processes: tuple[Process, ...] = ()
    beside_in_efficiency: bool = field(default=True, kw_only=True)
    confidence_level: float | None = None
    limit: MassTable | LifetimeTable = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not isinstance(self.limit, MassTable | LifetimeTable):
            raise DetectorError(
                f"limit = {self.limit!r} of limit {self.name!r} must be a table: MassTable((0.1, 4.7), (2e-9, 2e-9), "
                "'where it is from') for the same at all masses from 0.1 to 4.7 GeV, or what read_limit returns"
            )
        if self.solid and isinstance(self.limit, LifetimeTable):
            raise DetectorError(
                f"solid = {self.solid!r} of search {self.name!r}: its limit knows the lifetime; leave the solid out"
            )
        if not self.processes:
            raise DetectorError(f"processes of search {self.name!r} is empty; name the decay that the limit is on")
        for process in self.processes:
            if process.vertex:
                raise DetectorError(f"process = '{process}' of limit {self.name!r} is no decay")
        ignored = {
            "efficiency": self.efficiency != 1.0,
            "background": self.background != 0.0,
            "background_uncertainty": self.background_uncertainty != 0.0,
            "observed": self.observed is not None,
            "products": self.products is not None and not self.solid,
            "beside": bool(self.beside) and not self.solid,
        }
        for label, given in ignored.items():
            if given:
                raise DetectorError(
                    f"{label} of limit {self.name!r} would be ignored: a prediction is compared with the limit as it "
                    "is; leave it out"
                )

    def _check_statistics(self) -> None:
        if self.confidence_level is not None:
            super()._check_statistics()

    def with_statistics(
        self, confidence_level: float | None = None, background_uncertainty: float | None = None
    ) -> "PublishedLimit":
        """The limit as it was published: without what went into it there is none at another level."""
        return self

    def limit_at(self, mass: float, ctau: ArrayLike) -> Array:
        """Limit at a mass [GeV] for each c tau [m], same shape; infinite where there is none."""
        lifetimes = np.asarray(ctau, dtype=float)
        if self._is_vetoed(np.asarray(mass)):
            return np.full(lifetimes.shape, np.inf)
        if isinstance(self.limit, LifetimeTable):
            return self.limit(mass, lifetimes)
        ends = (self.limit.mass[0], self.limit.below), (self.limit.mass[-1], self.limit.above)
        unknown = (mass < ends[0][0] and ends[0][1] is None) or (mass > ends[1][0] and ends[1][1] is None)
        return np.full(lifetimes.shape, np.inf if unknown else float(self.limit(mass)))

    def normalisation(self, source: Source, model: Model, process: Process, mass: float, coupling: ArrayLike) -> Array:
        """The branching ratio of the parent into the particle."""
        return model.production(process, mass, coupling)

    def unit(self, mass: float, ctau: Array) -> Array:
        """The limit, which depends on the lifetime."""
        return self.limit_at(mass, ctau)

    def upper_limit(self, mass: float) -> float:
        """One, in units of the limit."""
        return 1.0

    def _is_efficient(self, mass: float) -> bool:
        """Not where there is no limit either."""
        return super()._is_efficient(mass) and bool(np.isfinite(self.limit_at(mass, 1.0)))

    @property
    def needs_solid(self) -> bool:
        """Not where the limit knows the lifetime, or is one for prompt decays."""
        return False

    @property
    def is_result(self) -> bool:
        """A published limit is one."""
        return True

    def covered_masses(self) -> tuple[float, float]:
        """Ends of the table, unless it says what holds beyond them."""
        below, above = getattr(self.limit, "below", None), getattr(self.limit, "above", None)
        return (
            self.limit.mass[0] if below is None else 0.0,
            self.limit.mass[-1] if above is None else np.inf,
        )

    def special_masses(self) -> list[float]:
        """Masses [GeV] at which the limit begins and ends, and as for any search."""
        return [*super().special_masses(), self.limit.mass[0], self.limit.mass[-1]]
