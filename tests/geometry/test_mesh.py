"""Triangle meshes."""

import itertools

import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st

from farflung.geometry import ConvexPolyhedron, GeometryError, Mesh, Prism, Revolved, Sphere
from farflung.geometry.testing import SolidContract, check_rays

BOX = ConvexPolyhedron.box(x=(-1, 1), y=(0, 2), z=(3, 5.5))
TORUS = Revolved([(-1, 1), (1, 1), (1, 3), (0, 2), (-1, 3)])
STAR = Prism([(0, 0), (2, -1), (1, 0.5), (2, 2), (0, 1), (-1, 2)], z=(-1, 1))


class TestBoxMesh(SolidContract):
    def solid(self):
        return Mesh(BOX.to_mesh())


class TestTorusMesh(SolidContract):
    def solid(self):
        return Mesh(TORUS.to_mesh(24))


class TestTwoBodies(SolidContract):
    volume_tolerance = 2e-3

    def solid(self):
        return Mesh(trimesh.util.concatenate([BOX.to_mesh(), TORUS.to_mesh(24)]))


class TestHollow(SolidContract):
    def solid(self):
        return Mesh(hollow())


def hollow():
    hole = Sphere(0.5).to_mesh(16)
    hole.invert()
    return trimesh.util.concatenate([Sphere(1).to_mesh(16), hole])


grid = st.integers(-8, 8).map(lambda i: i / 4)
vectors = st.tuples(grid, grid, grid)
rays = st.lists(st.tuples(vectors, vectors.filter(any)), min_size=1, max_size=20)
STAR_MESH, BOX_MESH = Mesh(STAR.to_mesh()), Mesh(BOX.moved((0, -1, -4)).to_mesh())
ICE = Mesh(trimesh.creation.icosphere(3))


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([STAR_MESH, BOX_MESH]), rays)
def test_rays_on_a_grid(solid, rays):
    """Rays through corners, edges and along faces."""
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    check_rays(solid, origins, along)


@settings(max_examples=50, deadline=None)
@given(rays)
def test_mesh_of_flat_faces_is_the_solid(rays):
    origins, along = (np.array(part) for part in zip(*rays, strict=True))
    origins = origins + np.array([0.001, 0.0017, 0.0023])  # off the faces, along which the two may differ
    np.testing.assert_allclose(
        STAR_MESH.stretches(origins, along).length, STAR.stretches(origins, along).length, atol=1e-9
    )


def test_rays_through_all_corners_and_edges():
    """The worst for a mesh: every ray runs through a corner, and half of them on through the centre."""
    vertices = ICE.vertices
    middles = vertices[ICE.faces].mean(axis=1)
    for origin in ((0.0, 0.0, 0.0), (3.0, 0.0, 0.0), (0.1, -0.2, 0.3), (0, 0, 4)):
        for targets in (vertices, middles, 0.5 * (vertices[ICE.faces[:, 0]] + vertices[ICE.faces[:, 1]])):
            found = check_rays(ICE, origin, targets - origin)
            inside = np.linalg.norm(origin) < 1
            assert found.count.max() == 1
            if inside:
                assert (found.count == 1).all()
                distance = np.linalg.norm(targets - origin, axis=1)
                np.testing.assert_allclose(found.stop[:, 0], distance, rtol=1e-9)


def test_points_on_the_faces_follow_the_rule():
    mesh = Mesh(BOX.to_mesh())
    on = [(-1, 1, 4), (1, 1, 4), (0, 0, 4), (0, 2, 4), (0, 1, 3), (0, 1, 5.5)]
    assert mesh.contains(on).tolist() == BOX.contains(on).tolist() == [True, False] * 3


def test_inside_out_is_turned():
    inverted = BOX.to_mesh()
    inverted.invert()
    assert Mesh(inverted).volume == pytest.approx(10)


def inside_out(solid):
    mesh = solid.to_mesh(16)
    mesh.invert()
    return mesh


def ball(radius):
    return Sphere(radius).moved((0.01, 0.02, 0.03))


