"""Pictures of detectors: what is in them, from where, how often, and in which colours."""

import re
from functools import cache
from itertools import pairwise

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from farflung.detectors import BelleII, Detector, DetectorError, Search, make_detector
from farflung.geometry import ConvexPolyhedron, Revolved
from farflung.lpp import ALPFermion
from farflung.scenarios import acceptance_table
from farflung.viz import plot_decays, plot_detector, plot_detector_3d, weighed_decays
from farflung.viz.views import frame_of
from farflung.viz.weighed_decays import in_proportion, share

DECAYS = {
    "belle2": ("alp-fermion", 0.3, 0.5),
    "belle2-extended": ("alp-fermion", 0.3, 0.5),
    "belle": ("alp-weak", 0.5, 0.1),
    "babar": ("alp-weak", 0.5, 0.3),
    "lhcb": ("dark-scalar", 0.5, 0.05),
    "na62": ("alp-fermion", 0.1, 10.0),
    "na62-dump": ("alp-photon", 0.1, 0.1),
    "charm": ("alp-photon", 0.1, 1.0),
    "nucal": ("alp-photon", 0.1, 0.05),
    "e137": ("alp-photon", 0.1, 1.0),
}


@pytest.fixture(autouse=True)
def global_settings_stay():
    before = dict(matplotlib.rcParams)
    yield
    assert dict(matplotlib.rcParams) == before


class Box(Detector):
    """A box beside Belle II, or far from it."""

    name, title = "box", "Box"

    def __init__(self, x=(4, 10), y=(-3, 3), z=(-2, 6)):
        search = Search("displaced", "in the box", "inside", "box")
        super().__init__(BelleII().source, {"box": ConvexPolyhedron.box(x, y, z)}, [search])


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


def clouds(axes):
    """Coordinates of the dots of each kind, by what the legend calls it."""
    return {cloud.get_label(): np.asarray(cloud.get_offsets()) for cloud in axes.collections}


@cache
def drawn(name):
    """The picture of a detector with decays, which no test changes."""
    return plot_decays(name, *DECAYS[name])


def sampled(detector, model, mass, ctau, **options):
    return weighed_decays(detector, model, mass, ctau, within=frame_of(detector).region(), **options)


# Weighed decays


@pytest.mark.parametrize("name", DECAYS)
def test_every_detector_shows_what_it_would_see(name):
    axes = drawn(name)
    detector = make_detector(name)
    for label, dots in clouds(axes).items():
        assert re.match(r"(\d+(\.\d+)?( %|×10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|nearly all) of the decays: ", label)
        assert len(dots) >= 30
    # no solid hides the decays inside it
    assert min(dots.get_zorder() for dots in axes.collections) > max(patch.get_zorder() for patch in axes.patches)
    assert any(set(detector.searches) & set(re.split(r"[:,] ?", label)) for label in clouds(axes))


@pytest.mark.parametrize("name", DECAYS)
def test_shares_are_those_of_the_acceptance(name):
    detector = make_detector(name)
    model, mass, ctau = DECAYS[name]
    table = acceptance_table(name, model, mass, [ctau])["probability"].isel(ctau=0)
    labels = " ".join(legend_of(drawn(name)))
    shown = [search for search in detector.searches if re.search(rf"\b{search}\b", labels)]
    assert shown
    for search in shown:
        if search in table.search:
            assert share(float(table.sel(search=search))) in labels


@pytest.mark.parametrize("name", ["belle2", "charm", "e137"])
def test_points_lie_where_they_are_said_to_and_follow_the_law(name):
    detector = make_detector(name)
    model, mass, ctau = DECAYS[name]
    flights = detector.flights(model, mass, seed=1, n=2**14, sampling="random")
    # brute force: flights by their weights, one decay of each by the exponential law
    random = np.random.default_rng(7)
    flight = random.choice(len(flights), 2**14, p=flights.weight / flights.weight.sum())
    lived = random.exponential(ctau, len(flight)) * flights.beta_gamma[flight]
    points = flights.origin[flight] + lived[:, None] * flights.direction[flight]
    independent = 1 / (1 / 2**14 + (flights.weight**2).sum())
    region = frame_of(detector).region()
    left = np.ones(len(points), dtype=bool)
    total = 0.0
    for kind in sampled(detector, model, mass, ctau, n=4000):
        seen = detector.sees(kind.searches[0], kind.points) if kind.searches else np.ones(len(kind.points), dtype=bool)
        assert seen.mean() > 0.999  # those at a surface may be rounded to its other side
        counted = detector.sees(kind.searches[0], points) if kind.searches else left
        assert (counted & left).mean() == pytest.approx(
            kind.probability, abs=5 * np.sqrt(kind.probability / independent)
        )
        assert kind.beyond + kind.weight * len(kind.points) == pytest.approx(kind.probability, rel=1e-6)
        brute = points[left & counted & region.contains(points)]
        if len(brute) * independent / 2**14 > 300:
            for axis in range(3):
                low, middle, high = np.quantile(brute[:, axis], (0.16, 0.5, 0.84))
                tolerance = 0.15 * (high - low)
                assert np.median(kind.points[:, axis]) == pytest.approx(middle, abs=tolerance)
        left &= ~counted
        total += kind.probability
    assert total == pytest.approx(1, abs=0.01)


