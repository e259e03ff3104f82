"""Detectors far from the LHC's collision points: numbers of B mesons, solid angles, couplings beside others."""

from itertools import pairwise

import numpy as np
import pytest

from farflung.detectors import ANUBIS, FASER, FASER2, MATHUSLA, CODEXb, Detector, LHCCollisions, NeutralAbsorber
from farflung.detectors.errors import DetectorError
from farflung.lpp import (
    AngularSpectrum,
    BeamSpectrum,
    DarkScalar,
    Spectrum,
    SpectrumTable,
    TwoBodyDecay,
    spectrum_table,
)
from farflung.lpp.errors import SpectrumError
from farflung.scenarios import reach


def crossing(detector: Detector, sampling: str, n: int = 2**16) -> float:
    """Share of scalars of 0.5 GeV from B mesons whose line crosses the decay volume."""
    offer = detector.source.offer("B+")
    flights = TwoBodyDecay("B+", "K+").sample(offer, 0.5, n=n, seed=1, sampling=sampling)
    stretches = detector.solids["decay volume"].stretches(np.zeros((n, 3)), flights.direction)
    hit = (stretches.stop > stretches.start).any(axis=1)
    return float(flights.weight[hit].sum() / flights.weight.sum())


def share_between(spectrum: Spectrum, momentum: float, low: float, high: float) -> float:
    """Share of the directions between two polar angles, by the trapezoidal rule."""
    angle = np.geomspace(low, high, 20_001)
    ring = 2 * np.pi * np.sin(angle) * spectrum.density(np.full(angle.shape, momentum), angle)
    return float(np.trapezoid(ring, angle))


@pytest.mark.parametrize(
    ("detector", "share", "rel"),
    [
        (MATHUSLA("200"), 3.1e-2, 0.05),
        (MATHUSLA("100"), 2.6e-2, 0.05),
        (MATHUSLA("40"), 4e-3, 0.15),
        (CODEXb(), 3.0e-3, 0.15),
    ],
    ids=["mathusla-200", "mathusla-100", "mathusla-40", "codex-b"],
)
def test_share_of_scalars_that_cross(detector, share, rel):
    """A computation with events of Pythia of its own, to the digits that it gave."""
    assert crossing(detector, "aimed") == pytest.approx(share, rel=rel)


def test_directions_follow_their_density():
    """Angles that are drawn fill what the density, integrated by quadrature, says."""
    spectrum = LHCCollisions(14.0, 1.0).offer("B+").spectrum
    p = spectrum.momentum((np.arange(64) + 0.5) / 64)
    u = np.linspace(0.55, 0.95, 5)
    for momentum in p[::9]:
        angles = spectrum.angle(np.full(5, momentum), u)
        between = [share_between(spectrum, momentum, *ends) for ends in pairwise(angles)]
        np.testing.assert_allclose(between, np.diff(u), rtol=1e-2)


def test_a_spectrum_in_all_directions():
    """Drawn angles follow the density, which integrates to 1 over all directions."""
    eta, p = np.linspace(0, 8, 41), np.geomspace(1, 100, 9)
    values = np.exp(-((eta / 3) ** 2)) * np.ones((9, 1))
    spectrum = AngularSpectrum(SpectrumTable(("p/GeV", "|eta|"), (p, eta), values, ("log", "linear")))

    assert share_between(spectrum, 10.0, 6e-4, np.pi - 6e-4) == pytest.approx(1.0, abs=2e-3)
    u = np.array([0.1, 0.25, 0.5, 0.8])
    angles = spectrum.angle(np.full(4, 10.0), u)
    np.testing.assert_allclose([share_between(spectrum, 10.0, 6e-4, angle) for angle in angles], u, atol=2e-3)
    assert spectrum.density(np.array([10.0]), np.array([0.0])) == 0


def test_a_spectrum_in_other_variables_is_refused():
    table = SpectrumTable(("p/GeV", "pT2/GeV^2"), ((1.0, 2.0), (0.0, 1.0)), [[1.0, 1.0], [1.0, 1.0]])
    with pytest.raises(SpectrumError, match=r"p/GeV.*\|eta\|"):
        AngularSpectrum(table)


