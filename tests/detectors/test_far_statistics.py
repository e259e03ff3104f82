"""Statistical errors of events at far detectors cover and fall with n, and where flights are drawn does not matter."""

from dataclasses import replace

import numpy as np
import pytest

import farflung.detectors.detector as detector_module
from farflung.detectors import CHARM, MATHUSLA, LHCb, NA62Dump
from farflung.lpp import ALPFermion, ALPPhoton, DarkScalar
from farflung.lpp.sampling.importance import Importance
from farflung.lpp.sampling.unit_cube import UnitPoints
from farflung.lpp.sampling.unit_points import unit_points
from farflung.scenarios import events_of_pair

# couplings from near the smallest that is excluded to near the largest
POINTS = {
    "CHARM": (CHARM, "decays", ALPPhoton, 0.1, (3e-6, 7e-6, 1e-5, 1.3e-5)),
    "MATHUSLA": (MATHUSLA, "decays", DarkScalar, 1.0, (2.2e-6, 6e-6, 9e-6, 1.3e-5)),
    "LHCb": (LHCb, "displaced", ALPFermion, 0.3, (1.3e-3, 3e-2, 0.1, 0.2)),
    "NA62": (NA62Dump, "decays", ALPPhoton, 0.1, (1.3e-6, 2e-5, 5e-5, 8e-5)),
}
SEEDS = range(30)


def events_of(point, **how):
    detector, search, model, mass, couplings = POINTS[point]
    return np.array(events_of_pair(detector(), search, model(), mass, couplings, **how))


@pytest.mark.parametrize("point", ["CHARM", "MATHUSLA", "LHCb"])
def test_quoted_errors_cover(point):
    found = np.array([events_of(point, n=4096, seed=seed) for seed in SEEDS])
    events, error = found[:, 0], found[:, 1]
    pulls = (events - events.mean(axis=0)) / error / np.sqrt(1 - 1 / len(SEEDS))
    assert 0.55 < (np.abs(pulls) < 1).mean() < 0.85
    assert (np.abs(pulls) < 2).mean() > 0.9
    # each sample has an error of its own, of the size of the spread
    spread = events.std(axis=0, ddof=1)
    assert (np.median(error, axis=0) < 2 * spread).all()


@pytest.mark.parametrize("point", ["CHARM", "LHCb"])
def test_more_flights_buy_precision(point):
    few = np.median([events_of(point, n=4096, seed=seed)[1] for seed in range(3)], axis=0)
    many = np.median([events_of(point, n=2**16, seed=seed)[1] for seed in range(3)], axis=0)
    assert (many < few / 2.5).all(), many / few


@pytest.mark.parametrize("point", ["CHARM", "MATHUSLA", "NA62"])
def test_where_flights_are_drawn_does_not_matter(point, monkeypatch):
    learnt, error = events_of(point, n=2**15, seed=4)
    monkeypatch.setattr(detector_module, "learnt", lambda *_: "aimed")
    plain, plain_error = events_of(point, n=2**17, seed=5)
    assert (np.abs(learnt - plain) < 3.5 * np.hypot(error, plain_error)).all()


def test_decays_follow_the_seed():
    """The same flights with the decays of other seeds, as if only those were drawn again."""
    mathusla = MATHUSLA()
    flights = mathusla.flights(DarkScalar(), 1.0, n=4096, seed=3)
    assert flights.seed == 3
    again = mathusla.flights(DarkScalar(), 1.0, n=4096, seed=3)
    other = mathusla.flights(DarkScalar(), 1.0, n=4096, seed=4)
    charm = CHARM()
    sample = charm.flights(ALPPhoton(), 0.1, n=4096, seed=3)
    assert np.array_equal(flights.momentum, again.momentum)
    assert not np.array_equal(flights.momentum, other.momentum)
    same = [float(charm.acceptance("decays", one)(100.0)) for one in (sample, sample)]
    reseeded = float(charm.acceptance("decays", replace(sample, seed=5))(100.0))
    assert same[0] == same[1] != reseeded


def peak(points):
    """A function of two coordinates with a narrow peak, and its integral."""
    return np.exp(-(((points[:, 0] - 0.9) / 0.03) ** 2)) * np.exp(-(((points[:, 1] - 0.2) / 0.05) ** 2))


def test_a_map_that_is_learnt_leaves_integrals_alone():
    exact = 0.03 * 0.05 * np.pi  # all but 1e-5 of it is within the square
    importance = Importance()
    for seed in (1, 2):
        points = unit_points(2048, 2, seed, importance)
        unit = np.column_stack([points.values, points.first_half])
        weight = 1.0 if points.weight is None else points.weight
        importance = importance.learnt(unit, (weight * peak(points.values))[None])
    learnt = unit_points(2**14, 2, 7, importance.final)
    assert learnt.values.min() > 0
    assert learnt.values.max() < 1
    assert np.mean(learnt.weight) == pytest.approx(1, abs=0.02)
    found = learnt.weight * peak(learnt.values)
    of_blocks = np.bincount(learnt.block, found) / np.bincount(learnt.block)
    assert abs(found.mean() - exact) < 4 * of_blocks.std(ddof=1) / np.sqrt(len(of_blocks)) < 0.03 * exact
    even = peak(unit_points(2**14, 2, 7).values)
    assert found.std() < even.std() / 2


def test_of_few_flights_nothing_is_learnt():
    points = UnitPoints(np.random.default_rng(1).random((64, 2)), np.repeat(np.arange(8), 8))
    matter = np.zeros((1, 64))
    matter[0, :3] = 1.0
    unit = np.column_stack([points.values, points.first_half])
    assert Importance().learnt(unit, matter).edges is None
