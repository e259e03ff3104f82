"""Regions between polar angles, and balls."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farflung.geometry import Combination, GeometryError, HalfSpace, PolarAngle, Revolved, Sphere
from farflung.geometry.testing import SolidContract, check_rays

ACCEPTANCE = PolarAngle.from_degrees(17, 150)


class TestPolarAngle(SolidContract):
    def solid(self):
        return PolarAngle.from_degrees(17, 150)


class TestForward(SolidContract):
    def solid(self):
        return PolarAngle(0, 0.3)


class TestMoved(SolidContract):
    def solid(self):
        return PolarAngle(0.2, 0.9).moved((1, 2, 3), [[0, 0, 1], [1, 0, 0], [0, 1, 0]])


class TestSphere(SolidContract):
    def solid(self):
        return Sphere(1.5)


class TestShell(SolidContract):
    def solid(self):
        return (Sphere(1.5) - Sphere(1)) & PolarAngle(0.3, 2)


grid = st.integers(-4, 4).map(float)
vectors = st.tuples(grid, grid, grid)
angles = st.integers(0, 12).map(lambda i: min(i * math.pi / 12, math.pi))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(angles, min_size=2, max_size=2, unique=True).map(sorted),
    st.lists(st.tuples(vectors, vectors.filter(any)), min_size=1, max_size=20),
)
def test_rays_on_a_grid(limits, rays):
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    check_rays(PolarAngle(*limits), origins, along)


def test_ray_that_starts_on_a_cone_and_runs_beside_its_other_side():
    found = PolarAngle(0, math.pi / 4).stretches((0, 3, 3), (0, -1, 1))
    assert found.start[0, 0] == pytest.approx(0, abs=1e-9)
    assert found.stop[0, 0] > 1e14


def test_contains_is_the_angle():
    points = np.random.default_rng(1).normal(size=(10000, 3))
    theta = np.arctan2(np.hypot(points[:, 0], points[:, 1]), points[:, 2])
    expected = (theta >= math.radians(17)) & (theta < math.radians(150))
    assert np.array_equal(ACCEPTANCE.contains(points), expected)


def test_rays_from_the_apex_are_in_or_out():
    along = np.random.default_rng(1).normal(size=(10000, 3))
    found = ACCEPTANCE.stretches((0, 0, 0), along)
    inside = ACCEPTANCE.contains(along)
    assert np.array_equal(found.length, np.where(inside, np.inf, 0))
    assert (found.start[inside] == 0).all()


def test_pseudorapidity():
    assert PolarAngle.from_pseudorapidity(-np.inf, np.inf) == PolarAngle(0, math.pi)
    forward = PolarAngle.from_pseudorapidity(2, 5)
    theta = 2 * np.arctan(np.exp(-np.array([1.99, 2.01, 4.99, 5.01])))
    points = np.stack([np.sin(theta), 0 * theta, np.cos(theta)], axis=1)
    assert forward.contains(points).tolist() == [False, True, True, False]
    assert (forward.low, forward.high) == pytest.approx((2 * math.atan(math.exp(-5)), 2 * math.atan(math.exp(-2))))


def test_cut_of_a_revolved_solid_is_revolved():
    tube = Revolved.tube(z=(-1, 2), r=(0, 1))
    beyond = HalfSpace((0, 0, 0.5), (0, 0, 1))
    rng = np.random.default_rng(1)
    rays = rng.uniform(-3, 3, (2000, 3)), rng.normal(size=(2000, 3))
    for cut, cutter in ((tube & ACCEPTANCE, ACCEPTANCE), (beyond & tube, beyond)):
        assert isinstance(cut, Revolved)
        general = Combination(tube, cutter, "&")
        np.testing.assert_allclose(cut.stretches(*rays).length, general.stretches(*rays).length, atol=1e-6)
        assert cut.volume == pytest.approx(general.volume, rel=1e-3)
    assert isinstance(tube - ACCEPTANCE, Revolved)
    assert (tube - ACCEPTANCE).volume + (tube & ACCEPTANCE).volume == pytest.approx(tube.volume)
    for far in (HalfSpace((0, 0, 50), (0, 0, 1)), HalfSpace((0, 0, -50), (0, 0, -1))):
        assert (tube & far).volume == 0
        assert tube - far == tube
    assert (tube & HalfSpace((0, 0, -50), (0, 0, 1))).volume == pytest.approx(tube.volume)
    assert isinstance(tube | ACCEPTANCE, Combination)
    assert isinstance(tube & HalfSpace((0, 0, 0), (1, 0, 0)), Combination)


def test_two_acceptances_make_one():
    assert PolarAngle(0.1, 0.5) & PolarAngle(0.3, 2) == PolarAngle(0.3, 0.5)
    assert not (PolarAngle(0.1, 0.3) & PolarAngle(0.4, 2)).contains((1, 0, 1))


def test_bounds():
    assert PolarAngle(0.1, 0.5).bounds[0, 2] == 0
    assert PolarAngle(2, 3).bounds[1, 2] == 0
    assert not np.isfinite(ACCEPTANCE.bounds).any()
    with pytest.raises(GeometryError, match="no finite box is known"):
        ACCEPTANCE.volume  # noqa: B018


def test_sphere():
    ball = Sphere(2)
    assert ball.volume == pytest.approx(32 / 3 * math.pi)
    coarse, fine = (1 - ball.to_mesh(n).volume / ball.volume for n in (64, 128))
    assert coarse / fine == pytest.approx(4, rel=0.01)
    assert ball.to_mesh().is_watertight
    assert ball.stretches((0, 0, -1e6), (0, 0, 1)).length[0] == pytest.approx(4, rel=1e-9)
    assert ball.stretches((2, 0, -5), (0, 0, 1)).count[0] == 0
    assert ball.contains([(2, 0, 0), (1.999, 0, 0)]).tolist() == [False, True]


@pytest.mark.parametrize(
    "call",
    [
        "PolarAngle(0.1, 0.5)",
        "PolarAngle(0, 3.141592653589793)",
        "PolarAngle.from_degrees(17, 150)",
        "PolarAngle.from_pseudorapidity(2, 5)",
        "PolarAngle.from_pseudorapidity(float('-inf'), -1.5)",
        "Sphere(2.5)",
    ],
)
def test_repr_is_the_call(call):
    solid = eval(call)
    assert repr(solid) == call
    assert eval(repr(solid)) == solid


def test_pseudorapidities_beyond_all_overflow():
    assert PolarAngle.from_pseudorapidity(-1000, 0) == PolarAngle.from_degrees(90, 180)
    assert PolarAngle.from_pseudorapidity(-1000, 1000) == PolarAngle(0, math.pi)
    assert PolarAngle.from_pseudorapidity(-5, -2).high == pytest.approx(math.pi - 2 * math.atan(math.exp(-5)))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: PolarAngle(1, 0.5), "low < high"),
        (lambda: PolarAngle(0, 4), "in radians"),
        (lambda: PolarAngle(0, math.nan), "low < high"),
        (lambda: PolarAngle("a", 1), "angles in radians"),
        (lambda: PolarAngle.from_degrees(None, 3), "angles in degrees, got None and 3"),
        (lambda: PolarAngle.from_degrees(150, 17), "<= 180 in degrees, got 150 and 17"),
        (lambda: PolarAngle.from_degrees(10, 190), "<= 180 in degrees, got 10 and 190"),
        (lambda: PolarAngle.from_degrees(math.nan, 3), "in degrees, got nan and 3"),
        (lambda: PolarAngle.from_pseudorapidity("a", 3), "in pseudorapidity, got 'a' and 3"),
        (lambda: PolarAngle.from_pseudorapidity(math.nan, 3), "in pseudorapidity, got nan and 3"),
        (lambda: PolarAngle.from_pseudorapidity(5, 2), "in pseudorapidity, got 5 and 2"),
        (lambda: PolarAngle.from_pseudorapidity(-60, -50), "leave an angle between them"),
        (lambda: Sphere(0), "positive"),
        (lambda: Sphere(math.inf), "positive"),
        (lambda: Sphere(1e200), "between 1e-100 and 1e100"),
        (lambda: Sphere("big"), "radius must be a number"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(GeometryError, match=message):
        call()
