import csv
import os
from pathlib import Path

import numpy as np
import pytest

from farflung.lpp import ALPFermion, ALPPhoton, DarkScalar, MassRangeError, strange_decays
from farflung.lpp.models.flavour_change import flavour_change
from farflung.lpp.testing import check_table

FOLDER = Path(os.environ.get("FARFLUNG_REFERENCE", Path(__file__).resolve().parents[3] / "shared" / "reference"))


@pytest.fixture(scope="module")
def reference() -> list[dict[str, float]]:
    """Widths by the formulas of arXiv:1809.01876 and production by ALPINIST and SensCalc, made elsewhere."""
    path = FOLDER / "dark_scalar.csv"
    if not path.exists():
        pytest.skip(f"{path.name} is not at hand")
    with path.open() as file:
        lines = [line for line in file if not line.startswith("#")]
    return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(lines)]


def test_lifetime_and_branching_ratios(reference: list[dict[str, float]]) -> None:
    model, rows = DarkScalar(), []
    for row in reference:
        mass = row["m_S_GeV"]
        if 0.9 <= mass <= 1.3:
            assert model.unreliable(mass)
        rows.append(("c tau", mass, float(model.ctau(mass)), row["ctau_th2_m"], 0.015))
        ratios = model.branching_ratios(mass)
        for state, key in (
            ("4pi", "had4"),
            *((s, s) for s in ("ee", "mumu", "tautau", "pipi", "KK", "gg", "ss", "cc")),
        ):
            # at 3.8 GeV, 2 % above threshold, the mass of the D meson decides over cc
            tolerance = {"ss": 0.06, "cc": 0.18 if mass < 3.9 else 0.015}.get(state, 0.016)
            if row[f"BR_{key}"]:
                rows.append((f"BR({state})", mass, float(ratios[state]), row[f"BR_{key}"], tolerance))
    check_table(rows)


def test_production(reference: list[dict[str, float]]) -> None:
    """Over the squared strength, 6.33e-6 with 173 GeV for the top in ALPINIST; form factors and lifetimes are left."""
    model, rows = DarkScalar(), []
    strength = (6.33e-6 / abs(flavour_change("b", "s"))) ** 2
    for row in reference:
        mass = row["m_S_GeV"]
        open_ = [decay for decay in strange_decays("B+") if mass < decay.max_mass]
        total = sum(float(model.production(decay, mass)) for decay in open_)
        for what, ours, key in (
            ("B+ -> K+", float(model.production("B+ -> K+", mass)), "BR_BpKp_S_over_th2_ALPINIST"),
            ("B+ -> all strange", total, "BR_B_sumK_S_over_th2_ALPINIST"),
        ):
            rows.append((what, mass, strength * ours, row[key], 0.01))
        if row["BR_BpKst_S_over_th2_ALPINIST"]:
            ours = strength * float(model.production("B+ -> K*(892)+", mass))
            rows.append(("B+ -> K*(892)+", mass, ours, row["BR_BpKst_S_over_th2_ALPINIST"], 0.01))
    check_table(rows)


def test_kaons(reference: list[dict[str, float]]) -> None:
    """ALPINIST keeps f0 constant; both neglect the mass of the down quark. The top's mass is 173 GeV in both."""
    model, rows = DarkScalar(top_mass=173), []
    for row in reference:
        mass = row["m_S_GeV"]
        if row["BR_Kpi_S_over_th2_ALPINIST"]:
            slope = (1 + 0.0138 * mass**2 / 0.13957**2) ** 2
            ours = float(model.production("K+ -> pi+", mass)) / slope
            rows.append(("K+ -> pi+", mass, ours, row["BR_Kpi_S_over_th2_ALPINIST"], 0.05))
    check_table(rows)


def test_leptonic_width_is_the_formula() -> None:
    # G_F m m_l^2 beta^3/(4 sqrt 2 pi) with the numbers of the PDG, by hand
    m, m_l, g_f = 0.3, 0.1056583755, 1.1663788e-5
    by_hand = g_f * m * m_l**2 * (1 - 4 * m_l**2 / m**2) ** 1.5 / (4 * np.sqrt(2) * np.pi)
    assert DarkScalar().partial_widths(m)["mumu"] == pytest.approx(by_hand, rel=1e-6)


def test_strength_of_flavour_change() -> None:
    # 6.33e-6 with m_t = 173 GeV and |V_ts V_tb| = 0.0399 (arXiv:1904.10447)
    assert abs(flavour_change("b", "s", top_mass=173)) == pytest.approx(6.33e-6, rel=0.03)


def test_production_goes_with_the_fourth_power_of_the_top_mass() -> None:
    """But for charm, which is a thousandth of b -> s and 3 % of s -> d; ALPs and scalars have one default."""
    msbar, pole = DarkScalar(), DarkScalar(top_mass=172.6)
    assert msbar.top_mass == ALPFermion().top_mass == ALPPhoton().top_mass == 162.7
    for process, tolerance in (("B+ -> K+", 1e-3), ("K+ -> pi+", 0.01)):
        ratio = msbar.production(process, 0.1) / pole.production(process, 0.1)
        assert float(ratio) == pytest.approx((162.7 / 172.6) ** 4, rel=tolerance)
    np.testing.assert_array_equal(msbar.ctau([0.3, 1.0, 3.0]), pole.ctau([0.3, 1.0, 3.0]))
    for wrong in (120, 1e9):
        with pytest.raises(MassRangeError, match=r"top_mass = .* use 162\.7 \(MSbar\) or 172\.6 \(pole\)"):
            DarkScalar(top_mass=wrong)


def test_jump_at_the_hadronic_threshold_is_five_per_cent() -> None:
    below, above = DarkScalar().total_width([2.0 - 1e-9, 2.0])
    assert above / below == pytest.approx(0.95, abs=0.005)


def test_threshold_outside_the_table_is_refused() -> None:
    with pytest.raises(MassRangeError, match=r"1\.4 to 2 GeV"):
        DarkScalar(hadronic_threshold=2.4)


def test_no_hadrons_below_two_pions_and_no_gluons_below_the_threshold() -> None:
    ratios = DarkScalar().branching_ratios(0.25)
    assert ratios["pipi"] == ratios["KK"] == ratios["4pi"] == ratios["gg"] == 0
    assert ratios["mumu"] > 0.99


@pytest.mark.parametrize(("threshold", "ratio"), [(1.4, 0.33), (1.5, 0.42), (1.8, 0.75)])
def test_lower_threshold_jumps_and_is_flagged(threshold: float, ratio: float) -> None:
    model = DarkScalar(hadronic_threshold=threshold)
    below, above = model.total_width([threshold * (1 - 1e-9), threshold])
    assert above / below == pytest.approx(ratio, abs=0.005)
    np.testing.assert_array_equal(
        model.unreliable([threshold - 0.01, threshold, 1.99, 2.0]), [False, True, True, False]
    )
    assert not DarkScalar().unreliable([1.4, 1.99]).any()


def test_treatments_are_both_ends_of_the_table() -> None:
    first, second = DarkScalar(top_mass=172.6).treatments()
    assert (first.hadronic_threshold, second.hadronic_threshold) == (2.0, 1.4)
    assert second.top_mass == 172.6
    masses = [1.39, 2.0]
    np.testing.assert_array_equal(first.ctau(masses), second.ctau(masses))
    assert float(second.ctau(1.5) / first.ctau(1.5)) > 2
