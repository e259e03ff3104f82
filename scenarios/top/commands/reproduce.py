"""`farflung reproduce`: figures and tables of a paper, made anew and compared."""

import argparse
import sys
import time
from functools import partial
from importlib.metadata import version

from farflung.arguments import positive_whole
from farflung.commands import options as shared
from farflung.commands.names import known
from farflung.commands.outputs import written
from farflung.commands.pictures import drawing, require_drawing
from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.papers import Check, Folder, Run, find_paper, line, paper_names, verdicts
from farflung.scenarios.papers.registry import PAPERS
from farflung.scenarios.workers import cores, workers


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "reproduce",
        help="figures and tables of a paper, each with a table and a comparison",
        epilog="papers: " + "; ".join(f"{name} ({', '.join(find_paper(name).exhibits)})" for name in paper_names()),
    )
    parser.add_argument("paper", type=known(PAPERS), help=f"name of a paper: {', '.join(paper_names())}")
    parser.add_argument(
        "exhibits", nargs="*", default=[], metavar="EXHIBIT", help="its figures and tables (default: all)"
    )
    parser.add_argument("--output", required=True, metavar="DIR", help="the folder to write to; made if need be")
    parser.add_argument(
        "--picture", choices=[suffix[1:] for suffix in output.PICTURE_SUFFIXES], default="png",
        help="kind of the pictures (default png)",
    )  # fmt: skip
    shared.add_seed(parser)
    parser.add_argument(
        "--jobs", type=positive_whole, default=cores(),
        help="processes that share the work (default: one for each core, here %(default)s)",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Make each exhibit, write it, and print how it compares."""
    if not options.output:
        raise ScenarioError("output is empty; give the folder to write to")
    paper = find_paper(options.paper)
    exhibits = paper.chosen(options.exhibits)
    made_by = f"farflung {version('farflung')}, seed {options.seed}"
    folder = Folder(options.output, paper, f".{options.picture}", made_by)
    require_drawing(folder.suffix)
    from farflung import viz
    from farflung.viz.papers import draw

    begin = time.monotonic()
    everything: list[Check] = []
    with workers(options.jobs, options.load) as executor:
        shared_work = Run(options.seed, executor=executor, progress=True)
        for count, exhibit in enumerate(exhibits, start=1):
            print(f"{count} of {len(exhibits)}: {exhibit.name}, {exhibit.title}", file=sys.stderr, flush=True)
            panels = exhibit.compute(shared_work)
            checks = exhibit.compare(panels)
            everything += checks
            with drawing():
                axes = draw(paper.name, exhibit.name, panels)
                folder.add(exhibit, exhibit.table(panels), checks, partial(viz.save, axes[0]))
            print(f"{exhibit.name}: {line(checks)}", flush=True)
    seconds = time.monotonic() - begin
    told = f"{len(exhibits)} of {paper.name} in {seconds:.0f} s, {verdicts(everything)}"
    print(told + written(options.output), file=sys.stderr)
