"""The plane of lifetime and branching ratio as a page that one points at."""

from html import escape
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.scenarios.sweeps.statistics import notes_of
from farflung.viz.metadata import origin
from farflung.viz.overlay import pieces
from farflung.viz.pages.exclusion_page import exclusion_page, rings, search_facts
from farflung.viz.plane_parts import X_LABEL, Y_LABEL, PlaneCurve, plane_parts

Array = NDArray[np.float64]

_FILL = 0.08
"""How opaque what lies above a line is, so that it can be pointed at."""


def plane_page(plane: xr.Dataset, *, note: str = "") -> str:
    """The plane of lifetime and branching ratio as a page for a browser, in one file that needs no network.

    It shows what `plot_plane` draws, and is used as `reach_page` is: pointing above a line gives the search and its
    limit at the nearest lifetime of the scan, a click all limits there.

    Parameters
    ----------
    plane
        What `farflung.scenarios.lifetime_plane` returns, with at least two lifetimes.
    note
        What the page says first of where it comes from, such as the command or the script that made it.

    Returns
    -------
    str
        HTML; `save_page` writes it.

    Raises
    ------
    ScenarioError
        As `plot_plane`.
    """
    parts = plane_parts(plane)
    facts = {
        "title": escape(parts.title, quote=False),
        "x": {
            "title": X_LABEL,
            "range": [float(parts.ctau[0]), float(parts.ctau[-1])],
            "symbol": "cτ",
            "unit": "m",
            "plain": False,
        },
        "y": {"title": Y_LABEL, "range": [parts.lowest, parts.highest], "symbol": "BR", "unit": ""},
        "along": [float(f"{length:.9g}") for length in parts.ctau],
        "searches": [_search(plane, one, parts.ctau, parts.highest) for one in parts.curves],
        "order": [one.search for one in parts.curves],
        "strip": None,
        "spans": [],
        "curves": [],
    }
    return exclusion_page(facts, notes_of(plane), [note, *origin(plane.attrs)])


def _search(plane: xr.Dataset, one: PlaneCurve, ctau: Array, highest: float) -> dict[str, Any]:
    """What is drawn and said of one search."""
    facts = search_facts(plane, one.search, one.style)
    state = f" ({one.state})" if one.state else ""
    lines = rings(pieces(ctau, one.values))
    return {
        **facts,
        "own": f"{facts['own']}{state}",
        "title": f"{facts['title']}{state}",
        "fill": _FILL,
        "dash": {"solid": "solid", "dashed": "dash", "dashdot": "dashdot", "dotted": "dot"}[one.line],
        "isHatched": False,
        "region": [[[line[0][0], highest], *line, [line[-1][0], highest]] for line in lines],
        "border": lines,
        "hatched": [],
        "band": [],
        "rows": {i: [{"low": float(low), "high": None}] for i, low in enumerate(one.values) if np.isfinite(low)},
        "every": {},
        "some": {},
    }
