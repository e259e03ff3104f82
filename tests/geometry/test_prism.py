"""Polygons pushed along z."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from farflung.geometry import Combination, ConvexPolyhedron, GeometryError, Prism, Revolved
from farflung.geometry.testing import SolidContract, check_rays

STAR = [(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)]
FRAME = Polygon([(-2, -2), (2, -2), (2, 2), (-2, 2)], [[(-1, -1), (1, -1), (0, 1)]])
# as SHiP's decay vessel, which does not widen alike in x and y
VESSEL = Prism([(-0.5, -1.35), (0.5, -1.35), (0.5, 1.35), (-0.5, 1.35)], z=(33, 83), taper=(4, 2.2))


class TestStar(SolidContract):
    def solid(self):
        return Prism(STAR, z=(-1, 3))


class TestCurved(SolidContract):
    """Slanted edges that are scaled by different factors in x and in y sweep curved walls."""

    def solid(self):
        return Prism(FRAME, z=(1, 3), taper=(2, 0.5), shift=(1, -0.5))


class TestPyramid(SolidContract):
    def solid(self):
        return Prism(STAR, z=(1, 3), taper=0)


class TestConvex(SolidContract):
    def solid(self):
        return Prism([(0, 0), (2, 0), (1, 3)], z=(1, 3), taper=0.5, shift=(1, 0))


grid = st.integers(-8, 8).map(lambda i: i / 4)
vectors = st.tuples(grid, grid, grid)
rays = st.lists(st.tuples(vectors, vectors.filter(any)), min_size=1, max_size=20)
tapers = st.one_of(st.just((1.0, 1.0)), st.just((0.0, 0.0)), st.tuples(*[st.sampled_from([0.5, 1.0, 1.5, 3.0])] * 2))


@st.composite
def outlines(draw):
    outline = Polygon()
    for _ in range(draw(st.integers(1, 3))):
        corners = draw(st.lists(st.tuples(grid, grid), min_size=3, max_size=5, unique=True))
        piece = shapely.convex_hull(shapely.MultiPoint(corners))
        outline = outline - piece if draw(st.booleans()) and not outline.is_empty else outline | piece
    parts = [part for part in shapely.get_parts(outline) if isinstance(part, Polygon) and part.area > 1e-3]
    shape = parts[0] if len(parts) == 1 else MultiPolygon(parts)
    return shape if parts and shape.is_valid else shapely.box(0, 0, 1, 1)


@st.composite
def prisms(draw):
    low = draw(st.sampled_from([-1.0, 0.0, 0.5]))
    shift = draw(st.sampled_from([(0, 0), (1, -0.5)]))
    return Prism(draw(outlines()), (low, low + 1.5), draw(tapers), shift)


@settings(max_examples=200, deadline=None)
@given(prisms(), rays)
def test_rays_on_a_grid(solid, rays):
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    check_rays(solid, origins, along)


@settings(max_examples=100, deadline=None)
@given(prisms(), st.integers(0, 2**32 - 1))
def test_random_rays(solid, seed):
    rng = np.random.default_rng(seed)
    check_rays(solid, rng.uniform(-3, 3, (100, 3)), rng.normal(size=(100, 3)))


@settings(max_examples=50, deadline=None)
@given(outlines(), st.integers(0, 2**32 - 1))
def test_contains_is_that_of_shapely(outline, seed):
    points = np.random.default_rng(seed).uniform(-2.5, 2.5, (200, 3))
    expected = shapely.contains_xy(outline, points[:, 0], points[:, 1]) & (points[:, 2] >= 0) & (points[:, 2] < 1)
    assert np.array_equal(Prism(outline, z=(0, 1)).contains(points), expected)


@settings(max_examples=30, deadline=None)
@given(outlines(), outlines(), st.integers(0, 2**32 - 1))
def test_outlines_combine_like_stretches(one, two, seed):
    rng = np.random.default_rng(seed)
    rays = rng.uniform(-3, 3, (100, 3)), rng.normal(size=(100, 3))
    a, b = Prism(one, (0, 1), 1.5), Prism(two, (0, 1), 1.5)
    for simple, general in (
        (a | b, Combination(a, b, "|")),
        (a & b, Combination(a, b, "&")),
        (a - b, Combination(a, b, "-")),
    ):
        np.testing.assert_allclose(simple.stretches(*rays).length, general.stretches(*rays).length, atol=1e-7)


def test_vessel_is_the_frustum():
    frustum = ConvexPolyhedron.frustum(z=(33, 83), lower=((-0.5, 0.5), (-1.35, 1.35)), upper=((-2, 2), (-2.97, 2.97)))
    rng = np.random.default_rng(1)
    rays = rng.uniform(-1, 1, (10000, 3)), rng.normal(size=(10000, 3)) * (0.05, 0.05, 1)
    np.testing.assert_allclose(VESSEL.stretches(*rays).length, frustum.stretches(*rays).length, atol=1e-9)
    assert VESSEL.volume == pytest.approx(frustum.volume, rel=1e-12)
    assert frustum.volume == pytest.approx(50 / 6 * (1 * 2.7 + 4 * 2.5 * 4.32 + 4 * 5.94), rel=1e-12)


def test_convex_and_general_kernels_agree(monkeypatch):
    cut = Prism([(0, 0), (2, 0), (1, 3)], z=(1, 3), taper=0.5, shift=(1, 0))
    assert cut._planes is not None
    rng = np.random.default_rng(1)
    rays = rng.uniform(-3, 4, (10000, 3)), rng.normal(size=(10000, 3))
    fast, points = cut.stretches(*rays).length, cut.contains(rays[0])
    corners = cut.contains([(0, 0, 1), (2, 0, 1), (1, 0, 1), (0.5, 1.5, 1), (1.5, 1.5, 1)])
    monkeypatch.setattr(cut, "_planes", None)
    np.testing.assert_allclose(cut.stretches(*rays).length, fast, atol=1e-9)
    assert np.array_equal(cut.contains(rays[0]), points)
    assert np.array_equal(cut.contains([(0, 0, 1), (2, 0, 1), (1, 0, 1), (0.5, 1.5, 1), (1.5, 1.5, 1)]), corners)


@settings(max_examples=50, deadline=None)
@given(prisms())
def test_mesh(solid):
    mesh = solid.to_mesh()
    assert mesh.volume == pytest.approx(solid.volume, rel=2e-3)
    np.testing.assert_allclose(mesh.bounds, solid.bounds, atol=1e-12)


@pytest.mark.parametrize("solid", [Prism(STAR, (0, 1)), Prism(FRAME, (0, 1), (2, 0.5)), Prism(STAR, (0, 1), 0), VESSEL])
def test_mesh_is_closed_and_converges(solid):
    coarse, fine = solid.to_mesh(64), solid.to_mesh(256)
    assert coarse.is_watertight
    assert fine.is_watertight
    assert abs(fine.volume / solid.volume - 1) < 1e-6
    assert abs(fine.volume / solid.volume - 1) <= abs(coarse.volume / solid.volume - 1) + 1e-12


def test_edge_as_short_as_rounding_does_not_cut_the_prism():
    bend = [(0.15, -0.05), (0.15, -0.049999999999999996)]
    solid = Prism([(0, 0.5), (0.75, -0.25), *bend, (0, 0), (-0.25, 0.5)], z=(0, 1))
    check_rays(solid, np.array([(x, 0.2, 0.5) for x in np.linspace(-1, 1, 50)]), (1, 0.3, 0))
    assert solid.contains((0.25, 0.1, 0.5))


def test_lower_faces_belong():
    box = Prism([(0, 0), (1, 0), (1, 1), (0, 1)], (0, 1))
    assert box.contains([(0, 0.5, 0.5), (0.5, 0, 0.5), (0.5, 0.5, 0)]).all()
    assert not box.contains([(1, 0.5, 0.5), (0.5, 1, 0.5), (0.5, 0.5, 1)]).any()


@pytest.mark.parametrize("solid", [Prism(STAR, (0, 1)), Prism(FRAME, (0, 1), (2, 0.5), (1, 0)), VESSEL])
def test_repr_makes_it_again(solid):
    assert eval(repr(solid)) == solid


def test_repr_reads_like_the_call():
    assert repr(Prism([(0, 0), (1, 0), (0, 1)], (0, 2), 0.5)) == "Prism([(0, 0), (1, 0), (0, 1)], z=(0, 2), taper=0.5)"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Prism([(0, 0), (1, 1)], (0, 1)), "at least three"),
        (lambda: Prism(STAR, (1, 0)), "z must be a pair"),
        (lambda: Prism(STAR, (0, 1), -1), "taper must be positive"),
        (lambda: Prism(STAR, (0, 1), (1, 0)), "ridge"),
        (lambda: Prism(STAR, (0, 1), (1, 2, 3)), "taper must be a number or two numbers"),
        (lambda: Prism(STAR, (0, 1), np.nan), "finite"),
        (lambda: Prism(STAR, (0, 1), 1, 3), "shift must be two"),
    ],
)
def test_bad_input(call, message):
    with pytest.raises(GeometryError, match=message):
        call()


def test_zeros_without_a_sign_and_single_parts():
    corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)]
    negative = [(-0.0, 0.0), (1.0, -0.0), (1.0, 1.0)]
    single = shapely.MultiPolygon([shapely.Polygon(negative)])
    for make in (Revolved, lambda outline: Prism(outline, z=(0, 1))):
        plain = make(corners)
        for other in (make(negative), make(single)):
            assert other == plain
            assert hash(other) == hash(plain)
            assert eval(repr(other)) == other


def test_a_bad_taper_is_shown_as_it_was_given():
    for taper in ("a", None, math.nan):
        with pytest.raises(GeometryError, match=f"taper must be a number or two numbers.* got {taper!r}$"):
            Prism([(0, 0), (1, 0), (0, 1)], z=(0, 1), taper=taper)
