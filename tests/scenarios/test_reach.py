"""What Belle II reaches, against arXiv:2201.06580, sections 4.3 and 5."""

from concurrent.futures import ProcessPoolExecutor

import numpy as np
import pytest
import xarray as xr

from farflung.detectors import BelleII, DetectorError
from farflung.lpp import ALPFermion, ALPWeak, CouplingError, MassRangeError, ProcessError
from farflung.scenarios import (
    Reach,
    ScenarioError,
    branching_ratio_limit,
    compare,
    events_of_pair,
    reach,
)
from farflung.scenarios.sweeps.exclusion import _positive_intervals


def test_branching_ratio_limits_of_the_invisible_search():
    long, short = [10.0, 30.0, 1e3], [1e-3, 1e-4, 1e-6]
    factorised = BelleII(50, factorised=True)  # as the paper has it
    with_background = branching_ratio_limit(BelleII(50), "invisible", 0.3, long)
    np.testing.assert_allclose(with_background, 1.0e-7, rtol=0.10)
    np.testing.assert_allclose(branching_ratio_limit(factorised, "invisible", 0.3, short), 1.0e-7 / 0.077, rtol=0.10)
    without = branching_ratio_limit(BelleII(50, background=False), "invisible", 0.3, long)
    np.testing.assert_allclose(without, 4.2e-10, rtol=0.10)
    # efficiency and decay probability factorise
    belle2 = factorised
    flights = belle2.flights_from("B+ -> K+", 0.3)
    ctau = np.geomspace(1e-4, 1e2, 13)
    product = branching_ratio_limit(belle2, "invisible", 0.3, ctau) * belle2.acceptance("invisible", flights)(ctau)
    np.testing.assert_allclose(product, product[0], rtol=1e-12)


@pytest.fixture(scope="module")
def fermion():
    return reach(BelleII(), ALPFermion(), np.geomspace(0.02, 4.7, 40))


def test_displaced_and_invisible_change_places_near_the_dimuon_threshold(fermion):
    best = fermion.best_search()
    below, above = best.sel(mass=slice(0, 0.21)), best.sel(mass=slice(0.23, 2.3))
    assert set(below.values) == {"belle2:invisible"}
    assert set(above.values) == {"belle2:displaced"}


def test_displaced_reach_ends_with_the_leptons_branching_ratios():
    """Muons end near 2.5 GeV, electrons near 1 GeV (arXiv:2201.06580, section 5)."""
    search = BelleII().search("displaced")
    ends = {}
    for state in ("mumu", "ee"):
        masses = np.geomspace(0.3, 4.0, 60)
        # charm from 2 m_c on, as there
        found = compare([(BelleII(), search.only(state))], ALPFermion(charm_threshold=2.55), masses).intervals()
        ends[state] = max(interval.mass for interval in found)
    assert 2.2 < ends["mumu"] < 2.9
    assert 0.85 < ends["ee"] < 1.2


def test_couplings_of_equation_5_1_are_reached(fermion):
    assert float(fermion.smallest_coupling().min()) == pytest.approx(1e-4, rel=0.3)
    weak = reach(BelleII(background=False), ALPWeak(), [0.02, 0.1, 0.3, 0.6])
    assert 0.03 < float(weak.smallest_coupling().min()) < 0.3


def test_excluded_regions_keep_their_disjoint_pieces():
    paper = BelleII(factorised=True)
    pieces = [i for i in reach(paper, ALPFermion(), [0.474]).intervals() if i.search == "invisible"]
    assert len(pieces) == 2
    assert pieces[0].high < pieces[1].low
    assert [piece.open_end for piece in pieces] == ["", "high"]


def test_interval_ends_are_where_events_meet_the_limit():
    belle2, model = BelleII(), ALPFermion()
    found = reach(belle2, model, [0.3, 1.0])
    for interval in found.intervals():
        for coupling in (interval.low, interval.high):
            if "high" in interval.open_end and coupling == interval.high:
                continue
            search = belle2.search(interval.search)
            events, _ = events_of_pair(belle2, search, model, interval.mass, [coupling])
            limit = float(found.data["limit"].sel(search=f"belle2:{interval.search}", mass=interval.mass))
            # events change by up to e^20 per unit of log coupling at an upper edge
            assert events[0] == pytest.approx(limit, rel=5e-3)


def test_positive_intervals_of_a_known_curve():
    coupling = np.geomspace(1, 1e5, 200)
    x = np.log(coupling)
    intervals = _positive_intervals(coupling, np.sin(x))
    np.testing.assert_allclose(np.log([i[:2] for i in intervals][1]), [2 * np.pi, 3 * np.pi], atol=1e-3)
    assert np.log(intervals[0][1]) == pytest.approx(np.pi, abs=1e-3)
    assert _positive_intervals(coupling, np.cos(x))[0][2] == "low"
    assert _positive_intervals(coupling, 0.5 - np.cos(x))[-1][2] == "high"
    assert _positive_intervals(coupling, -1 - 0 * x) == []
    assert _positive_intervals(coupling, 1 + 0 * x) == [(coupling[0], coupling[-1], "low high")]
    with np.errstate(divide="ignore"):
        steep = np.log(np.where(x > 6, 5.0, 0.0))
    assert len(_positive_intervals(coupling, steep)) == 1


