import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import spherical_jn

from farflung.lpp import ALPPhoton, Flights, MassRangeError, PhotonAssociated, Primakoff, SamplingError

IRON = Primakoff(26, 56)
PICOBARN = 3.893793721e8  # GeV^-2 in pb (PDG 2024, physical constants)


def by_quadrature(charge: int, mass_number: int, mass: float, energy: float) -> float:
    """Total cross-section [GeV^-2] for g = 1, from Tsai's d sigma/dt = g^2 alpha/8 (t - t_min)/t^2 G_2(t) with G_2
    = Z^2 (a^2 t/(1 + a^2 t))^2 F^2(t): exact to order t_min/t, with Helm's form factor for F.
    """
    fermi = 1 / 0.1973269804
    radius = np.sqrt((1.23 * mass_number ** (1 / 3) - 0.6) ** 2 + 7 / 3 * np.pi**2 * 0.52**2 - 5 * 0.81) * fermi
    a2 = (111 * charge ** (-1 / 3) / 0.51099895e-3) ** 2
    t_min = (mass**2 / (2 * energy)) ** 2

    def integrand(log_t: float) -> float:
        t = np.exp(log_t)
        x = np.sqrt(t) * radius
        helm = 3 * spherical_jn(1, x) / x * np.exp(-t * (0.9 * fermi) ** 2 / 2)
        screened = a2 * t / (1 + a2 * t)
        return float(t * (t - t_min) / t**2 * helm**2 * screened**2)

    end = np.log((4.49 / radius) ** 2)
    total = quad(integrand, np.log(t_min), end, limit=500)[0]
    return charge**2 / (8 * 137.035999) * total


@pytest.mark.parametrize("nucleus", [(26, 56), (29, 64), (74, 184)])
@pytest.mark.parametrize(("mass", "energy"), [(0.001, 5.0), (0.05, 20.0), (0.3, 100.0)])
def test_primakoff_cross_section(nucleus: tuple[int, int], mass: float, energy: float) -> None:
    expected = by_quadrature(*nucleus, mass, energy) * 1e-6 * PICOBARN
    assert float(Primakoff(*nucleus).cross_section(mass, energy, 1e-3)) == pytest.approx(expected, rel=1e-3)


def test_primakoff_grows_with_the_logarithm_of_the_energy() -> None:
    # for a point charge and light ALPs sigma = alpha g^2 Z^2/8 (ln(t_max/t_min) - 1)
    bare = Primakoff(26, 56, screening=False)
    low, high = bare.cross_section(0.01, np.array([10.0, 20.0]), 1.0) / PICOBARN
    assert high - low == pytest.approx(26**2 / (8 * 137.036) * 2 * np.log(2), rel=1e-3)


def test_conversion_keeps_energy_and_counts() -> None:
    rng = np.random.default_rng(5)
    momentum = np.stack([rng.normal(0, 0.2, 20000), rng.normal(0, 0.2, 20000), rng.uniform(1, 50, 20000)], axis=1)
    photons = Flights([0.0, 0.0, -1.0], momentum, 0.0)
    alps, cross_section = IRON.convert(photons, 0.1, rng.random((20000, 2)))
    np.testing.assert_allclose(alps.energy, photons.p, rtol=1e-10)
    assert alps.weight.sum() == pytest.approx(1.0, abs=0.02)
    average = float((photons.weight * IRON.cross_section(0.1, photons.p, 1.0)).sum())
    assert cross_section == pytest.approx(average, rel=1e-9)
    assert (alps.origin == [0.0, 0.0, -1.0]).all()


def test_conversion_angle() -> None:
    """Against the mean angle from the differential cross-section, by quadrature in q_t."""
    mass, energy, n = 0.1, 10.0, 65536
    photons = Flights(np.zeros(3), np.tile([0.0, 0.0, energy], (n, 1)), 0.0)
    alps, _ = IRON.convert(photons, mass, np.random.default_rng(3).random((n, 2)))
    q_t = np.hypot(alps.momentum[:, 0], alps.momentum[:, 1])
    along = mass**2 / (2 * energy)

    def density(q: float) -> float:
        return float(2 * q * q**2 / (q**2 + along**2) ** 2 * IRON.form_factor(np.sqrt(q**2 + along**2)) ** 2)

    end = np.sqrt(IRON.q_max**2 - along**2)
    mean = quad(lambda q: q * density(q), 0, end, limit=300)[0] / quad(density, 0, end, limit=300)[0]
    assert (alps.weight * q_t).sum() == pytest.approx(mean, rel=0.01)


def test_conversion_of_photons_too_soft() -> None:
    photons = Flights(np.zeros(3), [[0, 0, 0.05], [0, 0, 30.0]], 0.0)
    alps, _ = IRON.convert(photons, 0.2, np.full((2, 2), 0.5))
    assert alps.weight[0] == 0 < alps.weight[1]
    with pytest.raises(MassRangeError, match="30 GeV"):
        IRON.convert(photons, 4.0, np.full((2, 2), 0.5))
    with pytest.raises(SamplingError, match="mass 0"):
        IRON.convert(alps, 0.2, np.full((2, 2), 0.5))


def test_no_nucleus() -> None:
    with pytest.raises(MassRangeError, match="mass_number"):
        Primakoff(26, 20)


def test_photon_associated_cross_section() -> None:
    # 1 pb^-1: alpha g^2/24 (1 - m^2/s)^3; at 10.58 GeV and m = 0: 0.1184 pb for g = 1e-3 GeV^-1
    process, g = PhotonAssociated(10.58), ALPPhoton().photon_coupling(1e-3)
    by_hand = 1e-6 / (24 * 137.035999) * PICOBARN
    assert float(process.cross_section(0.0, g)) == pytest.approx(by_hand, rel=1e-6)
    assert float(process.cross_section(8.0, g)) == pytest.approx(by_hand * (1 - (8 / 10.58) ** 2) ** 3, rel=1e-6)
    with pytest.raises(MassRangeError, match="11 GeV"):
        process.cross_section(11.0, g)


def test_photon_associated_flights() -> None:
    process = PhotonAssociated(10.58)
    points = np.random.default_rng(2).random((40000, 2))
    flights = process.flights(2.0, points)
    np.testing.assert_allclose(flights.energy, (10.58**2 + 4) / (2 * 10.58), rtol=1e-10)
    cosines = flights.direction[:, 2]
    # moments of 3/8 (1 + c^2): <c> = 0, <c^2> = 2/5, <c^4> = 9/35
    assert cosines.mean() == pytest.approx(0, abs=0.02)
    assert (cosines**2).mean() == pytest.approx(2 / 5, abs=0.01)
    assert (cosines**4).mean() == pytest.approx(9 / 35, abs=0.01)
    boosted = process.flights(2.0, points, velocity=np.array([0.0, 0.0, 0.27]))
    assert boosted.momentum[:, 2].mean() > 1.0
