"""Flights towards far solids, from a beam dump whose spectrum has formulas: against plain Monte Carlo."""

import numpy as np
import pytest

from farflung.detectors import Acceptance, DecaySelection, Detector, DetectorError, Search, Source, Sources
from farflung.detectors.acceptance.decay_density import DecayDensity
from farflung.detectors.testing import DetectorContract
from farflung.geometry import ConvexPolyhedron, Revolved
from farflung.lpp import Flights, Spectrum, TwoBodyDecay
from farflung.lpp import standard_model as sm

B_TO_K = TwoBodyDecay("B+", "K+")


class ToySpectrum(Spectrum):
    """p from 10 GeV, on average 90 GeV; sin theta like a Rayleigh variable of width 1.5 GeV/p, forwards."""

    def momentum(self, u):
        return 10 - 80 * np.log1p(-u)

    def angle(self, momentum, u):
        width = 1.5 / momentum
        return np.arcsin(np.minimum(1.0, width * np.sqrt(-2 * np.log1p(-u * -np.expm1(-0.5 / width**2)))))

    def density(self, momentum, angle):
        width = 1.5 / momentum
        norm = 2 * np.pi * width**2 * -np.expm1(-0.5 / width**2)
        return np.where(angle < np.pi / 2, np.exp(-0.5 * (np.sin(angle) / width) ** 2) * np.cos(angle) / norm, 0.0)


class ToyDump(Source):
    """B mesons from the origin; `known` says whether their spectrum is told."""

    dimension = 3
    azimuth = 2

    def __init__(self, known=True):
        self.known = known

    def _yields(self):
        return {"B+": 1e10}

    def _parents(self, name, points):
        return Flights(np.zeros(3), ToySpectrum().vectors(points), sm.mass(name))

    def _spectrum(self, name):
        return ToySpectrum() if self.known else None


class ToyDumpDetector(Detector):
    """One solid downstream."""

    name, title = "toy-dump", "A dump for tests"
    references = ("none",)

    def __init__(self, solid, known=True, **search):
        inside = Search("inside", "decays inside", "inside", "volume", (B_TO_K,), **search)
        super().__init__(ToyDump(known), {"volume": solid}, [inside])


OFF_AXIS = ConvexPolyhedron.box((-1.5, 1.5), (3.3, 6.3), (480, 515))
ON_AXIS = Revolved.tube(z=(64, 87), r=(0.1, 1.3))
CTAU = np.geomspace(0.3, 1e4, 10)


class TestContract(DetectorContract):
    masses = (0.3, 3.0)

    def make_detector(self):
        return ToyDumpDetector(ON_AXIS)


@pytest.fixture(scope="module")
def random():
    """Plain Monte Carlo, once for each mass."""
    detector = ToyDumpDetector(ON_AXIS)
    return {m: detector.flights_from(B_TO_K, m, n=1_000_000, sampling="random") for m in (0.1, 3.0, 4.5)}


@pytest.mark.parametrize("known", [True, False], ids=["turned", "unknown spectrum"])
@pytest.mark.parametrize("solid", [OFF_AXIS, ON_AXIS], ids=["off axis", "on axis"])
@pytest.mark.parametrize("mass", [0.1, 3.0, 4.5])
def test_aimed_flights_agree_with_random_ones(solid, mass, known, random):
    detector = ToyDumpDetector(solid, known)
    flights = detector.flights_from(B_TO_K, mass, n=2**15)
    assert not flights.complete
    ours, error = detector.acceptance("inside", flights).mean_and_error(CTAU)
    plain, plain_error = detector.acceptance("inside", random[mass]).mean_and_error(CTAU)
    seen = plain > 10 * plain_error
    assert seen.any()
    assert (np.abs(ours - plain) / np.hypot(error, plain_error))[seen].max() < 5


def test_turned_events_need_no_luck(random):
    """32,768 of them know the far corner better than a million random flights do."""
    detector = ToyDumpDetector(OFF_AXIS)
    for mass, plain in random.items():
        ours, error = detector.acceptance("inside", detector.flights_from(B_TO_K, mass, n=2**15)).mean_and_error(30.0)
        mean, plain_error = detector.acceptance("inside", plain).mean_and_error(30.0)
        assert error / ours < plain_error / mean
        assert error / ours < 0.02


