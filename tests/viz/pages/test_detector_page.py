"""The page of a detector: its numbers are those of `farflung acceptance`, its points where the engine has decays."""

import json
import re
import sys
from pathlib import Path

import numpy as np
import pytest

from farflung.command_line import main
from farflung.detectors import NA62, Acceptance, BelleII, Detector, Search, Secondaries
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import ALPFermion, DarkScalar, EmpiricalSpectrum
from farflung.scenarios import acceptance_table
from farflung.scenarios.sweeps.acceptance_table import acceptance_as_dict
from farflung.viz import detector_page, save_page
from farflung.viz.pages.solid_surfaces import best_cut

sys.path.insert(0, str(Path(__file__).parent))

import browser


class FarBox(Detector):
    """A box 100 m behind where kaons and B mesons decay, beside the beam."""

    name, title, references = "far-box", "A box far away", ("made up",)

    def __init__(self) -> None:
        source = Secondaries({"K+": (1e15, EmpiricalSpectrum(400.0, 5, 4.0))})
        search = Search("decays", "all decays", "inside", "box")
        super().__init__(source, {"box": ConvexPolyhedron.box((1, 4), (-1, 1), (100, 110))}, [search])


CASES = {
    "belle2": (BelleII, ALPFermion, 0.3),
    "na62": (NA62, ALPFermion, 0.2),
    "far-box": (FarBox, DarkScalar, 0.3),
}


@pytest.fixture(scope="module", params=list(CASES))
def case(request, tmp_path_factory):
    """A detector, the command's acceptance as rows of JSON, and the page, in a browser that finds nothing wrong."""
    make, model, mass = CASES[request.param]
    path = tmp_path_factory.mktemp("page") / "view.html"
    save_page(detector_page(make(), model(), mass), path)
    with browser.opened(path) as (view, problems):
        view.wait_for_selector("body[data-drawn]")
        yield make(), model(), mass, view
        assert problems == []


def move_to(view, step: int, slider: str = "ctau") -> None:
    """Move a slider, and wait for the frame in which the picture follows."""
    view.evaluate(
        """([slider, step]) => new Promise((done) => {
            const input = document.getElementById(slider);
            input.value = step;
            input.dispatchEvent(new Event("input"));
            requestAnimationFrame(() => requestAnimationFrame(done));
        })""",
        [slider, step],
    )


def points_of(view) -> list[np.ndarray]:
    """The points of each kind of decay, as x, y, z of the detector."""
    traces = view.evaluate(
        """() => document.getElementById("scene").data.filter((trace) => trace.mode === "markers")
            .map((trace) => [trace.y, trace.z, trace.x].map((values) => [...values]))"""
    )
    return [np.array(trace).T.reshape(-1, 3) for trace in traces]


def texts_of(view) -> list[str]:
    """The shares that are shown, from above to below."""
    return view.evaluate('() => [...document.querySelectorAll("[data-share] span")].map((cell) => cell.textContent)')


def as_shown(text: str, value: float, error: float) -> str:
    """Value and error with the digits and the power of ten that a text has."""
    if value == 0:
        return "0"
    match = re.fullmatch(r"\((\S+) ± (<?)(\S+)\) (?:%|× 10(\S+))", text)
    power = int(match[4].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))) if match[4] else -2
    decimals = len(match[1].partition(".")[2])
    shown = match[3] if match[2] and error / 10**power < float(match[3]) else f"{error / 10**power:.{decimals}f}"
    return text.replace(match[1], f"{value / 10**power:.{decimals}f}", 1).replace(match[3], shown)


def test_numbers_are_those_of_the_command(case, capsys):
    detector, model, mass, view = case
    lifetimes = view.evaluate("ctau")
    assert 60 <= len(lifetimes) <= 120
    seen = set()
    for step in (len(lifetimes) // 3, len(lifetimes) // 2, 3 * len(lifetimes) // 4):
        move_to(view, step)
        typed = view.text_content("#ctau-text").removesuffix(" m")
        if detector.name == "far-box":  # which the command does not know
            said = acceptance_as_dict(acceptance_table(detector, model, mass, [float(typed)]))
        else:
            capsys.readouterr()
            what = [detector.name, model.name, "--mass", str(mass), "--ctau", typed, "--json", "-"]
            assert main(["acceptance", *what]) == 0
            said = json.loads(capsys.readouterr().out)
        rows, shown = said["acceptance"], texts_of(view)
        assert len(shown) == len(rows) + 1  # and what no search counts
        for text, row in zip(shown, rows, strict=False):
            assert text == as_shown(text, row["probability"], row["error"])
        seen.add(tuple(shown))
    assert len(seen) == 3


def test_one_slider_moves_the_other(case):
    _, model, mass, view = case
    steps = view.evaluate("ctau.length")
    for step in (10, steps - 20):
        move_to(view, steps - 1 - step, "coupling")
        assert view.input_value("#ctau") == str(step)
        coupling = view.text_content("#coupling-text").split(" TeV")[0].split(" × 10")
        power = coupling[1].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) if len(coupling) > 1 else "0"
        lifetime = float(model.ctau(mass, float(coupling[0]) * 10.0 ** int(power)))
        assert lifetime == pytest.approx(view.evaluate("ctau")[step], rel=0.015)  # three digits of the coupling


