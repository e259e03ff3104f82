"""The command `farflung`."""

import argparse
import io
import os
import runpy
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from farflung.detectors import Detector, DetectorError, detector_names, make_detector
from farflung.geometry import GeometryError
from farflung.lpp import Model, PhysicsError, make_model, model_names
from farflung.scenarios import output
from farflung.scenarios.acceptance import acceptance_table
from farflung.scenarios.arguments import fraction, grid, number, positive, whole
from farflung.scenarios.compare import compare
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweep import DEFAULT_MASSES

USER_ERRORS = (GeometryError, PhysicsError, DetectorError, ScenarioError)
"""What a user can mend: told in one sentence, with exit code 2."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}; see '{self.prog} --help'\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code: 0 if all went well, 2 for bad input."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without superscripts is no reason to stop
    options = _parser().parse_args(arguments)
    try:
        for path in options.load:
            _load(path)
        options.run(options)
        sys.stdout.flush()
    except USER_ERRORS as problem:
        print(f"farflung {options.command}: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # the reader of a pipe has gone, which is its right; keep the interpreter from complaining at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as problem:
        print(f"farflung {options.command}: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("farflung: interrupted", file=sys.stderr)
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="farflung",
        description="Displaced or invisible? The reach of any detector for any long-lived particle.",
        epilog="Masses in GeV, lengths in metres, couplings in the unit that 'farflung list' gives for each model.",
    )
    parser.add_argument("--version", action="version", version=f"farflung {version('farflung')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    listing = commands.add_parser("list", help="detectors with their searches, and models")
    _add_json(listing)
    listing.set_defaults(run=_list)

    reach = commands.add_parser("reach", help="couplings that each search of a detector excludes, against mass")
    _add_detector_and_model(reach)
    low, high, count = DEFAULT_MASSES
    reach.add_argument(
        "--mass", type=grid, metavar="LOW:HIGH:COUNT",
        help=f"masses [GeV], evenly spaced in the logarithm, or a list 0.1,0.3,1 "
        f"(default {low}:{high}:{count} and some beside thresholds)",
    )  # fmt: skip
    reach.add_argument(
        "--coupling", type=grid, metavar="LOW:HIGH:COUNT", help="couplings to scan (default: the model's)"
    )
    _add_table_output(reach, "excluded intervals")
    reach.add_argument("--plot", metavar="FILE", help="draw the excluded regions (.png, .pdf, .svg)")
    _add_options(reach)
    reach.set_defaults(run=_reach)

    acceptance = commands.add_parser("acceptance", help="decay probability of each search, against lifetime")
    _add_detector_and_model(acceptance)
    acceptance.add_argument("--mass", type=positive, required=True, help="mass [GeV]")
    acceptance.add_argument(
        "--ctau", type=grid, default=grid("1e-3:100:50"), metavar="LOW:HIGH:COUNT",
        help="proper decay lengths [m], evenly spaced in the logarithm, or a list (default 1e-3:100:50)",
    )  # fmt: skip
    _add_table_output(acceptance, "probabilities")
    _add_options(acceptance)
    acceptance.set_defaults(run=_acceptance)

    show = commands.add_parser("show", help="a detector cut open or in 3-D, with sampled decays if a model is given")
    show.add_argument("detector", help="name of a detector, as in 'farflung list'")
    show.add_argument(
        "--output", required=True, metavar="FILE", help="a picture (.png, .pdf, .svg) or a 3-D scene (.glb)"
    )
    show.add_argument("--model", help="name of a model, whose decays are drawn; needs --mass and --ctau")
    show.add_argument("--mass", type=positive, help="mass [GeV]")
    show.add_argument("--ctau", type=positive, help="proper decay length [m]")
    show.add_argument("--view", choices=["r-z", "x-y", "x-z", "y-z"], help="which plane to cut (default r-z)")
    show.add_argument("--at", type=number, help="where the plane crosses the third axis [m] (default 0)")
    _add_options(show, sampling=False)
    show.set_defaults(run=_show)
    for command in (listing, reach, acceptance, show):
        _add_load(command)
    return parser


def _add_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--load", action="append", default=[], metavar="FILE.py",
        help="run a Python file first, which registers detectors or models of your own (may be repeated)",
    )  # fmt: skip


def _load(path: str) -> None:
    """Run a user's file, for the detectors and models that it registers."""
    if not Path(path).is_file():
        raise ScenarioError(f"load = '{path}' is not a file; give a Python file that registers detectors or models")
    try:
        runpy.run_path(path)
    except USER_ERRORS:
        raise
    except SyntaxError as problem:
        raise ScenarioError(f"load = '{path}' is not Python: {problem}") from problem


