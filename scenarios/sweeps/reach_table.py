"""Reaches as tables: rows of excluded intervals, with the numbers and the provenance that go with them."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from math import isnan, nan
from typing import Any

import xarray as xr

from farflung.scenarios.output import csv_text, provenance
from farflung.scenarios.sweeps.remarks import remarks

REACH_COLUMNS = (
    "detector",
    "search",
    "model",
    "mass_GeV",
    "coupling_low",
    "coupling_high",
    "open_end",
    "events_error_low",
    "events_error_high",
)


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
    error_low, error_high
        Relative statistical error of the expected events at either end; NaN where the interval runs out of the scan, or
        the result was written without it.
    """

    detector: str
    search: str
    model: str
    mass: float
    low: float
    high: float
    open_end: str = ""
    error_low: float = nan
    error_high: float = nan


def as_dict(
    data: xr.Dataset, intervals: Sequence[ExcludedInterval], band: Mapping[str, Sequence[ExcludedInterval]] = {}
) -> dict[str, Any]:
    """Excluded intervals of a sweep with their provenance, ready for JSON.

    Parameters
    ----------
    data
        The sweep.
    intervals
        What is excluded.
    band
        What all and what some treatments of the particle exclude, where they differ.
    """
    rows = [_row(interval) for interval in intervals]
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
        **({"band": {name: [_row(one) for one in found] for name, found in band.items()}} if band else {}),
    }


def _row(interval: ExcludedInterval) -> dict[str, Any]:
    """An interval by the names of the columns, without a value where it is not known."""
    return {
        name: None if isinstance(value, float) and isnan(value) else value
        for name, value in zip(REACH_COLUMNS, astuple(interval), strict=True)
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
    rows = [["" if value is None else value for value in interval.values()] for interval in facts["intervals"]]
    return csv_text(comments + facts["remarks"] + provenance(data), REACH_COLUMNS, rows)
