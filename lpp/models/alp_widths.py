"""Partial decay widths of an axion-like particle (arXiv:2201.06580, appendix A).

Every function takes masses (n,) [GeV] and couplings (n,) at the scale of the mass, for f_a = 1 TeV, and returns
widths (n,) [GeV]. Lambda in the paper's formulas is 4 pi f_a: it says how strong the couplings are, not where they
are given.
"""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError
from farflung.lpp.models.alp_running import CHARGE, COLOURS, DELTA_1, F_A
from farflung.lpp.models.loops import triangle_f

Array = NDArray[np.float64]
ComplexArray = NDArray[np.complex128]

FERMION_MASS = {
    **{quark: sm.mass(quark) for quark in "udscb"},
    **{"e": sm.mass("e-"), "mu": sm.mass("mu-"), "tau": sm.mass("tau-")},
}
"""Masses [GeV] in the widths and loops: poles for leptons, MSbar for quarks."""

CHARM_THRESHOLD: float = round(sm.mass("D0") + sm.mass("D*(2007)0"), 5)
"""Mass [GeV] of the lightest two charmed mesons that a pseudoscalar decays into, D D*, 3.87 GeV.

Parity forbids two D mesons, for which a scalar needs 3.73 GeV; D D pi begins 7 MeV below D D*.
"""

BOTTOM_THRESHOLD: float = round(sm.mass("B0") + sm.mass("B*0"), 5)
"""The same for B B*, 10.60 GeV."""

_LAMBDA = 4 * np.pi * F_A

_PION = (sm.mass("pi0") + 2 * sm.mass("pi+")) / 3


def checked_threshold(label: str, value: object, quark: str) -> float:
    """A model's threshold [GeV] of a heavy quark as a number, or `MassRangeError` below two quarks."""
    given = arguments.number(label, value, MassRangeError)
    lowest = 2 * FERMION_MASS[quark]
    if given < lowest * (1 - 1e-12):
        raise MassRangeError(f"{label} = {given:g} GeV is below two {quark} quarks, {lowest:.3f} GeV")
    return given


def fermion_pair(mass: Array, fermion: str, coupling: Array | ComplexArray, threshold: float | None = None) -> Array:
    """Width into a pair of fermions; zero below threshold (arXiv:2201.06580, eq. A.1).

    Parameters
    ----------
    threshold
        Mass [GeV] of the lightest pair of what carries the fermions, which the velocity takes: twice the fermion's own
        by default, that of two mesons for heavy quarks.
    """
    m_f = FERMION_MASS[fermion]
    lowest = 2 * m_f if threshold is None else threshold
    velocity = np.sqrt(np.maximum(1 - lowest**2 / mass**2, 0.0))
    return np.asarray(2 * np.pi * mass * COLOURS[fermion] * np.abs(coupling) ** 2 * m_f**2 / _LAMBDA**2 * velocity)


def loop_b1(mass: Array, fermion: str) -> ComplexArray:
    """Triangle function B_1(4 m_f^2/m_a^2): 1 for light, -m_a^2/(12 m_f^2) for heavy fermions (eq. A.8)."""
    tau = 4 * FERMION_MASS[fermion] ** 2 / mass**2
    heavy = tau > 1e6  # where 1 - tau f^2 cancels to nothing
    return np.where(heavy, -1 / (3 * tau) + 0j, 1 - tau * triangle_f(tau) ** 2)


def photon_coupling(
    mass: Array, c_photon: float, c_gluon: float, fermion: dict[str, Array], perturbative: NDArray[np.bool_]
) -> ComplexArray:
    """Effective coupling C_gammagamma^eff (arXiv:2201.06580, eq. A.7), with its pole at the neutral pion's mass.

    Parameters
    ----------
    c_photon, c_gluon
        c_gammagamma = c_WW + c_BB and c_GG.
    fermion
        Axial couplings (n,) at the scale of the mass, by fermion.
    perturbative
        Where the mass lies above the hadronic threshold: there the mixing with the neutral pion is left out.
    """
    loops = sum(
        (COLOURS[f] * CHARGE[f] ** 2 * fermion[f] * loop_b1(mass, f) for f in ("e", "mu", "tau", "c", "b")),
        np.zeros(mass.shape, dtype=complex),
    )
    m2, pion2 = mass**2, sm.mass("pi0") ** 2
    mixing = -m2 / (pion2 - m2) * (fermion["u"] - fermion["d"]) / 2
    mixing = mixing - (5 / 3 + pion2 / (pion2 - m2) * sm.UP_DOWN_ASYMMETRY) * c_gluon
    return np.asarray(c_photon + loops + np.where(perturbative, 0.0, mixing))


def photons(mass: Array, coupling: ComplexArray) -> Array:
    """Width into two photons, with alpha at zero momentum (arXiv:2201.06580, eq. A.6)."""
    return np.asarray(sm.ALPHA**2 * mass**3 / (4 * np.pi * _LAMBDA**2) * np.abs(coupling) ** 2)


