"""Several sources in one experiment."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import EVERYWHERE, Aim, Flights, Process, parse_decay
from farflung.lpp.sampling.unit_points import Drawing

Array = NDArray[np.float64]


class Sources(Source):
    """Sources that serve the same detector, such as a kaon beam and a beam dump.

    Parameters
    ----------
    sources
        The sources; all count positions from the same origin. A mapping gives them names, by which a search takes one
        of them alone (`farflung.detectors.Search`, ``source``). Two with names may offer the same, as a kaon beam and
        a dump do: for a search that takes none of them alone the first one counts.

    Raises
    ------
    DetectorError
        If there is none, or two of them without names offer the same.
    """

    def __init__(self, sources: Sequence[Source] | Mapping[str, Source]) -> None:
        if not sources:
            raise DetectorError("sources is empty; give at least one")
        self.parts = dict(sources) if isinstance(sources, Mapping) else {str(i): s for i, s in enumerate(sources)}
        self.sources = tuple(self.parts.values())
        offered = [initial for source in self.sources for initial in source.initials()]
        twice = sorted({initial for initial in offered if offered.count(initial) > 1})
        if twice and not isinstance(sources, Mapping):
            raise DetectorError(
                f"sources: {', '.join(twice)} is offered by more than one, of which all but the first would be "
                "ignored; give them names, as in {'beam': beam, 'dump': dump}, and searches the one that they take"
            )

    def part(self, name: str) -> Source:
        """One of the sources; all of them for an empty name."""
        if not name:
            return self
        if name not in self.parts:
            raise DetectorError(f"source = {name!r} is not one of {', '.join(self.parts)}")
        return self.parts[name]

    def _yields(self) -> Mapping[str, float]:
        yields: dict[str, float] = {}
        for source in reversed(self.sources):
            yields |= source._yields()
        return yields

    def _parents(self, name: str, points: Array) -> Flights:
        raise NotImplementedError("each source draws its own parents")

    def _offers(self) -> Mapping[str, object]:
        offers: dict[str, object] = {}
        for source in reversed(self.sources):
            offers |= source._offers()
        return offers

    def _reactions(self) -> tuple[Process, ...]:
        return tuple(process for source in self.sources for process in source._reactions())

    def offer(self, initial: str) -> object:
        """What the first source that has it offers."""
        for source in self.sources:
            if initial in source.initials():
                return source.offer(initial)
        return super().offer(initial)

    def has(self, process: Process) -> bool:
        """Whether one of the sources has the process."""
        return any(source.has(process) for source in self.sources)

    def exposure(self, process: Process, mass: ArrayLike) -> Array:
        """Number of chances in the first source that has the process; see `Source.exposure`."""
        return self._of(process).exposure(process, mass)

    def flights(
        self,
        process: Process | str,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Drawing = "aimed",
        aim: Aim = EVERYWHERE,
    ) -> Flights:
        """Draw long-lived particles of one mass from one process; see `Source.flights`."""
        wanted = parse_decay(process) if isinstance(process, str) else process
        return self._of(wanted).flights(wanted, mass, n=n, seed=seed, sampling=sampling, aim=aim)

    def _of(self, process: Process) -> Source:
        for source in self.sources:
            if source.has(process):
                return source
        raise DetectorError(f"process = '{process}' is not one that {self!r} has")
