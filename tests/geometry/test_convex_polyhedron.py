"""Convex polyhedra and half-spaces."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farflung.geometry import Combination, ConvexPolyhedron, GeometryError, HalfSpace
from farflung.geometry.testing import SolidContract, check_rays

BOX = ConvexPolyhedron.box(x=(-1, 1), y=(0, 2), z=(3, 5.5))
WEDGE = ConvexPolyhedron.wedge(x=(0, 1), y=(0, 2), z=(0, 4))
FRUSTUM = ConvexPolyhedron.frustum(z=(1, 3), lower=((-1, 1), (-1, 2)), upper=((0, 1), (-3, 2)))
PYRAMID = ConvexPolyhedron.frustum(z=(0, 3), lower=((-1, 1), (-1, 1)), upper=((0, 0), (0, 0)))
TETRAHEDRON = ConvexPolyhedron([(-1, 0, 0), (0, -1, 0), (0, 0, -1), (1, 1, 1)], [0, 0, 0, 1])
HULL = ConvexPolyhedron.hull([(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1), (0.3, 0.3, 0.3)])
ALL = [BOX, WEDGE, FRUSTUM, PYRAMID, TETRAHEDRON, HULL]


class TestBox(SolidContract):
    def solid(self):
        return ConvexPolyhedron.box(x=(-1, 1), y=(0, 2), z=(3, 5.5))


class TestFrustum(SolidContract):
    def solid(self):
        return ConvexPolyhedron.frustum(z=(1, 3), lower=((-1, 1), (-1, 2)), upper=((0, 1), (-3, 2)))


class TestHull(SolidContract):
    def solid(self):
        return ConvexPolyhedron.hull(HULL.vertices)


class TestHalfSpace(SolidContract):
    def solid(self):
        return HalfSpace((0, 0, 1), (1, 2, -3))


class TestCutOff(SolidContract):
    def solid(self):
        return HalfSpace((0, 0, 1), (1, 2, -3)) - PYRAMID


grid = st.integers(-8, 8).map(lambda i: i / 4)
vectors = st.tuples(grid, grid, grid)
rays = st.lists(st.tuples(vectors, vectors.filter(any)), min_size=1, max_size=20)


@st.composite
def hulls(draw):
    points = np.array(draw(st.lists(vectors, min_size=4, max_size=12, unique=True)))
    if np.linalg.matrix_rank(points - points[0]) < 3:
        points = np.vstack([points, points[0] + np.eye(3)])
    return ConvexPolyhedron.hull(points)


@settings(max_examples=100, deadline=None)
@given(hulls(), rays)
def test_rays_on_a_grid(solid, rays):
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    check_rays(solid, origins, along)


@settings(max_examples=50, deadline=None)
@given(hulls())
def test_volume_and_bounds_are_those_of_the_mesh(solid):
    mesh = solid.to_mesh()
    assert mesh.is_watertight
    np.testing.assert_allclose(solid.volume, mesh.volume, rtol=1e-9)
    np.testing.assert_allclose(solid.bounds, mesh.bounds, atol=1e-12)


@settings(max_examples=50, deadline=None)
@given(hulls(), hulls(), st.integers(0, 2**32 - 1))
def test_intersection_of_two_is_that_of_their_stretches(a, b, seed):
    rng = np.random.default_rng(seed)
    rays = rng.uniform(-3, 3, (100, 3)), rng.normal(size=(100, 3))
    np.testing.assert_allclose(
        (a & b).stretches(*rays).length, Combination(a, b, "&").stretches(*rays).length, rtol=0, atol=1e-8
    )


@pytest.mark.parametrize(
    ("solid", "volume"),
    [(BOX, 10), (WEDGE, 4), (PYRAMID, 4), (TETRAHEDRON, 1 / 6), (FRUSTUM, 2 * (6 + 5 + 4 * 1.5 * 4) / 6)],
)
def test_volumes(solid, volume):
    assert solid.volume == pytest.approx(volume, rel=1e-12)


def test_faces_at_lower_coordinates_belong():
    assert (
        BOX.contains([(-1, 1, 4), (1, 1, 4), (0, 0, 4), (0, 2, 4), (0, 1, 3), (0, 1, 5.5)]).tolist()
        == [
            True,
            False,
        ]
        * 3
    )


def test_boxes_that_fill_space_share_no_point():
    corners = np.array(list(itertools.product((0, 0.5, 1, 1.5), repeat=3)))
    boxes = [ConvexPolyhedron.box(*((i, i + 1) for i in lower)) for lower in itertools.product((-1, 0, 1), repeat=3)]
    assert (sum(box.contains(corners).astype(int) for box in boxes) == 1).all()


def test_rays_along_faces_and_edges():
    low, high = BOX.stretches([(-1, 1, 0), (1, 1, 0)], (0, 0, 1)).length
    assert low == 2.5
    assert high == 0
    low, high = BOX.stretches([(-1, 0, 0), (-1, 2, 0)], (0, 0, 1)).length
    assert low == 2.5
    assert high == 0


def test_ray_along_a_slanted_face_is_one_piece_or_none():
    for u in np.linspace(-1, 1, 21):
        start = np.array([u, -1, 0.0])
        length = PYRAMID.stretches(start, np.array([0, 0, 3]) - start).length[0]
        whole = np.linalg.norm(np.array([0, 0, 3]) - start)
        assert length == pytest.approx(whole, rel=1e-6) or length == 0


def test_rays_into_a_corner():
    for corner in BOX.vertices:
        for away in itertools.product((-1, 0, 1), repeat=3):
            if any(away):
                found = BOX.stretches(corner - np.array(away) * 2, away)
                assert found.length[0] >= 0


@pytest.mark.parametrize("solid", [BOX, WEDGE, FRUSTUM, PYRAMID, TETRAHEDRON, HULL, HalfSpace((1, 2, 3), (0, 1, 0))])
def test_repr_makes_it_again(solid):
    assert eval(repr(solid)) == solid


def test_repr_reads_like_the_call():
    assert repr(BOX) == "ConvexPolyhedron.box(x=(-1, 1), y=(0, 2), z=(3, 5.5))"
    assert repr(FRUSTUM) == "ConvexPolyhedron.frustum(z=(1, 3), lower=((-1, 1), (-1, 2)), upper=((0, 1), (-3, 2)))"
    assert repr(TETRAHEDRON) == ("ConvexPolyhedron([(-1, 0, 0), (0, -1, 0), (0, 0, -1), (1, 1, 1)], [0, 0, 0, 1])")


def test_equality_does_not_care_about_the_order_of_faces():
    shuffled = ConvexPolyhedron(BOX.normals[::-1], BOX.offsets[::-1])
    assert shuffled == BOX
    assert hash(shuffled) == hash(BOX)
    assert ConvexPolyhedron.box(x=(-1, 1), y=(0, 2), z=(3, 5)) != BOX


def test_half_space_cuts_a_box():
    cut = BOX & HalfSpace((0, 0, 4), (0, 0, 1))
    assert isinstance(cut, ConvexPolyhedron)
    assert cut.volume == pytest.approx(6)
    assert HalfSpace((0, 0, 4), (0, 0, 1)) & BOX == cut
    assert (HalfSpace((0, 0, 9), (0, 0, 1)) & BOX).volume == 0
    assert (BOX - HalfSpace((0, 0, 4), (0, 0, 1))).volume == pytest.approx(4, rel=1e-4)


def test_half_space_never_ends():
    beyond = HalfSpace((0, 0, 5), (0, 0, 2))
    found = beyond.stretches([(0, 0, 0), (0, 0, 6), (0, 0, 6), (0, 0, 0)], [(0, 0, 1)] * 2 + [(0, 0, -1), (1, 0, 0)])
    assert found.start[:, 0].tolist() == [5, 0, 0, np.inf]
    assert found.stop[:, 0].tolist() == [np.inf, np.inf, 1, np.inf]
    assert beyond.bounds.tolist() == [[-np.inf, -np.inf, 5], [np.inf, np.inf, np.inf]]
    assert beyond.contains((0, 0, 5))
    assert not HalfSpace((0, 0, 5), (0, 0, -1)).contains((0, 0, 5))
    for what in ("volume", "mesh"):
        with pytest.raises(GeometryError, match=f"no finite box is known for .*has no {what}"):
            beyond.volume if what == "volume" else beyond.to_mesh()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ConvexPolyhedron.box(x=(1, 0), y=(0, 1), z=(0, 1)), "x must be a pair"),
        (lambda: ConvexPolyhedron.wedge(x=(0, 1), y=(0, 0), z=(0, 1)), "y must be a pair"),
        (lambda: ConvexPolyhedron.frustum((0, 1), ((1, 0), (0, 1)), ((0, 1), (0, 1))), "lower must be"),
        (lambda: ConvexPolyhedron.frustum((0, 1), ((0, 1), (0, 1)), 3), "upper must be"),
        (lambda: ConvexPolyhedron.frustum((0, 1), ((0, 0), (0, 1)), ((0, 0), (0, 1))), "leave room between them"),
        (lambda: ConvexPolyhedron(np.eye(3), np.ones(3)), "way to infinity"),
        (lambda: ConvexPolyhedron(BOX.normals[:5], BOX.offsets[:5]), "way to infinity"),
        (lambda: ConvexPolyhedron(BOX.normals, -np.ones(6)), "no room"),
        (lambda: ConvexPolyhedron(BOX.normals, np.ones(5)), r"offsets \(m,\)"),
        (lambda: ConvexPolyhedron(np.zeros((6, 3)), np.ones(6)), "not zero"),
        (lambda: ConvexPolyhedron(BOX.normals * 1e-310, np.ones(6)), "infinitely far out"),
        (lambda: ConvexPolyhedron.hull([]), "at least four finite points"),
        (lambda: ConvexPolyhedron("a", "b"), "must be numbers"),
        (lambda: ConvexPolyhedron.hull([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)]), "not all in one plane"),
        (lambda: ConvexPolyhedron.hull(np.eye(3)[:, :2]), "shape|one plane"),
        (lambda: ConvexPolyhedron.hull([(0, 0, 0), (1, 0, np.nan), (0, 1, 0), (1, 1, 1)]), "finite"),
        (lambda: HalfSpace((0, 0, 0), (0, 0, 0)), "towards must be a direction"),
        (lambda: HalfSpace((0, 0), (0, 0, 1)), "point must be three"),
        (lambda: HalfSpace((0, 0, 0), "up"), "towards must be three"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(GeometryError, match=message):
        call()


def test_points_on_a_corner_are_not_taken_for_clear_of_the_surface():
    """The ray starts on a corner of the wedge, in its slanted face of 45 degrees."""
    check_rays(ConvexPolyhedron.wedge((0, 1), (-1, 1), (-1, 1)), (1, -1, -1), (-1, 1, 2))


@pytest.mark.parametrize(
    ("solid", "volume"),
    [
        (ConvexPolyhedron.box((-1e3, 1e3), (-1e3, 1e3), (480, 480 + 1e-6)), 4e6 * (480 + 1e-6 - 480)),
        (ConvexPolyhedron.box((1000, 1000 + 1e-6), (0, 1e-6), (0, 1e-6)), 1e-12 * (1000 + 1e-6 - 1000)),
        (ConvexPolyhedron.wedge((1000, 1001), (0, 1e-6), (0, 1)), 0.5e-6),
        (ConvexPolyhedron.frustum((480, 481), ((0, 0), (0, 0)), ((0, 1e-6), (0, 1))), 1e-6 / 3),
        (ConvexPolyhedron.box((0, 1e-12), (0, 1e-12), (0, 1e-12)), 1e-36),
    ],
)
def test_thin_far_and_tiny(solid, volume):
    assert solid.volume == pytest.approx(volume, rel=1e-9, abs=0)
    mesh = solid.to_mesh()
    assert mesh.is_watertight
    triangles = mesh.triangles - solid.vertices[0]
    assert np.linalg.det(triangles).sum() / 6 == pytest.approx(volume, rel=1e-6, abs=0)
    middle = solid.vertices.mean(axis=0)
    assert solid.contains(middle)
    assert (solid.stretches(middle, np.eye(3)).length > 0).all()


@pytest.mark.parametrize("scale", [1e-200, 1e200])
def test_normals_of_any_length(scale):
    assert ConvexPolyhedron(BOX.normals * scale, BOX.offsets * scale).volume == pytest.approx(10)
    assert HalfSpace((0, 0, 5), (0, 0, scale)) == HalfSpace((0, 0, 5), (0, 0, 1))


def test_tiny_bodies_between_planes():
    tiny = ConvexPolyhedron(BOX.normals, np.array([1e-7, 1e-7, 1e-7, 1e-7, 1e-7, 1e-7]) + 1e3 * BOX.normals[:, 0])
    assert tiny.volume == pytest.approx(8e-21, rel=1e-5, abs=0)


def test_the_edge_that_a_wedge_lacks():
    assert WEDGE.volume == pytest.approx(np.ptp(WEDGE.bounds, axis=0).prod() / 2)
    (x1, y1, z1), (x2, y2, z2) = WEDGE.bounds
    near = 0.01 * (WEDGE.bounds[1] - WEDGE.bounds[0])
    middle = 0.5 * (x1 + x2)
    assert WEDGE.contains((middle, y1 + near[1], z2 - near[2]))
    assert not WEDGE.contains((middle, y2 - near[1], z1 + near[2]))
