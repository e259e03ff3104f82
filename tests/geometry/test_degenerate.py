"""Rays that are made to hit what is hardest to hit: an apex, a face edge on, a corner, a common face."""

import numpy as np
import pytest
import trimesh
from scipy.spatial.transform import Rotation

from farflung.geometry import ConvexPolyhedron, Mesh, PolarAngle, Prism, Revolved, Stretches
from farflung.geometry.testing import check_rays


def directions(rng, n):
    along = rng.normal(size=(n, 3))
    return along / np.linalg.norm(along, axis=1, keepdims=True)


def cones(n):
    """Return the z of the apex, dr/dz and the height of cones of all kinds."""
    rng = np.random.default_rng(1)
    return [(rng.uniform(-3, 3), rng.uniform(0.05, 3), rng.uniform(0.5, 3)) for _ in range(n)]


def test_rays_through_the_apex_of_a_cone():
    rng = np.random.default_rng(2)
    for apex, slope, height in cones(200):
        cone = Revolved([(apex, 0), (apex + height, 0), (apex + height, height * slope)])
        along = directions(rng, 100)
        before = rng.uniform(0, 100, 100) * rng.integers(0, 2, 100)
        length = cone.stretches((0, 0, apex) - before[:, None] * along, along).length
        edge, cosine = np.cos(np.arctan(slope)), along[:, 2]
        through = height / np.abs(cosine)
        expected = np.where(cosine > edge, through, np.where(cosine < -edge, np.minimum(through, before), 0))
        clear = np.abs(np.abs(cosine) - edge) > 1e-6
        np.testing.assert_allclose(length[clear], expected[clear], atol=1e-9)


def test_rays_along_a_cone_are_inside_as_a_whole_or_not_at_all():
    rng = np.random.default_rng(3)
    for apex, slope, height in cones(200):
        cone = Revolved([(apex, 0), (apex + height, 0), (apex + height, height * slope)])
        phi = rng.uniform(0, 2 * np.pi, 100)
        along = np.stack([slope * np.cos(phi), slope * np.sin(phi), np.ones(100)], axis=1)
        origins = (0, 0, apex) + along * rng.uniform(-10, 0.9 * height, (100, 1))
        found = cone.stretches(origins, along)
        whole = (apex + height - np.maximum(origins[:, 2], apex)) * np.linalg.norm(along, axis=1)
        off = np.where(found.length > 0, found.length - whole, 0)
        assert np.abs(off).max() < 1e-9
        assert found.count.max() <= 1


def test_rays_through_and_along_the_cones_of_a_polar_angle():
    rng = np.random.default_rng(4)
    for low in rng.uniform(0.05, 1.5, 200):
        region = PolarAngle(low, 2)
        along = directions(rng, 50)
        check_rays(region, -along * rng.uniform(0, 100, (50, 1)), along)
        phi = rng.uniform(0, 2 * np.pi, 50)
        cone = np.stack([np.cos(phi) * np.sin(low), np.sin(phi) * np.sin(low), np.full(50, np.cos(low))], axis=1)
        before = rng.uniform(0, 10, (50, 1))
        found = region.stretches(-before * cone, cone)
        # from below, where the cone of 2 radians may be in the way, to the apex, and then all or nothing
        assert found.count.max() <= 2
        ahead = found - Stretches(np.zeros((50, 1)), before + 1e-6)
        assert np.isin(ahead.length, (0, np.inf)).all()


FLAT = [
    ConvexPolyhedron.hull(np.random.default_rng(5).normal(size=(12, 3))),
    ConvexPolyhedron.frustum(z=(1, 3), lower=((-1, 1), (-1, 2)), upper=((0, 1), (-3, 2))),
    Prism([(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)], z=(-1, 3), taper=0.3, shift=(1, 0.7)),
    Prism([(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)], z=(-1, 3)),
    Mesh(trimesh.creation.icosphere(1)),
]


TURN = Rotation.from_euler("xyz", [1, 2, 3])


@pytest.mark.parametrize("solid", [*FLAT, *(solid.moved((0.3, 0.2, 0.1), TURN) for solid in FLAT)])
def test_rays_along_a_face_lie_between_those_next_to_it(solid):
    """Such a ray finds no more than one on the one side of the face, and no less than one on the other."""
    rng = np.random.default_rng(6)
    mesh = solid.to_mesh()
    n = 2000
    which = rng.integers(0, len(mesh.faces), n)
    corners, normals = mesh.triangles[which], mesh.face_normals[which]
    one, two = (np.einsum("ij,ijk->ik", rng.dirichlet((1, 1, 1), n), corners) for _ in range(2))
    along = (two - one) / np.linalg.norm(two - one, axis=1, keepdims=True)
    origins = one - along * 20 * rng.integers(0, 2, (n, 1))
    length, inner, outer = (solid.stretches(origins + shift * normals, along).length for shift in (0, -1e-7, 1e-7))
    assert (length > np.minimum(inner, outer) - 1e-4).all()
    assert (length < np.maximum(inner, outer) + 1e-4).all()
    assert np.abs(inner - outer).max() > 0.1


