"""Energies of aimed flights, drawn where they matter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights

Array = NDArray[np.float64]

_POWER = 0.5
"""Panels with few flights get more than their share: short lifetimes are decided by the fastest."""

_LEAST = 0.2
"""Part of the flights that all panels share evenly."""


@dataclass(frozen=True, eq=False)
class EnergyPanels:
    """Energies drawn evenly in their logarithm in each of several panels, which are as wide as each other in it.

    Parameters
    ----------
    low, high
        Lowest and highest energy [GeV].
    shares
        Share (n,) of the energies in every panel; together 1.
    """

    low: float
    high: float
    shares: Array

    def draw(self, points: Array) -> tuple[Array, Array]:
        """Energies (n,) [GeV] from coordinates (n,), and the density (n,) per GeV with which they are drawn."""
        edges = np.concatenate([[0.0], np.cumsum(self.shares)])
        panel = np.clip(np.searchsorted(edges, points, side="right") - 1, 0, len(self.shares) - 1)
        within = np.clip((points - edges[panel]) / self.shares[panel], 0.0, 1.0)
        width = np.log(self.high / self.low) / len(self.shares)
        energy = self.low * np.exp((panel + within) * width)
        return energy, self.shares[panel] / (width * energy)

    def adapted(self, pilot: Flights) -> "EnergyPanels":
        """Panels with shares that suit the weights of flights that were drawn with these."""
        place = np.log(pilot.energy / self.low) / np.log(self.high / self.low) * len(self.shares)
        panel = np.clip(place.astype(int), 0, len(self.shares) - 1)
        # the faster live longer, and what they decay to is seen more often
        wanted = np.bincount(panel, pilot.weight * pilot.energy, minlength=len(self.shares)) ** _POWER
        even = 1 / len(self.shares)
        total = wanted.sum()
        shares = (1 - _LEAST) * wanted / total + _LEAST * even if total > 0 else np.full(len(self.shares), even)
        return EnergyPanels(self.low, self.high, shares)
