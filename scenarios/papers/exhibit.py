"""A figure or a table of a paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import xarray as xr

from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.run import Run
from farflung.scenarios.papers.tables import Table, tidy

Panels = Mapping[str, xr.Dataset]
"""Labelled arrays by panel: all that a picture shows, with units in the attributes."""


@dataclass(frozen=True)
class Exhibit:
    """How a figure or a table is made and compared; `farflung.viz.papers` has a drawing of the same name.

    Parameters
    ----------
    name
        As in ``"fig1"``.
    title
        What it shows, in one line.
    compute
        Makes the panels.
    compare
        Compares them with the paper.
    table
        Makes the table that is written; by default a row for each point of the panels.
    """

    name: str
    title: str
    compute: Callable[[Run], Panels]
    compare: Callable[[Panels], tuple[Check, ...]]
    table: Callable[[Panels], Table] = tidy
