"""One picture of many searches: what is excluded, and which name belongs to it."""

import numpy as np
import pytest
import xarray as xr
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from shapely import Point

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import Reach, compare
from farflung.viz import plot_reach, save
from farflung.viz.regions import excluded_region, outline
from farflung.viz.style import readable

MASSES = np.geomspace(0.01, 4.7, 60)
COUPLINGS = np.geomspace(1e-6, 3, 261)


def made_up(searches, masses=MASSES, couplings=COUPLINGS):
    """A reach from ``{"detector:search": (decays, status, log10 of events over the limit)}``."""
    x, y = np.meshgrid(np.log10(masses), np.log10(couplings), indexing="ij")
    with np.errstate(over="ignore"):
        events = [10.0 ** np.clip(excess(x, y), -320, 300) for _, _, excess in searches.values()]
    titles = [name.split(":")[0].title() for name in searches]
    data = xr.Dataset(
        {
            "events": (("search", "mass", "coupling"), events),
            "limit": (("search", "mass"), np.ones((len(searches), len(masses)))),
            "unreliable": ("mass", np.zeros(len(masses), dtype=np.int8)),
        },
        coords={
            "search": list(searches),
            "search_title": ("search", [f"{a}, {b.split(':')[1]}" for a, b in zip(titles, searches, strict=True)]),
            "detector_title": ("search", titles),
            "decays": ("search", [decays for decays, _, _ in searches.values()]),
            "status": ("search", [status for _, status, _ in searches.values()]),
            "mass": ("mass", masses, {"units": "GeV"}),
            "coupling": ("coupling", couplings, {"units": "TeV^-1", "long_name": "c_ff/f_a"}),
        },
        attrs={"model": "made-up", "model_title": "Made up", "confidence_levels": "0.9"},
    )
    return Reach(data)


def island(x0, y0, a, b, tilt=0.0, height=3.0):
    """An ellipse in the decimal logarithms, half axes a and b, leaning."""
    return lambda x, y: height * (1 - ((x - x0) / a) ** 2 - ((y - y0 - tilt * (x - x0)) / b) ** 2)


def beam_dump(strength, near, far, end):
    """Many decays between two distances: from below limited by the rate, from above by the lifetime."""

    def excess(x, y):
        length = 10.0 ** (-2 * y - 4 * x - 9)
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            decays = np.exp(-near / length) * -np.expm1(-(far - near) / length)
            found = strength + 2 * y + np.log10(decays)
        return np.where(10.0**x < end, np.nan_to_num(found, nan=-400, neginf=-400), np.nan)

    return excess


def missing(strength, end, windows=((0.0, 10.0),)):
    def excess(x, y):
        allowed = np.any([(10.0**x > low) & (10.0**x < high) for low, high in windows], axis=0)
        return np.where(10.0**x < end, np.where(allowed, strength + 2 * y, -400.0), np.nan)

    return excess


MANY = {
    "belle2:displaced": ("inside", "projection", beam_dump(7.0, 0.01, 1, 4.7)),
    "belle2:invisible": ("outside", "projection", missing(6.0, 3.0)),
    "lhcb:displaced": ("inside", "result", island(0.1, -2.2, 0.5, 1.0, tilt=-1)),
    "na62:invisible": ("outside", "result", missing(7.2, 0.35, ((0, 0.11), (0.15, 0.26)))),
    "na62-dump:decays": ("inside", "projection", beam_dump(9.0, 80, 160, 4.7)),
    "charm:displaced": ("inside", "result", beam_dump(11.0, 480, 515, 4.7)),
    "nucal:displaced": ("inside", "result", beam_dump(10.5, 64, 87, 1.5)),
    "e137:displaced": ("inside", "result", beam_dump(11.2, 383, 587, 1.2)),
    "babar:prompt": ("inside", "result", lambda x, y: 3 + 2 * y + 0.3 * x),
    "babar:invisible": ("outside", "result", missing(5.0, 4.7)),
    "tiny:island": ("inside", "result", island(0.45, -4.7, 0.05, 0.1)),
    "blind:displaced": ("inside", "result", lambda x, y: -5 + 0 * x),
}


