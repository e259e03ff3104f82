"""What must fly beside a long-lived particle: single photons, tagged kaons, and published limits that ask for them."""

import numpy as np
import pytest

from farflung.detectors import BelleII, Beside, Detector, DetectorError, MassTable, PublishedLimit, Search, Secondaries
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import ALPPhoton, Flights, FreeParticle, Model, Recoil, Spectrum, ThreeBodyDecay, TwoBodyDecay
from farflung.scenarios import branching_ratio_limit, events_of_pair

BELLE2 = BelleII(50)
PHOTON = BELLE2.source.photon_associated
BARREL = (32.2, 128.7)


def single_photon(decays="outside", **options):
    beside = Beside("gamma", polar_degrees=BARREL, **options)
    solid = BELLE2.search("invisible" if decays == "outside" else "displaced").solid
    return Search("photon", "single photon", decays, solid, processes=(PHOTON,), beside=(beside,))


def share_in_barrel(mass, lowest=0.0, highest=np.inf):
    """The integral of 3/8 (1 + cos^2) over photons that are boosted into the barrel, on a grid.

    Beams of 7.004 and 4.002 GeV, both at 41.5 mrad from the z axis towards +x (arXiv:2201.06580).
    """
    electron = 7.004 * np.array([np.sin(0.0415), 0, np.cos(0.0415)])
    positron = 4.002 * np.array([np.sin(0.0415), 0, -np.cos(0.0415)])
    total = electron + positron
    s = 11.006**2 - total @ total
    gamma, beta_gamma = 11.006 / np.sqrt(s), total / np.sqrt(s)

    def carried(energy, momentum, sign=1):
        along = momentum @ (sign * beta_gamma)
        return momentum + np.multiply.outer(along / (gamma + 1) + energy, sign * beta_gamma)

    axis = carried(7.004, electron, -1)
    axis = axis / np.linalg.norm(axis)
    other = np.cross(axis, [0, 1.0, 0])
    other /= np.linalg.norm(other)
    n = 1500
    cosine = np.linspace(-1, 1, 2 * n + 1)[1::2]
    phi = 2 * np.pi * (np.arange(n) + 0.5) / n
    c, f = (grid.ravel() for grid in np.meshgrid(cosine, phi))
    sine = np.sqrt(1 - c**2)
    third = np.cross(axis, other)
    direction = np.outer(c, axis) + np.outer(sine * np.cos(f), other) + np.outer(sine * np.sin(f), third)
    energy = (s - mass**2) / (2 * np.sqrt(s))
    lab = carried(energy, energy * direction)
    p = np.linalg.norm(lab, axis=1)
    angle = np.degrees(np.arccos(lab[:, 2] / p))
    inside = (angle > BARREL[0]) & (angle < BARREL[1]) & (p > lowest) & (p < highest)
    weight = 1 + c**2
    return weight[inside].sum() / weight.sum()


@pytest.mark.parametrize("mass", [0.1, 5.0, 10.0])
@pytest.mark.parametrize("momentum", [(0.0, np.inf), (0.25, np.inf), (4.0, 6.0), (0.5, 1.0)])
def test_photons_in_the_barrel(mass, momentum):
    flights = BELLE2.flights(ALPPhoton(), mass, process=PHOTON, n=2**16)
    selected = single_photon(momentum=momentum).selected(flights)
    assert len(selected) == len(flights)
    assert selected.weight.sum() == pytest.approx(share_in_barrel(mass, *momentum), abs=2e-3)


def test_an_efficiency_to_find_the_photon_multiplies():
    flights = BELLE2.flights(ALPPhoton(), 1.0, process=PHOTON)
    whole, half = (single_photon(efficiency=e).selected(flights).weight.sum() for e in (1.0, 0.5))
    assert half == pytest.approx(0.5 * whole)
    tabled = single_photon(momentum=(MassTable((0.5, 1.5), (0.0, 8.0), "nobody"), np.inf))
    assert tabled.selected(flights).weight.sum() == pytest.approx(share_in_barrel(1.0, 4.0), abs=5e-3)


def test_single_photons_at_lifetimes_that_leave_nothing_to_chance():
    # what lives for ever is missed; what decays at once is not
    flights = BELLE2.flights(ALPPhoton(), 1.0, process=PHOTON, search=single_photon())
    acceptance = BELLE2.acceptance(single_photon(), flights)
    assert acceptance(np.inf) == pytest.approx(share_in_barrel(1.0), abs=5e-3)
    assert acceptance(0.0) == pytest.approx(0.0, abs=1e-12)
    # decays inside and outside are all that are tagged
    inside = Search("seen", "seen", "inside", single_photon().solid, processes=(PHOTON,), beside=single_photon().beside)
    ctau = np.geomspace(1e-3, 10, 5)
    both = BELLE2.acceptance(inside, flights)(ctau) + acceptance(ctau)
    np.testing.assert_allclose(both, single_photon().selected(flights).weight.sum())


