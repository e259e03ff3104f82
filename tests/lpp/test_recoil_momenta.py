"""What flies beside long-lived particles: conservation of four-momentum, and distributions against Dalitz plots."""

from itertools import pairwise

import numpy as np
import pytest

from farflung.detectors import BelleII, Secondaries
from farflung.lpp import (
    Flights,
    PolarPanels,
    ProcessError,
    Recoil,
    SamplingError,
    Spectrum,
    ThreeBodyDecay,
    TwoBodyDecay,
    Window,
)

# PDG masses [GeV]
MASS = {"B+": 5.27941, "D0": 1.86484, "K+": 0.493677, "K-": 0.493677, "e+": 0.00051099895, "mu+": 0.1056583755}
MASS |= {"gamma": 0.0, "eta": 0.547862, "nu(e)": 0.0}

LOWEST, HIGHEST = 2.0, 300.0


class Logarithmic(Spectrum):
    """Momenta even in their logarithm, transverse momenta of about 1 GeV."""

    def momentum(self, u):
        return LOWEST * (HIGHEST / LOWEST) ** u

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


BEAM = Secondaries({name: (1.0, Logarithmic()) for name in ("B+", "D0", "eta")})
COLLIDER = BelleII().source
FAR = Window(2, 1, (0.01, -0.01), (0.05, 0.02))
CONE = PolarPanels((0.0, 0.02, 0.1), False)


def four(momentum, mass):
    return np.column_stack([np.sqrt((momentum**2).sum(axis=1) + mass**2), momentum])


def square(p):
    return p[:, 0] ** 2 - (p[:, 1:] ** 2).sum(axis=1)


def parents_of(flights):
    """Four-momenta of the parents, from everything that they decay to."""
    assert flights.recoil
    assert all(recoil.momentum.shape == flights.momentum.shape for recoil in flights.recoil)
    return four(flights.momentum, flights.mass) + sum(four(r.momentum, MASS[r.name]) for r in flights.recoil)


def assert_conserved(flights, parent):
    counted = flights.weight > 0
    total = parents_of(flights)[counted]
    # rounding grows with E^2
    np.testing.assert_allclose(square(total), MASS[parent] ** 2, rtol=1e-8, atol=1e-11 * (total[:, 0] ** 2).max())
    return total


DECAYS = [
    (TwoBodyDecay("B+", "K+"), 0.3),
    # slower than its parent: a direction has two momenta
    (TwoBodyDecay("B+", "K+"), 4.5),
    (ThreeBodyDecay("B+", "D0", "e+"), 0.3),
    (ThreeBodyDecay("B+", "D0", "e+"), 3.3),
    (ThreeBodyDecay("D0", "K-", "mu+", squared_amplitude=lambda m, s, q2: s * q2), 0.7),
    (ThreeBodyDecay("D0", "K-", "mu+", decay_rate=lambda m, q2: (q2 - (m + 0.106) ** 2) * (1.88 - q2)), 0.7),
]


@pytest.mark.parametrize("aim", [None, FAR, CONE], ids=["everywhere", "window", "cone"])
@pytest.mark.parametrize(("decay", "mass"), DECAYS, ids=lambda value: str(value))
def test_momenta_of_a_beam_add_up(decay, mass, aim):
    aimed = {} if aim is None else {"aim": aim}
    for sampling in ("aimed", "random"):
        flights = BEAM.flights(decay, mass, n=4096, sampling=sampling, **aimed)
        total = assert_conserved(flights, decay.parent)
        # those of the beam, whichever half of the mixture drew them
        p = np.linalg.norm(total[:, 1:], axis=1)
        assert (p > LOWEST * (1 - 1e-6)).all()
        assert (p < HIGHEST * (1 + 1e-6)).all()
        assert [r.name for r in flights.recoil] == list(decay.recoil)


def test_slow_flights_are_among_them():
    flights = BEAM.flights(DECAYS[1][0], 4.5, n=4096, aim=FAR)
    # more than were asked for, since some directions are reached with two momenta
    assert len(flights) > 4096
    total = assert_conserved(flights, "B+")
    velocity = total[:, 1:] / total[:, :1]
    # in the parents' frame some fly against the parents' direction
    along = np.einsum("ij,ij->i", flights.momentum[flights.weight > 0], velocity)
    energy = np.hypot(flights.p, flights.mass)[flights.weight > 0]
    backwards = along - (velocity**2).sum(axis=1) * energy < 0
    assert 0.1 < backwards.mean() < 0.9


