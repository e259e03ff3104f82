"""Tables of what collisions make in all directions, as the sampling of their decays takes them."""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.spectrum import Spectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable

Array = NDArray[np.float64]


class AngularSpectrum(Spectrum):
    """Momenta that a table gives in momentum [GeV] and absolute pseudorapidity, alike in both hemispheres.

    The nearest directions to the beam, beyond the last pseudorapidity of the table, are empty.

    Parameters
    ----------
    table
        Spectrum in p and the absolute value of the pseudorapidity.

    Raises
    ------
    SpectrumError
        If the variables are others.
    """

    def __init__(self, table: SpectrumTable) -> None:
        if table.names != ("p/GeV", "|eta|"):
            raise SpectrumError(f"names = {table.names} of a collider's spectrum must be ('p/GeV', '|eta|')")
        self.table = table

    def momentum(self, u: Array) -> Array:
        """Absolute momenta (n,) [GeV]."""
        return self.table.first(u)

    def angle(self, momentum: Array, u: Array) -> Array:
        """Polar angles (n,) [rad], from 0 to pi as u goes from 0 to 1."""
        eta = self.table.second(momentum, np.abs(1 - 2 * u))
        forward = 2 * np.arctan(np.exp(-eta))
        return np.asarray(np.where(u < 0.5, forward, np.pi - forward))

    def density(self, momentum: Array, angle: Array) -> Array:
        """Probability (n,) per steradian; d eta = d theta / sin(theta)."""
        sine = np.sin(angle)
        safe = np.maximum(sine, 1e-12)
        eta = np.abs(np.log(np.maximum(np.tan(angle / 2), 1e-12)))
        marginal = self.table.marginal(momentum)
        # at the ends of the table there is nothing left
        given = np.where(marginal > 0, self.table.density(momentum, eta) / np.where(marginal > 0, marginal, 1.0), 0.0)
        return np.asarray(np.where(sine > 1e-12, given / 2 / (2 * np.pi * safe**2), 0.0))
