"""Standard Model inputs: masses and lifetimes from the PDG, couplings and quark mixing with their sources.

GeV and metres throughout. Masses, lifetimes and widths come from `particle` (PDG live tables), hbar c from
`farflung.lpp.units`, the fine-structure constant from CODATA through `scipy.constants`.
"""

from difflib import get_close_matches
from functools import lru_cache

import numpy as np
import scipy.constants
from hepunits import GeV
from numpy.typing import NDArray
from particle import Particle
from scipy.integrate import solve_ivp

from farflung.lpp.errors import PhysicsError, ProcessError
from farflung.lpp.plain_arguments import plain_arguments
from farflung.lpp.units import HBAR_C as HBAR_C  # formulas ask here for what they need
from farflung.lpp.units import PICOBARN as PICOBARN
from farflung.lpp.units import decay_length

ALPHA: float = scipy.constants.fine_structure
"""Fine-structure constant at zero momentum transfer (CODATA), the one that on-shell photons see."""

ALPHA_MZ: float = 1 / 127.951
"""alpha(m_Z) in the MSbar scheme (PDG 2024, electroweak review, table 10.2)."""

SIN2_THETA_W: float = 0.23122
"""sin^2 theta_W(m_Z) in the MSbar scheme (PDG 2024, electroweak review, table 10.2)."""

ALPHA_S_MZ: float = 0.1180
"""alpha_s(m_Z) (PDG 2024, QCD review, eq. 9.25)."""

M_TOP_MSBAR: float = 162.7
"""MSbar top mass m_t(m_t) [GeV] (PDG 2024, quark summary, from cross sections).

The default of all loops in which quarks change flavour. With this mass the strong interaction corrects the loops of
rare decays whose corrections are known by 1 % (B_s -> mu mu and K -> pi nu nubar: Buchalla and Buras,
hep-ph/9901288). The mass of the pole, 172.6 GeV (`mass("t")`), makes loops 7 to 13 % larger.
"""

TOP_MASS_RANGE: tuple[float, float] = (150.0, 200.0)
"""Top masses [GeV] that the loops take, in either scheme."""

# Wolfenstein parameters of the CKM matrix (CKMfitter, 2023 update, arXiv:2405.08046)
_LAMBDA, _A, _RHO_BAR, _ETA_BAR = 0.22498, 0.8215, 0.1562, 0.3551


def _ckm() -> tuple[tuple[complex, ...], tuple[complex, ...]]:
    """Rows of charm and top in the standard parametrisation (PDG 2024, CKM review, eqs. 12.3 to 12.5)."""
    s12, s23 = _LAMBDA, _A * _LAMBDA**2
    apex = complex(_RHO_BAR, _ETA_BAR)
    s13_phase = _A * _LAMBDA**3 * apex * np.sqrt(1 - s23**2) / (np.sqrt(1 - s12**2) * (1 - s23**2 * apex))
    c12, c23, c13 = np.sqrt(1 - s12**2), np.sqrt(1 - s23**2), np.sqrt(1 - abs(s13_phase) ** 2)
    return (
        (-s12 * c23 - c12 * s23 * s13_phase, c12 * c23 - s12 * s23 * s13_phase, complex(s23 * c13)),
        (s12 * s23 - c12 * c23 * s13_phase, -c12 * s23 - s12 * c23 * s13_phase, complex(c23 * c13)),
    )


(V_CD, V_CS, V_CB), (V_TD, V_TS, V_TB) = _ckm()

V_US: float = _LAMBDA
"""|V_us| (same reference)."""

V_UD: float = np.sqrt(1 - V_US**2)
"""|V_ud|, from unitarity, |V_ub| left out."""

G_F: float = scipy.constants.value("Fermi coupling constant")
"""Fermi constant [GeV^-2] (CODATA)."""

VEV: float = (np.sqrt(2) * G_F) ** -0.5
"""Vacuum expectation value v = 246.22 GeV of the Higgs field."""

F_PI: float = 0.1302
"""Pion decay constant [GeV], in the normalisation of about 130 MeV (PDG 2024, pseudoscalar decay constants)."""

UP_DOWN_ASYMMETRY: float = (1 - 0.462) / (1 + 0.462)
"""(m_d - m_u)/(m_d + m_u), from m_u/m_d = 0.462 (PDG 2024, quark summary)."""


# PDG numbers of what the package itself asks for: a search by name takes 0.1 s, by number nothing.
_PDG_NUMBER = {
    **{"d": 1, "u": 2, "s": 3, "c": 4, "b": 5, "t": 6, "e-": 11, "mu-": 13, "tau-": 15, "Z0": 23, "W+": 24},
    **{"pi0": 111, "pi+": 211, "K(L)0": 130, "K(S)0": 310, "K0": 311, "K+": 321, "B0": 511, "B+": 521},
    **{"K*(892)0": 313, "K*(892)+": 323, "K(2)*(1430)0": 315, "K(2)*(1430)+": 325, "K(0)*(1430)0": 10311},
    **{"K(0)*(1430)+": 10321, "K(1)(1270)0": 10313, "K(1)(1270)+": 10323, "K(1)(1400)0": 20313},
    **{"K(1)(1400)+": 20323, "K*(1410)0": 100313, "K*(1410)+": 100323, "K*(1680)0": 30313, "K*(1680)+": 30323},
    **{"K(0)*(700)0": 9000311, "K(0)*(700)+": 9000321, "D0": 421, "D+": 411, "eta": 221, "p": 2212},
    **{"D*(2007)0": 423, "B*0": 513},
    **{"e+": -11, "mu+": -13, "tau+": -15, "pi-": -211, "K-": -321, "gamma": 22},
}


