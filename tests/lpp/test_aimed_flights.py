from functools import lru_cache

import numpy as np
import pytest
from scipy.stats import qmc

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion, Flights, SamplingError
from farflung.lpp.sampling.two_body import isotropic

# the six points at which acceptances are compared throughout: mass [GeV], c tau [m]
POINTS = [(0.1, 0.01), (0.3, 0.1), (0.3, 1.0), (1.0, 1.0), (3.0, 0.01), (3.0, 1.0)]


@pytest.mark.parametrize("mass", [0.001, 0.1, 1.0, 2.0, 3.0, 3.5, 3.6, 3.65, 3.7, 4.0, 4.5, 4.7])
def test_weights_sum_to_one(mass):
    flights = BelleII().flights(ALPFermion(), mass)
    assert flights.weight.sum() == pytest.approx(1, abs=1e-3)
    assert len(flights) == 4096
    assert np.isfinite(flights.momentum).all()


@lru_cache(maxsize=1)
def plain_sobol(mass, n=2**21):
    """Decay angles, not directions, from two million Sobol points: another way to the same average."""
    u = qmc.Sobol(4, rng=11).random(n)
    parents = BelleII().source._parents("B+", u[:, :2])
    return isotropic(parents, mass, 0.493677, 2 * u[:, 2] - 1, 2 * np.pi * u[:, 3])


@pytest.mark.parametrize(("mass", "ctau"), POINTS)
def test_4096_aimed_flights_are_good_to_a_thousandth(mass, ctau):
    belle2 = BelleII(factorised=True)
    reference, flights = plain_sobol(mass), belle2.flights(ALPFermion(), mass)
    for search in belle2.searches:
        truth = belle2.acceptance(search, reference)(ctau)
        assert belle2.acceptance(search, flights)(ctau) == pytest.approx(truth, rel=1e-3)


@pytest.mark.parametrize("factorised", [False, True])
@pytest.mark.parametrize("search", ["displaced", "invisible"])
@pytest.mark.parametrize("mass", [0.01, 0.3, 3.0, 3.8, 4.6])
def test_aimed_and_random_flights_agree(search, mass, factorised):
    belle2, model = BelleII(factorised=factorised), ALPFermion()
    if mass > 2.4 and search == "invisible" and not factorised:
        # no kaon is selected
        assert belle2.acceptance(search, belle2.flights(model, mass))(1.0) == 0
        return
    aimed = belle2.acceptance(search, belle2.flights(model, mass))
    random = belle2.acceptance(search, belle2.flights(model, mass, n=200_000, sampling="random"))
    ctau = np.geomspace(1e-3 if factorised else 0.03, 1e2, 11)
    pull = (aimed(ctau) - random(ctau)) / np.hypot(aimed.error(ctau), random.error(ctau))
    assert np.abs(pull).max() < 4


def test_flights_say_what_is_wrong_with_them():
    good = {"origin": np.zeros(3), "momentum": np.ones((4, 3)), "mass": 1.0}
    assert Flights(**good).weight.sum() == 1
    for bad, message in (
        ({"momentum": np.ones((4, 2))}, r"momentum has shape \(4, 2\)"),
        ({"momentum": np.full((4, 3), np.nan)}, r"momentum\[0\] .* is not finite"),
        ({"origin": np.zeros((3, 3))}, r"origin has shape \(3, 3\)"),
        ({"weight": np.ones(3)}, r"weight has shape \(3,\)"),
        ({"weight": -np.ones(4)}, r"weight\[0\] = -1 is negative"),
        ({"mass": -1.0}, r"mass = -1.0 GeV is not one finite"),
        ({"block": np.array([0, 0, 2, 2])}, "block must hold"),
    ):
        with pytest.raises(SamplingError, match=message):
            Flights(**{**good, **bad})
