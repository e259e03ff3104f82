"""`farflung list`: what there is."""

import argparse
from collections.abc import Sequence

from farflung.commands.list_options import list_options
from farflung.commands.options import Commands
from farflung.commands.outputs import add_json
from farflung.detectors import detector_names, make_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import Model, make_model, model_names
from farflung.scenarios import output
from farflung.scenarios.papers import find_paper, paper_names


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "list", help="detectors with their searches, models, and papers that can be reproduced"
    )
    parser.add_argument(
        "--options", action="store_true", help="options of all detectors and models, as --set takes them"
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print detectors, models and papers, or the options of detectors and models."""
    if options.options:
        list_options(as_json=bool(options.json))
        return
    detectors = {name: make_detector(name) for name in detector_names()}
    incomplete = {name: DETECTORS.needed(name) for name in DETECTORS.names() if name not in detectors}
    models: dict[str, Model] = {name: make_model(name) for name in model_names()}
    papers = [find_paper(name) for name in paper_names()]
    if options.json:
        facts = {
            "detectors": {
                name: {
                    "title": d.title,
                    "searches": {s.name: s.title for s in d.searches.values()},
                    "notes": {s.name: s.note for s in d.searches.values() if s.note},
                }
                for name, d in detectors.items()
            },
            "detectors that need options": incomplete,
            "models": {
                name: {"title": m.title, "coupling": m.coupling_name, "unit": m.coupling_unit}
                for name, m in models.items()
            },
            "papers": {paper.name: {"title": paper.title, "exhibits": list(paper.exhibits)} for paper in papers},
        }
        print(output.as_json(facts), end="")
        return
    print("detectors and their searches")
    for name, detector in detectors.items():
        print(f"  {name:<16} {detector.title}")
        for search in detector.searches.values():
            print(f"    {search.name:<16} {search.title}, from {_in_short(detector.named_processes(search))}")
            if search.note:
                print(f"    {'':<16} {search.note}")
    for name, needed in incomplete.items():
        print(f"  {name:<16} {getattr(DETECTORS.find(name), 'title', name)}")
        for option, what in needed.items():
            print(f"    {'':<16} needs --set {name}.{option}=...: {what}")
    print("models and their couplings")
    for name, model in models.items():
        unit = "" if model.coupling_unit == "1" else f" in {model.coupling_unit}"
        print(f"  {name:<16} {model.title}, {model.coupling_name}{unit}")
    print("papers and what is reproduced of them")
    for paper in papers:
        print(f"  {paper.name:<16} {paper.title}, {paper.reference}: {', '.join(paper.exhibits)}")


def _in_short(processes: Sequence[str]) -> str:
    """The first few processes, and how many more there are."""
    more = len(processes) - 4
    return ", ".join(processes[:4]) + (f" and {more} more" if more > 0 else "")
