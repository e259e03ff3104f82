"""What an experiment does with a decay."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DAUGHTERS, DecaySelection, is_open
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.source import Process

Array = NDArray[np.float64]

Efficiency = float | MassTable


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
        Probability that a decay in the right place, whose products pass, is selected: a number, a table against mass,
        or a mapping to either from final states (``"mumu"``) or processes (``"B+ -> K+"``). Where a mapping has both,
        they multiply; what it does not name has efficiency 1 if no other of its kind is named, else 0.
    background
        Expected background events: a number or a table against mass, as for a search for a peak.
    observed
        Observed events; None for a projection, which takes the integer nearest to the background.
    confidence_level
        Confidence level of the limit.
    references
        Where all this comes from.
    products
        What the decay products must do to be seen; None if the place of the decay is all that counts.
    vetoed
        Windows (low, high) of mass [GeV] in which the search is blind.
    """

    name: str
    title: str
    decays: Literal["inside", "outside"]
    solid: str
    processes: tuple[Process, ...]
    final_states: tuple[str, ...] = ()
    efficiency: Efficiency | Mapping[str, Efficiency] = 1.0
    background: float | MassTable = 0.0
    observed: int | None = None
    confidence_level: float = 0.90
    references: tuple[str, ...] = field(default=())
    products: DecaySelection | None = None
    vetoed: tuple[tuple[float, float], ...] = ()

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
        given = self.efficiency if isinstance(self.efficiency, Mapping) else {"": self.efficiency}
        for label, efficiency in given.items():
            if not (efficiency.within(0, 1) if isinstance(efficiency, MassTable) else 0 <= efficiency <= 1):
                of = f" of {label}" if label else ""
                raise DetectorError(f"efficiency{of} = {efficiency} of search {self.name!r} is not between 0 and 1")
        expected = self.background.value if isinstance(self.background, MassTable) else (self.background,)
        if not all(np.isfinite(value) and value >= 0 for value in expected):
            raise DetectorError(f"background = {self.background} of search {self.name!r} is not a number >= 0")
        if self.products is not None and self.decays == "outside":
            raise DetectorError(f"products of search {self.name!r} are seen, so its decays cannot be 'outside'")
        if not 0 < self.confidence_level < 1:
            raise DetectorError(f"confidence_level = {self.confidence_level:g} is not between 0 and 1")

    def efficiency_at(self, mass: ArrayLike, state: str = "", process: Process | str = "") -> Array:
        """Efficiency at each mass [GeV], same shape.

        Parameters
        ----------
        mass
            Masses [GeV].
        state, process
            Final state and process, which count where the efficiency depends on them.
        """
        masses = np.asarray(mass, dtype=float)
        if not isinstance(self.efficiency, Mapping):
            efficiency = _at(self.efficiency, masses)
        else:
            efficiency = np.ones(masses.shape)
            for key, is_process in ((str(state), False), (str(process), True)):
                named = [label for label in self.efficiency if ("->" in label) == is_process]
                if key in named:
                    efficiency = efficiency * _at(self.efficiency[key], masses)
                elif key and named:
                    efficiency = np.zeros(masses.shape)
        for low, high in self.vetoed:
            efficiency = np.where((masses > low) & (masses < high), 0.0, efficiency)
        return efficiency

    def background_at(self, mass: ArrayLike) -> Array:
        """Expected background events at each mass [GeV], same shape."""
        return _at(self.background, np.asarray(mass, dtype=float))

    def states_seen(self, mass: float, states: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Final states that count at this mass [GeV]: those that the search names, or else the given ones.

        If decay products must be seen, those without two products, or too heavy, do not count.
        """
        counted = self.final_states or states or tuple(DAUGHTERS)
        if self.products is None:
            return self.final_states or states
        return tuple(state for state in counted if is_open(state, mass))

    def special_masses(self) -> list[float]:
        """Masses [GeV] at which tables and vetoes have corners, beside which a scan does well to look."""
        given = list(self.efficiency.values()) if isinstance(self.efficiency, Mapping) else [self.efficiency]
        tables = [table for table in (*given, self.background) if isinstance(table, MassTable)]
        return [mass for table in tables for mass in table.mass] + [mass for window in self.vetoed for mass in window]

    def only(self, *final_states: str) -> "Search":
        """The same search for these final states alone, as in ``search.only("mumu")``."""
        return replace(self, final_states=final_states)


def _at(value: Efficiency, mass: Array) -> Array:
    return value(mass) if isinstance(value, MassTable) else np.full(mass.shape, float(value))
