"""A particle or a detector in several treatments between which nothing decides: the reach has a band."""

import json

import numpy as np
import pytest
import xarray as xr
from matplotlib.patches import PathPatch

from farflung.command_line import main
from farflung.detectors import CHARM, FACET, FASER2, BelleII
from farflung.lpp import ALPFermion, ALPPhoton, ALPWeak, DarkPhoton, DarkScalar
from farflung.scenarios import ExcludedInterval, Reach, ScenarioError, compare, reach
from farflung.scenarios.sweeps.band import excluded_together
from farflung.scenarios.sweeps.pairs import pairs_of
from farflung.scenarios.sweeps.treatments import difference, treatments_of
from farflung.viz import plot_reach

MASSES = [0.8, 1.1, 1.3, 1.6]
COUPLINGS = np.geomspace(1e-4, 1e-1, 41)


@pytest.fixture(scope="module")
def banded():
    return reach((BelleII(), "displaced"), ALPFermion(), MASSES, COUPLINGS)


def ends(intervals):
    return {interval.mass: (interval.low, interval.high) for interval in intervals}


def test_a_band_lies_between_what_the_treatments_exclude(banded):
    assert list(banded.treatments) == ["hadronic_threshold=1.4"]
    alone = [reach((BelleII(), "displaced"), ALPFermion(hadronic_threshold=at), MASSES, COUPLINGS, treatments=())
             for at in (1.0, 1.4)]  # fmt: skip
    one, other = (ends(found.intervals()) for found in alone)
    assert ends(banded.intervals()) == one
    assert ends(banded.treatments["hadronic_threshold=1.4"].intervals()) == other
    everywhere, somewhere = ends(banded.excluded_by_all()), ends(banded.excluded_by_some())
    for mass in (0.8, 1.6):
        assert everywhere[mass] == somewhere[mass] == one[mass]
    for mass in (1.1, 1.3):
        assert somewhere[mass] == (min(one[mass][0], other[mass][0]), max(one[mass][1], other[mass][1]))
        if mass in everywhere:
            assert everywhere[mass] == (max(one[mass][0], other[mass][0]), min(one[mass][1], other[mass][1]))
    # seven in a hundred decays are to muons above 1 GeV if hadrons are quarks there, nearly all if they are pions
    assert somewhere[1.1][1] > 2 * one[1.1][1]


def test_charm_goes_on_above_one_gev_if_hadrons_are_pions_there():
    found = reach(CHARM(), ALPFermion(), [0.95, 1.1, 1.25, 1.33], np.geomspace(1e-4, 2e-3, 60), n=4096)
    assert {interval.mass for interval in found.excluded_by_all()} == {0.95}
    assert {interval.mass for interval in found.excluded_by_some()} == {0.95, 1.1, 1.25, 1.33}


def test_treatments_may_differ_in_a_process_alone():
    """Two approximations of bremsstrahlung with one name and one vertex have their own numbers and momenta."""
    masses, couplings = [0.05, 0.25], np.geomspace(1e-7, 1e-6, 9)
    found = reach(CHARM(), DarkPhoton(), masses, couplings, n=2**14, beside_thresholds=False)
    (label,) = found.treatments
    assert label == "bremsstrahlung='quasi-real'"
    other = reach(CHARM(), DarkPhoton(bremsstrahlung="quasi-real"), masses, couplings, n=2**14, treatments=(),
                  beside_thresholds=False)  # fmt: skip
    np.testing.assert_array_equal(found.treatments[label].data["events"], other.data["events"])
    ratio = (other.data["events"] / found.data["events"]).isel(coupling=0).values.ravel()
    first, second = (
        (data["events_error"] / data["events"]).isel(coupling=0).values.ravel() for data in (found.data, other.data)
    )
    error = np.hypot(first, second)
    assert error.max() < 0.02
    assert 0.99 - 3 * error[0] < ratio[0] < 1 + 3 * error[0]  # pions
    assert 0.9 < ratio[1] < 0.99  # etas, and protons


def test_what_is_excluded_together_may_be_in_pieces():
    def interval(low, high, mass=1.0):
        return ExcludedInterval("d", "s", "m", mass, low, high)

    one, other = [interval(1.0, 4.0), interval(8.0, 9.0)], [interval(2.0, 3.0), interval(3.5, 8.5)]
    together = excluded_together([one, other], some=False, ends=(0.1, 10.0))
    assert [(i.low, i.high) for i in together] == [(2.0, 3.0), (3.5, 4.0), (8.0, 8.5)]
    either = excluded_together([one, other], some=True, ends=(1.0, 9.0))
    assert [(i.low, i.high, i.open_end) for i in either] == [(1.0, 9.0, "low high")]
    assert excluded_together([one, []], some=False, ends=(0.1, 10.0)) == []


def test_only_what_belongs_to_a_search_is_there_for_each_treatment(banded):
    others = {str(name) for name in banded.data.data_vars if str(name).startswith("other_")}
    names = ("events", "events_error", "edge_coupling", "edge_events", "edge_error")
    assert others == {f"other_{name}" for name in names}


