"""Detectors, or single searches of them, as commands that compare several take them: ``[LABEL=]DET[:SEARCH]``."""

import argparse
import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from farflung.commands.settings import Target, distribute, make
from farflung.detectors.registry import DETECTORS
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.compare import Entry


class WantedEntry(NamedTuple):
    """A detector, all of whose searches or one of them are compared, and what it is called here."""

    label: str
    detector: str
    search: str | None


def add_entries(parser: argparse.ArgumentParser) -> None:
    """Declare the detectors."""
    parser.add_argument(
        "detectors", nargs="+", type=_entry, metavar="[LABEL=]DET[:SEARCH]",
        help="name of a detector, as in 'farflung list', for all of its searches, or with a colon for one of them; "
        "a label of your own tells two of one kind apart",
    )  # fmt: skip


def _entry(text: str) -> WantedEntry:
    found = re.fullmatch(r"(?:([^=:.]+)=)?([^=:]+)(?::([^=:]+))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not DET, DET:SEARCH or LABEL=DET, as in belle2:displaced")
    label, detector, search = found.groups()
    return WantedEntry(label or detector, detector, search)


def entries_and_texts(
    options: argparse.Namespace, others: Sequence[Target[Any]] = ()
) -> tuple[dict[str, Entry], list[dict[str, str]]]:
    """Detectors by their labels, each with the searches that are asked for; and the settings of what else there is.

    Parameters
    ----------
    options
        What was typed, with ``detectors`` and ``settings``.
    others
        What else ``--set`` may be about, such as the model.

    Raises
    ------
    ScenarioError
        If a label stands for two detectors, or a setting for nothing that is there.
    """
    wanted: list[WantedEntry] = options.detectors
    kinds: dict[str, str] = {}
    for entry in wanted:
        kinds.setdefault(entry.label, entry.detector)
        if entry.detector != kinds[entry.label]:
            raise ScenarioError(
                f"label = '{entry.label}' stands for both {kinds[entry.label]} and {entry.detector}; choose another"
            )
    targets = [Target(DETECTORS, kind, label, (kind,)) for label, kind in kinds.items()]
    texts = distribute(options.settings, [*targets, *others])
    entries: dict[str, Entry] = {}
    for target, own in zip(targets, texts, strict=False):
        detector = make(target, own, {})
        searches = [entry.search for entry in wanted if entry.label == target.label]
        chosen = [name for search in searches for name in ([search] if search else detector.searches)]
        entries[target.label] = (detector, *chosen)
    return entries, texts[len(targets) :]
