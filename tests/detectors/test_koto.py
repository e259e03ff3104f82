"""KOTO, KLEVER and beams of neutral kaons, beside a Monte Carlo of their own and what is published of them."""

import numpy as np
import pytest

from farflung.detectors import KLEVER, KOTO, DetectorError, KaonBeam, MomentumTable
from farflung.detectors.experiments import koto as numbers
from farflung.lpp import ALPFermion, ALPWeak, DarkScalar
from farflung.lpp import standard_model as sm
from farflung.scenarios import compare, events_of_pair

KAON, PION, LENGTH = 0.497611, 0.134977, 15.34  # masses [GeV] and c tau [m] of K_L, Particle Data Group


class Events:
    """K_L -> pi0 X between 24.0 and 25.7 m from the target, with photons of the pi0 and of a prompt X -> gamma gamma.

    Plain random numbers and Lorentz transformations; nothing is shared with the package.
    """

    def __init__(self, mass: float, n: int = 100_000) -> None:
        self.mass, self.random = mass, np.random.default_rng(5)
        grid = np.linspace(0.05, 8, 4000)
        width = 0.8102 * (1 - (-0.3014 + 0.01709 * grid) * (grid - 1.42))
        beam = np.exp(-(((grid - 1.42) / width) ** 2) / 2)
        length = grid / KAON * LENGTH
        decaying = beam * (np.exp(-4.0 / length) - np.exp(-5.7 / length))
        self.share = decaying.sum() / beam.sum()
        p = np.interp(self.random.random(n), np.cumsum(decaying) / decaying.sum(), grid)
        lost = 1 - np.exp(-1.7 / (p / KAON * LENGTH))
        self.z = 24.0 - p / KAON * LENGTH * np.log1p(-self.random.random(n) * lost)
        self.kaon = np.stack([0 * p, 0 * p, p], axis=1)
        self.pion, self.x = self._pair(self.kaon, KAON, PION, mass)
        self.photons = [*self._pair(self.pion, PION, 0, 0), *self._pair(self.x, mass, 0, 0)]

    def _pair(self, parent, total, first, second):
        """Momenta of two products of a parent, all directions alike at its rest."""
        n = len(parent)
        momentum = np.sqrt((total**2 - (first + second) ** 2) * (total**2 - (first - second) ** 2)) / (2 * total)
        cosine, phi = 2 * self.random.random(n) - 1, 2 * np.pi * self.random.random(n)
        sine = np.sqrt(1 - cosine**2)
        rest = momentum * np.stack([sine * np.cos(phi), sine * np.sin(phi), cosine], axis=1)
        found = []
        for sign, mass in ((1, first), (-1, second)):
            boost = parent / total
            gamma = np.sqrt(1 + (boost**2).sum(axis=1))
            along = sign * (rest * boost).sum(axis=1) / (gamma + 1) + np.hypot(momentum, mass)
            found.append(sign * rest + boost * along[:, None])
        return found

    def on_crystals(self, which, apart):
        """Whether these photons hit the calorimeter at 27 m above 0.1 GeV, all pairs this far [m] from each other."""
        good, places = np.ones(len(self.z), dtype=bool), []
        for photon in (self.photons[i] for i in which):
            place = photon[:, :2] * ((27.0 - self.z) / photon[:, 2])[:, None]
            good &= (photon[:, 2] > 0) & (np.linalg.norm(photon, axis=1) > 0.1)
            good &= (np.hypot(*place.T) < 0.85) & (np.abs(place).max(axis=1) > 0.15)
            places.append(place)
        for i, first in enumerate(places):
            for second in places[:i]:
                good &= np.hypot(*(first - second).T) > apart
        return good

    def selected(self):
        """Whether the pi0 has the energy and the transverse momentum that the search with nothing else asks for."""
        across = np.hypot(*self.pion[:, :2].T)
        energy = np.sqrt((self.pion**2).sum(axis=1) + PION**2)
        return (energy > 0.65) & (across > 0.13) & (across < 0.25)

    def survival(self, ctau):
        """Share of selected events whose X leaves a cylinder from 21 to 27.5 m with a radius of 1 m."""
        x, z = self.x[self.selected()], self.z[self.selected()]
        p = np.linalg.norm(x, axis=1)
        ends = np.where(x[:, 2] > 0, 27.5 - z, 21.0 - z) / x[:, 2]
        side = 1.0 / np.hypot(*x[:, :2].T)
        return np.exp(-np.minimum(ends, side) * self.mass / ctau).mean() if len(p) else np.nan


