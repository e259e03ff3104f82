"""What Python users give: names, classes, text, generators, and counts that are no powers of two."""

import numpy as np
import pytest
import xarray as xr

from farflung.detectors import (
    BelleII,
    DetectorError,
    LHCb,
    LifetimeTable,
    MassTable,
    Published,
    PublishedLimit,
    Search,
    UnknownNameError,
)
from farflung.lpp import ALPFermion, ALPWeak, CouplingError, MassRangeError, PhysicsError, SamplingError
from farflung.lpp.number_text import read_number, read_whole_number
from farflung.lpp.sampling.unit_points import MOST, sample_size, unit_points
from farflung.scenarios import (
    ScenarioError,
    acceptance_table,
    branching_ratio_limit,
    compare,
    events_of_pair,
    lifetime_plane,
    reach,
)
from farflung.viz import detector_scene, plot_decays, plot_detector, plot_detector_3d, plot_reach, save

FAST = {"masses": [0.3, 0.5], "n": 512}


# Names


def test_names_stand_for_what_is_registered():
    xr.testing.assert_identical(
        reach("belle2", "alp-fermion", **FAST).data, reach(BelleII(), ALPFermion(), **FAST).data
    )
    xr.testing.assert_identical(
        compare(["belle2:displaced", ("lhcb", "prompt")], "alp-weak", **FAST).data,
        compare([(BelleII(), "displaced"), (LHCb(), "prompt")], ALPWeak(), **FAST).data,
    )
    assert compare({"mine": "belle2:invisible"}, "alp-weak", **FAST).searches == ("mine:invisible",)
    assert reach("belle2:displaced", "alp-weak", **FAST).searches == ("belle2:displaced",)


@pytest.mark.parametrize(
    "entries",
    [
        "belle2",
        BelleII(),
        (BelleII(),),
        (detector for detector in (BelleII(),)),
        [[BelleII(), "displaced", "invisible"]],
        ["belle2:displaced", "belle2:invisible"],
    ],
)
def test_forms_of_entries(entries):
    assert compare(entries, "alp-weak", **FAST).searches == ("belle2:displaced", "belle2:invisible")


def test_names_wherever_a_detector_or_a_model_is_due():
    table = acceptance_table("belle2:invisible", "alp-fermion", 0.3, [1.0], n=512)
    assert table["search"].values.tolist() == ["invisible"]
    events, _ = events_of_pair("belle2", "displaced", "alp-weak", 0.3, [1e-3], n=512)
    assert events == events_of_pair(BelleII(), "displaced", ALPWeak(), 0.3, [1e-3], n=512)[0]
    assert branching_ratio_limit("belle2", "displaced", 0.3, 0.1, n=512).shape == ()
    assert lifetime_plane("belle2:displaced", "B+ -> K+", 0.3, [0.1], n=512).sizes["search"] == 1
    assert len(BelleII().flights("alp-weak", 0.3, n=512)) == 512
    for draw in (plot_detector, plot_detector_3d, detector_scene):
        draw("belle2")
    plot_decays("belle2", "alp-weak", 0.3, 0.1, n=512)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (BelleII, r"detector = BelleII is a class; give an object, as in BelleII\(\), or the name of a detector"),
        ("bell2", r"detector = 'bell2' is unknown; did you mean belle2"),
        ("belle2:prompt", r"search = 'prompt' is not one of belle2's"),
        (None, r"detector = None is no detector; give an object, or one of the names 'belle2', "),
        (3, r"detector = 3 is no detector"),
        ([()], r"detector = \(\) is no detector"),
        ([BelleII(), "displaced"], r"detector = 'displaced' is unknown"),
        ((BelleII(), 3), r"detector = 3 is no detector"),
    ],
)
def test_what_is_no_detector_gets_one_sentence(given, message):
    with pytest.raises(DetectorError, match=message):
        compare(given, "alp-weak", **FAST)


