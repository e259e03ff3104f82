"""Figure 10: limits on the branching ratio of B+ -> K+ a."""

import numpy as np
import xarray as xr

from farflung.scenarios.branching_limit import branching_ratio_limit
from farflung.scenarios.limits import signal_upper_limit
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022.benchmarks import LUMINOSITIES, belle2
from farflung.scenarios.papers.run import Run

MASSES = (0.005, 0.3, 1.0, 2.0)
"""Benchmark masses [GeV] that are drawn; the selection keeps nothing of 3 and 4 GeV (table 1)."""

CTAU = np.geomspace(1e-4, 1e3, 141)
"""Proper decay lengths [m]."""

SHORT = 1e-4
"""Where [m] the probability not to be seen is that to fly where there is no detector, but for the lightest."""

_PROCEDURE = "the paper's number is what its section 4.3 makes of its 39 B+B- and 28 B0B0bar events of 10 M"


def limits(run: Run) -> Panels:
    """Limits at 90 % CL on B(B+ -> K+ a) against c tau, for fixed masses and two luminosities."""
    found = np.empty((len(LUMINOSITIES), len(MASSES), len(CTAU)))
    backgrounds = []
    for i, luminosity in enumerate(LUMINOSITIES):
        detector = belle2(luminosity)
        backgrounds.append(float(detector.search("invisible").background_at(0.3)))
        for j, mass in enumerate(MASSES):
            found[i, j] = branching_ratio_limit(detector, "invisible", mass, CTAU, seed=run.seed)
    data = xr.Dataset(
        {"limit": (("luminosity", "m_a", "ctau"), found, {"units": "1"})},
        coords={
            "luminosity": ("luminosity", list(LUMINOSITIES), {"units": "ab^-1"}),
            "m_a": ("m_a", list(MASSES), {"units": "GeV"}),
            "ctau": ("ctau", CTAU, {"units": "m"}),
        },
        attrs={"backgrounds": backgrounds},
    )
    return {"limits": data}


def compare_limits(panels: Panels) -> tuple[Check, ...]:
    """Numbers of section 4.3 and of the conclusions."""
    data = panels["limits"]
    full = data["limit"].sel(luminosity=50.0)
    best = float(full.sel(m_a=0.3).min())
    rise = float(full.sel(m_a=0.3).sel(ctau=SHORT, method="nearest")) / best
    signals = [signal_upper_limit(background) for background in data.attrs["backgrounds"]]
    return (
        Check.of_numbers("N_S at 0.5 / ab", 55, signals[0], within=0.02, note=_PROCEDURE),
        Check.of_numbers("N_S at 50 / ab", 540, signals[1], within=0.02, note=_PROCEDURE),
        Check.of_numbers("limit on B at 50 / ab, long-lived", 1e-7, best, within=0.1, note="m_a = 0.3 GeV"),
        Check.of_numbers(
            "limit on B at 50 / ab, short-lived", 1e-6, best * rise, within=0.5, note="m_a = 0.3 GeV; the paper rounds"
        ),
        Check.of_numbers("rise towards short lifetimes, 1/0.077", 1 / 0.077, rise, within=0.03),
    )
