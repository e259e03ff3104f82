"""Limits from a user's file and from the package alpaca-ALPs."""

import sys
from math import inf

import numpy as np
import pytest

from farflung.detectors import (
    BelleII,
    DetectorError,
    LHCb,
    LifetimeTable,
    MassTable,
    Published,
    PublishedLimit,
    alpaca_experiments,
    alpaca_limit,
    read_limit,
)
from farflung.lpp import ALPFermion, TwoBodyDecay
from farflung.lpp.units import PICOSECOND
from farflung.scenarios import compare

B_TO_K = (TwoBodyDecay("B+", "K+"),)


def written(folder, text):
    path = folder / "limit.csv"
    path.write_text(text)
    return path


def test_a_file_against_mass(tmp_path):
    table = read_limit(written(tmp_path, "# somebody, 2026\nmass, limit\n3,2e-9\n1,1e-9\n\n"), source="somebody")
    assert table == MassTable((1.0, 3.0), (1e-9, 2e-9), "somebody")


def test_a_file_against_mass_and_lifetime(tmp_path):
    text = "mass,ctau,limit\n0.3,0.1,inf\n0.3,1e-3,2e-9\n3,1e-3,4e-9\n3,0.1,5e-8\n"
    table = read_limit(written(tmp_path, text), prompt=True)
    assert table == LifetimeTable((0.3, 3.0), (1e-3, 0.1), ((2e-9, inf), (4e-9, 5e-8)), "limit.csv", prompt=True)
    assert table(3.0, 1e-6) == pytest.approx(4e-9)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffmass,limit\n0.3,2e-9\n3.0,1e-9\n",
        '"mass","limit"\n"0.3","2e-9"\n"3.0","1e-9"\n',
        '\ufeff"mass", "limit"\r\n"0.3", "2e-9"\r\n3.0, 1e-9\r\n',
        '"# made by a spreadsheet, which says ""so"""\nMass,Limit,,\n0.3,2e-9,,\n,,,\n3,1E-9,,\n',
        '# unbalanced " here\nmass,limit\n0.3,2e-9\n3.0,1e-9\n',
    ],
)
def test_as_spreadsheets_and_statistics_programs_write_it(tmp_path, text):
    assert read_limit(written(tmp_path, text), source="") == MassTable((0.3, 3.0), (2e-9, 1e-9), "limit.csv")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mass,limit\n0.3,2e-9\n1,1_0e-9\n", r"limit.csv, line 3: limit = '1_0e-9' is not a positive number"),
        ("mass,limit\n1,\uff11e-9\n", r"line 2: limit = '\uff11e-9' is not a positive number"),
        ("mass;limit\n1;1e-9\n", r"line 1: 'mass;limit' must be mass,limit or mass,ctau,limit"),
        ('mass,limit\n"1,2e-9\n', r"""line 2: '"1,2e-9' cannot be read"""),
        ("", r"limit.csv is empty; its first line must be mass,limit or mass,ctau,limit"),
        ("m,tau\n1,2\n", r"limit.csv, line 1: 'm,tau' must be mass,limit or mass,ctau,limit"),
        ("mass,limit\n", r"limit.csv has no line of numbers"),
        ("mass,limit\n1,2e-9\n1,3e-9\n", r"line 3: there is a limit for 1 already"),
        ("mass,limit\n1,two\n", r"line 2: limit = 'two' is not a positive number"),
        ("mass,limit\n-1,2e-9\n", r"line 2: mass = '-1' is not a positive number"),
        ("mass,limit\n1,nan\n", r"line 2: limit = 'nan' is not a positive number"),
        ("mass,ctau,limit\n1,inf,1e-9\n", r"line 2: ctau = 'inf' is not a positive number"),
        ("mass,ctau,limit\n1,1\n", r"line 2 has 2 columns, but the first line names 3"),
        ("mass,ctau,limit\n1,1,1e-9\n2,3,1e-9\n", r"mass = 1 GeV has no line for ctau = 3 m, as others have"),
    ],
)
def test_bad_files_are_refused(tmp_path, text, message):
    with pytest.raises(DetectorError, match=message):
        read_limit(written(tmp_path, text))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(DetectorError, match=r"nowhere.csv' cannot be read"):
        read_limit(tmp_path / "nowhere.csv")


def test_a_users_limit_is_compared_with_detectors(tmp_path):
    model = ALPFermion()
    ctau = float(model.ctau(0.3, 1e-2))
    table = read_limit(written(tmp_path, f"mass,ctau,limit\n0.3,{ctau / 3},1e-7\n0.3,{ctau * 3},1e-7\n"))
    mine = Published([PublishedLimit("muons", "K⁺ μ⁺μ⁻", processes=B_TO_K, final_states=("mumu",), limit=table)])
    found = compare({"mine": mine, "belle2": (BelleII(), "displaced")}, model, masses=[0.3])
    (interval,) = (i for i in found.intervals() if i.detector == "mine")
    # where the product of branching ratios is 1e-7, or the table ends
    rate = float(model.production("B+ -> K+", 0.3) * model.branching_ratios(0.3)["mumu"])
    assert interval.low == pytest.approx(max(1e-2 / 3**0.5, (1e-7 / rate) ** 0.5), rel=0.03)
    assert interval.high == pytest.approx(1e-2 * 3**0.5, rel=0.03)
    assert {i.detector for i in found.intervals()} == {"mine", "belle2"}


