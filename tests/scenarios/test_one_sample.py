"""Processes and final states that a search treats alike make one sample."""

import dataclasses

import numpy as np
import pytest

from farflung.detectors import CHARM, Search
from farflung.detectors.searches.products.decay_selection import DecayMixture
from farflung.lpp import DarkScalar, Flights, SamplingError, TwoBodyDecay
from farflung.scenarios.sweeps.signal import events_of_pair, part_of

CHARM_DUMP = CHARM()
B_TO_K = (TwoBodyDecay("B+", "K+"), TwoBodyDecay("B+", "K*(1680)+"), TwoBodyDecay("B0", "K*(892)0"))
SEARCH = dataclasses.replace(CHARM_DUMP.search("decays"), processes=B_TO_K)
THETA = np.array([1e-4, 1e-3])


def events(search: Search) -> tuple[np.ndarray, np.ndarray]:
    return events_of_pair(CHARM_DUMP, search, DarkScalar(), 0.25, THETA, n=2**14)


def test_one_sample_is_the_sum_of_its_parts():
    together, error = events(SEARCH)
    alone = [events(dataclasses.replace(SEARCH, processes=(process,))) for process in B_TO_K]
    total, variance = sum(one[0] for one in alone), sum(one[1] ** 2 for one in alone)
    assert (np.abs(together - total) < 5 * np.sqrt(variance + error**2)).all()
    assert (error < 0.05 * together).all()


def test_efficiencies_by_process_keep_samples_apart():
    efficiency = {str(B_TO_K[0]): 0.5, str(B_TO_K[1]): 1.0, str(B_TO_K[2]): 0.0}
    weighed, error = events(dataclasses.replace(SEARCH, efficiency=efficiency))
    plain = dataclasses.replace(SEARCH, efficiency=1.0)
    alone = [events(dataclasses.replace(plain, processes=(process,))) for process in B_TO_K[:2]]
    np.testing.assert_allclose(weighed, 0.5 * alone[0][0] + alone[1][0], atol=5 * error.max(), rtol=0.05)


def test_a_mixture_of_final_states_sees_what_each_of_them_shows():
    flights = CHARM_DUMP.flights_from(B_TO_K[0], 0.25, n=512)
    point, decay = np.tile([0.0, 4.8, 490.0], (len(flights), 1)), np.random.default_rng(1).random((len(flights), 2))
    products = SEARCH.products
    assert products is not None
    mixture = DecayMixture(products, {"ee": 0.2, "mumu": 0.5})
    expected = 0.2 * products.accepts("ee", flights, point, decay) + 0.5 * products.accepts(
        "mumu", flights, point, decay
    )
    assert expected.max() > 0
    np.testing.assert_allclose(mixture.accepts("ee", flights, point, decay), expected)


def test_rare_processes_take_fewer_flights():
    assert [part_of(4096, part) for part in (1.0, 0.5, 0.2, 0.1, 1e-12)] == [4096, 4096, 2048, 1024, 512]
    assert part_of(512, 0.01) == 512
    assert part_of(100, 0.01) == 100


def test_samples_join():
    one = Flights(np.zeros(3), [[0, 0, 1.0], [0, 0, 2.0]], 0.1, np.array([0.5, 0.5]), np.array([0, 1]))
    two = Flights([0, 0, 1.0], [[0, 1.0, 0], [1.0, 0, 0]], 0.1, np.array([0.1, 0.2]), np.array([0, 1]), complete=False)
    both = Flights.together([one, two], [0.25, 0.75])
    np.testing.assert_allclose(both.weight, [0.125, 0.125, 0.075, 0.15])
    np.testing.assert_array_equal(both.block, [0, 1, 0, 1])
    assert not both.complete
    independent = Flights(np.zeros(3), [[0, 0, 1.0]], 0.1)
    assert Flights.together([one, independent], [0.5, 0.5]).block is None
    with pytest.raises(SamplingError, match="different masses"):
        Flights.together([one, Flights(np.zeros(3), [[0, 0, 1.0]], 0.2)], [0.5, 0.5])
    with pytest.raises(SamplingError, match="2 samples and 1 shares"):
        Flights.together([one, two], [1.0])