def test_number_of_single_photons():
    # the photon's coupling is 1 TeV^-1 or so: c tau of metres at 0.1 GeV; events are luminosity x cross-section x share
    model, mass, couplings = ALPPhoton(), 0.1, np.array([1e-9, 1e-8])
    events, _ = events_of_pair(BELLE2, single_photon(), model, mass, couplings)
    made = 5e7 * PHOTON.cross_section(mass, model.photon_coupling(couplings))
    np.testing.assert_allclose(events, made * share_in_barrel(mass), rtol=5e-3)


class Toy(Spectrum):
    def momentum(self, u):
        return 10 + 80 * u

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


B_TO_K = TwoBodyDecay("B+", "K+")
TAG = Beside("K+", momentum=(15.0, 40.0), polar_degrees=(0.5, 5.0), efficiency=0.8)
FLAT = MassTable((0.1, 4.0), (2e-8, 2e-8), "nobody")


class Tagging(Detector):
    name = "tagging"
    title = "A box with a spectrometer"

    def __init__(self):
        box = ConvexPolyhedron.box((-2, 2), (-2, 2), (5, 30))
        common = {"solid": "box", "processes": (B_TO_K,)}
        published = {"limit": FLAT, "beside": (TAG,)} | common
        searches = [
            Search("missed", "tagged, missed", "outside", **common, beside=(TAG,)),
            Search("seen", "tagged, seen", "inside", **common, beside=(TAG,)),
            Search("all", "not tagged", "inside", **common),
            PublishedLimit(name="limit-missed", title="limit", decays="outside", **published),
            PublishedLimit(name="limit-seen", title="limit", decays="inside", **published),
        ]
        super().__init__(Secondaries({"B+": (1e9, Toy())}), {"box": box}, searches)


TAGGING = Tagging()
MASS = 1.0
CTAU = np.geomspace(0.03, 30, 4)


@pytest.fixture(scope="module")
def brute_force():
    """Momenta of particles, and the chance that their kaons are found."""
    rng, n = np.random.default_rng(20220106), 1_000_000
    p = 10 + 80 * rng.uniform(size=n)
    width, u = 1 / (2 * p**2), rng.uniform(size=n)
    versine = width * u / (1 + width / 2 - u)
    sine, phi = np.sqrt(versine * (2 - versine)), rng.uniform(0, 2 * np.pi, n)
    beauty = p[:, None] * np.column_stack([sine * np.cos(phi), sine * np.sin(phi), 1 - versine])
    m_b, m_k = 5.27941, 0.493677
    energy = (m_b**2 + MASS**2 - m_k**2) / (2 * m_b)
    c, f = rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n)
    s = np.sqrt(1 - c**2)
    rest = np.sqrt(energy**2 - MASS**2) * np.column_stack([s * np.cos(f), s * np.sin(f), c])
    boost = (rest * beauty).sum(axis=1) / (np.sqrt(p**2 + m_b**2) + m_b) + energy
    particle = rest + (boost / m_b)[:, None] * beauty
    kaon = beauty - particle
    p_k = np.linalg.norm(kaon, axis=1)
    angle = np.degrees(np.arccos(kaon[:, 2] / p_k))
    return particle, 0.8 * ((p_k > 15) & (p_k < 40) & (angle > 0.5) & (angle < 5))


def inside_box(particle, ctau):
    p = np.linalg.norm(particle, axis=1)
    low, high = (np.array(corner) / (particle / p[:, None]) for corner in ((-2, -2, 5), (2, 2, 30)))
    first, last = np.maximum(np.minimum(low, high).max(axis=1), 0), np.maximum(low, high).min(axis=1)
    length = ctau * p / MASS
    return np.where(last > first, np.exp(-first / length) - np.exp(-np.maximum(first, last) / length), 0)


@pytest.mark.parametrize("ctau", CTAU)
def test_tagged_decays_agree_with_brute_force(brute_force, ctau):
    particle, found = brute_force
    inside = inside_box(particle, ctau)
    for name, chance in (("seen", found * inside), ("missed", found * (1 - inside))):
        search = TAGGING.search(name)
        flights = TAGGING.flights_from(B_TO_K, MASS, search=search, n=2**14)
        mean, error = TAGGING.acceptance(search, flights).mean_and_error(ctau)
        expected = chance.mean()
        assert error < 0.05 * mean
        assert abs(mean - expected) < 3 * np.hypot(error, chance.std() / np.sqrt(len(chance))), name


