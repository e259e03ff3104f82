"""Small tables by which notebooks show objects."""

from collections.abc import Mapping
from html import escape

_CELL = "text-align: left; vertical-align: top"


def html_table(title: str, rows: Mapping[str, object]) -> str:
    """HTML of a title and a row for each fact, with everything in them escaped.

    Parameters
    ----------
    title
        What stands above the table.
    rows
        Facts by what they are called: a text, or a list or tuple of texts, one a line. Empty ones are left out.
    """
    body = ""
    for name, value in rows.items():
        lines = [str(line) for line in (value if isinstance(value, list | tuple) else [value])]
        if any(lines):
            cell = "<br>".join(map(escape, lines))
            body += f'<tr><th style="{_CELL}">{escape(name)}</th><td style="{_CELL}">{cell}</td></tr>'
    return f"<b>{escape(title)}</b><table>{body}</table>"


def range_text(low: float, high: float, unit: str = "") -> str:
    """Two numbers and their unit, as in ``"0.1 to 10 GeV"``."""
    return f"{low:.4g} to {high:.4g}{' ' if unit and unit != '1' else ''}{unit if unit != '1' else ''}"
