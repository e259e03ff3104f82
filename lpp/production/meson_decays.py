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
strange states and form factors these are). The down quark's mass is neglected, here as in the coupling g = C m_s of
a scalar that mixes with the Higgs boson: m = m_s for kaons.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import ProcessError
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.form_factors import DEFAULT_FORM_FACTORS
from farflung.lpp.production.parent_decays import TwoBodyDecay
from farflung.lpp.production.process import Process
from farflung.lpp.spelling import nearest

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


StrangeStates = Literal["all"] | Sequence[str]
"""What says which strange states are counted: ``"all"``, or some of `STRANGE_STATES`."""


def chosen_states(states: StrangeStates = "all") -> tuple[str, ...]:
    """Names of strange states, in the order of `STRANGE_STATES`.

    Parameters
    ----------
    states
        ``"all"``, one name or several, as in ``("K", "K*")``; ``"K*"`` is short for ``"K*(892)"``.

    Raises
    ------
    ProcessError
        If there is none, or one is unknown, where the message names the nearest.
    """
    if isinstance(states, str):
        states = tuple(STRANGE_STATES) if states == "all" else (states,)
    if not isinstance(states, Iterable):
        raise ProcessError(f"strange_states = {states!r} are no names; write 'all' or some, as in ('K', 'K*')")
    given = ["K*(892)" if state == "K*" else state for state in states]
    for state in given:
        if state not in STRANGE_STATES:
            meant = nearest(state, STRANGE_STATES)
            raise ProcessError(f"strange_states: {state!r} is not 'all' or one of a B meson's; did you mean {meant}?")
    if not given:
        raise ProcessError(f"strange_states is empty; write 'all' or some of {', '.join(STRANGE_STATES)}")
    return tuple(state for state in STRANGE_STATES if state in given)


def strange_decays(parent: str, states: StrangeStates = "all") -> tuple[TwoBodyDecay, ...]:
    """Decays of a B meson into one of `STRANGE_STATES` and the long-lived particle.

    Parameters
    ----------
    parent
        ``"B+"`` or ``"B0"``.
    states
        As in `chosen_states`; all by default.

    Raises
    ------
    ProcessError
        If the parent is neither, or a state is unknown.
    """
    if parent not in ("B+", "B0"):
        raise ProcessError(f"parent = {parent!r} is not one of B+ and B0, whose strange decays are known")
    return tuple(TwoBodyDecay(parent, state + parent[-1]) for state in chosen_states(states))


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
        heavy, light = (0.0 if quark == "d" else sm.mass(quark) for quark in self.quarks)
        m_q = heavy - light if self.spin_parity in ("0-", "1+") else heavy + light
        return np.asarray(self.pseudoscalar(mass) / m_q**2)

    def _root(self, mass: Array) -> Array:
        """lambda^(1/2)(m_P^2, m_D^2, m^2), factored so that nothing cancels near threshold."""
        m_p, m_d = self.process.parent_mass, self.process.daughter_mass
        return np.sqrt((m_p - m_d - mass) * (m_p - m_d + mass) * (m_p + m_d - mass) * (m_p + m_d + mass))


class MesonDecays:
    """The meson decays that make a flavour-changing scalar or pseudoscalar.

    Parameters
    ----------
    form_factors
        Form factors by transition (``"B -> K"``), in place of those of
        `farflung.lpp.production.form_factors.DEFAULT_FORM_FACTORS`.
    strange_states
        Strange mesons that B decays are counted into, as in `chosen_states`; all by default.

    Raises
    ------
    ProcessError
        If a transition or a strange state is unknown, or a form factor is not a function.

    Attributes
    ----------
    form_factors
        All that are known, by transition.
    strange_states
        Names of the strange mesons.
    """

    def __init__(
        self, form_factors: Mapping[str, FormFactor] | None = None, strange_states: StrangeStates = "all"
    ) -> None:
        if not isinstance(form_factors, Mapping | None):
            raise ProcessError(f"form_factors = {form_factors!r} is not a mapping; write it as in {{'B -> K': f}}")
        given = dict(form_factors or {})
        for name, form_factor in given.items():
            if name not in DEFAULT_FORM_FACTORS:
                raise ProcessError(
                    f"form_factors[{name!r}] is no transition; it must be one of {', '.join(DEFAULT_FORM_FACTORS)}"
                )
            if not callable(form_factor):
                raise ProcessError(
                    f"form_factors[{name!r}] = {form_factor!r} is not a function of q^2; "
                    "farflung.lpp.production.form_factor_shapes has some, as SimplePole(0.33, 37.46, 'source')"
                )
        self.form_factors: Mapping[str, FormFactor] = DEFAULT_FORM_FACTORS | given
        used = self.form_factors
        self.strange_states = chosen_states(strange_states)
        decays = [
            MesonDecay(process, STRANGE_STATES[state], used[f"B -> {state}"], ("b", "s"))
            for parent in ("B+", "B0")
            for process, state in zip(strange_decays(parent, self.strange_states), self.strange_states, strict=True)
        ]
        for parent, daughter in (("K+", "pi+"), ("K(L)0", "pi0"), ("K(S)0", "pi0")):
            decays.append(MesonDecay(TwoBodyDecay(parent, daughter), "0-", used["K -> pi"], ("s", "d")))
        self._decays = {decay.process: decay for decay in decays}

    @property
    def processes(self) -> tuple[TwoBodyDecay, ...]:
        """All decays."""
        return tuple(self._decays)

    def find(self, process: Process, model: str) -> MesonDecay:
        """The decay of this process; `model` is named in the complaint.

        Raises
        ------
        ProcessError
            If it is none of `processes`.
        """
        for known, decay in self._decays.items():
            if known == process:
                return decay
        parents = [str(p) for p in self._decays if p.initial == process.initial] or list(map(str, self._decays))
        raise ProcessError(f"process = '{process}' is not one that {model} has; it has {', '.join(parents)}")
