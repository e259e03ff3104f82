"""One-loop running and matching of ALP couplings, from the cutoff down to the ALP mass.

Everything is linear in the couplings at the cutoff, so four solutions, one for each of c_ff, c_WW, c_BB and
c_GG, hold every ALP with flavour-universal couplings. They are computed once for each cutoff and top mass (some 20 ms)
and kept.

Conventions: arXiv:2012.12272 (Bauer, Neubert, Renner, Schnubel, Thamm) with the Lagrangian of arXiv:2201.06580
eq. 2.1; only the top Yukawa coupling is kept. Couplings are quoted as c/f_a in TeV^-1 whatever the cutoff: it is where
they have their values, 4 pi TeV unless something else is said, and enters by logarithms alone.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError

Array = NDArray[np.float64]

UV_COUPLINGS = ("c_ff", "c_WW", "c_BB", "c_GG")
"""The couplings at the cutoff, in the order of the last axis of every array in this file."""

F_A: float = 1000.0
"""The scale f_a [GeV] in whose inverse couplings are quoted: c/f_a in TeV^-1."""

CUTOFF: float = 4 * np.pi * F_A
"""Where couplings are given by default [GeV]: Lambda = 4 pi f_a of arXiv:2201.06580, for f_a = 1 TeV."""

CUTOFF_RANGE: tuple[float, float] = (200.0, 1e19)
"""Lowest and highest cutoff [GeV]: the top quark runs above the lowest, gravity is strong at the highest."""

QUARK_FREEZE: float = 1.0
"""Quark couplings no longer run below this scale [GeV]: QCD is not perturbative there."""

LOWEST_SCALE: float = 1e-4
"""Lepton couplings are tabulated down to this scale [GeV]."""

FERMIONS = ("u", "d", "s", "c", "b", "e", "mu", "tau")
"""The fermions below the weak scale."""

CHARGE = {"u": 2 / 3, "c": 2 / 3, "d": -1 / 3, "s": -1 / 3, "b": -1 / 3, "e": -1.0, "mu": -1.0, "tau": -1.0}
"""Electric charge by fermion."""

COLOURS = {name: 3 if name in "udscb" else 1 for name in FERMIONS}
"""Number of colours by fermion."""

DELTA_1: float = -11 / 3
"""Scheme constant of the electroweak fermion loops (arXiv:1708.00443, eq. 22)."""

# Standard Model couplings at 172.6 GeV (MSbar), the start of their own running (arXiv:1307.3536, with the top
# mass moved to the PDG 2024 value).
_MU_START = 172.6
_SM_START = {"y_t": 0.9369, "g_s": 1.1645, "g": 0.6478, "g_prime": 0.3583}

_TOP_ROW = {"d": sm.V_TD, "s": sm.V_TS, "b": sm.V_TB}

# Rows of the state above the weak scale: Wilson coefficients k of the chiral currents (1 stands for the first
# two generations, 3 for the third), then the Standard Model couplings.
_ROWS = ("k_Q1", "k_Q3", "k_u1", "k_u3", "k_d1", "k_d3", "k_L", "k_e")


def _top_yukawa_and_gauge_slopes(y_t: float, g_s: float, g: float, g_prime: float) -> Array:
    slope_y = y_t * (9 / 2 * y_t**2 - 8 * g_s**2 - 9 / 4 * g**2 - 17 / 12 * g_prime**2)
    return np.array([slope_y, -7 * g_s**3, -19 / 6 * g**3, 41 / 6 * g_prime**3]) / (16 * np.pi**2)


def _slopes_above(_: float, flat: Array) -> Array:
    """Right-hand side of the renormalisation group above the weak scale (arXiv:2012.12272, eqs. 3.5 to 3.8)."""
    k, (y_t, g_s, g, g_prime) = flat[:-4].reshape(len(_ROWS), len(UV_COUPLINGS)), flat[-4:]
    k_q1, k_q3, k_u1, k_u3, k_d1, k_d3, k_l, k_e = k
    c_ww, c_bb, c_gg = np.eye(len(UV_COUPLINGS))[1:]
    alpha_s, alpha_2, alpha_1 = (coupling**2 / (4 * np.pi) for coupling in (g_s, g, g_prime))
    trace_q, trace_u, trace_d = 2 * k_q1 + k_q3, 2 * k_u1 + k_u3, 2 * k_d1 + k_d3
    tilde_g = c_gg + (trace_u + trace_d - 2 * trace_q) / 2
    tilde_w = c_ww - (3 * trace_q + 3 * k_l) / 2
    tilde_b = c_bb + 4 / 3 * trace_u + trace_d / 3 - trace_q / 6 + 3 * k_e - 3 / 2 * k_l
    strong, weak, hyper = 16 * alpha_s**2 * tilde_g, 9 * alpha_2**2 * tilde_w, alpha_1**2 * tilde_b
    top = y_t**2 * (k_u3 - k_q3)
    slopes = np.array(
        [
            -strong - weak - hyper / 3,
            -top - strong - weak - hyper / 3,
            6 * top + strong + 16 / 3 * hyper,
            8 * top + strong + 16 / 3 * hyper,
            -6 * top + strong + 4 / 3 * hyper,
            -6 * top + strong + 4 / 3 * hyper,
            -weak - 3 * hyper,
            -6 * top + 12 * hyper,
        ]
    ) / (16 * np.pi**2)
    return np.concatenate([slopes.ravel(), _top_yukawa_and_gauge_slopes(y_t, g_s, g, g_prime)])


def checked_cutoff(cutoff: object) -> float:
    """A model's `cutoff` [GeV] as a number, or `MassRangeError` if couplings cannot run from there."""
    given = arguments.number("cutoff", cutoff, MassRangeError)
    low, high = CUTOFF_RANGE
    if not low <= given <= high:
        raise MassRangeError(
            f"cutoff = {given:g} GeV is outside {low:g} to {high:g} GeV, from where couplings can run; "
            f"4 pi TeV, {CUTOFF:.0f} GeV, is that of arXiv:2201.06580"
        )
    return given


