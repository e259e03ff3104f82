"""Polygons swept about the z axis."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from farflung.geometry import Combination, GeometryError, Revolved
from farflung.geometry.testing import SolidContract, check_rays

BARREL = Revolved.tube(z=(-1, 2), r=(0.25, 1))
# the part of a tube between two polar angles as seen from the origin, which is its vertex
WEDGE = Revolved(
    shapely.box(-1, 0, 2, 1) & Polygon([(0, 0), *((3 * np.cos(a), 3 * np.sin(a)) for a in np.radians([17, 80, 150]))])
)
HOLED = Revolved(Polygon([(0, 0), (4, 0), (5, 2), (1, 3)], [[(1, 1), (3, 1), (3, 1.5), (2, 2)]]))
PIECES = Revolved(MultiPolygon([shapely.box(-2, 0, -1, 1), Polygon([(0, 1), (1, 0), (2, 1), (1, 2)])]))


class TestTube(SolidContract):
    def solid(self):
        return Revolved.tube(z=(-1, 2), r=(0.25, 1))


class TestWedge(SolidContract):
    def solid(self):
        return Revolved(WEDGE.profile)


class TestHoled(SolidContract):
    def solid(self):
        return Revolved(HOLED.profile)


class TestPieces(SolidContract):
    def solid(self):
        return Revolved(PIECES.profile)


grid = st.integers(-8, 8).map(lambda i: i / 4)


@st.composite
def profiles(draw):
    """Outlines on a coarse grid: many edges along the axes, vertices on the axis, holes, pieces."""
    profile = Polygon()
    for _ in range(draw(st.integers(1, 4))):
        corners = draw(st.lists(st.tuples(grid, grid.map(abs)), min_size=3, max_size=5, unique=True))
        piece = shapely.convex_hull(shapely.MultiPoint(corners))
        profile = profile - piece if draw(st.booleans()) and not profile.is_empty else profile | piece
    parts = [part for part in shapely.get_parts(profile) if isinstance(part, Polygon) and part.area > 1e-3]
    shape = MultiPolygon(parts)
    if not parts or not shape.is_valid:
        return shapely.box(0, 0, 1, 1)
    return shape


vectors = st.tuples(grid, grid, grid)
directions = vectors.filter(any)


@settings(max_examples=200, deadline=None)
@given(profiles(), st.lists(st.tuples(vectors, directions), min_size=1, max_size=20))
def test_rays_on_a_grid(profile, rays):
    """Rays through vertices, along faces, in the axis: all that can go wrong does so on a grid."""
    origins, along = (np.array(part, dtype=float) for part in zip(*rays, strict=True))
    check_rays(Revolved(profile), origins, along)


@settings(max_examples=50, deadline=None)
@given(profiles(), st.integers(0, 2**32 - 1))
def test_random_rays(profile, seed):
    rng = np.random.default_rng(seed)
    check_rays(Revolved(profile), rng.uniform(-3, 3, (100, 3)), rng.normal(size=(100, 3)))


@settings(max_examples=50, deadline=None)
@given(profiles(), st.integers(0, 2**32 - 1))
def test_contains_is_that_of_shapely(profile, seed):
    points = np.random.default_rng(seed).uniform(-2.5, 2.5, (200, 3))
    z, r = points[:, 2], np.hypot(points[:, 0], points[:, 1])
    assert np.array_equal(Revolved(profile).contains(points), shapely.contains_xy(profile, z, r))


@settings(max_examples=50, deadline=None)
@given(profiles())
def test_volume_by_pappus(profile):
    """The volume is the area times the way of the centroid, 2 pi <r>."""
    np.testing.assert_allclose(Revolved(profile).volume, 2 * np.pi * profile.centroid.y * profile.area, rtol=1e-9)


@settings(max_examples=50, deadline=None)
@given(profiles(), profiles(), st.integers(0, 2**32 - 1))
def test_profiles_combine_like_stretches(one, two, seed):
    rng = np.random.default_rng(seed)
    origins, along = rng.uniform(-3, 3, (100, 3)), rng.normal(size=(100, 3))
    a, b = Revolved(one), Revolved(two)
    for simple, general in (
        (a | b, Combination(a, b, "|")),
        (a & b, Combination(a, b, "&")),
        (a - b, Combination(a, b, "-")),
    ):
        np.testing.assert_allclose(
            simple.stretches(origins, along).length,
            general.stretches(origins, along).length,
            rtol=0,
            atol=1e-6,
        )


def test_edges_that_all_but_coincide_combine_like_stretches():
    """Two outlines whose intersection and difference do not add up in shapely with GEOS 3.14."""
    one = Revolved([(-1, 0.75), (1, 0.5), (0, 0)])
    bent = [(-1 / 9, 0.6388888888888888), (-0.92, 0.74), (-2, 2), (-0.1538461538461538, 0.8461538461538461)]
    two = Revolved(
        MultiPolygon(
            [
                Polygon([*bent, (-0.25, 0.75), (-0.0625, 0.6875)]),
                Polygon([(-0.8, 0.6), (-0.4285714285714286, 0.3214285714285714), (-0.5, 0.25)]),
            ]
        )
    )
    rng = np.random.default_rng(1)
    rays = rng.uniform(-2, 2, (2000, 3)), rng.normal(size=(2000, 3))
    for a, b in ((one, two), (two, one)):
        for solid, operation in ((a | b, "|"), (a & b, "&"), (a - b, "-")):
            general = Combination(a, b, operation)
            np.testing.assert_allclose(
                solid.stretches(*rays).length, general.stretches(*rays).length, rtol=0, atol=1e-6
            )


def test_tube_lengths():
    found = BARREL.stretches((0, 0, 0), [(1, 0, 0), (0, 0, 1), (0, 3, 4)])
    np.testing.assert_allclose(found.start[:, 0], [0.25, np.inf, 0.25 / 0.6], rtol=1e-15)
    np.testing.assert_allclose(found.stop[:, 0], [1, np.inf, 1 / 0.6], rtol=1e-15)


def test_rays_from_afar_keep_their_accuracy():
    near = WEDGE.stretches((0.5, 0.2, -3), (0.01, 0.02, 1)).length[0]
    away = np.array([0.01, 0.02, 1]) * 1e6
    far = WEDGE.stretches(np.array([0.5, 0.2, -3]) - away, (0.01, 0.02, 1)).length[0]
    assert far == pytest.approx(near, rel=1e-8)
    assert near > 0.5


def test_faces_at_lower_z_and_inner_r_belong():
    on = [(0.5, 0, -1), (0.5, 0, 2), (0.25, 0, 0), (1, 0, 0), (0, -0.25, -1)]
    assert BARREL.contains(on).tolist() == [True, False, True, False, True]


def test_rays_along_faces():
    lower, upper = BARREL.stretches([(-3, 0, -1), (-3, 0, 2)], (1, 0, 0)).length
    assert lower == pytest.approx(1.5)
    assert upper == 0
    inner, outer = BARREL.stretches([(0.25, 0, -3), (1, 0, -3)], (0, 0, 1)).length
    assert inner == pytest.approx(3)
    assert outer == 0


def test_rays_from_a_face():
    out, into = BARREL.stretches((1, 0, 0), [(1, 0, 0), (-1, 0, 0)]).length
    assert out == 0
    assert into == pytest.approx(1.5)
    out, into = BARREL.stretches((0.5, 0, 2), [(0, 0, 1), (0, 0, -1)]).length
    assert out == 0
    assert into == pytest.approx(3)


def test_ray_along_a_cone_is_one_piece_or_none():
    cone = Revolved([(0, 0), (3, 0), (3, 1.7)])
    for origin in [(0.0, 0.0, 0.0), (-1.7, 0.0, -3.0)]:
        found = cone.stretches(origin, [(1.7 * np.cos(a), 1.7 * np.sin(a), 3) for a in np.linspace(0, 6, 50)])
        length = found.length[found.count > 0]
        assert (found.count <= 1).all()
        assert np.isfinite(length).all()


def test_ray_in_the_axis_passes_apex_after_apex():
    spindle = Revolved([(0, 0), (1, 1), (2, 0)]) | Revolved([(2, 0), (3, 1), (4, 0)])
    for origin in [(0, 0, -1), (0, 0, -1000.3)]:
        found = spindle.stretches(origin, (0, 0, 1))
        assert found.length[0] == pytest.approx(4, abs=1e-9)
    assert Revolved([(0, 0), (1, 1), (1, 0)]).stretches((0, 0, -1), (0, 0, 2)).stop.tolist() == [[2.0]]


def test_rays_from_the_vertex_of_a_wedge_start_inside():
    angles = np.radians(np.linspace(1, 179, 1000))
    along = np.stack([np.sin(angles), 0 * angles, np.cos(angles)], axis=1)
    found = WEDGE.stretches((0, 0, 0), along)
    inside = (angles > np.radians(17)) & (angles < np.radians(150))
    assert np.array_equal(found.count == 1, inside)
    assert (found.start[inside] == 0).all()
    wall = np.where(np.cos(angles) > 0, 2 / np.cos(angles), -1 / np.cos(angles))
    np.testing.assert_allclose(found.stop[inside, 0], np.minimum(wall, 1 / np.sin(angles))[inside], rtol=1e-13)


def test_mesh_volume_converges():
    for solid in (BARREL, WEDGE, HOLED, PIECES):
        coarse, fine = (abs(1 - solid.to_mesh(n).volume / solid.volume) for n in (64, 128))
        assert fine < 1e-3
        assert coarse / fine == pytest.approx(4, rel=0.01)


def test_bounds():
    assert HOLED.bounds.tolist() == [[-3, -3, 0], [3, 3, 5]]
    turned = BARREL.moved(rotation=[[0, 0, 1], [1, 0, 0], [0, 1, 0]]).bounds
    np.testing.assert_allclose(turned, [[-1, -1, -1], [2, 1, 1]])


@pytest.mark.parametrize("solid", [BARREL, WEDGE, HOLED, PIECES])
def test_repr_makes_it_again(solid):
    assert eval(repr(solid)) == solid


def test_repr_reads_like_the_call():
    assert repr(BARREL) == "Revolved.tube(z=(-1, 2), r=(0.25, 1))"
    assert repr(Revolved([(0, 0), (1, 0), (1, 0.5)])) == "Revolved([(0, 0), (1, 0), (1, 0.5)])"


def test_equality_does_not_care_where_the_outline_begins():
    assert Revolved([(0, 0), (1, 0), (1, 1)]) == Revolved([(1, 1), (1, 0), (0, 0)])
    assert Revolved([(0, 0), (1, 0), (1, 1)]) != Revolved([(0, 0), (1, 0), (1, 2)])
    assert BARREL != 3


def test_profile_comes_back():
    assert BARREL.profile.equals(shapely.box(-1, 0.25, 2, 1))


@pytest.mark.parametrize(
    ("profile", "message"),
    [
        ([(0, 0), (1, 1)], "at least three"),
        ([(0, 0), (1, 0), (2, 0)], "simple polygon|area"),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], "Self-intersection"),
        ([(0, -1), (1, 0), (1, 1)], r"r >= 0 everywhere, got the vertex \(z, r\) = \(0, -1\)"),
        ([(0, 0), (1, np.nan), (1, 1)], "finite"),
        (shapely.LineString([(0, 0), (1, 1)]), "LineString"),
        (Polygon(), "empty"),
        (7, "at least three"),
        (["a", "b", "c"], "at least three"),
    ],
)
def test_bad_profiles(profile, message):
    with pytest.raises(GeometryError, match=message):
        Revolved(profile)


@pytest.mark.parametrize(
    ("z", "r", "message"),
    [
        ((1, 0), (0, 1), "z must be a pair"),
        ((0, 1), (1, 1), "r must be a pair"),
        ((0, 1), 1, "r must be a pair"),
        ((0, 1), (-1, 1), "r >= 0"),
        ((0, np.inf), (0, 1), "finite"),
    ],
)
def test_bad_tubes(z, r, message):
    with pytest.raises(GeometryError, match=message):
        Revolved.tube(z=z, r=r)
