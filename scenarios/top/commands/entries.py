"""Detectors, or single searches of them, as commands that compare several take them: ``[LABEL=]DET[:SEARCH]``."""

import argparse
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from farflung.commands.names import require_known
from farflung.commands.settings import Setting, Target, distribute, make
from farflung.detectors import Detector
from farflung.detectors.registry import DETECTORS, current_name
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.pairs import check_label

Made = tuple[Detector, *tuple[str, ...]]
"""A detector and the names of those of its searches that are asked for."""


class WantedEntry(NamedTuple):
    """A detector, all of whose searches or one of them are asked for, and what it is called here."""

    label: str
    detector: str
    search: str | None = None

    @property
    def is_labelled(self) -> bool:
        """Whether it is called otherwise than it is named."""
        return self.label != self.detector


def add_entry(parser: argparse.ArgumentParser) -> None:
    """Declare a single detector."""
    parser.add_argument(
        "detector", type=_entry, metavar="DET[:SEARCH]",
        help="name of a detector, as in 'farflung list', for all of its searches, or with a colon for one of them",
    )  # fmt: skip


def add_entries(parser: argparse.ArgumentParser) -> None:
    """Declare several detectors."""
    parser.add_argument(
        "detectors", nargs="+", type=_entry, metavar="[LABEL=]DET[:SEARCH]",
        help="name of a detector, as in 'farflung list', for all of its searches, or with a colon for one of them; "
        "a label of your own tells two of one kind apart",
    )  # fmt: skip
    for option, setting in (("--luminosity", "luminosity=0.5"), ("--no-background", "background=false")):
        parser.add_argument(option, nargs="?", action=_PointToSettings, setting=setting, help=argparse.SUPPRESS)


class _PointToSettings(argparse.Action):
    """An option of commands with a single detector, which with several would not say whose it is."""

    def __init__(self, *args: Any, setting: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self._setting = setting

    def __call__(self, parser: Any, namespace: argparse.Namespace, values: object, option: str | None = None) -> None:
        """Complain."""
        typed = getattr(namespace, "detectors", None)
        label = typed[0].label if typed else "belle2"
        raise argparse.ArgumentError(
            None, f"{option} does not say of which detector; say it with --set, as in --set {label}.{self._setting}"
        )


def _entry(text: str) -> WantedEntry:
    found = re.fullmatch(r"(?:([^=:.]+)=)?([^=:]+(?::[^=:]+)?)", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not DET, DET:SEARCH or LABEL=DET, as in belle2:displaced")
    label, named = found.groups()
    detector, _, search = current_name(named).partition(":")
    require_known(DETECTORS, detector)
    try:
        check_label(label or detector)
    except ScenarioError as problem:
        raise argparse.ArgumentError(None, str(problem)) from None
    return WantedEntry(label or detector, detector, search or None)


def entries_and_texts(
    settings: Sequence[Setting],
    wanted: Sequence[WantedEntry],
    others: Sequence[Target[Any]] = (),
    shorthands: Mapping[str, object] = MappingProxyType({}),
) -> tuple[dict[str, Made], list[dict[str, str]]]:
    """Detectors by their labels, each with the searches that are asked for; and the settings of what else there is.

    Parameters
    ----------
    settings
        What ``--set`` says.
    wanted
        The detectors.
    others
        What else settings may be about, such as the model.
    shorthands
        Options of the detectors that were given otherwise.

    Raises
    ------
    ScenarioError
        If a label stands for two detectors, or a setting for nothing that is there.
    DetectorError
        If a detector does not have one of the searches.
    """
    kinds: dict[str, str] = {}
    for entry in wanted:
        kinds.setdefault(entry.label, entry.detector)
        if entry.detector != kinds[entry.label]:
            raise ScenarioError(
                f"label = '{entry.label}' stands for both {kinds[entry.label]} and {entry.detector}; choose another"
            )
    targets = [Target(DETECTORS, kind, label, (kind,)) for label, kind in kinds.items()]
    texts = distribute(settings, [*targets, *others])
    entries: dict[str, Made] = {}
    for target, own in zip(targets, texts, strict=False):
        detector = make(target, own, dict(shorthands))
        searches = [entry.search for entry in wanted if entry.label == target.label]
        chosen = [name for search in searches for name in ([search] if search else detector.searches)]
        entries[target.label] = (detector, *(detector.search(name).name for name in chosen))
    return entries, texts[len(targets) :]
