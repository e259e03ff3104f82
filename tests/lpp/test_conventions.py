import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farflung.lpp import ALP, ALPFermion, ALPPhoton, ALPWeak, CouplingError, ProcessError, conventions
from farflung.lpp import standard_model as sm

PAIRS = [
    (conventions.photon_coupling, conventions.from_photon_coupling),
    (conventions.w_coupling, conventions.from_w_coupling),
    (conventions.hypercharge_coupling, conventions.from_hypercharge_coupling),
    (conventions.alpinist_coupling, conventions.from_alpinist_coupling),
    (conventions.yukawa_coupling, conventions.from_yukawa_coupling),
]


@given(value=st.floats(-1e6, 1e6))
def test_there_and_back(value: float) -> None:
    for there, back in PAIRS:
        assert float(back(there(value))) == pytest.approx(value, rel=1e-12, abs=1e-300)


def test_values_of_the_literature() -> None:
    # computed twice: 2.32e-6 and 1.08e-5 GeV^-1 per TeV^-1
    assert float(conventions.photon_coupling(1.0)) == pytest.approx(2.32e-6, rel=2e-3)
    assert float(conventions.w_coupling(1.0)) == pytest.approx(1.08e-5, rel=5e-3)
    assert float(conventions.from_alpinist_coupling(1.0)) == pytest.approx(157.91, rel=1e-4)
    assert float(conventions.yukawa_coupling(1.0)) == pytest.approx(0.24622, rel=1e-4)


def test_arrays_keep_their_shape() -> None:
    assert conventions.photon_coupling(np.ones((2, 3))).shape == (2, 3)


def test_photons_see_the_hypercharge_coupling_times_cos2() -> None:
    # up to alpha(0) against alpha(m_Z), 7 %
    photons = float(conventions.photon_coupling(conventions.from_hypercharge_coupling(1.0)))
    assert photons == pytest.approx((1 - sm.SIN2_THETA_W) * sm.ALPHA / sm.ALPHA_MZ, rel=1e-12)


def test_alpinist_photon_coupling() -> None:
    # g_agammagamma = 16 pi alpha C/Lambda, with C/Lambda in GeV^-1
    c = conventions.from_alpinist_coupling(2.0)
    assert float(conventions.photon_coupling(c)) == pytest.approx(16 * np.pi * sm.ALPHA * 2.0 / 1000, rel=1e-12)


def test_photon_width_is_g2_m3_over_64_pi() -> None:
    model, m, g = ALPPhoton(), 0.03, 1e-4
    assert float(model.partial_widths(m, g)["gammagamma"]) == pytest.approx(g**2 * m**3 / (64 * np.pi), rel=1e-3)
    np.testing.assert_allclose(model.photon_coupling(g), g, rtol=1e-12)


def test_w_coupling_gives_belles_width() -> None:
    # Gamma(a -> gamma gamma) = g_aW^2 m^3 sin^4 theta_W/(64 pi), up to alpha(0) against alpha(m_Z)
    m = 0.5
    g_aw = float(conventions.w_coupling(1.0))
    belle = g_aw**2 * m**3 * sm.SIN2_THETA_W**2 / (64 * np.pi) * (sm.ALPHA / sm.ALPHA_MZ) ** 2
    # at 0.5 GeV fermion loops and the neutral pion, induced by c_WW, are below 1 %
    assert float(ALP(c_WW=1).partial_widths(m)["gammagamma"]) == pytest.approx(belle, rel=0.01)


def test_yukawa_width_is_that_of_a_pseudoscalar_higgs() -> None:
    # L = i g_Y (m/v) a fbar gamma_5 f: Gamma = g_Y^2 m_f^2 m beta/(8 pi v^2); running adds 10.8 % to c_ff
    m, m_l = 0.5, sm.mass("mu-")
    running = float(ALPFermion().fermion_couplings(np.array([m]))["mu"][0])
    g_y = float(conventions.yukawa_coupling(running))
    width = g_y**2 * m_l**2 * m * np.sqrt(1 - 4 * m_l**2 / m**2) / (8 * np.pi * sm.VEV**2)
    assert float(ALPFermion().partial_widths(m)["mumu"]) == pytest.approx(width, rel=1e-9)


def test_fermions_have_no_tree_level_photon_coupling() -> None:
    with pytest.raises(ProcessError, match="photons"):
        ALPFermion().photon_coupling()


def test_photon_benchmark_with_a_share_of_w() -> None:
    g, c = 1e-4, float(conventions.from_photon_coupling(1e-4))
    all_w = ALPPhoton(weak_share=1.0)
    np.testing.assert_allclose(all_w.ctau([0.1, 0.5, 3.0], g), ALPWeak().ctau([0.1, 0.5, 3.0], c), rtol=1e-12)
    np.testing.assert_allclose(all_w.production("B+ -> K+", 0.5, g), ALPWeak().production("B+ -> K+", 0.5, c))
    # without a coupling to photon and Z: c_WW = s^2, c_BB = c^2 of the whole
    share = ALPPhoton(weak_share=sm.SIN2_THETA_W)
    c_ww, c_bb = share.couplings["c_WW"], share.couplings["c_BB"]
    assert (1 - sm.SIN2_THETA_W) * c_ww - sm.SIN2_THETA_W * c_bb == pytest.approx(0.0, abs=1e-9 * c_ww)
    np.testing.assert_allclose(share.photon_coupling(g), g, rtol=1e-12)
    with pytest.raises(CouplingError, match="weak_share"):
        ALPPhoton(weak_share=1.5)
