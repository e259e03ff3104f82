"""Coordinates that go where a distribution ends, and their weights, against integrals by hand."""

import numpy as np
import pytest

from farflung.lpp.sampling.tails import towards_both_ends

EVEN = (np.arange(2**20) + 0.5) / 2**20


@pytest.mark.parametrize("shares", [(0.25, 0.25), (0.4, 0.15), (0.15, 0.4)])
def test_weights_spread_the_coordinates_evenly(shares):
    drawn, weight = towards_both_ends(EVEN, *shares)
    assert ((drawn >= 0) & (drawn <= 1)).all()
    # integrals from 0 to 1 of 1, x, x^3, ln x and ln(1 - x)
    for values, integral in ((1.0, 1.0), (drawn, 0.5), (drawn**3, 0.25)):
        assert (weight * values).mean() == pytest.approx(integral, abs=1e-6)
    for distance in (drawn, 1 - drawn):
        assert (weight * np.log(np.maximum(distance, 1e-300))).mean() == pytest.approx(-1, abs=1e-6)


@pytest.mark.parametrize("shares", [(0.25, 0.25), (0.4, 0.15), (0.15, 0.4)])
def test_many_coordinates_are_near_both_ends(shares):
    drawn, _ = towards_both_ends(EVEN, *shares)
    for distance, share in zip((drawn, 1 - drawn), shares, strict=True):
        # half of the logarithm from 1e-7 to 1
        assert (distance < 10**-3.5).mean() > 0.4 * share


def test_no_weight_near_an_end_stands_out():
    # one flight of this weight at the very end of a spectrum would stand for all that arrive at short lifetimes
    rng = np.random.default_rng(1)
    points = np.concatenate([EVEN, 1 - 0.4 * 1e-7 * rng.uniform(size=1000), 1e-12 + rng.uniform(size=1000) * 1e-7])
    drawn, weight = towards_both_ends(points, 0.15, 0.4)
    near = np.minimum(drawn, 1 - drawn) < 1e-6
    assert near.sum() > 1000
    assert weight[near].max() < 1e-3
    assert weight.max() <= 1 / (1 - 0.15 - 0.4)
    # and the map is increasing, so that neighbours stay neighbours
    assert (np.diff(towards_both_ends(EVEN, 0.15, 0.4)[0]) > 0).all()
