"""Chains pi0 -> gamma A', A' -> chi1 chi2 and direct emissions, against brute force and against random flights."""

from dataclasses import dataclass

import numpy as np
import pytest

from farflung.detectors import Detector, Search, Secondaries
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import (
    Beam,
    Chain,
    Emission,
    MassRangeError,
    NewParticle,
    ProcessError,
    Spectrum,
    ThreeBodyDecay,
    TwoBodyDecay,
)

PION = 0.1349768
CTAU = np.geomspace(1e-3, 1e3, 7)
BOX = ((-0.8, -0.4, 20.0), (0.4, 0.8, 23.0))
LOWEST, SLOPE, RANGE, TRANSVERSE = 0.5, 8.0, 80.0, 0.3


class Toy(Spectrum):
    """Exponential above the lowest momentum, transverse momenta of about 0.3 GeV; scaled for emissions."""

    def __init__(self, scale=1.0):
        self.scale = scale

    def momentum(self, u):
        return self.scale * (LOWEST - SLOPE * np.log(1 - u * (1 - np.exp(-RANGE / SLOPE))))

    def angle(self, momentum, u):
        width = TRANSVERSE**2 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = TRANSVERSE**2 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


@dataclass(frozen=True)
class Radiation(Emission):
    """A beam particle radiates: 0.01/(m/GeV) particles, whose momenta grow with those of the beam."""

    initial = "p"
    max_mass = 3.0

    def __str__(self):
        return "p -> p"

    def number(self, mass, momentum):
        return 0.01 / mass

    def spectrum(self, mass, momentum):
        return Toy(momentum / 100)


SOURCE = Secondaries({"pi0": (1e6, Toy()), "eta": (1e5, Toy())}, beams={"p": Beam(1e9, 200.0)})
CHAIN = Chain(TwoBodyDecay("pi0", "gamma"), NewParticle("A'", ratio=2.5), NewParticle("chi1", ratio=0.8))


class Far(Detector):
    name = "far"
    title = "A box"

    def __init__(self):
        box = ConvexPolyhedron.box(*zip(*BOX, strict=True))
        super().__init__(SOURCE, {"box": box}, [Search("decays", "box", "inside", "box")])


FAR = Far()


def brute_force_directions(rng, n, scale=1.0):
    """Momenta of the toy spectrum, some more of them fast, and weights."""
    fast = rng.uniform(size=n) < 0.5
    x = np.where(fast, rng.uniform(0, RANGE, n), np.minimum(rng.exponential(SLOPE, n), RANGE))
    nature = np.exp(-x / SLOPE) / SLOPE
    weight = nature / (0.5 / RANGE + 0.5 * nature)
    p = scale * (LOWEST + x)
    width, u = TRANSVERSE**2 / (2 * p**2), rng.uniform(size=n)
    versine = width * u / (1 + width / 2 - u)
    sine, phi = np.sqrt(versine * (2 - versine)), rng.uniform(0, 2 * np.pi, n)
    direction = np.column_stack([sine * np.cos(phi), sine * np.sin(phi), 1 - versine])
    return p[:, None] * direction, weight / weight.sum()


def decay(rng, parent, parent_mass, mass, other):
    """Momenta of one of two products that fly evenly in the parent's rest frame."""
    n = len(parent)
    energy = (parent_mass**2 + mass**2 - other**2) / (2 * parent_mass)
    p = np.sqrt(energy**2 - mass**2)
    cosine, phi = rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n)
    sine = np.sqrt(1 - cosine**2)
    rest = p * np.column_stack([sine * np.cos(phi), sine * np.sin(phi), cosine])
    parent_energy = np.sqrt((parent**2).sum(axis=1) + parent_mass**2)
    along = (rest * parent).sum(axis=1) / (parent_energy + parent_mass)
    return rest + ((along + energy) / parent_mass)[:, None] * parent


