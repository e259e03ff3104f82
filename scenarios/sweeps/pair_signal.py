"""What one search expects of one model at one mass, at any coupling."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Detector, Process, Search
from farflung.lpp import Model
from farflung.scenarios.sweeps.signal import Draw, Known, expected_events

Array = NDArray[np.float64]


class PairSignal:
    """Expected signal of a detector and one of its searches for a model at one mass, as a function of the coupling.

    Flights are drawn and sent through the detector when they are first needed. From then on they serve every coupling,
    so that asking for a few more costs little.

    Parameters
    ----------
    detector, search
        Who looks, and how.
    processes
        Processes of the search that the model has and that can make the mass.
    model
        The long-lived particle.
    mass
        Mass [GeV].
    draw
        Flights from a process, with a part of all flights, from a seed.
    seed
        Seed of the first process.

    Attributes
    ----------
    limit
        Largest signal that is not excluded, in what the events are counted in.
    """

    def __init__(
        self,
        detector: Detector,
        search: Search,
        processes: Sequence[Process],
        model: Model,
        mass: float,
        draw: Draw,
        seed: int,
    ) -> None:
        self._facts = detector, search, processes, model, mass
        self._draw, self._seed = draw, seed
        self._known = Known()
        self.limit = search.upper_limit(mass)

    def events(self, couplings: Array) -> tuple[Array, Array]:
        """Events and their statistical error (c,) each, for couplings (c,); raises as `expected_events`."""
        return expected_events(*self._facts, couplings, self._draw, self._seed, self._known)
