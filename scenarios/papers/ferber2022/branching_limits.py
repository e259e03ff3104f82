"""Figure 10: limits on the branching ratio of B+ -> K+ a."""

import numpy as np
import xarray as xr

from farflung.detectors.experiments.belle2_missing_energy import UnseenShare
from farflung.detectors.searches.poisson_limit import signal_upper_limit
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import samples
from farflung.scenarios.papers.ferber2022.belle2 import LUMINOSITIES, belle2
from farflung.scenarios.papers.run import Run
from farflung.scenarios.sweeps.lifetime_plane import branching_ratio_limit

MASSES = (0.005, 0.3, 1.0, 2.0)
"""Benchmark masses [GeV] that are drawn; the selection keeps nothing of 3 and 4 GeV (table 1)."""

CTAU = np.geomspace(1e-4, 1e3, 141)
"""Proper decay lengths [m]."""

SHORT = 1e-4
"""Where [m] the probability not to be seen is that to fly where there is no detector, but for the lightest."""

_PROCEDURE = (
    "what section 4.3 of the paper makes of its 39 B+B- and 28 B0B0bar events of 10 M, both exact, and of no continuum"
)

_POWER_OF_TEN = "m_a = 0.3 GeV; the paper states a power of ten"


def limits(run: Run) -> Panels:
    """Limits at 90 % CL on B(B+ -> K+ a) against c tau, for fixed masses and two luminosities."""
    found, correlated = np.empty((2, len(LUMINOSITIES), len(MASSES), len(CTAU)))
    backgrounds = []
    for i, luminosity in enumerate(LUMINOSITIES):
        detector = belle2(run, luminosity)
        produced = detector.source.number_of("B+")
        backgrounds.append(float(detector.search("invisible").background_at(0.3)))
        for j, mass in enumerate(MASSES):
            found[i, j] = branching_ratio_limit(detector, "invisible", mass, CTAU, seed=run.seed)
            share = UnseenShare(run.once(samples.signal, mass), samples.SELECTION, detector.solid("envelope"))
            with np.errstate(divide="ignore"):
                correlated[i, j] = signal_upper_limit(backgrounds[-1]) / (produced * share(CTAU))
    dims = ("luminosity", "m_a", "ctau")
    data = xr.Dataset(
        {
            "limit": (dims, found, {"long_name": "epsilon <P_a>, as the paper has it"}),
            "limit_correlated": (
                dims,
                np.where(correlated < 1, correlated, np.nan),
                {"long_name": "<epsilon P_a>, over the selected events"},
            ),
        },
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
        Check.shown("N_S at 0.5 / ab", "not printed", f"{signals[0]:.1f}", _PROCEDURE),
        Check.shown("N_S at 50 / ab", "not printed", f"{signals[1]:.0f}", _PROCEDURE),
        Check.shown("limit on B at 50 / ab, long-lived", "1e-7", f"{best:.2e}", _POWER_OF_TEN),
        Check.shown("limit on B at 50 / ab, short-lived", "1e-6", f"{best * rise:.2e}", _POWER_OF_TEN),
        Check.shown("rise towards short lifetimes", "10", f"{rise:.1f}", "the ratio of the two powers of ten"),
        Check.shown(
            "limit on B at 50 / ab and c tau = 1 cm, where only selected events are averaged",
            "no such option",
            f"{_or_none(_at(data['limit_correlated'], 0.01))} in place of {_at(data['limit'], 0.01):.2g}",
            "the cuts keep ALPs that fly into the detector, so that nothing escapes for short lifetimes",
            leading=False,
        ),
    )


def _at(limit: xr.DataArray, ctau: float) -> float:
    return float(limit.sel(luminosity=50.0, m_a=0.3).sel(ctau=ctau, method="nearest"))


def _or_none(limit: float) -> str:
    return "none" if np.isnan(limit) else f"{limit:.1g}"
