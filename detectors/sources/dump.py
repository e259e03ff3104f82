"""Beams that end in thick matter."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Flights, PhotonConversion, Process, Target, arguments
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.photons_in_matter import PhotonsInMatter

Array = NDArray[np.float64]


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
        self.target = target
        self.particles = arguments.positive("particles", particles, DetectorError, "on target")
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

    def _offers(self) -> Mapping[str, object]:
        return {"gamma": PhotonsInMatter(self._photons, self.particles, self._origin)}

    def _reactions(self) -> tuple[Process, ...]:
        return (self.conversion,)
