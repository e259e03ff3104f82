"""Secondaries of a beam that decay before the matter around them absorbs them."""

import numpy as np

from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable


def decays_in_matter(table: SpectrumTable, name: str, length: float) -> tuple[BeamSpectrum, float]:
    """Momenta of the particles that decay in matter without end, and which share of all they are.

    With a mean free path lambda and a mean decay length p c tau/m a particle decays rather than being absorbed with the
    probability 1/(1 + p c tau/(m lambda)): of two exponential laws each wins in proportion to its rate. Nothing
    is said of what happens on the way; charged kaons lose 0.25 GeV in 20 cm of copper.

    Parameters
    ----------
    table
        Spectrum of all that are made, in p [GeV] and p_T^2 [GeV^2].
    name
        PDG name of the particle.
    length
        Mean free path lambda [m].

    Returns
    -------
    spectrum, share
        Both are exact for a density that is, as that of the table, linear between its nodes.

    Raises
    ------
    SpectrumError
        If the variables of the table are others.
    """
    momentum = np.asarray(BeamSpectrum(table).table.nodes[0])
    decay_length = momentum / sm.mass(name) * sm.HBAR_C / sm.width(name)
    decaying, share = table.times(1 / (1 + decay_length / length)[:, None])
    return BeamSpectrum(decaying), share