def test_what_an_aimed_sample_lacks_is_outside():
    detector = ToyDumpDetector(OFF_AXIS)
    flights = detector.flights_from(B_TO_K, 0.3, n=512)
    stretches = OFF_AXIS.stretches(flights.origin, flights.direction)
    outside = Acceptance(flights, stretches, outside=True)(CTAU)
    np.testing.assert_allclose(outside, 1 - Acceptance(flights, stretches)(CTAU), rtol=1e-12)


def test_a_far_solid_never_sees_less_than_nothing():
    """Very long lifetimes: a difference of two numbers next to one."""
    detector = ToyDumpDetector(ON_AXIS)
    acceptance = detector.acceptance("inside", detector.flights_from(B_TO_K, 0.3, n=512))
    long = np.array([1e8, 1e12, 1e20, 1e30])
    np.testing.assert_allclose(acceptance(long) * long, acceptance(1e8) * 1e8, rtol=1e-5)


def test_a_big_sample_never_sees_less_than_nothing():
    """Short lifetimes and a solid around everything: 1 less something that is nearly 1."""
    detector = ToyDumpDetector(ON_AXIS)
    flights = detector.flights_from(B_TO_K, 3.0, n=2**14, sampling="random")
    around = Revolved.tube(z=(-200, 200), r=(0, 200))
    acceptance = Acceptance(flights, around.stretches(flights.origin, flights.direction), outside=True)
    assert (acceptance(np.geomspace(1e-12, 1e3, 400)) >= 0).all()


@pytest.mark.parametrize("outside", [False, True])
@pytest.mark.parametrize("blocks", [True, False])
def test_binned_samples_are_as_good_as_sums(outside, blocks, monkeypatch):
    detector = ToyDumpDetector(ON_AXIS, known=False)
    flights = detector.flights_from(B_TO_K, 3.0, n=4096, sampling="aimed" if blocks else "random")
    around = Revolved.tube(z=(-1, 60), r=(0, 3)) | ON_AXIS
    stretches = around.stretches(flights.origin, flights.direction)
    ctau = np.concatenate([[0.0], np.geomspace(1e-6, 1e9, 61), [np.inf]])
    summed, error = Acceptance(flights, stretches, outside=outside).mean_and_error(ctau)
    monkeypatch.setattr("farflung.detectors.acceptance.acceptance.MOST_SUMMED", 0)
    binned, other = Acceptance(flights, stretches, outside=outside).mean_and_error(ctau)
    # far below the statistical error where it is not far below a millionth
    assert (np.abs(binned - summed) <= 2e-6 * summed + 0.02 * error + 1e-15).all()
    if blocks:
        np.testing.assert_allclose(other, error, rtol=1e-3, atol=1e-12)
    else:
        assert 0.6 < np.median(other[1:-1] / np.maximum(error[1:-1], 1e-15)) < 1.6


def test_a_decay_density_keeps_endless_stretches():
    start, length = np.array([[0.0, 5.0], [2.0, np.inf]]), np.array([[1.0, np.inf], [3.0, 0.0]])
    density = DecayDensity.of_stretches(start, length, np.array([0.25, 0.75]), np.array([0, 1]))
    c = np.array([0.5, 2.0, 1e3])
    first = 0.25 * (1 - np.exp(-1 / c) + np.exp(-5 / c))
    np.testing.assert_allclose(
        density(c), np.stack([first, 0.75 * (np.exp(-2 / c) - np.exp(-5 / c))], axis=1), rtol=1e-5
    )


class BothForward(DecaySelection):
    """Both products within a cone about z, from wherever the decay is: easy to do one by one."""

    def __init__(self, angle, depth=np.inf):
        self.angle, self.depth = angle, depth

    def _accepts(self, point, momenta, names):
        forward = [p[:, 2] > np.cos(self.angle) * np.linalg.norm(p, axis=1) for p in momenta]
        return forward[0] & forward[1] & (point[:, 2] < self.depth)


