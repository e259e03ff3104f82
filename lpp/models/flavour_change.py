"""The flavour-changing coupling of a scalar that mixes with the Higgs boson."""

import numpy as np

from farflung.lpp import standard_model as sm


def flavour_change(heavy: str, light: str) -> complex:
    """Coupling C of a scalar at theta = 1 to two down-type quarks, from loops of top and charm with W.

    Parameters
    ----------
    heavy, light
        ``"b", "s"`` or ``"s", "d"``.

    References
    ----------
    arXiv:1809.01876: C = 3 g^2 m_Q/(64 pi^2 m_W^2 v) sum_q m_q^2 V_qQ V_qq'^*, with the pole mass of the top.
    """
    charm = {"d": sm.V_CD, "s": sm.V_CS, "b": sm.V_CB}
    top = {"d": sm.V_TD, "s": sm.V_TS, "b": sm.V_TB}
    loops = sum(sm.mass(quark) ** 2 * row[heavy] * row[light].conjugate() for quark, row in (("c", charm), ("t", top)))
    return complex(3 * sm.mass(heavy) / (16 * np.pi**2 * sm.VEV**3) * loops)
