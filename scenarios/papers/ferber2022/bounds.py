"""Figure 3: what is excluded already."""

import numpy as np
import xarray as xr

from farflung.detectors import BaBar, make_detector
from farflung.lpp import standard_model as sm
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import sweeps
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS
from farflung.scenarios.papers.run import Run
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.pairs import Entry

SUMMARY = {"c_ff": (1e-3, 1e-2), "c_WW": (1e-2, 1.0)}
"""Eq. 3.8: couplings [1/TeV] from which on searches exclude, depending on the mass, in round numbers."""

_SEARCHES = {
    "babar": ("babar", ("invisible", "diphoton"), None),
    "na62": ("na62", ("invisible", "invisible-pi0"), None),
    "lhcb": ("lhcb", ("displaced", "kstar"), None),
    "charm-mumu": ("charm", ("decays",), "mumu"),
}

_PHOTONS = {f"{name}-gammagamma": (name, ("decays",), "gammagamma") for name in ("charm", "nucal", "e137")}

SEARCHES = {"c_ff": _SEARCHES, "c_WW": _SEARCHES | _PHOTONS}
"""By scenario and label: detector, searches and the one final state that counts. As in the paper, photons from beam
dumps are for c_WW alone."""


def limits(run: Run) -> Panels:
    """Events and limits of existing searches over masses and couplings, in each scenario."""
    return {name: run.once(existing, name) for name in SCENARIOS}


def existing(run: Run, scenario: str) -> xr.Dataset:
    """Sweep over the searches of one scenario."""
    entries: dict[str, Entry] = {}
    for label, (name, names, state) in SEARCHES[scenario].items():
        detector = BaBar(factorised=True) if name == "babar" else make_detector(name)  # eq. 3.2 as it is
        entries[label] = (detector, *(detector.search(search).only(state) if state else search for search in names))
    return sweeps.sweep_over(run, entries, scenario)


def compare_limits(panels: Panels) -> tuple[Check, ...]:
    """Eq. 3.8 and statements of section 3."""
    low = {name: Reach(data).smallest_coupling() for name, data in panels.items()}
    checks = [_summary(name, low[name]) for name in SUMMARY]
    for name, limit in low.items():
        kaons, mesons = limit.sel(search="na62:invisible"), limit.sel(search=sweeps.BABAR)
        gain = (mesons / kaons).dropna("mass")
        checks.append(
            Check(
                f"{name}: BaBar's limit over NA62's, both for missing energy", "larger than 1",
                f"{float(gain.min()):.1f} to {float(gain.max()):.0f}", float(gain.min()) > 1,
                measure="larger than 1 at all masses",
            )
        )  # fmt: skip
    fermion, weak = low["c_ff"], low["c_WW"]
    babar = fermion.sel(search=sweeps.BABAR)
    threshold = 2 * sm.mass("mu-")
    jump = float(babar.interp(mass=1.05 * threshold) / babar.interp(mass=0.95 * threshold))
    dip = float(babar.interp(mass=1.5) / babar.interp(mass=1.8))
    lhcb = [float(limit.sel(search="lhcb:displaced").min()) for limit in (fermion, weak)]
    charm = [bool(limit.sel(search="charm-mumu:decays").notnull().any()) for limit in (fermion, weak)]
    dumps = weak.sel(search=[f"{label}:decays" for label in _PHOTONS]).min("search").dropna("mass")["mass"]
    muons = fermion.sel(search="lhcb:displaced")
    muons = muons.where(muons["mass"] > 1, drop=True)
    first_gap = float(muons["mass"].where(muons.isnull()).min())
    muon_end = float(muons["mass"].where(muons["mass"] < first_gap).max())
    yes_no = ["yes" if found else "no" for found in charm]
    return (
        *checks,
        Check.shown("c_ff: BaBar's limit jumps at 2 m_mu by", "a jump", f"{jump:.1f}"),
        Check.shown(
            "c_ff: BaBar's limit at 1.5 over that at 1.8 GeV", "a small dip above 1.6", f"{dip:.2f}",
            "the limit here is from another fit to the same data, which has no step there",
        ),
        Check(
            "LHCb, displaced, at best in c_ff and c_WW [1/TeV]", "stronger in c_ff", f"{lhcb[0]:.1g} and {lhcb[1]:.1g}",
            lhcb[0] < lhcb[1], measure="the first is smaller",
        ),
        Check.of_digits(
            "c_ff: LHCb, displaced, ends at [GeV]", "1", muon_end,
            note="from 1 to 2.6 GeV some 7 % of the decays are to muons, which is enough; the public contour of "
            "SensCalc goes on to 2.9 GeV",
        ),
        Check(
            "CHARM with muons reaches c_ff and c_WW", "yes and no", " and ".join(yes_no), charm == [True, False],
            measure="the first and not the second",
        ),
        Check.of_digits(
            "c_WW: beam dumps with photons end at [GeV]", "0.5", float(dumps.max()),
            note="E137; the others end at 0.3 GeV",
        ),
    )  # fmt: skip


def _summary(name: str, limit: xr.DataArray) -> Check:
    """Eq. 3.8 against the best search at each mass."""
    best = limit.min("search").dropna("mass")
    spread = np.quantile(best, [0.1, 0.9])
    lowest, highest = SUMMARY[name]
    note = "eq. 3.8 has powers of ten"
    if name == "c_ff":
        note += "; NA62's B(K+ -> pi+ X) < 5e-11 alone gives 3.5e-4 with eq. 3.7"
    return Check.shown(
        f"{name}: 80 % of the masses are excluded from [1/TeV]", f"{lowest:g} to {highest:g}",
        f"{spread[0]:.1g} to {spread[1]:.1g}", note,
    )  # fmt: skip
