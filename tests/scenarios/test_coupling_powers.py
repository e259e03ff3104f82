"""Any power of the coupling, or none: events against sums that are written here.

events(c) = sum over processes p and states s of N_p x B_p(c) x BR_s(c) x A_p(c tau(c)) x efficiency(p, s), with the
acceptance A_p of the same flights.
"""

import numpy as np
import pytest
import shapely

from farflung.detectors import Aperture, Apertures, Detector, Requirement, Search, Secondaries
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import Model, PhysicsError, Spectrum, TwoBodyDecay
from farflung.scenarios import compare, events_of_pair

HBAR_C = 1.973269804e-16  # GeV m
MASS = 0.5
COUPLINGS = np.geomspace(1e-3, 1.0, 7)
STATES = {"ee": 1.0, "mumu": 0.6, "pipi": 0.3}
NUMBER = {"B+": 3e9, "D0": 8e10}
# branching ratios at coupling 1
RATES = {"B+ -> K+": 0.2, "D0 -> pi0": 0.03}
SCALE = HBAR_C / 0.2  # width of a c tau of 20 cm


class Toy(Spectrum):
    def momentum(self, u):
        return 10.0 - 15.0 * np.log(1 - u * (1 - np.exp(-6)))

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


SQUARE = Requirement((Aperture(22.0, shapely.box(-1.5, -1.5, 1.5, 1.5)),), hits=2)


class Far(Detector):
    name = "far"
    title = "A box"
    references = ("nobody",)

    def __init__(self):
        searches = [
            Search("everything", "all decays", "inside", "box"),
            Search("pairs", "muons and pions", "inside", "box", final_states=("mumu", "pipi")),
            Search(
                "efficient",
                "with efficiencies",
                "inside",
                "box",
                efficiency={"ee": 0.5, "mumu": 0.25, "B+ -> K+": 0.9, "D0 -> pi0": 0.4},
            ),
            Search("seen", "products", "inside", "box", products=Apertures({}, SQUARE)),
            Search("missed", "not inside", "outside", "box"),
        ]
        box = ConvexPolyhedron.box((-1, 1), (-1, 1), (10, 20))
        super().__init__(
            Secondaries({name: (number, Toy()) for name, number in NUMBER.items()}), {"box": box}, searches
        )


FAR = Far()


class Powers(Model):
    """Widths and rates that are powers of the coupling."""

    name = "powers"
    title = "Any powers"
    coupling_name = "c"
    coupling_range = (1e-4, 1.0)
    mass_range = (0.01, 4.0)
    width_power = 2
    production_power = 2

    def _partial_widths(self, mass):
        return {state: np.full(mass.shape, SCALE * share) for state, share in STATES.items()}

    def processes(self):
        return (TwoBodyDecay("B+", "K+"), TwoBodyDecay("D0", "pi0"))

    def _production(self, process, mass):
        return np.full(mass.shape, RATES[str(process)])


class Both1(Powers):
    width_power = 1
    production_power = 1


class Decoupled(Powers):
    width_power = 0
    production_power = 2


class OnlyWidths(Powers):
    production_power = 0


class Said(Powers):
    """The same as `Powers`, but said as if it were no power."""

    width_power = None
    production_power = None

    def _widths_at(self, mass, coupling):
        return {state: SCALE * share * coupling**2 + 0 * mass for state, share in STATES.items()}

    def _production_at(self, process, mass, coupling):
        return RATES[str(process)] * coupling**2 + 0 * mass


class SaidWidths(Said):
    production_power = 2


class SaidRates(Said):
    width_power = 2


class Mixed(Said):
    """Widths g^2 + g^4, rates g^2/(1 + g)."""

    def _widths_at(self, mass, coupling):
        return {
            "ee": SCALE * coupling**2 + 0 * mass,
            "mumu": SCALE * (3 * coupling**4) + 0 * mass,
            "pipi": SCALE * (0.3 * coupling**2 + coupling**4) + 0 * mass,
        }

    def _production_at(self, process, mass, coupling):
        rate = RATES[str(process)]
        return rate * coupling**2 / (1 + coupling) if str(process)[0] == "B" else rate * coupling**4


def widths(model, c):
    if isinstance(model, Mixed):
        return {"ee": c**2, "mumu": 3 * c**4, "pipi": 0.3 * c**2 + c**4}
    power = 2 if model.width_power is None else model.width_power
    return {state: share * c**power for state, share in STATES.items()}


def rate(model, process, c):
    if isinstance(model, Mixed):
        return RATES[process] * (c**2 / (1 + c) if process[0] == "B" else c**4)
    return RATES[process] * c ** (2 if model.production_power is None else model.production_power)


EFFICIENCY = {"ee": 0.5, "mumu": 0.25, "pipi": 0.0, "B+ -> K+": 0.9, "D0 -> pi0": 0.4}


