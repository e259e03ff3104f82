"""Belle II's further final states, kaons and calorimeter, which leave its two searches as they are."""

import numpy as np
import pytest

from farflung.detectors import BelleII, DetectorError
from farflung.lpp import ALPFermion, ALPWeak, DarkScalar
from farflung.scenarios import compare, events_of_pair

ALL = ("K+", "K0", "K*0", "K*+")


def test_the_default_has_two_searches():
    assert list(BelleII().searches) == ["displaced", "invisible"]
    assert repr(BelleII()) == "BelleII()"


def test_extended_keeps_them_first_and_unchanged():
    plain, extended = BelleII(), BelleII(extended=True)
    assert list(extended.searches) == ["displaced", "invisible", "muons", "mesons", "taus", "diphoton"]
    assert [plain.search(name) == extended.search(name) for name in plain.searches] == [True, True]
    model, couplings = ALPFermion(), np.geomspace(1e-5, 1e-1, 9)
    for name in plain.searches:
        one, two = (events_of_pair(b, b.search(name), model, 0.3, couplings)[0] for b in (plain, extended))
        np.testing.assert_allclose(one, two, rtol=5e-3)


@pytest.mark.parametrize("options", [{"extended": True, "modes": ALL}, {"calorimeter": "gaps"}])
def test_repr_makes_it_again(options):
    belle2 = BelleII(0.5, **options)
    assert repr(eval(repr(belle2))) == repr(belle2)


def test_three_events_without_background_are_95_percent():
    found = compare([(BelleII(extended=True), "muons")], DarkScalar(), masses=[0.5, 1.0], couplings=[1e-5, 1e-4])
    # -ln(0.05), the "3 or more signal events" of arXiv:1911.03176, figure 2
    np.testing.assert_allclose(found.data["limit"], 3.0, atol=5e-3)


@pytest.mark.parametrize("mass", [0.5, 1.5])
def test_kaons_add_up(mass):
    model, couplings = DarkScalar(), np.geomspace(1e-5, 1e-3, 5)
    events = {}
    for modes in (*((kaon,) for kaon in ALL), ALL):
        belle2 = BelleII(extended=True, modes=modes)
        events[modes], _ = events_of_pair(belle2, belle2.search("muons"), model, mass, couplings, n=1024)
    np.testing.assert_allclose(sum(events[(kaon,)] for kaon in ALL), events[ALL], rtol=0.01)
    # B0 -> K0 has the rate of B+ -> K+ but for lifetime and cross-section; K_S -> pi+ pi- is 0.346 of it
    ratio = events[("K0",)] / events[("K+",)]
    np.testing.assert_allclose(ratio, 0.346 * 0.51 / 0.54 * 1.519 / 1.638, rtol=0.03)


def test_the_scalar_is_found_in_each_final_state():
    """Muons from their threshold, mesons below 2 GeV, taus above 3.6 GeV: arXiv:1911.03176, figure 2."""
    belle2 = BelleII(50, extended=True, modes=ALL)
    couplings = np.geomspace(1e-6, 1e-2, 81)
    entries = {name: (belle2, name) for name in ("muons", "mesons", "taus")}
    scalar = DarkScalar(top_mass=173)  # the mass of the pole, as papers on this particle take it
    found = compare(entries, scalar, masses=[0.3, 1.0, 3.0, 4.0], couplings=couplings, n=1024)
    excluded = found.data["events"].values > 3.0
    expected = [[True, True, True, False], [True, True, False, False], [False, False, False, True]]
    np.testing.assert_array_equal(excluded.any(axis=2), expected)
    # mixing angles of 1e-5 to 1e-4, where LHCb ended at 1e-4
    smallest = couplings[np.argmax(excluded, axis=2)][excluded.any(axis=2)]
    assert ((smallest > 1e-5) & (smallest < 1.2e-4)).all()


def test_a_model_without_these_final_states_does_not_break():
    for model in (ALPWeak(), ALPFermion()):
        found = compare([BelleII(extended=True)], model, masses=[0.3], n=1024)
        assert np.isfinite(found.data["events"].sel(search="belle2:displaced")).all()


def test_photons_are_belles_search_at_another_luminosity():
    model, couplings = ALPWeak(), np.array([0.5, 1.0])
    little, full = (BelleII(luminosity, extended=True) for luminosity in (0.711, 50))
    one, two = (events_of_pair(b, b.search("diphoton"), model, 2.0, couplings, n=1024)[0] for b in (little, full))
    np.testing.assert_allclose(two / one, 50 / 0.711, rtol=1e-9)
    assert full.search("diphoton").background == pytest.approx(5 * 50 / 0.711)


def test_gaps_of_the_calorimeter():
    # escape in all directions, as the paper has it
    plain, gaps = (BelleII(factorised=True, **more) for more in ({}, {"calorimeter": "gaps", "extended": True}))
    angles = np.radians([12.0, 13.0, 31.8, 33.0, 90.0, 129.5, 131.0, 155.5])
    points = np.stack([np.sin(angles), np.zeros(8), np.cos(angles)], axis=1)
    seen = ~gaps.sees("invisible", points)
    np.testing.assert_array_equal(seen, [False, True, False, True, True, False, True, False])
    # short-lived particles escape through the uncovered solid angle, by directions drawn one by one
    theta = np.degrees(
        np.arccos(plain.flights_from("B+ -> K+", 0.3, n=100_000, sampling="random", seed=2).direction[:, 2])
    )
    covered = (
        ((theta > 12.4) & (theta < 31.4)) | ((theta > 32.2) & (theta < 128.7)) | ((theta > 130.7) & (theta < 155.1))
    )
    missed = gaps.acceptance("invisible", gaps.flights_from("B+ -> K+", 0.3))(1e-7)
    assert missed == pytest.approx(1 - covered.mean(), rel=0.04)
    assert plain.acceptance("invisible", plain.flights_from("B+ -> K+", 0.3))(1e-7) > missed


def test_bad_options_are_named():
    with pytest.raises(DetectorError, match="modes"):
        BelleII(modes=("K-",))
    with pytest.raises(DetectorError, match="modes"):
        BelleII(modes=())
    with pytest.raises(DetectorError, match="calorimeter = 'fine'"):
        BelleII(calorimeter="fine")
