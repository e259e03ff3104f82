"""Rates of B -> K X and K -> pi X for a light scalar or pseudoscalar X, with hadronic matrix elements.

For every decay P -> D X the matrix element of the quark current enters as
T = |q_mu <D| qbar gamma^mu (gamma_5) Q |P>| / 2 [GeV^2], with q the momentum of X:

====== ======================================= =========================================
J^P    T                                       D
====== ======================================= =========================================
0^-    (m_P^2 - m_D^2) f_0 / 2                 K, pi
0^+    (m_P^2 - m_D^2 - m_X^2) f / 2           K_0*(700), K_0*(1430)
1^-    lambda^(1/2) A_0 / 2                    K*(892), K*(1410), K*(1680)
1^+    lambda^(1/2) V_0 / 2                    K_1(1270), K_1(1400)
2^+    lambda A_0 / (2 sqrt 6 m_P m_D)         K_2*(1430)
====== ======================================= =========================================

A pseudoscalar with L = C (d_mu a/f_a) qbar_L gamma^mu Q_L has the width |C/f_a|^2 T^2 lambda^(1/2)/(16 pi m_P^3)
(for K: arXiv:2201.06580, eq. 2.6; for K and K*: eq. A.1 of the search of Belle and Belle II for B -> K(*) a,
a -> gamma gamma); a scalar with L = g S qbar_L Q_R has |g|^2 (T/m)^2 lambda^(1/2)/(16 pi m_P^3), where m is the
difference of the two quarks' masses for 0^- and 1^+ and their sum for the others (arXiv:1904.10447, whose heavy
strange states and form factors these are).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import ProcessError
from farflung.lpp.form_factors import (
    BALL_ZWICKY_B_TO_K,
    BALL_ZWICKY_B_TO_K_STAR,
    AxialMixture,
    FormFactor,
    LargeEnergy,
    LinearSlope,
    Quadratic,
)
from farflung.lpp.process import TwoBodyDecay

Array = NDArray[np.float64]

SpinParity = Literal["0-", "0+", "1-", "1+", "2+"]

STRANGE_STATES: dict[str, SpinParity] = {
    "K": "0-",
    "K*(892)": "1-",
    "K(0)*(700)": "0+",
    "K(0)*(1430)": "0+",
    "K(1)(1270)": "1+",
    "K(1)(1400)": "1+",
    "K*(1410)": "1-",
    "K*(1680)": "1-",
    "K(2)*(1430)": "2+",
}
"""Strange mesons that a B decays into, without their charge, with spin and parity."""


def strange_decays(parent: str) -> tuple[TwoBodyDecay, ...]:
    """All decays of a B meson into one of `STRANGE_STATES` and the long-lived particle.

    Parameters
    ----------
    parent
        ``"B+"`` or ``"B0"``.

    Raises
    ------
    ProcessError
        If the parent is neither.
    """
    if parent not in ("B+", "B0"):
        raise ProcessError(f"parent = {parent!r} is not one of B+ and B0, whose strange decays are known")
    return tuple(TwoBodyDecay(parent, state + parent[-1]) for state in STRANGE_STATES)


def triangle(a: Array | float, b: Array | float, c: Array | float) -> Array:
    """Kinematic function lambda(a, b, c) = a^2 + b^2 + c^2 - 2ab - 2bc - 2ca."""
    return np.asarray(a * a + b * b + c * c - 2 * (a * b + b * c + c * a))


@dataclass(frozen=True)
class MesonDecay:
    """One decay P -> D X: its quarks and its hadronic matrix element.

    Parameters
    ----------
    process
        Parent and daughter.
    spin_parity
        Of the daughter.
    form_factor
        The form factor that the table of this module names for this spin and parity.
    quarks
        The heavy and the light quark of the current.
    """

    process: TwoBodyDecay
    spin_parity: SpinParity
    form_factor: FormFactor
    quarks: tuple[str, str]

    def current(self, mass: Array) -> Array:
        """Matrix element T (n,) [GeV^2] for masses (n,) [GeV] of the long-lived particle."""
        m_p, m_d = self.process.parent_mass, self.process.daughter_mass
        root = self._root(mass)
        lorentz = {
            "0-": np.full(mass.shape, (m_p**2 - m_d**2) / 2),
            "0+": (m_p**2 - m_d**2 - mass**2) / 2,
            "1-": root / 2,
            "1+": root / 2,
            "2+": root**2 / (2 * np.sqrt(6) * m_p * m_d),
        }[self.spin_parity]
        return np.asarray(lorentz * self.form_factor(mass**2))

    def pseudoscalar(self, mass: Array) -> Array:
        """Branching ratio (n,) for |C/f_a| = 1 GeV^-1."""
        m_p = self.process.parent_mass
        width = self.current(mass) ** 2 * self._root(mass) / (16 * np.pi * m_p**3)
        return np.asarray(width / sm.width(self.process.parent))

    def scalar(self, mass: Array) -> Array:
        """Branching ratio (n,) for the coupling g = 1 of a scalar."""
        heavy, light = (sm.mass(quark) for quark in self.quarks)
        m_q = heavy - light if self.spin_parity in ("0-", "1+") else heavy + light
        return np.asarray(self.pseudoscalar(mass) / m_q**2)

    def _root(self, mass: Array) -> Array:
        """lambda^(1/2)(m_P^2, m_D^2, m^2), factored so that nothing cancels near threshold."""
        m_p, m_d = self.process.parent_mass, self.process.daughter_mass
        return np.sqrt((m_p - m_d - mass) * (m_p - m_d + mass) * (m_p + m_d - mass) * (m_p + m_d + mass))


_HEAVY_KAONS = "Boiarska et al., Phenomenology of GeV-scale scalar portal, arXiv:1904.10447"
_M_B = sm.mass("B+")
_K1_MIXING = -0.593  # rad: -34 degrees
_K1_PARTS = (
    Quadratic(0.22, 2.4, 1.78, _M_B, _HEAVY_KAONS),
    Quadratic(-0.45, 1.34, 0.64, _M_B, _HEAVY_KAONS),
)
_K1_MASSES = (1.31, 1.34)  # GeV, of K_1A and K_1B


def _axial(weights: tuple[float, float], name: str) -> AxialMixture:
    return AxialMixture(weights, _K1_MASSES, _K1_PARTS, sm.mass(f"{name}+"), _HEAVY_KAONS)


DEFAULT_FORM_FACTORS: dict[str, FormFactor] = {
    "B -> K": BALL_ZWICKY_B_TO_K,
    "B -> K*(892)": BALL_ZWICKY_B_TO_K_STAR,
    "B -> K(0)*(700)": Quadratic(0.46, 1.6, 1.35, _M_B, _HEAVY_KAONS),
    "B -> K(0)*(1430)": Quadratic(0.17, 4.4, 6.4, _M_B, _HEAVY_KAONS),
    "B -> K(1)(1270)": _axial((float(np.sin(_K1_MIXING)), float(np.cos(_K1_MIXING))), "K(1)(1270)"),
    "B -> K(1)(1400)": _axial((float(np.cos(_K1_MIXING)), -float(np.sin(_K1_MIXING))), "K(1)(1400)"),
    "B -> K*(1410)": LargeEnergy(0.22, 0.28, _M_B, sm.mass("K*(1410)+"), _HEAVY_KAONS),
    "B -> K*(1680)": LargeEnergy(0.18, 0.24, _M_B, sm.mass("K*(1680)+"), _HEAVY_KAONS),
    "B -> K(2)*(1430)": Quadratic(0.23, 1.23, 0.76, _M_B, _HEAVY_KAONS, extra_pole=True),
    "K -> pi": LinearSlope(
        0.9698, 0.0138, sm.mass("pi+"), "f(0): FLAG 2021, arXiv:2111.09849; slope of f0: PDG 2024, K_l3 form factors"
    ),
}
"""Form factors by transition; the keys are those of the models' argument ``form_factors``."""


