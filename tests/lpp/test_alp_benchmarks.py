"""The two benchmark ALPs against arXiv:2201.06580 and the figures derived from it."""

import numpy as np
import pytest
from scipy.integrate import quad

from farflung.lpp import (
    ALP,
    ALPFermion,
    ALPWeak,
    CouplingError,
    MassRangeError,
    ProcessError,
    UnknownModelError,
    make_model,
    register_model,
)


def test_branching_ratio_of_b_to_k_a():
    # arXiv:2201.06580, eq. 2.7, with the full running: .105; ratio of amplitudes .0016
    fermion, weak = ALPFermion(), ALPWeak()
    assert fermion.production("B+ -> K+", 0.1) == pytest.approx(0.105, rel=0.03)
    ratio = np.sqrt(weak.production("B+ -> K+", 0.1) / fermion.production("B+ -> K+", 0.1))
    assert ratio == pytest.approx(0.0016, abs=0.00005)
    # the two interfere destructively
    assert ALP(c_ff=1, c_WW=1 / 0.0016).production("B+ -> K+", 0.1) < 1e-4


@pytest.mark.parametrize(("mass", "ctau"), [(0.005, 3.17), (0.1, 0.151), (0.25, 2.72e-6), (0.5, 8.0e-7)])
def test_lifetime_of_the_fermion_benchmark(mass, ctau):
    assert ALPFermion().ctau(mass) == pytest.approx(ctau, rel=0.02)


def running_alpha_ratio(mass):
    """alpha(m)/alpha(0) at one loop in MSbar, with each lepton from its mass on and light quarks from 0.3 GeV on."""
    masses = np.array([0.000511, 0.10566, 1.777, 0.3, 0.3, 0.5, 1.5])
    charges = np.array([1, 1, 1, 3 * 4 / 9, 3 / 9, 3 / 9, 3 * 4 / 9])
    logs = np.where(mass > masses, 2 * np.log(mass / masses), 0)
    return 1 / (1 - (charges * logs).sum() / (3 * np.pi * 137.036))


@pytest.mark.parametrize(("mass", "ctau"), [(0.1, 7.25), (0.25, 0.454), (1.0, 7.1e-3), (3.0, 2.5e-4)])
def test_lifetime_of_the_weak_benchmark(mass, ctau):
    """The tabulated lifetimes take alpha at the ALP's mass, ours alpha(0) for photons on shell; charm as there."""
    lifetime = ALPWeak(charm_threshold=2 * 1.273).ctau(mass)
    assert lifetime / running_alpha_ratio(mass) ** 2 == pytest.approx(ctau, rel=0.02)


@pytest.mark.parametrize("mass", [0.01, 0.1, 0.25, 1.0, 3.0])
def test_lifetime_of_the_weak_benchmark_is_that_of_two_photons(mass):
    """hbar c / (alpha(0)^2 m^3 / (4 pi Lambda^2)) with Lambda = 4 pi TeV; muons and hadrons take up to 2 %."""
    photons = 1.973270e-16 * 4 * np.pi * (4 * np.pi * 1000) ** 2 * 137.036**2 / mass**3
    assert ALPWeak().ctau(mass) == pytest.approx(photons, rel=0.02)


def test_widths_scale_with_the_coupling_squared():
    model = ALPFermion()
    mass = np.array([0.01, 0.3, 2.0])
    np.testing.assert_allclose(model.ctau(mass, 1e-3), model.ctau(mass) * 1e6, rtol=1e-12)
    grid = model.total_width(mass[:, None], np.array([1.0, 2.0]))
    assert grid.shape == (3, 2)
    np.testing.assert_allclose(grid[:, 1], 4 * grid[:, 0])
    ratios = model.branching_ratios(mass)
    np.testing.assert_allclose(sum(ratios.values()), 1)
    assert ratios["ee"][0] > 0.9
    assert ratios["mumu"][1] > 0.99
    assert ratios["mumu"][0] == 0


