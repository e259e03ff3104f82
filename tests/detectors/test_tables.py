import numpy as np
import pytest

from farflung.detectors import DetectorError, LifetimeTable, MassTable, PublishedLimit, Search
from farflung.lpp import TwoBodyDecay

B_TO_K = TwoBodyDecay("B+", "K+")
TABLE = LifetimeTable((0.1, 1.0, 10.0), (1e-3, 1.0), ((1e-7, 1e-5), (1e-8, 1e-6), (1e-9, np.inf)), "a paper")


def test_a_mass_table_is_linear_between_points():
    table = MassTable((1.0, 2.0), (0.2, 0.4), "a paper", above=0.0)
    np.testing.assert_allclose(table([0.5, 1.0, 1.5, 2.0, 2.1]), [0.2, 0.2, 0.3, 0.4, 0.0])


def test_a_lifetime_table_is_linear_in_logarithms():
    assert float(TABLE(1.0, 1e-3)) == pytest.approx(1e-8)
    assert float(TABLE(np.sqrt(0.1), np.sqrt(1e-3))) == pytest.approx(10**-6.5)
    np.testing.assert_array_equal(TABLE([0.05, 20.0, 1.0, 1.0], [0.1, 0.1, 1e-4, 2.0]), np.inf)
    assert float(TABLE(3.0, 0.5)) == np.inf
    assert float(TABLE(10.0, 1e-3)) == pytest.approx(1e-9)


def test_a_prompt_table_holds_for_shorter_lifetimes():
    prompt = LifetimeTable((0.1, 1.0), (1e-3, 1.0), ((1e-7, 1e-5), (1e-8, 1e-6)), "a paper", prompt=True)
    np.testing.assert_allclose(prompt(1.0, [0.0, 1e-9, 1e-3]), 1e-8)
    assert float(prompt(1.0, 1.1)) == np.inf


def test_tables_say_what_is_wrong_with_them():
    with pytest.raises(DetectorError, match="ctau = "):
        LifetimeTable((1.0,), (2.0, 1.0), ((1.0, 1.0),), "a paper")
    with pytest.raises(DetectorError, match="must have 1 rows"):
        LifetimeTable((1.0,), (1.0, 2.0), ((1.0,),), "a paper")
    with pytest.raises(DetectorError, match="must be positive"):
        LifetimeTable((1.0,), (1.0,), ((0.0,),), "a paper")


def test_efficiencies_depend_on_state_and_process():
    by_both = {"mumu": 0.5, "ee": MassTable((1.0, 2.0), (0.0, 1.0), "a paper"), "B+ -> K+": 0.1}
    search = Search("s", "s", "inside", "v", (B_TO_K,), ("mumu", "ee"), by_both, vetoed=((3.0, 3.2),))
    assert float(search.efficiency_at(1.5, "mumu", B_TO_K)) == pytest.approx(0.05)
    assert float(search.efficiency_at(1.5, "ee", B_TO_K)) == pytest.approx(0.05)
    assert float(search.efficiency_at(1.5, "gammagamma", B_TO_K)) == 0
    assert float(search.efficiency_at(1.5, "mumu", "B0 -> K0")) == 0
    np.testing.assert_allclose(search.efficiency_at([2.9, 3.1, 3.3], "mumu", B_TO_K), [0.05, 0, 0.05])
    assert {1.0, 2.0, 3.0, 3.2} <= set(search.special_masses())
    with pytest.raises(DetectorError, match=r"efficiency of mumu = 2"):
        Search("s", "s", "inside", "v", (B_TO_K,), efficiency={"mumu": 2.0})


def test_a_published_limit_holds_where_it_was_set():
    mass_only = MassTable((0.1, 1.0), (1e-7, 1e-8), "a paper")
    limit = PublishedLimit("p", "p", processes=(B_TO_K,), limit=mass_only, vetoed=((0.5, 0.6),))
    np.testing.assert_allclose(limit.limit_at(1.0, [0.1, 1.0]), 1e-8)
    np.testing.assert_array_equal(limit.limit_at(0.55, [0.1]), np.inf)
    np.testing.assert_array_equal(limit.limit_at(1.1, [0.1]), np.inf)
    with pytest.raises(DetectorError, match="leave the solid out"):
        PublishedLimit("p", "p", processes=(B_TO_K,), limit=TABLE, solid="somewhere")
    with pytest.raises(DetectorError, match="processes of search 'p' is empty"):
        PublishedLimit("p", "p", limit=TABLE)
