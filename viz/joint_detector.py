"""Several detectors of one source, looked at as one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from farflung.detectors import Acceptance, Detector, DetectorError, Search
from farflung.detectors.registry import as_detector
from farflung.geometry import Solid
from farflung.lpp import Flights

Detectors = Detector | str | Sequence[Detector | str]
"""One detector or several of one source, each an object or a name."""


class JointDetector(Detector):
    """Solids and searches of several detectors of one source.

    Solids are named as in ``"CHARM: decay region"``, searches as in ``"charm/decays"``.

    Parameters
    ----------
    detectors
        The detectors; the source is that of the first.

    Attributes
    ----------
    captions
        What each search is called in a legend, by its name.
    owners
        The detector and the search that stand behind each search, by its name.

    Raises
    ------
    DetectorError
        If there is none, or their sources are of different kinds.
    """

    name: ClassVar[str] = "joint"

    def __init__(self, detectors: Sequence[Detector]) -> None:
        if not detectors:
            raise DetectorError("detectors is empty; give at least one")
        self.detectors = tuple(detectors)
        first = self.detectors[0]
        for other in self.detectors[1:]:
            if type(other.source) is not type(first.source):
                raise DetectorError(
                    f"{first.name} and {other.name} are not in one place: their sources are of different kinds, "
                    f"{type(first.source).__name__} and {type(other.source).__name__}"
                )
        labels = _labels(self.detectors)
        self.title = " and ".join(labels)
        solids: dict[str, Solid] = {}
        searches: list[Search] = []
        self.captions: dict[str, str] = {}
        self.owners: dict[str, tuple[Detector, Search]] = {}
        names = _told_apart([detector.name for detector in self.detectors])
        for label, own_name, detector in zip(labels, names, self.detectors, strict=True):
            solids |= {f"{label}: {name}": solid for name, solid in detector.solids.items()}
            for search in detector.searches.values():
                solid = f"{label}: {search.solid}" if search.solid else ""
                searches.append(replace(search, name=f"{own_name}/{search.name}", solid=solid))
                self.owners[searches[-1].name] = detector, search
                self.captions[searches[-1].name] = f"{search.name} in {label}"
        super().__init__(first.source, solids, searches)

    def _acceptance(self, search: Search, flights: Flights, state: str | None) -> Acceptance:
        if search.name not in self.owners:
            return super()._acceptance(search, flights, state)
        detector, own = self.owners[search.name]
        return detector._acceptance(own, flights, state)


def as_one(given: Detectors) -> Detector:
    """The detector that is given, or several as one.

    Raises
    ------
    DetectorError
        As `JointDetector` does, or if a name stands for none.
    """
    if isinstance(given, Detector | str):
        return as_detector(given)
    detectors = [as_detector(one) for one in given]
    return detectors[0] if len(detectors) == 1 else JointDetector(detectors)


def _labels(detectors: Sequence[Detector]) -> list[str]:
    """What each is called: as short as tells them apart."""
    short = [detector.title.partition(",")[0] for detector in detectors]
    full = [detector.title for detector in detectors]
    return short if len(set(short)) == len(short) else _told_apart(full)


def _told_apart(names: Sequence[str]) -> list[str]:
    """The names, numbered if two are the same."""
    if len(set(names)) == len(names):
        return list(names)
    return [f"{name}-{number}" for number, name in enumerate(names, 1)]


def caption(detector: Detector, search: str) -> str:
    """What a search is called in a legend: its name, with that of its detector if there are several."""
    return detector.captions[search] if isinstance(detector, JointDetector) else search


def owner(detector: Detector, search: str) -> Detector:
    """The detector whose search this is: one of several, or the one there is."""
    return detector.owners[search][0] if isinstance(detector, JointDetector) else detector


def own_name(detector: Detector, search: str) -> str:
    """What the owner of a search calls it."""
    return detector.owners[search][1].name if isinstance(detector, JointDetector) else search
