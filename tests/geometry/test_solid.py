"""What all solids share: checks, chunks, combining, moving."""

import math
import pickle

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from farflung.geometry import (
    Combination,
    ConvexPolyhedron,
    GeometryError,
    HalfSpace,
    Moved,
    PolarAngle,
    Revolved,
    Solid,
    Sphere,
    Stretches,
)
from farflung.geometry import solid as solid_module
from farflung.geometry.testing import SolidContract, check_rays

TUBE = Revolved.tube(z=(0, 2), r=(0.5, 1))
ACROSS = TUBE.moved((0, 1, 1), Rotation.from_euler("x", 90, degrees=True))


class Ball(Solid):
    """The smallest solid that a user might write."""

    def _contains(self, points):
        return (points**2).sum(axis=1) < 1

    def _stretches(self, origins, directions):
        b = (origins * directions).sum(axis=1)
        root = np.sqrt(np.maximum(b * b - (origins**2).sum(axis=1) + 1, 0))
        start, stop = np.maximum(-b - root, 0), np.maximum(-b + root, 0)
        hit = stop > start
        return Stretches(np.where(hit, start, np.inf)[:, None], np.where(hit, stop, np.inf)[:, None])

    def _bounds(self):
        return np.array([[-1.0, -1, -1], [1, 1, 1]])

    def _key(self):
        return ()


class TestOwnSolid(SolidContract):
    def solid(self):
        return Ball()


class TestUnion(SolidContract):
    def solid(self):
        return TUBE | ACROSS | Ball()


class TestIntersection(SolidContract):
    def solid(self):
        return TUBE & ACROSS


class TestDifference(SolidContract):
    def solid(self):
        return Ball() - (TUBE | ACROSS)


class TestMoved(SolidContract):
    def solid(self):
        return (Ball() - TUBE).moved((1, 2, 3), Rotation.from_euler("xyz", [0.1, 0.2, 0.3]))


def test_one_ray_or_many():
    assert len(TUBE.stretches((0, 0, 1), (1, 0, 0))) == 1
    assert len(TUBE.stretches((0, 0, 1), np.ones((5, 3)))) == 5
    assert len(TUBE.stretches(np.ones((5, 3)), (1, 0, 0))) == 5
    assert len(TUBE.stretches(np.ones((5, 3)), np.ones((5, 3)))) == 5
    assert TUBE.stretches(np.empty((0, 3)), (1, 0, 0)).start.shape == (0, 1)
    assert TUBE.stretches((0, 0, 1), np.empty((0, 3))).start.shape == (0, 1)


def test_one_point_or_many():
    one = TUBE.contains((0.7, 0, 1))
    assert one.shape == ()
    assert bool(one) is True
    assert TUBE.contains([(0.7, 0, 1), (0, 0, 1)]).tolist() == [True, False]
    assert TUBE.contains(np.empty((0, 3))).shape == (0,)


def test_distances_are_metres_whatever_the_length_of_the_direction():
    for length in (1e-300, 1e-5, 1, 1e5, 1e300):
        assert TUBE.stretches((0, 0, 1), (length, 0, 0)).length[0] == pytest.approx(0.5)


def test_chunks_do_not_show(monkeypatch):
    rng = np.random.default_rng(1)
    origins, along = rng.uniform(-2, 2, (100, 3)), rng.normal(size=(100, 3))
    whole = (TUBE | ACROSS).stretches(origins, along)
    points = (TUBE | ACROSS).contains(origins)
    monkeypatch.setattr(solid_module, "CHUNK", 7)
    parts = (TUBE | ACROSS).stretches(origins, along)
    assert np.array_equal(whole.start, parts.start)
    assert np.array_equal(whole.stop, parts.stop)
    assert np.array_equal(points, (TUBE | ACROSS).contains(origins))
    with pytest.raises(GeometryError, match="ray 50 "):
        TUBE.stretches(origins, np.where(np.arange(100)[:, None] == 50, 0, along))


@pytest.mark.parametrize(
    ("origins", "directions", "message"),
    [
        ((0, 0), (1, 0, 0), r"origins must have shape"),
        ((0, 0, 0), (1, 0), r"directions must have shape"),
        ((0, 0, 0), (0, 0, 0), "must not be zero"),
        ((0, 0, np.nan), (0, 0, 1), "origins must be finite"),
        ((0, 0, 0), (np.inf, 0, 1), "directions must be finite"),
        (np.zeros((2, 3)), np.ones((3, 3)), "2 origins and 3 directions"),
        ("here", (1, 0, 0), "origins must be numbers"),
    ],
)
def test_bad_rays(origins, directions, message):
    with pytest.raises(GeometryError, match=message):
        TUBE.stretches(origins, directions)