def test_each_body_is_turned_for_where_it_lies():
    far = BOX.moved((50, 0, 0))
    for bodies in ([BOX.to_mesh(), inside_out(far)], [inside_out(BOX), far.to_mesh()]):
        mesh = Mesh(trimesh.util.concatenate(bodies))
        assert mesh.volume == pytest.approx(20)
        assert mesh.contains([(0, 1, 4), (50, 1, 4), (25, 1, 4)]).tolist() == [True, True, False]
    volumes = [Mesh(Sphere(r).to_mesh(16)).volume for r in (3, 2, 1)]
    shells = volumes[0] - volumes[1] + volumes[2]
    for turned in itertools.product([False, True], repeat=3):
        parts = [inside_out(ball(r)) if t else ball(r).to_mesh(16) for r, t in zip((3, 2, 1), turned, strict=True)]
        if turned in ((False, False, False), (False, False, True), (True, False, False)):
            continue  # a body inside a body
        mesh = Mesh(trimesh.util.concatenate(parts))
        assert mesh.volume == pytest.approx(shells)
        assert mesh.contains([(0, 0, 0.5), (0, 0, 1.5), (0, 0, 2.5)]).tolist() == [True, False, True]


def test_a_body_inside_a_body_is_refused():
    with pytest.raises(GeometryError, match="must not have a body inside another one"):
        Mesh(trimesh.util.concatenate([ball(3).to_mesh(16), ball(2).to_mesh(16)]))


def test_bodies_that_touch_along_an_edge_or_a_face():
    for shift in ((2, 2, 0), (2, 0, 0), (2, 2, 2.5)):
        mesh = Mesh(trimesh.util.concatenate([BOX.to_mesh(), inside_out(BOX.moved(shift))]))
        assert mesh.volume == pytest.approx(20)
    outer, hole = ConvexPolyhedron.box((0, 3), (0, 3), (0, 3)), ConvexPolyhedron.box((0, 1), (1, 2), (1, 2))
    assert Mesh(trimesh.util.concatenate([outer.to_mesh(), inside_out(hole)])).volume == pytest.approx(26)


@pytest.mark.parametrize("size", [1e-100, 1e-9, 1e6])
def test_any_size(size):
    whole = BOX.to_mesh()
    mesh = Mesh(trimesh.Trimesh(whole.vertices * size, whole.faces, process=False))
    assert mesh.volume == pytest.approx(10 * size**3, rel=1e-9, abs=0)
    np.testing.assert_allclose(mesh.stretches((0, size, 0), (0, 0, 1)).length, 2.5 * size, rtol=1e-9)


def test_overlapping_bodies_are_one():
    mesh = Mesh(trimesh.util.concatenate([BOX.to_mesh(), BOX.moved((0, 0, 1)).to_mesh()]))
    found = mesh.stretches((0, 1, 0), (0, 0, 1))
    assert found.start.tolist() == [[3]]
    assert found.stop.tolist() == [[6.5]]


def test_leaks_are_refused_and_located():
    whole = BOX.to_mesh()
    leaking = trimesh.Trimesh(whole.vertices, whole.faces[1:], process=False)
    with pytest.raises(
        GeometryError, match=r"watertight, but leaks: 3 of its 18 edges .* from \(.*\) to \(.*1 of them"
    ):
        Mesh(leaking)
    faces = whole.faces.copy()
    faces[0] = faces[0][::-1]
    with pytest.raises(GeometryError, match="face the wrong way: 3 of its 18"):
        Mesh(trimesh.Trimesh(whole.vertices, faces, process=False))


@pytest.mark.parametrize("ending", ["stl", "obj", "glb", "ply", "off"])
def test_files(tmp_path, ending):
    path = tmp_path / f"box.{ending}"
    BOX.to_mesh().export(path)
    mesh = Mesh.load(path)
    assert mesh.volume == pytest.approx(10, rel=1e-6)
    assert eval(repr(mesh)) == mesh
    millimetres = Mesh.load(path, metres_per_unit=0.001)
    assert millimetres.volume == pytest.approx(1e-8, rel=1e-6)
    assert "metres_per_unit=0.001" in repr(millimetres)


def test_scene_with_two_bodies(tmp_path):
    path = tmp_path / "hall.glb"
    scene = trimesh.Scene()
    scene.add_geometry(BOX.to_mesh())
    scene.add_geometry(BOX.to_mesh(), transform=trimesh.transformations.translation_matrix((0, 0, 10)))
    scene.export(path)
    mesh = Mesh.load(path)
    assert mesh.volume == pytest.approx(20)
    assert mesh.stretches((0, 1, 0), (0, 0, 1)).count.tolist() == [2]


