"""Both photons of a decay in a calorimeter, and what a displaced decay does to their mass."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.detectors.searches.result_tables import MassTable
from farflung.geometry import Revolved
from farflung.lpp import final_state

Array = NDArray[np.float64]


class CalorimeterRegion(NamedTuple):
    """A range of polar angles in which photons above an energy are seen."""

    low: float
    """Smallest polar angle [degrees] of the point that is hit, as seen from the interaction point."""

    high: float
    """Largest polar angle [degrees]."""

    energy: float
    """Smallest energy [GeV]."""


@dataclass(frozen=True)
class CalorimeterPhotons(DecaySelection):
    """Both photons hit a calorimeter, and are taken to come from the interaction point.

    A photon flies straight from the decay to the front face. What a calorimeter measures is the point that is hit;
    the mass of a pair is then m^2 = 2 E1 E2 (1 - cos alpha) with the angle alpha between the points as seen from the
    origin. The farther out the particle decayed, the smaller is that angle and the lighter it seems. A search for a
    peak counts it less then: a fit of a peak with shape g to a smooth background gives an event that is shifted
    by delta the weight  integral g(x) g(x + delta) dx / integral g^2, which is exp(-delta^2/4 w^2) for a Gaussian.

    Parameters
    ----------
    front
        The space that the calorimeter encloses: photons hit where they leave it.
    regions
        What the calorimeter covers; a photon in none of them is lost.
    width
        Width w [GeV] of the peak against mass; None if the mass of the pair does not matter.

    Raises
    ------
    DetectorError
        If no region is given, or one has its limits in the wrong order or a negative energy.
    """

    front: Revolved
    regions: tuple[CalorimeterRegion, ...]
    width: MassTable | None = None

    def __post_init__(self) -> None:
        if not self.regions:
            raise DetectorError("regions is empty; name at least one range of polar angles")
        for region in self.regions:
            if not (0 <= region.low < region.high <= 180 and region.energy >= 0):
                raise DetectorError(
                    f"region {tuple(region)} needs 0 <= low < high <= 180 degrees and an energy >= 0 GeV"
                )

    def knows(self, state: str) -> bool:
        """Whether the final state has two photons."""
        return final_state(state).products.count("gamma") == 2

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        if names.count("gamma") != 2:
            return np.zeros(len(point))
        momenta = tuple(p for p, name in zip(momenta, names, strict=True) if name == "gamma")
        energies = [np.linalg.norm(momentum, axis=1) for momentum in momenta]
        hits = [
            self._hit(point, momentum / energy[:, None]) for momentum, energy in zip(momenta, energies, strict=True)
        ]
        chance = np.ones(len(point))
        for energy, hit in zip(energies, hits, strict=True):
            chance *= self._covered(energy, hit)
        if self.width is None:
            return chance
        twice = 2 * energies[0] * energies[1]
        mass = np.sqrt(np.maximum(twice - 2 * np.einsum("ij,ij->i", *momenta), 0.0))
        seen = np.sqrt(np.maximum(twice * (1 - np.einsum("ij,ij->i", *hits)), 0.0))
        shifted = (seen - mass) / np.maximum(self.width(mass), 1e-300)
        return np.asarray(chance * np.where(chance > 0, np.exp(-(shifted**2) / 4), 0.0))

    def _hit(self, point: Array, direction: Array) -> Array:
        """Directions (n, 3) from the origin to where photons hit; NaN for those that start behind the front face."""
        stretches = self.front.stretches(point, direction)
        starts_inside = stretches.start[:, 0] == 0
        path = np.where(starts_inside, stretches.stop[:, 0], np.nan)
        end = point + path[:, None] * direction
        return np.asarray(end / np.linalg.norm(end, axis=1, keepdims=True))

    def _covered(self, energy: Array, hit: Array) -> NDArray[np.bool_]:
        angle = np.degrees(np.arccos(np.clip(hit[:, 2], -1, 1)))
        seen = np.zeros(len(energy), dtype=bool)
        for low, high, smallest in self.regions:
            seen |= (angle > low) & (angle < high) & (energy > smallest)
        return seen
