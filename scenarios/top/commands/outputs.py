"""Where results go: files, pictures, standard output."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from farflung.commands.pictures import require_picture
from farflung.scenarios import output
from farflung.scenarios.errors import ScenarioError


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json -``."""
    parser.add_argument("--json", choices=["-"], help="print the result as JSON to standard output")


def add_outputs(parser: argparse.ArgumentParser, what: str, plot: str = "") -> None:
    """``--output``, ``--json`` and, if it is said what is drawn, ``--plot``."""
    parser.add_argument(
        "--output", metavar="FILE",
        help=f"write the {what} (.csv, .json, .nc); without any output they are printed as CSV",
    )  # fmt: skip
    add_json(parser)
    if plot:
        parser.add_argument(
            "--plot",
            metavar="FILE",
            help=f"draw the {plot} (.png, .pdf, .svg), or make a page of them that one points at (.html)",
        )


def require_outputs(options: argparse.Namespace, *axes: str) -> None:
    """Raise `ScenarioError`, before any work is done, if the result cannot be written, drawn or printed as asked.

    Parameters
    ----------
    options
        What was typed.
    axes
        Options that hold an axis of the picture.
    """
    if options.output:
        output.require_writable(options.output, output.TABLE_SUFFIXES)
    if _plot(options):
        for axis in axes:
            if getattr(options, axis) is not None and len(getattr(options, axis)) < 2:
                raise ScenarioError(f"--plot needs at least two values of --{axis}; give LOW:HIGH:COUNT")
        require_picture(_plot(options), output.PICTURE_SUFFIXES + output.PAGE_SUFFIXES)
    if _is_printed(options) and getattr(sys.stdout, "name", "") == os.devnull:
        raise ScenarioError("standard output is closed, so that the result would go nowhere; give --output FILE")


def tell(
    options: argparse.Namespace,
    facts: Callable[[], dict[str, Any]],
    table: Callable[[], str],
    summary: str,
    remarks: Sequence[str] = (),
) -> None:
    """Print JSON where it is asked for, the table where no file is; then what was done, and remarks, as errors are."""
    if options.json:
        print(output.as_json(facts()), end="")
        return
    if _is_printed(options):
        print(table(), end="")
    print(summary + written(options.output, _plot(options)), *remarks, sep="\n", file=sys.stderr)


def written(*paths: str | None) -> str:
    """The end of a sentence that names the files written; empty if there are none."""
    names = [str(Path(path)) for path in paths if path]
    return f"; wrote {' and '.join(names)}" if names else ""


def _plot(options: argparse.Namespace) -> str:
    return getattr(options, "plot", None) or ""


def _is_printed(options: argparse.Namespace) -> bool:
    return bool(options.json) or not (options.output or _plot(options))