@dataclass(frozen=True)
class WeakScale:
    """Couplings at m_Z; the last axis of every array is `UV_COUPLINGS`.

    Attributes
    ----------
    c_tt
        Axial top coupling just above m_Z.
    before_matching, after_matching
        Axial coupling of each of `FERMIONS` just above and just below m_Z.
    flavour_change
        C_hat with C_dd' = V_td^* V_td' C_hat (arXiv:2201.06580, eq. 2.4).
    """

    c_tt: Array
    before_matching: dict[str, Array]
    after_matching: dict[str, Array]
    flavour_change: Array


def _loop(log_scale: float) -> float:
    return log_scale + DELTA_1


def _weak_matching(isospin: float, charge: float) -> Array:
    """Threshold correction to an axial coupling from W and Z loops (arXiv:2012.12272, eq. 4.14)."""
    s2 = sm.SIN2_THETA_W
    c2 = 1 - s2
    _, c_ww, c_bb, _ = np.eye(len(UV_COUPLINGS))
    c_photon_z = c2 * c_ww - s2 * c_bb
    c_zz = c2**2 * c_ww + s2**2 * c_bb
    log_w = np.log((sm.mass("Z0") / sm.mass("W+")) ** 2)
    bracket = (
        c_ww / (2 * s2**2) * (_loop(log_w) + 1 / 2)
        + 2 * c_photon_z / (s2 * c2) * charge * (isospin - 2 * charge * s2) * (_loop(0.0) + 3 / 2)
        + c_zz / (s2**2 * c2**2) * ((isospin - charge * s2) ** 2 + charge**2 * s2**2) * (_loop(0.0) + 1 / 2)
    )
    return np.asarray(-3 * sm.ALPHA_MZ**2 / (8 * np.pi**2) * bracket)


