"""Reaches as tables: rows of excluded intervals, with the numbers and the provenance that go with them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xarray as xr

from farflung.scenarios.output import csv_text, provenance, write_table
from farflung.scenarios.sweeps.statistics import remarks

REACH_COLUMNS = ("detector", "search", "model", "mass_GeV", "coupling_low", "coupling_high", "open_end")


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


def as_dict(data: xr.Dataset, intervals: Sequence[ExcludedInterval]) -> dict[str, Any]:
    """Excluded intervals of a sweep with their provenance, ready for JSON."""
    rows = [
        dict(zip(REACH_COLUMNS, (i.detector, i.search, i.model, i.mass, i.low, i.high, i.open_end), strict=True))
        for i in intervals
    ]
    coupling = data["coupling"]
    return {
        "coupling": {
            "name": coupling.attrs["long_name"],
            "unit": coupling.attrs["units"],
            "scanned_from": float(coupling[0]),
            "scanned_to": float(coupling[-1]),
        },
        "masses_GeV": [float(mass) for mass in data["mass"]],
        "unreliable_masses_GeV": [float(mass) for mass in data["mass"][data["unreliable"] == 1]],
        "limits_events": {
            str(name): _one_or_all(data["limit"].sel(search=name).values) for name in data["search"].values
        },
        "provenance": {str(label): str(value) for label, value in data.attrs.items()},
        "remarks": remarks(data),
        "intervals": rows,
    }


def _one_or_all(values: Any) -> float | list[float]:
    """The value that all have in common, or all of them."""
    return float(values[0]) if (values == values[0]).all() else [float(value) for value in values]


def _spanned(value: float | list[float]) -> str:
    return f"{value:.4g}" if isinstance(value, float) else f"{min(value):.4g} to {max(value):.4g}"


def as_csv(data: xr.Dataset, intervals: Sequence[ExcludedInterval]) -> str:
    """The excluded intervals as text: comments with provenance, a header, one row per interval."""
    facts = as_dict(data, intervals)
    coupling, masses, doubtful = facts["coupling"], facts["masses_GeV"], facts["unreliable_masses_GeV"]
    comments = [
        "excluded intervals of the coupling, one a row; a mass and search without a row excludes nothing",
        f"coupling: {coupling['name']} in {coupling['unit']}, "
        f"scanned from {coupling['scanned_from']:g} to {coupling['scanned_to']:g}; "
        "open_end names the end of an interval at which the scan ends before the exclusion does",
        f"masses: {len(masses)} from {masses[0]:g} to {masses[-1]:g} GeV",
        "limits: " + ", ".join(f"{name} {_spanned(value)} events" for name, value in facts["limits_events"].items()),
    ]
    if doubtful:
        listed = ", ".join(f"{mass:.4g}" for mass in doubtful)
        comments.append(f"widths uncertain by more than about a factor of two at masses [GeV]: {listed}")
    rows = [list(interval.values()) for interval in facts["intervals"]]
    return csv_text(comments + facts["remarks"] + provenance(data), REACH_COLUMNS, rows)


def write(path: str | Path, data: xr.Dataset, intervals: Sequence[ExcludedInterval]) -> None:
    """Write excluded intervals as .csv or .json, or the whole sweep as .nc (netCDF).

    Raises
    ------
    ScenarioError
        If the ending is another one or the file cannot be written; nothing half-written is left behind.
    """
    write_table(path, data, lambda: as_csv(data, intervals), lambda: as_dict(data, intervals))
