"""Points of the unit cube, in blocks."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class UnitPoints:
    """Points of the unit cube, of which flights are made.

    Attributes
    ----------
    values
        Coordinates (n, dimension).
    block
        Block (n,) of each; None for pseudo-random points, which are independent.
    weight
        What (n,) the weights of flights from these points are multiplied by, since some were drawn more often; None
        where all were drawn alike.
    remembered
        Whether flights remember the points that they are made of.
    """

    values: Array
    block: NDArray[np.int64] | None
    weight: Array | None = None
    remembered: bool = False

    def __len__(self) -> int:
        return len(self.values)

    @property
    def blocks(self) -> int:
        """How many blocks there are; one for pseudo-random points."""
        return 1 if self.block is None else int(self.block[-1]) + 1

    @property
    def first_half(self) -> NDArray[np.bool_]:
        """Which (n,) are in the first half of their block, for flights of which half are drawn in another way."""
        size = len(self) // self.blocks
        return np.asarray(np.arange(len(self)) % size < size // 2)

    def made(self, flights: Flights, which: NDArray[np.int64] | None = None, *, complete: bool = True) -> Flights:
        """Flights that were made of these points, in blocks and weighed.

        Parameters
        ----------
        flights
            m flights.
        which
            Number (m,) of the point of which each was made; None if there is one for each, in their order.
        complete
            Whether the flights cover all directions.
        """
        chosen = slice(None) if which is None else which
        weight = flights.weight if self.weight is None else flights.weight * self.weight[chosen]
        block = None if self.block is None else self.block[chosen]
        unit = None
        if self.remembered:
            unit = np.column_stack([self.values, self.first_half])[chosen]
        return replace(flights, weight=weight, block=block, complete=complete, unit=unit)
