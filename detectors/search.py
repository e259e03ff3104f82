"""What an experiment does with a decay."""

from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Process

Array = NDArray[np.float64]


@dataclass(frozen=True)
class EfficiencyTable:
    """Selection efficiency against mass: linear between points, constant below the first, zero above the last.

    Parameters
    ----------
    mass
        Increasing masses [GeV].
    efficiency
        Efficiencies between 0 and 1.
    source
        Where the numbers come from.
    """

    mass: tuple[float, ...]
    efficiency: tuple[float, ...]
    source: str

    def __post_init__(self) -> None:
        if len(self.mass) != len(self.efficiency) or not self.mass or not np.all(np.diff([0.0, *self.mass]) > 0):
            raise DetectorError(
                f"mass = {self.mass} must be positive, increase, and have one efficiency for each of its values"
            )
        if not all(0 <= value <= 1 for value in self.efficiency):
            raise DetectorError(f"efficiency = {self.efficiency} must lie between 0 and 1")

    def __call__(self, mass: ArrayLike) -> Array:
        """Efficiency at each mass [GeV], same shape."""
        return np.asarray(np.interp(np.asarray(mass, dtype=float), self.mass, self.efficiency, right=0.0))


@dataclass(frozen=True)
class Search:
    """A search for long-lived particles: which decays count, how many survive, what else is expected.

    Parameters
    ----------
    name
        Short, lower case, as in ``"displaced"``.
    title
        One line for a list or a legend.
    decays
        Whether decays ``"inside"`` or ``"outside"`` the solid count.
    solid
        Name of one of the detector's solids.
    processes
        Decays and reactions that make the particle, all of which count.
    final_states
        Final states that count, of which a model need not have all; an empty tuple stands for all.
    efficiency
        Probability that a decay in the right place is selected: a number or a table against mass.
    background
        Expected background events.
    observed
        Observed events; None for a projection, which takes the integer nearest to the background.
    confidence_level
        Confidence level of the limit.
    references
        Where all this comes from.
    """

    name: str
    title: str
    decays: Literal["inside", "outside"]
    solid: str
    processes: tuple[Process, ...]
    final_states: tuple[str, ...] = ()
    efficiency: float | EfficiencyTable = 1.0
    background: float = 0.0
    observed: int | None = None
    confidence_level: float = 0.90
    references: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not self.name or set(self.name) & set(": ,"):
            raise DetectorError(f"name = {self.name!r} of a search must be a word without colon, comma or space")
        if isinstance(self.final_states, str) or len(set(self.final_states)) != len(self.final_states):
            raise DetectorError(
                f"final_states = {self.final_states!r} of search {self.name!r} must be a tuple of different names"
            )
        if self.observed is not None and self.observed < 0:
            raise DetectorError(f"observed = {self.observed} of search {self.name!r} is not a number of events")
        if self.decays not in ("inside", "outside"):
            raise DetectorError(f"decays = {self.decays!r} of search {self.name!r} is neither 'inside' nor 'outside'")
        if not self.processes:
            raise DetectorError(f"processes of search {self.name!r} is empty; name at least one decay")
        if isinstance(self.efficiency, float | int) and not 0 <= self.efficiency <= 1:
            raise DetectorError(f"efficiency = {self.efficiency:g} of search {self.name!r} is not between 0 and 1")
        if not (np.isfinite(self.background) and self.background >= 0):
            raise DetectorError(f"background = {self.background:g} of search {self.name!r} is not a number >= 0")
        if not 0 < self.confidence_level < 1:
            raise DetectorError(f"confidence_level = {self.confidence_level:g} is not between 0 and 1")

    def efficiency_at(self, mass: ArrayLike) -> Array:
        """Efficiency at each mass [GeV], same shape."""
        if isinstance(self.efficiency, EfficiencyTable):
            return self.efficiency(mass)
        return np.full(np.shape(mass), float(self.efficiency))

    def only(self, *final_states: str) -> "Search":
        """The same search for these final states alone, as in ``search.only("mumu")``."""
        return replace(self, final_states=final_states)
