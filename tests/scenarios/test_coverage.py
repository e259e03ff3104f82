"""Tables that end elsewhere, perhaps since they are in MeV."""

import pytest

from farflung.detectors import MassTable, Published, PublishedLimit, read_limit
from farflung.scenarios import ScenarioError, compare, lifetime_plane, reach

FAST = {"masses": [0.3, 0.5], "n": 512}


def in_mev(tmp_path):
    (tmp_path / "mev.csv").write_text("mass,limit\n300,2e-9\n3000,1e-9\n")
    table = read_limit(tmp_path / "mev.csv")
    return Published([PublishedLimit("mev", "K+ X", processes=("B+ -> K+",), limit=table)])


def test_a_table_that_covers_none_of_the_masses_says_so(tmp_path):
    with pytest.raises(
        ScenarioError, match=r"published:mev says nothing about 0.3 to 1 GeV, since the table covers 300"
    ):
        reach(in_mev(tmp_path), "alp-fermion", masses=[0.3, 1.0])
    with pytest.raises(ScenarioError, match=r"the table covers 300 to 3000: are these MeV?"):
        reach(in_mev(tmp_path), "alp-fermion")
    with pytest.raises(ScenarioError, match=r"says nothing about 0.3 GeV, .* are these MeV?"):
        lifetime_plane([in_mev(tmp_path)], "B+ -> K+", 0.3, [1.0])


def test_beside_others_it_is_said_in_the_attributes(tmp_path):
    found = compare([in_mev(tmp_path), "belle2:displaced"], "alp-fermion", **FAST)
    assert found.data.attrs["silent"] == (
        "published:mev says nothing about 0.3 to 0.5 GeV, since the table covers 300 to 3000: are these MeV?"
    )
    assert {interval.detector for interval in found.intervals()} == {"belle2"}
    plane = lifetime_plane([in_mev(tmp_path), "belle2:displaced"], "B+ -> K+", 0.3, [1.0], n=512)
    assert "are these MeV?" in plane.attrs["silent"]
    assert "silent" not in reach("belle2", "alp-fermion", **FAST).data.attrs


def test_a_table_that_ends_below_the_masses_is_no_slip_of_units():
    table = MassTable((0.1, 0.2), (1e-9, 1e-9), "here")
    limit = PublishedLimit("low", "K+ X", processes=("B+ -> K+",), limit=table)
    with pytest.raises(ScenarioError, match=r"says nothing about 1 GeV, since the table covers 0.1 to 0.2 GeV$"):
        reach(Published([limit]), "alp-fermion", masses=[1.0])
    beyond = PublishedLimit("low", "K+ X", processes=("B+ -> K+",), limit=MassTable(*table_of(table), above=1e-9))
    assert reach(Published([beyond]), "alp-fermion", masses=[1.0]).intervals()


def table_of(table):
    return table.mass, table.value, table.source
