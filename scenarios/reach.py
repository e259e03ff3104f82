"""Which couplings each search excludes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.optimize import brentq

Array = NDArray[np.float64]

# Below this logarithm of events over the limit a search sees nothing; it stands for the logarithm of zero.
_NOTHING = -690.0


@dataclass(frozen=True)
class ExcludedInterval:
    """One stretch of couplings that a search excludes at one mass.

    Attributes
    ----------
    detector, search, model
        Their names.
    mass
        Mass [GeV].
    low, high
        Ends of the interval, in the model's unit.
    open_end
        ``""``, or ``"low"``, ``"high"`` or ``"low high"`` where the interval runs out of the scanned couplings.
    """

    detector: str
    search: str
    model: str
    mass: float
    low: float
    high: float
    open_end: str = ""


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

        Their ends are where the events cross the limit, found on a monotone cubic through the logarithms of the
        scanned points.
        """
        found = []
        log_coupling = np.log(self.data["coupling"].values)
        excess = self.excess.values * np.log(10)
        for i, name in enumerate(self.searches):
            detector, search = name.split(":", 1)
            for j, mass in enumerate(self.data["mass"].values):
                for low, high, open_end in _positive_intervals(log_coupling, excess[i, j]):
                    found.append(
                        ExcludedInterval(
                            detector=detector,
                            search=search,
                            model=str(self.data.attrs["model"]),
                            mass=float(mass),
                            low=low,
                            high=high,
                            open_end=open_end,
                        )
                    )
        return found

    def smallest_coupling(self) -> xr.DataArray:
        """Smallest excluded coupling (search, mass); NaN where nothing is excluded."""
        smallest = xr.full_like(self.data["events"].isel(coupling=0, drop=True), np.nan)
        for interval in self.intervals():
            where = {"search": f"{interval.detector}:{interval.search}", "mass": interval.mass}
            known = float(smallest.loc[where])
            smallest.loc[where] = interval.low if np.isnan(known) else min(known, interval.low)
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
        """Write the reach to a .csv, .json or .nc file; see `farflung.scenarios.output.write`."""
        from farflung.scenarios.output import write_reach  # output needs Reach for its types alone

        write_reach(self, path)

    def __repr__(self) -> str:
        data = self.data
        return (
            f"<Reach: {data.attrs['model']}, {', '.join(self.searches)}, "
            f"{data.sizes['mass']} masses, {data.sizes['coupling']} couplings>"
        )


def _positive_intervals(x: Array, y: Array) -> list[tuple[float, float, str]]:
    """Intervals (exp(low), exp(high), open end) of x on which the curve through (x, y) is positive."""
    if np.isnan(y).any():
        return []
    y = np.maximum(y, _NOTHING)
    positive = y > 0
    if not positive.any():
        return []
    edges = np.flatnonzero(np.diff(positive.astype(int)))
    crossings: list[float] = []
    if edges.size:
        curve = PchipInterpolator(x, y)
        crossings = [float(brentq(lambda at: float(curve(at)), x[i], x[i + 1], xtol=1e-12)) for i in edges]
    ends = ([x[0]] if positive[0] else []) + crossings + ([x[-1]] if positive[-1] else [])
    intervals = []
    for low, high in zip(ends[::2], ends[1::2], strict=True):
        open_ends = [label for label, end, limit in (("low", low, x[0]), ("high", high, x[-1])) if end == limit]
        intervals.append((float(np.exp(low)), float(np.exp(high)), " ".join(open_ends)))
    return intervals
