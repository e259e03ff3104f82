"""Kaons in matter: how many are made, how far they fly, and which of them decay before they are absorbed."""

import numpy as np
import pytest

from farflung.detectors import ALUMINIUM, COPPER, IRON, Target
from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.decays_in_matter import decays_in_matter
from farflung.lpp.spectra.proton_photons import proton_photons
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table

# c tau [m] and mass [GeV], Particle Data Group
KAONS = {"K+": (3.711, 0.493677), "K(L)0": (15.34, 0.497611), "K(S)0": (0.026844, 0.497611)}

# radius and diffuseness [fm] of nuclei, H. de Vries et al., Atom. Data Nucl. Data Tabl. 36 (1987) 495; interaction
# lengths [g/cm^2] of nucleons and pions, Particle Data Group
NUCLEI = [(ALUMINIUM, 3.07, 0.519, 107.2, 136.7), (IRON, 3.97, 0.56, 132.1, 160.8), (COPPER, 4.21, 0.586, 137.3, 165.9)]


@pytest.mark.parametrize("name", KAONS)
def test_decay_against_absorption_one_by_one(name):
    """Draw both lengths for every kaon and keep those whose decay comes first: their share and their momenta."""
    rng = np.random.default_rng(7)
    table = spectrum_table("charged_kaons_400" if name == "K+" else "neutral_kaons_400")
    length = 20.0  # so long that many decay
    spectrum, share = decays_in_matter(table, name, length)
    p = table.sample(rng.random((400_000, 2)))[:, 0]
    ctau, mass = KAONS[name]
    kept = p[rng.exponential(ctau * p / mass) < rng.exponential(length, len(p))]
    assert share == pytest.approx(len(kept) / len(p), abs=4 * np.sqrt(share * (1 - share) / len(p)) + 2e-3 * share)
    drawn = spectrum.momentum(rng.random(400_000))
    for power in (1, -1):
        error = np.std(kept**power) / np.sqrt(len(kept)) + np.std(drawn**power) / np.sqrt(len(drawn))
        assert np.mean(drawn**power) == pytest.approx(np.mean(kept**power), abs=4 * error + 2e-3 * np.mean(kept**power))


def test_fast_kaons_decay_in_proportion_to_the_way_they_have():
    table = SpectrumTable(("p/GeV", "pT2/GeV^2"), ((99.0, 101.0), (0.0, 0.1)), np.ones((2, 2)), ("log", "linear"))
    assert decays_in_matter(table, "K+", 0.2)[1] == pytest.approx(0.2 / (3.711 * 100 / 0.493677), rel=2e-3)
    assert decays_in_matter(table, "K+", 1e9)[1] == pytest.approx(1.0)
    with pytest.raises(SpectrumError, match="names"):
        decays_in_matter(proton_photons()[0], "K+", 0.2)


@pytest.mark.parametrize(("target", "radius", "diffuseness", "nucleons", "pions"), NUCLEI)
def test_kaons_fly_as_far_as_the_optical_model_says(target, radius, diffuseness, nucleons, pions):
    """Integral of 1 - exp(-sigma T(b)), with inelastic cross-sections of 31.5, 20.8 and 16.4 mb for each nucleon.

    The same integral gives the measured lengths of nucleons and pions, so that it is right for kaons.
    """
    r = np.linspace(0, radius + 12 * diffuseness, 2001)
    density = 1 / (1 + np.exp((r - radius) / diffuseness))
    density *= target.atomic_mass / np.trapezoid(4 * np.pi * r**2 * density, r)
    b = np.linspace(0, radius + 10 * diffuseness, 200)
    thickness = np.trapezoid(np.interp(np.hypot(b[:, None], r), r, density), r, axis=1) * 2

    def length(millibarn):
        area = np.trapezoid(2 * np.pi * b * (1 - np.exp(-0.1 * millibarn * thickness)), b)  # fm^2
        return target.atomic_mass / 6.02214e23 / (area * 1e-26)

    assert length(31.5) == pytest.approx(nucleons, rel=0.06)
    assert length(20.8) == pytest.approx(pions, rel=0.03)
    assert target.kaon_length * 100 * target.density == pytest.approx(length(16.4), rel=0.05)


def test_kaon_lengths():
    assert COPPER.kaon_length == pytest.approx(0.205, rel=1e-2)
    assert IRON.kaon_length == pytest.approx(0.227, rel=1e-2)
    with pytest.raises(SpectrumError, match="density of W"):
        assert Target("W", 74, 183.84, 6.76).kaon_length
    with pytest.raises(SpectrumError, match="density = -1"):
        Target("W", 74, 183.84, 6.76, density=-1.0)


def test_multiplicities_are_the_measured_ones():
    """LEBC-EHS, Z. Phys. C 50 (1991) 405: K+ .331, K- .224, K_S .232 for each inelastic collision, all within 5 %."""
    charged, neutral = spectrum_table("charged_kaons_400"), spectrum_table("neutral_kaons_400")
    assert charged.number("per_collision") == pytest.approx(0.331 + 0.224, rel=0.10)
    assert neutral.number("per_collision_310") == pytest.approx(0.232, rel=0.05)
    assert neutral.number("per_collision_130") == pytest.approx(neutral.number("per_collision_310"), rel=0.01)


def bmpt(p, p_t, sign):
    """E d^3 sigma/dp^3 [mb/GeV^2] of K+ or K- from 400 GeV protons on beryllium: hep-ph/0101163, table 1."""
    root_s = np.sqrt(2 * 0.938272**2 + 2 * 400.001 * 0.938272)
    gamma, eta = (400.001 + 0.938272) / root_s, 400 / root_s
    x_r = (gamma * np.hypot(p, 0.493677) - eta * np.sqrt(p**2 - p_t**2)) / (root_s / 2)
    a, b = 5.04 / x_r**0.121, 5.04**2 / (2 * x_r**0.242)
    plus = 7.74 * (1 - x_r) ** 2.45 * x_r**-0.444 * (1 + a * p_t + b * p_t**2) * np.exp(-a * p_t)
    return plus if sign > 0 else plus / (1.15 * (1 - x_r) ** -3.17)


@pytest.mark.parametrize("p", [5.0, 10.0, 20.0, 40.0])
def test_spectrum_is_that_of_the_fit_to_data_on_beryllium(p):
    """Charged kaons for each collision below p_T = 0.4 GeV; 199 mb for beryllium. Nuclei make some 15 % more."""
    table = spectrum_table("charged_kaons_400")
    p_t = np.linspace(0, 0.4, 400)
    made = table.number("per_collision") * table.number("on_grid")
    found = made * np.trapezoid(table.density(p, p_t**2) * 2 * p_t, p_t)
    # d^3p = 2 pi p_T dp_T dp p/p_z
    measure = 2 * np.pi * p_t * p / np.sqrt(p**2 - p_t**2) / np.hypot(p, 0.493677)
    expected = np.trapezoid((bmpt(p, p_t, 1) + bmpt(p, p_t, -1)) * measure, p_t) / 199.0
    assert 0.80 < found / expected < 1.0
