"""The command line, as its commands explain themselves."""

import argparse
import os
from pathlib import Path

from extension.places import write_if_changed
from farflung.command_line import _parser

_WIDTH = "100"


def write(page: Path) -> None:
    """Write the page."""
    os.environ["COLUMNS"] = _WIDTH
    text = "# The command line\n\nWhat `farflung COMMAND --help` says.\n"
    for name, parser in _commands().items():
        text += f"\n## farflung {name}\n\n```text\n{parser.format_help().rstrip()}\n```\n"
    write_if_changed(page, text)


def _commands() -> dict[str, argparse.ArgumentParser]:
    """Parsers of all commands by name."""
    (found,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(found.choices)
