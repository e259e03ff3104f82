"""NA64, LUXE-NPOD and SeaQuest: numbers by other ways, options, complaints."""

import numpy as np
import pytest

from farflung.detectors import LUXENPOD, NA64, TUNGSTEN, DetectorError, SeaQuest, spectrum_table
from farflung.lpp import ALPPhoton, SpectrumError

CTAU = np.geomspace(1e-4, 1, 13)


def hard_photons(electrons, seed):
    """Energies over that of the beam of bremsstrahlung photons above one half, of electrons in thick matter."""
    rng = np.random.default_rng(seed)
    energy, found, step, softest = np.ones(electrons), [], 0.01, 0.005
    y = np.geomspace(softest, 1.0, 400)
    spectrum = (4 / 3 * (1 - y) + y**2) / y
    cumulated = np.concatenate([[0], np.cumsum((spectrum[1:] + spectrum[:-1]) / 2 * np.diff(y))])
    while (energy > 0.5).any():
        energy *= 1 - step * 4 / 3 * softest
        emits = rng.random(electrons) < step * cumulated[-1]
        taken = energy[emits] * np.interp(rng.random(emits.sum()) * cumulated[-1], cumulated, y)
        found.append(taken[taken > 0.5])
        energy[emits] -= taken
    return np.concatenate(found)


def test_number_of_particles_at_na64():
    """Dipole form factor in place of Helm's, and photons of the first generation alone, of a Monte Carlo."""
    mass, electrons = 0.02, 20_000
    k = hard_photons(electrons, seed=1) * 100.0
    t_min = (mass**2 / (2 * k)) ** 2
    t = np.geomspace(1.0001 * t_min, 1.0, 2000)
    a2 = (111 * 82 ** (-1 / 3) / 0.511e-3) ** 2
    form = 82**2 * (a2 * t / (1 + a2 * t)) ** 2 / (1 + t / (0.164 * 207.2 ** (-2 / 3))) ** 2
    area = np.trapezoid((t - t_min) / t**2 * form * t, np.log(t), axis=0) / 137.036 / 8  # for g = 1 GeV^-1
    nuclei = 6.022e23 * 6.37 / 207.2 * 9 / 7 * 0.38938e-27  # in 9/7 radiation lengths, GeV^2
    expected = 2.84e11 * area.sum() / electrons * nuclei
    na64 = NA64()
    found = float(na64.source.exposure(na64.source.conversion, mass))
    assert found == pytest.approx(expected, rel=0.08)


def test_both_signatures_of_na64_make_the_combined_one():
    na64 = NA64()
    flights = na64.flights("alp-photon", 0.03, process=na64.source.conversion, n=2048)
    one, two, both = (na64.acceptance(name, flights, "gammagamma")(CTAU) for name in na64.searches)
    np.testing.assert_allclose(one + two, both, rtol=1e-9, atol=1e-15)


def test_na64_as_published_and_as_projected():
    assert all(search.is_result for search in NA64().searches.values())
    more = NA64(5e12)
    assert more.title == "NA64, 5 × 10¹² electrons, projection"
    assert not any(search.is_result for search in more.searches.values())
    process = more.source.conversion
    ratio = more.source.exposure(process, 0.05) / NA64().source.exposure(process, 0.05)
    assert ratio == pytest.approx(5e12 / 2.84e11)
    with pytest.raises(SpectrumError, match="softest = 120 GeV"):
        NA64(threshold=120.0)


def test_luminosity_of_luxe_npod():
    """Its group's code: N_e N_BX 9 rho X_0/(7 A m_0)."""
    theirs = 1.5e9 * 1e7 * 9 * 19.3 * 0.35 / (7 * 184 * 1.661e-24) * 1e-36
    luxe = LUXENPOD()
    assert luxe.source.particles * TUNGSTEN.nuclei * 9 / 7 == pytest.approx(theirs, rel=0.01)
    assert set(luxe.source.processes(ALPPhoton())) == {luxe.source.conversion}


def test_phases_of_seaquest():
    first, second = SeaQuest(), SeaQuest("2")
    assert (first.protons, second.protons) == (1.44e18, 1e20)
    assert SeaQuest(protons=1e17).source.particles == 1e17
    ends = {name: solid.bounds[:, 2].tolist() for name, solid in second.solids.items()}
    assert ends == {"decay region": [7.0, 13.5], "before the calorimeter": [7.0, 19.0]}
    assert SeaQuest(background=46.0).searches["photons"].upper_limit(0.1) == pytest.approx(10, rel=0.005)
    with pytest.raises(DetectorError, match="phase = '3' must be one of 1, 2"):
        SeaQuest("3")


def test_what_makes_particles_at_seaquest():
    source = SeaQuest().source
    assert set(source.initials()) >= {"pi0", "eta", "K+", "gamma", "p"}
    # the code SensCalc (arXiv:2305.13383) has 2.87 pi0 and 0.32 eta for each collision of 120 GeV, SIBYLL 3.05 and 0.56
    for name, theirs in (("pi0", 2.87), ("eta", 0.32)):
        table = spectrum_table(f"{name}_120")
        assert table.number("per_collision") == pytest.approx(0.9 * theirs, rel=0.02)
        assert source.number_of(name) == pytest.approx(
            1.44e18 * table.number("per_collision") * table.number("on_grid")
        )
