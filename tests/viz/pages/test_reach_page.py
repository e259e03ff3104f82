"""Pages of the reach and of the plane: what they hold, and what they do in a browser."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from farflung.scenarios import Reach, ScenarioError, compare, lifetime_plane, reach
from farflung.viz import plane_page, plot_reach, reach_page, save_page
from farflung.viz.pages.typeset import as_html
from farflung.viz.reach_parts import reach_parts
from farflung.viz.style import coupling_label

sys.path.insert(0, str(Path(__file__).parent))

import browser

MASSES = np.geomspace(0.02, 1.3, 9)
CURVE = (np.array([0.02, 0.2, 1.0]), np.array([1.0, 0.1, 0.01]))


@pytest.fixture(scope="module")
def found() -> Reach:
    """Two searches of Belle II, one of BaBar that is a result, and one of E137."""
    return compare(["belle2", "babar:diphoton", "e137"], "alp-weak", MASSES, np.geomspace(1e-2, 1e3, 60), n=256)


@pytest.fixture(scope="module")
def plane():
    """Three experiments, one of which is a projection."""
    return lifetime_plane(["belle2", "lhcb", "belle"], "B+ -> K+", 0.3, np.geomspace(1e-4, 1e2, 25), n=256)


@pytest.fixture(scope="module")
def path(found, tmp_path_factory) -> Path:
    """The page of the reach."""
    target = tmp_path_factory.mktemp("pages") / "reach.html"
    save_page(reach_page(found, overlay={"mine": CURVE}, note="farflung compare belle2"), target)
    return target


def data_of(page: str):
    """What a page's script draws."""
    return json.loads(re.search(r'id="farflung-data">(.*?)</script>', page, re.DOTALL)[1])


@pytest.fixture
def opened(path):
    """The page in a browser, once it is drawn; it asks nothing of a network and nothing goes wrong."""
    with browser.opened(path) as (view, problems):
        view.wait_for_selector("body[data-drawn]")
        yield view
        assert problems == []


def pixel(view, x: float, y: float) -> tuple[float, float]:
    """Where a point of the axes is on the screen, from the limits of the axes and the frame alone."""
    box = view.query_selector(".nsewdrag").bounding_box()
    (left, right), (bottom, top) = ranges(view)
    return (
        box["x"] + (np.log10(x) - left) / (right - left) * box["width"],
        box["y"] + (top - np.log10(y)) / (top - bottom) * box["height"],
    )


def ranges(view):
    """Limits of both axes, as powers of ten."""
    return view.evaluate("[plot.layout.xaxis.range, plot.layout.yaxis.range]")


def point_at(view, x: float, y: float) -> str:
    """What is said when the pointer stands there."""
    view.mouse.move(1, 1)
    view.wait_for_selector("#readout", state="hidden")
    view.mouse.move(*pixel(view, x, y))
    view.wait_for_selector("#readout:not([hidden])")
    return view.inner_text("#readout")


