import numpy as np
import pytest

from farflung.lpp import Flights, MassRangeError
from farflung.lpp.sampling.kinematics import boost, momentum_in_rest_frame, unit_vectors
from farflung.lpp.sampling.two_body import isotropic, towards

RNG = np.random.default_rng(3)
N = 2000
M_B, M_K = 5.279, 0.494


def some_parents(scale):
    return Flights(np.zeros(3), scale * RNG.normal(size=(N, 3)), M_B)


def recoil_mass(parents, flights):
    energy = parents.energy - flights.energy
    momentum = parents.momentum - flights.momentum
    return np.sqrt(np.maximum(energy**2 - (momentum**2).sum(axis=1), 0))


@pytest.mark.parametrize("scale", [0.0, 0.3, 50.0])
@pytest.mark.parametrize("mass", [0.001, 0.3, 3.0, 4.7])
def test_decays_conserve_energy_and_momentum(mass, scale):
    parents = some_parents(scale)
    cos, phi = RNG.uniform(-1, 1, N), RNG.uniform(0, 2 * np.pi, N)
    np.testing.assert_allclose(recoil_mass(parents, isotropic(parents, mass, M_K, cos, phi)), M_K, rtol=1e-3)
    fast, slow = towards(parents, mass, M_K, unit_vectors(cos, phi), np.full(N, 1 / (4 * np.pi)))
    for flights in (fast, slow):
        real = flights.weight > 0
        np.testing.assert_allclose(recoil_mass(parents, flights)[real], M_K, rtol=1e-3)


@pytest.mark.parametrize("scale", [0.0, 0.3, 3.0])
@pytest.mark.parametrize("mass", [0.001, 1.0, 3.0])
def test_directions_with_their_weights_make_the_isotropic_decay(mass, scale):
    """The mean of any function of the momentum must come out alike, here the energy and a moment of cos theta."""
    n = 400_000
    parents = Flights(np.zeros(3), scale * np.array([[0.3, 0.2, 0.9]]).repeat(n, axis=0), M_B)
    cos, phi = RNG.uniform(-1, 1, n), RNG.uniform(0, 2 * np.pi, n)
    plain = isotropic(parents, mass, M_K, cos, phi)
    aimed = towards(parents, mass, M_K, unit_vectors(cos, phi), np.full(n, 1 / (4 * np.pi)))
    for value in (lambda f: f.energy, lambda f: f.direction[:, 2] ** 2 * f.p, lambda f: np.ones(len(f))):
        samples = np.sum([flights.weight * value(flights) for flights in aimed], axis=0) * n
        error = np.hypot(samples.std() / np.sqrt(n), value(plain).std() / np.sqrt(n))
        assert abs(samples.mean() - value(plain).mean()) < 4 * error + 1e-12


def test_slow_particles_have_two_momenta_or_none():
    parents = Flights(np.zeros(3), np.array([[0.0, 0.0, 50.0]]), M_B)
    density = np.array([1.0])
    fast, slow = towards(parents, 4.5, M_K, np.array([[0.0, 0.0, 1.0]]), density)
    assert fast.weight[0] > 0
    assert slow.weight[0] > 0
    assert fast.p[0] > slow.p[0]
    fast, slow = towards(parents, 4.5, M_K, np.array([[1.0, 0.0, 0.0]]), density)
    assert fast.weight[0] == slow.weight[0] == 0


def test_boost_and_back():
    momentum = RNG.normal(size=(100, 3))
    energy = np.sqrt((momentum**2).sum(axis=1) + 1)
    velocity = np.array([0.1, -0.5, 0.7])
    there = boost(energy, momentum, velocity)
    back = boost(*there, -velocity)
    np.testing.assert_allclose(there[0] ** 2 - (there[1] ** 2).sum(axis=1), 1, rtol=1e-9)
    np.testing.assert_allclose(back[0], energy, rtol=1e-9)
    np.testing.assert_allclose(back[1], momentum, rtol=1e-9, atol=1e-12)
    np.testing.assert_array_equal(boost(energy, momentum, np.zeros(3))[1], momentum)


def test_momentum_in_rest_frame_near_threshold():
    assert momentum_in_rest_frame(2.0, 1.0, 1.0) == 0
    assert momentum_in_rest_frame(1.0, 0.0, 0.0) == 0.5
    with pytest.raises(MassRangeError, match="heavier than its parent"):
        momentum_in_rest_frame(1.0, 0.6, 0.5)
