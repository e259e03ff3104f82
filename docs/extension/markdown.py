"""Bits of Markdown."""

import re
from collections.abc import Iterable, Sequence

_ARXIV = re.compile(r"arXiv:((?:[a-z-]+/)?[\d.]+\d)")
_SPECIAL = re.compile(r"([\\*_|<>\[\]`$])")


def plain(text: str) -> str:
    """Text in which no sign means anything but itself, in one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def code(text: str) -> str:
    """Code in one line, as it may stand in a table."""
    return f"`{' '.join(text.split())}`".replace("|", r"\|") if text else ""


def reference(text: str) -> str:
    """A reference, whose arXiv numbers are links."""
    return _ARXIV.sub(r"[\g<0>](https://arxiv.org/abs/\1)", plain(text))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; cells are Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """A table of two columns without a head; the values are Markdown."""
    lines = [f"* - {name}\n  - {value}\n" for name, value in rows]
    return "```{list-table}\n:stub-columns: 1\n:widths: 22 78\n\n" + "".join(lines) + "```\n"


def listed(items: Iterable[str]) -> str:
    """Bullets."""
    return "".join(f"- {item}\n" for item in items)


def section(title: str, *parts: str) -> str:
    """A section, left out if there is nothing in it."""
    text = "\n".join(part for part in parts if part)
    return f"\n## {title}\n\n{text}" if text.strip() else ""


def from_rest(text: str) -> str:
    """A piece of a docstring, which is written in reStructuredText."""
    return f"````{{eval-rst}}\n{text.rstrip()}\n````\n" if text.strip() else ""


def menu(title: str, text: str, pages: Iterable[str]) -> str:
    """A page that lists pages."""
    return f"# {title}\n\n{text}\n\n" + "```{toctree}\n:maxdepth: 1\n\n" + "".join(f"{p}\n" for p in pages) + "```\n"
