"""A page in one file: text, data and the programs that draw them, nothing from a network."""

import html
import json
from collections.abc import Mapping, Sequence
from importlib import resources
from importlib.metadata import version
from typing import Any


def page(title: str, body: str, data: Mapping[str, Any], script: str, note: Sequence[str] = ()) -> str:
    """Text of a page.

    Parameters
    ----------
    title
        What the tab says.
    body
        HTML inside of ``<body>``.
    data
        What the script draws; it reads it as ``farflung.data``. No infinities, no NaN.
    script
        Name of a file in ``viz/pages/data``, a script that runs once ``Plotly`` and the body are there; a style sheet
        of the same name may be beside it.
    note
        Lines that say where the page comes from: the command, the model, the detectors, the seed.
    """
    found = [line for line in note if line]
    description = html.escape("\n".join(found), quote=True)
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<meta name="generator" content="farflung {version("farflung")}">',
            f'<meta name="description" content="{description}">',
            '<link rel="icon" href="data:,">',
            f"<title>{html.escape(title)}</title>",
            f"<style>\n{_shipped('page.css')}{_style(script)}</style>",
            f"<script>{_plotly()}</script>",
            "</head>",
            "<body>",
            body,
            f'<script type="application/json" id="farflung-data">{_as_script(data)}</script>',
            "<script>",
            'const farflung = {data: JSON.parse(document.getElementById("farflung-data").textContent)};',
            "</script>",
            f"<script>\n{_shipped(script)}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _as_script(data: Mapping[str, Any]) -> str:
    """JSON that no text in it can end early."""
    return json.dumps(data, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _style(script: str) -> str:
    """The style sheet that belongs to a script, or nothing."""
    name = script.replace(".js", ".css")
    return _shipped(name) if (resources.files("farflung.viz.pages") / "data" / name).is_file() else ""


def _shipped(name: str) -> str:
    return (resources.files("farflung.viz.pages") / "data" / name).read_text(encoding="utf-8")


def _plotly() -> str:
    """The program that draws, as the package plotly ships it."""
    return (resources.files("plotly") / "package_data" / "plotly.min.js").read_text(encoding="utf-8")
