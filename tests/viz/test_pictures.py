import matplotlib
import numpy as np
import pytest
import trimesh
from matplotlib.figure import Figure
from matplotlib.path import Path
from scipy.spatial.transform import Rotation

from farflung.detectors import BelleII, Detector, DetectorError, make_detector
from farflung.geometry import ConvexPolyhedron, PolarAngle, Revolved
from farflung.lpp import ALPFermion, ALPWeak
from farflung.scenarios import ScenarioError, compare, reach
from farflung.viz import (
    decay_points,
    detector_scene,
    plot_decays,
    plot_decays_3d,
    plot_detector,
    plot_detector_3d,
    plot_reach,
    save,
    save_scene,
)

MASSES = np.geomspace(0.05, 4.5, 8)


@pytest.fixture(autouse=True)
def global_settings_stay():
    before = dict(matplotlib.rcParams)
    yield
    assert dict(matplotlib.rcParams) == before


def legend_of(axes):
    return [text.get_text() for text in axes.get_legend().get_texts()]


@pytest.mark.parametrize("model", [ALPFermion(), ALPWeak()])
def test_reach_is_drawn_with_its_searches_and_units(model, tmp_path):
    found = reach(BelleII(), model, MASSES)
    given = Figure().add_subplot()
    axes = plot_reach(found, ax=given)
    assert axes is given
    assert legend_of(axes) == [
        "Belle II, 50 ab⁻¹, displaced e⁺e⁻, μ⁺μ⁻",
        "Belle II, 50 ab⁻¹, missing energy",
        "widths uncertain",
        "in one treatment, not in all",
    ]
    assert "GeV" in axes.get_xlabel()
    assert "TeV" in axes.get_ylabel()
    assert axes.get_xscale() == axes.get_yscale() == "log"
    save(axes, tmp_path / "reach.pdf")
    assert (tmp_path / "reach.pdf").read_bytes().startswith(b"%PDF")


def test_a_search_without_reach_says_so():
    belle2 = BelleII()
    nothing = compare([(belle2, belle2.search("displaced").only("tautau"))], ALPFermion(), [0.1, 0.2])
    assert legend_of(plot_reach(nothing))[0].endswith("no reach")


def test_every_solid_is_drawn_to_scale():
    belle2 = BelleII()
    axes = plot_detector(belle2)
    drawn = {patch.get_label(): patch.get_path().get_extents() for patch in axes.patches}
    assert set(drawn) == set(belle2.solids)
    assert axes.get_aspect() == 1
    assert legend_of(axes) == ["envelope", "calorimeter", "drift chamber", "vertexing volume"]
    envelope = drawn["envelope"]
    np.testing.assert_allclose([envelope.x0, envelope.x1, envelope.y1], [-1.32, 2.26, 1.62])


@pytest.mark.parametrize("view", ["x-y", "x-z", "y-z"])
def test_cuts_along_planes_show_the_right_dimensions(view):
    axes = plot_detector(BelleII(), view=view)
    drawn = {patch.get_label(): patch.get_path().get_extents() for patch in axes.patches}
    extents = drawn["envelope"].extents
    expected = [-1.62, -1.62, 1.62, 1.62] if view == "x-y" else [-1.32, -1.62, 2.26, 1.62]
    np.testing.assert_allclose(extents, expected, atol=0.006)  # the grid has 900 points across
    if view == "x-y":  # two circles each, and no slits
        rings = {p.get_label(): (p.get_path().codes == Path.CLOSEPOLY).sum() for p in axes.patches}
        assert rings == {"envelope": 1, "calorimeter": 2, "drift chamber": 2, "vertexing volume": 2}
    assert "drift chamber" not in {patch.get_label() for patch in plot_detector(BelleII(), view="x-y", at=2.1).patches}
    with pytest.raises(DetectorError, match="view = 'top' is not one of"):
        plot_detector(BelleII(), view="top")


class Zoo(Detector):
    """One solid of each kind: round, flat, thin, turned, without an end."""

    name, title = "zoo", "Zoo"

    def __init__(self):
        solids = {
            "frustum": ConvexPolyhedron.frustum((33, 83), [(-0.5, 0.5), (-1.35, 1.35)], [(-2, 2), (-3.1, 3.1)]),
            "far box": ConvexPolyhedron.box((-16, -10), (3, 9), (20, 27)),
            "thin wall": ConvexPolyhedron.box((-3, 3), (-3, 3), (20, 20.02)),
            "forward": PolarAngle.from_pseudorapidity(2, 5),
            "tilted tube": Revolved.tube(z=(-4, 4), r=(1, 2)).moved((6, 0, 50), Rotation.from_euler("y", 1)),
        }
        super().__init__(BelleII().source, solids, [])


def drawn_extents(axes):
    return {patch.get_label(): patch.get_path().get_extents().extents for patch in axes.patches}


