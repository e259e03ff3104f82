"""The command line."""

import argparse
import io
import os
import shlex
import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import NoReturn

from farflung.commands import acceptance, cite, compare, listing, plane, reach, reproduce, show
from farflung.detectors import DetectorError
from farflung.geometry import GeometryError
from farflung.lpp import PhysicsError
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.loading import load

USER_ERRORS = (GeometryError, PhysicsError, DetectorError, ScenarioError)
"""What a user can mend: told in one sentence, with exit code 2."""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        more = "" if message.endswith("?") else f"; see '{self.prog} --help'"
        self.exit(2, f"{self.prog}: {message}{more}\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments
        What is typed after ``farflung``; by default the arguments of this process.

    Returns
    -------
    int
        The exit code: 0 if all went well, 2 for bad input, 130 if interrupted.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal without superscripts is no reason to stop
    command = ""
    try:
        early, _ = _early_parser().parse_known_args(arguments)
        command = early.command
        load(early.load)  # what it registers are names that the parser knows
        options = _parser().parse_args(arguments)
        options.typed = shlex.join(["farflung", *(sys.argv[1:] if arguments is None else arguments)])
        options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader of a pipe has gone, which is its right; keep the interpreter from complaining at its end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (*USER_ERRORS, OSError) as problem:
        print(f"farflung {command}: {problem}", file=sys.stderr)
        return 2
    except SystemExit as stop:  # how a parser of arguments ends
        if stop.code not in (None, 0, 2):
            raise
        return int(stop.code or 0)
    except KeyboardInterrupt:
        print("farflung: interrupted", file=sys.stderr)
        return 130
    return 0


def _early_parser() -> argparse.ArgumentParser:
    """The parser of what must be done before all names are known."""
    parser = _Parser(prog="farflung", add_help=False)
    parser.add_argument("command", nargs="?", default="")
    _add_load(parser)
    return parser


def _add_load(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--load", action="append", default=[], metavar="FILE.py",
        help="run a Python file first, which registers detectors or models of your own (may be repeated)",
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="farflung",
        description="Displaced or invisible? The reach of any detector for any long-lived particle.",
        epilog="Masses in GeV, lengths in metres, couplings in the unit that 'farflung list' gives for each model.",
    )
    parser.add_argument("--version", action="version", version=f"farflung {version('farflung')}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (listing, reach, compare, acceptance, plane, show, reproduce, cite):
        command.add(commands)
    for added in commands.choices.values():
        _add_load(added)
    return parser
