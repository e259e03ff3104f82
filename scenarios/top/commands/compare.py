"""`farflung compare`: what several detectors exclude, side by side."""

import argparse
import re
from typing import NamedTuple

from farflung.arguments import positive_whole
from farflung.commands import options as shared
from farflung.commands import reach
from farflung.detectors import Detector, DetectorError, make_detector
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.compare import Entry
from farflung.scenarios.workers import cores


class _Entry(NamedTuple):
    """A detector, all of whose searches or one of them are compared, and what it is called here."""

    label: str
    detector: str
    search: str | None


class _Setting(NamedTuple):
    """A value for an option of a detector."""

    label: str
    option: str
    value: object


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "compare",
        help="couplings that several detectors exclude, in one table and one picture",
        epilog="as in farflung compare belle2 early=belle2 --set early.luminosity=0.5 --model alp-weak --plot x.png",
    )
    parser.add_argument(
        "detectors", nargs="+", type=_entry, metavar="[LABEL=]DET[:SEARCH]",
        help="name of a detector, as in 'farflung list', for all of its searches, or with a colon for one of them; "
        "a label of your own tells two of one kind apart",
    )  # fmt: skip
    parser.add_argument("--model", required=True, help="name of a model, as in 'farflung list'")
    reach.add_grids(parser)
    reach.add_outputs(parser)
    parser.add_argument(
        "--set", action="append", default=[], type=_setting, metavar="LABEL.OPTION=VALUE", dest="settings",
        help="an option of one of the detectors, as in belle2.luminosity=0.5 (may be repeated)",
    )  # fmt: skip
    shared.add_invisible(parser)
    shared.add_sampling(parser)
    parser.add_argument(
        "--jobs", type=positive_whole, default=cores(),
        help="processes that share the masses (default: one for each core, here %(default)s)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Sweep, write and say what came out."""
    reach.require_outputs(options)
    entries = _entries(options.detectors, options.settings)
    reach.conclude(reach.sweep_with(options, entries, shared.model_of(options)), options)


def _entry(text: str) -> _Entry:
    found = re.fullmatch(r"(?:([^=:.]+)=)?([^=:]+)(?::([^=:]+))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not DET, DET:SEARCH or LABEL=DET, as in belle2:displaced")
    label, detector, search = found.groups()
    return _Entry(label or detector, detector, search)


def _setting(text: str) -> _Setting:
    found = re.fullmatch(r"([^=.]+)\.(\w+)=(.+)", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not LABEL.OPTION=VALUE, as in belle2.luminosity=0.5")
    label, option, value = found.groups()
    if value.lower() in ("true", "false"):
        return _Setting(label, option, value.lower() == "true")
    try:
        return _Setting(label, option, int(value) if value.isdecimal() else float(value))
    except ValueError:
        return _Setting(label, option, value)


def _entries(wanted: list[_Entry], settings: list[_Setting]) -> dict[str, Entry]:
    """Detectors by their labels, each with the searches that are asked for."""
    kinds: dict[str, str] = {}
    for entry in wanted:
        kinds.setdefault(entry.label, entry.detector)
        if entry.detector != kinds[entry.label]:
            raise ScenarioError(
                f"label = '{entry.label}' stands for both {kinds[entry.label]} and {entry.detector}; choose another"
            )
    for setting in settings:
        if setting.label not in kinds:
            raise ScenarioError(
                f"set = '{setting.label}.{setting.option}' is about none of what is compared: {', '.join(kinds)}"
            )
    made = {label: _make(label, kind, settings) for label, kind in kinds.items()}
    entries: dict[str, Entry] = {}
    for label, detector in made.items():
        searches = [entry.search for entry in wanted if entry.label == label]
        chosen = [name for search in searches for name in ([search] if search else detector.searches)]
        entries[label] = (detector, *chosen)
    return entries


def _make(label: str, kind: str, settings: list[_Setting]) -> Detector:
    chosen = {setting.option: setting.value for setting in settings if setting.label == label}
    try:
        return make_detector(kind, **chosen)
    except DetectorError:
        raise  # says it in its own words, and is a ValueError
    except (TypeError, ValueError) as problem:
        raise ScenarioError(f"set: {kind} cannot be made with {chosen}: {problem}") from problem