def test_every_kind_of_solid_is_drawn_where_it_is():
    side = drawn_extents(plot_detector(Zoo(), view="x-z"))
    np.testing.assert_allclose(side["frustum"], [33, -2, 83, 2], atol=0.01)
    np.testing.assert_allclose(side["thin wall"], [20, -3, 20.02, 3], atol=0.01)
    axes = plot_detector(Zoo(), view="x-z")
    assert "not in this plane: far box" in [text.get_text() for text in axes.get_legend().get_texts()]
    # a frustum from 1 m to 4 m across over 50 m in z, 7/50 of the way along
    for at in (40, 40.0):
        across = drawn_extents(plot_detector(Zoo(), view="x-y", at=at))
        np.testing.assert_allclose(across["frustum"], [-0.71, -1.595, 0.71, 1.595], atol=0.01)
    assert set(across) == {"frustum", "forward"}
    round_ = drawn_extents(plot_detector(Zoo()))
    assert set(round_) == set(Zoo().solids)
    np.testing.assert_allclose(round_["far box"], [20, np.hypot(10, 3), 27, np.hypot(16, 9)], atol=0.15)
    np.testing.assert_allclose(round_["frustum"][[0, 2, 3]], [33, 83, np.hypot(2, 3.1)], atol=0.15)
    with pytest.raises(DetectorError, match="at = nan is not a finite"):
        plot_detector(Zoo(), view="x-y", at=np.nan)


def test_the_scene_leaves_out_and_names_what_has_no_end(tmp_path):
    scene = detector_scene(Zoo())
    assert set(scene.geometry) == set(Zoo().solids) - {"forward"}
    assert scene.metadata["without_mesh"] == ["forward"]
    with pytest.raises(DetectorError, match=r"must end in \.glb"):
        save_scene(scene, tmp_path / "zoo.png")


def test_the_scene_has_the_solids_true_to_scale(tmp_path):
    belle2 = BelleII()
    save_scene(detector_scene(belle2), tmp_path / "belle2.glb")
    scene = trimesh.load(tmp_path / "belle2.glb")
    assert set(scene.geometry) == set(belle2.solids)
    for name, mesh in scene.geometry.items():
        # 96 straight pieces for a circle lose 0.07 % of its area
        assert mesh.volume == pytest.approx(belle2.solid(name).volume, rel=1e-3)
    np.testing.assert_allclose(scene.bounds, [[-1.62, -1.62, -1.32], [1.62, 1.62, 2.26]], atol=1e-6)


def test_perspective_shows_solids_and_decays(tmp_path):
    axes = plot_detector_3d(Zoo())
    assert legend_of(axes) == ["frustum", "far box", "tilted tube", "thin wall", "without an end: forward"]
    assert axes.get_xlim() == pytest.approx((0, 83))  # z, from the origin to the end of the frustum
    save(axes, tmp_path / "zoo.png")
    belle2 = BelleII()
    axes = plot_decays_3d(belle2, ALPFermion(), 0.3, 0.5, n=2000)
    assert {"displaced", "invisible", "neither", *belle2.solids} == set(legend_of(axes))
    points = {
        cloud.get_label(): np.array(cloud._offsets3d).T
        for cloud in axes.collections
        if cloud.get_label() in belle2.searches
    }
    for name, (z, x, y) in {name: found.T for name, found in points.items()}.items():
        assert belle2.sees(name, np.column_stack([x, y, z])).all()
    assert len(points["displaced"]) > 100


def test_what_is_long_and_thin_is_not_drawn_to_scale():
    class Far(Detector):
        name, title = "far", "Far"

        def __init__(self):
            super().__init__(BelleII().source, {"box": ConvexPolyhedron.box((-1, 1), (5, 8), (480, 515))}, [])

    axes = plot_detector(Far())
    assert axes.get_aspect() == "auto"
    assert axes.get_title() == "Far, not to scale"
    assert axes.get_ylim()[1] > np.hypot(1, 8)
    assert plot_detector_3d(Far()).get_title() == "Far, not to scale"


def test_too_little_to_draw_gets_a_sentence():
    with pytest.raises(ScenarioError, match="at least two masses and two couplings, got 1 and"):
        plot_reach(reach(BelleII(), ALPFermion(), [0.3]))


def test_decays_carry_their_shares():
    axes = plot_decays(BelleII(), ALPFermion(), 0.3, 0.5, n=20_000)
    shares = {label.split(":")[0]: float(label.split()[1].rstrip("%")) for label in legend_of(axes) if "%" in label}
    assert sum(shares.values()) == pytest.approx(100, abs=0.2)
    # no solid hides the decays inside it
    assert min(points.get_zorder() for points in axes.collections) > max(patch.get_zorder() for patch in axes.patches)
    belle2 = BelleII()
    flights = belle2.flights(ALPFermion(), 0.3)
    for search, share in shares.items():
        if search in belle2.searches:
            assert share / 100 == pytest.approx(float(belle2.acceptance(search, flights)(0.5)), abs=0.015)


def test_decay_points_follow_the_law_and_the_seed():
    belle2 = BelleII()
    flights = belle2.flights(ALPFermion(), 0.3, n=50_000, sampling="random")
    points = decay_points(flights, 0.5, seed=3)
    proper = np.linalg.norm(points, axis=1) / flights.beta_gamma
    assert proper.mean() == pytest.approx(0.5, rel=0.02)
    np.testing.assert_array_equal(points, decay_points(flights, 0.5, seed=3))
    with pytest.raises(DetectorError, match="ctau = 0 m"):
        decay_points(flights, 0.0, seed=3)


@pytest.mark.parametrize(
    "name", ["belle2-extended", "belle", "babar", "lhcb", "na62", "na62-dump", "charm", "nucal", "e137"]
)
def test_every_detector_is_drawn(name, tmp_path):
    detector = make_detector(name)
    axes = plot_detector(detector)
    shown = " ".join(text.get_text() for text in axes.get_legend().get_texts())
    assert all(solid in shown for solid in detector.solids)
    save(axes, tmp_path / "solids.png")
    assert (tmp_path / "solids.png").stat().st_size > 5000