@pytest.fixture(scope="module")
def events():
    return {mass: Events(mass) for mass in (0.05, 0.2)}


@pytest.mark.parametrize("mass", [0.05, 0.2])
def test_what_escapes_is_that_of_another_monte_carlo(mass, events):
    koto = KOTO()
    assert koto.source.decays == pytest.approx(4.183e7 / 2e14 * 2.2e19 * events[mass].share, rel=2e-3)
    search = koto.search("invisible")
    found = koto.acceptance(search, koto.flights_from("K(L)0 -> pi0", mass))
    for ctau in (0.03 * mass / 0.05, 0.3, 10.0):
        assert float(found(ctau)) == pytest.approx(events[mass].survival(ctau), rel=0.06)


def test_published_limits_have_the_shape_of_the_acceptance(events):
    """The share of events that they stand for, over that of a pi0 whose photons both hit, is the same at all masses."""
    kept = []
    for mass, drawn in events.items():
        seen = drawn.selected() & drawn.on_crystals((0, 1), 0.3)
        kept.append(2.303 / (float(numbers.LIMIT(mass)) * KOTO().source.decays) / seen.mean())
    assert kept == pytest.approx([0.040, 0.040], rel=0.05)


def test_four_photons_hit_as_often_as_the_table_says(events):
    for mass, drawn in events.items():
        pair, four = drawn.on_crystals((2, 3), 0.15), drawn.on_crystals((0, 1, 2, 3), 0.15)
        assert four.mean() == pytest.approx(np.interp(mass, numbers._PHOTONS, numbers._ALL_FOUR), rel=0.05)
        ratio = four.sum() / pair.sum()
        assert ratio == pytest.approx(np.interp(mass, numbers._PHOTONS, numbers._SECOND_PAIR), rel=0.05)
        koto = KOTO("full")
        flights = koto.flights_from("K(L)0 -> pi0", mass, n=32768)
        assert float(koto.acceptance("diphoton", flights)(1e-6)) == pytest.approx(pair.mean(), rel=0.05)


def test_results_are_told_apart_from_projections():
    assert KOTO().title == "KOTO"
    assert KOTO().search("invisible").is_result
    for detector in (KOTO("full"), KOTO("koto2"), KLEVER()):
        assert "projection" in detector.title
        assert not any(search.is_result for search in detector.searches.values())
    with pytest.raises(DetectorError, match="stage = 'step' must be one of result, full, koto2"):
        KOTO("step")


def test_the_full_data_are_worth_their_protons():
    """And for their background, 1.15 events: 3.89 are the upper limit at 90 % if one is seen, 2.30 if none is."""
    model, mass = ALPWeak(), 0.05
    smallest = [compare([detector], model, [mass]).intervals()[0].low for detector in (KOTO(), KOTO("full"))]
    background = KOTO("full").search("invisible").background
    assert background == pytest.approx(0.252 * 9.33e-10 / (1.3e-9 * 2.2e19 / 1.4e20), rel=1e-6)
    assert (smallest[0] / smallest[1]) ** 2 == pytest.approx(1.4e20 / 2.2e19 * 2.303 / (3.890 - background), rel=0.03)


@pytest.mark.parametrize(("detector", "single"), [(KOTO("koto2"), 8.5e-13), (KLEVER(), 5e-13)])
def test_projections_have_the_sensitivity_to_single_events(detector, single):
    search = detector.search("invisible")
    assert 1 / (detector.source.decays * search.efficiency) == pytest.approx(single, rel=1e-6)
    assert 0.01 < search.efficiency < 0.15


def test_the_beam_of_klever_is_what_is_remembered():
    kaons = KLEVER().source
    assert kaons.momentum == pytest.approx(40, rel=0.1)
    assert kaons.momenta.mean() == pytest.approx(27, rel=0.15)
    assert kaons.decays / (2.1e-5 * 5e19) == pytest.approx(0.04, rel=0.15)