@pytest.mark.parametrize(
    ("points", "message"),
    [
        ((0, 0), "points must have shape"),
        ([(0, 0, 0), (0, 0, np.inf)], "point 1 is"),
        ("here", "must be numbers"),
    ],
)
def test_bad_points(points, message):
    with pytest.raises(GeometryError, match=message):
        TUBE.contains(points)


def test_laws_of_sets():
    rng = np.random.default_rng(1)
    rays = rng.uniform(-2, 2, (5000, 3)), rng.normal(size=(5000, 3))
    a, b = TUBE.stretches(*rays).length, ACROSS.stretches(*rays).length
    both, either = (TUBE & ACROSS).stretches(*rays).length, (TUBE | ACROSS).stretches(*rays).length
    left, right = (TUBE - ACROSS).stretches(*rays).length, (ACROSS - TUBE).stretches(*rays).length
    np.testing.assert_allclose(either + both, a + b, atol=1e-9)
    np.testing.assert_allclose(left + both, a, atol=1e-9)
    np.testing.assert_allclose(right + left + both, either, atol=1e-9)
    assert not (TUBE - TUBE.moved((0, 0, 0)).moved()).stretches(*rays).count.any()


def test_solids_that_share_a_face_leave_no_gap_and_no_sliver():
    lower, upper = Ball() & TUBE, TUBE - Ball()
    rng = np.random.default_rng(1)
    rays = rng.uniform(-2, 2, (5000, 3)), rng.normal(size=(5000, 3))
    whole, halves = TUBE.stretches(*rays), (lower | upper).stretches(*rays)
    assert np.array_equal(whole.count, halves.count)
    assert not (lower & upper).stretches(*rays).count.any()
    check_rays(lower | upper, *rays)


def test_revolved_solids_on_one_axis_stay_revolved():
    outer = Revolved.tube(z=(-1, 3), r=(0, 2))
    assert outer - TUBE == Revolved(outer.profile - TUBE.profile)
    assert isinstance(outer.moved((1, 0, 0)) & TUBE.moved((1, 0, 0)), Moved)
    assert isinstance(outer.moved((1, 0, 0)) & TUBE, Combination)
    nothing = TUBE - outer
    assert not nothing.contains((0.7, 0, 1))
    assert nothing.volume == pytest.approx(0, abs=1e-12)


def test_motions_compose():
    turn = Rotation.from_euler("xyz", [0.1, 0.2, 0.3])
    twice = TUBE.moved((1, 2, 3), turn).moved((-1, 0, 2), turn.as_matrix())
    once = TUBE.moved(turn.apply((1, 2, 3)) + np.array([-1, 0, 2]), turn * turn)
    assert isinstance(twice, Moved)
    assert twice.solid is TUBE
    np.testing.assert_allclose(twice.rotation, once.rotation)
    np.testing.assert_allclose(twice.translation, once.translation)
    assert TUBE.moved() is TUBE
    assert TUBE.moved((0, 0, 1)).moved((0, 0, -1)) is TUBE


def test_motion_turns_first_and_shifts_then():
    quarter = Rotation.from_euler("z", 90, degrees=True)
    moved = Revolved.tube(z=(0, 1), r=(0, 0.1)).moved((1, 0, 0)).moved((0, 0, 5), quarter)
    assert moved.contains((0, 1, 5.5))
    np.testing.assert_allclose(moved.bounds, [[-0.1, 0.9, 5], [0.1, 1.1, 6]])


@pytest.mark.parametrize(
    ("translation", "rotation", "message"),
    [
        ((0, 0), None, "translation must be three"),
        ((0, 0, np.nan), None, "translation must be three"),
        ("up", None, "translation must be three"),
        ((0, 0, 0), np.eye(2), r"shape \(2, 2\)"),
        ((0, 0, 0), -np.eye(3), "determinant"),
        ((0, 0, 0), 2 * np.eye(3), "orthogonal"),
        ((0, 0, 0), np.full((3, 3), np.nan), "orthogonal"),
        ((0, 0, 0), "left", "scipy Rotation"),
    ],
)
def test_bad_motions(translation, rotation, message):
    with pytest.raises(GeometryError, match=message):
        TUBE.moved(translation, rotation)


