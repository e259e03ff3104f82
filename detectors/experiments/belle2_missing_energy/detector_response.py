"""What Belle II measures of a final state."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.particles import MASS, Kind, Particles
from farflung.detectors.experiments.belle2_missing_energy.reconstructed import Reconstructed

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DetectorResponse:
    """Acceptance, efficiencies, particle identification and resolutions (arXiv:2201.06580, section 4.1).

    Charged particles that are not identified as kaons are visible nevertheless. All numbers are the paper's.

    Parameters
    ----------
    polar_angle_degrees
        Smallest and largest polar angle of what is seen.
    min_transverse_momentum
        Of charged particles [GeV].
    min_photon_energy
        Of photons [GeV].
    tracking_efficiency
        Probability to find a charged particle.
    kaon_efficiency
        Probability to identify a kaon that is found.
    pion_misidentification
        Probability to take a pion that is found for a kaon.
    momentum_resolution
        sigma(p)/p of charged particles.
    photon_energy_resolution
        sigma(E)/E of photons.

    Raises
    ------
    DetectorError
        If a number is out of its range.
    """

    polar_angle_degrees: tuple[float, float] = (17.0, 150.0)
    min_transverse_momentum: float = 0.2
    min_photon_energy: float = 0.05
    tracking_efficiency: float = 0.99
    kaon_efficiency: float = 0.80
    pion_misidentification: float = 0.05
    momentum_resolution: float = 0.005
    photon_energy_resolution: float = 0.05

    def __post_init__(self) -> None:
        low, high = self.polar_angle_degrees
        if not 0 <= low < high <= 180:
            raise DetectorError(f"polar_angle_degrees = {low:g} to {high:g} must increase between 0 and 180")
        for field in fields(self)[1:]:
            value, most = getattr(self, field.name), np.inf if field.name.startswith("min_") else 1.0
            if not 0 <= value <= most:
                raise DetectorError(f"{field.name} = {value:g} must lie between 0 and {most:g}")

    def inside(self, momentum: Array) -> NDArray[np.bool_]:
        """Whether the directions of momenta (3, n) lie between the polar angles."""
        high, low = np.cos(np.radians(self.polar_angle_degrees))
        p = np.sqrt(momentum[0] ** 2 + momentum[1] ** 2 + momentum[2] ** 2)
        return np.asarray((momentum[2] > low * p) & (momentum[2] < high * p))

    def reconstruct(self, particles: Particles, rng: np.random.Generator) -> Reconstructed:
        """Measure the particles of every group, in the lab."""
        photon = particles.kind == Kind.PHOTON
        momentum, energy = np.ascontiguousarray(particles.momentum.T), particles.energy
        seen = np.where(
            photon,
            energy > self.min_photon_energy,
            momentum[0] ** 2 + momentum[1] ** 2 > self.min_transverse_momentum**2,
        )
        seen &= self.inside(momentum)
        found = rng.random(len(particles))
        seen &= photon | (found < self.tracking_efficiency)
        kind, group, photon = particles.kind[seen], particles.group[seen], photon[seen]
        sigma = np.where(photon, self.photon_energy_resolution, self.momentum_resolution)
        scale = np.maximum(1 + sigma * rng.standard_normal(len(sigma)), 0.0)
        four = np.concatenate([energy[None, seen], momentum[:, seen]])
        mass_squared = np.maximum(four[0] ** 2 - (four[1:] ** 2).sum(axis=0), 0.0)
        four[1:] *= scale
        four[0] = np.sqrt((four[1:] ** 2).sum(axis=0) + mass_squared)
        visible = np.array([np.bincount(group, part, particles.groups) for part in four], dtype=float)
        identified = rng.random(len(kind))
        candidate = np.flatnonzero(
            ((kind == Kind.KAON) & (identified < self.kaon_efficiency))
            | ((kind == Kind.PION) & (identified < self.pion_misidentification))
        )
        return Reconstructed(visible, _leading(four[:, candidate], group[candidate], particles.groups))

    def reconstruct_kaons(self, kaons: Array, rng: np.random.Generator) -> Reconstructed:
        """Measure n groups of one charged kaon each, with four-momenta (4, n) [GeV] in the lab."""
        seen = self.inside(kaons[1:]) & (kaons[1] ** 2 + kaons[2] ** 2 > self.min_transverse_momentum**2)
        found = rng.random(kaons.shape[1])
        scale = np.maximum(1 + self.momentum_resolution * rng.standard_normal(kaons.shape[1]), 0.0)
        measured = kaons * scale
        measured[0] = np.sqrt(measured[0] ** 2 + (1 - scale**2) * MASS[Kind.KAON] ** 2)
        visible = measured * (seen & (found < self.tracking_efficiency))
        identified = seen & (found < self.tracking_efficiency * self.kaon_efficiency)
        return Reconstructed(visible, measured * identified)


def _leading(four: Array, group: NDArray[np.int64], groups: int) -> Array:
    """The four-momentum (4, groups) of largest transverse momentum in each group; zero in an empty one."""
    ascending = np.argsort(four[1] ** 2 + four[2] ** 2)
    leading = np.zeros((4, groups))
    leading[:, group[ascending]] = four[:, ascending]  # of several values for one place the last one stays
    return leading
