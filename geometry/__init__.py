"""Solids, and the stretches of straight rays that lie inside them."""

from farflung.geometry.combination import Combination
from farflung.geometry.convex_polyhedron import ConvexPolyhedron
from farflung.geometry.errors import GeometryError
from farflung.geometry.half_space import HalfSpace
from farflung.geometry.mesh import Mesh
from farflung.geometry.moved import Moved
from farflung.geometry.polar_angle import PolarAngle
from farflung.geometry.prism import Prism
from farflung.geometry.revolved import Revolved
from farflung.geometry.solid import Solid
from farflung.geometry.sphere import Sphere
from farflung.geometry.stretches import Stretches

__all__ = [
    "Combination",
    "ConvexPolyhedron",
    "GeometryError",
    "HalfSpace",
    "Mesh",
    "Moved",
    "PolarAngle",
    "Prism",
    "Revolved",
    "Solid",
    "Sphere",
    "Stretches",
]