def _add_detector_and_model(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("detector", help="name of a detector, as in 'farflung list'")
    parser.add_argument("model", help="name of a model, as in 'farflung list'")


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", choices=["-"], help="print the result as JSON to standard output")


def _add_table_output(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("--output", metavar="FILE", help=f"write the {what} (.csv, .json, .nc)")
    _add_json(parser)


def _add_options(parser: argparse.ArgumentParser, *, sampling: bool = True) -> None:
    parser.add_argument("--luminosity", type=positive, metavar="AB", help="integrated luminosity [ab^-1]")
    parser.add_argument(
        "--invisible", type=fraction, metavar="RATIO",
        help="branching ratio of the particle into invisible final states, such as dark matter (default 0)",
    )  # fmt: skip
    parser.add_argument("--no-background", action="store_true", help="assume that no background is left")
    parser.add_argument("--seed", type=whole, default=1, help="seed of the samples (default 1)")
    if sampling:
        parser.add_argument("-n", type=whole, default=4096, help="flights per mass (default 4096)")
        parser.add_argument(
            "--sampling", choices=["aimed", "random"], default="aimed",
            help="aimed flights, or plain pseudo-random ones as a cross-check (default aimed)",
        )  # fmt: skip


def _detector(options: argparse.Namespace) -> Detector:
    chosen: dict[str, object] = {}
    if options.luminosity is not None:
        chosen["luminosity"] = options.luminosity
    if options.no_background:
        chosen["background"] = False
    return make_detector(options.detector, **chosen)


def _model(options: argparse.Namespace) -> Model:
    chosen = {} if options.invisible is None else {"invisible_branching_ratio": options.invisible}
    return make_model(options.model, **chosen)


def _tell(options: argparse.Namespace, facts: Callable[[], dict[str, Any]], summary: str) -> None:
    """Print JSON where it is asked for, else one line on what was done, to standard error."""
    if options.json:
        sys.stdout.write(output.as_json(facts()))
    else:
        print(summary, file=sys.stderr)


def _list(options: argparse.Namespace) -> None:
    detectors = {name: make_detector(name) for name in detector_names()}
    models: dict[str, Model] = {name: make_model(name) for name in model_names()}
    if options.json:
        facts = {
            "detectors": {
                name: {"title": d.title, "searches": {s.name: s.title for s in d.searches.values()}}
                for name, d in detectors.items()
            },
            "models": {
                name: {"title": m.title, "coupling": m.coupling_name, "unit": m.coupling_unit}
                for name, m in models.items()
            },
        }
        sys.stdout.write(output.as_json(facts))
        return
    print("detectors and their searches")
    for name, detector in detectors.items():
        print(f"  {name:<14} {detector.title}")
        for search in detector.searches.values():
            print(f"    {search.name:<14} {search.title}, from {', '.join(map(str, search.processes))} X")
    print("models and their couplings")
    for name, model in models.items():
        unit = "" if model.coupling_unit == "1" else f" in {model.coupling_unit}"
        print(f"  {name:<14} {model.title}, {model.coupling_name}{unit}")


def _reach(options: argparse.Namespace) -> None:
    _require_some_output(options, "--output, --plot or --json -")
    if options.output:
        output.require_writable(options.output, output.TABLE_SUFFIXES)
    if options.plot:
        output.require_writable(options.plot, output.PICTURE_SUFFIXES)
        for axis in ("mass", "coupling"):
            if getattr(options, axis) is not None and len(getattr(options, axis)) < 2:
                raise ScenarioError(f"--plot needs at least two values of --{axis}; give LOW:HIGH:COUNT")
    found = compare(
        [_detector(options)], _model(options), options.mass, options.coupling,
        n=options.n, seed=options.seed, sampling=options.sampling, progress=True,
    )  # fmt: skip
    if options.output:
        output.write_reach(found, options.output)
    if options.plot:
        from farflung.viz import plot_reach

        _save(plot_reach(found), options.plot)
    intervals = found.intervals()
    lowest = {
        name: min((i.low for i in intervals if f"{i.detector}:{i.search}" == name), default=None)
        for name in found.searches
    }
    facts = found.data["coupling"].attrs
    unit = "" if facts["units"] == "1" else f" {facts['units']}"
    summary = "; ".join(
        f"{name} excludes nothing" if low is None else f"{name} reaches {facts['long_name']} = {low:.3g}{unit}"
        for name, low in lowest.items()
    )
    _tell(options, lambda: output.reach_as_dict(found), f"{summary}{_written(options.output, options.plot)}")


def _acceptance(options: argparse.Namespace) -> None:
    _require_some_output(options, "--output or --json -")
    if options.output:
        output.require_writable(options.output, output.TABLE_SUFFIXES)
    table = acceptance_table(
        _detector(options), _model(options), options.mass, options.ctau,
        n=options.n, seed=options.seed, sampling=options.sampling,
    )  # fmt: skip
    if options.output:
        output.write_acceptance(table, options.output)
    summary = f"{table.sizes['search']} searches at {table.sizes['ctau']} lifetimes"
    _tell(options, lambda: output.acceptance_as_dict(table), f"{summary}{_written(options.output)}")


def _show(options: argparse.Namespace) -> None:
    target = output.require_writable(options.output, output.PICTURE_SUFFIXES + output.SCENE_SUFFIXES)
    decays = [options.model, options.mass, options.ctau]
    wants_decays = any(value is not None for value in decays)
    if wants_decays and None in decays:
        raise ScenarioError("decays need all of --model, --mass and --ctau; give all three or none")
    wants_plane = options.view is not None or options.at is not None
    detector = _detector(options)
    from farflung import viz

    if target.suffix.lower() in output.SCENE_SUFFIXES:
        if wants_decays or wants_plane:
            raise ScenarioError(
                "a .glb scene shows the solids alone; leave out --model, --mass, --ctau, --view and --at"
            )
        scene = viz.detector_scene(detector)
        output.write_whole(target, output.SCENE_SUFFIXES, lambda part: viz.save_scene(scene, part))
        print(f"solids drawn in 3-D{_written(options.output)}", file=sys.stderr)
        return
    if wants_decays:
        if options.view not in (None, "r-z") or options.at is not None:
            raise ScenarioError("decays are drawn in the r-z plane; leave out --view and --at, or the model")
        axes = viz.plot_decays(detector, _model(options), options.mass, options.ctau, seed=options.seed)
    else:
        axes = viz.plot_detector(detector, view=options.view or "r-z", at=options.at or 0.0)
    _save(axes, options.output)
    print(f"{'decays' if wants_decays else 'solids'} drawn{_written(options.output)}", file=sys.stderr)


def _require_some_output(options: argparse.Namespace, choices: str) -> None:
    given = [options.output, options.json, getattr(options, "plot", None)]
    if not any(given):
        raise ScenarioError(f"no output asked for; give {choices}")


def _save(axes: Any, path: str) -> None:
    from farflung.viz import save

    output.write_whole(path, output.PICTURE_SUFFIXES, lambda part: save(axes, part))


def _written(*paths: str | None) -> str:
    names = [str(Path(path)) for path in paths if path]
    return f"; wrote {' and '.join(names)}" if names else ""


if __name__ == "__main__":
    sys.exit(main())
