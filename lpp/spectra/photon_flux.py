"""Photons in a dump, and the long-lived particles that they make."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.production.photon_conversion import PhotonConversion
from farflung.lpp.sampling.aim import Aim
from farflung.lpp.spectra.energy_panels import EnergyPanels
from farflung.lpp.spectra.spectrum_table import SpectrumTable

Array = NDArray[np.float64]

_PANELS = 32
"""Panels of energy in which aimed flights are drawn."""

_ENERGIES = 512
"""Energies at which the cross-section is averaged."""


@dataclass(frozen=True, eq=False)
class PhotonFlux(PlainArguments):
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
    flown
        Distance [m] along z that photons fly before they meet a nucleus.

    Raises
    ------
    SpectrumError
        If there is no component, a weight is not positive, or the softest energy is not between 0 and the momentum.
    """

    momentum: float
    components: tuple[tuple[SpectrumTable, float], ...]
    softest: float = 0.0
    flown: float = 0.0

    def __post_init__(self) -> None:
        if not self.components or not all(np.isfinite(weight) and weight > 0 for _, weight in self.components):
            raise SpectrumError("components of a photon flux must be at least one, with positive weights")
        if not 0 <= self.softest < self.momentum:
            raise SpectrumError(f"softest = {self.softest:g} GeV is not between 0 and the beam's {self.momentum:g} GeV")
        if not 0 <= self.flown < np.inf:
            raise SpectrumError(f"flown = {self.flown:g} m is not a finite distance >= 0")

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
        energy = np.where(able, energy, process.max_energy)
        kick = process.nucleus.transfers(mass, energy, points[:, :2])
        q_t2 = (kick**2).sum(axis=1)
        cross_section = process.nucleus.differential(mass, energy, q_t2)
        cross_section /= process.nucleus.transfer_density(mass, energy, q_t2)
        azimuth = 2 * np.pi * points[:, 2]
        photon = np.sqrt(pt2)[:, None] * np.stack([np.cos(azimuth), np.sin(azimuth)], axis=1)
        transverse = photon + kick
        p2, transverse2 = energy**2 - mass**2, (transverse**2).sum(axis=1)
        # the softest photons fly sideways
        transverse *= np.sqrt(np.minimum(1.0, p2 / np.maximum(transverse2, 1e-300)))[:, None]
        along = p2 - transverse2
        weight = np.where(able, shares.sum() * cross_section, 0.0)
        weight /= len(points) * self.converted(process, mass)
        momentum = np.concatenate([transverse, np.sqrt(np.maximum(along, 0.0))[:, None]], axis=1)
        return Flights(origin + self._way(photon, energy) if self.flown else origin, momentum, mass, weight)

    def _way(self, transverse: Array, energy: Array) -> Array:
        """Ways (n, 3) [m] of photons with transverse momenta (n, 2) [GeV] to where they meet a nucleus."""
        along = np.sqrt(np.maximum(energy**2 - (transverse**2).sum(axis=1), 1e-300))
        return np.concatenate([self.flown * transverse / along[:, None], np.full((len(energy), 1), self.flown)], axis=1)

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
        freedom: float,
        aim: Aim,
        shares: Array,
        origin: Array,
    ) -> Flights:
        """Long-lived particles in given directions.

        With energy E, momentum transfer q_t and the long-lived particle's direction drawn, the photon's transverse
        momentum is that of the particle less q_t, and the weight is the density of such photons times the
        cross-section. Part of the flights draw the photon instead, which may fly where it likes; each is weighed by
        what both ways together would draw (the balance heuristic of E. Veach and L. Guibas, SIGGRAPH 1995).

        Parameters
        ----------
        process, mass, origin
            As in `flights`.
        points
            Points (n, 5) of the unit cube: momentum transfer, its azimuth, energy and two for the direction.
        energies
            How energies are drawn.
        freedom
            Part of the flights that draw the photon, 0 to 1.
        aim, shares
            Directions, and the shares of flights that go to the aim's panels.

        Returns
        -------
        Flights
            n flights; their weights sum to the share of all long-lived particles that goes in these directions.
        """
        nucleus = process.nucleus
        energy, drawn = energies.draw(points[:, 2])
        x = energy / self.momentum
        p = np.sqrt(np.maximum(energy**2 - mass**2, 0.0))
        kick = nucleus.transfers(mass, energy, points[:, :2])
        q_t2 = (kick**2).sum(axis=1)
        free = points[:, 3] < freedom
        transverse = np.empty_like(kick)
        unit = np.stack([points[:, 3] / max(freedom, 1e-9), points[:, 4]], axis=1)
        transverse[free] = self._photons(x[free], unit[free]) + kick[free]
        unit[:, 0] = (points[:, 3] - freedom) / max(1 - freedom, 1e-9)
        transverse[~free] = p[~free, None] * aim.draw(unit[~free], shares)[:, :2]
        along = np.sqrt(np.maximum(p**2 - (transverse**2).sum(axis=1), 0.0))
        momentum = np.concatenate([transverse, along[:, None]], axis=1)
        pt2 = ((transverse - kick) ** 2).sum(axis=1)
        jacobian = p * along  # d^2 p_T over dOmega
        aimed = aim.density(momentum / p[:, None], shares)
        mixed = freedom * self._conditional(x, pt2) / np.pi * jacobian + (1 - freedom) * aimed
        weight = self.density(x, pt2) / np.pi * nucleus.differential(mass, energy, q_t2) * jacobian
        weight /= np.where(mixed > 0, mixed, 1.0) * nucleus.transfer_density(mass, energy, q_t2) * drawn
        weight *= np.where(aimed > 0, 1.0, 0.0)
        weight /= self.momentum * len(points) * self.converted(process, mass)
        return Flights(origin, momentum, mass, weight)

    def _photons(self, x: Array, points: Array) -> Array:
        """Transverse momenta (n, 2) [GeV] of photons of the first component, from points (n, 2)."""
        pt, azimuth = np.sqrt(self.components[0][0].second(x, points[:, 0])), 2 * np.pi * points[:, 1]
        return np.stack([pt * np.cos(azimuth), pt * np.sin(azimuth)], axis=1)

    def _conditional(self, x: Array, pt2: Array) -> Array:
        """Density (n,) [GeV^-2] in p_T^2 with which `_photons` draws."""
        table = self.components[0][0]
        # at the end of the grid the density is zero, and that of p_T is that of the nearest x
        inside = np.clip(x, *table.ranges[0])
        marginal = table.marginal(inside)
        return np.where(marginal > 0, table.density(inside, pt2) / np.where(marginal > 0, marginal, 1.0), 0.0)


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
