"""Photons of a dump: how many there are, and how the particles fly that they turn into."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.flights import Flights
from farflung.lpp.production.photon_conversion import ConvertingPhotons, PhotonConversion
from farflung.lpp.sampling.aim import Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.unit_points import Drawing, unit_points
from farflung.lpp.spectra.energy_panels import EnergyPanels
from farflung.lpp.spectra.photon_flux import PhotonFlux

Array = NDArray[np.float64]

_PILOT_POINTS = 1024
_PILOT_SEED = 20220106


@dataclass(frozen=True, eq=False)
class PhotonsInMatter(ConvertingPhotons):
    """Photons along the z axis, as a source offers them to conversions on nuclei.

    Parameters
    ----------
    flux
        Photons for each beam particle.
    particles
        Number of beam particles.
    origin
        Where the photons convert (3,) [m].
    """

    flux: PhotonFlux
    particles: float
    origin: Array

    def converted(self, process: PhotonConversion, mass: Array) -> Array:
        """Particles of masses [GeV], any shape, that are made for g_agammagamma = 1 GeV^-1."""
        masses = np.asarray(mass, dtype=float)
        each = [self.flux.converted(process, float(value)) for value in masses.ravel()]
        return np.asarray(self.particles * np.reshape(each, masses.shape))

    def parents(self, process: PhotonConversion, mass: float) -> Parents:
        """The particles, as parents of others."""
        return Parents(
            float(self.converted(process, np.asarray(mass))),
            lambda points: self.flux.flights(process, mass, points, origin=self.origin),
            5,
        )

    def sample(self, process: PhotonConversion, mass: float, n: int, seed: int, sampling: Drawing, aim: Aim) -> Flights:
        """Draw n particles of one mass [GeV], aimed unless all directions matter or the photons have flown."""
        points = unit_points(n, 5, seed, sampling)
        if points.block is None or aim.complete or self.flux.flown:
            return points.made(self.flux.flights(process, mass, points.values, origin=self.origin))

        def aimed(points: Array, energies: EnergyPanels, freedom: float, shares: Array) -> Flights:
            return self.flux.aimed_flights(
                process, mass, points, energies=energies, freedom=freedom, aim=aim, shares=shares, origin=self.origin
            )

        energies = self.flux.energies(process, mass)
        pilot = aimed(qmc.Sobol(5, rng=_PILOT_SEED).random(_PILOT_POINTS), energies, 0.25, aim.even())
        found = np.bincount(aim.panel(pilot.direction), pilot.weight, minlength=aim.panels).astype(float)
        # where most fly towards the detector by themselves, most may
        freedom = float(np.clip(1.5 * pilot.weight.sum(), 1 / 16, 1.0))
        shares = aim.shares(found, len(points) // points.blocks)
        return points.made(aimed(points.values, energies.adapted(pilot), freedom, shares), complete=False)
