"""What pages of excluded regions have in common, whatever their axes."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from importlib import resources
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from shapely import Polygon, get_coordinates
from shapely.geometry.polygon import orient
from shapely.geometry.base import BaseGeometry

from farflung.scenarios.sweeps.statistics import levels, percent
from farflung.viz.pages.page import page
from farflung.viz.search_styles import SearchStyle

Array = NDArray[np.float64]

Rows = dict[int, list[dict[str, Any]]]
"""Excluded intervals by the number of their place along the horizontal axis."""

_TAG = re.compile(r"<[^>]+>")

_BODY = """<style>
{css}</style>
<header><h1>{title}</h1></header>
<main>
<div id="plot"></div>
<aside id="searches"></aside>
<section id="table" hidden></section>
</main>
<div id="readout" hidden></div>
<footer>{notes}<details><summary>Where this comes from</summary><pre>{origin}</pre></details></footer>"""


def exclusion_page(facts: Mapping[str, Any], notes: Sequence[str], note: Sequence[str]) -> str:
    """A page of what the facts say, with notes on the searches below and lines that say where it comes from."""
    body = _BODY.format(
        css=(resources.files("farflung.viz.pages") / "data" / "reach.css").read_text(encoding="utf-8"),
        title=facts["title"],
        notes="".join(f"<p>{escape(text)}</p>" for text in notes),
        origin=escape("\n".join(filter(None, note))),
    )
    return page(unescape(_TAG.sub("", str(facts["title"]))), body, facts, "reach.js", note)


def search_facts(data: xr.Dataset, name: str, style: SearchStyle) -> dict[str, Any]:
    """What a search is called, what it is, and how it looks."""
    one = data.sel(search=name)
    detector = style.detector or (str(one["detector_title"].item()) if "detector_title" in data.coords else "")
    return {
        "name": name,
        "group": name.split(":")[0],
        "detector": detector or name.split(":")[0],
        "own": style.texts[0].split("\n")[-1],
        "title": style.title,
        "status": str(one["status"].item()) if "status" in data.coords else "",
        "level": percent(levels(data)[name]),
        "colour": style.colour,
        "fill": style.fill,
        "width": style.width,
        "isHatched": style.hatched,
        "dash": {"solid": "solid", "dashed": "dash"}[style.line],
    }


def rings(shape: BaseGeometry) -> list[list[list[float]]]:
    """Points [x, y] of rings of polygons, holes turning the other way, or of lines, from natural logarithms."""
    found: list[BaseGeometry] = []
    for part in getattr(shape, "geoms", [shape]):
        turned = orient(part) if isinstance(part, Polygon) else part
        found += [turned.exterior, *turned.interiors] if isinstance(turned, Polygon) else [turned]
    return [rounded(np.exp(get_coordinates(piece))) for piece in found if not piece.is_empty]


def rounded(points: Array) -> list[list[float]]:
    """Points (n, 2) with as many digits as it takes to tell both sides of a jump apart."""
    return [[float(f"{x:.8g}"), float(f"{y:.6g}")] for x, y in points.tolist()]
