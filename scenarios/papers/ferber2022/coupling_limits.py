"""Figure 11: limits on the couplings from missing energy."""

import numpy as np
import xarray as xr

from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import sweeps
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS
from farflung.scenarios.papers.run import Run
from farflung.scenarios.sweeps.exclusion import Reach


def limits(run: Run) -> Panels:
    """Events and limits of Belle II and BaBar over masses and couplings, in each scenario."""
    return {name: run.once(sweeps.invisible, name) for name in SCENARIOS}


def compare_limits(panels: Panels) -> tuple[Check, ...]:
    """Statements of sections 4.3 and 6."""
    checks = []
    for scenario, data in panels.items():
        low = Reach(data).smallest_coupling()
        gain = (low.sel(search=sweeps.BABAR) / low.sel(search=sweeps.EARLY)).dropna("mass")
        end = float(gain["mass"].where(gain > 1, drop=True).max())
        checks.append(
            Check(
                f"{scenario}: BaBar's limit over Belle II's with 0.5 / ab, at 0.1 GeV", "larger than 1",
                f"{float(gain.interp(mass=0.1)):.1f}", float(gain.interp(mass=0.1)) > 1, measure="larger than 1",
                note=f"it is up to {end:.1f} GeV, and the selection is made for masses up to about 1 GeV",
            )
        )  # fmt: skip
        clean = (low.sel(search=sweeps.FULL) / low.sel(search=sweeps.CLEAN)).dropna("mass")
        checks.append(
            Check.shown(
                f"{scenario}: limit at 50 / ab over that without background", "larger than 1",
                f"{float(clean.min()):.0f} to {float(clean.max()):.0f}", "larger by construction",
            )
        )  # fmt: skip
        mass, height = _kink(low.sel(search=sweeps.FULL))
        checks.append(
            Check.shown(
                f"{scenario}: steepest rise of the limit at 50 / ab", "a kink, where c tau falls below the detector",
                f"by {height:.1f} within 10% of {mass:.2f} GeV",
            )
        )  # fmt: skip
    return tuple(checks)


def _kink(limit: xr.DataArray) -> tuple[float, float]:
    """Mass [GeV] at which the limit rises the most within 10 %, and by how much.

    Below 1 GeV, where the efficiency falls by no more than 5 % within that.
    """
    known = limit.dropna("mass")
    low = known["mass"].values[known["mass"].values < 1.0]
    rise = known.interp(mass=1.05 * low).values / known.interp(mass=low / 1.05).values
    return float(low[np.nanargmax(rise)]), float(np.nanmax(rise))