def test_bad_operands():
    with pytest.raises(TypeError):
        TUBE | 3
    with pytest.raises(GeometryError, match="operation"):
        Combination(TUBE, ACROSS, "^")
    with pytest.raises(GeometryError, match="right must be a Solid"):
        Combination(TUBE, 3, "|")
    with pytest.raises(GeometryError, match="solid must be a Solid"):
        Moved(3)


def test_repr_makes_it_again():
    mixture = (TUBE | ACROSS) - TUBE.moved((0, 0, 0.5))
    assert repr(TUBE.moved((0, 0, 0.5))) == "Revolved.tube(z=(0, 2), r=(0.5, 1)).moved((0, 0, 0.5))"
    assert eval(repr(mixture)) == mixture
    assert eval(repr(mixture.moved((1, 0, 0)))) == mixture.moved((1, 0, 0))
    assert pickle.loads(pickle.dumps(mixture)) == mixture


def test_mesh_of_a_combination():
    solid = TUBE - ACROSS
    mesh = solid.to_mesh(256)
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(solid.volume, rel=2e-3)
    for segments in (2, 3.5, "a", "4", None, math.nan, math.inf, [3]):
        with pytest.raises(GeometryError, match="segments must be a whole number of at least 3, got"):
            TUBE.to_mesh(segments)
    with pytest.raises(GeometryError, match="no mesh"):
        Ball().to_mesh()


UNIT = ConvexPolyhedron.box((0, 1), (0, 1), (0, 1))
BIG = ConvexPolyhedron.box((-1, 1), (-1, 1), (-1, 1))
SPECK = Sphere(0.01)
SPECKS = SPECK | SPECK.moved((100, 100, 100))
QUARTER_TURN = [[0, 1, 0], [-1, 0, 0], [0, 0, 1]]
CONE = math.pi * math.tan(0.5) ** 2 / 3


@pytest.mark.parametrize(
    ("solid", "volume", "error"),
    [
        (SPECKS, 2 * SPECK.volume, 1e-12),
        (SPECKS & ConvexPolyhedron.box(*[(-1, 101)] * 3), 2 * SPECK.volume, 1e-4),
        (UNIT | UNIT.moved((400, 0, 0)), 2, 1e-12),
        (UNIT - ConvexPolyhedron.box((-1, 0.999), (-1, 2), (-1, 2)), 1e-3, 1e-9),
        ((UNIT - ConvexPolyhedron.box((-1, 0.999), (-1, 2), (-1, 2))).moved((1, 2, 3), QUARTER_TURN), 1e-3, 1e-9),
        (Sphere(1) | Sphere(1).moved((1, 0, 0)), 27 / 12 * math.pi, 1e-4),
        (BIG - Sphere(1), 8 - 4 / 3 * math.pi, 1e-4),
        (BIG - HalfSpace((0, 0, 0), (1, 1, 0)), 4, 1e-12),
        (Sphere(1) & HalfSpace((0, 0, 0), (1, 1, 0)), 2 / 3 * math.pi, 1e-4),
        (UNIT & (PolarAngle(0, 0.5) - HalfSpace((0, 0, 0.5), (0, 0, 1))), CONE / 32, 5e-4),
        (Sphere(1) - Sphere(0.999).moved((0, 0, 1e-9)), 4 / 3 * math.pi * (1 - 0.999**3), 3e-3),
        (Sphere(1) & HalfSpace((0, 0, 5), (0, 0, 1)), 0, 0),
    ],
)
def test_volume_by_inclusion_and_exclusion(solid, volume, error):
    assert solid.volume == pytest.approx(volume, rel=error)


def test_long_unions_are_integrated_in_one_go():
    row = Sphere(1)
    for i in range(1, 9):
        row |= Sphere(1).moved((0.3 * i, 0, 0))
    assert row.volume == pytest.approx(row._chord_volume(), rel=1e-9)
    assert row.to_mesh().volume == pytest.approx(row.volume, rel=3e-3)


