"""Units: the one place where the package's own meet those of the trade.

Inside, masses, energies, momenta and widths are in GeV and lengths, c tau among them, in metres. Cross-sections and
luminosities keep the units in which experiments give them. Constants come from `scipy.constants` and `hepunits`;
powers of ten are written out, since quotients of units are off by rounding.
"""

import scipy.constants
from hepunits import GeV, c_light, hbarc, m, ns, ps

from farflung.lpp.errors import PhysicsError
from farflung.lpp.plain_arguments import plain_arguments

SPEED_OF_LIGHT: float = scipy.constants.c
"""c [m/s]."""

AVOGADRO: float = scipy.constants.N_A
"""Nuclei in a mole."""

HBAR_C: float = hbarc / (GeV * m)
"""hbar c in GeV m: c tau [m] = HBAR_C / Gamma [GeV]."""

CENTIMETRE: float = 1e-2
"""1 cm [m]."""

PICOSECOND: float = ps * c_light / m
"""c times 1 ps [m]."""

FERMI: float = 1e-15 / HBAR_C
"""1 fm in GeV^-1."""

TESLA_METRE: float = SPEED_OF_LIGHT / 1e9
"""Transverse momentum [GeV] that a particle of charge e takes up in 1 T over 1 m."""

PICOBARN: float = (hbarc / (GeV * m)) ** 2 * 1e40
"""GeV^-2 in picobarns: a cross-section in GeV^-2 times this is in pb."""

MILLIBARN_IN_PICOBARN: float = 1e9
"""1 mb in pb."""

MICROBARN_IN_MILLIBARN: float = 1e-3
"""Cross-sections of charm."""

NB_IN_MILLIBARN: float = 1e-6
"""1 nb in mb."""

SQUARE_CENTIMETRE_IN_PICOBARN: float = 1e36
"""1 cm^2 in pb."""

NB_IN_INVERSE_AB: float = 1e9
"""1 nb times 1 ab^-1: events of a cross-section in nb at a luminosity in ab^-1."""

PB_IN_INVERSE_AB: float = 1e6
"""1 pb times 1 ab^-1."""

MICROBARN_IN_INVERSE_FB: float = 1e9
"""1 microbarn times 1 fb^-1."""


@plain_arguments(PhysicsError)
def decay_length(lifetime: float) -> float:
    """Proper decay length c tau [m] of a lifetime in ns."""
    return float(lifetime * ns * c_light / m)
