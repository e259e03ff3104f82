"""Decays into three products that must hit a surface, against brute force in the Dalitz plot.

Particles of 15 GeV fly along z into a tube of 10 to 40 m; both muons of nu mu mu must cross a square at 45 m. Decays
are drawn evenly in the Dalitz plot (Review of Particle Physics, section 49.4.3) and turned at random.
"""

import numpy as np
import pytest
import shapely

from farflung.detectors import Aperture, Apertures, Detector, DetectorError, Requirement, Search, Secondaries
from farflung.detectors.searches.products.decay_selection import DecayMixture, DecaySelection
from farflung.geometry import Revolved
from farflung.lpp import Flights, Model, Spectrum, TwoBodyDecay
from farflung.scenarios import events_of_pair

MASS, MOMENTUM, HALF = 1.2, 15.0, 2.0
MU, PI, E = 0.1056583755, 0.13957039, 0.00051099895
PI0 = 0.1349768
PRODUCTS = {"numumu": (0.0, MU, MU), "pipipi0": (PI, PI, PI0), "nuemu": (0.0, E, MU), "mumu": (MU, MU)}
CTAU = np.geomspace(0.4, 40, 3)
BEGIN, END, WALL = 10.0, 40.0, 45.0

SQUARE = Aperture(WALL, shapely.box(-HALF, -HALF, HALF, HALF))
BOTH = Requirement((SQUARE,), hits=2, energy=(1.0, np.inf))


def neutrino_left(p):
    """|M|^2 of N -> nu mu mu by charged currents, up to a factor: (p_N . p_mu+)(p_nu . p_mu-), for N at rest."""
    return p[:, 2, 0] * (p[:, 0, 0] * p[:, 1, 0] - (p[:, 0, 1:] * p[:, 1, 1:]).sum(axis=1))


class Straight(Detector):
    name = "straight"
    title = "A tube and a wall"

    def __init__(self):
        searches = [Search("decays", "decays", "inside", "tube", products=Apertures({}, BOTH))]
        super().__init__(Secondaries({"B+": (1.0, Toy())}), {"tube": Revolved.tube((BEGIN, END), (0, 5))}, searches)


class Toy(Spectrum):
    def momentum(self, u):
        return 20 + 40 * u

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


STRAIGHT = Straight()


def random_rotations(rng, n):
    """Rotations (n, 3, 3) of random quaternions."""
    a, b, c, d = (q := rng.normal(size=(4, n))) / np.linalg.norm(q, axis=0)
    return np.stack(
        [
            np.stack([1 - 2 * (c * c + d * d), 2 * (b * c - a * d), 2 * (b * d + a * c)], axis=1),
            np.stack([2 * (b * c + a * d), 1 - 2 * (b * b + d * d), 2 * (c * d - a * b)], axis=1),
            np.stack([2 * (b * d - a * c), 2 * (c * d + a * b), 1 - 2 * (b * b + c * c)], axis=1),
        ],
        axis=1,
    )


def at_rest(rng, masses, n):
    """Four-momenta of three products, evenly in the Dalitz plot: energies inside its border, by rejection."""
    m1, m2, m3 = masses
    found = []
    while sum(map(len, found)) < n:
        e1 = rng.uniform(m1, (MASS**2 + m1**2 - (m2 + m3) ** 2) / (2 * MASS), n)
        e2 = rng.uniform(m2, (MASS**2 + m2**2 - (m1 + m3) ** 2) / (2 * MASS), n)
        e3 = MASS - e1 - e2
        p1, p2, p3 = (np.sqrt(np.maximum(e**2 - m**2, 0)) for e, m in ((e1, m1), (e2, m2), (e3, m3)))
        good = (e3 > m3) & (np.abs(p1 - p2) < p3) & (p3 < p1 + p2)
        e1, e2, e3, p1, p2, p3 = (x[good] for x in (e1, e2, e3, p1, p2, p3))
        cosine = (p3**2 - p1**2 - p2**2) / (2 * p1 * p2)
        zero = np.zeros_like(p1)
        one = np.stack([p1, zero, zero], axis=1)
        two = np.stack([p2 * cosine, p2 * np.sqrt(np.maximum(1 - cosine**2, 0)), zero], axis=1)
        momenta = np.stack([one, two, -one - two], axis=1)
        turned = np.einsum("nij,nkj->nki", random_rotations(rng, len(p1)), momenta)
        found.append(np.concatenate([np.stack([e1, e2, e3], axis=1)[:, :, None], turned], axis=2))
    return np.concatenate(found)[:n]


