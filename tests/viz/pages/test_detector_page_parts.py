"""What a page of a detector is made of: digits, steps, surfaces, space; and what it says of where it comes from."""

import json
import re
import sys
from base64 import b64decode
from pathlib import Path

import numpy as np
import pytest
import trimesh

from farflung.command_line import main
from farflung.detectors import NA62, BelleII, Detector, DetectorError, Search
from farflung.geometry import ConvexPolyhedron, Revolved
from farflung.lpp import ALPFermion
from farflung.scenarios import ScenarioError
from farflung.viz import detector_page, save_page
from farflung.viz.pages.decay_shares import share_text
from farflung.viz.pages.detector_page import quantity
from farflung.viz.pages.lifetime_steps import couplings_at, lifetime_steps
from farflung.viz.pages.solid_surfaces import best_cut, surface
from farflung.viz.pages.space import space_of

sys.path.insert(0, str(Path(__file__).parent))

import browser


def data_of(page: str):
    """What a page's script draws."""
    return json.loads(re.search(r'id="farflung-data">(.*?)</script>', page, re.DOTALL)[1])


def unpacked(text: str, width: int) -> np.ndarray:
    """Packed numbers, as rows."""
    return np.frombuffer(b64decode(text), "<f4").reshape(-1, width).astype(float)


def test_solids_alone_in_a_small_window(tmp_path):
    path = tmp_path / "view.html"
    assert main(["show", "belle2", "--output", str(path)]) == 0
    assert 'content="farflung show belle2' in path.read_text()
    assert path.stat().st_size < 6e6
    with browser.opened(path, width=390, height=844) as (view, problems):
        view.wait_for_selector("body[data-drawn]")
        assert view.evaluate("document.documentElement.scrollWidth") <= 390
        assert view.evaluate("document.getElementById('scene').getBoundingClientRect().width") > 300
        assert view.query_selector("#ctau") is None
        assert problems == []


class BoxBeside(Detector):
    """A box beside Belle II."""

    name, title, references = "box", "Box", ("made up",)

    def __init__(self) -> None:
        search = Search("displaced", "in the box", "inside", "box")
        super().__init__(BelleII().source, {"box": ConvexPolyhedron.box((4, 10), (-3, 3), (-2, 6))}, [search])


def test_each_box_hides_its_own_kind(tmp_path):
    """Where a search for decays outside comes before one for decays inside, kinds have another order than searches."""
    save_page(detector_page([BelleII(), BoxBeside()], "alp-fermion", 0.3), tmp_path / "view.html")
    with browser.opened(tmp_path / "view.html") as (view, problems):
        view.wait_for_selector("body[data-drawn]")
        kinds = view.evaluate("kinds.map((kind) => kind.name)")
        assert kinds != view.evaluate("shares.map((row) => row.name)")[:-1] + kinds[-1:]
        for name in kinds:
            box = view.get_by_role("checkbox", name=f"show decays: {name}", exact=True)
            box.uncheck()
            hidden = """() => document.getElementById("scene").data
                .filter((trace) => trace.visible === false).map((trace) => trace.name)"""
            assert view.evaluate(hidden) == [name]
            box.check()
        assert problems == []


def test_the_command_writes_where_it_came_from(tmp_path, capsys):
    path = tmp_path / "view.html"
    arguments = ["show", "belle2", "--model", "alp-fermion", "--mass", "0.3", "--coupling", "0.0123", "--seed", "3"]
    assert main([*arguments, "--output", str(path)]) == 0
    page = path.read_text()
    assert path.stat().st_size < 6e6
    assert 'name="generator" content="farflung ' in page
    description = re.search(r'name="description" content="(.*?)"', page, re.DOTALL)[1]
    assert "farflung show belle2 --model alp-fermion --mass 0.3 --coupling 0.0123 --seed 3" in description
    assert "seed = 3" in description
    data = data_of(page)
    assert data["couplings"][data["start"]] == "0.0123 TeV⁻¹"


