"""`farflung compare`: what several detectors exclude, side by side."""

import argparse

from farflung.arguments import positive_whole
from farflung.commands import options as shared
from farflung.commands import reach
from farflung.commands.entries import add_entries, entries_and_texts
from farflung.commands.names import known
from farflung.commands.outputs import add_outputs, require_outputs
from farflung.commands.settings import add_settings, model_target
from farflung.lpp.models.registered import MODELS
from farflung.scenarios.workers import cores


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "compare",
        help="couplings that several detectors exclude, in one table and one picture",
        epilog="as in farflung compare belle2 early=belle2 --set early.luminosity=0.5 --model alp-weak --plot x.png",
    )
    add_entries(parser)
    parser.add_argument("--model", required=True, type=known(MODELS), help="name of a model, as in 'farflung list'")
    reach.add_grids(parser)
    reach.add_treatment(parser)
    shared.add_statistics(parser)
    add_outputs(parser, *reach.WHAT)
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
    target = model_target(options.model)
    entries, (texts,) = entries_and_texts(options.settings, options.detectors, [target])
    model = shared.model_with(options, target, texts)
    require_outputs(options, *reach.AXES)
    reach.conclude(reach.sweep_with(options, entries, model), options)