def test_a_band_survives_its_file(banded, tmp_path):
    banded.write(tmp_path / "band.nc")
    again = Reach(xr.load_dataset(tmp_path / "band.nc"))
    assert ends(again.excluded_by_some()) == ends(banded.excluded_by_some())
    banded.write(tmp_path / "band.json")
    band = json.loads((tmp_path / "band.json").read_text())["band"]
    assert {row["mass_GeV"] for row in band["excluded_by_some"]} == {1.1, 1.3}
    assert "limits are a band" in banded.as_csv()


def test_treatments_may_be_ones_own():
    """Any two models of one particle: here two masses of the top quark."""
    found = reach((BelleII(), "displaced"), DarkScalar(), [0.3], treatments=[DarkScalar(top_mass=173)])
    assert list(found.treatments) == ["top_mass=173"]
    low = [result.intervals()[0].low for result in (found, *found.treatments.values())]
    assert low[1] < low[0]
    assert not reach((BelleII(), "displaced"), DarkScalar(), [1.5], treatments=()).treatments
    assert "treatment" not in reach((BelleII(), "displaced"), ALPFermion(), [0.3]).data.coords
    with pytest.raises(ScenarioError, match=r"treatments has dark-scalar in sin\(theta\), but alp-weak is in c_WW/f_a"):
        reach(BelleII(), ALPWeak(), [0.3], treatments=[DarkScalar()])
    with pytest.raises(ScenarioError, match=r"treatments = ALPWeak\(\) must be a list of models"):
        reach(BelleII(), ALPWeak(), [0.3], treatments=ALPWeak())


FAR, PHOTONS = [0.2], np.geomspace(1e-6, 1e-1, 61)


@pytest.fixture(scope="module")
def of_generators():
    """FASER2 with either generator: it has treatments of its own, ALPs that couple to photons alone have none."""
    return reach(FASER2(), ALPPhoton(), FAR, PHOTONS, n=1024)


def test_detectors_have_treatments(of_generators):
    assert list(of_generators.treatments) == ["faser2.generator='sibyll'"]
    alone = [
        ends(reach(FASER2(generator=generator), ALPPhoton(), FAR, PHOTONS, n=1024, treatments=()).intervals())
        for generator in ("pythia", "sibyll")
    ]
    assert ends(of_generators.intervals()) == alone[0]
    assert ends(of_generators.treatments["faser2.generator='sibyll'"].intervals()) == alone[1]
    everywhere, somewhere = ends(of_generators.excluded_by_all()), ends(of_generators.excluded_by_some())
    for mass in FAR:
        low, high = zip(*(found[mass] for found in alone), strict=True)
        assert somewhere[mass] == (min(low), max(high))
        assert everywhere[mass] == (max(low), min(high))
        assert min(low) < max(low)
    assert "a band, which ends where faser2.generator='sibyll' would put them" in of_generators.as_csv()


def test_treatments_of_several_detectors_make_one():
    """Labels tell them apart; who has none stays as it is, and no detector is told to change with the model."""
    model = ALPFermion()
    every = treatments_of(pairs_of({"far": FASER2(), "near": FACET(), "belle2": (BelleII(), "displaced")}), model, None)
    told = [difference(every[0], other) for other in every[1:]]
    assert told == ["hadronic_threshold=1.4", "far.generator='sibyll', near.generator='sibyll'"]
    first, of_model, of_detectors = every
    assert of_model.pairs is first.pairs
    assert of_detectors.model is model
    assert of_detectors.pairs[2].detector is first.pairs[2].detector
    assert [pair.search for pair in of_detectors.pairs] == [pair.search for pair in first.pairs]


def test_detectors_of_ones_own_choice_are_treatments_too():
    pairs = pairs_of([FASER2(), BelleII()])
    (first, other) = treatments_of(pairs, ALPWeak(), [FASER2(layout="620"), FASER2()])
    assert difference(first, other) == "faser2.layout='620'"
    with pytest.raises(ScenarioError, match="treatments has facet, which is none of faser2, belle2"):
        treatments_of(pairs, ALPWeak(), [FACET()])


def test_bands_are_drawn(banded):
    def dotted(axes):
        return [patch for patch in axes.patches if isinstance(patch, PathPatch) and patch.get_hatch() == "...."]

    assert len(dotted(plot_reach(banded))) == 1
    assert not dotted(plot_reach(banded.treatments["hadronic_threshold=1.4"]))


def test_processes_of_their_own_find_the_same_band(banded):
    from farflung.scenarios.workers import workers

    with workers(2, []) as executor:
        found = compare([(BelleII(), "displaced")], ALPFermion(), MASSES, COUPLINGS, executor=executor)
    xr.testing.assert_identical(found.data, banded.data)


def test_the_command_line_may_leave_the_band_out(capsys):
    asked = ["reach", "belle2:displaced", "alp-fermion", "--mass", "0.8,1.2", "--coupling", "1e-4:1e-1:31", "-n", "512"]
    assert main(asked) == 0
    assert "at 1.2 GeV limits are a band" in capsys.readouterr().err
    assert main([*asked, "--one-treatment"]) == 0
    assert "band" not in capsys.readouterr().err
