"""Quarks that change flavour in loops: the coupling of a scalar that mixes with the Higgs boson, and the top mass."""

import numpy as np

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError


def checked_top_mass(top_mass: object) -> float:
    """A model's `top_mass` [GeV] as a number, or `MassRangeError` if it is none that a top quark could have."""
    given = arguments.number("top_mass", top_mass, MassRangeError)
    low, high = sm.TOP_MASS_RANGE
    if not low <= given <= high:
        raise MassRangeError(
            f"top_mass = {given:g} GeV is outside {low:g} to {high:g} GeV; "
            f"use {sm.M_TOP_MSBAR:g} (MSbar) or {sm.mass('t'):.1f} (pole)"
        )
    return given


def flavour_change(heavy: str, light: str, top_mass: float = sm.M_TOP_MSBAR) -> complex:
    """Coupling C of a scalar at theta = 1 to two down-type quarks, from loops of top and charm with W.

    Parameters
    ----------
    heavy, light
        ``"b", "s"`` or ``"s", "d"``.
    top_mass
        Mass [GeV] of the top quark in the loop. C goes with its square.

    References
    ----------
    arXiv:1809.01876: C = 3 g^2 m_Q/(64 pi^2 m_W^2 v) sum_q m_q^2 V_qQ V_qq'^*.
    """
    charm = {"d": sm.V_CD, "s": sm.V_CS, "b": sm.V_CB}
    top = {"d": sm.V_TD, "s": sm.V_TS, "b": sm.V_TB}
    loops = sum(m_q**2 * row[heavy] * row[light].conjugate() for m_q, row in ((sm.mass("c"), charm), (top_mass, top)))
    return complex(3 * sm.mass(heavy) / (16 * np.pi**2 * sm.VEV**3) * loops)