def test_rays_into_corners_and_edges_of_a_turned_mesh():
    """Long thin triangles side by side, seen from all around: here rounding defeats the sides of edges."""
    rng = np.random.default_rng(7)
    tube = Revolved.tube(z=(-1, 1), r=(0.5, 1.5)).to_mesh(64)
    for seed in range(5):
        mesh = tube.copy()
        mesh.apply_transform(trimesh.transformations.random_rotation_matrix(rng.random(3)))
        solid = Mesh(mesh)
        n = 5000
        face = mesh.faces[rng.integers(0, len(mesh.faces), n)]
        w = rng.random((n, 1)) * rng.integers(0, 2, (n, 1))
        target = w * mesh.vertices[face[:, 0]] + (1 - w) * mesh.vertices[face[:, 1]]
        origins = rng.normal(size=(n, 3)) * (6 if seed else 1e-3)
        length = solid.stretches(origins, target - origins).length
        shifts = 1e-7 * np.vstack([directions(rng, 4), -np.eye(3), np.eye(3)])
        near = np.stack([solid.stretches(origins + shift, target - origins).length for shift in shifts])
        assert ((length > near.min(axis=0) - 1e-4) & (length < near.max(axis=0) + 1e-4)).all()


def test_solids_that_share_a_slanted_face_leave_no_gap():
    turn = Rotation.from_euler("xyz", [0.3, 1.2, -0.7])
    shift = turn.apply((1, 0, 0)) + np.array([0.1, 0.2, 0.3])
    left = ConvexPolyhedron.box(x=(0, 1), y=(0, 1), z=(0, 1)).moved((0.1, 0.2, 0.3), turn)
    right = ConvexPolyhedron.box(x=(0, 1), y=(0, 1), z=(0, 1)).moved(shift, turn)
    whole = ConvexPolyhedron.box(x=(0, 2), y=(0, 1), z=(0, 1)).moved((0.1, 0.2, 0.3), turn)
    rng = np.random.default_rng(8)
    rays = rng.normal(size=(20000, 3)), rng.normal(size=(20000, 3))
    both, one = (left | right).stretches(*rays), whole.stretches(*rays)
    assert np.array_equal(both.count, one.count)
    np.testing.assert_allclose(both.length, one.length, atol=1e-9)
    assert not (left & right).stretches(*rays).count.any()
    assert np.array_equal((left - right).stretches(*rays).count, left.stretches(*rays).count)


@pytest.mark.parametrize("scale", [1e-6, 1e-3, 1e3, 1e6])
def test_size_does_not_matter(scale):
    rng = np.random.default_rng(9)
    outline = np.array([(0, 0), (2, 0), (2, 1), (1, 1.5)])
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    rays = rng.normal(size=(2000, 3)), rng.normal(size=(2000, 3))
    for small, large in (
        (Revolved(outline), Revolved(outline * scale)),
        (Prism(square, (0, 1), (2, 0.5)), Prism(square * scale, (0, scale), (2, 0.5))),
        (Prism(outline, (0, 1), (2, 0.5)), Prism(outline * scale, (0, scale), (2, 0.5))),
        (ConvexPolyhedron.hull(FLAT[0].vertices), ConvexPolyhedron.hull(FLAT[0].vertices * scale)),
        (Mesh(FLAT[0].to_mesh()), Mesh(FLAT[0].to_mesh().apply_scale(scale))),
    ):
        expected = small.stretches(*rays).length * scale
        found = large.stretches(rays[0] * scale, rays[1]).length
        np.testing.assert_allclose(found, expected, rtol=0, atol=1e-7 * scale)
        assert large.volume == pytest.approx(small.volume * scale**3, rel=1e-6)


def test_numbers_beyond_all_reason_give_no_nan():
    huge = [(1e200, 0, 0), (0, 1e308, 0), (1e-308, 0, 0), (-1e300, 1e300, 1e300)]
    along = [(-1, 0, 0), (0, -1e308, 0), (1e-320, 0, 0), (1, -1, -1)]
    for solid in [*FLAT, Revolved.tube(z=(-1, 1), r=(0, 1)), PolarAngle(0.3, 1), FLAT[0] - FLAT[1]]:
        with np.errstate(over="ignore", invalid="ignore"):
            found = solid.stretches(huge, along)
            solid.contains(huge)
        Stretches(found.start, found.stop)
