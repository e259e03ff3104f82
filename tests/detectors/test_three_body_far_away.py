"""Particles of three-body decays in far detectors, against a brute-force Monte Carlo of its own.

No code is shared with the package: spectrum, decay, boost and the solids are written down once more. Decays are drawn
evenly in the Dalitz plot, whose borders are those of the Review of Particle Physics (Kinematics, section 49.4.3), and
weighed by the decay law.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
import shapely

from farflung.detectors import Detector, Search, Secondaries
from farflung.geometry import ConvexPolyhedron, Revolved
from farflung.lpp import Spectrum, ThreeBodyDecay

EVENTS = 600_000
CTAU = np.geomspace(0.1, 1e3, 9)

# PDG masses [GeV]
MASS = {"B+": 5.27941, "D0": 1.86484, "K-": 0.493677, "e+": 0.00051099895, "mu+": 0.1056583755}

# Momenta of the parents: exponential above 5 GeV and up to 405, with transverse momenta of about 1.5 GeV
LOWEST, SLOPE, RANGE, TRANSVERSE = 5.0, 40.0, 400.0, 1.5


class Toy(Spectrum):
    def momentum(self, u):
        return LOWEST - SLOPE * np.log(1 - u * (1 - np.exp(-RANGE / SLOPE)))

    def angle(self, momentum, u):
        width = TRANSVERSE**2 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = TRANSVERSE**2 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


class Case(NamedTuple):
    parent: str
    first: str
    second: str
    mass: float
    how: str = "phase space"


CASES = [
    Case("B+", "D0", "e+", 0.3),
    Case("B+", "D0", "e+", 2.0),
    Case("B+", "D0", "e+", 1.0, "amplitude"),
    Case("B+", "D0", "e+", 1.5, "rate"),
    Case("D0", "K-", "mu+", 0.3),
    Case("D0", "K-", "mu+", 1.0, "amplitude"),
    Case("D0", "K-", "mu+", 0.5, "rate"),
]

# low and high corner of boxes, and radius and ends of a tube [m]
BOXES = {"near": ((-2, -3, 50), (4, 3, 60)), "off axis": ((4, -3, 100), (10, 5, 112))}
TUBE = (4.0, 480.0, 490.0)
AZIMUTHS = {"off axis": (np.arctan2(-3, 4), np.arctan2(5, 4))}


def kallen(a, b, c):
    return a**2 + b**2 + c**2 - 2 * (a * b + b * c + c * a)


def amplitude(mass, s, q2):
    """Any smooth |M|^2 that depends on both."""
    return (1 + s) ** 2 * (0.2 + 1 / (40 - q2))


def semileptonic_rate(case):
    """DGamma/dq^2 of H -> H' l N with both leptons massive, in any unit; poles as for D -> K and B -> D."""
    parent, first, second = MASS[case.parent], MASS[case.first], MASS[case.second]
    vector, scalar = {"B+": (6.33, 6.7), "D0": (2.112, 2.318)}[case.parent]

    def rate(mass, q2):
        a, b = second**2, mass**2
        scalar_part = 4 * (a + b - (a - b) ** 2 / q2)
        vector_part = (8 * (q2 - a - b) + scalar_part) / 3
        hadrons, leptons = kallen(parent**2, first**2, q2), kallen(q2, a, b)
        plus, zero = 1 / (1 - q2 / vector**2), 1 / (1 - q2 / scalar**2)
        bracket = vector_part * plus**2 * hadrons / q2 + scalar_part * zero**2 * (parent**2 - first**2) ** 2 / q2
        # rounding at the ends of phase space
        return bracket * np.sqrt(np.maximum(leptons, 0)) / q2 * np.sqrt(np.maximum(hadrons, 0))

    return rate


def process_of(case):
    more = {
        "phase space": {},
        "amplitude": {"squared_amplitude": amplitude},
        "rate": {"decay_rate": semileptonic_rate(case)},
    }[case.how]
    return ThreeBodyDecay(case.parent, case.first, case.second, **more)


