"""Every solid, combined with every other: laws that all of them obey."""

import math
import pickle

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.transform import Rotation

from farflung.geometry import (
    Combination,
    ConvexPolyhedron,
    HalfSpace,
    Mesh,
    PolarAngle,
    Prism,
    Revolved,
    Sphere,
)
from farflung.geometry.testing import check_rays

BOX = ConvexPolyhedron.box(x=(-1, 1), y=(-1, 0.5), z=(0, 2))
LEAVES = [
    Revolved.tube(z=(-1, 1), r=(0.5, 1.5)),
    Revolved([(0, 0), (2, 0), (2, 1), (1, 1.5)]),
    BOX,
    ConvexPolyhedron.wedge(x=(0, 1), y=(-1, 1), z=(-1, 1)),
    Prism([(-1, -1), (1, -1), (0, 0), (1, 1), (-1, 1)], z=(-1, 1), taper=(1.5, 0.5)),
    Prism([(-1, -1), (1, -1), (0, 1)], z=(-1, 2), taper=0),
    Sphere(1.25),
    Mesh(BOX.to_mesh()),
    Mesh(Revolved.tube(z=(-1, 1), r=(0.5, 1.5)).to_mesh(8)),
    PolarAngle(math.pi / 6, math.pi / 2),
    HalfSpace((0, 0, 0.5), (0, 1, 1)),
]
BOUNDED = [solid for solid in LEAVES if np.isfinite(solid.bounds).all()]

quarters = st.tuples(st.sampled_from("xyz"), st.integers(0, 3)).map(
    lambda turn: Rotation.from_euler(turn[0], 90 * turn[1], degrees=True)
)
shifts = st.tuples(*[st.sampled_from([-0.5, 0.0, 0.5, 1.0])] * 3)


def grown(solids):
    combined = st.builds(Combination, solids, solids, st.sampled_from("|&-"))
    moved = st.builds(lambda solid, shift, turn: solid.moved(shift, turn), solids, shifts, quarters)
    return st.one_of(combined, moved)


mixtures = st.recursive(st.sampled_from(LEAVES), grown, max_leaves=5)
grid = st.integers(-8, 8).map(lambda i: i / 4)
vectors = st.tuples(grid, grid, grid)


@settings(max_examples=200, deadline=None)
@given(mixtures, st.lists(st.tuples(vectors, vectors.filter(any)), min_size=1, max_size=20))
def test_rays_on_a_grid(solid, rays):
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    check_rays(solid, origins, along)


@settings(max_examples=100, deadline=None)
@given(mixtures, st.integers(0, 2**32 - 1))
def test_random_rays_and_points(solid, seed):
    rng = np.random.default_rng(seed)
    origins, along = rng.uniform(-3, 3, (50, 3)), rng.normal(size=(50, 3))
    found = check_rays(solid, origins, along)
    low, high = solid.bounds
    inside = origins[solid.contains(origins)]
    assert ((inside >= low) & (inside <= high)).all()
    copied = pickle.loads(pickle.dumps(solid))
    assert copied == solid
    assert hash(copied) == hash(solid)
    assert np.array_equal(copied.stretches(origins, along).start, found.start)


@settings(max_examples=100, deadline=None)
@given(mixtures, mixtures, st.integers(0, 2**32 - 1))
def test_laws_of_sets(a, b, seed):
    rng = np.random.default_rng(seed)
    rays = rng.uniform(-2, 2, (50, 3)), rng.normal(size=(50, 3))
    far = Sphere(20)  # so that no length is infinite
    a, b = a & far, b & far

    def length(solid):
        return solid.stretches(*rays).length

    np.testing.assert_allclose(length(a | b) + length(a & b), length(a) + length(b), atol=1e-8)
    np.testing.assert_allclose(length(a - b) + length(a & b), length(a), atol=1e-8)
    np.testing.assert_allclose(length(a | b), length(b | a), atol=1e-8)
    np.testing.assert_allclose(length(a & b), length(b & a), atol=1e-8)
    np.testing.assert_allclose(length(far - (a | b)), length((far - a) & (far - b)), atol=1e-8)
    assert length(a - a).max() == 0
    np.testing.assert_allclose(length(a | a), length(a), atol=1e-8)


