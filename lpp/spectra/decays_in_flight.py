"""Secondaries of a beam that decay in flight before they meet what would stop them."""

import numpy as np

from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.decay_path import DecayPath
from farflung.lpp.spectra.spectrum_table import SpectrumTable


def decays_in_flight(table: SpectrumTable, path: DecayPath) -> tuple[BeamSpectrum, float]:
    """Momenta of the particles that decay on their way, and which share of all they are.

    Parameters
    ----------
    table
        Spectrum of all that are made, in p [GeV] and p_T^2 [GeV^2].
    path
        What they are, and how far they may fly.

    Returns
    -------
    spectrum, share
        The probability to decay is taken at the nodes of the table, between which both are linear; the spectrum has
        the path along which they do.

    Raises
    ------
    SpectrumError
        If the variables of the table are others.
    """
    momentum, pt2 = (np.asarray(nodes) for nodes in BeamSpectrum(table).table.nodes)
    angle = np.arcsin(np.minimum(np.sqrt(pt2) / momentum[:, None], 1.0))
    decaying, share = table.times(path.chance(momentum[:, None], angle))
    return BeamSpectrum(decaying, path), share