def _flavour_matching(c_tt: Array, y_t: float, m_t: float) -> Array:
    """Loops of top and W in k_D of left-handed down quarks, without V_ti^* V_tj (arXiv:2201.06580, eq. 2.4)."""
    x = (m_t / sm.mass("W+")) ** 2
    top_loop = np.log(sm.mass("Z0") / m_t) - 1 / 4 - 3 / 2 * (1 - x + np.log(x)) / (1 - x) ** 2
    w_loop = -3 * sm.ALPHA_MZ / (2 * np.pi * sm.SIN2_THETA_W) * (1 - x + x * np.log(x)) / (1 - x) ** 2
    c_ww = np.eye(len(UV_COUPLINGS))[1]
    return np.asarray(y_t**2 / (16 * np.pi**2) * (top_loop * c_tt + w_loop * c_ww))


@lru_cache(maxsize=16)
def weak_scale(top_mass: float = sm.M_TOP_MSBAR, cutoff: float = CUTOFF) -> WeakScale:
    """Run from the cutoff to m_Z and match (one loop; arXiv:2012.12272, sections 3 and 4).

    Parameters
    ----------
    top_mass
        Top mass [GeV] in the loops at the threshold. The top's Yukawa coupling runs from its own value.
    cutoff
        Where the couplings are given [GeV].
    """
    start = np.array(list(_SM_START.values()))
    upwards = solve_ivp(
        lambda _, c: _top_yukawa_and_gauge_slopes(*c),
        (np.log(_MU_START), np.log(cutoff)),
        start,
        method="DOP853",
        rtol=1e-9,
        atol=1e-13,
    ).y[:, -1]
    c_ff = np.eye(len(UV_COUPLINGS))[0]
    signs = np.array([1 if row in ("k_u1", "k_u3", "k_d1", "k_d3", "k_e") else -1 for row in _ROWS])
    k_start = signs[:, None] * c_ff / 2
    m_z = sm.mass("Z0")
    end = solve_ivp(
        _slopes_above,
        (np.log(cutoff), np.log(m_z)),
        np.concatenate([k_start.ravel(), upwards]),
        method="DOP853",
        rtol=1e-9,
        atol=1e-13,
    ).y[:, -1]
    k = dict(zip(_ROWS, end[:-4].reshape(len(_ROWS), -1), strict=True))
    y_t = float(end[-4])
    c_tt = k["k_u3"] - k["k_Q3"]
    up, down, lepton = k["k_u1"] - k["k_Q1"], k["k_d1"] - k["k_Q1"], k["k_e"] - k["k_L"]
    before = {"u": up, "c": up, "d": down, "s": down, "b": k["k_d3"] - k["k_Q3"]}
    before |= {name: lepton for name in ("e", "mu", "tau")}
    after = {}
    flavour_matching = _flavour_matching(c_tt, y_t, top_mass)
    for name, value in before.items():
        isospin = 1 / 2 if CHARGE[name] > 0 else -1 / 2
        top = -isospin * 3 * y_t**2 / (8 * np.pi**2) * c_tt * np.log((m_z / top_mass) ** 2)
        # the loops that change flavour also have a diagonal part, |V_td|^2 of it: it matters for b alone
        diagonal = abs(_TOP_ROW[name]) ** 2 * flavour_matching if name in _TOP_ROW else 0.0
        after[name] = value + top + _weak_matching(isospin, CHARGE[name]) - diagonal
    return WeakScale(
        c_tt=c_tt,
        before_matching=before,
        after_matching=after,
        flavour_change=k["k_Q3"] - k["k_Q1"] + flavour_matching,
    )


