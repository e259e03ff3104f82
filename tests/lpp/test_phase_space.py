"""Decays into many products, against the recursion of phase space (F. James, CERN 68-15) and muon decay."""

from itertools import pairwise

import numpy as np
import pytest

from farflung.lpp import MassRangeError, SamplingError
from farflung.lpp.decays.phase_space import coordinates, matrix_weights, momenta_at_rest
from farflung.lpp.sampling.unit_points import unit_points

X, W = np.polynomial.legendre.leggauss(60)

DECAYS = [
    (1.0, (0.0, 0.1056583755, 0.1056583755)),
    (0.5, (0.0, 0.0, 0.0)),
    (1.2, (0.13957, 0.13957, 0.1349768)),
    (2.0, (0.493677, 0.13957, 0.13957, 0.0)),
    (1.8, (0.13957, 0.13957, 0.13957, 0.13957)),
    (3.0, (0.493677, 0.13957, 0.0, 0.1056583755, 0.0)),
]


def two_bodies(mass, first, second):
    """Phase space of two bodies, up to a factor: momentum over mass."""
    product = (mass**2 - (first + second) ** 2) * (mass**2 - (first - second) ** 2)
    return np.sqrt(np.maximum(product, 0)) / (2 * mass) / mass


def volume(mass, masses):
    """Phase space of any number of bodies of given masses, for an array of the first of them."""
    first, *others = masses
    if len(others) == 1:
        return two_bodies(mass, first, others[0])
    # the first and the second make one body of mass mu
    low, high = first + others[0], mass - sum(others[1:])
    low = np.asarray(low, dtype=float)
    half = np.maximum(high - low, 0)[..., None] * np.pi / 4
    angle = (X + 1) * np.pi / 2
    mu = low[..., None] + np.maximum(high - low, 0)[..., None] * (1 - np.cos(angle)) / 2
    inner = volume(mass, (mu, *others[1:]))
    return (2 * mu * two_bodies(mu, np.asarray(first)[..., None], others[0]) * inner * half * np.sin(angle)) @ W


def pair_spectrum(mass, masses, first, second):
    """Invariant masses of two of the products and weights that sum to 1."""
    others = [m for i, m in enumerate(masses) if i not in (first, second)]
    low, high = masses[first] + masses[second], mass - sum(others)
    angle = (X + 1) * np.pi / 2
    mu = low + (high - low) * (1 - np.cos(angle)) / 2
    weight = 2 * mu * two_bodies(mu, masses[first], masses[second]) * volume(mass, (mu, *others)) * np.sin(angle) * W
    return mu, weight / weight.sum()


def drawn(mass, masses, n=2**16, seed=5):
    momenta, weight = momenta_at_rest(mass, masses, unit_points(n, coordinates(len(masses)), seed).values)
    return [
        np.column_stack([np.sqrt((p**2).sum(axis=1) + m**2), p]) for p, m in zip(momenta, masses, strict=True)
    ], weight


def invariant_mass(p):
    return np.sqrt(np.maximum(p[:, 0] ** 2 - (p[:, 1:] ** 2).sum(axis=1), 0))


def mean_and_error(values, weight):
    """Of Sobol points, taken to be random, which only makes the error larger."""
    mean = (weight @ values) / weight.sum()
    return mean, np.sqrt(weight**2 @ (values - mean) ** 2) / weight.sum()


@pytest.mark.parametrize(("mass", "masses"), DECAYS)
def test_energy_and_momentum_are_conserved(mass, masses):
    products, weight = drawn(mass, masses)
    total = sum(products)
    np.testing.assert_allclose(total[:, 0], mass, rtol=1e-6)
    np.testing.assert_allclose(total[:, 1:], 0, atol=1e-6)
    assert (weight >= 0).all()
    assert weight.mean() == pytest.approx(1, abs=3e-3)


@pytest.mark.parametrize(("mass", "masses"), DECAYS)
def test_invariant_masses_follow_the_recursion(mass, masses):
    products, weight = drawn(mass, masses)
    for first in range(len(masses)):
        for second in range(first):
            pair = invariant_mass(products[first] + products[second])
            mu, expected = pair_spectrum(mass, masses, first, second)
            for power in (1, 2, 6):
                mean, error = mean_and_error(pair**power, weight)
                assert error < 0.02 * mean
                assert abs(mean - expected @ mu**power) < 3 * error, (first, second, power)


