"""Figure 12: displaced and invisible decays at Belle II, beside what is known."""

import numpy as np
import xarray as xr

from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import bounds, sweeps
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS
from farflung.scenarios.papers.run import Run
from farflung.scenarios.papers.tables import Table, excluded_intervals, joined
from farflung.scenarios.sweeps.exclusion import Reach

SUMMARY = {"c_ff": 1e-4, "c_WW": 1e-1}
"""Eq. 5.1: couplings [1/TeV] that displaced and invisible searches can exclude together, in round numbers."""

KNOWN = "known"
"""Ending of the names of the panels with the bounds of figure 3."""


def reaches(run: Run) -> Panels:
    """Two panels for each scenario: projections for Belle II with 50 / ab, and existing bounds."""
    panels = {}
    for name in SCENARIOS:
        invisible = run.once(sweeps.invisible, name).sel(search=[sweeps.CLEAN])
        displaced = run.once(sweeps.displaced, name)
        panels[name] = xr.concat([displaced, invisible], "search", data_vars="minimal", coords="minimal", join="outer")
        panels[f"{name} {KNOWN}"] = run.once(bounds.existing, name)
    return panels


def intervals(panels: Panels) -> Table:
    """Excluded intervals of all searches, a panel for each scenario."""
    return joined(*(excluded_intervals({name.removesuffix(f" {KNOWN}"): data}) for name, data in panels.items()))


def compare_reaches(panels: Panels) -> tuple[Check, ...]:
    """Eq. 5.1 and statements of section 5."""
    checks: list[Check] = []
    for name, paper in SUMMARY.items():
        low = Reach(panels[name]).smallest_coupling()
        together = low.min("search").dropna("mass")
        middle = float(np.exp(np.interp(np.log(0.1), np.log(together["mass"]), np.log(together))))
        checks.append(
            Check.shown(
                f"{name}: displaced and invisible together exclude from [1/TeV], at 0.1 GeV", f"{paper:g}",
                f"{middle:.2g}", f"without background; eq. 5.1 has a power of ten; {_span(together)} up to 2 GeV",
            )
        )  # fmt: skip
        known = Reach(panels[f"{name} {KNOWN}"]).smallest_coupling().min("search")
        gain = (known / together).where(together["mass"] < 3).max()
        checks.append(
            Check.shown(
                f"{name}: known bounds over Belle II's, at best", "up to two orders of magnitude", f"{float(gain):.0f}"
            )
        )  # fmt: skip
    fermion = Reach(panels["c_ff"]).smallest_coupling()
    for label, search, printed in (("e+e-", sweeps.ELECTRONS, "1"), ("mu+mu-", sweeps.MUONS, "2.5")):
        reached = fermion.sel(search=search).dropna("mass")["mass"]
        end = float(reached.max())
        note = "the paper says about; ours is the heaviest mass of the scan at which something is excluded"
        checks.append(Check.of_digits(f"c_ff: displaced {label} end at [GeV]", printed, end, note=note))
    return (*checks, *_crossings(fermion))


def _crossings(low: xr.DataArray) -> tuple[Check, ...]:
    """Which of the two goes further, below and above about 1 GeV."""
    displaced = low.sel(search=[sweeps.ELECTRONS, sweeps.MUONS]).min("search")
    invisible = low.sel(search=sweeps.CLEAN)
    better = low["mass"].values[(displaced < invisible).values]
    first = float(better.min())
    return (
        Check.of_digits("c_ff: displaced decays reach further than invisible ones above [GeV]", "1", first),
    )  # fmt: skip


def _span(limit: xr.DataArray) -> str:
    inside = limit.where(limit["mass"] < 2, drop=True)
    return f"{float(inside.min()):.1e} to {float(inside.max()):.1e}"
