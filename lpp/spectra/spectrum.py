"""Momenta of a beam's secondaries."""

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.described import Described
from farflung.lpp.spectra.decay_path import DecayPath

Array = NDArray[np.float64]


class Spectrum(Described, ABC):
    """Momenta that are symmetric about the z axis: how they are distributed, and how to draw them.

    A subclass writes the three methods; what the first two draw must be distributed as the third says.

    Attributes
    ----------
    path
        How far the particles fly before they decay; None if they decay where they are made.
    """

    path: DecayPath | None = None

    @abstractmethod
    def momentum(self, u: Array) -> Array:
        """Absolute momenta (n,) [GeV] at which the distribution function takes the values u (n,)."""

    @abstractmethod
    def angle(self, momentum: Array, u: Array) -> Array:
        """Polar angles (n,) [rad] at which the distribution function at given momenta (n,) takes the values u (n,)."""

    @abstractmethod
    def density(self, momentum: Array, angle: Array) -> Array:
        """Probability (n,) per steradian at polar angles (n,) [rad] and given momenta (n,); it integrates to 1."""

    def vectors(self, points: Array) -> Array:
        """Momenta (n, 3) [GeV] from points (n, 3) of the unit cube: momentum, polar angle, azimuth."""
        momentum = self.momentum(points[:, 0])
        angle = self.angle(momentum, points[:, 1])
        phi = 2 * np.pi * points[:, 2]
        directions = [np.sin(angle) * np.cos(phi), np.sin(angle) * np.sin(phi), np.cos(angle)]
        return np.asarray(momentum[:, None] * np.stack(directions, axis=-1))