def test_flags_where_hadrons_are_uncertain():
    np.testing.assert_array_equal(
        ALPFermion().unreliable([0.3, 0.135, 0.9, 1.2, 2.0]), [False, True, False, True, False]
    )


def test_flags_charm_between_its_quarks_and_its_mesons():
    masses = [2.5, 2.6, 3.7, 3.85, 3.9]
    for threshold in (2 * 1.273, 3.8717):
        flags = ALPFermion(charm_threshold=threshold).unreliable(masses)
        np.testing.assert_array_equal(flags, [False, True, True, True, False])
        assert not ALPWeak(charm_threshold=threshold).unreliable(masses).any()


def test_charm_opens_with_its_mesons_and_may_open_with_its_quarks():
    """By parity 0- decays to D D*, 1.86484 + 2.00685 GeV; arXiv:2201.06580, eq. A.1, takes 2 m_c."""
    mesons, quarks = ALPFermion(), ALPFermion(charm_threshold=2 * 1.273)
    np.testing.assert_array_equal(mesons.partial_widths([3.0, 3.87, 3.873])["cc"] > 0, [False, False, True])
    np.testing.assert_array_equal(quarks.partial_widths([2.54, 2.55])["cc"] > 0, [False, True])
    # eq. A.1 by hand: 3 m c^2 m_c^2/(8 pi f_a^2) times the velocity
    c = ALPFermion().fermion_couplings(np.array([4.0]))["c"][0]
    by_hand = 3 * 4.0 * c**2 * 1.273**2 / (8 * np.pi * 1e6)
    assert quarks.partial_widths(4.0)["cc"] == pytest.approx(by_hand * np.sqrt(1 - (2.546 / 4) ** 2), rel=1e-6)
    assert mesons.partial_widths(4.0)["cc"] == pytest.approx(by_hand * np.sqrt(1 - (3.87169 / 4) ** 2), rel=1e-4)
    assert quarks.branching_ratios(3.0)["cc"] == pytest.approx(0.84, abs=0.01)
    assert mesons.ctau(3.0) / quarks.ctau(3.0) == pytest.approx(1 / 0.157, rel=0.01)
    assert mesons.partial_widths(9.9)["bb"] == 0  # B B* needs 10.6 GeV
    bottom = ALPFermion(bottom_threshold=8.5)
    np.testing.assert_array_equal(bottom.partial_widths([8.49, 8.51])["bb"] > 0, [False, True])
    with pytest.raises(MassRangeError, match=r"bottom_threshold = 8 GeV is below two b quarks, 8\.372"):
        ALPWeak(bottom_threshold=8)
    with pytest.raises(MassRangeError, match=r"charm_threshold = 2 GeV is below two c quarks, 2\.546 GeV"):
        ALP(c_ff=1, charm_threshold=2)


def test_three_pions_up_to_1400_mev():
    """Eq. A.4 by plain quadrature: with c_ff pions come by isospin breaking alone, so that muons are all there is."""
    late, early = ALPFermion(hadronic_threshold=1.4), ALPFermion()

    def pions(mass):
        c, total = late.fermion_couplings(np.array([mass])), 0.0
        for pion, factor, power in ((0.1349768, 2, 0), ((0.1349768 + 2 * 0.13957039) / 3, 12, 2)):
            r = (pion / mass) ** 2
            integral = quad(
                lambda z, r=r, power=power: np.sqrt(1 - 4 * r / z)
                * np.sqrt((1 - z - r) ** 2 - 4 * z * r)
                * (z - r) ** power,
                4 * r, (1 - np.sqrt(r)) ** 2,
            )[0]  # fmt: skip
            total += mass * pion**4 * factor / (1 - r) ** 2 * integral
        return total * float(c["u"][0] - c["d"][0]) ** 2 / (384 * np.pi * 0.1302**2 * (4e3 * np.pi) ** 2)

    for mass in (0.6, 1.0, 1.2, 1.39):
        assert late.partial_widths(mass)["3pi"] == pytest.approx(pions(mass), rel=1e-4)
    assert late.branching_ratios(1.2)["mumu"] > 0.97
    assert early.branching_ratios(1.2)["mumu"] < 0.08
    same = [0.3, 0.999, 1.4, 3.0]
    np.testing.assert_array_equal(late.ctau(same), early.ctau(same))


