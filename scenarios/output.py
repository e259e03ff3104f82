"""Writing results: whole or not at all."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr

from farflung.scenarios.errors import ScenarioError

if TYPE_CHECKING:
    from farflung.scenarios.sweeps.exclusion import Reach

TABLE_SUFFIXES = (".csv", ".json", ".nc")
PICTURE_SUFFIXES = (".png", ".pdf", ".svg")
SCENE_SUFFIXES = (".glb",)

REACH_COLUMNS = ("detector", "search", "model", "mass_GeV", "coupling_low", "coupling_high", "open_end")
ACCEPTANCE_COLUMNS = ("search", "ctau_m", "probability", "error")


def require_writable(path: str | Path, suffixes: Sequence[str]) -> Path:
    """Check, before any work is done, that a file can be written here.

    Parameters
    ----------
    path
        The file to write.
    suffixes
        Endings that are understood.

    Raises
    ------
    ScenarioError
        If the ending is not one of them, the folder does not exist or cannot be written to, or the path is a folder.
    """
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise ScenarioError(f"output = '{target}' must end in {' or '.join(suffixes)}")
    if target.is_dir():
        raise ScenarioError(f"output = '{target}' is a folder; give a file name")
    folder = target.parent
    if not folder.is_dir():
        raise ScenarioError(f"output = '{target}': the folder '{folder}' does not exist; make it first")
    if not os.access(folder, os.W_OK | os.X_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise ScenarioError(f"output = '{target}' cannot be written; check its permissions")
    return target


def write_whole(path: str | Path, suffixes: Sequence[str], write: Callable[[Path], object]) -> None:
    """Let `write` fill a file beside the target, then put it in the target's place in one step.

    Raises
    ------
    ScenarioError
        If the file cannot be written; then the target is as it was.
    """
    target = require_writable(path, suffixes).resolve()  # a link stays a link
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix)
        os.close(handle)
    except OSError as problem:
        raise ScenarioError(f"output = '{target}' cannot be written: {problem.strerror}") from problem
    part = Path(name)
    try:
        write(part)
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(target)
    except OSError as problem:
        raise ScenarioError(f"output = '{target}' cannot be written: {problem.strerror}") from problem
    finally:
        part.unlink(missing_ok=True)


def _csv(comments: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    text.writelines(f"# {comment}\n" for comment in comments)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    return text.getvalue()


def _write_table(
    path: str | Path, data: xr.Dataset, as_csv: Callable[[], str], as_dict: Callable[[], dict[str, Any]]
) -> None:
    def write(part: Path) -> None:
        suffix = part.suffix.lower()
        if suffix == ".nc":
            data.to_netcdf(part, engine="scipy")
        else:
            part.write_text(as_csv() if suffix == ".csv" else as_json(as_dict()), encoding="utf-8")

    write_whole(path, TABLE_SUFFIXES, write)


def as_json(facts: dict[str, Any]) -> str:
    """JSON text, one space of indentation."""
    return json.dumps(facts, indent=1, allow_nan=False) + "\n"


def _provenance(data: xr.Dataset) -> list[str]:
    return [f"{label}: {value}" for label, value in data.attrs.items()]


def reach_as_dict(reach: "Reach") -> dict[str, Any]:
    """The excluded intervals with their provenance, ready for JSON."""
    data = reach.data
    rows = [
        dict(zip(REACH_COLUMNS, (i.detector, i.search, i.model, i.mass, i.low, i.high, i.open_end), strict=True))
        for i in reach.intervals()
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
        "limits_events": {name: _one_or_all(data["limit"].sel(search=name).values) for name in reach.searches},
        "provenance": {str(label): str(value) for label, value in data.attrs.items()},
        "intervals": rows,
    }


def _one_or_all(values: Any) -> float | list[float]:
    """The value that all have in common, or all of them."""
    return float(values[0]) if (values == values[0]).all() else [float(value) for value in values]


def _spanned(value: float | list[float]) -> str:
    return f"{value:.4g}" if isinstance(value, float) else f"{min(value):.4g} to {max(value):.4g}"


def reach_as_csv(reach: "Reach") -> str:
    """The excluded intervals as text: comments with provenance, a header, one row per interval."""
    facts = reach_as_dict(reach)
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
    return _csv(comments + _provenance(reach.data), REACH_COLUMNS, rows)


def write_reach(reach: "Reach", path: str | Path) -> None:
    """Write a reach: excluded intervals as .csv or .json, or the whole sweep as .nc (netCDF).

    Raises
    ------
    ScenarioError
        If the ending is another one or the file cannot be written; nothing half-written is left behind.
    """
    _write_table(path, reach.data, lambda: reach_as_csv(reach), lambda: reach_as_dict(reach))


def _number(value: xr.DataArray) -> float | None:
    """The number, or None where there is none, which JSON calls null."""
    return None if np.isnan(value) else float(value)


def acceptance_as_dict(data: xr.Dataset) -> dict[str, Any]:
    """A table of acceptances with its provenance, ready for JSON."""
    rows = [
        {
            "search": str(name),
            "ctau_m": float(ctau),
            "probability": _number(data["probability"].sel(search=name, ctau=ctau)),
            "error": _number(data["error"].sel(search=name, ctau=ctau)),
        }
        for name in data["search"].values
        for ctau in data["ctau"].values
    ]
    return {"provenance": {str(label): str(value) for label, value in data.attrs.items()}, "acceptance": rows}


def acceptance_as_csv(data: xr.Dataset) -> str:
    """A table of acceptances as text: comments with provenance, a header, one row per search and c tau."""
    rows = [list(row.values()) for row in acceptance_as_dict(data)["acceptance"]]
    comments = ["probability that a decay happens where the search looks for it, and its statistical error"]
    return _csv(comments + _provenance(data), ACCEPTANCE_COLUMNS, rows)


def write_acceptance(data: xr.Dataset, path: str | Path) -> None:
    """Write a table of acceptances to a .csv, .json or .nc file; raises as `write_reach`."""
    _write_table(path, data, lambda: acceptance_as_csv(data), lambda: acceptance_as_dict(data))