def decays_in_box(momentum, mass, weight):
    p = np.linalg.norm(momentum, axis=1)
    low, high = (np.asarray(corner) / (momentum / p[:, None]) for corner in BOX)
    first, last = np.maximum(np.minimum(low, high).max(axis=1), 0), np.maximum(low, high).min(axis=1)
    hit = last > first
    mean, error = np.empty((2, len(CTAU)))
    for i, ctau in enumerate(CTAU):
        length = ctau * p[hit] / mass
        chance = np.exp(-first[hit] / length) * -np.expm1((first[hit] - last[hit]) / length)
        mean[i], error[i] = weight[hit] @ chance, np.sqrt(weight[hit] ** 2 @ chance**2)
    return mean, error


def of_the_package(process, mass, **options):
    flights = FAR.flights_from(process, mass, search="decays", **options)
    return FAR.acceptance("decays", flights).mean_and_error(CTAU)


def assert_agree(one, two, largest=0.15, sigma=3.0):
    """Where both are known well enough, and anything arrives; that is at most lifetimes."""
    known = (one[1] < largest * one[0]) & (two[1] < largest * two[0]) & (one[0] > 1e-30)
    assert known.sum() >= 5, (one, two)
    pull = (one[0] - two[0]) / np.hypot(one[1], two[1])
    assert (np.abs(pull[known]) < sigma).all(), pull


@pytest.mark.parametrize("mass", [0.005, 0.03, 0.05])
def test_chains_agree_with_brute_force(mass):
    rng = np.random.default_rng(20220106)
    pions, weight = brute_force_directions(rng, 1_500_000)
    mediators = decay(rng, pions, PION, 2.5 * mass, 0.0)
    particles = decay(rng, mediators, 2.5 * mass, mass, 0.8 * mass)
    brute = decays_in_box(particles, mass, weight)
    for n in (4096, 65536):
        assert_agree(of_the_package(CHAIN, mass, n=n), brute, largest=0.2)


def test_chains_of_fixed_masses_agree_with_brute_force():
    chain = Chain(TwoBodyDecay("eta", "gamma"), NewParticle("A'", 0.4), "pi0")
    rng = np.random.default_rng(1)
    etas, weight = brute_force_directions(rng, 1_500_000)
    particles = decay(rng, decay(rng, etas, 0.547862, 0.4, 0.0), 0.4, 0.2, PION)
    assert_agree(of_the_package(chain, 0.2, n=65536), decays_in_box(particles, 0.2, weight))


def test_chains_that_begin_with_an_emission_agree_with_brute_force():
    chain = Chain(Radiation(), NewParticle("A'", ratio=3.0), NewParticle("chi1", ratio=0.9))
    rng = np.random.default_rng(2)
    mediators, weight = brute_force_directions(rng, 1_500_000, scale=2.0)
    particles = decay(rng, mediators, 0.9, 0.3, 0.27)
    assert_agree(of_the_package(chain, 0.3, n=65536), decays_in_box(particles, 0.3, weight))


def test_chains_of_chains_and_of_three_bodies_are_drawn():
    first = Chain(ThreeBodyDecay("eta", "pi+", "pi-"), NewParticle("h", ratio=3.0), NewParticle("A'", ratio=1.5))
    longer = Chain(first, NewParticle("Z'", ratio=2.0), "gamma")
    for process in (first, longer):
        mass = 0.4 * process.max_mass
        random = of_the_package(process, mass, n=3_000_000, sampling="random")
        # errors of random flights mean little where few of them decide
        assert_agree(of_the_package(process, mass, n=16384), random, largest=0.05)


def test_errors_of_chains_cover():
    best = of_the_package(CHAIN, 0.03, n=2**18, seed=999)
    samples = np.array([of_the_package(CHAIN, 0.03, n=4096, seed=seed) for seed in range(30)])
    rms = np.sqrt((((samples[:, 0] - best[0]) / np.hypot(samples[:, 1], best[1])) ** 2).mean(axis=0))
    known = best[1] < 0.1 * best[0]
    assert known.sum() >= 5
    assert ((rms > 0.5) & (rms < 2))[known].all(), rms


def test_chances_of_chains_are_those_of_their_first_step():
    assert SOURCE.exposure(CHAIN, 0.03) == pytest.approx(1e6)
    chain = Chain(Radiation(), NewParticle("A'", 0.1, 3.0), NewParticle("chi1", ratio=0.9))
    # 1e9 protons make 0.01/(0.1 + 3 m) mediators each
    np.testing.assert_allclose(SOURCE.exposure(chain, [0.1, 0.2]), 1e9 * 0.01 / np.array([0.4, 0.7]))


