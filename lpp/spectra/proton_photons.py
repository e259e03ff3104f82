"""Photons that protons radiate when they scatter nearly elastically."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.spectra.spectrum_table import SpectrumTable

Array = NDArray[np.float64]

_MAGNETIC_MOMENT_SQUARED = 7.78
_DIPOLE = 0.71
"""Mass squared [GeV^2] of the dipole form factor."""


def density(x: Array, pt2: Array) -> Array:
    """Photons of a proton, dN/(dx dp_T^2) [GeV^-2], in the equivalent-photon approximation.

    V. M. Budnev et al., Phys. Rep. 15 (1975) 181, appendix D, with the dipole form factors of the proton, as a
    function of transverse momentum (arXiv:1512.03069, eq. 8).

    Parameters
    ----------
    x
        Share of the proton's energy, between 0 and 1, broadcast against p_T^2.
    pt2
        Squared transverse momentum p_T^2 [GeV^2].
    """
    mass2 = sm.mass("p") ** 2
    transverse2 = pt2 + x**2 * mass2
    q2 = transverse2 / (1 - x)
    dipole = (1 + q2 / _DIPOLE) ** -4
    electric = (4 * mass2 * dipole + _MAGNETIC_MOMENT_SQUARED * q2 * dipole) / (4 * mass2 + q2)
    magnetic = _MAGNETIC_MOMENT_SQUARED * dipole
    bracket = (1 - x) * electric * pt2 / transverse2 + x**2 * magnetic / 2
    return np.asarray(sm.ALPHA / np.pi * bracket / (x * transverse2))


@lru_cache(maxsize=1)
def proton_photons() -> tuple[SpectrumTable, float]:
    """Spectrum in x from 0.001 and p_T^2, and the number of photons for each proton."""
    x = np.concatenate([np.geomspace(1e-3, 0.1, 24)[:-1], np.linspace(0.1, 0.98, 37)])
    pt2 = np.geomspace(1e-9, 4.0, 90)
    values = density(x[:, None], pt2) * x[:, None] * pt2
    number = np.trapezoid(np.trapezoid(values, np.log(pt2), axis=1), np.log(x))
    names = ("x = E/E_beam", "pT2/GeV^2")
    return SpectrumTable(names, (x, pt2), values, ("log", "log")), float(number)
