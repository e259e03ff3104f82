"""Beams that end in thick matter."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Process, Source
from farflung.lpp import Aim, Flights, Model, PhotonConversion, Sampling
from farflung.lpp.sampling.unit_points import BLOCKS, unit_points
from farflung.lpp.spectra.energy_panels import EnergyPanels
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.target import Target

Array = NDArray[np.float64]

_PILOT_POINTS = 1024
_PILOT_SEED = 20220106


class Dump(Source):
    """A beam along z that ends at the origin in thick matter, where photons turn into long-lived particles.

    That is a source by itself; a subclass adds what decays.

    Parameters
    ----------
    target
        The matter.
    photons
        Photons for each beam particle.
    particles
        Number of beam particles on the target.

    Raises
    ------
    DetectorError
        If the number of particles is not positive and finite.
    """

    dimension = 3
    azimuth = 2

    def __init__(self, target: Target, photons: PhotonFlux, particles: float) -> None:
        if not (np.isfinite(particles) and particles > 0):
            raise DetectorError(f"particles = {particles:g} on target is not positive and finite")
        self.target = target
        self.particles = float(particles)
        self._photons = photons
        self._origin: Array = np.zeros(3)

    @property
    def conversion(self) -> PhotonConversion:
        """The Primakoff reaction in this dump, as a process of a search."""
        return PhotonConversion(self.target.nucleus, self._photons.momentum)

    def _yields(self) -> Mapping[str, float]:
        return {}

    def _parents(self, name: str, points: Array) -> Flights:
        raise DetectorError(f"parent = {name!r} is not made by {self!r}")

    def _reactions(self) -> tuple[Process, ...]:
        return (self.conversion,)

    def _produced(self, process: Process, model: Model, mass: Array, coupling: Array) -> Array:
        coupling = np.asarray(model.photon_coupling(coupling))
        conversion = self.conversion
        each = [self._photons.converted(conversion, float(value)) for value in mass.ravel()]
        return np.asarray(self.particles * np.reshape(each, mass.shape) * coupling**2)

    def _flights(self, process: Process, mass: float, n: int, seed: int, sampling: Sampling, aim: Aim) -> Flights:
        points, block = unit_points(n, 5, seed, sampling)
        conversion = self.conversion
        if block is None or aim.complete:
            flights = self._photons.flights(conversion, mass, points, origin=self._origin)
            return Flights(flights.origin, flights.momentum, mass, flights.weight, block)

        def aimed(points: Array, energies: EnergyPanels, freedom: float, shares: Array) -> Flights:
            return self._photons.aimed_flights(
                conversion, mass, points, energies=energies, freedom=freedom, aim=aim, shares=shares,
                origin=self._origin,
            )  # fmt: skip

        energies = self._photons.energies(conversion, mass)
        pilot = aimed(qmc.Sobol(5, rng=_PILOT_SEED).random(_PILOT_POINTS), energies, 0.25, aim.even())
        found = np.bincount(aim.panel(pilot.direction), pilot.weight, minlength=aim.panels).astype(float)
        # where most fly towards the detector by themselves, most may
        freedom = float(np.clip(1.5 * pilot.weight.sum(), 1 / 16, 1.0))
        flights = aimed(points, energies.adapted(pilot), freedom, aim.shares(found, n // BLOCKS))
        return Flights(flights.origin, flights.momentum, mass, flights.weight, block, complete=False)