@pytest.fixture(scope="module")
def reach():
    return made_up(MANY)


@pytest.fixture(scope="module")
def axes(reach):
    drawn = plot_reach(reach)
    drawn.get_figure().draw_without_rendering()
    return drawn


def region_of(excess, masses=MASSES, couplings=COUPLINGS):
    reach = made_up({"a:b": ("inside", "result", excess)}, masses, couplings)
    return excluded_region(reach, "a:b", reach.intervals()), reach


def test_an_ellipse_has_its_area():
    region, _ = region_of(island(-1.0, -3.0, 0.5, 0.8, tilt=0.7))
    assert len(region.geoms) == 1
    assert region.area == pytest.approx(np.pi * 0.5 * 0.8 * np.log(10) ** 2, rel=0.01)


def test_a_steep_sliver_stays_in_one_piece():
    """Between two masses it falls by more than its width, so that contours of the scan would make dots of it."""
    region, _ = region_of(island(-1.0, -2.0, 0.9, 0.04, tilt=-2.0))
    assert len([part for part in region.geoms if part.area > 1e-3]) == 1
    assert region.area == pytest.approx(np.pi * 0.9 * 0.04 * np.log(10) ** 2, rel=0.1)


def test_pieces_and_holes_are_kept():
    first, second = island(-1.5, -4, 0.2, 0.3), island(-1.3, -3, 0.2, 0.3)
    region, _ = region_of(lambda x, y: np.fmax(first(x, y), second(x, y)))
    assert len(region.geoms) == 2
    ring, _ = region_of(lambda x, y: 4 * (0.3 - np.abs(np.hypot(x + 0.8, y + 3) - 0.8)))
    assert [len(part.interiors) for part in ring.geoms] == [1]
    assert ring.area == pytest.approx(np.pi * (1.1**2 - 0.5**2) * np.log(10) ** 2, rel=0.02)


def test_one_mass_alone_is_a_line():
    region, _ = region_of(lambda x, y: np.where(np.abs(x - x[30, 0]) < 1e-9, 1 - np.abs(y + 3), -400))
    left, bottom, right, top = region.bounds
    assert right - left < 2e-3
    assert (bottom / np.log(10), top / np.log(10)) == pytest.approx((-4, -2), abs=1e-2)


def test_open_ends_have_no_border():
    region, reach = region_of(missing(6.0, 3.0))
    border = outline(region, reach)
    edge = np.log(MASSES[MASSES < 3.0][-1])
    # along the limit, at 1e-3, and up where the search ends; not along the ends of the scan
    assert border.length == pytest.approx(edge - np.log(0.01) + np.log(3 / 1e-3), rel=1e-3)
    assert region.contains(Point(np.log(0.05), np.log(2.9)))


def test_regions_agree_with_intervals(reach):
    intervals = reach.intervals()
    rng = np.random.default_rng(5)
    for name in reach.searches:
        region = excluded_region(reach, name, intervals)
        own = [i for i in intervals if f"{i.detector}:{i.search}" == name]
        assert region.is_valid
        for mass in rng.choice(MASSES[1:-1], 12, replace=False):
            for coupling in np.geomspace(1.2e-6, 2.5, 25):
                inside = [i for i in own if i.mass == mass and i.low < coupling < i.high]
                edges = [end for i in own if i.mass == mass for end in (i.low, i.high)]
                if not edges or np.abs(np.log(coupling / np.array(edges))).min() > 1e-6:
                    assert region.covers(Point(np.log(mass), np.log(coupling))) == bool(inside), (name, mass, coupling)


def names_in(axes):
    return [text for text in axes.texts if "reaches" not in text.get_text()]


