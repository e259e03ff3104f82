"""`farflung cite`: BibTeX of the package and of the papers behind a result, a detector or a model."""

import argparse
from pathlib import Path

from farflung.commands import options as shared
from farflung.detectors.registry import DETECTORS
from farflung.lpp.models.registered import MODELS
from farflung.lpp.spelling import nearest
from farflung.scenarios.citations import bibtex, package_entry, references_in
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.output import TABLE_SUFFIXES


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "cite",
        help="BibTeX of farflung, and of the papers behind results, detectors and models",
        epilog="as in farflung cite reach.csv > papers.bib, or farflung cite belle2 alp-fermion",
    )
    parser.add_argument(
        "results", nargs="*", metavar="RESULT",
        help="files that other commands wrote (.nc, .json, .csv), or names of detectors and models",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print the entries; what has none is in comments."""
    references = [text for given in options.results for text in _references(given)]
    entries, others = bibtex(references)
    print(package_entry(), *entries, sep="\n\n")
    if others:
        print("\n% Also named, without an entry:", *others, sep="\n%   ")


def _references(given: str) -> list[str]:
    """What a file, a detector or a model refers to."""
    if Path(given).suffix.lower() in TABLE_SUFFIXES:
        return references_in(given)
    if given in MODELS.names():
        return list(MODELS.make(given).references)
    if given in DETECTORS.names():
        if DETECTORS.needed(given):
            return list(getattr(DETECTORS.find(given), "references", ()))
        detector = DETECTORS.make(given)
        return [*detector.references, *(text for s in detector.searches.values() for text in s.references)]
    near = nearest(given, [*DETECTORS.names(), *MODELS.names()])
    raise ScenarioError(
        f"result = {given!r} is neither a file (.nc, .json, .csv) nor the name of a detector or model; "
        f"did you mean {near}?"
    )