@pytest.mark.parametrize(
    ("mediator", "beside", "heaviest"),
    [
        # the first step allows m(pi0)/2.5, the second any mass
        (NewParticle("A'", ratio=2.5), NewParticle("chi1", ratio=0.8), PION / 2.5),
        # A' of 100 MeV: 1.8 m < 0.1
        (NewParticle("A'", 0.1), NewParticle("chi1", ratio=0.8), 0.1 / 1.8),
        (NewParticle("A'", 0.1), NewParticle("chi1", 0.03), 0.07),
        (NewParticle("A'", 0.1), "gamma", 0.1),
        # 0.1 + 0.5 m > 2 m and 0.1 + 0.5 m < m(pi0)
        (NewParticle("A'", 0.1, 0.5), NewParticle("chi1", ratio=1.0), 0.1 / 1.5),
        (NewParticle("A'", 0.1, 0.9), NewParticle("chi1", 0.02), (PION - 0.1) / 0.9),
        # nothing: A' is heavier than the pi0, or lighter than what it is to decay to
        (NewParticle("A'", 0.2), NewParticle("chi1", 0.01), 0.0),
        (NewParticle("A'", 0.1), "mu-", 0.0),
        (NewParticle("A'", ratio=1.8), NewParticle("chi1", ratio=0.8), 0.0),
    ],
)
def test_heaviest_particle_of_a_chain(mediator, beside, heaviest):
    chain = Chain(TwoBodyDecay("pi0", "gamma"), mediator, beside)
    assert chain.max_mass == pytest.approx(heaviest, rel=1e-5, abs=1e-12)
    if heaviest:
        below = SOURCE.flights(chain, 0.999 * heaviest, n=512)
        assert below.weight.sum() == pytest.approx(1, rel=0.05)
    with pytest.raises(MassRangeError):
        SOURCE.flights(chain, 1.001 * heaviest + 1e-6, n=512)


def test_mediators_that_an_emission_cannot_make_are_an_error():
    chain = Chain(Radiation(), NewParticle("A'", 5.0), NewParticle("chi1", 0.1))
    assert chain.max_mass == 0
    with pytest.raises(MassRangeError):
        SOURCE.flights(chain, 1.0, n=512)
    with pytest.raises(MassRangeError):
        Radiation().parents(SOURCE.offer("p"), 5.0)


def test_new_particles_of_negative_masses_are_an_error():
    for wrong in ({"mass": -1.0}, {"ratio": -1.0}, {"mass": np.nan}):
        with pytest.raises(ProcessError, match="of A' must not be negative"):
            NewParticle("A'", **wrong)


@pytest.mark.parametrize("mass", [0.01, 0.3, 2.0])
def test_emissions_agree_with_brute_force_and_with_random_flights(mass):
    momentum, weight = brute_force_directions(np.random.default_rng(3), 1_000_000, scale=2.0)
    brute = decays_in_box(momentum, mass, weight)
    for n in (4096, 65536):
        assert_agree(of_the_package(Radiation(), mass, n=n), brute)
    random = of_the_package(Radiation(), mass, n=400_000, sampling="random")
    assert_agree(random, brute)


def test_errors_of_emissions_cover():
    best = of_the_package(Radiation(), 0.3, n=2**18, seed=999)
    samples = np.array([of_the_package(Radiation(), 0.3, n=4096, seed=seed) for seed in range(30)])
    rms = np.sqrt((((samples[:, 0] - best[0]) / np.hypot(samples[:, 1], best[1])) ** 2).mean(axis=0))
    assert ((rms > 0.5) & (rms < 2)).all(), rms


def test_emissions_need_a_beam():
    assert SOURCE.exposure(Radiation(), 0.5) == pytest.approx(1e9 * 0.02)
    with pytest.raises(ProcessError, match="begins with p as Beam, not Parents"):
        Radiation().exposure(SOURCE.offer("pi0"), np.array([0.1]))
    with pytest.raises(MassRangeError, match="heaviest that p -> p X can make"):
        SOURCE.flights(Radiation(), 3.5)
