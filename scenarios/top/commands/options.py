"""Options that several commands share, and what is made of them."""

import argparse
from collections.abc import Sequence
from typing import Any

from farflung.arguments import fraction, inner_fraction, positive, whole
from farflung.commands.entries import Made, WantedEntry, add_entry, entries_and_texts
from farflung.commands.names import known
from farflung.commands.settings import Target, make, model_target
from farflung.detectors import Detector
from farflung.lpp import Model
from farflung.lpp.models.registered import MODELS

Commands = Any
"""What `argparse.ArgumentParser.add_subparsers` returns, a class without a public name."""


def add_detector_and_model(parser: argparse.ArgumentParser) -> None:
    """A detector and a model, by their places."""
    add_entry(parser)
    parser.add_argument("model", type=known(MODELS), help="name of a model, as in 'farflung list'")


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


def add_statistics(parser: argparse.ArgumentParser) -> None:
    """``--confidence-level`` and ``--background-uncertainty``."""
    parser.add_argument(
        "--confidence-level", type=inner_fraction, metavar="CL",
        help="confidence level of all counting searches, as in 0.95 (default: each search's own); published limits "
        "cannot be moved, and are named where they are at another",
    )  # fmt: skip
    parser.add_argument(
        "--background-uncertainty", type=fraction, metavar="RATIO",
        help="relative uncertainty of the background of all counting searches that have one, as in 0.05 "
        "(default: each search's own)",
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


def detector_and_model(options: argparse.Namespace, wanted: WantedEntry) -> tuple[Made, Model]:
    """The detector that was asked for, before the searches of it that were, and the model, with their options."""
    target = model_target(options.model)
    entries, (texts,) = entries_and_texts(options.settings, [wanted], [target], _shorthands(options))
    return entries[wanted.label], model_with(options, target, texts)


def detectors_and_model(options: argparse.Namespace, wanted: Sequence[WantedEntry]) -> tuple[list[Detector], Model]:
    """The detectors that were asked for, once each, and the model, with their options."""
    target = model_target(options.model)
    entries, (texts,) = entries_and_texts(options.settings, wanted, [target], _shorthands(options))
    return [detector for detector, *_ in entries.values()], model_with(options, target, texts)


def detectors_alone(options: argparse.Namespace, wanted: Sequence[WantedEntry]) -> list[Detector]:
    """The detectors that were asked for, once each, where there is no model."""
    entries, _ = entries_and_texts(options.settings, wanted, shorthands=_shorthands(options))
    return [detector for detector, *_ in entries.values()]


def _shorthands(options: argparse.Namespace) -> dict[str, object]:
    """Options of the detector that have a name of their own in the command."""
    shorthands: dict[str, object] = {}
    if options.luminosity is not None:
        shorthands["luminosity"] = options.luminosity
    if options.no_background:
        shorthands["background"] = False
    return shorthands


def model_with(options: argparse.Namespace, target: Target[Model], texts: dict[str, str]) -> Model:
    """The model that was asked for, with the texts of its options."""
    shorthands = {} if options.invisible is None else {"invisible_branching_ratio": options.invisible}
    return make(target, texts, shorthands)