def test_many_flights_see_what_few_see(events):
    """With one decay for each of many flights, decays must not go with the flights that they belong to."""
    koto, pair = KOTO("full"), events[0.2].on_crystals((2, 3), 0.15).mean()
    for seed in (1, 3):
        many = koto.flights_from("K(L)0 -> pi0", 0.2, n=2**17, seed=seed)
        assert float(koto.acceptance("diphoton", many)(1e-6)) == pytest.approx(pair, rel=0.06)


def test_heavy_particles_are_not_excluded():
    # above 0.3 GeV no pi0 has the transverse momentum that is asked for
    assert KOTO().search("invisible").selected(KOTO().flights_from("K(L)0 -> pi0", 0.35)).weight.sum() == 0
    assert compare([KOTO()], ALPWeak(), [0.1, 0.35]).intervals()[-1].mass == 0.1


@pytest.mark.parametrize(("model", "over"), [(ALPFermion(), 1.2e3), (ALPWeak(), 1.2), (DarkScalar(), 1e-2)])
def test_every_model_has_k_long(model, over):
    # CP, Grossman and Nir, hep-ph/9701313: the ALP's K_L -> pi0 a is below 4.3 times K+ -> pi+ a, and smaller by Im^2
    events = events_of_pair(KOTO("full"), "invisible", model, 0.05, [over])
    assert np.isfinite(events).all()
    neutral, charged = (float(model.production(p, 0.05)) for p in ("K(L)0 -> pi0", "K+ -> pi+"))
    assert 0 < neutral < 4.4 * charged


def test_neutral_kaons_lose_their_slow_ones():
    table = MomentumTable((1.0, 2.0, 3.0), (1.0, 1.0, 1.0), "made up")
    beam = KaonBeam(table, (10.0, 20.0), kaon="K(L)0", kaons=1000.0, start=0.0)
    p = np.linspace(1, 3, 20001)
    length = p / KAON * LENGTH
    decaying = np.exp(-10 / length) - np.exp(-20 / length)
    assert beam.decays == pytest.approx(1000 * decaying.mean(), rel=1e-3)
    points = np.random.default_rng(2).random((40_000, 2))
    kaons = beam._parents("K(L)0", points)
    assert kaons.momentum[:, 2].mean() == pytest.approx((p * decaying).sum() / decaying.sum(), rel=5e-3)
    z = kaons.origin[:, 2]
    assert 10 <= z.min() < z.max() <= 20
    early = (np.exp(-10 / length) - np.exp(-15 / length)).sum() / decaying.sum()
    assert (z < 15).mean() == pytest.approx(early, abs=0.01)
    assert beam.decay_length == pytest.approx(2.0 / sm.mass("K(L)0") * LENGTH, rel=2e-3)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kaon": "K0"}, r"kaon = 'K0' of a beam must be one of K\+, K\(L\)0, K\(S\)0"),
        ({"kaons": 1.0, "decays": 2.0}, "decays = 2 and kaons = 1 of a kaon beam: give one of them"),
        ({"kaons": -1.0}, "kaons = -1 of a kaon beam is not positive"),
        ({"start": 2.0}, r"start = 2 m of a kaon beam must not lie behind region = \(0, 1\)"),
    ],
)
def test_bad_beams_are_refused(options, message):
    with pytest.raises(DetectorError, match=message):
        KaonBeam(75.0, (0, 1), **options)


@pytest.mark.parametrize(
    ("momentum", "value", "message"),
    [
        ((1.0,), (1.0,), "two numbers or more that increase"),
        ((2.0, 1.0), (1.0, 1.0), "two numbers or more that increase"),
        ((1.0, 2.0), (1.0,), "value has 1 numbers for the 2 of momentum"),
        ((1.0, 2.0), (0.0, 0.0), "must be finite, >= 0 and not all 0"),
        (((1.0, 2.0),), (1.0,), "momentum of a beam must be a list of numbers"),
    ],
)
def test_bad_momenta_are_refused(momentum, value, message):
    with pytest.raises(DetectorError, match=message):
        MomentumTable(momentum, value, "made up")
