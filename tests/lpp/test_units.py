"""Units against numbers of the Particle Data Group."""

import pytest

from farflung.lpp import standard_model, units


def test_conversions() -> None:
    # PDG 2024, physical constants: hbar c = 0.1973269804 GeV fm, (hbar c)^2 = 0.3893793721 GeV^2 mb
    assert pytest.approx(0.1973269804e-15, rel=1e-9) == units.HBAR_C
    assert pytest.approx(0.3893793721e9, rel=1e-9) == units.PICOBARN
    assert pytest.approx(1 / 0.1973269804, rel=1e-9) == units.FERMI
    assert pytest.approx(1e3) == units.MILLIBARN_IN_PICOBARN * units.NB_IN_MILLIBARN
    # c tau of the B+: 1.638 ps and 491.1 um in the PDG's tables
    assert units.decay_length(1.638e-3) == pytest.approx(1.638 * units.PICOSECOND, rel=1e-14)
    assert units.decay_length(1.638e-3) == pytest.approx(491.1e-6, rel=1e-4)
    assert standard_model.HBAR_C is units.HBAR_C
    # a proton of 0.3 GeV bends with a radius of 1 m in 1 T
    assert pytest.approx(0.29979, rel=1e-4) == units.TESLA_METRE
