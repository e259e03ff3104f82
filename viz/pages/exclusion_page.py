"""What pages of excluded regions have in common, whatever their axes."""

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

import numpy as np
import xarray as xr
from matplotlib.colors import to_hex
from numpy.typing import NDArray
from shapely import Polygon, get_coordinates
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from farflung.scenarios.sweeps.statistics import levels, percent
from farflung.viz.pages.page import page
from farflung.viz.search_styles import SearchStyle, level_suffix

Array = NDArray[np.float64]

Rows = dict[int, list[dict[str, Any]]]
"""Excluded intervals by the number of their place along the horizontal axis."""

_TAG = re.compile(r"<[^>]+>")

_BODY = """<header><h1>{title}</h1></header>
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
        title=str(facts["title"]).replace(" %", "&nbsp;%"),
        notes="".join(f"<p>{escape(text)}</p>" for text in notes),
        origin=escape("\n".join(filter(None, note))),
    )
    return page(unescape(_TAG.sub("", str(facts["title"]))), body, facts, "reach.js", note)


def search_facts(data: xr.Dataset, name: str, style: SearchStyle) -> dict[str, Any]:
    """What a search is called, what it is, and how it looks."""
    group = name.split(":")[0]
    said = level_suffix(data, name)
    detector = style.detector.removesuffix(said) or _at(data, "detector_title", name) or group
    names = map(str, data["search"].values)
    alike = {n.split(":")[0] for n in names if _at(data, "detector_title", n) == _at(data, "detector_title", name)}
    return {
        "name": name,
        "group": group,
        "detector": f"{detector} ({group})" if len(alike) > 1 and detector != group else detector,
        "own": style.texts[0].split("\n")[-1].removesuffix(said),
        "title": style.title.removesuffix(said),
        "said": said,
        "status": _at(data, "status", name),
        "level": percent(levels(data).get(name, np.nan)),
        "colour": to_hex(style.colour),  # the script puts the opacity behind it
        "fill": style.fill,
        "width": style.width,
        "isHatched": style.hatched,
        "dash": {"solid": "solid", "dashed": "dash"}[style.line],
    }


def _at(data: xr.Dataset, coordinate: str, name: str) -> str:
    """A coordinate's value for a search; empty if the result does not have it."""
    return str(data[coordinate].sel(search=name).item()) if coordinate in data.coords else ""


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
