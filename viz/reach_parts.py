"""What a picture of the reach shows, whoever draws it: regions, looks, limits of the axes, title."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from shapely import MultiPolygon
from shapely.geometry.base import BaseGeometry

from farflung.scenarios import Reach, ScenarioError
from farflung.scenarios.sweeps.statistics import common_level, other_levels, percent
from farflung.viz.regions import certain_and_possible, outline
from farflung.viz.search_styles import SearchStyle, expected, restyled, search_styles
from farflung.viz.style import coupling_label

Array = NDArray[np.float64]

_MANY = 3
"""With more searches than these, names are written into the regions."""


@dataclass(frozen=True)
class ReachParts:
    """What is drawn of a reach; regions are in the plane of the natural logarithms of mass and coupling.

    Attributes
    ----------
    many
        Whether names belong into the regions.
    styles
        The look of each search.
    regions, possible, borders
        What every treatment excludes, what at least one does, and the border of the former, by search.
    order
        Searches from the back to the front.
    masses, couplings
        Limits of the axes.
    doubtful
        Stretches of masses [GeV] at which the model warns of its widths.
    coupling
        The label of the axis, in mathematical type.
    title
        The model and the confidence level.
    """

    many: bool
    styles: dict[str, SearchStyle]
    regions: dict[str, MultiPolygon]
    possible: dict[str, MultiPolygon]
    borders: dict[str, BaseGeometry]
    order: tuple[str, ...]
    masses: tuple[float, float]
    couplings: tuple[float, float]
    doubtful: tuple[tuple[float, float], ...]
    coupling: str
    title: str


def reach_parts(
    reach: Reach,
    labels: bool | Mapping[str, str] | None = None,
    style: Mapping[str, Mapping[str, Any]] | None = None,
    curves: int = 0,
) -> ReachParts:
    """Join the intervals of a reach to regions and say how they look; arguments as of `farflung.viz.plot_reach`.

    Raises
    ------
    ScenarioError
        If it is no reach, there are fewer than two masses or couplings, or a search is named that is not there.
    """
    if not isinstance(reach, Reach):
        raise ScenarioError(f"reach is a {type(reach).__name__}; give what farflung.scenarios.reach or compare returns")
    data = reach.data
    mass, coupling = data["mass"].values, data["coupling"].values
    if len(mass) < 2 or len(coupling) < 2:
        raise ScenarioError(
            f"a picture of the reach needs at least two masses and two couplings, got {len(mass)} and {len(coupling)}"
        )
    many = labels if isinstance(labels, bool) else len(reach.searches) + curves > _MANY
    styles = restyled(search_styles(data), style or {}, labels if isinstance(labels, Mapping) else {})
    intervals = reach.intervals()
    regions, possible = certain_and_possible(reach, intervals)
    lows = [interval.low for interval in intervals]
    return ReachParts(
        many=many,
        styles=styles,
        regions=regions,
        possible=possible,
        borders={name: outline(regions[name], reach) for name in reach.searches},
        order=tuple(sorted(reach.searches, key=lambda name: -regions[name].area) if many else reach.searches),
        masses=(float(mass[0]), float(mass[-1])),
        couplings=(float(max(coupling[0], min(lows) / 4) if lows else coupling[0]), float(coupling[-1])),
        doubtful=_stretches(mass, data["unreliable"].values == 1),
        coupling=coupling_label(str(data["coupling"].attrs["long_name"]), str(data["coupling"].attrs["units"])),
        title=_title(data, many),
    )


def _title(data: xr.Dataset, many: bool) -> str:
    """The model, the detector where its name is not written with each of its searches, and the confidence level."""
    titles = set(map(str, data["detector_title"].values)) if many and "detector_title" in data.coords else set()
    whose = f"{titles.pop()}: {data.attrs['model_title']}" if len(titles) == 1 else str(data.attrs["model_title"])
    unless = " unless marked" if other_levels(data) else ""
    projections = expected(data)
    excluded = "excluded"
    if projections:
        excluded = "expected exclusion" if len(projections) == data.sizes["search"] else "excluded, or expected to be,"
    return f"{whose}, {excluded} at {percent(common_level(data))} CL{unless}"


def _stretches(mass: Array, flag: NDArray[np.bool_]) -> tuple[tuple[float, float], ...]:
    """Masses with a flag, up to halfway, in the logarithm, to their neighbours without one."""
    edges = np.concatenate([[mass[0]], np.sqrt(mass[1:] * mass[:-1]), [mass[-1]]])
    change = np.diff(flag.astype(int), prepend=0, append=0)
    starts, ends = edges[change == 1], edges[change == -1]
    return tuple((float(left), float(right)) for left, right in zip(starts, ends, strict=True))
