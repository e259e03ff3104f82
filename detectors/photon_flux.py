"""Photons in a dump, and the long-lived particles that they make."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.energy_panels import EnergyPanels
from farflung.detectors.errors import DetectorError
from farflung.detectors.spectrum_table import SpectrumTable
from farflung.lpp import Aim, Flights, PhotonConversion

Array = NDArray[np.float64]

_PANELS = 32
"""Panels of energy in which aimed flights are drawn."""

_ENERGIES = 512
"""Energies at which the cross-section is averaged."""


@dataclass(frozen=True, eq=False)
class PhotonFlux:
    """Photons along the z axis, from several origins.

    Parameters
    ----------
    momentum
        Momentum [GeV] of the beam.
    components
        For each origin the spectrum in x, the energy over the beam's momentum, and p_T^2 [GeV^2], and its weight: the
        number of nuclei for each area [pb^-1] that photons meet, times the number of photons for one beam particle.
    softest
        Photons below this energy [GeV] are left out, since nothing that they make would be seen.

    Raises
    ------
    DetectorError
        If there is no component, a weight is not positive, or the softest energy is not between 0 and the momentum.
    """

    momentum: float
    components: tuple[tuple[SpectrumTable, float], ...]
    softest: float = 0.0

    def __post_init__(self) -> None:
        if not self.components or not all(np.isfinite(weight) and weight > 0 for _, weight in self.components):
            raise DetectorError("components of a photon flux must be at least one, with positive weights")
        if not 0 <= self.softest < self.momentum:
            raise DetectorError(f"softest = {self.softest:g} GeV is not between 0 and the beam's {self.momentum:g} GeV")

    def lowest_energy(self, process: PhotonConversion, mass: float) -> float:
        """Energy [GeV] above which photons make a mass [GeV] and count."""
        table = min(table.ranges[0][0] for table, _ in self.components)
        return max(self.softest, table * self.momentum, process.lowest_energy(mass) * (1 + 1e-9))

    def density(self, x: Array, pt2: Array) -> Array:
        """Weight (n,) for each interval of x and p_T^2 [GeV^2]."""
        return np.asarray(sum(weight * table.density(x, pt2) for table, weight in self.components))

    def converted(self, process: PhotonConversion, mass: float) -> float:
        """Long-lived particles of a mass [GeV] for one beam particle, for g_agammagamma = 1 GeV^-1."""
        return _converted(self, process, mass)

    def flights(self, process: PhotonConversion, mass: float, points: Array, *, origin: Array) -> Flights:
        """Long-lived particles from photons drawn from their spectrum, in all directions.

        Parameters
        ----------
        process
            The reaction.
        mass
            Mass [GeV].
        points
            Points (n, 5) of the unit cube: momentum transfer, its azimuth, the photon's azimuth, p_T and energy.
        origin
            Where the photons convert (3,) [m].

        Returns
        -------
        Flights
            n flights, those whose photon is too soft with weight zero; weights sum to 1 within statistical errors.
        """
        shares = np.array([weight for _, weight in self.components])
        edges = np.concatenate([[0.0], np.cumsum(shares / shares.sum())])
        chosen = np.clip(np.searchsorted(edges, points[:, 4], side="right") - 1, 0, len(shares) - 1)
        x, pt2 = np.empty(len(points)), np.empty(len(points))
        for number, (table, _) in enumerate(self.components):
            mine = chosen == number
            within = (points[mine, 4] - edges[number]) / (edges[number + 1] - edges[number])
            x[mine], pt2[mine] = table.sample(np.stack([within, points[mine, 3]], axis=1)).T
        energy = x * self.momentum
        able = energy > self.lowest_energy(process, mass)
        if not able.any():
            able[np.argmax(energy)] = True
            energy[able] = process.max_energy
        energy = np.where(able, energy, process.max_energy)
        kick, cross_section = process.nucleus.momentum_transfer(mass, energy, points[:, :2])
        azimuth = 2 * np.pi * points[:, 2]
        transverse = np.sqrt(pt2)[:, None] * np.stack([np.cos(azimuth), np.sin(azimuth)], axis=1) + kick
        along = energy**2 - mass**2 - (transverse**2).sum(axis=1)
        weight = np.where(able & (along > 0), shares.sum() * cross_section, 0.0)
        weight /= len(points) * self.converted(process, mass)
        momentum = np.concatenate([transverse, np.sqrt(np.maximum(along, 0.0))[:, None]], axis=1)
        return Flights(origin, momentum, mass, weight)

    def energies(self, process: PhotonConversion, mass: float) -> EnergyPanels:
        """Panels of photon energies that can make the mass [GeV], drawn alike."""
        highest = max(table.ranges[0][1] for table, _ in self.components) * self.momentum
        return EnergyPanels(self.lowest_energy(process, mass), highest, np.full(_PANELS, 1 / _PANELS))

    def aimed_flights(
        self,
        process: PhotonConversion,
        mass: float,
        points: Array,
        *,
        energies: EnergyPanels,
        aim: Aim,
        shares: Array,
        origin: Array,
    ) -> Flights:
        """Long-lived particles in given directions.

        With energy E, direction n and momentum transfer q_t drawn, the photon's transverse momentum is that of the
        long-lived particle less q_t, and the weight is the density of such photons times the cross-section.

        Parameters
        ----------
        process, mass, origin
            As in `flights`.
        points
            Points (n, 5) of the unit cube: momentum transfer, its azimuth, energy and two for the direction.
        energies
            How energies are drawn.
        aim, shares
            Directions, and the shares of flights that go to the aim's panels.

        Returns
        -------
        Flights
            n flights; their weights sum to the share of all long-lived particles that goes in these directions.
        """
        energy, drawn = energies.draw(points[:, 2])
        direction = aim.draw(points[:, 3:], shares)
        p = np.sqrt(np.maximum(energy**2 - mass**2, 0.0))
        kick, cross_section = process.nucleus.momentum_transfer(mass, energy, points[:, :2])
        photon = p[:, None] * direction[:, :2] - kick
        density = self.density(energy / self.momentum, (photon**2).sum(axis=1)) / (self.momentum * np.pi)
        jacobian = p**2 * np.maximum(direction[:, 2], 0.0)
        weight = density * jacobian * cross_section / (drawn * aim.density(direction, shares))
        weight /= len(points) * self.converted(process, mass)
        return Flights(origin, p[:, None] * direction, mass, weight)


@lru_cache(maxsize=1024)
def _converted(flux: PhotonFlux, process: PhotonConversion, mass: float) -> float:
    process.require(mass)
    total = 0.0
    for table, weight in flux.components:
        low, high = table.ranges[0]
        low = max(low, flux.lowest_energy(process, mass) / flux.momentum)
        if low < high:
            x = np.geomspace(low, high, _ENERGIES)
            cross_section = process.nucleus.cross_section(mass, x * flux.momentum, 1.0)
            total += weight * float(np.trapezoid(table.marginal(x) * cross_section * x, np.log(x)))
    return total
