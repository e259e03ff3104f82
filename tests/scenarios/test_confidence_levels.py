"""Searches at one confidence level, and what is said of those at another."""

import numpy as np
import pytest
import xarray as xr

from farflung.command_line import main
from farflung.detectors import BelleII, DetectorError, MassTable, Published, PublishedLimit, Search, signal_upper_limit
from farflung.detectors.registry import DETECTORS
from farflung.lpp import ALPFermion
from farflung.scenarios import Reach, compare, lifetime_plane, reach
from farflung.scenarios.sweeps.statistics import common_level, levels_sentence, notes_of, other_levels
from farflung.viz import plot_plane, plot_reach

COUPLINGS = np.geomspace(1e-5, 1, 11)
MASSES = [0.25, 0.3]


def published(level):
    table = MassTable((0.1, 1.0), (1e-8, 1e-8), "made up")
    limit = PublishedLimit("x", "X", processes=("B+ -> K+",), limit=table, confidence_level=level)
    return Published([limit], title="Somebody")


def result(levels, **attrs):
    names = [f"d{i}:s" for i in range(len(levels))]
    return xr.Dataset(coords={"search": names, "confidence_level": ("search", levels)}, attrs=attrs)


def test_levels_of_experiments_are_those_of_their_sources():
    found = {
        f"{name}:{search.name}": search.confidence_level
        for name in ("babar", "belle", "na62", "na62-dump", "lhcb", "belle2-extended", "koto", "e949")
        for search in DETECTORS.make(name).searches.values()
    }
    assert found == {
        "babar:invisible": None,  # the table of arXiv:2311.14629 does not say
        "babar:diphoton": 0.90,  # arXiv:2111.01800
        "belle:diphoton": 0.90,  # the paper's figures 4 and 5
        "na62:invisible": 0.90,  # arXiv:2103.15389
        "na62:invisible-pi0": 0.90,  # arXiv:2010.07644
        "na62:diphoton": 0.90,  # arXiv:2311.01837
        "na62-dump:decays": 0.90,
        "lhcb:displaced": 0.95,  # arXiv:1612.07818
        "lhcb:prompt": 0.95,
        "lhcb:kstar": 0.95,  # arXiv:1508.04094
        "belle2-extended:displaced": 0.90,  # arXiv:2201.06580, figure 12
        "belle2-extended:invisible": 0.90,
        "belle2-extended:muons": 0.95,  # arXiv:1911.03176
        "belle2-extended:mesons": 0.95,
        "belle2-extended:taus": 0.95,
        "belle2-extended:diphoton": 0.90,
        "koto:invisible": 0.90,  # arXiv:1810.09655
        "e949:invisible": 0.90,  # arXiv:0903.0030
        "e949:diphoton": 0.90,  # arXiv:hep-ex/0505069
    }


def test_a_published_limit_stays_and_may_leave_its_level_open():
    limit = published(None).search("x")
    assert limit.confidence_level is None
    assert limit.with_statistics(0.95, 0.1) is limit
    with pytest.raises(DetectorError, match=r"confidence_level = 95 is not between 0 and 1"):
        published(95)
    with pytest.raises(DetectorError, match="background_uncertainty of limit 'x' would be ignored"):
        PublishedLimit(
            "x", "x", processes=("B+ -> K+",), limit=MassTable((0.1, 1), (1, 1), "x"), background_uncertainty=0.1
        )
    with pytest.raises(DetectorError, match="confidence_level of search 'x' = None is not a number"):
        Search("x", "x", "inside", "box", confidence_level=None)


def test_counting_searches_are_put_at_one_level():
    entries = {"belle2": (BelleII(), "invisible"), "theirs": published(0.9), "open": published(None)}
    found = compare(entries, ALPFermion(), MASSES, COUPLINGS, n=256, confidence_level=0.95).data
    np.testing.assert_equal(found["confidence_level"].values, [0.95, 0.9, np.nan])
    assert found.attrs["confidence_levels"] == "0.95, 0.9, unstated"
    assert float(found["limit"].sel(search="belle2:invisible")[0]) == signal_upper_limit(176_700, None, 0.95)
    assert levels_sentence(found) == (
        "confidence levels of 95 % and 90 % are mixed: theirs:x is at 90 %; that of open:x is not stated; "
        "a published limit cannot be moved to another"
    )
    # the detectors that were given keep their own
    assert entries["belle2"][0].search("invisible").confidence_level == 0.9
    uncertain = reach("belle2:invisible", ALPFermion(), MASSES, COUPLINGS, n=256, background_uncertainty=0.05)
    assert float(uncertain.data["background_uncertainty"][0]) == 0.05
    assert float(uncertain.data["limit"][0, 0]) == signal_upper_limit(176_700, None, 0.9, 0.05)
    assert notes_of(uncertain.data)[0] == "belle2:invisible: background known to 5 %"
    # also where all limits are published ones, which stay
    for name in ("belle2:invisible", "babar:invisible"):
        with pytest.raises(DetectorError, match="confidence_level = 95 is not between 0 and 1"):
            reach(name, ALPFermion(), MASSES, COUPLINGS, confidence_level=95)
        with pytest.raises(DetectorError, match="background_uncertainty = 5 must be relative"):
            reach(name, ALPFermion(), MASSES, COUPLINGS, background_uncertainty=5)


