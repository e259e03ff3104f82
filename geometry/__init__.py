"""Solids, and the stretches of straight rays that lie inside them."""

from farflung.geometry.combination import Combination
from farflung.geometry.errors import GeometryError
from farflung.geometry.moved import Moved
from farflung.geometry.revolved import Revolved
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches

__all__ = ["Combination", "GeometryError", "Moved", "Revolved", "Solid", "Stretches"]
