"""Hadrons that a vector particle decays to: R as measured, and which mesons they are.

All functions take masses (n,) [GeV]. R is the cross-section of e+ e- into hadrons over that into massless muons, so
that a vector with the photon's couplings has the width alpha m R/3 into hadrons.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]

PERTURBATIVE = 5.0
"""Mass [GeV] from which R is that of quarks."""

_TABLE = "hadron_ratio.csv"
_JOINS = (0.95, 1.1)
"""Masses [GeV] between which all that is not 2 pi, 3 pi, K K and pi0 gamma begins."""

_QUARKS = (1.1, 2.0)
"""Masses [GeV] between which that goes from mesons to quarks."""

# of rho, omega, phi and what is above them: mass and width [GeV]
_RHO, _RHO1, _RHO2 = (0.77502, 0.14959), (1.493, 0.427), (1.861, 0.316)
_OMEGA, _OMEGA1, _OMEGA2 = (0.78266, 0.00868), (1.350, 0.450), (1.660, 0.230)
_PHI, _PHI1 = (1.019461, 0.004249), (1.680, 0.150)


@lru_cache(maxsize=1)
def _table() -> tuple[Array, Array]:
    text = files("farflung.lpp.models").joinpath("data", _TABLE).read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line[:1].isdigit()]
    mass, ratio = np.array(rows, dtype=float).T
    last = float(quark_ratio(np.array([PERTURBATIVE]))[0])
    return np.append(mass, PERTURBATIVE), np.append(ratio, last)


def quark_ratio(mass: Array, flavours: int = 4) -> Array:
    """R of massless quarks, 3 sum Q^2 (1 + a + 1.64 a^2 - 10.3 a^3) with a = alpha_s/pi.

    The coefficients are those of three flavours (S. Gorishny, A. Kataev, S. Larin, Phys. Lett. B 259 (1991) 144); those
    of four, 1.52 and -11.5, would change R by 0.2 %.
    """
    a = sm.alpha_s(np.asarray(mass)) / np.pi
    return np.asarray({3: 2.0, 4: 10 / 3}[flavours] * (1 + a + 1.64 * a**2 - 10.3 * a**3))


def hadron_ratio(mass: Array) -> Array:
    """R: measured from 0.3 to 4.6 GeV, that of pions alone below, of quarks from 5 GeV.

    Measured is the compilation of the Review of Particle Physics 2020, averaged and thinned in the table beside. J/psi,
    psi(2S) and the Upsilons, which are narrower than 0.3 MeV, are left out.
    """
    nodes, ratio = _table()
    threshold = 2 * sm.mass("pi+")
    begin = np.minimum(mass, nodes[0])
    rise = _pion_ratio(begin, PHOTON) / _pion_ratio(nodes[:1], PHOTON)
    found = np.where(mass < nodes[0], ratio[0] * rise, np.interp(mass, nodes, ratio))
    return np.where(mass > threshold, np.where(mass >= PERTURBATIVE, quark_ratio(mass), found), 0.0)


@dataclass(frozen=True)
class QuarkCharges:
    """Charges of the quarks that a vector couples to, in units of its coupling; the photon's by default.

    Parameters
    ----------
    up, down, strange, charm
        Charges.
    """

    up: float = 2 / 3
    down: float = -1 / 3
    strange: float = -1 / 3
    charm: float = 2 / 3

    @property
    def rho(self) -> float:
        """Coupling to the rho over that of the photon."""
        return self.up - self.down

    @property
    def omega(self) -> float:
        """Coupling to the omega over that of the photon."""
        return 3 * (self.up + self.down)

    @property
    def phi(self) -> float:
        """Coupling to the phi over that of the photon."""
        return -3 * self.strange


PHOTON = QuarkCharges()


def shares(mass: Array, charges: QuarkCharges = PHOTON) -> dict[str, Array]:
    """R by final state of a vector with these charges.

    2 pi are Gounaris' and Sakurai's with the rho and its excitations (BaBar, arXiv:1205.2228), 3 pi interfering omega
    and phi and the excitations of the omega (BaBar, arXiv:hep-ex/0408078), pairs of kaons rho, omega and phi (C. Bruch,
    A. Khodjamirian, J. H. Kuehn, arXiv:hep-ph/0409080), pi0 gamma the three as well; parameters and signs are from
    memory, not confirmed at these papers. For the photon they are scaled so that all add up to `hadron_ratio`, by 0.93
    to 1.11 below 0.98 GeV; what is left of it from 1 GeV on is ``"hadrons"``: four pions, eta pi pi, K K pi and others.

    Other charges change the couplings to rho, omega and phi (P. Ilten, Y. Soreq, M. Williams, W. Xue,
    arXiv:1801.04847); ``"hadrons"`` go from those of the rho at 1.1 GeV to those of quarks at 2 GeV.
    """
    own = {state: formula(mass, PHOTON) for state, formula in _FORMULAS.items()}
    total, known = hadron_ratio(mass), np.asarray(sum(own.values()))
    rest = np.maximum(total - known, 0.0) * _ramp(mass, *_JOINS)
    factor = np.where(known > 0, (total - rest) / np.where(known > 0, known, 1.0), 0.0)
    if charges == PHOTON:
        return {**{state: factor * ratio for state, ratio in own.items()}, "hadrons": rest}
    found = {state: factor * formula(mass, charges) for state, formula in _FORMULAS.items()}
    light = 3 / 2 * (charges.up**2 + charges.down**2 + charges.strange**2)
    free = _ramp(mass, *_QUARKS)
    with_charm = np.where(mass > 2 * sm.mass("D0"), np.clip(rest - quark_ratio(mass, 3), 0.0, rest), 0.0)
    heavy = 9 / 4 * charges.charm**2
    hadrons = (rest - with_charm) * ((1 - free) * charges.rho**2 + free * light) + with_charm * heavy
    return {**found, "hadrons": hadrons}


def _ramp(mass: Array, low: float, high: float) -> Array:
    """From 0 to 1 between two masses, without a kink."""
    x = np.clip((mass - low) / (high - low), 0.0, 1.0)
    return np.asarray(x**2 * (3 - 2 * x))


def _velocity(mass: Array, product: float) -> Array:
    return np.sqrt(np.maximum(1 - (2 * product / mass) ** 2, 0.0))


def _resonance(mass: Array, of: tuple[float, float]) -> Complex:
    """Breit and Wigner's m_V^2/(m_V^2 - m^2 - i m Gamma)."""
    m, width = of
    return np.asarray(m**2 / (m**2 - mass**2 - 1j * mass * width))


