"""Background: the paper's, the package's own, and what cuts make of it."""

import numpy as np
import pytest

from farflung.detectors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy import (
    PAPER_BACKGROUND,
    Background,
    BackgroundRate,
    BackgroundSample,
    Collision,
    DecayTable,
    DetectorResponse,
    Observables,
    PairedBackground,
    Selection,
    SignalSimulation,
    merit,
    optimise,
    punzi,
    simulated_background,
)
from farflung.detectors.experiments.belle2_missing_energy.decay_sides import measure_decays
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import belle2_beams

ANY = (-np.inf, 0.0)
NO_LINES = {
    "pt_above_angle": ANY,
    "pt_above_mass_squared": ANY,
    "mass_squared_above_angle": ANY,
    "mass_squared_below_angle": (np.inf, 0.0),
}


@pytest.fixture(scope="module")
def samples():
    return [PairedBackground(parent).sample(10_000_000) for parent in ("B+", "B0")]


def test_the_papers_background():
    # 39 B+ B- and 28 B0 B0bar of 10 M each (section 4.2), at 0.5 and 50 ab^-1
    assert PAPER_BACKGROUND.events(0.5) == pytest.approx(1767)
    assert PAPER_BACKGROUND.events(50) == pytest.approx(176_700)
    assert PAPER_BACKGROUND.error(50) == pytest.approx(5e3 * np.hypot(0.54 * np.sqrt(39), 0.51 * np.sqrt(28)))
    assert [rate.share for rate in PAPER_BACKGROUND.rates.values()] == [39e-7, 28e-7]


def test_own_estimate_meets_paper_and_evtgen(samples):
    # of 10 M: paper 39 and 28 with Poisson errors; EvtGen R02-02 with Belle II's decays 48 +- 6 and 32 +- 4
    for sample, (paper, evtgen, error) in zip(samples, [(39, 48, 6), (28, 32, 4)], strict=True):
        rate = sample.rate(Selection())
        own, own_error = rate.share * 1e7, rate.error * 1e7
        assert own_error < 9
        assert own == pytest.approx(evtgen, abs=2.5 * np.hypot(error, own_error))
        assert own == pytest.approx(paper, abs=2.5 * np.hypot(np.sqrt(paper), own_error))


def test_pairing_meets_pairs_drawn_one_by_one():
    # every pair simulated, none chosen: a looser selection, since eq. 4.1 keeps 4 of a million
    loose = Selection(pt=(1.2, 9), angle_degrees=(100, 180), mass_squared=(20, 70), **NO_LINES)
    table, response, rng = DecayTable.stored("B+"), DetectorResponse(), np.random.default_rng(8)
    collision, n, kept, candidates = Collision(belle2_beams()), 100_000, 0, 0
    for _ in range(2):
        one, other = collision.b_pairs("B+", n, rng)
        sides = [measure_decays(table, rng.integers(len(table), size=n), b, response, rng) for b in (one, other)]
        events = Observables.of(sides[0].with_other(sides[1])[0], collision.beams)
        kept += np.count_nonzero(loose(events))
        candidates += np.count_nonzero(events.pt)
    share = kept / (2 * n)
    sample = PairedBackground("B+").sample(1_000_000)
    assert sample.weight.sum() == pytest.approx(candidates / (2 * n), rel=0.01)
    rate = sample.rate(loose)
    assert rate.share == pytest.approx(share, abs=4 * np.hypot(rate.error, np.sqrt(share / (2 * n))))
    assert rate.error < 0.1 * share


def test_hard_decays_and_decays_as_they_come_agree():
    # both can give kaons of more than 2.01 GeV; the one table was chosen from 2 M decays, the other not at all
    loose = Selection(pt=(2.02, 9), angle_degrees=(90, 180), mass_squared=(15, 90), **NO_LINES)
    for parent in ("B+", "B0"):
        chosen = PairedBackground(parent).sample(2_000_000, candidates_above=2.01).rate(loose)
        plain = (
            PairedBackground(parent, hard=DecayTable.stored(parent)).sample(60_000, candidates_above=2.01).rate(loose)
        )
        assert chosen.share == pytest.approx(plain.share, abs=4 * np.hypot(chosen.error, plain.error))
        assert chosen.error < 0.5 * plain.error


def test_error_says_how_much_estimates_scatter():
    loose = Selection(pt=(2.02, 9), mass_squared=(20, 70), **NO_LINES)
    decays, hard = DecayTable.stored("B0"), DecayTable.stored("B0 hard")
    partners = decays.chosen(np.arange(len(decays)) < 2000)
    parts = [hard.chosen(np.arange(len(hard)) % 8 == i) for i in range(8)]
    rates = [
        PairedBackground("B0", decays=partners, hard=part).sample(2_000_000, seed, 2.01).rate(loose)
        for seed, part in enumerate(parts)
    ]
    shares = np.array([rate.share for rate in rates])
    assert 0.4 * rates[0].error < shares.std(ddof=1) < 1.8 * rates[0].error


