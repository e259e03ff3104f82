"""An efficiency that is simulated when it is first asked for."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from farflung.detectors.searches.result_tables import MassTable


class SimulatedEfficiency(MassTable):
    """A `MassTable` of efficiencies that takes a second to make, which is done when somebody wants its values.

    A detector can so be looked at, listed and drawn at no cost. What is pickled is the finished table, so that other
    processes do not simulate again.

    Parameters
    ----------
    mass
        Increasing masses [GeV].
    make
        Makes the table for these masses.
    """

    def __init__(self, mass: tuple[float, ...], make: Callable[[tuple[float, ...]], MassTable]) -> None:
        object.__setattr__(self, "mass", mass)
        object.__setattr__(self, "_make", make)

    @cached_property
    def _table(self) -> MassTable:
        make: Callable[[tuple[float, ...]], MassTable] = vars(self)["_make"]
        return make(self.mass)

    def __getattribute__(self, name: str) -> Any:
        """Take what the table says from the table."""
        if name in ("value", "source", "below", "above"):
            return getattr(self._table, name)
        return super().__getattribute__(name)

    def within(self, low: float, high: float) -> bool:
        """Whether all values lie between two numbers; shares of events are not made to be asked this."""
        return (low <= 0 and high >= 1) or self._table.within(low, high)

    def __reduce__(self) -> tuple[type[MassTable], tuple[object, ...]]:
        table = self._table
        return MassTable, (table.mass, table.value, table.source, table.below, table.above)
