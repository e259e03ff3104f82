import numpy as np
import pytest

from farflung.detectors import BelleII
from farflung.lpp import INVISIBLE, ALPFermion, CouplingError, DarkScalar, Model, make_model
from farflung.scenarios import events_of_pair

COUPLINGS = np.geomspace(1e-5, 1e-1, 9)
MASS = 0.3


def events(model: Model, search: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    detector = BelleII()
    return events_of_pair(detector, detector.search(search), model, MASS, COUPLINGS, n=1024)[0]


@pytest.mark.parametrize("model_class", [ALPFermion, DarkScalar])
@pytest.mark.parametrize("ratio", [0.1, 0.5, 0.99])
def test_search_for_nothing_counts_invisible_decays_whole(model_class: type[Model], ratio: float) -> None:
    """arXiv:2201.06580, eq. 3.4: (1 - BR_inv) P_outside + BR_inv."""
    model = model_class(invisible_branching_ratio=ratio)
    plain = model_class()
    detector = BelleII()
    search = detector.search("invisible")
    process = search.processes[0]
    flights = detector.flights(model, MASS, process=process, n=1024)
    outside, _ = detector.acceptance(search, flights).mean_and_error(model.ctau(MASS, COUPLINGS))
    produced = detector.source.number_of("B+") * plain.production(process, MASS, COUPLINGS)
    expected = produced * float(search.efficiency_at(MASS)) * ((1 - ratio) * outside + ratio)
    np.testing.assert_allclose(events(model, "invisible"), expected, rtol=1e-9)


def test_search_for_vertices_does_not_count_invisible_decays() -> None:
    detector = BelleII()
    everything = detector.search("displaced").only()
    model, plain = ALPFermion(invisible_branching_ratio=0.999), ALPFermion()
    # long lifetimes: the decay probability inside is proportional to the total width, which grew a thousandfold
    small = np.array([1e-6])
    ours = events_of_pair(detector, everything, model, MASS, small, n=1024)[0]
    visible = events_of_pair(detector, everything, plain, MASS, small, n=1024)[0]
    np.testing.assert_allclose(ours, visible, rtol=0.02)


def test_nothing_changes_without_invisible_decays() -> None:
    for search in ("displaced", "invisible"):
        np.testing.assert_array_equal(
            events(ALPFermion(), search), events(ALPFermion(invisible_branching_ratio=0.0), search)
        )


def test_ratio_keeps_the_scaling_with_the_coupling() -> None:
    model = DarkScalar(invisible_branching_ratio=0.5)
    np.testing.assert_allclose(model.ctau(1.5, COUPLINGS) * COUPLINGS**2, model.ctau(1.5), rtol=1e-12)
    np.testing.assert_allclose(model.ctau(1.5), DarkScalar().ctau(1.5) / 2, rtol=1e-12)


@pytest.mark.parametrize("ratio", [-0.1, 1.0, np.nan])
def test_ratio_without_a_meaning(ratio: float) -> None:
    with pytest.raises(CouplingError, match="invisible_branching_ratio"):
        ALPFermion(invisible_branching_ratio=ratio)


def test_by_name() -> None:
    model = make_model("dark-scalar", invisible_branching_ratio=0.2)
    assert float(model.branching_ratios(0.5)[INVISIBLE]) == pytest.approx(0.2)