def test_numbers_of_b_mesons():
    """0.62 mb for a pair of b quarks at 14 TeV (arXiv:2305.13383), of which 0.4 each make B+ and B0, within 15 %."""
    number = LHCCollisions(14.0, 1.0).number_of("B+")
    assert number == pytest.approx(2 * 0.62e12 * 0.4, rel=0.15)
    assert LHCCollisions(14.0, 2.0).number_of("B0") == pytest.approx(2 * number)


def test_forward_pions_beside_other_generators():
    """FORESEE's tables have 0.85 to 1.04e10 pb of pi0 above 100 GeV within 0.2 mrad (five generators, 13.6 TeV)."""
    for generator in ("pythia", "sibyll"):
        spectrum = LHCCollisions(13.6, 1.0, light=True, generator=generator).offer("pi0")
        assert isinstance(spectrum.spectrum, BeamSpectrum)
        p, pt2 = spectrum.spectrum.table.sample(np.random.default_rng(5).random((1_000_000, 2))).T
        share = ((p > 100) & (np.sqrt(pt2) < 2e-4 * p)).mean()
        assert 0.75e10 < spectrum.number / 1000 * share < 1.15e10


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: LHCCollisions(13.0, 1.0), "energy = 13.0 TeV must be one of 13.6 and 14.0"),
        (lambda: LHCCollisions(14.0, 0.0), "luminosity"),
        (lambda: LHCCollisions(14.0, 1.0, generator="epos"), "generator = 'epos' must be one of pythia, sibyll"),
        (lambda: NeutralAbsorber(13.6, 1.0, softest_photon=7000.0), "low = 7000 must be below 6800"),
        (lambda: FASER2(layout="500"), "layout = '500' must be one of 480, 620, 650"),
        (lambda: MATHUSLA(size="60"), "size = '60' must be one of 200, 100, 40"),
        (lambda: ANUBIS(layout="roof"), "layout = 'roof' must be one of ceiling, shaft"),
    ],
)
def test_what_is_refused(make, told):
    with pytest.raises((DetectorError, SpectrumError), match=told):
        make()


@pytest.mark.parametrize(
    ("detector", "mass", "angle"),
    [
        (CODEXb(), 0.5, 9.3e-6), (CODEXb(), 1.0, 4.4e-6), (CODEXb(), 2.0, 5.5e-6),
        (MATHUSLA("200"), 0.5, 2.2e-6), (MATHUSLA("200"), 1.0, 8.5e-7), (MATHUSLA("200"), 2.0, 1.1e-6),
    ],
    ids=lambda value: getattr(value, "name", value),
)  # fmt: skip
def test_smallest_mixing_angle_of_a_scalar(detector, mass, angle):
    """Beside a computation with 0.62 mb and events of its own; the rest is its 3.5 theta^2 for all B -> K_i S."""
    found = reach(detector, DarkScalar(), [mass], n=4096)
    assert min(interval.low for interval in found.intervals()) == pytest.approx(angle, rel=0.15)


def test_photons_start_where_they_meet_the_absorber():
    absorber = NeutralAbsorber(13.6, 57.7, softest_photon=1500.0, generator="sibyll")
    flights = absorber.conversion.sample(absorber.offer("gamma"), 0.1, n=2048, seed=1)
    np.testing.assert_allclose(flights.origin[:, 2], 140.0)
    aside = np.hypot(flights.origin[:, 0], flights.origin[:, 1])
    # with 0.3 GeV across at some 2 TeV, 2 cm at 140 m
    assert 0.005 < np.average(aside, weights=flights.weight) < 0.05
    assert (flights.energy > 1499).all()


def test_part_of_a_table():
    table = spectrum_table("pi0_400")
    part, share = table.above(50.0)
    p = table.first((np.arange(200_000) + 0.5) / 200_000)
    assert share == pytest.approx((p > 50).mean(), abs=2e-4)
    assert part.ranges[0][0] == 50.0
    np.testing.assert_allclose(part.density(80.0, 0.1) * share, table.density(80.0, 0.1), rtol=1e-12)
    whole, all_of_it = table.above(0.0)
    assert whole is table
    assert all_of_it == 1
    assert FASER().searches["photons"].observed == 1
