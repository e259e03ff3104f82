"""How solids print: as the call that makes them again."""

import math

import numpy as np
import pytest
import shapely

from farflung import geometry
from farflung.geometry import ConvexPolyhedron, PolarAngle, Prism, Revolved, Solid, Sphere
from farflung.geometry.described import call, written


class Tank(Sphere):
    """One whose constructor differs from that of its parent, but keeps what it was given."""

    def __init__(self, diameter=2.0):
        super().__init__(diameter / 2)

    @property
    def diameter(self):
        return 2 * self.radius


class Vessel(Prism):
    """One that takes some of the arguments of its parent."""

    def __init__(self, z):
        super().__init__([(0, 0), (1, 0), (1, 1)], z)


class Pipe(Revolved):
    """One that does not keep what it was given."""

    def __init__(self, length):
        super().__init__([(0, 0), (length, 0), (length, 1), (0, 1)])


class Endless(Solid):
    """One whose argument has the name of something that may not be asked of it."""

    def __init__(self, volume):
        self._given = volume

    def _contains(self, points):
        return np.ones(len(points), dtype=bool)

    def _stretches(self, origins, directions):
        raise NotImplementedError

    def _bounds(self):
        return np.array([[-np.inf] * 3, [np.inf] * 3])

    def _key(self):
        return self._given


@pytest.mark.parametrize(
    "text",
    [
        "Tank()",
        "Tank(3)",
        "Vessel(z=(1, 2))",
        "Prism([(0, 0), (1, 0), (0, 1)], z=(0, 2))",
        "Prism([(0, 0), (1, 0), (0, 1)], z=(0, 2), shift=(1, 0))",
        "Prism([(0, 0), (1, 0), (0, 1)], z=(0, 2), taper=(0.5, 2), shift=(0, 1e-05))",
        "HalfSpace((0, 0, 5), (0, 0, 1))",
        "ConvexPolyhedron.wedge(x=(0, 1), y=(0, 2), z=(0, 4.5))",
        "ConvexPolyhedron.hull([(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1)])",
        "Sphere(1).moved((0, 0, 5))",
        "HalfSpace((0, 0, 5), (0, 0, 1)).moved(rotation=[(0, 0, 1), (1, 0, 0), (0, 1, 0)])",
        "(Sphere(1) | Tank(1)).moved((0, 0, 5), rotation=[(0, 0, 1), (1, 0, 0), (0, 1, 0)]) - Vessel(z=(0, 1))",
    ],
)
def test_repr_is_the_call(text):
    names = vars(geometry) | globals()
    solid = eval(text, names)
    assert repr(solid) == text
    assert eval(repr(solid), names) == solid


def test_what_was_not_kept_is_not_made_up():
    assert repr(Pipe(2)) == "<Pipe>"
    assert repr(Endless(3)) == "<Endless>"
    with pytest.raises(ValueError, match="no finite box is known for <Endless>"):
        Endless(3).volume  # noqa: B018


def test_class_methods_of_a_subclass():
    class Acceptance(PolarAngle):
        pass

    class Hall(ConvexPolyhedron):
        pass

    assert repr(Acceptance.from_degrees(17, 150)) == "Acceptance.from_degrees(17, 150)"
    assert repr(Hall.box((0, 1), (0, 1), (0, 1))) == "Hall.box(x=(0, 1), y=(0, 1), z=(0, 1))"


def test_call():
    def pipe(ends, r, wall=0.001, *, name=None):
        pass

    given = {"ends": [0.0, 1], "r": np.float64(2), "wall": 0.001, "name": "inner"}
    assert call(pipe, given) == "pipe([0, 1], r=2, name='inner')"
    for wrong in ({"ends": 1}, {**given, "colour": "red"}):
        with pytest.raises(TypeError, match=r"must have the names \['ends', 'r', 'wall', 'name'\]"):
            call(pipe, wrong)


HOLED = shapely.Polygon([(0, 0), (5, 0), (5, 3)], [[(2, 0.5), (4, 0.5), (4, 1)]])


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (1e300, "1e+300"),
        (0.1, "0.1"),
        (-math.inf, "float('-inf')"),
        (10**17, "100000000000000000"),
        (True, "True"),
        (None, "None"),
        ("a.stl", "'a.stl'"),
        ((1.0,), "(1,)"),
        (((0.0, 1.0), [2.0]), "((0, 1), [2])"),
        (np.array([0.0, 1, 2.5]), "(0, 1, 2.5)"),
        (np.array([0.0, 1, 2.5, 4]), "[0, 1, 2.5, 4]"),
        (np.eye(2), "[(1, 0), (0, 1)]"),
        (shapely.box(0, 0, 1, 1), "[(1, 0), (1, 1), (0, 1), (0, 0)]"),
        (HOLED, "Polygon([(0, 0), (5, 0), (5, 3)], [[(2, 0.5), (4, 0.5), (4, 1)]])"),
        (
            shapely.MultiPolygon([HOLED, shapely.box(6, 0, 7, 1)]),
            "MultiPolygon([Polygon([(0, 0), (5, 0), (5, 3)], [[(2, 0.5), (4, 0.5), (4, 1)]]), "
            "Polygon([(7, 0), (7, 1), (6, 1), (6, 0)])])",
        ),
    ],
)
def test_written(value, text):
    assert written(value) == text
