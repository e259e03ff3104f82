"""Figures 1 and 2: how the ALP decays, and how far it flies."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.lpp import Model
from farflung.lpp import standard_model as sm
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS, masses_around
from farflung.scenarios.papers.run import Run

Array = NDArray[np.float64]

MASS_RANGE = (5e-4, 10.0)
"""Masses [GeV] that are drawn: from below 2 m_e to above 2 m_b."""

FINAL_STATES = {
    "gammagamma": ("gammagamma",),
    "ee": ("ee",),
    "mumu": ("mumu",),
    "tautau": ("tautau",),
    "hadrons": ("3pi", "hadrons", "cc", "bb"),
}
"""Final states of the figure, each with those of the model: hadrons are three pions below 1 GeV, and quarks and gluons
above."""

POLE_WINDOW = 0.02
"""Relative distance to the mass of the neutral pion within which eq. A.7 has its pole, so that statements about
leading decays mean other masses."""


def branching_ratios(run: Run) -> Panels:
    """Figure 1: branching ratios of a -> X against mass, by scenario."""
    return {name: _branching_ratios(model) for name, model in SCENARIOS.items()}


def decay_lengths(run: Run) -> Panels:
    """Figure 2: c tau against mass, by scenario, at coupling 1 (c/f_a = 1 / TeV)."""
    mass = np.unique(np.concatenate([_masses(model) for model in SCENARIOS.values()]))
    ctau = np.stack([model.ctau(mass) for model in SCENARIOS.values()])
    data = xr.Dataset(
        {"ctau": (("scenario", "m_a"), ctau, {"units": "m"})},
        coords={"scenario": list(SCENARIOS), "m_a": ("m_a", mass, {"units": "GeV"})},
    )
    return {"decay length": data}


def compare_branching_ratios(panels: Panels) -> tuple[Check, ...]:
    """Statements of section 2."""
    fermion, weak = (panels[name]["branching_ratio"] for name in ("c_ff", "c_WW"))
    mass = fermion["m_a"]
    light = mass < 2 * sm.mass("e-")
    leptonic = (
        (mass > 2.05 * sm.mass("e-"))
        & (mass < 2 * sm.mass("pi+") + sm.mass("pi0"))
        & (abs(mass / sm.mass("pi0") - 1) > POLE_WINDOW)
    )
    leptons = fermion.sel(final_state=["ee", "mumu"]).sum("final_state")[leptonic]
    photons = weak.sel(final_state="gammagamma")
    below, above = (float(fermion.sel(final_state="mumu").interp(m_a=at)) for at in (0.99, 1.01))
    only = min(float(data.sel(final_state="gammagamma")[light].min()) for data in (fermion, weak))
    return (
        Check(
            "share of photons below 2 m_e", "only photons", f"{only:.3f}", bool(only == 1),
            measure="exactly 1, since nothing else is open",
        ),
        Check.shown(
            "c_ff: share of e+e- and mu+mu- from 2 m_e to 3 m_pi", "mostly",
            f"at least {float(leptons.min()):.2f}",
            f"away from the pole of eq. A.7 at the mass of the pi0 by {POLE_WINDOW:.0%}",
        ),
        Check.shown("c_WW: share of photons", "mostly", f"at least {float(photons.min()):.2f}"),
        Check.shown(
            "c_ff: share of mu+mu- just below and above 1 GeV", "a sudden change", f"{below:.2f} and {above:.2f}",
            "the perturbative width takes over from three pions",
        ),
    )  # fmt: skip


def compare_decay_lengths(panels: Panels) -> tuple[Check, ...]:
    """Statements of section 2."""
    ctau = panels["decay length"]["ctau"]
    fermion, weak = (ctau.sel(scenario=name) for name in SCENARIOS)
    beyond = ctau["m_a"] > 2.05 * sm.mass("e-")
    ratio = (weak / fermion)[beyond]
    fall = _at(fermion, 0.2) / _at(fermion, 0.25)
    macroscopic = min(_at(curve, 0.005) for curve in (fermion, weak))
    return (
        Check(
            "c tau in c_WW over c tau in c_ff, where leptons are open", "larger", f"at least {float(ratio.min()):.1f}",
            float(ratio.min()) > 1, f"at most {float(ratio.max()):.1g}", measure="larger than 1 at all masses",
        ),
        Check.shown("c tau at 5 MeV [m]", "macroscopic", f"{macroscopic:.2g} or more"),
        Check.shown("c_ff: c tau at 0.20 over 0.25 GeV", "decreases abruptly at 2 m_mu", f"{fall:.0f}"),
    )  # fmt: skip


def _masses(model: Model) -> Array:
    near_pole = sm.mass("pi0") * (1 + np.array([-1, 1])[:, None] * np.geomspace(1e-4, 0.3, 16)).ravel()
    return np.unique(np.concatenate([masses_around(model, *MASS_RANGE, 200), near_pole]))


def _branching_ratios(model: Model) -> xr.Dataset:
    mass = _masses(model)
    found = model.branching_ratios(mass)
    values = np.stack([sum((found[part] for part in parts), np.zeros(len(mass))) for parts in FINAL_STATES.values()])
    return xr.Dataset(
        {"branching_ratio": (("final_state", "m_a"), values, {"units": "1"})},
        coords={"final_state": list(FINAL_STATES), "m_a": ("m_a", mass, {"units": "GeV"})},
        attrs={"model_title": model.title},
    )


def _at(curve: xr.DataArray, mass: float) -> float:
    return float(curve.interp(m_a=mass))
