"""Published limits from a user's file."""

import csv
from collections.abc import Mapping, Sequence
from math import inf, nan
from pathlib import Path

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable

_COLUMNS = (("mass", "limit"), ("mass", "ctau", "limit"))


def read_limit(path: str | Path, *, source: str = "", prompt: bool = False) -> MassTable | LifetimeTable:
    """Read a limit on a branching ratio, as a `farflung.detectors.PublishedLimit` takes it.

    Parameters
    ----------
    path
        A file of comma-separated values. Its first line names the columns: ``mass,limit`` or ``mass,ctau,limit``, with
        the mass in GeV and the proper decay length in metres. Rows may come in any order; there must be one for each
        mass, or for each pair of mass and c tau. A limit of ``inf`` says that there is none. Lines that begin with #
        are comments.
    source
        Where the numbers come from; by default the file's name.
    prompt
        For a table against lifetime: whether the limits for the shortest one hold for shorter ones too.

    Raises
    ------
    DetectorError
        If the file cannot be read, or a line of it does not make sense; the message names the line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DetectorError(f"path = {str(path)!r} cannot be read: {error}") from error
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip() and line[0] != "#"]
    if not lines:
        raise DetectorError(f"{path} is empty; its first line must be {' or '.join(map(','.join, _COLUMNS))}")
    header = tuple(label.strip() for label in lines[0][1].split(","))
    if header not in _COLUMNS:
        raise DetectorError(
            f"{path}, line {lines[0][0]}: {lines[0][1].strip()!r} must be {' or '.join(map(','.join, _COLUMNS))}"
        )
    found: dict[tuple[float, ...], float] = {}
    for number, line in lines[1:]:
        *at, limit = _numbers(f"{path}, line {number}", next(csv.reader([line])), header)
        if tuple(at) in found:
            raise DetectorError(f"{path}, line {number}: there is a limit for {line.rsplit(',', 1)[0]} already")
        found[tuple(at)] = limit
    if not found:
        raise DetectorError(f"{path} has no line of numbers")
    named = source or Path(path).name
    masses = tuple(sorted({at[0] for at in found}))
    if len(header) == 2:
        return MassTable(masses, tuple(found[(mass,)] for mass in masses), named)
    lengths = tuple(sorted({at[1] for at in found}))
    return LifetimeTable(masses, lengths, _grid(path, found, masses, lengths), named, prompt)


def _numbers(where: str, row: Sequence[str], header: tuple[str, ...]) -> list[float]:
    if len(row) != len(header):
        raise DetectorError(f"{where} has {len(row)} columns, but the first line names {len(header)}")
    numbers = []
    for label, text in zip(header, row, strict=True):
        try:
            value = float(text)
        except ValueError:
            value = nan
        if not (value > 0 and (value < inf or label == "limit")):
            raise DetectorError(f"{where}: {label} = {text.strip()!r} is not a positive number")
        numbers.append(value)
    return numbers


def _grid(
    path: str | Path, found: Mapping[tuple[float, ...], float], masses: Sequence[float], lengths: Sequence[float]
) -> tuple[tuple[float, ...], ...]:
    for mass in masses:
        for ctau in lengths:
            if (mass, ctau) not in found:
                raise DetectorError(
                    f"{path}: mass = {mass:g} GeV has no line for ctau = {ctau:g} m, as others have; "
                    "write inf where there is no limit"
                )
    return tuple(tuple(found[(mass, ctau)] for ctau in lengths) for mass in masses)
