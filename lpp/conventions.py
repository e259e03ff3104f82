"""Dictionary between the normalisations of ALP couplings in the literature.

The house's own: c/f_a in TeV^-1, with L = (c_VV a/f_a) (alpha_V/4 pi) V Vtilde and
L = (c_ff/2) (d_mu a/f_a) fbar gamma^mu gamma_5 f (arXiv:2201.06580, eq. 2.1). Every function takes numbers or
arrays and keeps their shape and sign.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError
from farflung.lpp.plain_arguments import plain_arguments

Array = NDArray[np.float64]

_GEV_PER_TEV = 1000.0
ALPHA_2: float = sm.ALPHA_MZ / sm.SIN2_THETA_W
"""Weak coupling alpha_2 = g^2/(4 pi) at m_Z."""

ALPHA_1: float = sm.ALPHA_MZ / (1 - sm.SIN2_THETA_W)
"""Hypercharge coupling alpha_1 = g'^2/(4 pi) at m_Z."""


@plain_arguments(CouplingError)
def photon_coupling(c_photon: ArrayLike) -> Array:
    """g_agammagamma [GeV^-1] of L = -(g/4) a F Ftilde from c_gammagamma/f_a [TeV^-1].

    c_gammagamma = c_WW + c_BB, and g = alpha c_gammagamma/(pi f_a), with alpha at zero momentum: 2.32e-6 GeV^-1 per
    TeV^-1. This is g of Primakoff production, of Gamma(a -> gamma gamma) = g^2 m^3/(64 pi) and of FORESEE.
    """
    return np.asarray(c_photon, dtype=float) * sm.ALPHA / (np.pi * _GEV_PER_TEV)


@plain_arguments(CouplingError)
def from_photon_coupling(g_photon: ArrayLike) -> Array:
    """c_gammagamma/f_a [TeV^-1] from g_agammagamma [GeV^-1]: the inverse of `photon_coupling`."""
    return np.asarray(g_photon, dtype=float) * np.pi * _GEV_PER_TEV / sm.ALPHA


@plain_arguments(CouplingError)
def w_coupling(c_ww: ArrayLike) -> Array:
    """g_aW [GeV^-1] of L = -(g_aW/4) a W Wtilde from c_WW/f_a [TeV^-1].

    g_aW = alpha_2 c_WW/(pi f_a), 1.08e-5 GeV^-1 per TeV^-1. The coupling of the search of Belle and Belle II for
    B -> K(*) a, a -> gamma gamma (its eqs. A.1 and A.2), and of BaBar's.
    """
    return np.asarray(c_ww, dtype=float) * ALPHA_2 / (np.pi * _GEV_PER_TEV)


@plain_arguments(CouplingError)
def from_w_coupling(g_aw: ArrayLike) -> Array:
    """c_WW/f_a [TeV^-1] from g_aW [GeV^-1]: the inverse of `w_coupling`."""
    return np.asarray(g_aw, dtype=float) * np.pi * _GEV_PER_TEV / ALPHA_2


@plain_arguments(CouplingError)
def hypercharge_coupling(c_bb: ArrayLike) -> Array:
    """g_aB [GeV^-1] of L = -(g_aB/4) a B Btilde from c_BB/f_a [TeV^-1] (SensCalc's photon benchmark).

    g_aB = alpha_1 c_BB/(pi f_a); photons then see g_aB cos^2 theta_W.
    """
    return np.asarray(c_bb, dtype=float) * ALPHA_1 / (np.pi * _GEV_PER_TEV)


@plain_arguments(CouplingError)
def from_hypercharge_coupling(g_ab: ArrayLike) -> Array:
    """c_BB/f_a [TeV^-1] from g_aB [GeV^-1]: the inverse of `hypercharge_coupling`."""
    return np.asarray(g_ab, dtype=float) * np.pi * _GEV_PER_TEV / ALPHA_1


@plain_arguments(CouplingError)
def alpinist_coupling(c: ArrayLike) -> Array:
    """C/Lambda [TeV^-1] of ALPINIST, L = C_VV (a/Lambda) g_V^2 V Vtilde, from c_VV/f_a [TeV^-1].

    c/f_a = 16 pi^2 C/Lambda, for V = G, W, B alike; g_agammagamma = 16 pi alpha C/Lambda.
    """
    return np.asarray(c, dtype=float) / (16 * np.pi**2)


@plain_arguments(CouplingError)
def from_alpinist_coupling(c_over_lambda: ArrayLike) -> Array:
    """c_VV/f_a [TeV^-1] from ALPINIST's C/Lambda [TeV^-1]: the inverse of `alpinist_coupling`."""
    return np.asarray(c_over_lambda, dtype=float) * 16 * np.pi**2


@plain_arguments(CouplingError)
def yukawa_coupling(c_ff: ArrayLike) -> Array:
    """g_Y of L = i g_Y (m_f/v) a fbar gamma_5 f from c_ff/f_a [TeV^-1].

    c_ff/f_a = g_Y/v, with v = 246.22 GeV. The benchmark BC10 of Physics Beyond Colliders, also SensCalc's, writes
    L = (c_f/f) (d_mu a) fbar gamma^mu gamma_5 f, without the 1/2: g_Y = 2 v c_f/f.
    """
    return np.asarray(c_ff, dtype=float) * sm.VEV / _GEV_PER_TEV


@plain_arguments(CouplingError)
def from_yukawa_coupling(g_yukawa: ArrayLike) -> Array:
    """c_ff/f_a [TeV^-1] from g_Y: the inverse of `yukawa_coupling`."""
    return np.asarray(g_yukawa, dtype=float) * _GEV_PER_TEV / sm.VEV