def test_a_given_lifetime_is_a_step():
    data = data_of(detector_page("belle2", "alp-fermion", 0.3, ctau=0.0777))
    assert data["ctau"][data["start"]] == 0.0777
    assert (np.diff(data["ctau"]) > 0).all()


def test_what_makes_no_sense_is_said():
    with pytest.raises(ScenarioError, match="both a model and a mass"):
        detector_page("belle2", "alp-fermion")
    with pytest.raises(ScenarioError, match="ctau and coupling are about"):
        detector_page("belle2", ctau=1.0)
    with pytest.raises(DetectorError, match="not positive and finite"):
        detector_page("belle2", "alp-fermion", 0.3, ctau=np.inf)
    with pytest.raises(DetectorError, match="say the same thing twice"):
        detector_page("belle2", "alp-fermion", 0.3, ctau=1.0, coupling=1.0)


@pytest.mark.parametrize(
    ("share", "error", "text"),
    [
        (0.5100123, 1.2e-4, "(51.001 ± 0.012) %"),
        (0.58, np.nan, "58.00 %"),
        (3.2141e-7, 1.2e-9, "(3.214 ± 0.012) × 10⁻⁷"),
        (3.2141e-7, 2e-7, "(3.2 ± 2.0) × 10⁻⁷"),
        (0.99999, 1e-9, "(99.999 ± <0.001) %"),
        (0.5, np.inf, "50.00 ± ?"),
        (0.0, 0.0, "0"),
        (np.nan, np.nan, "–"),
    ],
)
def test_digits_follow_the_error(share, error, text):
    assert share_text(share, error).strip("()").startswith(text.strip("()"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.5, "1.5 TeV⁻¹"),
        (1234.5, "1230 TeV⁻¹"),
        (9996.0, "10000 TeV⁻¹"),
        (2.5e4, "2.50 × 10⁴ TeV⁻¹"),
        (np.nan, "none"),
    ],
)
def test_couplings_are_in_plain_numbers_or_powers_of_ten(value, text):
    assert quantity(value, "TeV^-1") == text


def test_steps_are_short_to_type():
    steps = lifetime_steps(0.3)
    assert len(steps) == 80
    assert {0.2, 0.25, 0.3, 4.0} <= set(steps)
    assert (np.diff(np.log10(steps)) < 0.13).all()


def test_cut_surfaces_enclose_half_of_a_round_solid():
    belle2 = BelleII()
    for solid in belle2.solids.values():
        packed = surface(solid, best_cut(belle2))
        mesh = trimesh.Trimesh(unpacked(packed["vertices"], 3), unpacked(packed["faces"], 3).astype(int))
        assert abs(mesh.volume) == pytest.approx(solid.volume / 2, rel=5e-3)


def test_far_detectors_are_seen_near_by():
    tube = Revolved.tube(z=(480, 485), r=(0, 1))
    far = BelleII()
    far.solids = {"tube": tube}
    space = space_of(far)
    assert space.low[2] > 470
    assert space.start_text == "particles start 480 m before the solids"
    assert space.said == ()
    na62 = space_of(NA62(), NA62().flights(ALPFermion(), 0.2, n=512))
    assert na62.starts[:, 2] == pytest.approx([105, 165], abs=0.5)
    assert na62.start_text == "particles start along the thick line"
    assert na62.said[0].startswith("Not to scale")
    np.testing.assert_allclose(na62.aspect, [0.25, 0.25, 1.0])


class Fading(ALPFermion):
    """Widths that are no power of the coupling."""

    width_power = None

    def _widths_at(self, mass, coupling):
        return {"ee": 1e-9 * (coupling**2 + 1e-3 * coupling)}


def test_couplings_give_the_lifetimes_whatever_the_law():
    lifetimes = np.geomspace(1e-3, 10, 5)
    for model in (ALPFermion(), Fading()):
        couplings = couplings_at(model, 0.3, lifetimes)
        found = np.isfinite(couplings)
        assert found.sum() >= 2
        np.testing.assert_allclose(model.ctau(0.3, couplings[found]), lifetimes[found], rtol=1e-6)
