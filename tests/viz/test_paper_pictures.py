"""Pictures for a column, for a page and for slides: nothing is cut, hidden or drawn where it is not.

These look at what is drawn where; `test_images.py` compares whole pictures with stored ones.
"""

import matplotlib
import numpy as np
import pytest
import xarray as xr
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from PIL import Image
from shapely import Point

from farflung.scenarios import Reach, ScenarioError
from farflung.viz import plot_reach, save
from farflung.viz.best_strip import best_by_mass
from farflung.viz.regions import certain_and_possible, excluded_region, outline

SIZES = {"column": (3.4, 2.7), "page": (7.0, 5.0), "slide": (10.0, 5.6)}
COUPLINGS = np.geomspace(1e-6, 1, 121)
THRESHOLD = 0.3


def made_up(searches, masses):
    """A reach from ``{"detector:search": (status, log10 of events over the limit at mass, coupling)}``."""
    x, y = np.meshgrid(masses, np.log10(COUPLINGS), indexing="ij")
    detector = [name.split(":")[0].title() for name in searches]
    data = xr.Dataset(
        {
            "events": (("search", "mass", "coupling"), [10.0**excess(x, y) for _, excess in searches.values()]),
            "limit": (("search", "mass"), np.ones((len(searches), len(masses)))),
            "unreliable": ("mass", np.zeros(len(masses), dtype=np.int8)),
        },
        coords={
            "search": list(searches),
            "search_title": ("search", [f"{name.title().replace(':', ', ')} decays" for name in searches]),
            "detector_title": ("search", detector),
            "decays": ("search", ["outside" if "invisible" in name else "inside" for name in searches]),
            "status": ("search", [status for status, _ in searches.values()]),
            "mass": ("mass", masses, {"units": "GeV"}),
            "coupling": ("coupling", COUPLINGS, {"units": "TeV^-1", "long_name": "c_ff/f_a"}),
        },
        attrs={
            "model_title": "A particle with a long title that no column has room for", "model": "made-up",
            "confidence_levels": "0.9", "sampling": "aimed, n = 4096, seed = 7", "created_by": "farflung 0",
        },
    )  # fmt: skip
    return Reach(data)


def jumping(x, y):
    """Reaches 1e-4 above the threshold and 1e-2 below."""
    return 2 * (y - np.where(x > THRESHOLD, -4.0, -2.0))


def window(x, y):
    """From 0.1 to 1 GeV, couplings from 1e-3 to 1e-2."""
    return np.where((x > 0.1) & (x < 1), 4 * (0.5 - np.abs(y + 2.5)), -300.0)


def beside(masses, *special):
    return np.unique([*masses, *(mass * (1 + step) for mass in special for step in (-1e-6, 1e-6))])


MASSES = beside(np.geomspace(0.02, 4, 24), 0.1, THRESHOLD, 1.0)
SEARCHES = {"one:displaced": ("projection", jumping), "two:invisible": ("result", window)}


@pytest.fixture(scope="module")
def pair():
    return made_up(SEARCHES, MASSES)


@pytest.fixture(scope="module")
def many():
    shifted = {f"exp{i}:decays": ("result", lambda x, y, i=i: jumping(x, y - 0.4 * i)) for i in range(6)}
    return made_up({**SEARCHES, **shifted}, MASSES)


def drawn(found, size, **options):
    axes = plot_reach(found, Figure(figsize=SIZES[size], layout="constrained").add_subplot(), **options)
    axes.get_figure().draw_without_rendering()
    return axes


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("which", ["pair", "many"])
def test_nothing_is_cut_and_the_panel_stays_free(which, size, request):
    before = dict(matplotlib.rcParams)
    axes = drawn(request.getfixturevalue(which), size)
    frame, whole = axes.get_window_extent(), axes.get_figure().bbox
    written = [axes.title, axes.xaxis.label, axes.yaxis.label, axes.get_legend(), *axes.texts]
    for one in written:
        box = one.get_window_extent()
        assert whole.x0 <= box.x0 < box.x1 <= whole.x1 + 1, one
        assert whole.y0 <= box.y0 < box.y1 <= whole.y1 + 1, one
    assert frame.height > 0.38 * whole.height
    legend = axes.get_legend().get_window_extent()
    inside = max(0, legend.y1 - max(legend.y0, frame.y0)) * legend.width
    assert inside < 0.25 * frame.width * frame.height
    letters = [text.get_fontsize() for text in (*axes.get_legend().get_texts(), *axes.texts, axes.title)]
    assert min(letters) >= 6
    assert dict(matplotlib.rcParams) == before


def test_letters_and_lines_grow_with_the_axes(pair):
    axes = [drawn(pair, size) for size in SIZES]
    letters = [one.xaxis.label.get_fontsize() for one in axes]
    assert 8 < letters[0] < 10 < letters[1] < 13 < letters[2] < 18
    widths = [max(c.get_linewidth()[0] for c in one.collections if isinstance(c, LineCollection)) for one in axes]
    assert widths == sorted(widths)
    assert widths[2] > 1.5 * widths[0]


def test_what_is_expected_is_told_from_what_is_excluded(pair):
    title = drawn(pair, "page").get_title().replace("\n", " ")
    assert title.endswith("excluded, or expected to be, at 90 % CL")
    entries = [text.get_text() for text in drawn(pair, "page").get_legend().get_texts()]
    assert entries == ["One, Displaced decays (expected)", "Two, Invisible decays"]
    for name, said in (("one:displaced", "expected exclusion at 90 % CL"), ("two:invisible", ", excluded at 90 % CL")):
        alone = Reach(pair.data.sel(search=[name]))
        assert drawn(alone, "page").get_title().replace("\n", " ").endswith(said)