@settings(max_examples=100, deadline=None)
@given(mixtures, st.integers(0, 2**32 - 1))
def test_rigid_motion(solid, seed):
    rng = np.random.default_rng(seed)
    turn, shift = Rotation.random(rng=rng), rng.uniform(-5, 5, 3)
    origins, along = rng.uniform(-3, 3, (50, 3)), rng.normal(size=(50, 3))
    here = solid.stretches(origins, along).length
    moved = solid.moved(shift, turn)
    there = moved.stretches(turn.apply(origins) + shift, turn.apply(along)).length
    assert np.array_equal(np.isfinite(here), np.isfinite(there))
    np.testing.assert_allclose(there[np.isfinite(here)], here[np.isfinite(here)], atol=1e-6)
    low, high = moved.bounds
    points = origins[solid.contains(origins)]
    points = turn.apply(points) + shift if len(points) else points
    assert ((points >= low - 1e-9) & (points <= high + 1e-9)).all()


def lines(radius, n, seed):
    """Return rays that are uniform and isotropic in a ball, each from before it to behind it."""
    rng = np.random.default_rng(seed)
    along = rng.normal(size=(n, 3))
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.cross(along, np.where(np.abs(along[:, :1]) < 0.9, [[1, 0, 0]], [[0, 1, 0]]))
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    r, phi = radius * np.sqrt(rng.random((n, 1))), 2 * np.pi * rng.random((n, 1))
    beside = r * (np.cos(phi) * across + np.sin(phi) * np.cross(along, across))
    return beside - 2 * radius * along, along


CONVEX = {
    "box": (BOX, 2 * (2 * 1.5 + 2 * 2 + 1.5 * 2)),
    "wedge": (LEAVES[3], 2 * 2 + 2 * 1 + 2 * 2 / 2 * 2 + 1 * math.sqrt(8) - 2),
    "cylinder": (Revolved.tube(z=(-1, 1), r=(0, 1)), 2 * math.pi * (1 + 2)),
    "cone": (Revolved([(0, 0), (1, 0), (1, 1)]), math.pi * (1 + math.sqrt(2))),
    "ball": (Sphere(1.25), 4 * math.pi * 1.25**2),
    "prism": (Prism([(0, 0), (1, 0), (0, 1)], z=(0, 1)), 1 + 2 + math.sqrt(2)),
    "icosphere": (Mesh(trimesh.creation.icosphere(2)), trimesh.creation.icosphere(2).area),
    "half of a ball": (Sphere(1) & HalfSpace((0, 0, 0), (1, 1, 1)), 3 * math.pi),
    "moved": (BOX.moved((0.2, 0, -0.5), Rotation.from_euler("xyz", [1, 2, 3])), 2 * (3 + 4 + 3)),
}


@pytest.mark.parametrize("name", CONVEX)
def test_mean_chord_is_four_volumes_over_the_surface(name):
    """Cauchy: so long is the mean chord of a convex body over uniform, isotropic lines."""
    solid, surface = CONVEX[name]
    found = solid.stretches(*lines(3, 200_000, seed=1))
    assert found.count.max() == 1
    chords = found.length[found.count > 0]
    expected = 4 * solid.volume / surface
    assert abs(chords.mean() - expected) < 4 * chords.std() / math.sqrt(len(chords)) + 2e-4 * expected


@pytest.mark.parametrize("solid", BOUNDED, ids=repr)
def test_chords_add_up_to_the_volume(solid):
    """Of lines through a ball that holds the body, the mean length inside is the volume over pi R^2."""
    length = solid.stretches(*lines(3, 200_000, seed=2)).length
    expected = solid.volume / (math.pi * 9)
    assert abs(length.mean() - expected) < 4 * length.std() / math.sqrt(len(length))


@pytest.mark.parametrize(
    "solid",
    [
        Sphere(1) & HalfSpace((0, 0, 0.2), (1, 1, 1)),
        Sphere(1) - PolarAngle(0.3, 1),
        Sphere(1) & PolarAngle(0, 1).moved((0, 0, -0.5), Rotation.from_euler("x", 1)),
        (Sphere(1) | BOX) & (HalfSpace((0, 0, 0), (0, 1, 1)) - HalfSpace((0, 0.3, 0), (0, 1, 0))),
    ],
    ids=repr,
)
def test_mesh_of_what_endless_regions_cut(solid):
    mesh = solid.to_mesh(128)
    assert mesh.is_watertight
    assert mesh.volume == pytest.approx(solid.volume, rel=2e-3)


@pytest.mark.parametrize("solid", BOUNDED, ids=repr)
def test_volume_of_the_mesh_converges(solid):
    off = [abs(solid.to_mesh(n).volume / solid.volume - 1) for n in (32, 128)]
    assert off[1] < 2e-3
    assert off[1] <= off[0] / 10 + 1e-12
