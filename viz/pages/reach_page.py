"""The reach as a page that one points at: which search excludes what, at any mass."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.colors import to_hex
from numpy.typing import NDArray
from shapely import MultiPolygon

from farflung.scenarios import ExcludedInterval, Reach
from farflung.scenarios.sweeps.statistics import notes_of
from farflung.scenarios.sweeps.treatments import masses_of_band
from farflung.viz.best_strip import lower_edges
from farflung.viz.metadata import origin
from farflung.viz.overlay import Overlay, overlay_curves
from farflung.viz.pages.exclusion_page import Rows, exclusion_page, rings, search_facts
from farflung.viz.pages.typeset import as_html
from farflung.viz.reach_parts import ReachParts, reach_parts
from farflung.viz.region_drawing import band_along
from farflung.viz.regions import as_regions

Array = NDArray[np.float64]

_HATCHED = 9.0
"""Width [px] of the hatched band along the border of what is not seen, before one zooms."""

_PLOT = (900.0, 560.0)
"""Size [px] of the plot for which that is so."""


def reach_page(
    reach: Reach,
    *,
    title: str | None = None,
    labels: Mapping[str, str] | None = None,
    strip: bool = True,
    style: Mapping[str, Mapping[str, Any]] | None = None,
    overlay: Overlay | None = None,
    note: str = "",
) -> str:
    """The reach as a page for a browser, in one file that needs no network.

    It shows the regions that `plot_reach` draws. Pointing at one gives the experiment, the search, what it is and the
    couplings that it excludes at the nearest mass of the scan, as `Reach.intervals` has them; a click keeps all of
    them at that mass as a table. Searches are switched on and off, alone or all of an experiment; dragging zooms.

    Parameters
    ----------
    reach
        What `farflung.scenarios.reach` or `compare` returns, with at least two masses and couplings.
    title, strip, style, overlay
        As of `plot_reach`.
    labels
        Other names, by search.
    note
        What the page says first of where it comes from, such as the command or the script that made it.

    Returns
    -------
    str
        HTML of about 5 MB, most of it the program that draws; `save_page` writes it.

    Raises
    ------
    ScenarioError
        As `plot_reach`.
    """
    curves = list(overlay_curves(overlay or {}))
    parts = reach_parts(reach, labels, style, len(curves))
    data = reach.data
    masses = data["mass"].values
    own, banded = _by_search(reach.intervals(), masses), _band(reach)
    facts = {
        "title": as_html(parts.title if title is None else title),
        "x": {"title": "mass  [GeV]", "range": parts.masses, "symbol": "<i>m</i>", "unit": "GeV", "plain": True},
        "y": {
            "title": as_html(parts.coupling),
            "range": parts.couplings,
            "symbol": as_html(parts.coupling.partition("  [")[0]),
            "unit": as_html(parts.coupling.partition("  [")[2].rstrip("]")),
        },
        "along": [float(f"{mass:.9g}") for mass in masses],
        "searches": [
            {
                **search_facts(data, name, style),
                **_shapes(parts, name),
                "rows": own[name],
                "every": banded["every"][name],
                "some": banded["some"][name],
            }
            for name, style in parts.styles.items()
        ],
        "order": parts.order,
        "strip": _strip(parts, masses) if strip and len(parts.styles) > 1 else None,
        "spans": parts.doubtful,
        "curves": [
            {"name": name, "colour": to_hex(look["color"]), "dash": _dash(look["linestyle"]),
             "points": [_known(mass), _known(coupling)]}
            for name, mass, coupling, look in curves
        ],
    }  # fmt: skip
    return exclusion_page(facts, notes_of(data), [note, *origin(data.attrs)])


def _shapes(parts: ReachParts, name: str) -> dict[str, Any]:
    """What is drawn of one search."""
    style, region, border = parts.styles[name], parts.regions[name], parts.borders[name]
    hatched: Any = MultiPolygon()
    if style.hatched and not region.is_empty:
        extents = (np.log(high / low) for low, high in (parts.masses, parts.couplings))
        scale = tuple(pixels / extent for pixels, extent in zip(_PLOT, extents, strict=True))
        hatched = as_regions(band_along(border, region, (scale[0], scale[1]), _HATCHED))
    return {
        "region": rings(region),
        "border": rings(border),
        "hatched": rings(hatched),
        "band": rings(as_regions(parts.possible[name].difference(region))),
    }


def _by_search(intervals: Sequence[ExcludedInterval], masses: Array) -> dict[str, Rows]:
    """Intervals of each search, by the number of their mass."""
    place = {float(mass): i for i, mass in enumerate(masses)}
    found: dict[str, Rows] = defaultdict(lambda: defaultdict(list))
    for one in intervals:
        errors = _known(np.array([one.error_low, one.error_high]), 3)
        row = {"low": one.low, "high": one.high, "open": one.open_end, "errors": errors}
        found[f"{one.detector}:{one.search}"][place[one.mass]].append(row)
    return found


def _band(reach: Reach) -> dict[str, dict[str, Rows]]:
    """What every and what some treatments exclude, at masses at which they differ."""
    if not reach.treatments:
        return {"every": defaultdict(dict), "some": defaultdict(dict)}
    masses, differ = reach.data["mass"].values, set(masses_of_band(reach.data).tolist())
    both = {"every": reach.excluded_by_all(), "some": reach.excluded_by_some()}
    return {kind: _by_search([one for one in found if one.mass in differ], masses) for kind, found in both.items()}


def _strip(parts: ReachParts, masses: Array) -> dict[str, Any]:
    """Ends of short stretches of mass, and how low each search reaches in each: where one is off, the next is best."""
    ends, lowest = lower_edges(parts.regions, masses)
    return {
        "ends": [float(f"{end:.9g}") for end in np.exp(ends)],
        "lowest": {name: _known(low, 5) for name, low in zip(parts.regions, lowest, strict=True)},
        "said": f"reaches the small{'est' if len(parts.styles) > 2 else 'er'} coupling:",
    }


def _known(values: Array, digits: int = 6) -> list[float | None]:
    """Numbers, and nothing for those that are not finite."""
    return [float(f"{value:.{digits}g}") if np.isfinite(value) else None for value in values]


def _dash(line: str | tuple[int, tuple[float, ...]]) -> str:
    """A line style of matplotlib's, whose dashes are in units of the width of the line, as the page's."""
    return line if isinstance(line, str) else ",".join(f"{1.5 * part:g}px" for part in line[1])