def two_at_rest(rng, mass, n):
    c, phi = rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n)
    s, p = np.sqrt(1 - c**2), np.sqrt(MASS**2 / 4 - mass**2)
    one = p * np.stack([s * np.cos(phi), s * np.sin(phi), c], axis=1)
    energy = np.full((n, 2, 1), MASS / 2)
    return np.concatenate([energy, np.stack([one, -one], axis=1)], axis=2)


def hits(p, z):
    """How many of the products cross the square; p is (n, products, 4) in the lab."""
    with np.errstate(divide="ignore"):
        x, y = (p[:, :, i] / p[:, :, 3] * (WALL - z[:, None]) for i in (1, 2))
    return ((np.abs(x) < HALF) & (np.abs(y) < HALF) & (p[:, :, 3] > 0)).astype(int) * (1 + (p[:, :, 0] < 1.0))


def brute_force(state, ctau, n=300_000, element=None, momentum=MOMENTUM):
    """Probability to decay inside with the seen products on the square, and its error."""
    rng = np.random.default_rng(20220106)
    length = ctau * momentum / MASS
    first, last = np.exp(-BEGIN / length), np.exp(-END / length)
    z = -length * np.log(first - (first - last) * rng.uniform(size=n))
    rest = two_at_rest(rng, MU, n) if state == "mumu" else at_rest(rng, PRODUCTS[state], n)
    weight = np.ones(n) if element is None else element(rest)
    energy = np.hypot(momentum, MASS)
    lab = rest.copy()
    lab[:, :, 0] = (energy * rest[:, :, 0] + momentum * rest[:, :, 3]) / MASS
    lab[:, :, 3] = (energy * rest[:, :, 3] + momentum * rest[:, :, 0]) / MASS
    visible = lab[:, 1:] if state.startswith("nu") else lab
    each = hits(visible, z)
    # two that hit, and none of those with less than 1 GeV
    seen = ((each > 0).sum(axis=1) >= 2) & (each < 2).all(axis=1)
    share = (weight @ seen) / weight.sum()
    error = np.sqrt(weight**2 @ (seen - share) ** 2) / weight.sum()
    return (first - last) * share, (first - last) * error


def straight_flights(n=8192):
    return Flights(np.zeros(3), np.tile([0.0, 0.0, MOMENTUM], (n, 1)), MASS)


def of_the_package(products, state):
    search = Search("decays", "decays", "inside", "tube", products=products)
    return STRAIGHT.acceptance(search, straight_flights(), state).mean_and_error(CTAU)


@pytest.mark.parametrize("state", PRODUCTS)
def test_share_that_is_seen_agrees_with_brute_force(state):
    mean, error = of_the_package(Apertures({}, BOTH), state)
    for i, ctau in enumerate(CTAU):
        expected, statistical = brute_force(state, ctau)
        assert (
            0.02 < expected / (np.exp(-BEGIN * MASS / MOMENTUM / ctau) - np.exp(-END * MASS / MOMENTUM / ctau)) < 0.98
        )
        assert error[i] < 0.05 * mean[i]
        assert abs(mean[i] - expected) < 3.5 * np.hypot(error[i], statistical), (mean[i], expected)


def test_matrix_elements_agree_with_brute_force():
    mean, error = of_the_package(
        DecayMixture(Apertures({}, BOTH), {"numumu": 1.0}, {"numumu": neutrino_left}), "numumu"
    )
    plain = of_the_package(Apertures({}, BOTH), "numumu")[0]
    for i, ctau in enumerate(CTAU):
        expected, statistical = brute_force("numumu", ctau, element=neutrino_left)
        assert abs(mean[i] - expected) < 3.5 * np.hypot(error[i], statistical)
    # and it matters
    assert (np.abs(mean - plain) > 5 * error).any()


def test_mixtures_of_two_and_three_products_agree_with_brute_force():
    shares = {"mumu": 0.3, "numumu": 0.5, "pipipi0": 0.1}
    mixture = DecayMixture(Apertures({}, BOTH), shares, {"numumu": neutrino_left})
    mean, error = of_the_package(mixture, "mumu")
    for i, ctau in enumerate(CTAU):
        found = [brute_force(s, ctau, element=neutrino_left if s == "numumu" else None) for s in shares]
        expected = sum(share * one[0] for share, one in zip(shares.values(), found, strict=True))
        statistical = np.sqrt(sum((share * one[1]) ** 2 for share, one in zip(shares.values(), found, strict=True)))
        assert abs(mean[i] - expected) < 3.5 * np.hypot(error[i], statistical)


