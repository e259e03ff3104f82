"""NA62 in beam-dump mode: a projection, in which photons count up to the calorimeter and charged pairs do not."""

import numpy as np
import pytest

from farflung.commands.entries import _entry
from farflung.detectors import NA62, NA62Dump
from farflung.lpp import ALPWeak, DarkScalar, Flights
from farflung.scenarios import compare, events_of_pair

ABSORBER = 23.07
"""Where positions begin, in the frame of NA62 [m] (arXiv:1703.08501)."""


def seen(state, z, mass=0.25, energy=60.0):
    """Share of decays on a line near the axis that are seen at z [m] of NA62's own frame."""
    n = 4000
    flights = Flights(np.zeros(3), np.tile([0.0, 0.0, energy], (n, 1)), mass)
    point = np.tile([0.3, 0.1, z - ABSORBER], (n, 1))
    products = NA62Dump().searches["decays"].products
    return products.accepts(state, flights, point, np.random.default_rng(1).random((n, 2))).mean()


@pytest.mark.parametrize("state", ["ee", "mumu"])
def test_charged_pairs_need_the_first_chamber(state):
    assert seen(state, 182.9) > 0.3
    assert seen(state, 183.1) == 0


def test_photons_count_up_to_the_calorimeter():
    assert seen("gammagamma", 182.9) == pytest.approx(seen("gammagamma", 183.1), abs=0.02)
    # the narrowest pairs are 2 m/E = 8.3 mrad wide, 0.1 m at 12 m from the calorimeter
    assert seen("gammagamma", 228.0) > 0.5
    assert seen("gammagamma", 241.6) == 0
    dump = NA62Dump()
    inside = dump.sees("decays", [[0, 0.022, z - ABSORBER] for z in (101.9, 102.1, 241.4, 241.6)])
    assert list(inside) == [False, True, True, False]


def test_events_grow_with_the_protons():
    few, many = NA62Dump(1.4e17), NA62Dump()
    assert few.title == "NA62 dump (1.4 × 10¹⁷ protons)"
    assert many.title == "NA62 dump (10¹⁸ protons)"
    assert repr(few) == "NA62Dump(protons=1.4e+17)"
    events = [events_of_pair(d, "decays", DarkScalar(), 0.4, [1e-4])[0][0] for d in (few, many)]
    assert events[0] / events[1] == pytest.approx(0.14)


def test_results_and_projections_have_names_of_their_own():
    assert all(search.is_result for search in NA62().searches.values())
    assert not any(search.is_result for search in NA62Dump().searches.values())


def test_the_old_name_is_read_for_a_release():
    with pytest.warns(FutureWarning, match="na62:dump is now na62-dump"):
        found = compare("na62:dump", ALPWeak(), [0.1], n=512)
    assert list(found.data["search"].values) == ["na62-dump:decays"]
    with pytest.warns(FutureWarning, match="na62:dump is now na62-dump"):
        assert _entry("old=na62:dump") == ("old", "na62-dump", None)
    assert _entry("na62:invisible") == ("na62", "na62", "invisible")
