"""Partial decay widths of a vector particle at coupling e to charges of 1.

Every function takes masses (n,) [GeV] and returns widths (n,) [GeV].
"""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]

_SERIES = (
    1.0,
    335 / 714,
    128941 / 839664,
    44787 / 1026256,
    1249649333 / 108064756800,
    36494147 / 12382420050,
    867635449 / 1614300688000,
)
"""Coefficients of powers of m^2/m_e^2 that multiply the width into three photons."""


def pair(mass: Array, product: float) -> Array:
    """Width into a pair of Dirac fermions of a mass [GeV], alpha m/3 (1 + 2 r) (1 - 4 r)^(1/2) with r = (m_f/m)^2."""
    r = (product / np.asarray(mass)) ** 2
    return np.asarray(sm.ALPHA * mass / 3 * (1 + 2 * r) * np.sqrt(np.maximum(1 - 4 * r, 0.0)))


def neutrinos(mass: Array) -> Array:
    """Width into one kind of left-handed neutrinos, half of that into massless Dirac fermions."""
    return np.asarray(sm.ALPHA * mass / 6)


def hadrons(mass: Array, ratio: Array) -> Array:
    """Width into hadrons from R (n,), alpha m R/3."""
    return np.asarray(sm.ALPHA * mass * ratio / 3)


def three_photons(mass: Array) -> Array:
    """Width into three photons by a loop of electrons, below two electrons' masses; zero above.

    17 alpha^4 m^9/(2^7 3^6 5^3 pi^3 m_e^8) times a series in (m/m_e)^2 (S. McDermott, H. Patel, H. Ramani,
    arXiv:1705.00619; as in arXiv:2009.03838, eq. 3.5).
    """
    electron = sm.mass("e-")
    x = np.minimum(mass / electron, 2.0) ** 2
    series = np.polynomial.polynomial.polyval(x, _SERIES)
    lowest = 17 * sm.ALPHA**4 / (2**7 * 3**6 * 5**3 * np.pi**3) * electron * x**4.5
    return np.asarray(np.where(mass < 2 * electron, lowest * series, 0.0))
