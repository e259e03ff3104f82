"""Searches that a model has no part in, published limits, and searches with several processes and final states."""

import dataclasses

import numpy as np
import pytest

from farflung.detectors import NA62, BaBar, BelleII, Detector, MassTable, PublishedLimit
from farflung.lpp import ALPFermion, DarkScalar, ProcessError, TwoBodyDecay
from farflung.scenarios import branching_ratio_limit, compare, events_of_pair

BELLE2 = BelleII()
DISPLACED = BELLE2.search("displaced")
MASSES = [0.3, 0.5]


def test_a_search_is_blind_to_a_model_without_its_final_states():
    hidden = dataclasses.replace(DISPLACED, name="hidden", final_states=("KK",))
    found = compare([(BELLE2, DISPLACED), (BELLE2, hidden)], ALPFermion(), MASSES, n=512)
    assert np.isnan(found.data["events"].sel(search="belle2:hidden")).all()
    assert set(found.best_search().values) == {"belle2:displaced"}


def test_a_search_is_blind_to_processes_that_the_model_lacks():
    with_kaons = dataclasses.replace(DISPLACED, processes=(*DISPLACED.processes, TwoBodyDecay("B+", "p")))
    ours = compare([(BELLE2, with_kaons)], ALPFermion(), MASSES, n=512)
    plain = compare([(BELLE2, DISPLACED)], ALPFermion(), MASSES, n=512)
    np.testing.assert_array_equal(ours.data["events"], plain.data["events"])


def test_a_model_that_nobody_looks_for_is_an_error():
    gluey = dataclasses.replace(DISPLACED, final_states=("KK",))
    with pytest.raises(ProcessError, match="final state = KK is not one of alp-fermion's"):
        compare([(BELLE2, gluey)], ALPFermion(), MASSES, n=512)


def test_processes_add():
    model = DarkScalar()
    k_star = TwoBodyDecay("B+", "K*(892)+")
    both = dataclasses.replace(DISPLACED, processes=(*DISPLACED.processes, k_star))
    alone = dataclasses.replace(DISPLACED, processes=(k_star,))
    theta = np.array([1e-4, 1e-3])
    # each of the processes has as many flights together as by itself
    sizes = {"one": (DISPLACED, 4096), "two": (alone, 4096), "both": (both, 8192)}
    one, two, sum_ = (events_of_pair(BELLE2, s, model, 0.5, theta, n=n) for s, n in sizes.values())
    np.testing.assert_allclose(sum_[0], one[0] + two[0], rtol=5e-3)
    assert (sum_[1] < one[1] + two[1]).all()


def test_a_published_limit_compares_branching_ratios():
    model, coupling = ALPFermion(), np.array([1e-4, 1e-3])
    limit = MassTable((0.25, 4.0), (1e-8, 1e-8), "a paper")

    class Published(Detector):
        name, title = "published", "A paper"

        def __init__(self):
            prompt = PublishedLimit("prompt", "p", processes=DISPLACED.processes, final_states=("mumu",), limit=limit)
            displaced = dataclasses.replace(prompt, name="displaced", solid="vertexing volume")
            super().__init__(BELLE2.source, BELLE2.solids, [prompt, displaced])

    detector = Published()
    expected = model.production("B+ -> K+", 0.5, coupling) * model.branching_ratios(0.5)["mumu"] / 1e-8
    found, _ = events_of_pair(detector, detector.search("prompt"), model, 0.5, coupling)
    np.testing.assert_allclose(found, expected, rtol=1e-9)
    inside, _ = events_of_pair(detector, detector.search("displaced"), model, 0.5, coupling)
    acceptance = BELLE2.acceptance("displaced", BELLE2.flights(model, 0.5))
    np.testing.assert_allclose(inside, expected * acceptance(model.ctau(0.5, coupling)), rtol=5e-3)
    reach = compare([detector], model, MASSES)
    np.testing.assert_array_equal(reach.data["limit"], 1)
    assert np.isfinite(reach.smallest_coupling().values).all()


def test_a_background_may_depend_on_the_mass():
    bump = dataclasses.replace(DISPLACED, background=MassTable((0.3, 0.5), (0.0, 100.0), "made up"))
    found = compare([(BELLE2, bump)], ALPFermion(), MASSES, n=512)
    np.testing.assert_allclose(found.data["limit"].values[0], [2.3026, 14.6], rtol=0.1)


def test_processes_with_different_efficiencies_are_not_mixed():
    """Also where the particle decays to nothing, which counts wherever it happens (arXiv:2201.06580, eq. 3.4)."""
    model = ALPFermion(invisible_branching_ratio=0.5)
    invisible = BELLE2.search("invisible")
    k_star = TwoBodyDecay("B0", "K*(892)0")
    both = dataclasses.replace(
        invisible,
        processes=(*invisible.processes, k_star),
        final_states=("invisible",),
        efficiency={"B+ -> K+": 0.1, str(k_star): 0.001},
        beside=(),
    )
    parts = [both.only_from(process) for process in both.processes]
    coupling = np.array([1e-3])
    together, first, second = (events_of_pair(BELLE2, s, model, 0.3, coupling, n=512)[0] for s in (both, *parts))
    np.testing.assert_allclose(together, first + second, rtol=1e-9)


def test_nothing_made_is_nothing_seen():
    class Silent(ALPFermion):
        def _production(self, process, mass):
            return np.zeros_like(mass)

    events, error = events_of_pair(BELLE2, DISPLACED, Silent(), 0.3, np.array([1e-3]), n=512)
    assert events == 0
    assert error == 0


@pytest.mark.parametrize(("detector", "search", "mass"), [(BaBar(), "invisible", 0.3), (NA62(), "invisible", 0.2)])
def test_a_published_limit_on_the_branching_ratio_is_that_limit(detector, search, mass):
    """Over the probability to decay in the right place, which is 1 for long lifetimes."""
    published = detector.search(search)
    table = float(published.limit(mass))
    found = branching_ratio_limit(detector, search, mass, [1.0, 1e9])
    assert found[1] == pytest.approx(table, rel=1e-3)
    flights = detector.flights_from(published.processes[0], mass)
    assert found[0] == pytest.approx(table / float(detector.acceptance(search, flights)(1.0)), rel=1e-6)


def test_a_published_limit_without_a_place_is_taken_as_it_is():
    limit = branching_ratio_limit(BaBar(), "diphoton", 1.1, [1e-3, 1e3])
    np.testing.assert_allclose(limit, [1.74e-7, np.inf])