def test_what_is_no_published_limit_is_refused():
    table = MassTable((1.0,), (1e-9,), "made up")
    with pytest.raises(DetectorError, match="limits is empty"):
        Published([])
    with pytest.raises(DetectorError, match="there are no solids here"):
        Published([PublishedLimit("x", "x", solid="box", processes=B_TO_K, limit=table)])
    with pytest.raises(DetectorError, match="is no decay"):
        Published([PublishedLimit("x", "x", processes=(BelleII().source.photon_associated,), limit=table)])
    with pytest.raises(DetectorError, match="which has no flights"):
        Published([PublishedLimit("x", "x", processes=B_TO_K, limit=table)]).flights_from("B+ -> K+", 1.0)


def test_without_the_extra_one_sentence_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "alpaca.experimental_data", None)
    with pytest.raises(DetectorError, match=r"need the extra limits, as in pip install 'farflung\[limits\]'"):
        alpaca_experiments("B+ -> K+", "mumu")
    with pytest.raises(DetectorError, match="state = 'pipi' is not one of"):
        alpaca_experiments("B+ -> K+", "pipi")


class TestAlpaca:
    @pytest.fixture(autouse=True)
    def _installed(self):
        pytest.importorskip("alpaca", reason="the extra limits is not installed", exc_type=ImportError)

    def test_it_has_the_limits_of_the_papers(self):
        assert {"LHCb", "Belle II", "CHARM"} <= set(alpaca_experiments("B+ -> K+", "mumu"))
        assert alpaca_experiments("B+ -> K+", "gammagamma") == ("BaBar",)
        # measured values, which are no limits, are left out
        assert alpaca_experiments("B+ -> K+", "invisible") == ()
        with pytest.raises(DetectorError, match="has no limit on B\\+ -> K\\+, mumu in alpaca, which has LHCb"):
            alpaca_limit("B+ -> K+", "mumu", "nobody")

    def test_lhcb_is_that_of_the_table_here(self):
        limit, ours = alpaca_limit("B+ -> K+", "mumu", "LHCb"), LHCb().searches["prompt"]
        assert limit.confidence_level == 0.95
        assert limit.references == ("LHCb:2016awg", "arXiv:2508.08354")
        # the table here holds medians of neighbouring masses
        for mass in (0.6, 2.0, 3.3):
            theirs = [limit.limit_at(at, 0.3 * PICOSECOND) for at in mass * np.linspace(0.98, 1.02, 21)]
            assert np.median(theirs) == pytest.approx(ours.limit_at(mass, 0.3 * PICOSECOND), rel=0.35)
        assert np.isinf(limit.limit_at(3.1, 10 * PICOSECOND))

    def test_limits_go_on_where_they_may(self):
        # prompt decays for shorter lifetimes, invisible particles for longer ones, beam dumps for neither
        lhcb, na62 = alpaca_limit("B+ -> K+", "mumu", "LHCb"), alpaca_limit("K+ -> pi+", "invisible", "NA62")
        charm = alpaca_limit("B+ -> K+", "mumu", "CHARM")
        assert lhcb.limit_at(2.0, 1e-9) == lhcb.limit_at(2.0, lhcb.limit.ctau[0])
        assert np.isinf(lhcb.limit_at(2.0, 1.0))
        assert na62.limit_at(0.2, 1e6) == pytest.approx(na62.limit_at(0.2, 3.0), rel=0.01)
        assert np.isinf(charm.limit_at(0.5, 1e-4))

    def test_a_limit_against_mass_alone_knows_the_lifetime(self):
        koto = alpaca_limit("K(L)0 -> pi0", "invisible", "KOTO")
        # 2.4e-9 at most masses: arXiv:1810.09655
        assert koto.limit_at(0.1, 1e6) == pytest.approx(2.4e-9, rel=0.5)
        assert koto.limit_at(0.1, 1e-2) > 1e3 * koto.limit_at(0.1, 1e6)

    def test_it_is_compared_with_detectors(self):
        found = compare({"alpaca": Published([alpaca_limit("B+ -> K+", "mumu", "LHCb")])}, ALPFermion(), masses=[2.0])
        ours = compare([(LHCb(), "displaced")], ALPFermion(), masses=[2.0])
        assert found.intervals()[0].low == pytest.approx(ours.intervals()[0].low, rel=0.25)
