"""How one spectrum is made."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.spectra.collisions import Collisions
from farflung.lpp.spectra.spectrum_table import Scale

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Recipe:
    """How one spectrum is made.

    Parameters
    ----------
    title
        What it is a spectrum of.
    collisions
        What collides, and in which generator.
    particles
        Absolute PDG codes of the particles that count.
    variables
        Function from momenta (n, 4), px, py, pz and E [GeV] in the frame of the settings, to the two variables (n, 2).
    names, nodes, scales
        As in `farflung.lpp.spectra.spectrum_table.SpectrumTable`.
    events
        Number of events for the table.
    """

    title: str
    collisions: Collisions
    particles: tuple[int, ...]
    variables: Callable[[Array], Array]
    names: tuple[str, str]
    nodes: tuple[Array, Array]
    scales: tuple[Scale, Scale]
    events: int