def _pair_resonance(mass: Array, of: tuple[float, float]) -> Complex:
    """Gounaris' and Sakurai's resonance of two pions, 1 at mass 0 (Phys. Rev. Lett. 21 (1968) 244)."""
    pion, (m, width) = sm.mass("pi+"), of
    at_m = np.sqrt(m**2 / 4 - pion**2)
    h_m = _h(np.array([m]), pion)[0]
    # derivative of h with respect to the mass squared
    slope = h_m * (1 / (8 * at_m**2) - 1 / (2 * m**2)) + 1 / (2 * np.pi * m**2)
    d = 3 / np.pi * pion**2 / at_m**2 * np.log((m + 2 * at_m) / (2 * pion)) + m / (2 * np.pi * at_m)
    d -= pion**2 * m / (np.pi * at_m**3)
    k = np.sqrt(np.maximum(mass**2 / 4 - pion**2, 0.0))
    f = width * m**2 / at_m**3 * (k**2 * (_h(mass, pion) - h_m) + (m**2 - mass**2) * at_m**2 * slope)
    running = width * (k / at_m) ** 3 * m / mass
    return np.asarray(m**2 * (1 + d * width / m) / (m**2 - mass**2 + f - 1j * m * running))


def _h(mass: Array, pion: float) -> Array:
    k = np.sqrt(np.maximum(mass**2 / 4 - pion**2, 0.0))
    return np.asarray(2 / np.pi * k / mass * np.log((mass + 2 * k) / (2 * pion)))