def test_keys_move_the_slider(case):
    view = case[-1]
    move_to(view, 30)
    view.focus("#ctau")
    view.keyboard.press("ArrowRight")
    assert view.text_content("#ctau-text") == f"{view.evaluate('ctau[31]')} m"
    assert view.get_attribute("#ctau", "aria-valuetext") == view.text_content("#ctau-text")


def test_points_move_and_are_of_their_kind(case):
    detector, _, _, view = case
    middle = view.evaluate("start")
    drawn = []
    for step in (middle - 5, middle, middle + 10):
        move_to(view, step)
        drawn.append(points_of(view))
        *counted, rest = drawn[-1]
        groups = {}
        for name, search in detector.searches.items():
            if search.solid:  # limits on branching ratios may know no place
                groups.setdefault((search.solid, search.decays), name)
        for points, name in zip(counted, groups.values(), strict=True):
            # but for points within rounding of a surface
            assert detector.sees(name, points).mean() > 0.998
            assert not len(rest) or detector.sees(name, rest).mean() < 0.002
        assert sum(map(len, drawn[-1])) > 500
    assert not any(np.array_equal(*pair) for pair in zip(drawn[0], drawn[1], strict=True))


def test_cutting_and_hiding(case):
    detector, _, _, view = case
    cut = best_cut(detector)

    def traces(kind):
        return view.evaluate(
            f"""() => document.getElementById("scene").data.filter((trace) => trace.type === "{kind}")
                .map((trace) => ({{name: trace.name, visible: trace.visible, axes: [trace.y, trace.z, trace.x]}}))"""
        )

    assert [mesh["name"] for mesh in traces("mesh3d")] == view.evaluate("scene.solids.map((solid) => solid.name)")
    assert any((cut.keep * (np.array(mesh["axes"][cut.axis]) - cut.at)).min() < -0.01 for mesh in traces("mesh3d"))
    view.check("#cut")
    for mesh in traces("mesh3d"):
        assert (cut.keep * (np.array(mesh["axes"][cut.axis]) - cut.at) > -1e-5).all()
    for points in points_of(view):
        assert (cut.keep * (points[:, cut.axis] - cut.at) >= 0).all()
    view.uncheck("input[data-solid='0']")
    assert traces("mesh3d")[0]["visible"] is False
    assert all(mesh["visible"] for mesh in traces("mesh3d")[1:])
    view.check("input[data-solid='0']")
    view.uncheck("input[data-kind='0']")
    assert [trace["visible"] for trace in traces("scatter3d")][-len(points_of(view))] is False
    view.check("input[data-kind='0']")
    view.uncheck("#cut")
    assert not any(trace["visible"] is False for trace in traces("mesh3d") + traces("scatter3d"))


def test_points_follow_the_law_of_decay(case):
    """The part of a kind's points in a piece of space is what an acceptance of that piece says, within 4 sigma."""
    detector, model, mass, view = case
    low, high = (view.evaluate(f"scene.{end}[0]") for end in ("low", "high"))
    pieces = {"belle2": (0.3, high), "na62": (150.0, high), "far-box": (105.0, high)}
    before = ConvexPolyhedron.box((-1e4, 1e4), (-1e4, 1e4), (low, pieces[detector.name][0]))
    picture = ConvexPolyhedron.box(*(np.array(view.evaluate("[scene.low, scene.high]")).T[[1, 2, 0]]).tolist())
    flights = detector.flights(model, mass)
    solid = detector.solid(next(iter(detector.searches.values())).solid)
    along = (flights.origin, flights.direction)
    inside = solid.stretches(*along) & picture.stretches(*along)
    # of NA62 the decays inside are those that no search counts
    order = -1 if detector.name == "na62" else 0
    compared = 0
    for step in range(view.evaluate("start") - 6, view.evaluate("start") + 30, 9):
        move_to(view, step)
        points, lifetime = points_of(view)[order], view.evaluate("ctau")[step]
        points = points[solid.contains(points)]
        whole = float(Acceptance(flights, inside)(lifetime))
        part = float(Acceptance(flights, inside & before.stretches(*along))(lifetime)) / whole
        found = before.contains(points).mean()
        if len(points) > 200:
            compared += 1
            assert abs(found - part) < 4 * np.sqrt(part * (1 - part) / len(points)) + 1e-3
    assert compared >= 3