@pytest.mark.parametrize(("mass", "masses"), DECAYS)
def test_products_fly_evenly_in_all_directions(mass, masses):
    products, weight = drawn(mass, masses)
    for product in products:
        direction = product[:, 1:] / np.linalg.norm(product[:, 1:], axis=1)[:, None]
        for axis in range(3):
            mean, error = mean_and_error(direction[:, axis], weight)
            assert abs(mean) < 3 * error
            mean, error = mean_and_error(direction[:, axis] ** 2, weight)
            assert abs(mean - 1 / 3) < 3 * error


def test_three_massless_products_have_the_volume_by_hand():
    # E of each is distributed as 2 x for x = 2 E/M between 0 and 1, since the Dalitz plot is an evenly filled triangle
    products, weight = drawn(0.5, (0.0, 0.0, 0.0))
    for product in products:
        x = product[:, 0] / 0.25
        for power in (1, 2, 3):
            mean, error = mean_and_error(x**power, weight)
            assert abs(mean - 2 / (power + 2)) < 3 * error


MUON, ELECTRON = 0.1056583755, 0.00051099895


def muon_decay(p):
    """|M|^2 of mu- -> nu(mu) nu(e)~ e-, up to a factor: (p_mu . p_nu(e)~)(p_e . p_nu(mu))."""
    product = p[:, 2, 0] * p[:, 0, 0] - (p[:, 2, 1:] * p[:, 0, 1:]).sum(axis=1)
    return MUON * p[:, 1, 0] * product


@pytest.mark.parametrize("electron", [0.0, ELECTRON])
def test_electrons_of_muons_have_the_michel_spectrum(electron):
    masses = (0.0, 0.0, electron)
    products, weight = drawn(MUON, masses, n=2**17)
    elements = matrix_weights(MUON, masses, muon_decay, [p[:, 1:] for p in products])
    weight = weight * elements
    assert weight.mean() == pytest.approx(1, abs=0.01)
    x = [2 * p[:, 0] / MUON for p in products]
    # electron and nu(mu): 2 x^2 (3 - 2 x), nu(e)~: 12 x^2 (1 - x); means 7/10 and 3/5
    for values, expected in ((x[2], 0.7), (x[0], 0.7), (x[1], 0.6)):
        mean, error = mean_and_error(values, weight)
        assert error < 2e-3
        # (m_e/m_mu)^2 = 2e-5
        assert abs(mean - expected) < 3 * error + 1e-4
    edges = np.linspace(0, 1, 11)
    for low, high in pairwise(edges):
        inside, error = mean_and_error(((x[2] >= low) & (x[2] < high)).astype(float), weight)
        expected = (2 * high**3 - high**4) - (2 * low**3 - low**4)
        assert abs(inside - expected) < 3 * error + 2e-4


def test_matrix_elements_have_their_mean_over_phase_space():
    # mean |M|^2 = mean x of phase space, 2/3, so the weight of a decay with |M|^2 = E is E over that
    products, _ = drawn(0.5, (0.0, 0.0, 0.0))
    elements = matrix_weights(0.5, (0.0, 0.0, 0.0), lambda p: p[:, 0, 0], [p[:, 1:] for p in products])
    np.testing.assert_allclose(elements, products[0][:, 0] / (0.25 * 2 / 3), rtol=5e-3)


def test_light_pairs_are_not_too_fast():
    # the first two at an invariant mass of 1e-11 of the whole
    points = np.full((2, 5), 0.3)
    points[:, 4] = 1e-11
    momenta, weight = momenta_at_rest(1.0, (0.0, 0.0, 0.1), points)
    assert np.isfinite(weight).all()
    np.testing.assert_allclose(sum(momenta), 0, atol=1e-6)
    np.testing.assert_allclose(np.cross(momenta[0], momenta[1]), 0, atol=1e-6)


def test_what_makes_no_sense_is_an_error():
    points = unit_points(512, 5, 1).values
    with pytest.raises(MassRangeError, match="heavier than its parent"):
        momenta_at_rest(0.2, (0.0, 0.1056583755, 0.1056583755), points)
    with pytest.raises(SamplingError, match=r"4 products take \(n, 8\)"):
        momenta_at_rest(1.0, (0.0, 0.0, 0.1, 0.1), points)
    momenta, _ = momenta_at_rest(1.0, (0.0, 0.1, 0.1), points)
    for wrong in (lambda p: -p[:, 0, 0], lambda p: p[:, 0, 0] * np.nan, lambda p: p[:, 0]):
        with pytest.raises(SamplingError, match="matrix element"):
            matrix_weights(1.0, (0.0, 0.1, 0.1), wrong, momenta)