@pytest.mark.parametrize("ctau", CTAU)
def test_published_limits_are_on_tagged_events(brute_force, ctau):
    particle, found = brute_force
    inside = inside_box(particle, ctau)
    tagged = found > 0
    for name, chance in (("limit-seen", inside[tagged]), ("limit-missed", 1 - inside[tagged])):
        # of the events with a kaon, the share in which the particle decays in the right place; the kaon's own
        # efficiency is in the limit
        limit = branching_ratio_limit(TAGGING, name, MASS, ctau, n=2**14)
        expected = 2e-8 / chance.mean()
        flights = TAGGING.flights_from(B_TO_K, MASS, search=name, n=2**14)
        mean, error = TAGGING.acceptance(name, flights).mean_and_error(ctau)
        assert limit == pytest.approx(2e-8 / mean)
        relative = np.hypot(error / mean, chance.std() / chance.mean() / np.sqrt(len(chance)))
        assert abs(limit / expected - 1) < 3 * relative, name


def test_invisible_decays_are_tagged_too(brute_force):
    particle, found = brute_force
    model = FreeParticle(B_TO_K, "mumu", invisible_branching_ratio=0.4)
    for name, scale in (("missed", 1e9 * found.mean()), ("limit-missed", 1 / 2e-8)):
        events, error = events_of_pair(TAGGING, TAGGING.search(name), model, MASS, 0.6 / CTAU[::-1], n=2**14)
        for i, coupling in enumerate(0.6 / CTAU[::-1]):
            # c tau is 1/coupling of the visible decays, and 0.6 of that with the others
            inside = (found * inside_box(particle, 0.6 / coupling)).mean() / found.mean()
            expected = scale * (0.6 * (1 - inside) + 0.4)
            assert abs(events[i] - expected) < 4 * error[i] + 0.02 * expected
    # nothing invisible is seen inside
    seen = events_of_pair(TAGGING, TAGGING.search("seen"), model, MASS, [0.6 / CTAU[1]], n=2**14)[0]
    expected = 0.6 * 1e9 * (found * inside_box(particle, CTAU[1])).mean()
    assert seen == pytest.approx(expected, rel=0.1)


def test_a_tag_takes_away_and_adds_nothing():
    model = FreeParticle(B_TO_K, "mumu")
    tagged, plain = (
        events_of_pair(TAGGING, TAGGING.search(s), model, MASS, 1 / CTAU, n=4096)[0] for s in ("seen", "all")
    )
    assert (tagged < plain).all()
    assert (tagged > 0).all()
    # everywhere and always: nothing is lost
    open_ = Search("open", "open", "inside", "box", processes=(B_TO_K,), beside=(Beside("K+"),))
    np.testing.assert_allclose(events_of_pair(TAGGING, open_, model, MASS, 1 / CTAU, n=4096)[0], plain)


def test_either_of_two_particles_may_be_found():
    rng = np.random.default_rng(1)
    one, two = rng.normal(size=(2, 1000, 3))
    flights = Flights(np.zeros(3), np.ones((1000, 3)), 1.0, recoil=(Recoil("pi+", one), Recoil("pi+", two)))
    found = Beside("pi+", momentum=(1.0, 2.0)).chance(flights)
    lengths = np.linalg.norm([one, two], axis=2)
    np.testing.assert_array_equal(found, ((lengths > 1) & (lengths < 2)).any(axis=0))
    both = Search("s", "s", "inside", "box", beside=(Beside("pi+"), Beside("K+")))
    with pytest.raises(DetectorError, match=r"beside = 'K\+' does not fly beside these particles; there is pi\+, pi\+"):
        both.selected(flights)


def test_flights_from_elsewhere_are_taken_as_selected():
    flights = Flights(np.zeros(3), np.ones((10, 3)), 1.0)
    assert TAGGING.search("seen").selected(flights) is flights
    with pytest.raises(DetectorError, match="there is nothing that is known"):
        TAG.chance(flights)


class Two(Model):
    """A model with a decay beside one kaon and one beside two particles."""

    name = "two"
    title = "Two decays"
    coupling_name = "c"
    coupling_range = (1e-3, 1.0)
    mass_range = (0.01, 4.0)

    def _partial_widths(self, mass):
        return {"mumu": np.full(mass.shape, 1.973269804e-16)}

    def processes(self):
        return (B_TO_K, ThreeBodyDecay("B+", "K+", "pi0"))

    def _production(self, process, mass):
        return np.full(mass.shape, 1e-6)


def test_processes_with_other_things_beside_are_selected_each_for_itself():
    found = {}
    for chosen in (Two().processes(), *((process,) for process in Two().processes())):
        search = Search("tagged", "tagged", "inside", "box", processes=chosen, beside=(TAG,))
        found[chosen] = events_of_pair(TAGGING, search, Two(), MASS, [1.0], n=2**16, sampling="random")
    (both, both_error), (one, one_error), (two, two_error) = found.values()
    assert min(one, two) > 20 * max(one_error, two_error)
    assert abs(both - one - two) < 4 * np.sqrt(both_error**2 + one_error**2 + two_error**2)