class MesonDecays:
    """The meson decays that make a flavour-changing scalar or pseudoscalar.

    Parameters
    ----------
    form_factors
        Form factors to use in place of those of `DEFAULT_FORM_FACTORS`, by transition (``"B -> K"``).

    Raises
    ------
    ProcessError
        If a transition is unknown.
    """

    def __init__(self, form_factors: Mapping[str, FormFactor] | None = None) -> None:
        given = dict(form_factors or {})
        self._given = given
        for name in given:
            if name not in DEFAULT_FORM_FACTORS:
                raise ProcessError(
                    f"form_factors[{name!r}] is no transition; it must be one of {', '.join(DEFAULT_FORM_FACTORS)}"
                )
        used = DEFAULT_FORM_FACTORS | given
        decays = [
            MesonDecay(process, spin_parity, used[f"B -> {state}"], ("b", "s"))
            for parent in ("B+", "B0")
            for process, (state, spin_parity) in zip(strange_decays(parent), STRANGE_STATES.items(), strict=True)
        ]
        for parent, daughter in (("K+", "pi+"), ("K(L)0", "pi0")):
            decays.append(MesonDecay(TwoBodyDecay(parent, daughter), "0-", used["K -> pi"], ("s", "d")))
        self._decays = {decay.process: decay for decay in decays}

    @property
    def processes(self) -> tuple[TwoBodyDecay, ...]:
        """All decays."""
        return tuple(self._decays)

    def arguments(self) -> dict[str, object]:
        """``{"form_factors": ...}`` if any were given, for the `repr` of a model."""
        return {"form_factors": self._given} if self._given else {}

    def find(self, process: TwoBodyDecay, model: str) -> MesonDecay:
        """The decay of this process; `model` is named in the complaint.

        Raises
        ------
        ProcessError
            If it is none of `processes`.
        """
        if process not in self._decays:
            parents = [str(p) for p in self._decays if p.parent == process.parent] or list(map(str, self._decays))
            raise ProcessError(f"process = '{process}' is not one that {model} has; it has {', '.join(parents)}")
        return self._decays[process]
