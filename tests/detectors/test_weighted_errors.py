"""Errors of weighted flights: pulls against the exact mean, for weights of many distributions."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from farflung.detectors import Acceptance
from farflung.detectors.acceptance.acceptance import MOST_SUMMED
from farflung.geometry import Revolved
from farflung.lpp import Flights

Array = NDArray[np.float64]
Weights = Callable[[np.random.Generator, int], Array]

SHELL = Revolved([(-5, 1), (5, 1), (5, 2), (-5, 2)])
CTAU = 0.7
MANY = MOST_SUMMED + 1000

WEIGHTS: dict[str, Weights] = {
    "uniform": lambda rng, n: np.ones(n),
    "log-normal": lambda rng, n: rng.lognormal(0.0, 1.0, n),
    "Pareto": lambda rng, n: rng.pareto(1.5, n) + 1,
    "selected or not": lambda rng, n: (rng.random(n) < 0.3).astype(float),
}


def flights(rng: np.random.Generator, weight: Array) -> Flights:
    """Particles along x with momenta of 0.2 to 20 GeV, half of which miss the shell along z."""
    n = len(weight)
    momentum = np.zeros((n, 3))
    momentum[np.arange(n), np.where(rng.random(n) < 0.5, 0, 2)] = 10 ** rng.uniform(-0.7, 1.3, n)
    return Flights(np.zeros(3), momentum, 1.0, weight)


def acceptance(sample: Flights, outside: bool) -> Acceptance:
    return Acceptance(sample, SHELL.stretches(sample.origin, sample.direction), outside=outside)


def exact(outside: bool) -> float:
    """The mean over the distribution of momenta, by the trapezoidal rule."""
    p = 10 ** np.linspace(-0.7, 1.3, 20001)
    inside = 0.5 * float(np.trapezoid(np.exp(-1 / (p * CTAU)) - np.exp(-2 / (p * CTAU)), np.linspace(0, 1, 20001)))
    return 1 - inside if outside else inside


def found(weights: Weights, n: int, outside: bool, samples: int) -> tuple[Array, Array]:
    """Deviations from the exact mean and errors of many samples, whose weights are divided by their sums."""
    pairs = []
    for i in range(samples):
        rng = np.random.default_rng([7, i])
        weight = weights(rng, n)
        if weight.any():
            mean, error = acceptance(flights(rng, weight / weight.sum()), outside).mean_and_error(CTAU)
            pairs.append((float(mean) - exact(outside), float(error)))
    deviation, error = np.array(pairs).T
    return deviation, error


@pytest.mark.parametrize("name", WEIGHTS)
@pytest.mark.parametrize(("n", "samples", "outside"), [(300, 1000, False), (300, 1000, True), (MANY, 300, True)])
def test_pulls(name: str, n: int, samples: int, outside: bool) -> None:
    """Summed and binned; 300 samples know the root mean square to 4 %."""
    deviation, error = found(WEIGHTS[name], n, outside, samples)
    assert 0.9 < np.sqrt(np.mean((deviation / error) ** 2)) < 1.15


@pytest.mark.parametrize("name", WEIGHTS)
@pytest.mark.parametrize("n", [5, 20])
def test_few_flights(name: str, n: int) -> None:
    """The variance is right on average; the pulls of so few have tails as Student's t."""
    deviation, error = found(WEIGHTS[name], n, False, 3000)
    known = np.isfinite(error)
    assert 0.9 < np.sqrt(np.mean(deviation[known] ** 2) / np.mean(error[known] ** 2)) < 1.1


@pytest.mark.parametrize("name", WEIGHTS)
@pytest.mark.parametrize("n", [3, 300, MANY])
def test_what_is_certain_has_no_error(name: str, n: int) -> None:
    """Particles that live for ever decay outside, those that live not at all do so where they are made."""
    rng = np.random.default_rng(3)
    weight = WEIGHTS[name](rng, n) + 1e-3
    mean, error = acceptance(flights(rng, weight / weight.sum()), True).mean_and_error([0.0, 1e12, 1e300, np.inf])
    np.testing.assert_allclose(mean, 1, rtol=1e-11)
    assert (mean <= 1).all()
    assert (error < 1e-11).all()
    assert (error[[0, 2, 3]] < 1e-15).all()


@pytest.mark.parametrize("n", [300, MANY])
def test_a_selection_leaves_the_shares_of_the_sample(n: int) -> None:
    """Of all, half are selected whatever they do: a factor, with its share of the error and none of its own."""
    rng = np.random.default_rng(3)
    weight = rng.pareto(1.5, n) + 1
    sample = flights(rng, weight / weight.sum())
    for outside in (False, True):
        mean, error = acceptance(sample, outside).mean_and_error([0.1, 0.7, np.inf])
        half, half_error = acceptance(sample.weighed(np.full(n, 0.5)), outside).mean_and_error([0.1, 0.7, np.inf])
        np.testing.assert_allclose(half, mean / 2, rtol=1e-9, atol=1e-15)
        np.testing.assert_allclose(half_error, error / 2, rtol=1e-9, atol=1e-15)


def test_pulls_of_a_selection() -> None:
    """Weights from a generator, times efficiencies of their own: none is divided by the sum."""
    deviation, error = [], []
    for i in range(1000):
        rng = np.random.default_rng([9, i])
        weight = rng.lognormal(0.0, 1.0, 4000)
        sample = flights(rng, weight / weight.sum()).weighed(rng.choice([0.0, 0.2, 1.0], 4000))
        mean, one = acceptance(sample, False).mean_and_error(CTAU)
        deviation.append(float(mean) - 0.4 * exact(False))
        error.append(float(one))
    assert 0.9 < np.sqrt(np.mean((np.array(deviation) / np.array(error)) ** 2)) < 1.15


def test_weights_that_are_estimates_have_an_error_as_their_sum_has() -> None:
    """Flights drawn in the wrong proportion and weighed by what is right: the sum of weights is 1 on average."""
    deviation, error = [], []
    for i in range(1000):
        rng = np.random.default_rng([11, i])
        at = (np.sqrt(1 + 8 * rng.random(500)) - 1) / 2  # drawn with density 1/2 + x, wanted even
        momentum = np.zeros((500, 3))
        momentum[:, 0] = 10 ** (2 * at - 0.7)
        sample = Flights(np.zeros(3), momentum, 1.0, 1 / ((0.5 + at) * 500), complete=False)
        mean, one = acceptance(sample, False).mean_and_error(CTAU)
        deviation.append(float(mean) - 2 * exact(False))
        error.append(float(one))
    assert 0.9 < np.sqrt(np.mean((np.array(deviation) / np.array(error)) ** 2)) < 1.15


def test_samples_together_keep_their_shares() -> None:
    rng = np.random.default_rng(5)
    samples = []
    for n in (200, 100):
        weight = rng.pareto(1.5, n) + 1
        samples.append(flights(rng, weight / weight.sum()))
    together = Flights.together(samples, [0.3, 0.7])
    assert together.sampled_share.sum() == pytest.approx(1)
    assert acceptance(together, True).error(np.inf) < 1e-15
    # each counts with its share: what one sample has alone moves the mean by more than its own spread
    parts = [acceptance(sample, False).error(CTAU) * share for sample, share in zip(samples, [0.3, 0.7], strict=True)]
    assert acceptance(together, False).error(CTAU) == pytest.approx(np.hypot(*parts), rel=0.3)


def test_one_flight_knows_nothing_of_its_error() -> None:
    assert np.isinf(acceptance(flights(np.random.default_rng(1), np.ones(1)), False).error(CTAU))
