import numpy as np
import pytest

from farflung.detectors import Acceptance, BelleII, DetectorError
from farflung.geometry import Revolved, Stretches
from farflung.lpp import ALPFermion, Flights

SHELL = Revolved([(-5, 1), (5, 1), (5, 2), (-5, 2)])


def along_x(momentum, mass=1.0, **options):
    return Flights(np.zeros(3), np.array([[p, 0.0, 0.0] for p in momentum]), mass, **options)


def acceptance(flights, outside=False):
    return Acceptance(flights, SHELL.stretches(flights.origin, flights.direction), outside=outside)


def test_one_flight_follows_the_decay_law():
    ctau = np.array([[0.1, 0.5], [2.0, 30.0]])
    inside = acceptance(along_x([3.0]))(ctau)
    np.testing.assert_allclose(inside, np.exp(-1 / (3 * ctau)) - np.exp(-2 / (3 * ctau)), rtol=1e-12)
    assert inside.shape == ctau.shape


def test_flights_add_with_their_weights():
    flights = along_x([1.0, 2.0], weight=np.array([0.25, 0.75]))
    ctau = 0.7
    expected = sum(w * (np.exp(-1 / (p * ctau)) - np.exp(-2 / (p * ctau))) for w, p in ((0.25, 1), (0.75, 2)))
    assert acceptance(flights)(ctau) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("search", ["displaced", "invisible"])
@pytest.mark.parametrize("sampling", ["aimed", "random"])
def test_inside_and_outside_add_to_one(search, sampling):
    belle2 = BelleII()
    flights = belle2.flights(ALPFermion(), 0.5, sampling=sampling)
    solid = belle2.solid(belle2.search(search).solid)
    stretches = solid.stretches(flights.origin, flights.direction)
    ctau = np.geomspace(1e-4, 1e4, 30)
    total = Acceptance(flights, stretches)(ctau) + Acceptance(flights, stretches, outside=True)(ctau)
    np.testing.assert_allclose(total, flights.weight.sum(), rtol=1e-12)


def test_limits_at_zero_and_infinite_lifetime():
    inside, outside = acceptance(along_x([1.0, 2.0])), acceptance(along_x([1.0, 2.0]), outside=True)
    np.testing.assert_array_equal(inside([0.0, np.inf]), [0.0, 0.0])
    np.testing.assert_array_equal(outside([0.0, np.inf]), [1.0, 1.0])
    ball = Revolved([(-1, 0), (1, 0), (1, 1), (-1, 1)])
    flights = along_x([1.0])
    around = Acceptance(flights, ball.stretches(flights.origin, flights.direction))
    np.testing.assert_array_equal(around([0.0, np.inf]), [1.0, 0.0])


def test_a_particle_at_rest_decays_where_it_is():
    ball = Revolved([(-1, 0), (1, 0), (1, 1), (-1, 1)])
    at_rest = Flights(np.zeros(3), np.zeros((1, 3)), 1.0)
    assert Acceptance(at_rest, ball.stretches(at_rest.origin, at_rest.direction))(5.0) == 1.0
    assert acceptance(at_rest)(5.0) == 0.0


def test_stretches_without_end_count_to_infinity():
    flights = along_x([1.0])
    half_open = Stretches(np.array([[1.0]]), np.array([[np.inf]]))
    assert Acceptance(flights, half_open)(1.0) == pytest.approx(np.exp(-1), rel=1e-12)


def test_massless_particles_and_event_weights_get_a_sentence():
    with pytest.raises(DetectorError, match="a massless particle does not decay"):
        acceptance(along_x([1.0], mass=0.0))
    with pytest.raises(DetectorError, match="weight sums to 2, but the weights of flights are shares"):
        acceptance(along_x([1.0, 2.0], weight=np.ones(2)))


@pytest.mark.parametrize("ctau", [-1.0, np.nan, [0.1, -2.0]])
def test_refuses_lifetimes_without_meaning(ctau):
    with pytest.raises(DetectorError, match=r"ctau = .* m is not a decay length"):
        acceptance(along_x([1.0]))(ctau)


@pytest.mark.parametrize("search", ["displaced", "invisible"])
def test_error_of_random_flights_is_that_of_the_mean(search):
    belle2, model = BelleII(), ALPFermion()
    values, errors = [], []
    for seed in range(40):
        visible = belle2.acceptance(search, belle2.flights(model, 0.3, n=2000, seed=seed, sampling="random"))
        values.append(float(visible(0.3)))
        errors.append(float(visible.error(0.3)))
    # 40 samples know their spread to 11 %
    assert np.std(values, ddof=1) == pytest.approx(np.mean(errors), rel=0.35)


@pytest.mark.parametrize("mass", [0.3, 3.0, 4.5])
@pytest.mark.parametrize("search", ["displaced", "invisible"])
def test_error_of_aimed_flights_covers(search, mass):
    belle2, model = BelleII(factorised=True), ALPFermion()
    means = [
        belle2.acceptance(search, belle2.flights(model, mass, seed=seed)).mean_and_error(0.3) for seed in range(40)
    ]
    values, errors = np.array(means).T
    truth = values.mean()
    pulls = (values - truth) / errors
    # Student's t with 7 degrees of freedom has a standard deviation of 1.18; 40 of them know it to some 15 %
    assert 0.7 < pulls.std(ddof=1) < 1.7
