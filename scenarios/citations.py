"""BibTeX of the package and of the papers behind models, detectors and results, without network."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

import xarray as xr

from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.output import TABLE_SUFFIXES

_ARXIV = r"arXiv:(?:[a-z-]+(?:\.[A-Z]{2})?/\d{7}|\d{4}\.\d{4,5})"
_JOURNAL = re.compile(r"(?P<journal>.+) (?P<volume>\d+) \((?P<year>\d{4})\) (?P<pages>\w+)")
_CARRIERS = ("model_references", "detector_references")
"""Attributes of results that name papers."""

_PLACE = re.compile(r"(section|sec\.|figure|fig\.|table|eq\.|eqs\.|equation|appendix|page|p\.)\b", re.IGNORECASE)
"""How the place in a paper begins that is named before."""

_AUTHOR = re.compile(r"([A-Z]\. ?)+[^ ]+( et al\.)?")
_FOUND = "\0"
"""What stands for a paper that is found."""

_LATEX = {"ä": r"{\"a}", "ö": r"{\"o}", "ü": r"{\"u}", "í": r"{\'i}", "é": r"{\'e}", "ß": r"{\ss}"}


def package_entry() -> str:
    """BibTeX of farflung itself, as CITATION.cff has it."""
    facts = {
        "author": "{The farflung developers}",
        "title": "{farflung: displaced or invisible? The reach of any detector for any long-lived particle}",
        "note": f"version {version('farflung')}",
    }
    return _entry("misc", "farflung", facts)


def bibtex(references: Iterable[str]) -> tuple[list[str], list[str]]:
    """BibTeX entries of the papers that references name, each once.

    Parameters
    ----------
    references
        Texts such as ``"arXiv:2201.06580, section 5"``, or several in one, joined by commas.

    Returns
    -------
    entries, others
        An entry for each arXiv number and each paper that is known; what else is named, which has none.
    """
    known = _papers()
    names = re.compile("|".join([*map(re.escape, sorted(known, key=len, reverse=True)), _ARXIV]))
    found: dict[str, None] = {}
    others: dict[str, None] = {}
    for text in references:
        found |= dict.fromkeys(names.findall(text))
        left = names.sub(_FOUND, text)
        # between two commas stands a paper, its place or an author
        for part in map(str.strip, left.split(", ")):
            if _JOURNAL.fullmatch(part):
                found[part] = None
            elif not (
                part == "" or _FOUND in part or _PLACE.match(part) or (_FOUND in left and _AUTHOR.fullmatch(part))
            ):
                others[part] = None
    return [_paper(name, known.get(name, {})) for name in found], list(others)


def references_in(path: str | Path) -> list[str]:
    """What a result says of the papers behind it.

    Parameters
    ----------
    path
        A .nc, .json or .csv file that farflung wrote.

    Raises
    ------
    ScenarioError
        If it cannot be read, has another ending, or names no papers.
    """
    target = Path(path)
    if target.suffix.lower() not in TABLE_SUFFIXES:
        raise ScenarioError(f"result = '{target}' must end in {' or '.join(TABLE_SUFFIXES)}")
    try:
        said = _provenance(target)
    except (OSError, ValueError, TypeError) as problem:
        raise ScenarioError(f"result = '{target}' cannot be read: {str(problem).splitlines()[0]}") from problem
    named = [str(said[carrier]) for carrier in _CARRIERS if said.get(carrier)]
    if not named:
        raise ScenarioError(f"result = '{target}' names no papers; give a file that 'farflung reach' or others wrote")
    return named


def _provenance(path: Path) -> Mapping[str, Any]:
    """Attributes of a result by their names."""
    suffix = path.suffix.lower()
    if suffix == ".nc":
        with xr.open_dataset(path, engine="scipy") as data:
            return {str(name): value for name, value in data.attrs.items()}
    text = path.read_text(encoding="utf-8")
    if suffix == ".json":
        found = json.loads(text)
        said = found.get("provenance", {}) if isinstance(found, dict) else {}
        return said if isinstance(said, dict) else {}
    comments = [line[2:].partition(": ") for line in text.splitlines() if line.startswith("# ")]
    return {name: value for name, _, value in comments}


@cache
def _papers() -> dict[str, dict[str, Any]]:
    """Facts on papers by the words in which references name them."""
    return tomllib.loads(files("farflung.scenarios").joinpath("data", "papers.toml").read_text(encoding="utf-8"))


def _paper(name: str, facts: Mapping[str, Any]) -> str:
    """The entry of a paper, of which nothing but its name may be known."""
    eprint = facts.get("eprint", name.removeprefix("arXiv:") if name.startswith("arXiv:") else "")
    authors = list(facts.get("author", [])) or ([facts["first"], "others"] if "first" in facts else [])
    published = _JOURNAL.fullmatch(name)
    fields = {
        "author": " and ".join(authors),
        "collaboration": facts.get("collaboration", ""),
        "title": "{" + facts["title"] + "}" if "title" in facts else "",
        **{field: str(facts.get(field, "")) for field in ("journal", "volume", "pages", "year")},
        **(published.groupdict() if published else {}),
        "eprint": eprint,
        "archivePrefix": "arXiv" if eprint else "",
    }
    # a key has no spaces, and is that of the arXiv where there is one
    key = f"arXiv:{eprint}" if eprint else re.sub(r"[^A-Za-z0-9]+", "", name)
    return _entry("article" if fields["journal"] else "misc", key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Text of an entry; fields that are empty are left out, letters beyond ASCII become LaTeX."""
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    text = "\n".join([f"@{kind}{{{key},", *lines, "}"])
    return "".join(_LATEX.get(letter, letter) for letter in text)
