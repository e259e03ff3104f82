"""Ends of excluded intervals: as exact as asked for, whatever the grid, and kept in files."""

import math
from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
import xarray as xr
from scipy.optimize import brentq

from farflung.detectors import BelleII, LifetimeTable, Published, PublishedLimit
from farflung.lpp import ALPFermion, CouplingError, Model, PhysicsError, TwoBodyDecay
from farflung.scenarios import Reach, acceptance_table, events_of_pair, reach
from farflung.scenarios.sweeps.crossings import PRECISION, crossings

CTAU = (1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1000.0)
ROW = (1e-9, 1e-9, math.inf, math.inf, 1e-9, 1e-9, math.inf, math.inf)

pytestmark = pytest.mark.filterwarnings("error")


def of_a_table() -> Published:
    """A limit on B+ -> K+ mumu that begins and ends where its table says."""
    table = LifetimeTable((0.3, 1.0), CTAU, (ROW, ROW), "made up")
    limit = PublishedLimit("gap", "K+ X", processes=("B+ -> K+",), final_states=("mumu",), limit=table)
    return Published([limit])


@pytest.mark.parametrize(
    "couplings",
    [None, np.geomspace(1e-5, 1.0, 23), np.geomspace(1.1e-5, 0.9, 201), np.array([1e-5, 1e-3, 6e-3, 0.1, 1.0])],
)
def test_edges_at_the_ends_of_a_table(couplings: np.ndarray | None) -> None:
    """Lifetimes of the table, as couplings: c tau goes with the inverse square."""
    at_one = float(ALPFermion().ctau(0.3, 1.0))
    first, second = [i for i in reach(of_a_table(), "alp-fermion", [0.3], couplings).intervals() if i.high < 0.5]
    expected = [math.sqrt(at_one / ctau) for ctau in (10.0, 1.0, 1e-3, 1e-4)]
    assert [first.low, first.high, second.low, second.high] == pytest.approx(expected, rel=2 * PRECISION)
    # the case of the issue
    assert (second.low, second.high) == pytest.approx((0.041226, 0.13037), rel=2e-5)


def test_edges_do_not_depend_on_the_grid() -> None:
    """And are where the events of `events_of_pair` cross the limit, found by a method that shares nothing."""
    belle2, model = BelleII(), ALPFermion()
    fine, coarse, shifted = (
        reach(belle2, model, [0.3], grid).intervals()
        for grid in (None, np.geomspace(1e-6, 1.0, 13), np.geomspace(1.23e-6, 0.8, 97))
    )
    for other in (coarse, shifted):
        assert len(other) == len(fine)
        for one, two in zip(fine, other, strict=True):
            ends = [end for end in ("low", "high") if end not in f"{one.open_end} {two.open_end}".split()]
            assert ends
            assert [getattr(two, end) for end in ends] == pytest.approx([getattr(one, end) for end in ends], rel=1e-6)
    limit = belle2.search("displaced").upper_limit(0.3)

    def excess(log_coupling: float) -> float:
        return math.log(float(events_of_pair(belle2, "displaced", model, 0.3, [math.exp(log_coupling)])[0][0]) / limit)

    low = fine[0].low
    assert math.exp(brentq(excess, math.log(low / 1.1), math.log(low * 1.1), xtol=1e-9)) == pytest.approx(low, rel=1e-6)


def test_files_have_the_same_intervals_and_old_ones_are_read(tmp_path) -> None:
    found = reach(of_a_table(), "alp-fermion", [0.3, 0.5])
    found.write(tmp_path / "new.nc")
    with xr.open_dataset(tmp_path / "new.nc", engine="scipy") as data:
        assert Reach(data.load()).intervals() == found.intervals()
    old = found.data.drop_vars(["edge_coupling", "edge_events", "edge_error"])
    old.to_netcdf(tmp_path / "old.nc", engine="scipy")
    with xr.open_dataset(tmp_path / "old.nc", engine="scipy") as data:
        again = Reach(data.load()).intervals()
    # as they were found on the scan alone: off by no more than its steps
    assert [i.low for i in again] == pytest.approx([i.low for i in found.intervals()], rel=0.06)