@pytest.mark.parametrize("aim", [None, CONE], ids=["everywhere", "cone"])
@pytest.mark.parametrize("decay", [TwoBodyDecay("B+", "K+"), ThreeBodyDecay("B+", "K+", "gamma")], ids=str)
def test_momenta_of_a_collider_add_up(decay, aim):
    for mass in (0.1, 4.6):
        flights = COLLIDER.flights(decay, mass, n=2048, **({} if aim is None else {"aim": aim}))
        assert_conserved(flights, "B+")


@pytest.mark.parametrize("mass", [0.05, 3.0, 10.0])
def test_a_photon_and_a_particle_have_the_momentum_of_the_beams(mass):
    # arXiv:2201.06580: 7.004 and 4.002 GeV, both at 41.5 mrad from the z axis
    flights = COLLIDER.flights(COLLIDER.photon_associated, mass, n=2048)
    beams = np.array([11.006, 11.006 * np.sin(0.0415), 0.0, 3.002 * np.cos(0.0415)])
    total = parents_of(flights)
    np.testing.assert_allclose(total, np.broadcast_to(beams, total.shape), atol=1e-9)


def kallen(a, b, c):
    return a**2 + b**2 + c**2 - 2 * (a * b + b * c + c * a)


def dalitz(decay, mass, amplitude, points=200):
    """Nodes and weights of the Dalitz plot in s and q^2 (Review of Particle Physics, section 49.4.3)."""
    parent, m1, m2 = MASS[decay.parent], MASS[decay.first], MASS[decay.second]
    x, w = np.polynomial.legendre.leggauss(points)
    # square roots at the ends of s become smooth
    angle = (x + 1) * np.pi / 2
    low, high = (m1 + m2) ** 2, (parent - mass) ** 2
    s = (low + high) / 2 - (high - low) / 2 * np.cos(angle)
    ws = w * (high - low) / 2 * np.sin(angle)
    root = np.sqrt(s)
    e2, ex = (s - m1**2 + m2**2) / (2 * root), (parent**2 - s - mass**2) / (2 * root)
    p2, px = np.sqrt(np.maximum(e2**2 - m2**2, 0)), np.sqrt(np.maximum(ex**2 - mass**2, 0))
    middle = (e2 + ex) ** 2 - p2**2 - px**2
    q2 = middle[:, None] + 2 * (p2 * px)[:, None] * x
    s2 = np.broadcast_to(s[:, None], q2.shape)
    return s2, q2, (ws * 2 * p2 * px)[:, None] * w * amplitude(mass, s2, q2)


def semileptonic(first, second, mass):
    """Any dGamma/dq^2 that vanishes at both ends as a rate of three bodies does."""

    def rate(m, q2):
        hadrons, leptons = kallen(MASS["D0"] ** 2, first**2, q2), kallen(q2, second**2, mass**2)
        return np.sqrt(np.maximum(hadrons, 0)) ** 3 * np.sqrt(np.maximum(leptons, 0)) / q2 / (1 - q2 / 4.46) ** 2

    return rate


def invariants(flights):
    first, second = (four(r.momentum, MASS[r.name]) for r in flights.recoil)
    return square(first + second), square(second + four(flights.momentum, flights.mass))


AMPLITUDES = {
    "flat": lambda m, s, q2: np.ones_like(q2),
    "s": lambda m, s, q2: s,
    "q2": lambda m, s, q2: (q2 - 0.3) ** 2 + 0.01,
    "both": lambda m, s, q2: 1 / (6 - s - q2) ** 2,
}


def assert_means(values, weight, expected, sigma=4.5):
    """The weighted mean, normalised, within its own error, which is small."""
    weight = weight / weight.sum()
    mean = weight @ values
    error = np.sqrt((weight**2) @ (values - mean) ** 2)
    assert abs(mean - expected) < sigma * error, (mean, expected, error)
    return error


