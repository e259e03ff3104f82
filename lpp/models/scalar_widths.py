"""Partial decay widths of a scalar that mixes with the Higgs boson, at sin theta = 1.

Every function takes masses (n,) [GeV] and returns widths (n,) [GeV], zero below threshold. Formulas of
M. W. Winkler, arXiv:1809.01876.
"""

from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.models.loops import triangle_f

Array = NDArray[np.float64]

FOUR_PION_STRENGTH: float = 5.1e-9
"""C [GeV^-2] of Gamma = C m^3 beta, the width into four pions and what goes with them (arXiv:1809.01876)."""

_TABLE = "scalar_pipi_kk.csv"


def _velocity(mass: Array, product: float) -> Array:
    """Velocity of each of two products of this mass [GeV]; zero below threshold."""
    return np.sqrt(np.maximum(1 - 4 * product**2 / mass**2, 0.0))


def fermion_pair(mass: Array, m_f: float, colours: int, threshold: float) -> Array:
    """Width into a pair of fermions, N_c G_F m m_f^2 beta^3/(4 sqrt 2 pi) (arXiv:1809.01876).

    Parameters
    ----------
    m_f
        Mass [GeV] that stands for the Yukawa coupling.
    colours
        1 for leptons, 3 for quarks.
    threshold
        Mass [GeV] of the lightest particle that carries the fermion, which the velocity beta takes: of the lepton
        itself, of the K meson for strange and of the D meson for charm quarks.
    """
    return np.asarray(colours * sm.G_F * mass * m_f**2 / (4 * np.sqrt(2) * np.pi) * _velocity(mass, threshold) ** 3)


@lru_cache(maxsize=1)
def _form_factors() -> tuple[Array, Array, Array]:
    """Masses [GeV] and |G|^2 [GeV^4] of pi pi and K K, from the table of figures in this package."""
    text = files("farflung.lpp.models").joinpath("data", _TABLE).read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines() if line[:1].isdigit()]
    mass, pions, kaons = np.array(rows, dtype=float).T
    return mass, pions, kaons


def _interpolated(mass: Array, table_mass: Array, values: Array, threshold: float) -> Array:
    """|G|^2 between its figures, linear; constant from the first figure above threshold down to threshold."""
    known = table_mass >= threshold
    inside = np.interp(mass, table_mass[known], values[known])
    return np.where(mass > threshold, inside, 0.0)


def pions(mass: Array) -> Array:
    """Width into pi pi, charged and neutral: 3 beta |G|^2/(32 pi v^2 m) (arXiv:1809.01876).

    The dispersive form factor |G|^2 is that of a table from 0.28 to 2 GeV; it is the largest uncertainty of the
    model, a factor of a few near 1 GeV.
    """
    table_mass, values, _ = _form_factors()
    pion = sm.mass("pi+")
    squared = _interpolated(mass, table_mass, values, 2 * pion)
    return np.asarray(3 * _velocity(mass, pion) * squared / (32 * np.pi * sm.VEV**2 * mass))


def kaons(mass: Array) -> Array:
    """Width into K K, charged and neutral: beta |G|^2/(8 pi v^2 m) (arXiv:1809.01876)."""
    table_mass, _, values = _form_factors()
    kaon = sm.mass("K+")
    squared = _interpolated(mass, table_mass, values, 2 * kaon)
    return np.asarray(_velocity(mass, kaon) * squared / (8 * np.pi * sm.VEV**2 * mass))


def four_pions(mass: Array) -> Array:
    """Width into four pions and all other hadrons below the perturbative range (arXiv:1809.01876).

    C m^3 sqrt(1 - 16 m_pi^2/m^2), with C set so that the total width is about continuous at 2 GeV.
    """
    return np.asarray(FOUR_PION_STRENGTH * mass**3 * _velocity(mass, 2 * sm.mass("pi+")))


def _loop(mass: Array, m_q: float) -> NDArray[np.complex128]:
    """Triangle of a quark, 2/3 for a heavy one: x (1 + (1 - x) f(x)^2) with x = 4 m_q^2/m^2."""
    x = 4 * m_q**2 / mass**2
    heavy = x > 1e5  # where 1 + (1 - x) f^2 cancels to nothing
    return np.where(heavy, 2 / 3 + 0j, x * (1 + (1 - x) * triangle_f(x) ** 2))


def gluons(mass: Array) -> Array:
    """Width into two gluons, alpha_s^2 m^3/(32 pi^3 v^2) |sum of quark triangles|^2 (arXiv:1809.01876).

    Leading order in alpha_s, as in that paper. The next order multiplies it by 1 + (95/4 - 7/6 N_f) alpha_s/pi if the
    quarks in the loop are heavy, 2.9 at 2 GeV and 2.5 at 4 GeV for N_f = 3: gluons are uncertain by that much.
    """
    quarks = [sm.mass(quark) for quark in "udscb"] + [sm.mass("t")]
    total = sum((_loop(mass, m_q) for m_q in quarks), np.zeros(mass.shape, dtype=complex))
    return np.asarray(sm.alpha_s(mass) ** 2 * mass**3 / (32 * np.pi**3 * sm.VEV**2) * np.abs(total) ** 2)