def test_the_same_seed_gives_the_same_points():
    first, again, other = (sampled(make_detector("charm"), *_charm(), seed=seed, n=400)[0].points for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def _charm():
    from farflung.lpp.models.registered import as_model

    name, mass, ctau = DECAYS["charm"]
    return as_model(name), mass, ctau


def test_the_rarest_decays_are_drawn_and_the_legend_says_so():
    # 480 m are many decay lengths: one in 1e10 comes that far
    axes = plot_decays("charm", "alp-photon", 0.1, 0.03)
    (label,) = [label for label in clouds(axes) if ": decays" in label]
    power = int(label.split("×10")[1].split()[0].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")))
    assert power < -5
    assert len(clouds(axes)[label]) >= 100
    assert "dots of different colours are not in proportion" in legend_of(axes)
    belle2 = drawn("belle2")
    assert not any("proportion" in label for label in legend_of(belle2))
    assert in_proportion(sampled(BelleII(), ALPFermion(), 0.3, 0.5))


def test_what_never_happens_has_no_dots():
    axes = plot_decays("charm", "alp-photon", 0.1, 1e-6)
    (label,) = [label for label in clouds(axes) if ": decays" in label]
    assert label.startswith("0 of the decays")
    assert len(clouds(axes)[label]) == 0


def test_shares_have_two_digits():
    given = [2.345e-7, 0.000999, 0.00123, 0.0456, 0.12345, 0.98765, 0.9999, 1.0, 0.0]
    wanted = ["2.3×10⁻⁷", "1.0×10⁻³", "0.12 %", "4.6 %", "12 %", "99 %", "nearly all", "all", "0"]
    assert [share(one) for one in given] == wanted


def test_a_lifetime_that_makes_no_sense_gets_a_sentence():
    with pytest.raises(DetectorError, match="ctau = -1 m is not positive and finite"):
        plot_decays("charm", "alp-photon", 0.1, -1.0)


# Views


def test_the_view_shows_the_detector():
    views = {name: frame_of(make_detector(name)).view for name in DECAYS}
    assert views.pop("charm") == "y-z"  # 4.8 m above the beam, in a picture in which y is up
    assert views.pop("e137") == "x-z"  # around the beam, but not round
    assert set(views.values()) == {"r-z"}
    assert frame_of(Box()).view == "x-z"
    assert (frame_of(Box(y=(3, 9))).view, frame_of(Box(y=(3, 9))).at) == ("x-z", 6.0)
    assert frame_of(make_detector("charm"), "r-z").view == "r-z"
    np.testing.assert_allclose(extents(plot_detector("charm"))["decay region"], [480, 3.3, 515, 6.3], atol=1e-6)


def extents(axes):
    return {patch.get_label(): patch.get_path().get_extents().extents for patch in axes.patches}


@pytest.mark.parametrize("view", ["r-z", "x-y", "x-z", "y-z"])
def test_decays_are_drawn_in_every_view(view):
    axes = plot_decays("belle2", "alp-fermion", 0.3, 0.5, view=view, n=1000)
    assert min(len(dots) for dots in clouds(axes).values()) > 20
    # what is seen inside is drawn inside
    (label,) = [label for label in clouds(axes) if ": displaced" in label]
    across, up = clouds(axes)[label].T
    if view != "x-y":
        points = np.column_stack([up, 0 * up, across])
        assert BelleII().sees("displaced", points).mean() > 0.99


# Axes


def test_titles_of_panels_stay_in_their_own_part_of_the_figure():
    figure = Figure(figsize=(12, 5), layout="constrained")
    panels = figure.subplots(1, 2)
    for axes, name in zip(panels, ("belle2", "na62-dump"), strict=True):
        plot_decays(name, "alp-fermion", 0.3, 0.5, axes, n=100)
    figure.draw_without_rendering()
    left, right = (axes.title.get_window_extent() for axes in panels)
    assert left.x1 < right.x0
    assert right.x1 < figure.bbox.x1


def test_nothing_between_source_and_detector_is_cut_out():
    axes = plot_detector("charm")
    frame = frame_of(make_detector("charm"))
    assert len(frame.parts) == 2
    (_, stop), (start, _) = frame.parts
    assert 0 < stop < start < 480
    places = axes.transData.transform([[0, 0], [10, 0], [480, 0], [490, 0], [515, 0]])[:, 0]
    # a metre is as long on either side of the cut
    assert places[1] - places[0] > 0
    assert places[3] - places[2] == pytest.approx((places[4] - places[2]) * 10 / 35)
    # to scale up and across: 35 m by 3 m
    axes.figure.draw_without_rendering()
    box = axes.patches[0].get_window_extent()
    assert box.width / box.height == pytest.approx(35 / 3, rel=0.02)
    assert len(frame_of(make_detector("na62")).parts) == len(frame_of(BelleII()).parts) == 1
    dots = np.concatenate(list(clouds(drawn("charm")).values()))
    assert not ((dots[:, 0] > stop) & (dots[:, 0] < start)).any()


def test_what_is_long_and_thin_is_not_drawn_to_scale():
    axes = plot_detector("e137")
    assert axes.get_aspect() == "auto"
    assert axes.get_title().replace("\N{NO-BREAK SPACE}", " ") == "E137, y = 0 m, not to scale"
    assert "not to scale" in plot_detector_3d("e137").get_title().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("width", [3.4, 7.0, 10.0])
@pytest.mark.parametrize("name", ["charm", "nucal", "na62", "e137", "belle2"])
def test_no_tick_is_over_another(name, width):
    figure = Figure(figsize=(width, 0.75 * width), layout="constrained")
    axes = plot_detector(name, figure.add_subplot())
    figure.draw_without_rendering()
    low, high = axes.get_xlim()
    shown = [label for label in axes.get_xticklabels() if label.get_text() and low <= label.get_position()[0] <= high]
    boxes = sorted((label.get_window_extent() for label in shown), key=lambda box: box.x0)
    assert len(boxes) >= 2
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))