def test_a_part_of_a_scan_has_the_edges_of_that_part() -> None:
    found = reach(of_a_table(), "alp-fermion", [0.3])
    part = Reach(found.data.sel(coupling=slice(0.02, 0.08))).intervals()
    assert [(i.low, i.open_end) for i in part] == [(found.intervals()[-1].low, "high")]


def test_many_processes_give_the_same_bits() -> None:
    masses = [0.3, 0.5, 1.0]
    alone = reach("belle2", "alp-fermion", masses, n=512)
    with ProcessPoolExecutor(2) as executor:
        together = reach("belle2", "alp-fermion", masses, n=512, executor=executor)
    xr.testing.assert_identical(alone.data, together.data)
    assert alone.intervals() == together.intervals()


def test_steps_and_smooth_curves_are_found_with_few_questions() -> None:
    asked: list[int] = []

    def smooth(c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        asked.append(c.size)
        return 3e6 * c**4 / (1 + c**2), 0 * c

    grid = np.geomspace(1e-3, 1, 121)
    found = crossings(smooth, 2.3, grid, *smooth(grid))
    exact = brentq(lambda c: 3e6 * c**4 / (1 + c**2) - 2.3, 1e-3, 1, xtol=1e-12)
    assert found[0, 0] <= exact <= found[0, 1] <= found[0, 0] * (1 + PRECISION)
    assert len(asked) - 1 <= 3

    def step(c: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return np.where((c > 0.0123) & (c < 0.0456), 5.0, 0.0), 0 * c

    found = crossings(step, 2.3, grid, *step(grid))
    assert found.shape == (3, 4)
    for edge, sides in zip((0.0123, 0.0456), found[0].reshape(2, 2), strict=True):
        assert sides[0] <= edge <= sides[1] <= sides[0] * (1 + PRECISION)


# Numbers near the ends of those that there are


def test_lifetimes_that_are_next_to_nothing() -> None:
    data = acceptance_table(BelleII(factorised=True), "alp-fermion", 0.3, [1e-320, 1e-310, 1e-300, 1e-3, 1e300])
    displaced, invisible = data["probability"].sel(search="displaced"), data["probability"].sel(search="invisible")
    np.testing.assert_array_equal(displaced[:3], 0)
    assert invisible[:3].values == pytest.approx(0.0767, abs=1e-4)
    assert (data["probability"] <= 1).all()


def test_couplings_that_are_beyond_all_numbers() -> None:
    model = ALPFermion()
    assert model.ctau(0.3, 1e200) == 0
    assert model.partial_widths(0.3, 1e200)["tautau"] == 0
    assert np.isinf(model.ctau(0.3, 1e-200))
    with pytest.raises(CouplingError, match=r"coupling = .*e\+\d+: the rate of B\+ -> K\+ into alp-fermion is beyond"):
        reach("belle2", model, [0.3], np.geomspace(1e-3, 1e200, 10), n=512)
    assert reach("belle2", model, [0.3], np.geomspace(1e-3, 1e100, 10), n=512).intervals()
    assert reach("belle2", model, [0.3], np.geomspace(1e-200, 1e-3, 10), n=512).intervals()


class OnlyAbove(Model):
    """A user's model whose formula makes no sense below 0.3 GeV, although it says otherwise."""

    name, title, symbol = "only-above", "My particle", "X"
    coupling_name, coupling_range, mass_range = "g", (1e-9, 1e-2), (0.01, 4.7)

    def _partial_widths(self, mass):
        return {"ee": 1e-6 * np.sqrt(mass - 0.3)}

    def processes(self):
        return (TwoBodyDecay("B+", "K+"),)

    def _production(self, process, mass):
        return np.full(mass.shape, 1e-2)


def test_a_model_is_asked_for_the_masses_that_are_asked_for() -> None:
    assert reach("belle2", OnlyAbove(), [0.5, 0.6], n=512).intervals()
    with pytest.raises(
        PhysicsError, match=r"mass = 0.2 GeV: the width of only-above into ee is nan .* look at _partial_widths"
    ):
        reach("belle2", OnlyAbove(), [0.2, 0.6], n=512)