def test_repr():
    assert repr(Mesh(BOX.to_mesh())) == "<Mesh of 12 triangles, 10 m^3>"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda path: Mesh(3), "trimesh.Trimesh, got a int"),
        (lambda path: Mesh(trimesh.Trimesh()), "0 faces"),
        (lambda path: Mesh.load(path / "none.stl"), "there is no file"),
        (lambda path: Mesh.load(path, metres_per_unit=0), "metres_per_unit"),
        (lambda path: Mesh.load(path, metres_per_unit="mm"), "must be a number, such as 0.001 .* got 'mm'"),
        (lambda path: Mesh.load(None), "path must be the name of a mesh file, got None"),
        (lambda path: Mesh.load(path), "is a folder"),
        (lambda path: Mesh(trimesh.Trimesh(np.zeros((3, 3)), [[0, 1, 2]], process=False)), "an extent"),
        (lambda path: Mesh.load(nonsense(path)), "path must be a mesh"),
    ],
)
def test_bad_input(call, message, tmp_path):
    with pytest.raises(GeometryError, match=message):
        call(tmp_path)


def nonsense(path):
    (path / "nonsense.xyz").write_text("this is no mesh")
    return path / "nonsense.xyz"


def doubled(how):
    whole = BOX.to_mesh()
    faces = np.vstack([whole.faces, how(whole.faces)])
    return trimesh.Trimesh(whole.vertices, faces, process=False)


@pytest.mark.parametrize(
    "how", [lambda f: f, lambda f: np.roll(f, 1, axis=1), lambda f: f[:, ::-1], lambda f: np.vstack([f, f])]
)
def test_faces_given_twice_are_refused(how):
    with pytest.raises(GeometryError, match=r"each triangle once, but \d+ of its \d+ come again, such as .*; merge"):
        Mesh(doubled(how))


def test_a_wall_between_two_rooms_is_none_given_twice():
    rooms = trimesh.util.concatenate([BOX.to_mesh(), BOX.moved((2, 0, 0)).to_mesh()])
    rooms.merge_vertices()
    assert len(rooms.vertices) == 12
    assert Mesh(rooms).volume == pytest.approx(20)


@pytest.mark.parametrize("ending", ["stl", "obj", "ply", "glb"])
def test_a_kilometre_asks_for_the_unit(tmp_path, ending):
    path = tmp_path / f"drawing.{ending}"
    trimesh.creation.box((5000, 5000, 8000)).export(path)
    with pytest.raises(GeometryError, match=r"metres_per_unit must be given for .*, which would be 8 km across"):
        Mesh.load(path)
    assert Mesh.load(path, metres_per_unit=0.001).volume == pytest.approx(200, rel=1e-6)
    assert Mesh.load(path, metres_per_unit=1).volume == pytest.approx(2e11, rel=1e-6)
    trimesh.creation.box((500, 500, 800)).export(path)
    assert Mesh.load(path).volume == pytest.approx(2e8, rel=1e-6)


@pytest.mark.parametrize(("unit", "volume"), [("millimeters", 1e-8), ("meters", 10), ("0.5 * meters", 1.25)])
def test_the_unit_that_a_file_states(tmp_path, monkeypatch, unit, volume):
    """As 3MF and COLLADA do, whose loaders want packages that are not here."""
    path = tmp_path / "box.ply"
    BOX.to_mesh().export(path)
    load = trimesh.load_scene

    def stating(name):
        scene = load(name)
        scene.units = unit
        return scene

    monkeypatch.setattr(trimesh, "load_scene", stating)
    assert Mesh.load(path).volume == pytest.approx(volume, rel=1e-6)
    assert eval(repr(Mesh.load(path))) == Mesh.load(path)
    assert Mesh.load(path, metres_per_unit=2).volume == pytest.approx(80, rel=1e-6)


@pytest.mark.parametrize("ending", ["stl", "ply", "off", "glb", "ascii.stl", "obj"])
@pytest.mark.parametrize("kept", [0, 60, 0.5])
def test_files_that_are_cut_off(tmp_path, ending, kept):
    path = tmp_path / f"box.{ending}"
    BOX.to_mesh().export(path, file_type="stl_ascii" if "ascii" in ending else None)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(kept * len(whole)) if kept < 1 else kept])
    with pytest.raises(GeometryError, match=f"box.{ending}") as problem:
        Mesh.load(path)
    assert "charset" not in str(problem.value)


@pytest.mark.parametrize("name", ["part.step", "part.STP", "hall.gdml", "box", "box.txt", "points.xyz"])
def test_files_of_another_kind(tmp_path, name):
    (tmp_path / name).write_text("ISO-10303-21;")
    with pytest.raises(GeometryError, match=rf"mesh file \(.*glb.*stl.*\), not .*{name}'; have the program"):
        Mesh.load(tmp_path / name)