# Colours


@pytest.mark.parametrize("name", [*DECAYS, "belle2-simulated"])
def test_the_legend_has_the_colours_of_the_solids(name):
    axes = plot_detector(name)
    drawn = {patch.get_label(): patch for patch in axes.patches}
    legend = axes.get_legend()
    in_legend = dict(zip(legend_of(axes), legend.get_patches(), strict=True))
    assert set(in_legend) == set(drawn) == set(make_detector(name).solids)
    for label, patch in drawn.items():
        for look in ("get_facecolor", "get_edgecolor", "get_linewidth"):
            assert getattr(in_legend[label], look)() == getattr(patch, look)()
    faces = {to_rgba(patch.get_facecolor()) for patch in drawn.values()}
    edges = {to_rgba(patch.get_edgecolor()) for patch in drawn.values()}
    assert len(faces) == len(edges) == len(drawn)  # no two look the same


# Several detectors


def test_several_detectors_are_drawn_in_one_picture(tmp_path):
    axes = plot_detector(["belle2", Box()])
    found = extents(axes)
    assert set(found) == {f"Belle II: {name}" for name in BelleII().solids} | {"Box: box"}
    np.testing.assert_allclose(found["Box: box"], [-2, 4, 6, 10], atol=0.05)
    assert axes.get_title().startswith("Belle II and Box")
    axes = plot_decays(["belle2", Box()], "alp-fermion", 0.3, 5.0)
    labels = legend_of(axes)
    table = acceptance_table(Box(), "alp-fermion", 0.3, [5.0])["probability"]
    assert f"{share(float(table[0, 0]))} of the decays: displaced in Box" in labels
    (label,) = [label for label in labels if "displaced in Box" in label]
    x = clouds(axes)[label][:, 1]
    assert len(x) > 50
    assert ((x > 4 - 1e-9) & (x < 10 + 1e-9)).all()


def test_detectors_in_different_places_are_refused():
    with pytest.raises(DetectorError, match="belle2 and charm are not in one place: their sources are of different"):
        plot_detector(["belle2", "charm"])
    with pytest.raises(DetectorError, match="detectors is empty"):
        plot_detector([])


def test_two_of_one_kind_have_different_names():
    class Wall(Box):
        title = "Box"

        def __init__(self):
            Detector.__init__(self, BelleII().source, {"box": Revolved.tube(z=(20, 21), r=(0, 1))}, [])

    assert {"Box-1: box", "Box-2: box"} == set(extents(plot_detector([Box(), Wall()], view="x-z")))