def test_rates_add_and_scale():
    first = BackgroundRate("a", 1.0, 1e-6, 1e-7, "test")
    second = BackgroundRate("b", 2.0, 1e-6, 2e-7, "test")
    both = Background([first]) + Background([second])
    assert both.events(1.0) == pytest.approx(3000)
    assert both.error(1.0) == pytest.approx(np.hypot(100, 400))
    assert "a: 10.0 +- 1.0 of 10 M" in repr(both)
    with pytest.raises(DetectorError, match="process = 'a' appears twice"):
        both + Background([first])
    with pytest.raises(DetectorError, match=r"share = 1.5 of a must lie between 0 and 1"):
        BackgroundRate("a", 1.0, 1.5, 0.0, "test")


def test_nothing_left_is_not_nothing_expected(samples):
    rate = samples[0].rate(lambda events: np.zeros(len(events), dtype=bool))
    assert rate.share == 0
    assert rate.error == samples[0].weight.max()


def test_simulated_background_is_the_rates_of_both_kinds(samples):
    background = simulated_background(Selection(), pairs=4_000_000)
    assert list(background.rates) == ["B+ B-", "B0 B0bar"] == list(PAPER_BACKGROUND.rates)
    expected = sum(sample.rate(Selection()).events(50) for sample in samples)
    assert background.events(50) == pytest.approx(expected, abs=4 * background.error(50))


def test_punzi_figure_of_merit():
    # physics/0308063: epsilon/(a/2 + sqrt B)
    assert punzi(0.1, 0.0) == pytest.approx(0.04)
    np.testing.assert_allclose(punzi([0.1, 0.2], [100.0, 6.25], significance=3), [0.1 / 11.5, 0.2 / 4.0])


def test_optimal_cuts_beat_the_papers_on_events_that_did_not_choose_them(samples):
    simulation = SignalSimulation()
    light = optimise(simulation.simulate(0.3, 100_000), samples, 50.0)
    # background of B mesons alone; the gain has a statistical error of about 0.2
    assert 1.4 < light.gain < 2.4
    # what eq. 4.1 loses at 2 GeV, where the kaon is too soft for it
    heavy = optimise(simulation.simulate(2.0, 100_000), samples, 50.0)
    assert heavy.gain > 5
    # the start is judged as everywhere, on half of the events
    whole = merit(Selection(), simulation.simulate(0.3, 100_000), samples, 50.0)
    assert light.start.punzi == pytest.approx(whole.punzi, abs=4 * whole.error)


def test_optimisation_finds_an_optimum_that_is_known():
    # signal evenly in 2 < p_T < 3, background evenly in 1 < p_T < 2.5: all above 2.5 GeV is pure signal
    rng = np.random.default_rng(1)
    signal = SignalSimulation().simulate(0.3, 40_000)
    for name, values in (("pt", (2.0, 3.0)), ("mass_squared", (30.0, 31.0)), ("angle_degrees", (150.0, 151.0))):
        getattr(signal.observables, name)[:] = rng.uniform(*values, 40_000)
    n = 40_000
    flat = Observables(rng.uniform(1, 2.5, n), rng.uniform(30, 31, n), rng.uniform(150, 151, n))
    number = np.tile(np.arange(n), (2, 1))
    background = BackgroundSample("toy", 1.0, "test", flat, np.full(n, 1.0 / n), number)
    start = Selection(
        pt=(2.2, 2.75), **dict.fromkeys(NO_LINES, (0.0, 0.0)) | {"mass_squared_below_angle": (100.0, 0.0)}
    )
    found = optimise(signal, [background], 50.0, start)
    assert found.selection.pt[0] == pytest.approx(2.5, abs=0.02)
    assert found.selection.pt[1] > 2.97
    assert found.merit.efficiency == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: PairedBackground("D0"), "table = 'D0' does not come with the package"),
        (lambda: PairedBackground("B+").sample(0), "pairs = 0; give at least 1"),
        (lambda: PairedBackground("B+", hard=DecayTable.stored("B0")), r"hard = .* are not decays of B\+"),
        (lambda: PairedBackground("B+", decays=DecayTable.stored("B+ hard")), "are chosen ones; give decays as they"),
        (lambda: optimise(SignalSimulation().simulate(0.3, 100), [], 50.0), "backgrounds must not be empty"),
    ],
)
def test_bad_questions_get_a_sentence(call, message):
    with pytest.raises(DetectorError, match=message):
        call()
