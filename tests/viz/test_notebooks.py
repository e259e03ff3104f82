"""What a notebook shows of results: the hooks that it asks for are called as it does, by their names."""

import pickle
import sys
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from farflung.detectors import Acceptance, BelleII, detector_names, make_detector
from farflung.lpp import ALPWeak, Flights, make_model, model_names
from farflung.scenarios import lifetime_plane, reach
from farflung.scenarios import progress as progress_module
from farflung.scenarios.progress import progress
from farflung.viz import plot_decays_3d, plot_detector, plot_detector_3d, plot_lifetimes, plot_plane, plot_reach


class Cells(HTMLParser):
    """The texts in a table; every tag must be closed."""

    def __init__(self, text):
        super().__init__()
        self.open, self.texts = [], []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def shown(thing):
    return Cells(thing._repr_html_()).texts


@pytest.fixture(scope="module")
def found():
    return reach(BelleII(), "alp-fermion", np.geomspace(0.1, 4.0, 6), n=512)


def test_axes_of_our_own_figures_show_their_picture(found):
    few = {"n": 512}
    plane = lifetime_plane(["belle2"], "B+ -> K+", 0.3, np.geomspace(1e-3, 1e3, 8), **few)
    drawn = [
        plot_reach(found),
        plot_plane(plane),
        plot_lifetimes("alp-weak"),
        plot_detector("belle2"),
        plot_detector_3d("belle2"),
        plot_decays_3d("belle2", "alp-weak", 0.3, 0.5, n=50),
    ]
    for axes in drawn:
        assert isinstance(axes, Axes)
        picture = axes._repr_png_()
        assert picture.startswith(b"\x89PNG\r\n")
        assert len(picture) > 5000  # an empty figure has less
    assert pickle.loads(pickle.dumps(drawn[3])).get_title() == drawn[3].get_title()
    given = Figure().add_subplot()
    assert plot_lifetimes("alp-weak", given) is given
    assert not hasattr(given, "_repr_png_")


@pytest.mark.parametrize("name", model_names())
def test_models_show_what_they_are(name):
    model = make_model(name)
    texts = shown(model)
    assert texts[0] == model.title
    assert repr(model) in texts
    assert set(model.references) <= set(texts)
    assert ", ".join(model.final_states()) in texts
    assert "0.25 of all decays" in shown(make_model(name).changed(invisible_branching_ratio=0.25))


@pytest.mark.parametrize("name", detector_names())
def test_detectors_show_what_they_are(name):
    detector = make_detector(name)
    texts = shown(detector)
    assert texts[0] == detector.title
    assert set(detector.references) <= set(texts)
    for search in detector.searches.values():
        assert any(text.startswith(f"{search.name}: {search.title}") for text in texts)
    for solid in detector.solids:
        assert any(text.startswith(f"{solid}: x ") for text in texts)


def test_flights_show_where_they_fly():
    texts = shown(Flights(np.zeros(3), np.array([[0.0, 0.0, 2.0], [0.0, 3.0, 4.0]]), 0.3))
    assert texts[0] == "2 flights"
    assert "2 to 5 GeV, 3.5 GeV on average" in texts
    assert "0 to 0.6435 rad from the beam" in texts  # arctan 3/4
    assert "0, 0, 0 m" in texts
    assert "K+" in shown(BelleII().flights("alp-weak", 0.3, n=512))


def test_acceptances_show_their_values():
    belle2 = BelleII()
    acceptance = belle2.acceptance("displaced", belle2.flights("alp-fermion", 0.3, n=512))
    assert isinstance(acceptance, Acceptance)
    texts = shown(acceptance)
    at = texts[texts.index("c tau = 0.1 m") + 1].split(" ± ")
    assert [float(text) for text in at] == pytest.approx(
        [float(acceptance(0.1)), float(acceptance.error(0.1))], rel=0.05
    )
    assert shown(belle2.acceptance("invisible", belle2.flights("alp-fermion", 0.3, n=512)))[0].endswith("outside")


def test_a_reach_shows_where_it_begins(found):
    texts = shown(found)
    assert texts[0] == "Reach: ALP coupled to fermions"
    best = found.smallest_coupling().sel(search="belle2:displaced")
    line = next(text for text in texts if "displaced" in text)
    assert (
        f"from {float(best.min()):.3g} TeV^-1 at {float(best['mass'][int(np.nanargmin(best.values))]):.3g} GeV" in line
    )
    assert any("0.1 to 4 GeV" in text for text in texts)


def test_what_stands_in_a_table_is_escaped():
    class Sly(ALPWeak):
        title = "<script>alert('&')</script>"

    assert "<script" not in Sly()._repr_html_()
    assert shown(Sly())[0] == Sly.title


def test_progress_is_a_bar_in_a_notebook(monkeypatch):
    used = []

    class Bar(progress_module._Bar):
        def __init__(self, what, total):
            used.append(what)
            super().__init__(what, total)

    monkeypatch.setattr(progress_module, "_Bar", Bar)
    with progress("here"):
        pass
    assert used == []
    shell = SimpleNamespace(config={"IPKernelApp": {}})
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    with progress("in a notebook"):
        pass
    assert used == ["in a notebook"]