def test_a_pool_of_processes_gives_the_same_bits():
    masses = [0.1, 0.3, 1.0]
    alone = reach(BelleII(), ALPFermion(), masses)
    with ProcessPoolExecutor(2) as pool:
        together = reach(BelleII(), ALPFermion(), masses, executor=pool)
    xr.testing.assert_identical(alone.data, together.data)


def test_data_carry_units_and_provenance(fermion):
    data = fermion.data
    assert data["mass"].attrs["units"] == "GeV"
    assert data["coupling"].attrs == {"units": "TeV^-1", "long_name": "c_ff/f_a"}
    assert data["events"].dims == ("search", "mass", "coupling")
    assert "arXiv:2201.06580" in data.attrs["model_references"]
    assert data.attrs["detectors"] == (
        "belle2 = BelleII(luminosity=50, background=True, displaced_efficiency=1, extended=False, modes=('K+',), "
        "calorimeter='plain', factorised=False)"
    )
    assert data.attrs["sampling"] == "aimed, n = 4096, seed = 1"
    # statistical errors of aimed flights where anything is excluded: largest in exponential tails
    light = data.sel(mass=slice(0, 3.6))
    relative = (light["events_error"] / light["events"]).where(light["events"] > light["limit"])
    assert float(relative.max()) < 1e-2
    assert float(relative.median()) < 5e-4


def test_several_detectors_side_by_side():
    class Small(BelleII):
        name = "small"

    found = compare([BelleII(), (Small(0.5), "displaced")], ALPFermion(), [0.1, 0.5])
    assert found.searches == ("belle2:displaced", "belle2:invisible", "small:displaced")
    large, small = (found.smallest_coupling().sel(search=f"{name}:displaced") for name in ("belle2", "small"))
    assert (small > large).all()
    assert isinstance(found, Reach)


def test_labels_tell_two_of_a_kind_apart():
    found = compare({"little": BelleII(0.5), "much": (BelleII(50), "invisible")}, ALPFermion(), [0.1])
    assert found.searches == ("little:displaced", "little:invisible", "much:invisible")
    smallest = found.smallest_coupling().sel(mass=0.1)
    assert smallest.sel(search="much:invisible") < smallest.sel(search="little:invisible")
    assert {interval.detector for interval in found.intervals()} == {"little", "much"}


def test_default_masses_look_beside_thresholds():
    data = reach(BelleII(), ALPFermion(), couplings=np.geomspace(1e-4, 1e-2, 3)).data
    mass = data["mass"].values
    assert len(mass) > 60
    for threshold in (2 * 0.1056584, 1.0, 2.4):
        assert np.abs(mass / threshold - 1).min() < 1e-5


def test_masses_beside_thresholds_are_added_only_where_asked():
    couplings, model = np.geomspace(1e-4, 1e-2, 3), ALPFermion()
    given = np.geomspace(0.1, 0.6, 4)
    threshold = 2 * 0.1056583755  # 2 m_mu [GeV], PDG 2022

    def masses(**options):
        return reach(BelleII(), model, given, couplings, treatments=(), n=256, **options).data["mass"].values

    np.testing.assert_array_equal(masses(), given)
    np.testing.assert_array_equal(masses(beside_thresholds=False), given)
    added = np.setdiff1d(masses(beside_thresholds=True), given)
    assert added.min() > given[0]
    assert added.max() < given[-1]
    for side in (1 - 1e-6, 1 + 1e-6):
        assert np.abs(added / (threshold * side) - 1).min() < 1e-7


def test_bad_questions_get_a_sentence():
    belle2, model = BelleII(), ALPFermion()
    with pytest.raises(MassRangeError, match=r"mass = 4.8 GeV is above m\(B\+\) - m\(K\+\)"):
        reach(belle2, model, [0.1, 4.8])
    with pytest.raises(MassRangeError, match="mass = 20 GeV is outside"):
        reach(belle2, model, [0.1, 20])
    with pytest.raises(ScenarioError, match="masses must be positive, finite and increasing"):
        reach(belle2, model, [0.3, 0.1])
    with pytest.raises(ScenarioError, match="couplings must be positive, finite and increasing: nan"):
        reach(belle2, model, [0.3], [np.nan])
    with pytest.raises(ScenarioError, match="belle2:displaced, belle2:invisible appears twice"):
        compare([belle2, belle2], model, [0.3])
    with pytest.raises(ScenarioError, match="pairs is empty"):
        compare([], model, [0.3])
    with pytest.raises(DetectorError, match="final state = 'mu mu' is in no list; did you mean mumu"):
        belle2.search("displaced").only("mu mu")
    with pytest.raises(ProcessError, match="final state = pipi is not one of alp-fermion's"):
        compare([(belle2, belle2.search("displaced").only("pipi"))], model, [0.3])
    with pytest.raises(CouplingError, match="coupling = -1"):
        events_of_pair(belle2, belle2.search("displaced"), model, 0.3, [-1.0])