def _pion_ratio(mass: Array, charges: QuarkCharges) -> Array:
    mixing = 1.644e-3 * np.exp(-0.011j) * mass**2 / _OMEGA[0] ** 2
    form = _pair_resonance(mass, _RHO) * (charges.rho + charges.omega * mixing * _resonance(mass, _OMEGA))
    strengths = ((_RHO1, 0.158 * np.exp(3.76j)), (_RHO2, 0.068 * np.exp(1.39j)))
    form = form + charges.rho * sum(strength * _pair_resonance(mass, of) for of, strength in strengths)
    total = abs(1 + sum(strength for _, strength in strengths))
    return np.asarray(_velocity(mass, sm.mass("pi+")) ** 3 * np.abs(form / total) ** 2 / 4)


def _amplitude(mass: Array, space: Array, at: float, of: tuple[float, float], peak: float) -> Complex:
    """Amplitude whose square is R, with a peak of B(ee) B(state) and a phase space that is `at` there."""
    m, width = of
    height = 3 / sm.ALPHA * np.sqrt(peak) * np.sqrt(space / at)
    return np.asarray(height * m * width * mass / m / (m**2 - mass**2 - 1j * m * width))


def _three_pions(mass: Array) -> Array:
    """Phase space of rho pi, about; it falls off near threshold."""
    return np.maximum(mass - 2 * sm.mass("pi+") - sm.mass("pi0"), 0.0) ** 3 / mass**2


def _three_pion_ratio(mass: Array, charges: QuarkCharges) -> Array:
    space = _three_pions(mass)
    total = np.zeros(mass.shape, dtype=complex)
    # B(ee) B(3 pi) and sign
    for of, peak, sign in (
        (_OMEGA, 7.38e-5 * 0.892, charges.omega),
        (_PHI, 2.98e-4 * 0.1524, -charges.phi),
        (_OMEGA1, 0.82e-6, -charges.omega),
        (_OMEGA2, 1.3e-6, charges.omega),
    ):
        at = float(_three_pions(np.array([of[0]]))[0])
        total = total + sign * _amplitude(mass, space, at, of, peak)
    return np.asarray(np.abs(total) ** 2)


def _pion_photon_ratio(mass: Array, charges: QuarkCharges) -> Array:
    pion = sm.mass("pi0")
    space = np.maximum(1 - pion**2 / mass**2, 0.0) ** 3
    total = np.zeros(mass.shape, dtype=complex)
    for of, peak, sign in (
        (_OMEGA, 7.38e-5 * 0.0835, charges.omega),
        (_RHO, 4.72e-5 * 4.7e-4, charges.rho),
        (_PHI, 2.98e-4 * 1.32e-3, -charges.phi),
    ):
        at = (1 - pion**2 / of[0] ** 2) ** 3
        total = total + sign * _amplitude(mass, space, at, of, peak)
    return np.asarray(np.abs(total) ** 2)


def _kaon_ratio(mass: Array, charges: QuarkCharges) -> Array:
    isovector = 1.195 * _resonance(mass, _RHO) - 0.112 * _resonance(mass, (1.465, 0.400))
    isovector = isovector - 0.083 * _resonance(mass, (1.720, 0.250))
    isoscalar = 1.195 * _resonance(mass, _OMEGA) - 0.112 * _resonance(mass, (1.425, 0.215))
    isoscalar = isoscalar - 0.083 * _resonance(mass, (1.670, 0.315))
    strange = 1.018 * _resonance(mass, _PHI) - 0.018 * _resonance(mass, _PHI1)
    found = np.zeros(mass.shape)
    for name, sign in (("K+", 1), ("K0", -1)):
        form = sign * charges.rho * isovector / 2 + charges.omega * isoscalar / 6 + charges.phi * strange / 3
        found = found + _velocity(mass, sm.mass(name)) ** 3 * np.abs(form) ** 2 / 4
    return found


_FORMULAS = {
    "pipi": _pion_ratio,
    "pipipi0": _three_pion_ratio,
    "pi0gamma": _pion_photon_ratio,
    "KK": _kaon_ratio,
}