@pytest.mark.parametrize(
    "call",
    [
        lambda model: reach("belle2", model, **FAST),
        lambda model: acceptance_table("belle2", model, 0.3, 1.0),
        lambda model: events_of_pair("belle2", "displaced", model, 0.3, 1e-3),
        lambda model: BelleII().flights(model, 0.3),
        lambda model: BelleII().first_process(model, 0.3),
        lambda model: BelleII().processes("displaced", model),
        lambda model: plot_decays("belle2", model, 0.3, 1.0),
    ],
)
def test_what_is_no_model_gets_one_sentence(call):
    with pytest.raises(PhysicsError, match=r"model = ALPWeak is a class; give an object, as in ALPWeak\(\)"):
        call(ALPWeak)
    with pytest.raises(PhysicsError, match=r"model = 'alp-weka' is unknown; did you mean alp-weak"):
        call("alp-weka")
    with pytest.raises(PhysicsError, match=r"model = 3 is no model; give an object, or one of the names 'alp-fermion'"):
        call(3)


def test_labels_that_tables_could_not_be_read_with_are_refused():
    for label in ("x#1", "a:b", "", 'say "x"', "two\nlines", 7):
        with pytest.raises(ScenarioError, match=r"label = .* must be a word or words without"):
            compare({label: BelleII()} if label else [Nameless()], "alp-weak", **FAST)


class Nameless(BelleII):
    name = "no#name"


# Numbers


@pytest.mark.parametrize("given", ["0.3", ["0.3", "0.5"], (m for m in (0.3, 0.5)), {0.3, 0.5}, [0.3, None], object()])
def test_masses_that_are_no_numbers_get_one_sentence(given):
    for name in ("masses", "couplings"):
        with pytest.raises(ScenarioError, match=f"{name} = .* is not a number or an array of numbers"):
            reach("belle2", "alp-weak", **{"masses": [0.3], name: given})


def test_text_for_a_number_elsewhere():
    with pytest.raises(MassRangeError, match=r"mass = '0.3' is not a number"):
        acceptance_table("belle2", "alp-weak", "0.3", 1.0)
    with pytest.raises(DetectorError, match=r"ctau = '1' is not a number"):
        acceptance_table("belle2", "alp-weak", 0.3, "1")
    with pytest.raises(ScenarioError, match=r"mass = '0.3' is not a number"):
        branching_ratio_limit("belle2", "displaced", "0.3", 1.0)
    with pytest.raises(ScenarioError, match=r"ctau = '1' is not a number"):
        lifetime_plane("belle2", "B+ -> K+", 0.3, "1")
    with pytest.raises(CouplingError, match=r"couplings = '1' is not a number"):
        events_of_pair("belle2", "displaced", "alp-weak", 0.3, "1")
    with pytest.raises(DetectorError, match=r"luminosity = '50' is not a number"):
        BelleII("50")
    for argument in ("efficiency", "background", "confidence_level"):
        with pytest.raises(DetectorError, match=f"{argument} of search 'a' = '0.5' is not a number"):
            Search("a", "a", "inside", "tracker", **{argument: "0.5"})


def test_tables_take_whatever_holds_numbers():
    table = MassTable(np.array([0.3, 1.0]), (value for value in (1, 2)), "here")
    assert table == MassTable((0.3, 1.0), (1.0, 2.0), "here")
    assert hash(table) == hash(MassTable([0.3, 1.0], [1, 2], "here"))
    grid = LifetimeTable([0.3, 1.0], np.array([0.1, 1.0]), np.ones((2, 2)), "here")
    assert grid == LifetimeTable((0.3, 1.0), (0.1, 1.0), ((1.0, 1.0), (1.0, 1.0)), "here")
    with pytest.raises(DetectorError, match=r"mass = '0.3' is not a number"):
        MassTable("0.3", "1", "here")
    with pytest.raises(DetectorError, match=r"mass = 0.3 must be a list of numbers"):
        LifetimeTable(0.3, 1, 1, "here")
    with pytest.raises(DetectorError, match=r"value = 1 must be a list of numbers"):
        LifetimeTable((0.3,), (1.0,), 1, "here")


@pytest.mark.parametrize("limit", [2e-9, "limit.csv", None])
def test_a_limit_that_is_no_table(limit):
    with pytest.raises(DetectorError, match=r"limit = .* of limit 'x' must be a table: MassTable\(\(0.1, 4.7\)"):
        PublishedLimit("x", "x", processes=("B+ -> K+",), limit=limit)
    with pytest.raises(DetectorError, match=r"limits has 3, which is no PublishedLimit"):
        Published([3])


