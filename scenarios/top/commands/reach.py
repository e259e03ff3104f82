"""`farflung reach`: what one detector excludes, and what `farflung compare` shares with it."""

import argparse
import pickle

from farflung.arguments import grid, positive_whole
from farflung.commands import options as shared
from farflung.commands.settings import add_settings
from farflung.lpp import Model
from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.compare import Entries, compare
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.sweep import DEFAULT_MASSES
from farflung.scenarios.workers import workers


def add(commands: shared.Commands) -> None:
    """Declare the command."""
    parser = commands.add_parser("reach", help="couplings that each search of a detector excludes, against mass")
    shared.add_detector_and_model(parser)
    add_grids(parser)
    add_outputs(parser)
    shared.add_detector_options(parser)
    add_settings(parser)
    shared.add_invisible(parser)
    shared.add_sampling(parser)
    parser.add_argument("--jobs", type=positive_whole, default=1, help="processes that share the masses (default 1)")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Sweep, write and say what came out."""
    require_outputs(options)
    detector, model = shared.detector_and_model(options)
    conclude(sweep_with(options, [detector], model), options)


def add_grids(parser: argparse.ArgumentParser) -> None:
    """``--mass`` and ``--coupling``."""
    low, high, count = DEFAULT_MASSES
    parser.add_argument(
        "--mass", type=grid, metavar="LOW:HIGH:COUNT",
        help=f"masses [GeV], evenly spaced in the logarithm, or a list 0.1,0.3,1 "
        f"(default {low}:{high}:{count} and some beside thresholds)",
    )  # fmt: skip
    parser.add_argument(
        "--coupling", type=grid, metavar="LOW:HIGH:COUNT", help="couplings to scan (default: the model's)"
    )


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """``--output``, ``--json`` and ``--plot``."""
    shared.add_table_output(parser, "excluded intervals")
    parser.add_argument("--plot", metavar="FILE", help="draw the excluded regions (.png, .pdf, .svg)")


def require_outputs(options: argparse.Namespace) -> None:
    """Raise `ScenarioError`, before any work is done, if the result cannot be written or drawn as asked."""
    shared.require_some_output(options, "--output, --plot or --json -")
    if options.output:
        output.require_writable(options.output, output.TABLE_SUFFIXES)
    if options.plot:
        output.require_writable(options.plot, output.PICTURE_SUFFIXES)
        for axis in ("mass", "coupling"):
            if getattr(options, axis) is not None and len(getattr(options, axis)) < 2:
                raise ScenarioError(f"--plot needs at least two values of --{axis}; give LOW:HIGH:COUNT")


def sweep_with(options: argparse.Namespace, entries: Entries, model: Model) -> Reach:
    """Compare the entries, in as many processes as ``--jobs`` says, with a progress bar."""
    jobs = options.jobs if options.mass is None else min(options.jobs, len(options.mass))
    if jobs > 1:
        try:
            pickle.dumps((entries, model))
        except (pickle.PicklingError, AttributeError, TypeError) as problem:
            raise ScenarioError(
                f"--jobs = {jobs} needs what other processes can be sent; use --jobs 1: {problem}"
            ) from (problem)
    with workers(jobs, options.load) as executor:
        return compare(
            entries, model, options.mass, options.coupling,
            n=options.n, seed=options.seed, sampling=options.sampling, executor=executor, progress=True,
        )  # fmt: skip


def conclude(found: Reach, options: argparse.Namespace) -> None:
    """Write the table and the picture, and say what each search reaches."""
    if options.output:
        found.write(options.output)
    if options.plot:
        from farflung import viz

        axes = viz.plot_reach(found)
        output.write_whole(options.plot, output.PICTURE_SUFFIXES, lambda part: viz.save(axes, part))
    summary = "\n".join(_smallest(found)) + shared.written(options.output, options.plot)
    shared.tell(options, lambda: found.as_dict(), summary)


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
        elif found.data["events"].sel(search=name).isnull().all():
            lines.append(f"{name} looks for nothing that {found.data.attrs['model']} does at these masses")
        else:
            lines.append(f"{name} excludes nothing")
    return lines