def test_a_jump_is_upright(pair):
    region = excluded_region(pair, "one:displaced", pair.intervals())
    border = outline(region, pair)
    points = np.concatenate([np.exp(np.asarray(line.coords)) for line in getattr(border, "geoms", [border])])
    between = points[(points[:, 1] > 1.01e-4) & (points[:, 1] < 0.99e-2)]
    assert between.size == 0 or np.abs(between[:, 0] / THRESHOLD - 1).max() < 2e-6
    assert region.covers(Point(np.log([THRESHOLD * 1.00001, 1.1e-4])))
    assert not region.covers(Point(np.log([THRESHOLD * 0.99999, 0.9e-2])))


def test_a_window_ends_where_it_does(pair):
    region = excluded_region(pair, "two:invisible", pair.intervals())
    assert len(region.geoms) == 1
    assert np.exp(region.bounds[0::2]) == pytest.approx([0.1, 1.0], rel=2e-6)


def test_what_jumps_apart_is_not_joined():
    apart = made_up({"a:b": ("result", lambda x, y: 4 * (0.3 - np.abs(y + np.where(x > THRESHOLD, 4.0, 2.0))))}, MASSES)
    region = excluded_region(apart, "a:b", apart.intervals())
    assert len(region.geoms) == 2
    assert region.area == pytest.approx(0.6 * np.log(10) * np.log(4 / 0.02), rel=1e-3)


def test_the_strip_agrees_with_the_intervals(pair):
    regions, _ = certain_and_possible(pair, pair.intervals())
    spans = best_by_mass(regions, MASSES)
    for mass, best in zip(MASSES[1:-1], pair.best_search().values[1:-1], strict=True):
        names = {name for name, left, right in spans if left <= mass * (1 + 1e-9) and right >= mass * (1 - 1e-9)}
        assert best in names
    # below the threshold "one" reaches 1e-2 and "two" 1e-3, but only within its window
    ends = [(name, left, right) for name, left, right in spans]
    assert [name for name, _, _ in ends] == ["one:displaced", "two:invisible", "one:displaced"]
    assert [left for _, left, _ in ends[1:]] == pytest.approx([0.1, THRESHOLD], rel=2e-6)


def test_other_curves_are_drawn_and_named(pair, many):
    curve = ([0.05, 0.1, np.nan, 1.0, 2.0], [1e-3, 1e-3, np.nan, 1e-2, 1e-1])
    axes = drawn(pair, "page", overlay={"a paper": curve})
    (line,) = [line for line in axes.lines if line.get_label() == "a paper"]
    np.testing.assert_array_equal(line.get_xdata(), curve[0])
    assert "a paper" in [text.get_text() for text in axes.get_legend().get_texts()]
    axes = drawn(many, "slide", overlay={"a paper": curve})
    assert "a paper" in [text.get_text() for text in (*axes.texts, *axes.get_legend().get_texts())]
    for wrong, said in (
        (([1, 2], [1]), r"overlay\['x'\] has masses of shape \(2,\) and couplings of shape \(1,\)"),
        (([1, 2], [1, 0]), r"overlay\['x'\] has the coupling 0; it must be above 0"),
        (([1, 2],), r"overlay\['x'\] has 1 parts"),
    ):
        with pytest.raises(ScenarioError, match=said):
            plot_reach(pair, overlay={"x": wrong})


def test_title_legend_labels_strip_and_style_are_the_callers(pair):
    axes = drawn(
        pair, "page", title="Mine", legend=False, strip=False, labels={"one:displaced": "First"},
        style={"one": {"colour": "#123456"}},
    )  # fmt: skip
    assert axes.get_title() == "Mine"
    assert axes.get_legend() is None
    assert axes.texts == [] or all("reaches" not in text.get_text() for text in axes.texts)
    colours = [matplotlib.colors.to_hex(c.get_edgecolor()[0]) for c in axes.collections]
    assert "#123456" in colours
    named = drawn(pair, "page", labels={"one:displaced": "First"}).get_legend().get_texts()
    assert named[0].get_text() == "First (expected)"
    assert "Two, Invisible decays" in [
        text.get_text().replace("\n", ", ") for text in drawn(pair, "slide", labels=True).texts
    ]
    with pytest.raises(ScenarioError, match="style names 'three', which is not among one:displaced, two:invisible"):
        plot_reach(pair, style={"three": {}})
    with pytest.raises(ScenarioError, match=r"style\['one'\] has color; what can change is colour, fill"):
        plot_reach(pair, style={"one": {"color": "red"}})


@pytest.mark.parametrize("suffix", [".png", ".pdf", ".svg"])
def test_files_say_what_drew_them(pair, suffix, tmp_path):
    path = tmp_path / f"reach{suffix}"
    save(plot_reach(pair), path, note="drawn by my-script.py")
    if suffix == ".png":
        text = Image.open(path).text
        assert text["Software"].startswith("farflung ")
        said = text["Description"]
    else:
        said = path.read_bytes().decode("latin-1").replace("\\n", "\n")
        assert "farflung 0" in said
    assert "drawn by my-script.py" in said
    assert "seed = 7" in said