@pytest.mark.parametrize("sampling", ["aimed", "random"])
@pytest.mark.parametrize("name", AMPLITUDES)
def test_dalitz_plots_follow_the_amplitude(name, sampling):
    amplitude = AMPLITUDES[name]
    decay = ThreeBodyDecay("D0", "K-", "mu+", squared_amplitude=None if name == "flat" else amplitude)
    flights = BEAM.flights(decay, 0.4, n=2**15, sampling=sampling)
    s, q2 = invariants(flights)
    nodes_s, nodes_q2, weights = dalitz(decay, 0.4, amplitude)
    weights = weights / weights.sum()
    for of_nodes, of_flights in ((nodes_s, s), (nodes_q2, q2), (nodes_s * nodes_q2, s * q2), (nodes_q2**3, q2**3)):
        expected = (weights * of_nodes).sum()
        error = assert_means(of_flights, flights.weight, expected)
        assert error < 0.02 * expected


def test_histograms_follow_the_amplitude():
    amplitude = AMPLITUDES["both"]
    decay = ThreeBodyDecay("D0", "K-", "mu+", squared_amplitude=amplitude)
    flights = BEAM.flights(decay, 0.4, n=2**16, sampling="random")
    *plot, weights = dalitz(decay, 0.4, amplitude, points=800)
    for nodes, drawn in zip(plot, invariants(flights), strict=True):
        edges = np.linspace(nodes.min(), nodes.max(), 9)
        for low, high in pairwise(edges):
            expected = weights[(nodes >= low) & (nodes < high)].sum() / weights.sum()
            inside = ((drawn >= low) & (drawn < high)).astype(float)
            weight = flights.weight / flights.weight.sum()
            error = np.sqrt(weight**2 @ (inside - expected) ** 2)
            # nodes on the edges count by halves at most
            assert abs(weight @ inside - expected) < 4.5 * error + 4e-3, (low, high)


@pytest.mark.parametrize("mass", [0.05, 0.6, 1.2])
def test_rates_against_q2_are_followed(mass):
    rate = semileptonic(MASS["K-"], MASS["mu+"], mass)
    decay = ThreeBodyDecay("D0", "K-", "mu+", decay_rate=rate)
    flights = BEAM.flights(decay, mass, n=2**16)
    _, q2 = invariants(flights)
    low, high = (MASS["mu+"] + mass) ** 2, (MASS["D0"] - MASS["K-"]) ** 2
    nodes = low + (high - low) * (np.arange(200_000) + 0.5) / 200_000
    weights = rate(mass, nodes)
    for power in (1, 2, 4):
        expected = (weights @ nodes**power) / weights.sum()
        assert assert_means(q2**power, flights.weight, expected) < 0.02 * expected
    # q decays evenly: in its rest frame the particle flies along and against it alike
    first = four(flights.recoil[0].momentum, MASS["K-"])
    second, own = four(flights.recoil[1].momentum, MASS["mu+"]), four(flights.momentum, mass)
    q, parent = second + own, first + second + own

    def times(a, b):
        return a[:, 0] * b[:, 0] - (a[:, 1:] * b[:, 1:]).sum(axis=1)

    energy_own, energy_parent = times(own, q) / np.sqrt(q2), times(parent, q) / np.sqrt(q2)
    momenta = np.sqrt(np.maximum((energy_own**2 - mass**2) * (energy_parent**2 - MASS["D0"] ** 2), 1e-30))
    cosine = (energy_own * energy_parent - times(own, parent)) / momenta
    assert_means(cosine, flights.weight, 0.0)
    assert_means(cosine**2, flights.weight, 1 / 3)


def test_two_massless_particles_beside():
    decay = ThreeBodyDecay("eta", "gamma", "gamma")
    nodes_s, _, weights = dalitz(decay, 0.2, AMPLITUDES["flat"])
    flights = BEAM.flights(decay, 0.2, n=2**14)
    assert_conserved(flights, "eta")
    s, _ = invariants(flights)
    assert_means(s, flights.weight, (weights * nodes_s).sum() / weights.sum())
    with_amplitude = ThreeBodyDecay("eta", "gamma", "gamma", squared_amplitude=lambda m, s, q2: s)
    nodes_s, _, weights = dalitz(decay, 0.2, lambda m, s, q2: s)
    flights = BEAM.flights(with_amplitude, 0.2, n=2**14)
    assert_means(invariants(flights)[0], flights.weight, (weights * nodes_s).sum() / weights.sum())


def test_weights_sum_to_one_even_though_tails_are_preferred():
    for decay, mass in DECAYS[2:]:
        flights = BEAM.flights(decay, mass, n=2**16)
        each = np.bincount(flights.block, flights.weight)
        error = each.std(ddof=1) * np.sqrt(len(each))
        assert error < 0.01
        assert abs(flights.weight.sum() - 1) < 4.5 * error