def by_hand(model, search):
    """Sum over processes, states and couplings, from acceptances of precise samples, and its error."""
    given = widths(model, COUPLINGS)
    total = sum(given.values())
    ctau = HBAR_C / (SCALE * total)
    events, variance = np.zeros((2, len(COUPLINGS)))
    for process in RATES:
        flights = FAR.flights_from(process, MASS, search=search, n=2**16, seed=77)
        made = NUMBER[process.split()[0]] * rate(model, process, COUPLINGS)
        error = np.zeros(len(COUPLINGS))
        for state, width in given.items():
            if search == "pairs" and state == "ee":
                continue
            share = made * width / total
            if search == "efficient":
                share = share * EFFICIENCY[state] * EFFICIENCY[process]
            acceptance = FAR.acceptance(search, flights, state)
            mean, deviation = acceptance.mean_and_error(ctau)
            events += share * mean
            error += share * deviation
        variance += error**2
    return events, np.sqrt(variance)


MODELS = [Powers(), Both1(), Decoupled(), OnlyWidths(), Said(), SaidWidths(), SaidRates(), Mixed()]


@pytest.mark.parametrize("search", ["everything", "pairs", "efficient", "seen", "missed"])
@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_events_are_the_sum(model, search):
    events, error = events_of_pair(FAR, FAR.search(search), model, MASS, COUPLINGS, n=8192)
    expected, expected_error = by_hand(model, search)
    assert events.shape == COUPLINGS.shape
    assert (expected > 0).all()
    assert (error < 0.1 * events).all()
    assert (np.abs(events - expected) < 4 * np.hypot(error, expected_error) + 1e-9 * expected).all()


@pytest.mark.parametrize("search", ["everything", "pairs", "efficient", "seen", "missed"])
@pytest.mark.parametrize("model", [Said(), SaidWidths(), SaidRates()], ids=lambda model: type(model).__name__)
def test_a_power_law_said_otherwise_is_the_same(model, search):
    events, error = events_of_pair(FAR, FAR.search(search), model, MASS, COUPLINGS, n=8192)
    known, known_error = events_of_pair(FAR, FAR.search(search), Powers(), MASS, COUPLINGS, n=8192)
    assert (np.abs(events - known) < 4 * np.hypot(error, known_error) + 1e-9 * known).all()
    # no error is much smaller, as if final states that share flights were independent
    assert (error > 0.4 * known_error).all()
    assert (error < 2.5 * known_error).all()
    assert (error > 0).all()


def test_final_states_share_the_error_of_their_flights():
    # of one process alone the same flights are drawn
    alone = FAR.search("everything").only_from(TwoBodyDecay("B+", "K+"))
    one, many = (events_of_pair(FAR, alone, model, MASS, COUPLINGS, n=4096) for model in (Powers(), Said()))
    np.testing.assert_allclose(many[0], one[0], rtol=1e-12)
    np.testing.assert_allclose(many[1], one[1], rtol=1e-12)


def test_scans_have_the_same_events():
    for model in (Both1(), Decoupled(), Mixed()):
        found = compare([FAR], model, [0.3, MASS, 1.5], COUPLINGS, n=4096)
        for search in ("everything", "efficient", "seen", "missed"):
            events = found.data["events"].sel(search=f"far:{search}", mass=MASS).values
            error = found.data["events_error"].sel(search=f"far:{search}", mass=MASS).values
            expected, expected_error = by_hand(model, search)
            assert (np.abs(events - expected) < 4 * np.hypot(error, expected_error) + 1e-9 * expected).all(), search
            direct, _ = events_of_pair(FAR, FAR.search(search), model, MASS, COUPLINGS, n=4096)
            np.testing.assert_allclose(events, direct, rtol=1e-12)


def test_lifetimes_and_ratios_follow_the_widths():
    for model in MODELS:
        given = widths(model, COUPLINGS)
        total = sum(given.values())
        np.testing.assert_allclose(model.ctau(MASS, COUPLINGS), HBAR_C / (SCALE * total), rtol=1e-6)
        for state, ratio in model.branching_ratios(MASS, COUPLINGS).items():
            np.testing.assert_allclose(ratio, np.resize(given[state] / total, ratio.shape), rtol=1e-12)
        made = FAR.source.produced(TwoBodyDecay("B+", "K+"), model, MASS, COUPLINGS)
        np.testing.assert_allclose(made, 3e9 * rate(model, "B+ -> K+", COUPLINGS))


def test_invisible_decays_of_a_model_that_is_no_power_law():
    model = Mixed(invisible_branching_ratio=0.3)
    given = widths(model, COUPLINGS)
    total = sum(given.values())
    np.testing.assert_allclose(model.ctau(MASS, COUPLINGS), 0.7 * HBAR_C / (SCALE * total), rtol=1e-6)
    np.testing.assert_allclose(model.branching_ratios(MASS, COUPLINGS)["invisible"], 0.3)


def test_a_model_without_its_hooks_says_which():
    class Nothing(Powers):
        width_power = None
        production_power = None

    with pytest.raises(NotImplementedError, match="Nothing has width_power = None, so it must write _widths_at"):
        Nothing().ctau(MASS, 0.1)
    with pytest.raises(NotImplementedError, match="production_power = None, so it must write _production_at"):
        Nothing().production("B+ -> K+", MASS, 0.1)

    class Wrong(Said):
        def _widths_at(self, mass, coupling):
            return {"ee": coupling[:1]}

    with pytest.raises(PhysicsError, match="must give one number for each mass"):
        Wrong().ctau(MASS, COUPLINGS)