def _slopes_below(log_mu: float, flat: Array, active: tuple[str, ...], quarks_run: bool) -> Array:
    """Right-hand side below the weak scale (arXiv:2012.12272, eq. 4.24), for `FERMIONS` x `UV_COUPLINGS`."""
    c = dict(zip(FERMIONS, flat.reshape(len(FERMIONS), -1), strict=True))
    _, c_ww, c_bb, c_gg = np.eye(len(UV_COUPLINGS))
    tilde_g = c_gg + sum((c[f] for f in active if COLOURS[f] == 3), np.zeros(len(UV_COUPLINGS))) / 2
    tilde_photon = c_ww + c_bb + sum((COLOURS[f] * CHARGE[f] ** 2 * c[f] for f in active), np.zeros(len(UV_COUPLINGS)))
    alpha_s = float(sm.alpha_s(np.exp(log_mu))) if quarks_run else 0.0
    slopes = []
    for name in FERMIONS:
        qed = 3 * sm.ALPHA**2 / (2 * np.pi**2) * CHARGE[name] ** 2 * tilde_photon
        qcd = 2 * alpha_s**2 / np.pi**2 * tilde_g
        runs = name in active and (quarks_run or COLOURS[name] == 1)
        slopes.append((qed + qcd * (COLOURS[name] == 3)) * runs)
    return np.concatenate(slopes)


@lru_cache(maxsize=16)
def _table_below(top_mass: float, cutoff: float) -> tuple[Array, Array]:
    """Scales [log GeV] from low to high, and couplings (scales, `FERMIONS`, `UV_COUPLINGS`)."""
    lepton_mass = {"e": sm.mass("e-"), "mu": sm.mass("mu-"), "tau": sm.mass("tau-")}
    threshold = {"b": sm.mass("b"), "c": sm.mass("c"), **lepton_mass}
    stops = sorted({sm.mass("Z0"), QUARK_FREEZE, LOWEST_SCALE, *threshold.values()}, reverse=True)
    state = np.concatenate([weak_scale(top_mass, cutoff).after_matching[name] for name in FERMIONS])
    scales, values = [], []
    for high, low in pairwise(stops):
        quarks_run = high > QUARK_FREEZE
        active = tuple(f for f in FERMIONS if threshold.get(f, 0.0) < high and (quarks_run or COLOURS[f] == 1))
        grid = np.linspace(np.log(high), np.log(low), 24)
        solved = solve_ivp(
            _slopes_below,
            (grid[0], grid[-1]),
            state,
            t_eval=grid,
            args=(active, quarks_run),
            method="LSODA",
            rtol=1e-8,
            atol=1e-13,
        ).y
        scales.append(grid)
        values.append(solved.T)
        state = solved[:, -1]
    log_mu = np.concatenate(scales)[::-1]
    table = np.concatenate(values)[::-1].reshape(len(log_mu), len(FERMIONS), len(UV_COUPLINGS))
    return log_mu, table


def fermion_couplings(
    mu: Array, uv: Array, top_mass: float = sm.M_TOP_MSBAR, cutoff: float = CUTOFF
) -> dict[str, Array]:
    """Axial couplings c_ff(mu) of `FERMIONS` below the weak scale.

    Parameters
    ----------
    mu
        Scales (n,) [GeV], up to m_Z. Quarks freeze at `QUARK_FREEZE`, all fermions at their own mass.
    uv
        Couplings (4,) at the cutoff, in the order of `UV_COUPLINGS`.
    top_mass, cutoff
        As in `weak_scale`.

    Returns
    -------
    dict
        Coupling (n,) by fermion.

    Raises
    ------
    MassRangeError
        If a scale is outside `LOWEST_SCALE` to m_Z, where the table ends.
    """
    mu = arguments.numbers("mu", mu, MassRangeError)
    outside = ~((mu >= LOWEST_SCALE) & (mu <= sm.mass("Z0")))
    if outside.any():
        raise MassRangeError(
            f"mu = {mu[outside][0]:g} GeV is outside the running below m_Z, {LOWEST_SCALE:g} to {sm.mass('Z0'):g} GeV"
        )
    log_mu, table = _table_below(top_mass, cutoff)
    projected = table @ uv
    where = np.log(mu)
    return {name: np.interp(where, log_mu, projected[:, i]) for i, name in enumerate(FERMIONS)}
