"""Decay products that together have enough energy."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.lpp import arguments
from farflung.lpp.decays.final_states import UNSEEN_PARTICLES, product_mass

Array = NDArray[np.float64]


@dataclass(frozen=True)
class VisibleEnergy(DecaySelection):
    """All products but neutrinos and the like together have at least some energy, wherever they go.

    Parameters
    ----------
    least
        The energy [GeV].

    Raises
    ------
    DetectorError
        If it is not positive and finite.
    """

    least: float

    def __post_init__(self) -> None:
        arguments.positive("least", self.least, DetectorError, "energy in GeV")

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        energies = [
            np.sqrt((momentum**2).sum(axis=1) + product_mass(name) ** 2)
            for momentum, name in zip(momenta, names, strict=True)
            if name not in UNSEEN_PARTICLES
        ]
        return np.asarray(sum(energies, np.zeros(len(point))) >= self.least, dtype=float)
