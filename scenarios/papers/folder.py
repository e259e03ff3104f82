"""Where a reproduction is written."""

import csv
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.output import PICTURE_SUFFIXES
from farflung.scenarios.papers.check import SIGMAS, Check, verdicts
from farflung.scenarios.papers.exhibit import Exhibit
from farflung.scenarios.papers.paper import Paper
from farflung.scenarios.papers.tables import Table

_ANSWERS: dict[str, bool | None] = {"yes": True, "no": False, "shown": None}

_HEADINGS: dict[str, bool | None] = {"What differs:": False, "What agrees:": True, "Shown without a verdict:": None}

_RULES = (
    "A number is judged where the paper gives a measure: the digits that it prints, within half a unit of the last one;"
    f" statistical errors, within {SIGMAS:g} standard deviations; an order that it states, which holds or does not. "
    "What it says in words or in powers of ten is shown without a verdict."
)

_COLUMNS = ("exhibit", "quantity", "paper", "found", "agrees", "measure", "note", "leading", "made_by")


class Folder:
    """Where the pictures, tables and comparisons of a paper go.

    Every file is whole at any moment, and ``comparison.csv`` and ``comparison.md`` speak of all exhibits that are
    there. What an earlier run left stays until it is made anew.

    Parameters
    ----------
    path
        The folder; made with those above it when there is something to write.
    paper
        The paper.
    suffix
        Ending of the pictures.
    made_by
        What the comparisons say about their origin: version, seed.

    Raises
    ------
    ScenarioError
        If it cannot be written to, or its ``comparison.csv`` is something else.
    """

    def __init__(self, path: str | Path, paper: Paper, suffix: str = ".png", made_by: str = "") -> None:
        self.path, self.paper, self.suffix, self.made_by = Path(path), paper, suffix, made_by
        _require_writable(self.path)
        self._checks = self._earlier()

    def add(self, exhibit: Exhibit, table: Table, checks: Sequence[Check], draw: Callable[[Path], object]) -> None:
        """Write an exhibit and renew the comparisons.

        Parameters
        ----------
        exhibit
            What is written.
        table
            Its table.
        checks
            How it compares with the paper.
        draw
            Writes the picture to a file.

        Raises
        ------
        ScenarioError
            If something cannot be written; then all is as it was.
        """
        picture = f"{exhibit.name}{self.suffix}"
        for name in (picture, f"{exhibit.name}.csv", "comparison.csv", "comparison.md"):
            if (self.path / name).is_dir():
                raise ScenarioError(f"output = '{self.path}' has a folder {name} where a file is to be")
        before = dict(self._checks)
        self._checks[exhibit.name] = [(check, self.made_by) for check in checks]
        rows: list[tuple[object, ...]] = [
            (name, *_cells(check), made_by)
            for name in self.paper.exhibits
            for check, made_by in self._checks.get(name, [])
        ]
        texts = {
            f"{exhibit.name}.csv": table.as_csv(),
            "comparison.csv": Table(_COLUMNS, rows).as_csv(),
            "comparison.md": self._summary(exhibit.name),
        }
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.path, prefix=f".{exhibit.name}-") as made:
                draw(Path(made, picture))
                for name, text in texts.items():
                    Path(made, name).write_text(text, encoding="utf-8")
                for name in (picture, *texts):
                    Path(made, name).replace(self.path / name)
        except OSError as problem:
            self._checks = before
            raise ScenarioError(f"output = '{self.path}' cannot be written: {problem.strerror}") from problem

    def _picture(self, name: str, made: str) -> str:
        """Link to the picture of an exhibit: the one being made, or what is there."""
        there = [suffix for suffix in PICTURE_SUFFIXES if (self.path / f"{name}{suffix}").exists()]
        suffix = self.suffix if name == made or self.suffix in there or not there else there[0]
        return f"{'' if suffix == '.pdf' else '!'}[{name}]({name}{suffix})"

    def _summary(self, made: str) -> str:
        """A page with all comparisons, those that differ first; `made` is the exhibit being written."""
        everything = [check for known in self._checks.values() for check, _ in known]
        lines = [f"# {self.paper.title} ({self.paper.reference})", "", f"{verdicts(everything)}. {_RULES}", ""]
        for name, exhibit in self.paper.exhibits.items():
            known = [check for check, _ in self._checks.get(name, [])]
            if not known:
                continue
            lines += [f"## {name}: {exhibit.title}", "", f"{verdicts(known)}.", ""]
            for heading, agrees in _HEADINGS.items():
                items = [_item(check) for check in known if check.agrees is agrees]
                lines += [heading, "", *items, ""] if items else []
            lines += [f"{self._picture(name, made)} [{name}.csv]({name}.csv)", ""]
        origins = dict.fromkeys(made_by for known in self._checks.values() for _, made_by in known)
        return "\n".join([*lines, f"Made by {' and '.join(origins)}.", ""])

    def _earlier(self) -> dict[str, list[tuple[Check, str]]]:
        """What an earlier run found."""
        found: dict[str, list[tuple[Check, str]]] = {}
        path = self.path / "comparison.csv"
        if not path.exists():
            return found
        try:
            with path.open(encoding="utf-8", newline="") as file:
                reader = csv.reader(file)
                known = tuple(next(reader, ())) == _COLUMNS
                rows = list(reader) if known else []
        except (OSError, UnicodeError, csv.Error):
            known, rows = False, []
        if not known or any(len(row) != len(_COLUMNS) or row[0] not in self.paper.exhibits for row in rows):
            raise ScenarioError(
                f"output = '{self.path}' has a comparison.csv that is not one of {self.paper.name}; give another folder"
            )
        for name, quantity, paper, value, agrees, measure, note, leading, made_by in rows:
            check = Check(quantity, paper, value, _ANSWERS.get(agrees), note, leading == "yes", measure)
            found.setdefault(name, []).append((check, made_by))
        return found


def _item(check: Check) -> str:
    """A line of a list."""
    said = "; ".join(text for text in (check.measure, check.note) if text)
    return f"- {check.quantity}: {check.found}, paper: {check.paper}" + (f" ({said})" if said else "")


def _cells(check: Check) -> tuple[str, ...]:
    """What `Folder._earlier` reads again."""
    agrees = next(word for word, answer in _ANSWERS.items() if answer == check.agrees)
    leading = "yes" if check.leading else "no"
    return check.quantity, check.paper, check.found, agrees, check.measure, check.note, leading


def _require_writable(path: Path) -> None:
    """Check, before any work is done, that the folder is there or can be made."""
    nearest = next(place for place in (path, *path.absolute().parents) if place.exists())
    if not nearest.is_dir():
        raise ScenarioError(f"output = '{path}' is not a folder: '{nearest}' is a file")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise ScenarioError(f"output = '{path}' cannot be written; check the permissions of '{nearest}'")