def _three_pion_integral(r: Array, power: int) -> Array:
    """Integral over z of sqrt(1 - 4r/z) sqrt(lambda(1, z, r)) (z - r)^power between its two thresholds.

    The integrand has a square root at either end, for which Gauss-Chebyshev nodes of the second kind are exact.
    """
    nodes = 48
    angle = np.arange(1, nodes + 1) * np.pi / (nodes + 1)
    low, high = 4 * r, (1 - np.sqrt(r)) ** 2
    half = (high - low) / 2
    z = (low + high)[:, None] / 2 + half[:, None] * np.cos(angle)
    # lambda(1, z, r) = (high - z)((1 + sqrt r)^2 - z), so both roots factor out of the integrand exactly
    rest = np.sqrt(((1 + np.sqrt(r)) ** 2)[:, None] - z) / np.sqrt(z) * (z - r[:, None]) ** power
    return np.asarray(np.pi / (nodes + 1) * (np.sin(angle) ** 2 * rest).sum(axis=1) * half**2)


def three_pions(mass: Array, c_up_minus_down: Array, c_gluon: float) -> Array:
    """Width into three pions, neutral and mixed, from chiral perturbation theory (eqs. A.4 and A.5)."""
    total = np.zeros(mass.shape)
    amplitude = c_up_minus_down + 2 * c_gluon * sm.UP_DOWN_ASYMMETRY
    for pion, factor, power in ((sm.mass("pi0"), 2, 0), (_PION, 12, 2)):
        open_ = mass > 3 * pion
        r = pion**2 / np.where(open_, mass, 4 * pion) ** 2
        g = factor / (1 - r) ** 2 * _three_pion_integral(r, power)
        width = mass * pion**4 / (384 * np.pi * sm.F_PI**2 * _LAMBDA**2) * amplitude**2 * g
        total += np.where(open_, width, 0.0)
    return total


def gluons(mass: Array, c_gluon: float, fermion: dict[str, Array]) -> Array:
    """Width into gluons with its first QCD correction (arXiv:2201.06580, eqs. A.2 and A.3, without the quark pairs).

    Heavy quarks leave the loop on their own, as -m_a^2/(12 m_q^2), so all five stay in: the paper's cut at
    m_q < m_a would make the width jump by 5 % at m_c and m_b.
    """
    effective = np.full(mass.shape, c_gluon, dtype=complex)
    for quark in "udscb":
        effective += fermion[quark] / 2 * loop_b1(mass, quark)
    alpha_s = sm.alpha_s(mass)
    light_quarks = 3
    correction = 1 + (97 / 4 - 7 * light_quarks / 6) * alpha_s / np.pi
    return np.asarray(2 * alpha_s**2 * mass**3 / np.pi * np.abs(effective) ** 2 / _LAMBDA**2 * correction)


_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)


def _loop_g(tau: Array) -> ComplexArray:
    """Two-photon loop g(tau) of a lepton coupling, for tau = 4 m_l^2/m_a^2 < 1 (arXiv:1708.00443, eq. 23)."""

    def weight(y: Array) -> Array:
        x = y / (1 + y)
        return (1 - x) * (1 - 4 * tau[:, None] * (1 - x) ** 2 - 2 * x + 4 * x**2)

    nodes, weights = _NODES, _WEIGHTS
    root = np.sqrt(tau)[:, None]
    theta = (nodes + 1) * np.pi / 4
    below = (weights * np.pi / 4 * theta * weight(root * np.sin(theta))).sum(axis=1)
    # beyond cosh u = e^40/sqrt(tau) the integrand is gone
    end = np.log(2 / np.sqrt(tau))[:, None] + 40.0
    pieces = 8
    total = below.astype(complex)
    for piece in range(pieces):
        u = end * (piece + (nodes + 1) / 2) / pieces
        total += (weights * end / (2 * pieces) * (0.5j * np.pi - u) * weight(root * np.cosh(u))).sum(axis=1)
    return np.asarray(5 + 4 / 3 * total)


def lepton_coupling(mass: Array, lepton: str, running: Array, c_photon: float) -> ComplexArray:
    """Lepton coupling with the finite part of the two-photon loop, above the lepton's threshold.

    Parameters
    ----------
    running
        Coupling (n,) run to the scale of the mass, which holds the logarithms.
    c_photon
        c_gammagamma.

    References
    ----------
    arXiv:1708.00443, eq. 22, with mu = m_a.
    """
    m_l = FERMION_MASS[lepton]
    tau = np.minimum(4 * m_l**2 / mass**2, 1.0)
    loop = np.log(mass**2 / m_l**2) + DELTA_1 + _loop_g(tau)
    return np.asarray(running - 12 * (sm.ALPHA / (4 * np.pi)) ** 2 * c_photon * loop)