def three(value: float) -> str:
    """A number as the page writes it, by Python's own means."""
    if 1e-3 <= value < 1e4:
        return f"{float(f'{value:.3g}'):g}"
    digits, power = f"{value:.2e}".split("e")
    return f"{float(digits):g} × 10" + str(int(power)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


class TestFile:
    """What is in the file, without a browser."""

    def test_is_small_and_asks_nobody(self, path):
        text = path.read_text(encoding="utf-8")
        assert path.stat().st_size < 6e6
        assert not re.search(r"<(script|link|img)[^>]+(src|href)=.(?!data:)", text.partition("<script>")[0])

    def test_says_where_it_comes_from(self, path):
        text = path.read_text(encoding="utf-8")
        said = re.search(r'name="description" content="(.*?)">', text, re.DOTALL)[1]
        assert said.startswith("farflung compare belle2\n")
        assert "seed = 1" in said
        assert "farflung 0" in said

    def test_regions_are_those_of_the_picture(self, found, path):
        """Coordinates that matplotlib draws, among them those of the page."""
        drawn = [patch.get_path().vertices for patch in plot_reach(found).patches if len(patch.get_path().vertices) > 5]
        every = np.log(np.concatenate(drawn))
        for one in data_of(path.read_text(encoding="utf-8"))["searches"]:
            for ring in one["region"]:
                distance = np.abs(np.log(np.array(ring))[:, None] - every).max(axis=2).min(axis=1)
                assert distance.max() < 1e-5

    def test_regions_are_all_there(self, found, path):
        """Areas in the plane of the logarithms; holes turn the other way and count against them."""
        regions = reach_parts(found).regions
        seen = {}
        for one in data_of(path.read_text(encoding="utf-8"))["searches"]:
            x, y = (
                zip(*(np.log(np.array(ring)).T for ring in one["region"]), strict=True) if one["region"] else ((), ())
            )
            seen[one["name"]] = sum((a[:-1] * b[1:] - a[1:] * b[:-1]).sum() / 2 for a, b in zip(x, y, strict=True))
        assert seen == pytest.approx({name: region.area for name, region in regions.items()}, rel=1e-3, abs=1e-6)
        assert sum(area > 0 for area in seen.values()) >= 3

    def test_intervals_are_those_of_the_table(self, found, path):
        data = data_of(path.read_text(encoding="utf-8"))
        said = {
            (one["name"], data["along"][int(place)], row["low"], row["high"])
            for one in data["searches"]
            for place, rows in one["rows"].items()
            for row in rows
        }
        assert len(said) == len(found.intervals())
        for one in found.intervals():
            assert (f"{one.detector}:{one.search}", float(f"{one.mass:.9g}"), one.low, one.high) in said

    @pytest.mark.parametrize(
        ("name", "unit", "expected"),
        [
            ("c_ff/f_a", "TeV^-1", "<i>c</i><sub><i>ff</i></sub>/<i>f</i><sub><i>a</i></sub>  [TeV⁻¹]"),
            ("sin(theta)", "1", "sin\N{NO-BREAK SPACE}θ"),
            ("g_agg", "GeV^-1", "<i>g</i><sub><i>a</i>γγ</sub>  [GeV⁻¹]"),
        ],
    )
    def test_formulae(self, name, unit, expected):
        assert as_html(coupling_label(name, unit)) == expected

    def test_twice_the_same_detector(self):
        """Labels tell them apart; a name with letters that mean something in HTML stays what it is."""
        twice = compare({"belle2": "belle2", "x": "belle2"}, "alp-fermion", [0.1, 0.2], np.geomspace(1e-4, 1, 9), n=64)
        data = data_of(reach_page(twice, title="<mine>", labels={"x:displaced": "</script>"}))
        assert {one["detector"] for one in data["searches"]} == {"Belle II, 50 ab⁻¹ (belle2)", "Belle II, 50 ab⁻¹ (x)"}
        assert "</script>" in {one["own"] for one in data["searches"]}
        assert data["title"] == "&lt;mine&gt;"

    def test_a_result_that_does_not_say_its_levels(self, found):
        """As `plot_reach` takes it."""
        bare = found.data.drop_vars(["confidence_level"])
        del bare.attrs["confidence_levels"]
        plot_reach(Reach(bare))
        assert {one["level"] for one in data_of(reach_page(Reach(bare)))["searches"]} == {"unstated"}

    def test_colours_by_name(self, found):
        """The script puts an opacity behind a colour, which takes one in hexadecimal digits."""
        data = data_of(reach_page(found, style={"belle2": {"colour": "black"}, "e137": {"colour": (1, 0, 0)}}))
        colours = {one["name"]: one["colour"] for one in data["searches"]}
        assert colours["belle2:displaced"] == colours["belle2:invisible"] == "#000000"
        assert colours["e137:decays"] == "#ff0000"

    def test_a_title_of_a_plane_is_text(self, plane):
        page = plane_page(plane.assign_attrs(process="<b> -> K+"))
        assert "<h1>&lt;b&gt; → K⁺ X" in page
        assert data_of(page)["title"].startswith("&lt;b&gt;")

    def test_refusals(self, found, tmp_path):
        with pytest.raises(ScenarioError, match="needs at least two masses"):
            reach_page(reach("e137", "alp-photon", [0.1], np.geomspace(1e-8, 1e-2, 20), n=64))
        with pytest.raises(ScenarioError, match=r"path = '.*reach.png' must end in .html"):
            save_page("", tmp_path / "reach.png")
        with pytest.raises(ScenarioError, match="style names 'nobody'"):
            reach_page(found, style={"nobody": {"fill": 0.5}})


class TestPointing:
    """The pointer over a region."""

    def test_names_search_mass_and_interval(self, found, opened):
        regions = reach_parts(found).regions
        seen = set()
        for one in found.intervals():
            middle = np.sqrt(one.low * one.high)
            name = f"{one.detector}:{one.search}"
            said = point_at(opened, one.mass, middle)
            assert f"m = {one.mass:.4g} GeV" in said
            title = str(found.data["search_title"].sel(search=name).values)
            ends = f"{three(one.low)} to {'≥ ' * ('high' in one.open_end)}{three(one.high)} TeV⁻¹"
            line = re.search(rf"{re.escape(title)} (\w+), (\d+) % CL\n(?:≤ )?{re.escape(ends)}", said)
            assert line is not None, f"{title}: {ends} is not in {said}"
            assert line[1] == found.data["status"].sel(search=name).values
            assert int(line[2]) == round(100 * float(found.data["confidence_level"].sel(search=name)))
            if one.error_low > 1e-3:
                assert f"{ends} (error of the events {three(float(f'{100 * one.error_low:.2g}'))} %" in said
            seen.add(name)
        assert seen == {name for name in found.searches if not regions[name].is_empty}

    def test_says_nothing_of_others(self, found, opened):
        """The searches that are named are those with an interval around the pointer."""
        for mass in MASSES[[1, 4, 7]]:
            at = found.data["mass"].values[np.argmin(np.abs(found.data["mass"].values - mass))]
            own = [one for one in found.intervals() if one.mass == at]
            for coupling in (0.02, 0.3, 5.0, 80.0):
                said = point_at(opened, at, coupling)
                for name in found.searches:
                    holds = any(one.low < coupling < one.high for one in own if f"{one.detector}:{one.search}" == name)
                    assert (str(found.data["search_title"].sel(search=name).values) in said) == holds

    def test_click_keeps_a_table(self, found, opened):
        one = found.intervals()[0]
        opened.mouse.click(*pixel(opened, one.mass, np.sqrt(one.low * one.high)))
        opened.wait_for_selector("#table:not([hidden])")
        assert f"m = {one.mass:.4g} GeV" in opened.inner_text("#table h2")
        rows = opened.locator("#table tbody tr")
        assert rows.count() == len(found.searches)
        for each in (each for each in found.intervals() if each.mass == one.mass):
            row = opened.inner_text(f'#table tr[data-name="{each.detector}:{each.search}"]')
            assert f"{three(each.low)} to " in row
        opened.click('#table button[data-step="1"]')
        masses = found.data["mass"].values
        assert f"m = {masses[list(masses).index(one.mass) + 1]:.4g} GeV" in opened.inner_text("#table h2")
        opened.click('#table button[data-step="0"]')
        assert opened.is_hidden("#table")


class TestSwitching:
    """Check boxes and buttons."""

    @staticmethod
    def drawn(view) -> set[str]:
        return set(view.evaluate("plot.data.map((trace) => trace.meta).filter(Boolean)"))

    def test_off_hides_region_and_readout(self, found, opened):
        name = "belle2:displaced"
        one = next(each for each in found.intervals() if f"{each.detector}:{each.search}" == name)
        at = one.mass, np.sqrt(one.low * one.high)
        title = str(found.data["search_title"].sel(search=name).values)
        assert title in point_at(opened, *at)
        opened.uncheck(f'[data-name="{name}"] input')
        assert not {name, f"strip {name}"} & self.drawn(opened)
        assert title not in point_at(opened, *at)
        opened.check(f'[data-name="{name}"] input')
        assert name in self.drawn(opened)
        assert title in point_at(opened, *at)

    def test_whole_experiment(self, opened):
        opened.locator("#searches > .all", has_text="Belle II").locator("input").uncheck()
        assert not [name for name in self.drawn(opened) if "belle2" in name]

    def test_only_one(self, opened):
        row = opened.locator('#searches [data-name="e137:decays"]')
        row.hover()
        row.locator("button").click()
        assert self.drawn(opened) == {"e137:decays", "strip e137:decays"}
        opened.get_by_role("button", name="all").click()
        assert {"belle2:displaced", "belle2:invisible", "babar:diphoton", "e137:decays", "mine"} <= self.drawn(opened)

    def test_strip_names_who_reaches_lowest(self, found, opened):
        """At masses of the scan, as `Reach.best_search` has it, also without the best."""
        best = found.best_search()
        for mass in found.data["mass"].values[1:-1]:
            name = opened.evaluate(f"best().find(({{from, to}}) => from <= {mass} && {mass} < to)?.name ?? ''")
            assert name == best.sel(mass=mass).values


class TestZooming:
    """Dragging a box, and back."""

    def test_zoom_and_reset(self, found, opened):
        before = ranges(opened)
        across, down = pixel(opened, 0.05, 20.0)
        opened.mouse.move(across, down)
        opened.mouse.down()
        across, down = pixel(opened, 0.5, 0.5)
        opened.mouse.move(across, down, steps=4)
        opened.mouse.up()
        opened.wait_for_function(f"plot.layout.xaxis.range[0] > {before[0][0]} + 0.1")
        (left, right), (bottom, top) = ranges(opened)
        assert np.allclose([left, right, bottom, top], np.log10([0.05, 0.5, 0.5, 20.0]), atol=0.02)
        one = next(each for each in found.intervals() if 0.06 < each.mass < 0.4 and each.low < 2 < each.high)
        title = str(found.data["search_title"].sel(search=f"{one.detector}:{one.search}").values)
        assert title in point_at(opened, one.mass, 2.0)
        opened.get_by_role("button", name="reset zoom").click()
        opened.wait_for_function(f"plot.layout.xaxis.range[0] < {before[0][0]} + 0.01")
        assert ranges(opened) == before

    def test_saves_pictures(self, opened, tmp_path):
        for kind, start in (("PNG", b"\x89PNG"), ("SVG", b"<svg")):
            with opened.expect_download() as saved:
                opened.get_by_role("button", name=kind).click()
            saved.value.save_as(tmp_path / kind)
            assert (tmp_path / kind).read_bytes().startswith(start)


def test_plane(plane, tmp_path):
    """Pointing above a line tells its limit at the nearest lifetime."""
    save_page(plane_page(plane), tmp_path / "plane.html")
    limits = plane["limit"].where(plane["limit"] <= 1)
    with browser.opened(tmp_path / "plane.html") as (view, problems):
        view.wait_for_selector("body[data-drawn]")
        told = 0
        for ctau in plane["ctau"].values[3:-3:6]:
            for coupling in (3e-9, 1e-6, 3e-4):
                said = point_at(view, ctau, coupling)
                for name in map(str, plane["search"].values):
                    limit = float(limits.sel(search=name, ctau=ctau))
                    title = str(plane["search_title"].sel(search=name).values)
                    assert (title in said) == (limit < coupling)
                    if limit < coupling:
                        assert f"above {three(limit)}" in said
                        told += 1
        assert told > 10
        assert problems == []
