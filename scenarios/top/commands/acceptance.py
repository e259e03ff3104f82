"""`farflung acceptance`: decay probabilities against lifetime."""

import argparse

from farflung.arguments import grid, positive
from farflung.commands import options as shared
from farflung.commands.outputs import add_outputs, require_outputs, tell
from farflung.commands.settings import add_settings
from farflung.scenarios.sweeps.acceptance_table import (
    acceptance_as_csv,
    acceptance_as_dict,
    acceptance_table,
    write_acceptance,
)


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("acceptance", help="decay probability of each search, against lifetime")
    shared.add_detector_and_model(parser)
    parser.add_argument("--mass", type=positive, required=True, help="mass [GeV]")
    parser.add_argument(
        "--ctau", type=grid, default=grid("1e-3:100:50"), metavar="LOW:HIGH:COUNT",
        help="proper decay lengths [m], evenly spaced in the logarithm, or a list (default 1e-3:100:50)",
    )  # fmt: skip
    add_outputs(parser, "probabilities")
    shared.add_detector_options(parser)
    add_settings(parser)
    shared.add_invisible(parser)
    shared.add_sampling(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Make the table and write it."""
    entry, model = shared.detector_and_model(options, options.detector)
    require_outputs(options)
    table = acceptance_table(
        entry, model, options.mass, options.ctau,
        n=options.n, seed=options.seed, sampling=options.sampling, progress=True,
    )  # fmt: skip
    if options.output:
        write_acceptance(table, options.output)
    count = table.sizes["search"]
    summary = f"{count} search{'es' if count > 1 else ''} at {table.sizes['ctau']} lifetimes"
    tell(options, lambda: acceptance_as_dict(table), lambda: acceptance_as_csv(table), summary)
