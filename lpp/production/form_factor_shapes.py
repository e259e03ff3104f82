"""Shapes of hadronic form factors: functions of q^2 [GeV^2] that say where their numbers come from.

The form factors themselves, with their numbers, are in `farflung.lpp.production.form_factors`.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


class FormFactor(Protocol):
    """What a form factor must be: a function of q^2 that says where its numbers come from."""

    @property
    def source(self) -> str:
        """Where the numbers come from."""
        ...

    def __call__(self, q_squared: Array) -> Array:
        """Form factor (n,) at q^2 (n,) [GeV^2]."""
        ...


@dataclass(frozen=True)
class SimplePole(PlainArguments):
    """Single-pole form factor f(q^2) = f(0) / (1 - q^2 / M^2).

    Parameters
    ----------
    at_zero
        f(0).
    pole_squared
        M^2 [GeV^2].
    source
        Where the numbers come from.
    """

    at_zero: float
    pole_squared: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        return np.asarray(self.at_zero / (1 - q_squared / self.pole_squared))


@dataclass(frozen=True)
class TwoPoles(PlainArguments):
    """Sum of two poles, r_1 / (1 - q^2 / M_1^2) + r_2 / (1 - q^2 / M_2^2).

    Parameters
    ----------
    residues
        r_1 and r_2.
    poles_squared
        M_1^2 and M_2^2 [GeV^2].
    source
        Where the numbers come from.
    """

    residues: tuple[float, float]
    poles_squared: tuple[float, float]
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        return np.asarray(
            sum(r / (1 - q_squared / m2) for r, m2 in zip(self.residues, self.poles_squared, strict=True))
        )


@dataclass(frozen=True)
class Quadratic(PlainArguments):
    """f(0) / (1 - b x + c x^2) with x = q^2 / m_B^2, and an optional further pole 1 / (1 - x).

    Parameters
    ----------
    at_zero, b, c
        The three numbers of the fit.
    parent_mass
        m_B [GeV].
    source
        Where the numbers come from.
    extra_pole
        Whether the form has the further pole 1 / (1 - x).
    """

    at_zero: float
    b: float
    c: float
    parent_mass: float
    source: str
    extra_pole: bool = False

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        x = q_squared / self.parent_mass**2
        value = self.at_zero / (1 - self.b * x + self.c * x**2)
        return np.asarray(value / (1 - x) if self.extra_pole else value)


@dataclass(frozen=True)
class LargeEnergy(PlainArguments):
    """A_0 of B to a vector in the large-energy limit.

    A_0 = [(1 - 2 m_V^2 / (m_B^2 + m_V^2 - q^2)) xi_par + (m_V / m_B) xi_perp] / (1 - q^2 / m_B^2).

    Parameters
    ----------
    xi_parallel, xi_perpendicular
        The two soft form factors at q^2 = 0.
    parent_mass, vector_mass
        m_B and m_V [GeV].
    source
        Where the numbers come from.
    """

    xi_parallel: float
    xi_perpendicular: float
    parent_mass: float
    vector_mass: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        m_b2, m_v2 = self.parent_mass**2, self.vector_mass**2
        parallel = (1 - 2 * m_v2 / (m_b2 + m_v2 - q_squared)) * self.xi_parallel
        perpendicular = self.vector_mass / self.parent_mass * self.xi_perpendicular
        return np.asarray((parallel + perpendicular) / (1 - q_squared / m_b2))


@dataclass(frozen=True)
class AxialMixture(PlainArguments):
    """V_0 of B to a physical K_1, mixed from the states K_1A and K_1B of quark spin.

    V_0 = [weight_a m_A f_A(q^2) + weight_b m_B f_B(q^2)] / m_K1.

    Parameters
    ----------
    weights
        Mixing coefficients of K_1A and K_1B in the physical state: (sin, cos) or (cos, -sin) of the mixing angle.
    masses
        m_A and m_B [GeV].
    parts
        V_0 of the unmixed states.
    axial_mass
        m_K1 [GeV].
    source
        Where the numbers come from.
    """

    weights: tuple[float, float]
    masses: tuple[float, float]
    parts: tuple[Quadratic, Quadratic]
    axial_mass: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        terms = zip(self.weights, self.masses, self.parts, strict=True)
        return np.asarray(sum(w * m * part(q_squared) for w, m, part in terms) / self.axial_mass)


@dataclass(frozen=True)
class ZExpansion(PlainArguments):
    """Bourrely-Caprini-Lellouch series: sum of a_n z^n over the nearest pole (arXiv:0807.2722).

    z(q^2) = (sqrt(t_+ - q^2) - sqrt(t_+ - t_0)) / (sqrt(t_+ - q^2) + sqrt(t_+ - t_0)) with t_+ = (m_P + m_D)^2 and
    t_0 = (m_P + m_D) (sqrt m_P - sqrt m_D)^2.

    Parameters
    ----------
    coefficients
        a_0, a_1, ...
    pole_mass
        Mass [GeV] of the pole that is divided out.
    parent_mass, daughter_mass
        m_P and m_D [GeV].
    source
        Where the numbers come from.
    """

    coefficients: tuple[float, ...]
    pole_mass: float
    parent_mass: float
    daughter_mass: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        total = self.parent_mass + self.daughter_mass
        start = np.sqrt(total**2 - total * (np.sqrt(self.parent_mass) - np.sqrt(self.daughter_mass)) ** 2)
        here = np.sqrt(total**2 - q_squared)
        z = (here - start) / (here + start)
        series = sum(a * z**n for n, a in enumerate(self.coefficients))
        return np.asarray(series / (1 - q_squared / self.pole_mass**2))


@dataclass(frozen=True)
class SimplifiedSeries(PlainArguments):
    """Series of Bharucha, Straub and Zwicky: sum of a_n (z(q^2) - z(0))^n over the nearest pole (arXiv:1503.05534).

    z is that of `ZExpansion`, with t_0 = t_+ (1 - sqrt(1 - t_-/t_+)) and t_+- = (m_P +- m_D)^2.

    Parameters
    ----------
    coefficients
        a_0, a_1, ...; a_0 is the value at q^2 = 0.
    pole_mass
        Mass [GeV] of the pole that is divided out.
    parent_mass, daughter_mass
        m_P and m_D [GeV].
    source
        Where the numbers come from.
    """

    coefficients: tuple[float, ...]
    pole_mass: float
    parent_mass: float
    daughter_mass: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        high = (self.parent_mass + self.daughter_mass) ** 2
        low = (self.parent_mass - self.daughter_mass) ** 2
        # t_+ - t_0 = sqrt(t_+ (t_+ - t_-))
        start, at_zero = (high * (high - low)) ** 0.25, np.sqrt(high)
        here = np.sqrt(high - q_squared)
        z = (here - start) / (here + start) - (at_zero - start) / (at_zero + start)
        series = sum(a * z**n for n, a in enumerate(self.coefficients))
        return np.asarray(series / (1 - q_squared / self.pole_mass**2))


@dataclass(frozen=True)
class LinearSlope(PlainArguments):
    """f(q^2) = f(0) (1 + slope q^2 / m^2).

    Parameters
    ----------
    at_zero, slope
        f(0) and the slope.
    unit_mass
        m [GeV].
    source
        Where the numbers come from.
    """

    at_zero: float
    slope: float
    unit_mass: float
    source: str

    def __call__(self, q_squared: Array) -> Array:
        """Form factor at q^2 [GeV^2], same shape."""
        return np.asarray(self.at_zero * (1 + self.slope * q_squared / self.unit_mass**2))
