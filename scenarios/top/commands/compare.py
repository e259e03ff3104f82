"""`farflung compare`: what several detectors exclude, side by side."""

import argparse
import re
from typing import NamedTuple

from farflung.arguments import positive_whole
from farflung.commands import options as shared
from farflung.commands import reach
from farflung.commands.settings import Target, add_settings, distribute, make, model_target
from farflung.detectors.registry import DETECTORS
from farflung.lpp import Model
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.compare import Entry
from farflung.scenarios.workers import cores


class _Entry(NamedTuple):
    """A detector, all of whose searches or one of them are compared, and what it is called here."""

    label: str
    detector: str
    search: str | None


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
    add_settings(parser)
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
    entries, model = _entries_and_model(options)
    reach.conclude(reach.sweep_with(options, entries, model), options)


def _entry(text: str) -> _Entry:
    found = re.fullmatch(r"(?:([^=:.]+)=)?([^=:]+)(?::([^=:]+))?", text)
    if found is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not DET, DET:SEARCH or LABEL=DET, as in belle2:displaced")
    label, detector, search = found.groups()
    return _Entry(label or detector, detector, search)


def _entries_and_model(options: argparse.Namespace) -> tuple[dict[str, Entry], Model]:
    """Detectors by their labels, each with the searches that are asked for, and the model."""
    wanted: list[_Entry] = options.detectors
    kinds: dict[str, str] = {}
    for entry in wanted:
        kinds.setdefault(entry.label, entry.detector)
        if entry.detector != kinds[entry.label]:
            raise ScenarioError(
                f"label = '{entry.label}' stands for both {kinds[entry.label]} and {entry.detector}; choose another"
            )
    targets = [Target(DETECTORS, kind, label, (kind,)) for label, kind in kinds.items()]
    target_model = model_target(options.model)
    *of_detectors, of_model = distribute(options.settings, [*targets, target_model])
    entries: dict[str, Entry] = {}
    for target, texts in zip(targets, of_detectors, strict=True):
        detector = make(target, texts, {})
        searches = [entry.search for entry in wanted if entry.label == target.label]
        chosen = [name for search in searches for name in ([search] if search else detector.searches)]
        entries[target.label] = (detector, *chosen)
    return entries, shared.model_with(options, target_model, of_model)
