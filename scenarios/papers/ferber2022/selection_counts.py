"""Table 1: signal events before and after the selection."""

import numpy as np
import xarray as xr

from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import samples
from farflung.scenarios.papers.run import Run
from farflung.scenarios.papers.tables import Table, tidy

PAPER = {
    0.005: (7802, 1442, 1091, 0),
    0.3: (7823, 1453, 1022, 0),
    1.0: (7737, 1460, 770, 0),
    3.0: (7568, 1649, 0, 0),
}
"""Table 1, per 10,000 generated events, by mass [GeV]."""

COLUMNS = ("n_signal_before", "n_misrec_before", "n_signal_after", "n_misrec_after")

GENERATED = 10_000

_CEILING = (
    "section 4.1 leaves at most 0.9226 (kaons of light a with p_T > 0.2 GeV, between 17 and 150 degrees) x 0.99 x 0.8 "
    "= 0.731 of the signal kaons, fewer than the paper counts"
)


def counts(run: Run) -> Panels:
    """Events per 10,000 generated ones, ours with their errors and the paper's."""
    found = np.empty((len(PAPER), len(COLUMNS)))
    errors = np.empty_like(found)
    for i, mass in enumerate(PAPER):
        sample = run.once(samples.signal, mass)
        found[i] = sample.counts(samples.SELECTION, GENERATED)
        candidate, kept = sample.observables.pt > 0, sample.kept(samples.SELECTION)
        masks = [mask & origin for mask in (candidate, kept) for origin in (sample.from_signal, ~sample.from_signal)]
        errors[i] = [GENERATED * sample.share(mask).error for mask in masks]
    mass_axis = {"m_a": ("m_a", list(PAPER), {"units": "GeV"})}
    table = xr.Dataset({name: ("m_a", found[:, i]) for i, name in enumerate(COLUMNS)}, coords=mass_axis)
    beside = xr.Dataset(
        {
            "found": (("m_a", "column"), found),
            "error": (("m_a", "column"), errors),
            "paper": (("m_a", "column"), np.array(list(PAPER.values()), dtype=float)),
        },
        coords={**mass_axis, "column": list(COLUMNS)},
    )
    return {"table": table, "beside": beside}


def count_table(panels: Panels) -> Table:
    """The table as the paper has it."""
    return tidy({"table": panels["table"]})


def compare_counts(panels: Panels) -> tuple[Check, ...]:
    """All numbers of the table, which its caption says are counts of 10,000 events, by the errors of both."""
    data = panels["beside"]
    checks = []
    for mass in data["m_a"].values:
        for column in COLUMNS:
            found, error, paper = (
                float(data[name].sel(m_a=mass, column=column)) for name in ("found", "error", "paper")
            )
            quantity, leading = f"{column} at {mass:g} GeV", bool(mass == 0.3)
            if paper == 0:
                checks.append(Check.of_none(quantity, found, leading=leading))
                continue
            paper_error = np.sqrt(paper * (1 - paper / GENERATED))
            note = _CEILING if column == "n_signal_before" else ""
            checks.append(Check.of_errors(quantity, paper, found, error, paper_error, note=note, leading=leading))
    return tuple(checks)
