"""Commands that the pages show are commands that the command line takes."""

import re
import shlex
from pathlib import Path

import pytest

from farflung.command_line import _parser
from farflung.detectors import BelleII, detector_names, register_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import ALPFermion, model_names, register_model
from farflung.lpp.models.registered import MODELS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))

_OWN = re.compile(r"^class \w+\((?P<kind>Detector|Model)\):.*?^    name\b[^=\n]*= \"(?P<name>[\w-]+)\"", re.M | re.S)


def commands(text: str) -> list[list[str]]:
    """What stands after ``farflung`` in each indented line of a page, up to a comment, a redirection or the like."""
    found = []
    for line in re.findall(r"^ {4}(\S.*)$", text, re.MULTILINE):
        if re.search(r"(^|[ /])farflung [a-z-]", line):
            words = shlex.split(re.split(r"(?:^|[ /])farflung (?=[a-z-])", line, maxsplit=1)[1], comments=True)
            ends = [words.index(word) for word in (">", "&&", "|") if word in words]
            found.append(words[: min(ends, default=len(words))])
    return found


@pytest.fixture(autouse=True)
def names_that_the_pages_register() -> object:
    """Names of the classes that pages and examples show, each of which stands for something built in."""
    with DETECTORS.preserved(), MODELS.preserved():
        for path in (*PAGES, *EXAMPLES):
            for kind, name in _OWN.findall(path.read_text(encoding="utf-8")):
                if kind == "Detector" and name not in detector_names():
                    register_detector(name, BelleII)
                elif kind == "Model" and name not in model_names():
                    register_model(name, ALPFermion)
        yield


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_command_line_takes_what_pages_show(page: Path) -> None:
    for words in commands(page.read_text(encoding="utf-8")):
        _parser().parse_args(words)  # leaves with an error, and the sentence of a user's mistake


def test_commands_are_found_and_mistakes_in_them_are_seen() -> None:
    lines = (
        "    farflung list  # names",
        "    .venv/bin/farflung cite a.csv > b",
        "text farflung is",
        "    farflung reach x",
    )
    assert commands("\n".join(lines)) == [["list"], ["cite", "a.csv"], ["reach", "x"]]
    with pytest.raises(SystemExit):
        _parser().parse_args(["reach", "x"])
    assert sum(len(commands(page.read_text(encoding="utf-8"))) for page in PAGES) > 25
