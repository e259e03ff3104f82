"""Running from any cutoff, against an integration that shares nothing with it, and the choice of the top mass."""

from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from farflung.lpp import ALP, ALPFermion, ALPPhoton, ALPWeak, MassRangeError, read_options
from farflung.lpp import standard_model as sm
from farflung.lpp.models import alp_running as running

FOUR_PI_TEV = 4000 * np.pi
HYPERCHARGE = {"Q": 1 / 6, "u": 2 / 3, "d": -1 / 3, "L": -1 / 2, "e": -1.0}
HIGGS = {"Q": -1 / 3, "u": -4 / 3, "d": 2 / 3, "L": 1.0, "e": 2.0}
"""What each multiplet gets where the Higgs field's coupling is rotated away by hypercharge: -2 Y of each multiplet."""


def slopes(t: float, flat: np.ndarray, c_ww: float, c_bb: float, c_gg: float) -> np.ndarray:
    """arXiv:2012.12272, eqs. 3.5 to 3.8, with 3 x 3 matrices and the Higgs field's coupling rotated by hypercharge.

    The package has diagonal couplings alone, and rotates by beta_u = -1, beta_d = beta_e = 1. Both are one theory.
    """
    (y_t, g_s, g, g_prime), k = flat[:4], dict(zip(HYPERCHARGE, flat[4:].reshape(5, 3, 3), strict=True))
    loop = 16 * np.pi**2
    dy = y_t * (9 / 2 * y_t**2 - 8 * g_s**2 - 9 / 4 * g**2 - 17 / 12 * g_prime**2) / loop
    gauge = np.array([dy, -7 * g_s**3 / loop, -19 / 6 * g**3 / loop, 41 / 6 * g_prime**3 / loop])
    a_s, a_2, a_1 = (x**2 / (4 * np.pi) for x in (g_s, g, g_prime))
    y_u = np.diag([0.0, 0.0, y_t])
    tilde_g = c_gg + np.trace(k["u"] + k["d"] - 2 * k["Q"]) / 2
    tilde_w = c_ww - np.trace(3 * k["Q"] + k["L"]) / 2
    tilde_b = c_bb + np.trace(4 / 3 * k["u"] + k["d"] / 3 - k["Q"] / 6 + k["e"] - k["L"] / 2)
    x = 3 * np.trace(k["Q"] @ y_u @ y_u.T - k["u"] @ y_u.T @ y_u)
    right = {"Q": -1, "u": 1, "d": 1, "L": -1, "e": 1}
    total = {}
    for name, sign in right.items():
        bosons = 3 / (4 * np.pi**2) * a_1**2 * HYPERCHARGE[name] ** 2 * tilde_b
        if name in "Qud":
            bosons += 3 / (4 * np.pi**2) * a_s**2 * 4 / 3 * tilde_g
        if name in "QL":
            bosons += 3 / (4 * np.pi**2) * a_2**2 * 3 / 4 * tilde_w
        total[name] = (sign * bosons + HIGGS[name] * x / (8 * np.pi**2)) * np.eye(3)
    square = y_u @ y_u.T
    total["Q"] += (square @ k["Q"] + k["Q"] @ square) / (2 * loop) - y_u @ k["u"] @ y_u.T / loop
    square = y_u.T @ y_u
    total["u"] += (square @ k["u"] + k["u"] @ square) / loop - 2 * y_u.T @ k["Q"] @ y_u / loop
    return np.concatenate([gauge, *(total[name].ravel() for name in HYPERCHARGE)])


@cache
def independent(coupling: str, cutoff: float) -> dict[str, float]:
    """Axial couplings and k_Q3 - k_Q1 just above m_Z, for one coupling of 1 at the cutoff."""
    bosons = tuple(float(coupling == name) for name in ("c_WW", "c_BB", "c_GG"))
    start = np.array([0.9369, 1.1645, 0.6478, 0.3583])  # y_t, g_s, g, g' at 172.6 GeV (arXiv:1307.3536)
    none = np.zeros(45)
    options = {"method": "LSODA", "rtol": 1e-10, "atol": 1e-14}
    up = solve_ivp(slopes, np.log([172.6, cutoff]), np.concatenate([start, none]), args=(0, 0, 0), **options).y[:4, -1]
    half = (coupling == "c_ff") * np.eye(3).ravel() / 2
    fermions = np.concatenate([-half, half, half, -half, half])
    end = solve_ivp(slopes, np.log([cutoff, sm.mass("Z0")]), np.concatenate([up, fermions]), args=bosons, **options).y[
        :, -1
    ]
    q, u, d, left, e = (np.diag(block) for block in end[4:].reshape(5, 3, 3))
    return {
        "y_t": end[0], "c_tt": u[2] - q[2], "u": u[0] - q[0], "d": d[0] - q[0], "b": d[2] - q[2],
        "e": e[0] - left[0], "k_Q3 - k_Q1": q[2] - q[0],
    }  # fmt: skip


