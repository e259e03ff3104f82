"""Tables of beam secondaries, as the sampling of their decays takes them."""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.decay_path import DecayPath
from farflung.lpp.spectra.spectrum import Spectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable

Array = NDArray[np.float64]


class BeamSpectrum(Spectrum):
    """Momenta that a table gives in momentum [GeV] and squared transverse momentum [GeV^2], all flying forward.

    Parameters
    ----------
    table
        Spectrum in p and p_T^2.
    path
        How far the particles fly before they decay, if they do not decay where they are made: then the table is that
        of particles that decay on the way, as `farflung.lpp.spectra.decays_in_flight.decays_in_flight` gives it.

    Raises
    ------
    SpectrumError
        If the variables are others.
    """

    def __init__(self, table: SpectrumTable, path: DecayPath | None = None) -> None:
        if table.names != ("p/GeV", "pT2/GeV^2"):
            raise SpectrumError(f"names = {table.names} of a beam's spectrum must be ('p/GeV', 'pT2/GeV^2')")
        self.table = table
        self.path = path

    def momentum(self, u: Array) -> Array:
        """Absolute momenta (n,) [GeV]."""
        return self.table.first(u)

    def angle(self, momentum: Array, u: Array) -> Array:
        """Polar angles (n,) [rad]."""
        return np.asarray(np.arcsin(np.minimum(np.sqrt(self.table.second(momentum, u)) / momentum, 1.0)))

    def density(self, momentum: Array, angle: Array) -> Array:
        """Probability (n,) per steradian; dp_T^2 = 2 p^2 sin(theta) cos(theta) dtheta."""
        pt2 = (momentum * np.sin(angle)) ** 2
        marginal = self.table.marginal(momentum)
        # at the ends of the table there is nothing left
        given = np.where(marginal > 0, self.table.density(momentum, pt2) / np.where(marginal > 0, marginal, 1.0), 0.0)
        return np.asarray(np.where(angle < np.pi / 2, given * momentum**2 * np.cos(angle) / np.pi, 0.0))