def test_every_search_is_named_once_and_no_names_overlap(reach, axes):
    texts = names_in(axes)
    written = [text.get_text().replace("\n", ", ") for text in texts]
    listed = [text.get_text() for text in axes.get_legend().get_texts()]
    titles = list(reach.data["search_title"].values)
    assert sorted(written + [entry for entry in listed if entry in titles]) == sorted(
        set(titles) - {"Blind, displaced"}
    )
    assert "Blind, displaced: no reach" in listed
    assert len(written) >= 9
    boxes = [text.get_window_extent() for text in texts]
    frame = axes.get_window_extent()
    for i, box in enumerate(boxes):
        assert frame.x0 < box.x0 < box.x1 < frame.x1
        assert frame.y0 < box.y0 < box.y1 < frame.y1
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_names_without_a_line_stand_in_their_regions(reach, axes):
    starts = {line.get_color() for line in axes.lines if line.get_transform() == axes.transAxes}
    intervals, checked = reach.intervals(), 0
    for text in names_in(axes):
        if text.get_color() in starts:
            continue
        name = text.get_text().replace("\n", ":").replace(", ", ":").lower()
        box = text.get_window_extent()
        region = excluded_region(reach, name, intervals)
        corners = axes.transData.inverted().transform(box.corners())
        assert all(region.buffer(0.03).covers(Point(np.log(corner))) for corner in corners), name
        checked += 1
    assert checked >= 3


def test_pairs_share_a_colour_and_differ_in_style(axes):
    colours = [text.get_color() for text in names_in(axes) if text.get_text().startswith("Belle2")]
    assert colours == [readable("#0072B2")] * 2
    borders = [
        c for c in axes.collections if isinstance(c, LineCollection) and to_hex(c.get_edgecolor()[0]) == "#0072b2"
    ]
    dashed = [c.get_linestyle()[0][1] is not None for c in borders]
    assert sorted(dashed) == [False, True]
    widths = {c.get_linewidth()[0] for c in axes.collections if isinstance(c, LineCollection)}
    assert {c.get_linewidth()[0] for c in borders} == {max(widths)}  # projections, beside thinner results
    assert max(widths) / min(widths) == pytest.approx(2.6 / 1.4)
    hatched = [p for p in axes.patches if isinstance(p, PathPatch) and p.get_hatch()]
    assert len(hatched) == 3
    entries = [text.get_text() for text in axes.get_legend().get_texts()]
    assert entries[:4] == ["decay seen", "nothing seen", "expected (projection)", "excluded (result)"]


def test_few_searches_keep_their_names_in_the_legend():
    few = {name: MANY[name] for name in list(MANY)[:3]}
    axes = plot_reach(made_up(few))
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "Belle2, displaced (expected)", "Belle2, invisible (expected)", "Lhcb, displaced"
    ]  # fmt: skip
    assert names_in(axes) == []


def test_a_small_picture_puts_names_into_the_legend(reach, tmp_path):
    figure = Figure(figsize=(7, 12), layout="constrained")
    top, _ = figure.subplots(2, 1)
    axes = plot_reach(reach, ax=top)
    save(axes, tmp_path / "small.png")
    listed = [text.get_text() for text in axes.get_legend().get_texts()]
    assert len(names_in(axes)) + len([entry for entry in listed if ", " in entry]) == len(MANY)


def test_two_of_a_kind_are_told_apart_by_their_labels():
    found = compare({"one": BelleII(), "two": BelleII(background=False)}, ALPFermion(), [0.1, 0.3, 0.5])
    axes = plot_reach(found)
    written = [text.get_text().replace("\n", ", ") for text in names_in(axes)]
    listed = [text.get_text() for text in axes.get_legend().get_texts()]
    assert {"(one)", "(two)"} <= {text.rsplit(" ", 1)[-1] for text in written + listed}


@pytest.mark.parametrize("colour", ["#E69F00", "#56B4E9", "#0072B2", "#CC79A7"])
def test_letters_stand_out_from_white(colour):
    """Contrast as in WCAG 2.1, success criterion 1.4.3."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(readable(colour)))
    assert 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05) >= 4.5