class FarAway(Detector):
    name = "far-away"
    title = "Boxes and a tube"

    def __init__(self):
        solids = {name: ConvexPolyhedron.box(*zip(low, high, strict=True)) for name, (low, high) in BOXES.items()}
        radius, begin, end = TUBE
        solids["tube"] = Revolved(shapely.box(begin, 0, end, radius))
        super().__init__(Secondaries({"B+": (1.0, Toy()), "D0": (1.0, Toy())}), solids, [])


DETECTOR = FarAway()
SEARCHES = {name: Search("decays", name, "inside", name) for name in DETECTOR.solids}


def of_the_package(case, place, n, seed):
    flights = DETECTOR.flights_from(process_of(case), case.mass, search=SEARCHES[place], n=n, seed=seed)
    return DETECTOR.acceptance(SEARCHES[place], flights).mean_and_error(CTAU)


def towards_one(rng, n):
    """Numbers between 0 and 1, most of them even, others even in the logarithm of the distance to 1, and weights."""
    smallest, near_one = 1e-3, 0.3
    even = rng.uniform(size=n)
    near = 1 - smallest ** rng.uniform(size=n)
    u = np.where(rng.uniform(size=n) < near_one, near, even)
    density = (1 - u >= smallest) / (np.maximum(1 - u, smallest) * -np.log(smallest))
    return u, 1 / (1 - near_one + near_one * density)


@cache
def brute_force(case):
    """Momenta of the particles across and along the beam, and weights."""
    rng = np.random.default_rng(20220106 + CASES.index(case))
    parent, m1, m2, m = MASS[case.parent], MASS[case.first], MASS[case.second], case.mass
    u, weight = towards_one(rng, EVENTS)
    p = LOWEST + RANGE * u
    weight = weight * np.exp(-RANGE * u / SLOPE)
    # the Dalitz plot: fast particles recoil against a small mass
    v, more = towards_one(rng, EVENTS)
    low, high = (m1 + m2) ** 2, (parent - m) ** 2
    s = high - (high - low) * v
    root = np.sqrt(s)
    e2, e = (s - m1**2 + m2**2) / (2 * root), (parent**2 - s - m**2) / (2 * root)
    p2, px = np.sqrt(np.maximum(e2**2 - m2**2, 0)), np.sqrt(np.maximum(e**2 - m**2, 0))
    q2 = (e2 + e) ** 2 - (p2 - px) ** 2 - rng.uniform(size=EVENTS) * 4 * p2 * px
    weight = weight * more * 4 * p2 * px
    if case.how == "amplitude":
        weight = weight * amplitude(m, s, q2)
    elif case.how == "rate":
        # the rate is |M|^2 times the length of the Dalitz plot at this q^2
        q2 = np.clip(q2, (m2 + m) ** 2 * (1 + 1e-12), (parent - m1) ** 2 * (1 - 1e-12))
        lengths = np.sqrt(np.maximum(kallen(q2, m2**2, m**2) * kallen(parent**2, q2, m1**2), 1e-300)) / q2
        weight = weight * semileptonic_rate(case)(m, q2) / lengths
    # decay angles about the parent's direction, more of them forwards
    energy = (parent**2 + m**2 - s) / (2 * parent)
    momentum = np.sqrt(np.maximum(energy**2 - m**2, 0))
    forward, more = towards_one(rng, EVENTS)
    weight = weight * more
    cosine, phi = 2 * forward - 1, rng.uniform(0, 2 * np.pi, EVENTS)
    gamma, beta_gamma = np.sqrt(p**2 + parent**2) / parent, p / parent
    along = gamma * momentum * cosine + beta_gamma * energy
    across = momentum * np.sqrt(1 - cosine**2)
    # the parent's own direction, about which the particle is turned
    outwards, more = towards_one(rng, EVENTS)
    width, share, weight = TRANSVERSE**2 / (2 * p**2), 1 - outwards, weight * more
    versine = width * share / (1 + width / 2 - share)
    cos_p, sin_p = 1 - versine, np.sqrt(versine * (2 - versine))
    transverse = np.hypot(along * sin_p + across * np.cos(phi) * cos_p, across * np.sin(phi))
    return transverse, along * cos_p - across * np.cos(phi) * sin_p, weight / weight.sum()


