"""Options that several commands share, and what is made of them."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from farflung.arguments import fraction, positive, whole
from farflung.commands.settings import Target, distribute, make, model_target
from farflung.detectors import Detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import Model
from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError

Commands = Any
"""What `argparse.ArgumentParser.add_subparsers` returns, a class without a public name."""


def add_detector_and_model(parser: argparse.ArgumentParser) -> None:
    """A detector and a model, by their places."""
    parser.add_argument("detector", help="name of a detector, as in 'farflung list'")
    parser.add_argument("model", help="name of a model, as in 'farflung list'")


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json -``."""
    parser.add_argument("--json", choices=["-"], help="print the result as JSON to standard output")


def add_table_output(parser: argparse.ArgumentParser, what: str) -> None:
    """``--output`` and ``--json``."""
    parser.add_argument("--output", metavar="FILE", help=f"write the {what} (.csv, .json, .nc)")
    add_json(parser)


def add_detector_options(parser: argparse.ArgumentParser) -> None:
    """What some detectors can be told, such as ``--luminosity``."""
    parser.add_argument("--luminosity", type=positive, metavar="AB", help="integrated luminosity [ab^-1]")
    parser.add_argument("--no-background", action="store_true", help="assume that no background is left")


def add_invisible(parser: argparse.ArgumentParser) -> None:
    """``--invisible``."""
    parser.add_argument(
        "--invisible", type=fraction, metavar="RATIO",
        help="branching ratio of the particle into invisible final states, such as dark matter (default 0)",
    )  # fmt: skip


def add_seed(parser: argparse.ArgumentParser) -> None:
    """``--seed``."""
    parser.add_argument("--seed", type=whole, default=1, help="seed of the samples (default 1)")


def add_sampling(parser: argparse.ArgumentParser) -> None:
    """``--seed``, ``-n`` and ``--sampling``."""
    add_seed(parser)
    parser.add_argument("-n", type=whole, help="flights per mass and process (default: what each detector asks for)")
    parser.add_argument(
        "--sampling", choices=["aimed", "random"], default="aimed",
        help="aimed flights, or plain pseudo-random ones as a cross-check (default aimed)",
    )  # fmt: skip


def detector_and_model(options: argparse.Namespace) -> tuple[Detector, Model]:
    """The detector and the model that were asked for, with their options."""
    detector, model = Target(DETECTORS, options.detector, options.detector), model_target(options.model)
    of_detector, of_model = distribute(options.settings, [detector, model])
    return _detector(options, detector, of_detector), model_with(options, model, of_model)


def detector_alone(options: argparse.Namespace) -> Detector:
    """The detector that was asked for, where there is no model."""
    target = Target(DETECTORS, options.detector, options.detector)
    (texts,) = distribute(options.settings, [target])
    return _detector(options, target, texts)


def _detector(options: argparse.Namespace, target: Target[Detector], texts: dict[str, str]) -> Detector:
    shorthands: dict[str, object] = {}
    if options.luminosity is not None:
        shorthands["luminosity"] = options.luminosity
    if options.no_background:
        shorthands["background"] = False
    return make(target, texts, shorthands)


def model_with(options: argparse.Namespace, target: Target[Model], texts: dict[str, str]) -> Model:
    """The model that was asked for, with the texts of its options."""
    shorthands = {} if options.invisible is None else {"invisible_branching_ratio": options.invisible}
    return make(target, texts, shorthands)


def require_some_output(options: argparse.Namespace, choices: str) -> None:
    """Raise `ScenarioError` if the result would go nowhere."""
    if not any([options.output, options.json, getattr(options, "plot", None)]):
        raise ScenarioError(f"no output asked for; give {choices}")


def tell(options: argparse.Namespace, facts: Callable[[], dict[str, Any]], summary: str) -> None:
    """Print JSON where it is asked for, else what was done, to standard error."""
    if options.json:
        sys.stdout.write(output.as_json(facts()))
    else:
        print(summary, file=sys.stderr)


def written(*paths: str | None) -> str:
    """The end of a sentence that names the files written; empty if there are none."""
    names = [str(Path(path)) for path in paths if path]
    return f"; wrote {' and '.join(names)}" if names else ""
