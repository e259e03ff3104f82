"""Detectors with their searches, as scans take them: objects or names, with labels where two are of one kind."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from farflung.detectors import Detector, Search
from farflung.detectors.registry import DETECTORS, as_detector, current_name
from farflung.lpp import Model
from farflung.scenarios.errors import ScenarioError

Entry = Detector | str | tuple[Detector | str, *tuple[str | Search, ...]]
"""A detector with all its searches, or with those that are named after it; or names, as in ``"belle2:displaced"``."""

Entries = Detector | str | Iterable[Entry] | Mapping[str, Entry]
"""Detectors to compare, under their own names or under labels."""


class Pair(NamedTuple):
    """A detector and one of its searches, under the detector's name or another label."""

    label: str
    detector: Detector
    search: Search

    @property
    def name(self) -> str:
        """Label and search, as in ``"belle2:displaced"``."""
        return f"{self.label}:{self.search.name}"


class Treatment(NamedTuple):
    """Detectors with their searches, and a particle: those that are asked for, or others that are as defensible.

    The searches are the same in all of them.
    """

    pairs: tuple[Pair, ...]
    model: Model

    @property
    def told(self) -> str:
        """What tells it from others."""
        return f"{ {pair.label: pair.detector for pair in self.pairs} } {self.model!r}"


def references_said(pairs: Iterable[Pair]) -> str:
    """Where dimensions, rates, selections and limits come from: what detectors refer to, then their searches."""
    said: dict[str, None] = {}
    for pair in pairs:
        said |= dict.fromkeys(pair.detector.references)
        # a section of a paper that is there already says nothing new
        more = [text for text in pair.search.references if not any(known in text for known in said)]
        said |= dict.fromkeys(more)
    return ", ".join(said)


def pairs_of(detectors: Entries) -> list[Pair]:
    """Every detector with each of its searches that are wanted, as `farflung.scenarios.compare` takes them.

    Raises
    ------
    ScenarioError
        If a label cannot be one.
    DetectorError
        If an entry is no detector, or a search is none of the detector's.
    """
    made: dict[str, Detector] = {}
    pairs: list[Pair] = []
    for label, entry in _labelled(detectors):
        given, *searches = entry if isinstance(entry, tuple | list) and entry else (entry,)
        if isinstance(given, str):
            name, colon, search = current_name(given).partition(":")
            # one object for one name, so that its searches share what is drawn
            given = made[name] if name in made else made.setdefault(name, DETECTORS.make(name))
            searches = [search, *searches] if colon else searches
        detector = as_detector(given)
        chosen = searches or list(detector.searches)
        pairs += [Pair(label or detector.name, detector, detector.search(search)) for search in chosen]
    for pair in pairs:
        check_label(pair.label)
    return pairs


def _labelled(detectors: Entries) -> Iterable[tuple[str, Entry]]:
    if isinstance(detectors, Mapping):
        return detectors.items()
    if isinstance(detectors, str | type) or not isinstance(detectors, Iterable):
        return [("", detectors)]
    return [("", entry) for entry in detectors]


def check_label(label: object) -> None:
    """Raise `ScenarioError` if that is no label: tables would not be read as they were written."""
    if not isinstance(label, str) or not re.fullmatch(r"[^:#\"\r\n]+", label):
        raise ScenarioError(f"label = {label!r} must be a word or words without :, #, quotes or line breaks")


def require_pairs(pairs: Sequence[Pair]) -> None:
    """Raise `ScenarioError` if there is no pair, or one appears twice."""
    if not pairs:
        raise ScenarioError("pairs is empty; give at least one detector and search")
    names = [pair.name for pair in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ScenarioError(f"{', '.join(sorted(twice))} appears twice; give each detector a label of its own")