@pytest.mark.parametrize(
    "solid",
    [
        UNIT & PolarAngle(0, 0.5),
        BIG & PolarAngle(0.5, 2.5),
        BIG - HalfSpace((0, 0, 0), (1, 1, 0)),
        Sphere(1) & HalfSpace((0, 0, 0), (1, 1, 0)),
        Sphere(1) & HalfSpace((0, 0, -5), (0, 0, 1)),
        Revolved.tube((0, 1), (0, 1)).moved((0.3, 0, 0)) & PolarAngle(0, 0.5),
        Sphere(1) & PolarAngle(0, 0.5).moved((0, 0, -0.2), [[0, 0, 1], [1, 0, 0], [0, 1, 0]]),
        UNIT & (PolarAngle(0, 0.5) - HalfSpace((0, 0, 0.5), (0, 0, 1))),
        BIG - (PolarAngle(0, 0.5) | HalfSpace((0, 0, 0), (0, 1, -1))),
        Combination(
            Combination(HalfSpace((0, 0, 0), (0, 0, 1)), HalfSpace((0, 0, 1), (0, 0, -1)), "&"),
            Combination(BIG, PolarAngle(0.2, 0.5), "&"),
            "&",
        ),
    ],
    ids=repr,
)
def test_mesh_with_an_endless_operand(solid):
    mesh = solid.to_mesh()
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(solid.volume, rel=5e-3)
    np.testing.assert_allclose(mesh.volume, solid.moved((3, 2, 1), QUARTER_TURN).to_mesh().volume)


def test_mesh_of_what_only_all_operands_together_bound():
    def slab(*towards):
        return Combination(HalfSpace((0, 0, 0), towards), HalfSpace(towards, -np.array(towards)), "&")

    solid = Combination(Combination(slab(1, 0, 0), slab(0, 1, 0), "&"), slab(0, 0, 1), "&")
    assert solid.to_mesh().volume == pytest.approx(1)
    assert solid.volume == pytest.approx(1)


def test_endless_solids_that_bound_each_other():
    upper, lower = HalfSpace((0, 0, 2), (0, 0, 1)), HalfSpace((0, 0, 5), (0, 0, -1))
    cone = PolarAngle(0, 0.5) & lower
    assert isinstance(cone, Revolved)
    assert cone.volume == pytest.approx(125 * CONE)
    assert isinstance(upper & PolarAngle(0, 0.5) & lower, Revolved)
    assert (PolarAngle(0, 0.5) & upper & lower).volume == pytest.approx((125 - 8) * CONE)
    back = PolarAngle(math.pi - 0.5, math.pi) & HalfSpace((0, 0, -5), (0, 0, 1))
    assert back.volume == pytest.approx(125 * CONE)
    rng = np.random.default_rng(1)
    points = rng.uniform(-6, 6, (5000, 3))
    assert np.array_equal(cone.contains(points), PolarAngle(0, 0.5).contains(points) & lower.contains(points))
    behind = PolarAngle(math.pi - 0.5, math.pi).contains(points) & (points[:, 2] >= -5)
    assert np.array_equal(back.contains(points), behind)
    tetrahedron = HalfSpace((1, 0, 0), (-1, -1, -1))
    for axis in np.eye(3):
        tetrahedron = tetrahedron & HalfSpace((0, 0, 0), axis)
    assert isinstance(tetrahedron, ConvexPolyhedron)
    assert tetrahedron.volume == pytest.approx(1 / 6)
    assert tetrahedron.bounds.tolist() == [[0, 0, 0], [1, 1, 1]]
    with pytest.raises(GeometryError, match=r"no finite box is known for .* so it has no volume"):
        (PolarAngle(0, 0.5) & upper).volume  # noqa: B018


def test_rays_that_start_on_a_face():
    """As the docstring of stretches says."""
    assert not UNIT.contains((1, 0.5, 0.5))
    assert UNIT.stretches((1, 0.5, 0.5), (-1, 0, 0)).start[0, 0] == 0
    assert UNIT.stretches((1, 0.5, 0.5), (1, 0, 0)).count[0] == 0
    assert Sphere(1).stretches((1, 0, 0), (-1, 0, 0)).start[0, 0] == 0
    assert TUBE.stretches((1, 0, 1), (-1, 0, 0)).start[0, 0] == 0
    assert PolarAngle(0.1, 0.5).stretches((0, 0, 0), (0.3, 0, 1)).start[0, 0] == 0
    assert PolarAngle(0.1, 0.5).stretches((0, 0, 0), (1, 0, 0)).count[0] == 0


@pytest.mark.parametrize("solid", [TUBE, Sphere(1), UNIT, TUBE | Sphere(1).moved((1, 0, 0))])
def test_the_coarsest_mesh(solid):
    mesh = solid.to_mesh(3)
    assert mesh.is_watertight
    assert mesh.volume > 0
