"""E949, and kaons at rest, beside what is published for several lifetimes."""

import numpy as np
import pytest
from hepunits import c_light, m, ns

from farflung.detectors import E949, DetectorError, StoppedKaons
from farflung.lpp import standard_model as sm

# B(K+ -> pi+ X) at 90 % of arXiv:0903.0030, figure 18, digitised by arXiv:2508.08354: mass [GeV], lifetime [ns], limit
PUBLISHED = (
    (0.020, 0.2, 1.05e-9), (0.020, 0.5, 2.81e-10), (0.050, 0.5, 8.99e-10), (0.050, 1.0, 2.87e-10),
    (0.080, 1.0, 4.13e-10), (0.080, 2.0, 1.64e-10), (0.100, 0.5, 6.04e-9), (0.100, 1.0, 5.82e-10),
    (0.100, 5.0, 9.11e-11), (0.180, 2.0, 5.06e-9), (0.180, 5.0, 1.19e-9), (0.200, 5.0, 1.15e-9), (0.240, 5.0, 4.09e-9),
)  # fmt: skip


@pytest.mark.parametrize(("mass", "lifetime", "limit"), PUBLISHED)
def test_limits_weaken_with_the_lifetime_as_published(mass, lifetime, limit):
    e949 = E949()
    search = e949.search("invisible")
    escaping = e949.acceptance(search, e949.flights_from("K+ -> pi+", mass))
    ctau = lifetime * ns * c_light / m
    # digitised, and at the shortest lifetimes 3 % of the path are 10 % of the limit
    assert float(search.limit_at(mass, ctau)) / float(escaping(ctau)) == pytest.approx(limit, rel=0.25)


def test_where_nothing_is_searched_for():
    search = E949().search("invisible")
    assert np.isinf(search.limit_at(0.135, 1.0))
    assert np.isinf(search.limit_at(0.255, 1.0))
    assert search.limit_at(0.0005, 1.0) == search.limit_at(0.001, 1.0)
    assert np.isinf(E949().search("diphoton").limit_at(0.11, 1.0))


def test_kaons_rest_in_the_target():
    kaons = StoppedKaons(0.06, 0.1)._parents("K+", np.random.default_rng(4).random((20_000, 3)))
    assert not kaons.momentum.any()
    x, y, z = kaons.origin.T
    assert np.hypot(x, y).max() <= 0.06
    assert (np.hypot(x, y) < 0.03).mean() == pytest.approx(0.25, abs=0.01)
    assert np.abs([x.mean(), y.mean(), z.mean()]).max() < 2e-3
    assert np.abs(z).max() <= 0.1
    # the particle has the momentum of a decay at rest: M, m(pi+) and 0.1 GeV
    momentum = np.linalg.norm(E949().flights_from("K+ -> pi+", 0.1).momentum, axis=1)
    pion = np.sqrt(momentum**2 + sm.mass("pi+") ** 2)
    np.testing.assert_allclose(pion + np.hypot(momentum, 0.1), sm.mass("K+"), rtol=1e-9)


@pytest.mark.parametrize(("arguments", "name"), [((0.0, 0.1), "radius"), ((0.06, -1.0), "half_length")])
def test_bad_targets_are_refused(arguments, name):
    with pytest.raises(DetectorError, match=f"{name} = .* of stopped kaons is not positive"):
        StoppedKaons(*arguments)