def one_by_one(flights, solid, angle, depth, ctau, rng):
    """Share of the flights that decay in the solid, both muons in the cone, by drawing everything."""
    mu = sm.mass("mu-")
    distance = -ctau * flights.beta_gamma * np.log(rng.random(len(flights)))
    point = distance[:, None] * flights.direction
    p_star = np.sqrt(flights.mass**2 / 4 - mu**2)
    cos, phi = rng.uniform(-1, 1, len(flights)), rng.uniform(0, 2 * np.pi, len(flights))
    sin = np.sqrt(1 - cos**2)
    star = p_star * np.stack([sin * np.cos(phi), sin * np.sin(phi), cos], axis=1)
    gamma, n = flights.energy / flights.mass, flights.direction
    passed = solid.contains(point) & (point[:, 2] < depth)
    for sign in (1, -1):
        along = sign * np.einsum("ij,ij->i", star, n)
        boosted = gamma * along + flights.beta_gamma * flights.mass / 2
        momentum = sign * star + (boosted - along)[:, None] * n
        passed &= momentum[:, 2] > np.cos(angle) * np.linalg.norm(momentum, axis=1)
    return passed.mean(), passed.std() / np.sqrt(len(flights))


@pytest.mark.parametrize("n", [4096, 2**15])
def test_decay_products_are_asked_for(n, random):
    products = BothForward(0.03, depth=80.0)
    detector = ToyDumpDetector(ON_AXIS, products=products, final_states=("mumu",))
    acceptance = detector.acceptance("inside", detector.flights_from(B_TO_K, 3.0, n=n))
    rng = np.random.default_rng(8)
    for ctau in (1.0, 10.0):
        expected, expected_error = one_by_one(random[3.0], ON_AXIS, 0.03, 80.0, ctau, rng)
        found, error = acceptance.mean_and_error(ctau)
        assert expected > 0
        assert abs(found - expected) < 5 * np.hypot(error, expected_error)
        assert error / found < 0.1


def test_decay_products_for_the_shortest_and_longest_lifetimes():
    """Decays at the entrance, and decays that are everywhere alike: 16 of 23 m lie before z = 80 m."""
    straight = Revolved.tube(z=(64, 87), r=(0, 50))
    detector = ToyDumpDetector(straight, products=BothForward(4.0, depth=80.0), final_states=("mumu",))
    flights = detector.flights_from(B_TO_K, 3.0, n=4096)
    stretches = straight.stretches(flights.origin, flights.direction)
    all_inside, seen = Acceptance(flights, stretches), detector.acceptance("inside", flights)
    assert float(seen(1e9) / all_inside(1e9)) == pytest.approx(16 / 23, abs=0.01)
    assert float(seen(0.02) / all_inside(0.02)) == pytest.approx(1, abs=0.02)
    assert float(seen(0.0)) == 0
    assert float(seen(np.inf)) == 0


def test_a_search_for_products_says_what_is_wrong():
    detector = ToyDumpDetector(ON_AXIS, products=BothForward(0.1), final_states=("mumu",))
    flights = detector.flights_from(B_TO_K, 0.1, n=512)
    with pytest.raises(DetectorError, match=r"mass = 0.1 GeV is too small for all"):
        detector.acceptance("inside", flights)
    with pytest.raises(DetectorError, match="final state = '3pi': its products are not known"):
        detector.acceptance("inside", flights, "3pi")
    with pytest.raises(DetectorError, match="cannot be 'outside'"):
        Search("x", "x", "outside", "volume", (B_TO_K,), products=BothForward(0.1))


def test_sources_add_up():
    class Kaons(ToyDump):
        def _yields(self):
            return {"K+": 5.0}

    both = Sources([ToyDump(), Kaons()])
    assert both.number_of("B+") == 1e10
    assert both.number_of("K+") == 5
    assert len(both.flights(TwoBodyDecay("K+", "pi+"), 0.1, n=512)) == 512
    with pytest.raises(DetectorError, match="process = 'B0 -> K0' is not one that"):
        both.flights(TwoBodyDecay("B0", "K0"), 0.1)
    with pytest.raises(DetectorError, match="sources is empty"):
        Sources([])


def test_decays_that_are_all_unseen_have_an_error():
    """None of the sampled ones passes; that does not mean that none ever does."""
    detector = ToyDumpDetector(ON_AXIS, products=BothForward(1e-9), final_states=("mumu",))
    acceptance = detector.acceptance("inside", detector.flights_from(B_TO_K, 3.0, n=512))
    mean, error = acceptance.mean_and_error(10.0)
    assert mean == 0
    assert error > 0