@pytest.mark.parametrize("n", [512, 1024])
def test_small_samples_of_many_panels_are_no_smaller_than_others(n):
    # 32 blocks leave 8 aimed flights to 14 panels
    aim = PolarPanels(tuple(np.arctan2([0, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5, 6], 50)), False)
    assert aim.panels > 8
    shares = aim.shares(np.ones(aim.panels), 8)
    assert (shares > 0).all()
    assert shares.sum() == pytest.approx(1)
    decay = ThreeBodyDecay("B+", "D0", "e+")
    sums = np.array([BEAM.flights(decay, 0.5, n=n, aim=aim, seed=seed).weight.sum() for seed in range(60)])
    every = BEAM.flights(decay, 0.5, n=100_000, sampling="random")
    polar = np.arctan2(np.hypot(*every.direction[:, :2].T), every.direction[:, 2])
    inside = polar < np.arctan2(6, 50)
    expected = every.weight[inside].sum()
    error = np.hypot(sums.std(ddof=1) / np.sqrt(60), np.sqrt((every.weight[inside] ** 2).sum()))
    assert error < 0.03 * expected
    assert abs(sums.mean() - expected) < 4 * error


def test_what_flies_beside_is_kept():
    flights = BEAM.flights(DECAYS[2][0], 0.3, n=512, aim=CONE)
    mask = np.arange(len(flights)) % 3 == 0
    taken = flights.taken(mask)
    assert_conserved(taken, "B+")
    for before, after in zip(flights.recoil, taken.recoil, strict=True):
        assert before.name == after.name
        np.testing.assert_array_equal(before.momentum[mask], after.momentum)
    weighed = flights.weighed(mask * 0.5)
    assert weighed.weight.sum() == pytest.approx(0.5 * flights.weight[mask].sum())
    for before, after in zip(flights.recoil, weighed.recoil, strict=True):
        np.testing.assert_array_equal(before.momentum, after.momentum)
    normalised = flights.weighed(mask * 0.5, normalised=True)
    assert normalised.weight.sum() == pytest.approx(1)
    assert_conserved(normalised, "B+")
    # every block is a sample of its own
    each = np.bincount(normalised.block, normalised.weight)
    np.testing.assert_allclose(each, 1 / len(each))


def test_samples_together_keep_it_where_it_is_the_same():
    one = BEAM.flights(DECAYS[0][0], 0.3, n=512)
    two = BEAM.flights(DECAYS[0][0], 0.3, n=1024, seed=7)
    both = Flights.together([one, two], [0.3, 0.7])
    assert_conserved(both, "B+")
    np.testing.assert_array_equal(both.recoil[0].momentum[512:], two.recoil[0].momentum)
    three = BEAM.flights(DECAYS[2][0], 0.3, n=512)
    assert Flights.together([one, three], [0.3, 0.7]).recoil is None
    # blocks of 8 and of 32 make 8
    assert Flights.together([one, three], [0.3, 0.7]).block.max() == 7
    nothing = Flights(np.zeros(3), one.momentum, 0.3, recoil=())
    assert Flights.together([nothing, nothing], [0.5, 0.5]).recoil == ()
    assert Flights.together([nothing, one], [0.5, 0.5]).recoil is None


def test_momenta_of_another_number_are_an_error():
    with pytest.raises(SamplingError, match=r"recoil K\+ has momenta of shape \(3, 3\)"):
        Flights(np.zeros(3), np.ones((2, 3)), 0.1, recoil=(Recoil("K+", np.ones((3, 3))),))


@pytest.mark.parametrize("amplitude", [lambda m, s, q2: -s, lambda m, s, q2: 0 * s, lambda m, s, q2: s * np.nan])
def test_amplitudes_that_make_no_sense_are_an_error(amplitude):
    with pytest.raises(ProcessError, match="squared amplitude beside K- mu\\+ is negative, not finite or zero"):
        BEAM.flights(ThreeBodyDecay("D0", "K-", "mu+", squared_amplitude=amplitude), 0.4, n=512)
    with pytest.raises(ProcessError, match="both squared_amplitude and decay_rate"):
        ThreeBodyDecay("D0", "K-", "mu+", squared_amplitude=amplitude, decay_rate=lambda m, q2: q2)