@lru_cache(maxsize=256)
def _particle(name: str) -> Particle:
    if name in _PDG_NUMBER:
        return Particle.from_pdgid(_PDG_NUMBER[name])
    found = Particle.findall(lambda p: p.name == name)
    if not found:
        nearest = get_close_matches(name, (p.name for p in Particle.all()), n=3, cutoff=0.5)
        meant = f"did you mean {' or '.join(nearest)}?" if nearest else "write it as in 'B+', 'K+', 'pi0' or 'mu-'"
        raise ProcessError(f"particle = {name!r} is not a PDG name; {meant}")
    return found[0]


@lru_cache(maxsize=256)
def mass(name: str) -> float:
    """Mass [GeV] of the particle with this PDG name (``"B+"``, ``"K*(892)0"``, ``"mu-"``; quarks are MSbar).

    Raises
    ------
    ProcessError
        If the name is not in the PDG tables or the particle has no mass there.
    """
    value = _particle(name).mass
    if value is None:
        raise ProcessError(f"particle = {name!r} has no mass in the PDG tables; choose another state")
    return float(value) / GeV


@lru_cache(maxsize=256)
def width(name: str) -> float:
    """Total width [GeV] of the particle with this PDG name, from its PDG lifetime.

    Raises
    ------
    ProcessError
        If the name is not in the PDG tables or the particle is stable there.
    """
    lifetime = _particle(name).lifetime
    if lifetime is None or not np.isfinite(lifetime) or lifetime <= 0:
        raise ProcessError(f"particle = {name!r} has no finite lifetime in the PDG tables")
    return HBAR_C / decay_length(float(lifetime))


@lru_cache(maxsize=256)
def charge(name: str) -> float:
    """Electric charge of the particle with this PDG name; that of dark matter is zero.

    Raises
    ------
    ProcessError
        If the name is not in the PDG tables.
    """
    return 0.0 if name == "chi" else float(_particle(name).charge or 0.0)


@lru_cache(maxsize=256)
def antiparticle(name: str) -> str:
    """Name of the antiparticle, as ``"B-"`` of ``"B+"``; the name itself where the particle is its own."""
    try:
        return str(_particle(name).invert().name)
    except ProcessError:
        return name  # beams and new particles have no PDG name


def _alpha_s_slope(log_mu: float, alpha_s: NDArray[np.float64], flavours: int) -> NDArray[np.float64]:
    beta0 = 11 - 2 / 3 * flavours
    beta1 = 102 - 38 / 3 * flavours
    return -2 * alpha_s**2 / (4 * np.pi) * (beta0 + beta1 * alpha_s / (4 * np.pi))


ALPHA_S_FLOOR: float = 0.7
"""The lowest scale [GeV] at which `alpha_s` is evaluated; below it perturbation theory means nothing."""


@lru_cache(maxsize=1)
def _alpha_s_table() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logarithm of the scale and alpha_s, tabulated from the floor to m_Z."""
    scales = [mass("Z0"), mass("b"), mass("c"), ALPHA_S_FLOOR]
    value = ALPHA_S_MZ
    pieces: list[tuple[NDArray[np.float64], NDArray[np.float64]]] = []
    for flavours, high, low in zip((5, 4, 3), scales[:-1], scales[1:], strict=True):
        grid = np.linspace(np.log(high), np.log(low), 200)
        solved = solve_ivp(
            _alpha_s_slope,
            (grid[0], grid[-1]),
            [value],
            t_eval=grid,
            args=(flavours,),
            method="DOP853",
            rtol=1e-9,
            atol=1e-12,
        ).y[0]
        pieces.append((grid, solved))
        value = float(solved[-1])
    log_mu = np.concatenate([piece[0] for piece in pieces])[::-1]
    alpha = np.concatenate([piece[1] for piece in pieces])[::-1]
    return log_mu, alpha


@plain_arguments(PhysicsError)
def alpha_s(mu: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strong coupling alpha_s(mu), two loops, from alpha_s(m_Z) with thresholds at m_b and m_c.

    Parameters
    ----------
    mu
        Scales [GeV]. Below `ALPHA_S_FLOOR` the value at the floor is returned, above m_Z the one-loop
        continuation with five flavours.

    References
    ----------
    PDG 2024, QCD review, eqs. 9.3 and 9.4.
    """
    mu = np.asarray(mu, dtype=float)
    log_mu, table = _alpha_s_table()
    below = np.interp(np.log(np.maximum(mu, ALPHA_S_FLOOR)), log_mu, table)
    above = 1 / (1 / ALPHA_S_MZ + 23 / 3 / (2 * np.pi) * np.log(np.maximum(mu / mass("Z0"), 1.0)))
    return np.where(mu > mass("Z0"), above, below)
