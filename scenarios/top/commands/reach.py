"""`farflung reach`: what one detector excludes, and what `farflung compare` shares with it."""

import argparse
import pickle
from functools import partial

from farflung.arguments import grid, positive_whole, spaced
from farflung.commands import options as shared
from farflung.commands.outputs import add_outputs, require_outputs, tell
from farflung.commands.pictures import write_picture_or_page
from farflung.commands.settings import add_settings
from farflung.lpp import Model
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.compare import compare
from farflung.scenarios.sweeps.coverage import silence_of
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.pairs import Entries
from farflung.scenarios.sweeps.remarks import remarks
from farflung.scenarios.sweeps.sweep import DEFAULT_MASSES
from farflung.scenarios.workers import workers

WHAT = ("excluded intervals", "excluded regions")
"""What is written, and what is drawn."""

AXES = ("mass", "coupling")
"""Options that hold the axes of the picture."""


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("reach", help="couplings that each search of a detector excludes, against mass")
    shared.add_detector_and_model(parser)
    add_grids(parser)
    add_treatment(parser)
    shared.add_statistics(parser)
    add_outputs(parser, *WHAT)
    shared.add_detector_options(parser)
    add_settings(parser)
    shared.add_invisible(parser)
    shared.add_sampling(parser)
    parser.add_argument("--jobs", type=positive_whole, default=1, help="processes that share the masses (default 1)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Sweep, write and say what came out."""
    wanted = options.detector
    entry, model = shared.detector_and_model(options, wanted)
    require_outputs(options, *AXES)
    conclude(sweep_with(options, {wanted.label: entry} if wanted.is_labelled else [entry], model), options)


def add_grids(parser: argparse.ArgumentParser) -> None:
    """``--mass`` and ``--coupling``."""
    low, high, count = DEFAULT_MASSES
    parser.add_argument(
        "--mass", type=spaced, metavar="LOW:HIGH:COUNT",
        help=f"masses [GeV], evenly spaced in the logarithm, and those beside thresholds, or a list 0.1,0.3,1 "
        f"(default {low}:{high}:{count} and those beside thresholds)",
    )  # fmt: skip
    parser.add_argument(
        "--exact-masses", action="store_true", help="no masses beside thresholds, where curves jump, are added"
    )
    parser.add_argument(
        "--coupling", type=grid, metavar="LOW:HIGH:COUNT", help="couplings to scan (default: the model's)"
    )


def add_treatment(parser: argparse.ArgumentParser) -> None:
    """``--one-treatment``."""
    parser.add_argument(
        "--one-treatment", action="store_true",
        help="the model and the detectors as they are, without the band that other treatments span: of the model's "
        "hadrons, of the generator that a detector takes",
    )  # fmt: skip


def sweep_with(options: argparse.Namespace, entries: Entries, model: Model) -> Reach:
    """Compare the entries, in as many processes as ``--jobs`` says, with a progress bar."""
    given = options.mass
    jobs = options.jobs if given is None else min(options.jobs, len(given))
    if jobs > 1:
        try:
            pickle.dumps((entries, model))
        except (pickle.PicklingError, AttributeError, TypeError) as problem:
            raise ScenarioError(
                f"--jobs = {jobs} needs what other processes can be sent; use --jobs 1: {problem}"
            ) from (problem)
    with workers(jobs, options.load) as executor:
        return compare(
            entries, model, None if given is None else given.values, options.coupling,
            n=options.n, seed=options.seed, sampling=options.sampling, executor=executor, progress=True,
            confidence_level=options.confidence_level, background_uncertainty=options.background_uncertainty,
            treatments=() if options.one_treatment else None,
            beside_thresholds=not options.exact_masses and (given is None or given.is_grid),
        )  # fmt: skip


def conclude(found: Reach, options: argparse.Namespace) -> None:
    """Write the table and the picture, and say what each search reaches."""
    if options.output:
        found.write(options.output)
    if options.plot:
        from farflung import viz

        write_picture_or_page(
            options.plot, lambda: viz.plot_reach(found), partial(viz.reach_page, found), options.typed
        )
    tell(options, found.as_dict, found.as_csv, "\n".join(_smallest(found)), remarks(found.data))


def _smallest(found: Reach) -> list[str]:
    """A line on each search: the smallest coupling that it excludes."""
    coupling = found.data["coupling"].attrs
    unit = "" if coupling["units"] == "1" else f" {coupling['units']}"
    intervals = found.intervals()
    lines = []
    for name in found.searches:
        own = [interval for interval in intervals if f"{interval.detector}:{interval.search}" == name]
        if own:
            best = min(own, key=lambda interval: interval.low)
            lines.append(f"{name} reaches {coupling['long_name']} = {best.low:.3g}{unit} at {best.mass:.3g} GeV")
        elif silence := silence_of(found.data, name):
            lines.append(f"{name} {silence}")
        elif found.data["events"].sel(search=name).isnull().all():
            lines.append(f"{name} looks for nothing that {found.data.attrs['model']} does at these masses")
        else:
            lines.append(f"{name} excludes nothing")
    return lines
