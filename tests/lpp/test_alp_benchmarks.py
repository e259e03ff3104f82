"""The two benchmark ALPs against arXiv:2201.06580 and the figures derived from it."""

import numpy as np
import pytest

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
    """The tabulated lifetimes take alpha at the ALP's mass; photons on their shell see alpha(0)."""
    assert ALPWeak().ctau(mass) / running_alpha_ratio(mass) ** 2 == pytest.approx(ctau, rel=0.02)


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
    masses = [2.5, 2.6, 3.7, 3.8]
    np.testing.assert_array_equal(ALPFermion().unreliable(masses), [False, True, True, False])
    assert not ALPWeak().unreliable(masses).any()
    assert ALPFermion().branching_ratios(3.0)["cc"] == pytest.approx(0.84, abs=0.01)


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