def test_treatments_differ_where_hadrons_are_uncertain():
    first, second = ALPFermion(invisible_branching_ratio=0.1).treatments()
    assert (first.hadronic_threshold, second.hadronic_threshold) == (1.0, 1.4)
    assert second.invisible_branching_ratio == 0.1
    assert [one.hadronic_threshold for one in ALPFermion(hadronic_threshold=1.2).treatments()] == [1.2, 1.0, 1.4]

    class Mine(ALP):
        def __init__(self):
            super().__init__(c_ff=1)

    mine = Mine()
    assert mine.treatments() == (mine,)  # its constructor takes no threshold


def test_gluons_are_flagged_up_to_eta_prime_and_have_no_kaon_decays():
    model = ALP(c_ff=1, c_GG=1e-3)
    np.testing.assert_array_equal(model.unreliable([0.3, 0.5, 0.9, 1.39, 1.5]), [False, True, True, True, False])
    assert {process.parent for process in model.processes()} == {"B+", "B0"}
    with pytest.raises(ProcessError, match=r"'K\+ -> pi\+' is not known for c_GG = 0.001.*mixing.*choose c_GG = 0"):
        model.production("K+ -> pi+", 0.1)
    assert ALP(c_ff=1).production("K+ -> pi+", 0.1) > 0


def test_name_of_a_direction():
    model = ALP(c_WW=1, c_BB=2, name="alp-photon-and-weak")
    assert model.name == "alp-photon-and-weak"
    assert ALP.name == ALP(c_WW=1).name == "alp"
    assert repr(model) == "ALP(c_WW=1, c_BB=2, name='alp-photon-and-weak')"
    with pytest.raises(MassRangeError, match="range of alp-photon-and-weak"):
        model.ctau(20)
    with pytest.raises(UnknownModelError, match="'My ALP' is not made of lower-case"):
        ALP(c_WW=1, name="My ALP")


def test_photon_coupling_that_cancels():
    with pytest.raises(ProcessError, match=r"c_WW \+ c_BB = 0"):
        ALP(c_WW=0.1 + 0.2, c_BB=-0.3).photon_coupling()


def test_bad_questions_get_a_sentence():
    model = ALPFermion()
    for mass in (0, -1, np.nan, np.inf, 11):
        with pytest.raises(MassRangeError, match=r"outside the range of alp-fermion, 0\.0001 to 10 GeV"):
            model.ctau(mass)
    for coupling in (-1, np.nan, np.inf):
        with pytest.raises(CouplingError, match="not a finite, non-negative c_ff/f_a"):
            model.ctau(0.3, coupling)
    with pytest.raises(MassRangeError, match=r"mass = 4.8 GeV is above m\(B\+\) - m\(K\+\)"):
        model.production("B+ -> K+", [0.1, 4.8])
    with pytest.raises(ProcessError, match="D\\+ -> pi\\+"):
        model.production("D+ -> pi+", 0.1)
    with pytest.raises(ProcessError, match=r"'X -> K\+' is not one that alp-fermion has"):
        model.production("X -> K+", 0.1)
    with pytest.raises(CouplingError, match="does nothing"):
        ALP()
    with pytest.raises(UnknownModelError, match="did you mean alp-fermion"):
        make_model("alp-fermions")
    with pytest.raises(UnknownModelError, match="'alp-weak' is taken"):
        register_model("alp-weak", ALPWeak)