def test_numbers_in_plain_digits_only():
    assert [read_number(text) for text in ("1e-9", " .5 ", "5.", "-3E+2")] == [1e-9, 0.5, 5.0, -300.0]
    assert np.isinf(read_number("inf"))
    assert np.isnan(read_number("NaN"))
    assert read_whole_number("+12") == 12
    for text in ("1_0e-9", "１e-9", "1e", "", "0x1", "1 0", "٣"):
        with pytest.raises(ValueError, match=r"is not a number"):
            read_number(text)
    for text in ("1_0", "１２", "1.0", ""):
        with pytest.raises(ValueError, match=r"is not a whole number"):
            read_whole_number(text)


# How many flights


def test_aimed_flights_are_rounded_up_to_a_power_of_two():
    sizes = {1: 512, 512: 512, 513: 1024, 1000: 1024, 1024: 1024, MOST: MOST}
    assert {n: sample_size(n) for n in sizes} == sizes
    assert sample_size(1000, "random") == 1000
    assert unit_points(1000, 3, 1).values.shape == (1024, 3)
    assert unit_points(np.int64(1000), 3, 1, "random").values.shape == (1000, 3)
    for n, sampling in (
        (0, "aimed"),
        (-1, "aimed"),
        (1, "random"),
        (1000.0, "aimed"),
        ("1000", "aimed"),
        (True, "aimed"),
    ):
        with pytest.raises(SamplingError, match=r"is not a whole number of"):
            sample_size(n, sampling)
    with pytest.raises(SamplingError, match=r"do not fit into memory"):
        sample_size(MOST + 1)


@pytest.mark.parametrize(
    ("detector", "model", "mass"),
    [("belle2", "alp-fermion", 0.3), ("charm", "dark-scalar", 0.3), ("e137", "alp-photon", 0.1)],
)
def test_the_rounded_count_is_drawn_and_said(detector, model, mass):
    few, many = (reach(detector, model, masses=[mass], n=n).data for n in (1000, 1024))
    xr.testing.assert_equal(few, many)
    assert few.attrs["sampling"] == "aimed, n = 1024 (rounded up from 1000), seed = 1"
    assert many.attrs["sampling"] == "aimed, n = 1024, seed = 1"
    table = acceptance_table(detector, model, mass, [1.0], n=1000)
    assert table.attrs["sampling"] == "aimed, n = 1024 (rounded up from 1000), seed = 1"
    assert (
        acceptance_table(detector, model, mass, [1.0], n=1000, sampling="random")
        .attrs["sampling"]
        .startswith("random, n = 1000, ")
    )


# Invisible decays, pictures


@pytest.mark.parametrize("ratio", [0.0, 0.5, 0.9])
def test_a_search_for_decays_outside_sees_invisible_ones(ratio):
    """(1 - B) P + B: what decays invisibly is missed wherever it does."""
    ctau = np.geomspace(1e-3, 1e3, 7)
    visible = acceptance_table("belle2", "alp-fermion", 0.3, ctau, n=1024)
    mixed = acceptance_table("belle2", ALPFermion(invisible_branching_ratio=ratio), 0.3, ctau, n=1024)
    p, error = (visible[name].sel(search="invisible").values for name in ("probability", "error"))
    np.testing.assert_allclose(mixed["probability"].sel(search="invisible"), (1 - ratio) * p + ratio, rtol=1e-12)
    np.testing.assert_allclose(mixed["error"].sel(search="invisible"), (1 - ratio) * error, rtol=1e-12)
    xr.testing.assert_equal(
        mixed["probability"].sel(search="displaced"), visible["probability"].sel(search="displaced")
    )


def test_pictures_are_of_the_kinds_that_are_documented(tmp_path):
    axes = plot_detector("belle2")
    for ending in ("png", "pdf", "svg"):
        save(axes, str(tmp_path / f"x.{ending}"))
    for name in ("x.gif", "x", "x.eps"):
        with pytest.raises(ScenarioError, match=r"path = '.*' must end in .png or .pdf or .svg"):
            save(axes, tmp_path / name)
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", ".pdf", ".svg"}
    with pytest.raises(ScenarioError, match=r"reach is a Dataset; give what farflung.scenarios.reach"):
        plot_reach(reach("belle2", "alp-weak", **FAST).data)


def test_unknown_names_are_detector_errors():
    assert issubclass(UnknownNameError, DetectorError)
