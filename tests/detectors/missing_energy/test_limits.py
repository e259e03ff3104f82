"""From events to limits: section 4.3 of arXiv:2201.06580, and what averaging over selected events changes."""

import numpy as np
import pytest

from farflung.detectors import BelleII, DetectorError
from farflung.detectors.experiments.belle2_missing_energy import (
    Selection,
    SignalSimulation,
    SimulatedBelleII,
    UnseenShare,
)
from farflung.detectors.searches.poisson_limit import signal_upper_limit
from farflung.detectors.testing import DetectorContract
from farflung.lpp import ALPFermion, DarkScalar
from farflung.scenarios import branching_ratio_limit, reach
from farflung.scenarios.sweeps.signal import events_of_pair

# of 50 ab^-1; light X have 0.077 of the solid angle uncovered
NEVER_SEEN = 1e9
PROMPT = 1e-9


@pytest.fixture(scope="module")
def factorised():
    return SimulatedBelleII(factorised=True)


@pytest.fixture(scope="module")
def correlated():
    return SimulatedBelleII()


class TestContract(DetectorContract):
    masses = (0.3, 1.0)

    def make_detector(self):
        # where selected events are averaged, the flights that are given do not count
        return SimulatedBelleII(events=5_000, factorised=True)


def test_signal_limits_of_section_4_3(factorised):
    # N_S = 55 and 540 at 0.5 and 50 ab^-1
    assert signal_upper_limit(factorised.search("invisible").background) == pytest.approx(540, abs=0.5)
    little = SimulatedBelleII(0.5, events=2000).search("invisible").background
    assert signal_upper_limit(little) == pytest.approx(55.1, abs=0.1)
    assert SimulatedBelleII(background=None, events=2000).search("invisible").background == 0


@pytest.mark.parametrize("mass", [0.005, 0.3])
def test_branching_ratio_limit_and_its_rise_at_short_lifetimes(factorised, mass):
    # 1.0e-7 at 50 ab^-1 for long lifetimes; 1/.077 of that for short ones
    long, short = branching_ratio_limit(factorised, "invisible", mass, [NEVER_SEEN, PROMPT])
    assert long == pytest.approx(1.0e-7, rel=0.03)
    assert short / long == pytest.approx(1 / 0.077, rel=0.02)


def test_what_the_correlated_average_changes(factorised, correlated):
    ctau = np.array([NEVER_SEEN, 100.0, 1.0, 0.1, 0.01, PROMPT])
    apart, together = (branching_ratio_limit(detector, "invisible", 0.3, ctau) for detector in (factorised, correlated))
    # for long lifetimes nothing, for short ones everything: selected X fly into the detector
    np.testing.assert_allclose(together[:3], apart[:3], rtol=0.01)
    assert 1.2 < together[3] / apart[3] < 1.5
    assert together[4] / apart[4] > 1e5
    # of a branching ratio of 1 nothing would be seen
    assert together[5] > 1e6
    sample = factorised.simulation.simulate(0.3, 200_000)
    kept = sample.flights(sample.kept(Selection()))
    angle = np.degrees(np.arccos(kept.direction[:, 2]))
    assert 17 < angle.min() < angle.max() < 150


def test_unseen_share_event_by_event():
    belle2, simulation, ctau, rng = BelleII(), SignalSimulation(), 0.5, np.random.default_rng(3)
    sample = simulation.simulate(0.3, 60_000)
    # decay points drawn one by one
    flights = sample.flights()
    points = flights.direction * rng.exponential(ctau * flights.beta_gamma)[:, None]
    unseen = belle2.sees("invisible", points)
    kept = sample.kept(Selection())
    share = {which: UnseenShare(sample, Selection(), belle2.solid("envelope"), factorised=which) for which in (0, 1)}
    assert share[0](ctau) == pytest.approx((unseen & kept).mean(), abs=4 * np.sqrt(0.1 / 60_000))
    assert share[1](ctau) == pytest.approx(unseen.mean() * kept.mean(), abs=4 * np.sqrt(0.1 / 60_000))
    assert share[0](np.inf) == pytest.approx(share[0].efficiency.value)
    # eq. 3.4: epsilon (B_vis <P_a> + B_inv)
    both = share[0].efficiency.value * (0.3 * share[0].escape(ctau) + 0.7)
    assert share[0](ctau, invisible_branching_ratio=0.7) == pytest.approx(both)
    with pytest.raises(DetectorError, match=r"invisible_branching_ratio = 1\.1 is not between 0 and 1"):
        share[0](ctau, 1.1)


def test_nothing_selected_is_nothing_seen():
    sample = SignalSimulation().simulate(4.0, 2000)
    share = UnseenShare(sample, Selection(), BelleII().solid("envelope"))
    assert share.escape is None
    np.testing.assert_array_equal(share([0.1, 10.0]), [0.0, 0.0])


@pytest.mark.parametrize("which", ["factorised", "correlated"])
def test_x_that_also_decays_to_dark_matter(which, request):
    # N = N_B B(B -> K a) epsilon (B_vis <P_a> + B_inv), eq. 3.4
    detector = request.getfixturevalue(which)
    model, couplings, mass = ALPFermion(invisible_branching_ratio=0.4), np.array([1e-4, 1e-2, 1.0]), 0.4
    search = detector.search("invisible")
    events, _ = events_of_pair(detector, search, model, mass, couplings)
    sample = detector.simulation.simulate(mass, detector.events, detector.seed)
    share = UnseenShare(sample, Selection(), detector.solid("envelope"), factorised=detector.factorised)
    produced = detector.source.produced(search.processes[0], model, mass, couplings)
    expected = produced * share(model.ctau(mass, couplings), 0.4)
    np.testing.assert_allclose(events, expected, rtol=0.02 if which == "factorised" else 1e-6)


@pytest.mark.parametrize("model", [DarkScalar(), ALPFermion()])
def test_any_model_of_b_to_k_x(factorised, model):
    # long-lived at the limit: the coupling is the square root of the limit on B over B at coupling 1
    (smallest,) = reach(factorised, model, masses=[0.1]).smallest_coupling().sel(search="belle2-simulated:invisible")
    limit = branching_ratio_limit(factorised, "invisible", 0.1, float(model.ctau(0.1, float(smallest))))
    assert float(smallest) == pytest.approx(np.sqrt(limit / model.production("B+ -> K+", 0.1)), rel=0.01)


def test_simulation_meets_the_quoted_efficiencies(factorised):
    # the numbers that BelleII carries, from a million events each, and the paper's table 1
    masses = np.array([0.005, 0.2, 0.3, 1.0, 1.5, 2.0, 2.4, 3.0])
    simulated, quoted = (d.search("invisible").efficiency_at(masses) for d in (factorised, BelleII()))
    np.testing.assert_allclose(simulated, quoted, rtol=0.02, atol=2e-4)
    paper = {0.005: 0.1091, 0.3: 0.1022, 1.0: 0.0770}
    np.testing.assert_allclose([quoted[list(masses).index(m)] for m in paper], list(paper.values()), rtol=0.08)
    assert quoted[-1] == 0  # as in table 1
    assert factorised.name == "belle2-simulated"
    assert repr(factorised) == "SimulatedBelleII(factorised=True)"
    assert repr(SimulatedBelleII(0.5, background=None, events=5000)) == (
        "SimulatedBelleII(luminosity=0.5, background=False, events=5000)"
    )
    told = factorised.described()
    assert "kaon_efficiency=0.8" in told
    assert "events=100000, seed=1" in told
