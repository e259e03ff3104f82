"""Photons that electrons radiate in an intense laser pulse."""

from functools import lru_cache

import numpy as np

from farflung.lpp.spectra.spectrum_table import SpectrumTable

ELECTRON_ENERGY = 16.5
"""Energy [GeV] of the electrons of `PER_ELECTRON`."""

PER_ELECTRON = (
    (0.1, 2.65), (0.2, 2.39), (0.3, 2.07), (0.5, 1.59), (0.75, 1.27), (1.0, 0.991), (1.5, 0.707), (2.0, 0.517),
    (2.5, 0.386), (3.0, 0.299), (3.5, 0.228), (4.0, 0.172), (5.0, 0.103), (6.0, 0.0619), (7.0, 0.0369), (8.0, 0.0215),
    (9.0, 0.0115), (10.0, 0.00592), (11.0, 0.00269), (12.0, 6.1e-4), (12.5, 1.7e-4), (13.0, 0.0),
)  # fmt: skip
"""Energy [GeV] of photons, and their number for each electron and GeV, in phase 1 of LUXE.

Read off a histogram of the LUXE-NPOD group (github.com/NTrevisani/LUXE-NPOD, Photons_spectra.ipynb, `h_primary`): the
simulation of a bunch that meets a laser pulse, to which the name of its file gives 10 micrometres and 120 fs. The rates
of nonlinear Compton scattering in such a pulse make the same spectrum (`tests/lpp/test_laser_photons.py`).
"""

_TRANSVERSE = 1e-3
"""Root mean square of transverse momenta [GeV], about the mass of an electron in the field."""


@lru_cache(maxsize=1)
def laser_photons() -> tuple[SpectrumTable, float]:
    """Spectrum in x, the share of the electron's energy, and p_T^2 [GeV^2], and how many there are for each electron.

    Transverse momenta are set to 1 MeV at all energies, which is little against what nuclei give.
    """
    energy, each = np.array(PER_ELECTRON).T
    pt2 = np.linspace(0.0, 6.0, 37) * _TRANSVERSE**2
    values = np.outer(each * energy, np.exp(-pt2 / _TRANSVERSE**2))
    number = float(np.trapezoid(each * energy, np.log(energy)))
    names = ("x = E/E_beam", "pT2/GeV^2")
    return SpectrumTable(names, (energy / ELECTRON_ENERGY, pt2), values, ("log", "linear")), number