@pytest.mark.parametrize(
    ("levels", "asked", "sentence"),
    [
        ([0.9, 0.9], {}, ""),
        ([0.9, 0.9, 0.95], {}, "confidence levels of 90 % and 95 % are mixed: d2:s is at 95 %"),
        ([0.95, 0.95, 0.9], {}, "confidence levels of 95 % and 90 % are mixed: d2:s is at 90 %"),
        ([0.95, 0.9], {}, "confidence levels of 90 % and 95 % are mixed: d0:s is at 95 %"),
        ([0.9, np.nan], {}, "not every confidence level is 90 %: that of d1:s is not stated"),
        ([np.nan, np.nan], {}, ""),
        ([0.95, 0.95], {"confidence_level": "0.95"}, ""),
        (
            [0.95, 0.9, 0.9],
            {"confidence_level": "0.95"},
            "confidence levels of 95 % and 90 % are mixed: d1:s and d2:s are at 90 %; a published limit cannot be "
            "moved to another",
        ),
    ],
)
def test_mixed_levels_are_said(levels, asked, sentence):
    assert levels_sentence(result(levels, **asked)) == sentence


def test_results_of_earlier_versions_have_levels_too():
    old = xr.Dataset(coords={"search": ["a:b", "c:d"]}, attrs={"confidence_levels": "0.9, 0.95"})
    assert other_levels(old) == {"c:d": "95 %"}
    assert common_level(old) == 0.9
    assert notes_of(old) == []


def texts(axes):
    legend = axes.get_legend()
    return [text.get_text() for text in [*axes.texts, *(legend.get_texts() if legend else [])]]


def test_pictures_mark_other_levels_and_carry_the_notes(tmp_path):
    entries = {"belle2": BelleII(), "lhcb": "lhcb"}
    found = compare(entries, ALPFermion(), np.geomspace(0.25, 2, 5), COUPLINGS, n=256)
    axes = plot_reach(found)
    title = axes.get_title().replace("\n", " ")
    assert title == "ALP coupled to fermions, excluded, or expected to be, at 95 % CL unless marked"
    marked = [text for text in texts(axes) if "(90 % CL)" in text]
    assert len(marked) == 2
    assert all("Belle II" in text for text in marked)
    assert "continuum background" in axes.figure.get_supxlabel().replace("\n", " ")
    # axes of somebody else's figure are left alone
    from matplotlib.figure import Figure

    own = Figure().add_subplot()
    plot_reach(found, own)
    assert not own.figure.get_supxlabel()
    # what was written can be read and drawn again
    found.write(tmp_path / "x.nc")
    with xr.open_dataset(tmp_path / "x.nc") as again:
        assert plot_reach(Reach(again)).get_title() == axes.get_title()
    plane = lifetime_plane(entries, "B+ -> K+", 0.3, np.geomspace(1e-3, 1, 3), n=256, confidence_level=0.95)
    assert levels_sentence(plane) == ""
    assert "continuum background" in plot_plane(plane).figure.get_supxlabel().replace("\n", " ")


def test_commands_say_it_once_below_the_table(capsys):
    at = ["--model", "alp-fermion", "--mass", "0.25", "--coupling", "1e-4:1:9", "-n", "256", "--jobs", "1"]
    assert main(["compare", "belle2:invisible", "na62:invisible", *at]) == 0
    printed = capsys.readouterr()
    assert "mixed" not in printed.err
    assert printed.err.count("continuum background") == 1
    assert "# belle2:invisible: continuum background" in printed.out
    arguments = ["compare", "belle2:invisible", "na62:invisible", *at, "--confidence-level", "0.95"]
    assert main([*arguments, "--background-uncertainty", "0.05"]) == 0
    printed = capsys.readouterr()
    said = "confidence levels of 95 % and 90 % are mixed: na62:invisible is at 90 %; a published limit cannot be moved"
    assert printed.err.count(said) == 1
    assert "belle2:invisible: background known to 5 %" in printed.err
    assert "# background_uncertainties: 0.05, 0\n" in printed.out
    limit = signal_upper_limit(176_700, None, 0.95, 0.05)
    assert f"belle2:invisible {limit:.4g} events" in printed.out


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (["--confidence-level", "95"], "'95' must be between 0 and 1, as in 0.95"),
        (["--confidence-level", "1"], "'1' must be between 0 and 1"),
        (["--background-uncertainty", "5"], "'5' must be at least 0 and below 1"),
        (["--background-uncertainty", "-0.1"], "'-0.1' must be at least 0 and below 1"),
    ],
)
def test_bad_options_get_a_sentence(option, message, capsys):
    assert main(["reach", "belle2", "alp-fermion", *option]) == 2
    assert message in capsys.readouterr().err


def test_a_note_is_one_line():
    with pytest.raises(DetectorError, match=r"note = .* of search 'x' must be one line of text"):
        Search("x", "x", "inside", "box", note="a\nb")
    search = Search("x", "x", "inside", "box", note="half of it is guessed")
    assert search.with_statistics(0.95).note == "half of it is guessed"