class Everything(DecaySelection):
    """Sees all, and remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def _accepts(self, point, momenta, names):
        self.asked.append((point, momenta, names))
        return np.ones(len(point))


@pytest.mark.parametrize("state", PRODUCTS)
def test_what_sees_everything_loses_nothing(state):
    everything = Everything()
    mean, error = of_the_package(everything, state)
    expected = np.exp(-BEGIN * MASS / MOMENTUM / CTAU) - np.exp(-END * MASS / MOMENTUM / CTAU)
    assert (np.abs(mean - expected) < 4 * error + 3e-3 * expected).all()
    point, momenta, names = everything.asked[0]
    assert len(names) == len(momenta) == len(PRODUCTS[state])
    energy = sum(np.sqrt((p**2).sum(axis=1) + m**2) for p, m in zip(momenta, PRODUCTS[state], strict=True))
    np.testing.assert_allclose(energy, np.hypot(MOMENTUM, MASS), rtol=1e-9)
    np.testing.assert_allclose(sum(momenta), np.tile([0, 0, MOMENTUM], (len(point), 1)), atol=1e-6)
    assert ((point[:, 2] >= BEGIN) & (point[:, 2] <= END)).all()


def test_neutrinos_do_not_hit():
    one = Requirement((SQUARE,), hits=3)
    mean, _ = of_the_package(Apertures({}, one), "numumu")
    assert (mean == 0).all()
    assert (of_the_package(Apertures({}, one), "pipipi0")[0] > 0).all()


def test_requirements_of_states_that_are_not_named():
    only = Apertures({"mumu": BOTH})
    assert (of_the_package(only, "numumu")[0] == 0).all()
    assert (of_the_package(only, "mumu")[0] > 0).all()
    with pytest.raises(DetectorError, match=r"requirements\['mumuu'\].*did you mean .*mumu"):
        Apertures({"mumuu": BOTH})
    with pytest.raises(DetectorError, match=r"requirements\['hadrons'\]: its products are not known one by one"):
        Apertures({"hadrons": BOTH})


class Neutrino(Model):
    """Decays to nu mu mu with a matrix element, to two muons, and to what nobody knows."""

    name = "neutrino"
    title = "A heavy neutrino"
    coupling_name = "U2"
    coupling_range = (1e-3, 1.0)
    mass_range = (0.3, 4.0)
    width_power = 1
    production_power = 1

    def _partial_widths(self, mass):
        shares = {"numumu": 0.5, "mumu": 0.2, "hadrons": 0.3}
        return {state: np.full(mass.shape, share * 1.973269804e-16) for state, share in shares.items()}

    def processes(self):
        return (TwoBodyDecay("B+", "mu+"),)

    def _production(self, process, mass):
        return np.ones(mass.shape)

    def _matrix_element(self, state):
        return neutrino_left if state == "numumu" else None


class WithoutPower(Neutrino):
    width_power = None

    def _widths_at(self, mass, coupling):
        return {state: width * coupling for state, width in self._partial_widths(mass).items()}


def test_events_take_the_matrix_element_of_the_model():
    couplings = 1 / CTAU[1:]
    search = STRAIGHT.search("decays")
    for model in (Neutrino(), WithoutPower()):
        events, error = events_of_pair(STRAIGHT, search, model, MASS, couplings, n=4096)
        flights = STRAIGHT.flights_from(TwoBodyDecay("B+", "mu+"), MASS, search=search, n=2**14, seed=9)
        expected, variance = np.zeros((2, 2))
        for state, share in (("numumu", 0.5), ("mumu", 0.2)):
            elements = {"numumu": neutrino_left} if state == "numumu" else {}
            alone = Search("x", "x", "inside", "tube", products=DecayMixture(search.products, {state: 1.0}, elements))
            mean, deviation = STRAIGHT.acceptance(alone, flights, state).mean_and_error(1 / couplings)
            expected += couplings * share * mean
            variance += (couplings * share * deviation) ** 2
        assert (error < 0.1 * events).all()
        assert (np.abs(events - expected) < 4 * np.sqrt(error**2 + variance)).all()
