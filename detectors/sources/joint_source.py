"""Several sources in one experiment."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Process, Source
from farflung.lpp import EVERYWHERE, Aim, Flights, Model, Sampling, TwoBodyDecay

Array = NDArray[np.float64]


class Sources(Source):
    """Sources that serve the same detector, such as a kaon beam and a beam dump. The first that can make it makes it.

    Parameters
    ----------
    sources
        The sources; all count positions from the same origin.

    Raises
    ------
    DetectorError
        If there is none.
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        if not sources:
            raise DetectorError("sources is empty; give at least one")
        self.sources = tuple(sources)

    def _yields(self) -> Mapping[str, float]:
        yields: dict[str, float] = {}
        for source in reversed(self.sources):
            yields |= source._yields()
        return yields

    def _parents(self, name: str, points: Array) -> Flights:
        return self._of(TwoBodyDecay(name, ""))._parents(name, points)

    def has(self, process: Process) -> bool:
        """Whether one of the sources has the process."""
        return any(source.has(process) for source in self.sources)

    def produced(self, process: Process, model: Model, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Number of long-lived particles that a process makes; see `Source.produced`."""
        return self._of(process).produced(process, model, mass, coupling)

    def flights(
        self,
        process: Process,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Sampling = "aimed",
        aim: Aim = EVERYWHERE,
    ) -> Flights:
        """Draw long-lived particles of one mass from one process; see `Source.flights`."""
        return self._of(process).flights(process, mass, n=n, seed=seed, sampling=sampling, aim=aim)

    def _of(self, process: Process) -> Source:
        for source in self.sources:
            if source.has(process):
                return source
        raise DetectorError(f"process = '{process}' is not one that {self!r} has")
