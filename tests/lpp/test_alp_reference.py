"""Against a table of another public code, ALPaca 1.2.0, where it is at hand; see docs/models.md for the differences."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from farflung.lpp import ALP, SUM_RULES_AND_LATTICE_B_TO_K_STAR, ALPFermion, ALPWeak
from farflung.lpp import standard_model as sm
from farflung.lpp.models import alp_running as running
from farflung.lpp.models.alp_widths import lepton_coupling
from farflung.lpp.testing import check_table

FOLDER = Path(os.environ.get("FARFLUNG_REFERENCE", Path(__file__).resolve().parents[3] / "shared" / "reference"))
SB = "C_sb_L_re_im (cdL[s,b])"
DS = "C_ds_L_re_im (cdL[d,s])"


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    path = FOLDER / "alp_couplings_widths.json"
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    return json.loads(path.read_text())["scenarios"]


def model_of(scenario: str) -> ALP:
    """With charm from two quarks on, as there."""
    return (ALPFermion if scenario == "c_ff" else ALPWeak)(charm_threshold=2 * sm.mass("c"))


def test_flavour_changing_couplings(reference: dict[str, Any]) -> None:
    c_sb = abs(sm.V_TS * sm.V_TB)
    their = {s: np.hypot(*reference[s]["mu=mZ"][SB]) for s in ("c_ff", "c_WW")}
    check_table(
        [
            ("C_sb of c_ff", 91.2, c_sb * abs(ALPFermion().flavour_change), their["c_ff"], 0.01),
            ("C_sb of c_WW", 91.2, c_sb * abs(ALPWeak().flavour_change), their["c_WW"], 0.05),
        ]
    )


def test_pole_mass_of_the_top_explains_the_flavour_changing_couplings(reference: dict[str, Any]) -> None:
    """With the top's pole mass in the loops and the reference's |V_ts V_tb| both benchmarks agree within 0.5 %."""
    weak = running.weak_scale(top_mass=sm.mass("t"))
    their_ckm = 0.0414  # from cdL[s, b] against cdL[3] - cdL[1] before matching, in the reference
    rows = []
    for i, scenario in enumerate(("c_ff", "c_WW")):
        theirs = np.hypot(*reference[scenario]["mu=mZ"][SB])
        rows.append((f"C_sb of {scenario}, pole", 91.2, their_ckm * abs(weak.flavour_change[i]), theirs, 0.005))
    check_table(rows)


def test_fermion_couplings_at_the_weak_scale(reference: dict[str, Any]) -> None:
    ours, theirs = running.weak_scale().after_matching, reference["c_ff"]["mu=mZ"]
    names = {"u": "c_uu", "d": "c_dd", "c": "c_cc", "s": "c_ss", "b": "c_bb", "e": "c_ee", "tau": "c_tautau"}
    check_table([(name, 91.2, float(ours[f][0]), theirs[name], 0.005) for f, name in names.items()])


@pytest.mark.parametrize("scenario", ["c_ff", "c_WW"])
def test_b_to_k(reference: dict[str, Any], scenario: str) -> None:
    # c_WW: the square of the 4.4 % of C_sb and 1 % of the form factor
    tolerance = 0.05 if scenario == "c_ff" else 0.10
    model, rows = model_of(scenario), []
    for point in reference[scenario]["points"]:
        mass = point["m_a_GeV"]
        ours = float(model.production("B+ -> K+", mass))
        rows.append((f"B+ -> K+, {scenario}", mass, ours, point["B(B+->K+a)"], tolerance))
        # the reference's B0 -> K0 is a quarter of what isospin says
        ours = float(model.production("B0 -> K0", mass))
        rows.append((f"B0 -> K0, {scenario}", mass, ours, 4 * point["B(B0->K0a)"], tolerance))
    check_table(rows)


@pytest.mark.parametrize("scenario", ["c_ff", "c_WW"])
def test_k_star_and_kaons(reference: dict[str, Any], scenario: str) -> None:
    """With C_sb as above, A0 of another fit from 2 GeV on, and |V_td| of 0.0086 against 0.0091: see docs/models.md."""
    model, rows = model_of(scenario), []
    weak = 0.0 if scenario == "c_ff" else 0.08
    for point in reference[scenario]["points"]:
        mass = point["m_a_GeV"]
        vector = 0.06 if mass <= 2 else 0.08 if mass < 3 else 0.40
        for process, key, tolerance in (
            ("B0 -> K*(892)0", "B(B0->K*0a)", vector + weak),
            ("B+ -> K*(892)+", "B(B+->K*+a)", vector + weak),
            ("K+ -> pi+", "B(K+->pi+a)", 0.10),
            ("K(L)0 -> pi0", "B(KL->pi0a)", 0.08 + weak),
        ):
            if point[key]:
                ours = float(model.production(process, mass))
                rows.append((f"{process}, {scenario}", mass, ours, point[key], tolerance))
    check_table(rows)


@pytest.mark.parametrize("scenario", ["c_ff", "c_WW"])
def test_form_factor_explains_k_star(reference: dict[str, Any], scenario: str) -> None:
    """With A0 of arXiv:1503.05534 the rates over C_sb^2 agree within 1 % at every mass."""
    exchanged = {"B -> K*(892)": SUM_RULES_AND_LATTICE_B_TO_K_STAR}
    model = ALPFermion(form_factors=exchanged) if scenario == "c_ff" else ALPWeak(form_factors=exchanged)
    rows = []
    for point in reference[scenario]["points"]:
        mass, c_sb = point["m_a_GeV"], np.hypot(*point["couplings_mu=m_a"][SB])
        if point["B(B0->K*0a)"]:
            ours = abs(sm.V_TS * sm.V_TB * model.flavour_change)
            rate = float(model.production("B0 -> K*(892)0", mass)) / ours**2
            rows.append((f"B0 -> K*(892)0, {scenario}", mass, rate, point["B(B0->K*0a)"] / c_sb**2, 0.01))
    check_table(rows)


@pytest.mark.parametrize("scenario", ["c_ff", "c_WW"])
def test_hadronic_part_of_production(reference: dict[str, Any], scenario: str) -> None:
    """Rates over the squared coupling of the same code: only form factors, phase space and lifetimes are left."""
    model, rows = model_of(scenario), []
    for point in reference[scenario]["points"]:
        mass, at = point["m_a_GeV"], point["couplings_mu=m_a"]
        c_sb, c_ds = np.hypot(*at[SB]), np.hypot(*at[DS])
        our_sb = abs(sm.V_TS * sm.V_TB * model.flavour_change)
        our_ds = abs(sm.V_TD * sm.V_TS * model.flavour_change)
        for process, key, ours, theirs, tolerance in (
            ("B+ -> K+", "B(B+->K+a)", our_sb, c_sb, 0.01 if mass < 2 else 0.05),
            # up to 37 % at 4 GeV, near the end of phase space, from A0 alone: see docs/models.md
            ("B0 -> K*(892)0", "B(B0->K*0a)", our_sb, c_sb, 0.03 if mass < 2 else 0.06 if mass < 3 else 0.40),
            ("B+ -> K*(892)+", "B(B+->K*+a)", our_sb, c_sb, 0.03 if mass < 2 else 0.07 if mass < 3 else 0.40),
            # the reference adds the octet operator of weak decays, which we leave out
            ("K+ -> pi+", "B(K+->pi+a)", our_ds, c_ds, 0.05),
        ):
            if point[key] == 0:
                continue
            rate = float(model.production(process, mass)) / ours**2
            if process == "K+ -> pi+":  # the reference keeps f0 constant
                rate /= (1 + 0.0138 * mass**2 / sm.mass("pi+") ** 2) ** 2
            rows.append((f"{process}, {scenario}", mass, rate, point[key] / theirs**2, tolerance))
    check_table(rows)


def test_leptonic_widths_of_c_ff(reference: dict[str, Any]) -> None:
    model, rows = ALPFermion(), []
    for point in reference["c_ff"]["points"]:
        mass, widths = point["m_a_GeV"], point["Gamma_GeV"]
        for state, key in (("ee", "e"), ("mumu", "mu"), ("tautau", "tau")):
            if widths[key]:
                rows.append((state, mass, float(model.partial_widths(mass)[state]), widths[key], 0.01))
    check_table(rows)


def test_photon_width_of_c_ww(reference: dict[str, Any]) -> None:
    # ours has alpha(0), theirs alpha(m_a), which below the electron's threshold lies under alpha(0)
    model, rows = ALPWeak(), []
    for point in reference["c_WW"]["points"]:
        mass = point["m_a_GeV"]
        rows.append(
            ("gamma gamma", mass, float(model.partial_widths(mass)["gammagamma"]), point["Gamma_GeV"]["2photons"], 0.07)
        )
    check_table(rows)


def test_lifetime_and_branching_ratios(reference: dict[str, Any]) -> None:
    """Where leptons or photons decide, and for c_ff above 1.4 GeV; in 1.0 to 1.4 GeV hadrons are uncertain."""
    rows = []
    for scenario in ("c_ff", "c_WW"):
        model = model_of(scenario)
        for point in reference[scenario]["points"]:
            mass = point["m_a_GeV"]
            photons_only = mass < 2 * sm.mass("e-")
            if scenario == "c_ff":
                if 1.0 <= mass <= 1.4:
                    assert model.unreliable(mass)
                    continue
                tolerance = 0.05 if photons_only else 0.01 if mass < 1 else 0.07
            else:
                tolerance = 0.09  # 7 % of the photon width, 2 % of hadrons
            rows.append((f"c tau, {scenario}", mass, float(model.ctau(mass)), point["ctau_m"], tolerance))
            ratios = model.branching_ratios(mass)
            states = {"c_ff": ("ee", "mumu", "tautau"), "c_WW": ("gammagamma", "mumu", "tautau")}[scenario]
            if photons_only:
                states = ("gammagamma",)
            for state in states:
                # the loop that gives c_WW its leptons lacks a logarithm in the reference, see below
                within = 0.20 if scenario == "c_WW" and state in ("mumu", "tautau") else tolerance
                if point["BR"][state]:
                    rows.append((f"BR({state}), {scenario}", mass, float(ratios[state]), point["BR"][state], within))
    check_table(rows)


def test_lepton_coupling_of_c_ww_lacks_the_photon_logarithm_in_the_reference(reference: dict[str, Any]) -> None:
    """Their effective coupling is theirs at m_Z and our finite loop; our running from m_Z to m_a is not in it."""
    rows = []
    at_m_z = reference["c_WW"]["mu=mZ"]
    for point in reference["c_WW"]["points"]:
        mass = point["m_a_GeV"]
        for lepton, key in (("mu", "c_mumu"), ("tau", "c_tautau")):
            if mass > 2 * sm.mass(f"{lepton}-"):
                without = lepton_coupling(np.array([mass]), lepton, np.array([at_m_z[key]]), 1.0)[0]
                rows.append((f"c_{lepton}^eff", mass, without.real, point["c_ll_eff"][lepton][0], 0.06))
    check_table(rows)