@pytest.mark.parametrize("cutoff", [200.0, 1e3, FOUR_PI_TEV, 1e6, 1e16])
@pytest.mark.parametrize("coupling", running.UV_COUPLINGS)
def test_running_from_any_cutoff(coupling: str, cutoff: float) -> None:
    column, ours = running.UV_COUPLINGS.index(coupling), running.weak_scale(cutoff=cutoff)
    expected = independent(coupling, cutoff)
    assert ours.c_tt[column] == pytest.approx(expected["c_tt"], rel=1e-6, abs=1e-12)
    for fermion in ("u", "d", "b", "e"):
        assert ours.before_matching[fermion][column] == pytest.approx(expected[fermion], rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("cutoff", [1e3, 1e6])
@pytest.mark.parametrize("top_mass", [162.7, 172.6])
def test_flavour_change_from_any_cutoff(cutoff: float, top_mass: float) -> None:
    """The loops at m_Z are those of arXiv:2201.06580, eq. 2.4."""
    x = (top_mass / sm.mass("W+")) ** 2
    for coupling, bosons in (("c_ff", 0.0), ("c_WW", 1.0)):
        expected = independent(coupling, cutoff)
        loops = expected["c_tt"] * (np.log(sm.mass("Z0") / top_mass) - 1 / 4 - 1.5 * (1 - x + np.log(x)) / (1 - x) ** 2)
        loops -= 3 * sm.ALPHA_MZ / (2 * np.pi * sm.SIN2_THETA_W) * bosons * (1 - x + x * np.log(x)) / (1 - x) ** 2
        c_hat = expected["k_Q3 - k_Q1"] + expected["y_t"] ** 2 / (16 * np.pi**2) * loops
        model = ALP(**{coupling: 1.0}, cutoff=cutoff, top_mass=top_mass)
        assert model.flavour_change == pytest.approx(c_hat, rel=1e-6)


def test_four_pi_tev_is_the_default() -> None:
    masses = np.geomspace(0.01, 5, 40)
    for factory in (ALPFermion, ALPWeak, ALPPhoton):
        plain, same, other = factory(), factory(cutoff=FOUR_PI_TEV), factory(cutoff=1000.0)
        np.testing.assert_allclose(same.ctau(masses), plain.ctau(masses), rtol=1e-12)
        np.testing.assert_allclose(same.production("B+ -> K+", 1.0), plain.production("B+ -> K+", 1.0), rtol=1e-12)
        assert other.production("B+ -> K+", 1.0) < plain.production("B+ -> K+", 1.0)
    # what this package gave before the cutoff was a parameter, with the masses of the PDG of 2024
    assert ALPFermion().flavour_change == pytest.approx(0.0182740781474, rel=1e-6)
    assert ALPWeak().flavour_change == pytest.approx(-2.92784380462e-5, rel=1e-6)
    assert ALPFermion().ctau(0.3) == pytest.approx(1.69957e-6, rel=1e-5)


def test_one_cutoff_does_not_touch_another() -> None:
    """Solutions are kept for each cutoff and top mass."""
    near, far = ALPFermion(cutoff=1e3), ALPFermion(cutoff=1e6)
    first = near.flavour_change
    assert far.flavour_change > 3 * first
    assert ALPFermion(cutoff=1e3).flavour_change == first
    at = np.array([0.3])
    assert near.fermion_couplings(at)["mu"] < ALPFermion().fermion_couplings(at)["mu"] < far.fermion_couplings(at)["mu"]


def test_coupling_to_photons_does_not_run() -> None:
    assert ALPPhoton(cutoff=1e6).photon_coupling(1e-4) == pytest.approx(1e-4, rel=1e-12)


@pytest.mark.parametrize(("cutoff", "said"), [(150.0, "150"), (2e19, "2e\\+19"), (0.0, "0"), (-1e3, "-1000")])
def test_cutoffs_that_cannot_be(cutoff: float, said: str) -> None:
    with pytest.raises(MassRangeError, match=rf"^cutoff = {said} GeV is outside 200 to 1e\+19 GeV"):
        ALPWeak(cutoff=cutoff)


def test_cutoff_on_the_command_line() -> None:
    for factory in (ALPFermion, ALPWeak, ALPPhoton):
        assert factory(**read_options(factory, {"cutoff": "1e3", "top_mass": "172.6"})).cutoff == 1000
