"""Writing results: whole or not at all."""

import csv
import io
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xarray as xr

from farflung.scenarios.errors import ScenarioError

TABLE_SUFFIXES = (".csv", ".json", ".nc")
PICTURE_SUFFIXES = (".png", ".pdf", ".svg")
SCENE_SUFFIXES = (".glb",)
PAGE_SUFFIXES = (".html",)


def require_writable(path: str | Path, suffixes: Sequence[str], label: str = "output") -> Path:
    """Check, before any work is done, that a file can be written here.

    Parameters
    ----------
    path
        The file to write.
    suffixes
        Endings that are understood.
    label
        What the path is called.

    Raises
    ------
    ScenarioError
        If the ending is not one of them, the folder does not exist or cannot be written to, or the path is a folder.
    """
    target = Path(path)
    if target.suffix.lower() not in suffixes:
        raise ScenarioError(f"{label} = '{target}' must end in {' or '.join(suffixes)}")
    if target.is_dir():
        raise ScenarioError(f"{label} = '{target}' is a folder; give a file name")
    folder = target.parent
    if not folder.is_dir():
        raise ScenarioError(f"{label} = '{target}': the folder '{folder}' does not exist; make it first")
    if not os.access(folder, os.W_OK | os.X_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise ScenarioError(f"{label} = '{target}' cannot be written; check its permissions")
    return target


def write_whole(
    path: str | Path, suffixes: Sequence[str], write: Callable[[Path], object], label: str = "output"
) -> None:
    """Let `write` fill a file beside the target, then put it in the target's place in one step.

    Raises
    ------
    ScenarioError
        If the file cannot be written; then the target is as it was.
    """
    target = require_writable(path, suffixes, label).resolve()  # a link stays a link
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.stem}-", suffix=target.suffix)
        os.close(handle)
    except OSError as problem:
        raise ScenarioError(f"{label} = '{target}' cannot be written: {problem.strerror}") from problem
    part = Path(name)
    try:
        write(part)
        umask = os.umask(0)
        os.umask(umask)
        part.chmod(0o666 & ~umask)
        part.replace(target)
    except OSError as problem:
        raise ScenarioError(f"{label} = '{target}' cannot be written: {problem.strerror}") from problem
    finally:
        part.unlink(missing_ok=True)


def csv_text(comments: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Text of comma-separated values: lines of comments, a header, rows."""
    text = io.StringIO()
    text.writelines(f"# {comment}\n" for comment in comments)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([f"{cell:.6g}" if isinstance(cell, float) else cell for cell in row] for row in rows)
    return text.getvalue()


def write_table(
    path: str | Path, data: xr.Dataset, as_csv: Callable[[], str], as_dict: Callable[[], dict[str, Any]]
) -> None:
    """Write a table as .csv or .json, or the data behind it as .nc (netCDF).

    Raises
    ------
    ScenarioError
        If the ending is another one or the file cannot be written; nothing half-written is left behind.
    """

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


def provenance(data: xr.Dataset) -> list[str]:
    """Lines that say where data come from: their attributes."""
    return [f"{label}: {value}" for label, value in data.attrs.items()]
