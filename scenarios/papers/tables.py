"""Tables of labelled arrays, a row for each point."""

import csv
import io
import math
from collections.abc import Mapping
from typing import NamedTuple

import xarray as xr

from farflung.scenarios.sweeps.exclusion import Reach


class Table(NamedTuple):
    """Names of columns, with units at their ends, and rows of numbers, texts or None."""

    columns: tuple[str, ...]
    rows: list[tuple[object, ...]]

    def as_csv(self) -> str:
        """A header and one line per row, numbers with six digits; empty where there is none."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows([_cell(value) for value in row] for row in self.rows)
        return text.getvalue()


def tidy(panels: Mapping[str, xr.Dataset]) -> Table:
    """A row for each point of the panels at which there is something.

    Columns are the panel (if there is more than one), coordinates and variables, named with their units, as in
    ``m_a_GeV``. Panels have the same dimensions and variables.
    """
    columns: tuple[str, ...] = ()
    rows: list[tuple[object, ...]] = []
    for name, data in panels.items():
        variables = list(data.data_vars)
        frame = data.to_dataframe().dropna(how="all", subset=variables).reset_index()
        frame = frame[[*data.dims, *(label for label in data.coords if label not in data.dims), *variables]]
        head = ("panel",) if len(panels) > 1 else ()
        columns = (*head, *(_column(data, str(label)) for label in frame.columns))
        rows += [((name,) if head else ()) + tuple(row) for row in frame.itertuples(index=False)]
    return Table(columns, rows)


def excluded_intervals(panels: Mapping[str, xr.Dataset]) -> Table:
    """What sweeps exclude: a row for each interval of the coupling, at each mass and for each search."""
    rows: list[tuple[object, ...]] = []
    for name, data in panels.items():
        unit = data["coupling"].attrs["units"]
        for i in Reach(data).intervals():
            rows.append((name, f"{i.detector}:{i.search}", i.mass, i.low, i.high, unit, i.open_end))
    return Table(("panel", "search", "m_a_GeV", "coupling_low", "coupling_high", "unit", "open_end"), rows)


def joined(*tables: Table) -> Table:
    """The rows of several tables with the same columns."""
    (columns,) = {table.columns for table in tables}
    return Table(columns, [row for table in tables for row in table.rows])


def _column(data: xr.Dataset, label: str) -> str:
    unit = str(data[label].attrs.get("units", "1"))
    ending = f"per_{unit.removesuffix('^-1')}" if unit.endswith("^-1") else unit.replace("^", "")
    return label if unit == "1" else f"{label}_{ending}"


def _cell(value: object) -> object:
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.6g}"
    return value