def path_inside(place, direction):
    """Where rays from the origin enter and leave, the same number twice for those that miss."""
    if place == "tube":
        radius, begin, end = TUBE
        with np.errstate(divide="ignore"):
            wall = radius / np.hypot(direction[:, 0], direction[:, 1])
        first = np.where(direction[:, 2] > 0, begin / direction[:, 2], np.inf)
        last = np.minimum(wall, np.where(direction[:, 2] > 0, end / direction[:, 2], np.inf))
    else:
        low, high = (np.asarray(corner) / direction for corner in BOXES[place])
        first = np.maximum(np.minimum(low, high).max(axis=1), 0)
        last = np.maximum(low, high).min(axis=1)
    hit = last > first
    return np.where(hit, first, 0), np.where(hit, last, 0)


def of_brute_force(case, place):
    transverse, along, weight = brute_force(case)
    # nothing prefers an azimuth, so all events may fly where the box is
    azimuths = AZIMUTHS.get(place, (0, 2 * np.pi))
    weight = weight * (azimuths[1] - azimuths[0]) / (2 * np.pi)
    phi = np.random.default_rng(1).uniform(*azimuths, EVENTS)
    momentum = np.stack([transverse * np.cos(phi), transverse * np.sin(phi), along], axis=1)
    p = np.linalg.norm(momentum, axis=1)
    first, last = path_inside(place, momentum / p[:, None])
    hit = last > 0
    mean, error = np.empty((2, len(CTAU)))
    for i, ctau in enumerate(CTAU):
        length = ctau * p[hit] / case.mass
        chance = np.exp(-first[hit] / length) * -np.expm1((first[hit] - last[hit]) / length)
        mean[i] = weight[hit] @ chance
        error[i] = np.sqrt(weight[hit] ** 2 @ chance**2)
    return mean, error


@pytest.mark.parametrize("case", CASES, ids=str)
def test_agrees_with_brute_force(case):
    for place in SEARCHES:
        brute, brute_error = of_brute_force(case, place)
        # heavy particles hardly ever live long enough at the shortest lifetimes
        known = brute_error < 0.05 * brute
        assert known.sum() >= 7, (place, brute_error / brute)
        # to evaluate amplitudes and rates takes long
        many = 65536 if case.how == "phase space" or place == "tube" else 16384
        for n, precision in ((4096, 0.5), (many, 0.25)):
            mean, error = of_the_package(case, place, n, seed=5)
            pull = np.abs(mean - brute) / np.hypot(error, brute_error)
            precise = (error < 0.15 * mean) & (CTAU > 0.2)
            assert precise.sum() >= 6, (place, n, error / mean)
            assert (pull[precise] < 3).all(), (place, n, pull)
            # where the few fastest decide, errors are not Gaussian: one sample in 20 is 3 of them too low
            assert (pull < 5).all(), (place, n, pull)
            # and the comparison means something
            assert (error[known] < precision * mean[known]).all(), (place, n, error / mean)


COVERED = [
    (CASES[0], "near", 2**18),
    (CASES[1], "tube", 2**18),
    (CASES[5], "off axis", 2**17),
    (CASES[3], "tube", 2**16),
]


@pytest.mark.parametrize(("case", "place", "n"), COVERED, ids=str)
def test_errors_cover(case, place, n):
    best, best_error = of_the_package(case, place, n, seed=5)
    samples = np.array([of_the_package(case, place, 4096, seed) for seed in range(30)])
    pulls = (samples[:, 0] - best) / np.hypot(samples[:, 1], best_error)
    rms = np.sqrt((pulls**2).mean(axis=0))
    assert ((rms > 0.5) & (rms < 2)).all(), rms
