"""Published limits from a user's file."""

import csv
from collections.abc import Mapping, Sequence
from math import inf, nan
from pathlib import Path

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.lpp.number_text import read_number

_COLUMNS = (("mass", "limit"), ("mass", "ctau", "limit"))


def read_limit(path: str | Path, *, source: str = "", prompt: bool = False) -> MassTable | LifetimeTable:
    """Read a limit on a branching ratio, as a `farflung.detectors.PublishedLimit` takes it.

    Parameters
    ----------
    path
        A file of comma-separated values, quoted or not. Its first line names the columns: ``mass,limit`` or
        ``mass,ctau,limit``, with the mass in GeV and the proper decay length in metres. Rows may come in any order;
        there must be one for each mass, or for each pair of mass and c tau. A limit of ``inf`` says that there is none.
        Lines that begin with # are comments.
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
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DetectorError(f"path = {str(path)!r} cannot be read: {error}") from error
    right = " or ".join(map(",".join, _COLUMNS))
    lines = _cells(str(path), text)
    if not lines:
        raise DetectorError(f"{path} is empty; its first line must be {right}")
    (first, labels), *rows = lines
    header = tuple(label.lower() for label in labels)
    if header not in _COLUMNS:
        raise DetectorError(f"{path}, line {first}: {','.join(labels)!r} must be {right}")
    found: dict[tuple[float, ...], float] = {}
    for number, row in rows:
        *at, limit = _numbers(f"{path}, line {number}", row, header)
        if tuple(at) in found:
            raise DetectorError(f"{path}, line {number}: there is a limit for {','.join(row[:-1])} already")
        found[tuple(at)] = limit
    if not found:
        raise DetectorError(f"{path} has no line of numbers")
    named = source or Path(path).name
    masses = tuple(sorted({at[0] for at in found}))
    if len(header) == 2:
        return MassTable(masses, tuple(found[(mass,)] for mass in masses), named)
    lengths = tuple(sorted({at[1] for at in found}))
    return LifetimeTable(masses, lengths, _grid(path, found, masses, lengths), named, prompt)


def _cells(path: str, text: str) -> list[tuple[int, list[str]]]:
    """Lines with their numbers, cut into cells, which may be quoted; without comments, and empty cells at the end."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(("#", '"#')):
            continue
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], skipinitialspace=True, strict=True), [])]
        except csv.Error as problem:
            raise DetectorError(f"{path}, line {number}: {line.strip()!r} cannot be read: {problem}") from problem
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            found.append((number, cells))
    return found


def _numbers(where: str, row: Sequence[str], header: tuple[str, ...]) -> list[float]:
    if len(row) != len(header):
        raise DetectorError(f"{where} has {len(row)} columns, but the first line names {len(header)}")
    numbers = []
    for label, text in zip(header, row, strict=True):
        try:
            value = read_number(text)
        except ValueError:
            value = nan
        if not (value > 0 and (value < inf or label == "limit")):
            raise DetectorError(f"{where}: {label} = {text!r} is not a positive number")
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
