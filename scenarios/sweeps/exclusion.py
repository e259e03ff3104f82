"""Which couplings each search excludes."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

from farflung.lpp.html_table import html_table, range_text
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.output import write_table
from farflung.scenarios.sweeps import reach_table
from farflung.scenarios.sweeps.band import excluded_together
from farflung.scenarios.sweeps.crossings import relative_error, with_edges
from farflung.scenarios.sweeps.reach_table import ExcludedInterval
from farflung.scenarios.sweeps.remarks import remarks
from farflung.scenarios.sweeps.treatments import masses_of_band, other_treatments

Array = NDArray[np.float64]

# Below this logarithm of events over the limit a search sees nothing; it stands for the logarithm of zero.
_NOTHING = -690.0


class Reach:
    """The result of a sweep, and the couplings that it excludes.

    Parameters
    ----------
    data
        What `farflung.scenarios.sweep` returns.
    """

    def __init__(self, data: xr.Dataset) -> None:
        self.data = data

    @property
    def searches(self) -> tuple[str, ...]:
        """The detector-search pairs, as in ``"belle2:displaced"``."""
        return tuple(str(name) for name in self.data["search"].values)

    @property
    def excess(self) -> xr.DataArray:
        """log10 of events over the limit (search, mass, coupling): excluded where positive."""
        with np.errstate(divide="ignore"):
            return xr.DataArray(np.log10(self.data["events"] / self.data["limit"]))

    def intervals(self) -> list[ExcludedInterval]:
        """All excluded intervals, by search, mass and coupling; all disjoint pieces at one mass.

        Their ends are where the events cross the limit. A sweep asks for the events again at couplings nearer and
        nearer to it, until it lies between two that are a millionth apart, whatever the scanned couplings are. In
        results without those, it is found on a monotone cubic through the logarithms of the scanned points. Pieces
        and gaps that are narrower than the steps of the scan may be missed.
        """
        return list(self._intervals)

    @cached_property
    def _intervals(self) -> tuple[ExcludedInterval, ...]:
        found = []
        limits = self.data["limit"].values
        for i, name in enumerate(self.searches):
            detector, search = name.split(":", 1)
            for j, mass in enumerate(self.data["mass"].values):
                coupling, events = with_edges(self.data, i, j)
                with np.errstate(divide="ignore"):
                    excess = np.log(events / limits[i, j])
                for low, high, open_end in _positive_intervals(coupling, excess):
                    found.append(
                        ExcludedInterval(
                            detector=detector,
                            search=search,
                            model=str(self.data.attrs["model"]),
                            mass=float(mass),
                            low=low,
                            high=high,
                            open_end=open_end,
                            error_low=relative_error(self.data, i, j, low),
                            error_high=relative_error(self.data, i, j, high),
                        )
                    )
        return tuple(found)

    @cached_property
    def treatments(self) -> dict[str, "Reach"]:
        """Results of other treatments of the same particle, by what distinguishes them; none if all agree."""
        return {label: Reach(data) for label, data in other_treatments(self.data).items()}

    def excluded_by_all(self) -> list[ExcludedInterval]:
        """What every treatment excludes: where these and `excluded_by_some` differ, the limit is a band."""
        return self._together(some=False)

    def excluded_by_some(self) -> list[ExcludedInterval]:
        """What at least one treatment excludes."""
        return self._together(some=True)

    def _together(self, *, some: bool) -> list[ExcludedInterval]:
        if not self.treatments:
            return self.intervals()
        coupling = self.data["coupling"].values
        every = [self.intervals(), *(other.intervals() for other in self.treatments.values())]
        return excluded_together(every, some=some, ends=(float(coupling[0]), float(coupling[-1])))

    def smallest_coupling(self) -> xr.DataArray:
        """Smallest excluded coupling (search, mass); NaN where nothing is excluded."""
        smallest = xr.full_like(self.data["events"].isel(coupling=0, drop=True), np.nan)
        row = {name: i for i, name in enumerate(self.searches)}
        column = {float(mass): j for j, mass in enumerate(self.data["mass"].values)}
        for interval in self._intervals:
            place = row[f"{interval.detector}:{interval.search}"], column[interval.mass]
            smallest.values[place] = np.fmin(smallest.values[place], interval.low)
        smallest.attrs = {"units": self.data["coupling"].attrs["units"], "long_name": "smallest excluded coupling"}
        return smallest.rename("smallest_coupling")

    def best_search(self) -> xr.DataArray:
        """Name of the search that reaches the smallest coupling, by mass; empty where none excludes anything."""
        smallest = self.smallest_coupling()
        any_reach = smallest.notnull().any("search")
        best = smallest.fillna(np.inf).argmin("search")
        names = np.where(any_reach.values, self.data["search"].values[best.values], "")
        return xr.DataArray(names, coords={"mass": self.data["mass"]}, dims="mass", name="best_search")

    def write(self, path: str | Path) -> None:
        """Write excluded intervals as .csv or .json, or the whole sweep as .nc (netCDF).

        Raises
        ------
        ScenarioError
            If the ending is another one or the file cannot be written; nothing half-written is left behind.
        """
        write_table(path, self.data, self.as_csv, self.as_dict)

    def as_csv(self) -> str:
        """The excluded intervals as text: comments with provenance, a header, one row per interval."""
        return reach_table.as_csv(self.data, self._intervals)

    def as_dict(self) -> dict[str, Any]:
        """The excluded intervals with their provenance, ready for JSON."""
        return reach_table.as_dict(self.data, self._intervals, self._band())

    def _band(self) -> dict[str, list[ExcludedInterval]]:
        """What all and what some treatments exclude at the masses at which they differ; nothing if they agree."""
        masses = set(masses_of_band(self.data).tolist())
        both = {"excluded_by_all": self.excluded_by_all(), "excluded_by_some": self.excluded_by_some()}
        return {name: [one for one in found if one.mass in masses] for name, found in both.items()} if masses else {}

    def __repr__(self) -> str:
        data = self.data
        return (
            f"<Reach: {data.attrs['model']}, {', '.join(self.searches)}, "
            f"{data.sizes['mass']} masses, {data.sizes['coupling']} couplings>"
        )

    def _repr_html_(self) -> str:
        """What a notebook shows: where each search begins to exclude something."""
        data = self.data
        smallest, unit = self.smallest_coupling(), str(data["coupling"].attrs["units"])
        reached = []
        for name, title in zip(self.searches, map(str, data["search_title"].values), strict=True):
            here = smallest.sel(search=name).values
            best = "no reach"
            if np.isfinite(here).any():
                at = int(np.nanargmin(here))
                best = f"from {here[at]:.3g} {'' if unit == '1' else unit} at {float(data['mass'][at]):.3g} GeV"
            reached.append(f"{title}: {best}")
        coupling, mass = data["coupling"].values, data["mass"].values
        facts = {
            "excluded": reached,
            "coupling": f"{data['coupling'].attrs['long_name']}, "
            f"{len(coupling)} from {range_text(coupling[0], coupling[-1], unit)}",
            "masses": f"{len(mass)} from {range_text(mass[0], mass[-1], 'GeV')}",
            "remarks": remarks(data),
            "sampling": data.attrs.get("sampling", ""),
            "created by": data.attrs.get("created_by", ""),
        }
        return html_table(f"Reach: {data.attrs['model_title']}", facts)


def _positive_intervals(coupling: Array, excess: Array) -> list[tuple[float, float, str]]:
    """Intervals (low, high, open end) of the coupling on which the logarithm `excess` is positive."""
    unknown = np.isnan(excess)
    if unknown.all():
        return []
    if unknown.any():
        raise ScenarioError(
            f"events at coupling = {coupling[unknown][0]:g} are not a number >= 0, although others at the same mass are"
        )
    x, y = np.log(coupling), np.maximum(excess, _NOTHING)
    positive = y > 0
    if not positive.any():
        return []
    crossings: list[float] = []
    edges = np.flatnonzero(np.diff(positive.astype(int)))
    if edges.size:
        curve = PchipInterpolator(x, y)
        crossings = [float(np.exp(brentq(lambda at: float(curve(at)), x[i], x[i + 1], xtol=1e-12))) for i in edges]
    lowest, highest = float(coupling[0]), float(coupling[-1])
    ends = ([lowest] if positive[0] else []) + crossings + ([highest] if positive[-1] else [])
    return [
        (low, high, " ".join(["low"] * (low == lowest) + ["high"] * (high == highest)))
        for low, high in zip(ends[::2], ends[1::2], strict=True)
    ]
