"""Surfaces of solids for a page: whole, and with half of them cut away."""

from typing import Any, NamedTuple

import numpy as np
import trimesh
from numpy.typing import NDArray

from farflung.detectors import Detector
from farflung.geometry import HalfSpace, Solid
from farflung.viz.pages.packed import packed
from farflung.viz.plot_3d import sharp_edges, turned
from farflung.viz.views import finite_bounds, frame_of

Array = NDArray[np.float64]

_SEGMENTS = 72


class Cut(NamedTuple):
    """A plane that cuts a detector open."""

    axis: int
    """Across the plane, as an index of x, y, z."""
    at: float
    """Where the plane crosses this axis [m]."""
    keep: int
    """On which side of the plane solids are kept: 1 above, -1 below."""

    def half(self) -> Solid:
        """The half of space that is kept."""
        normal = np.zeros(3)
        normal[self.axis] = self.keep
        return HalfSpace(normal * self.keep * self.at, normal)


def best_cut(detector: Detector) -> Cut:
    """The plane in which still pictures show a detector, or that of the beam; the side towards the camera is away."""
    frame = frame_of(detector)
    axis = 0 if frame.view == "r-z" else frame.third
    low, high = finite_bounds(detector)[:, :, axis].T
    met = (low < frame.at) & (frame.at < high)
    at = frame.at if met.any() else float((low.min() + high.max()) / 2)
    return Cut(axis, at, -1 if axis == 1 else 1)


def surface(solid: Solid, cut: Cut | None = None) -> dict[str, str] | None:
    """A closed surface and its sharp edges, packed, axes in the order z, x, y; None if nothing is left of the solid.

    ``vertices`` (n, 3) [m], ``faces`` (m, 3) of three vertices each, ``edges`` (k, 2, 3) [m].
    """
    if cut is not None:
        low, high = solid.bounds[:, cut.axis]
        if (high <= cut.at) if cut.keep > 0 else (low >= cut.at):
            return None
        if low < cut.at < high:
            solid = solid & cut.half()
    mesh: trimesh.Trimesh = solid.to_mesh(_SEGMENTS)
    return {
        "vertices": packed(turned(np.asarray(mesh.vertices))),
        "faces": packed(mesh.faces),
        "edges": packed(turned(sharp_edges(mesh))),
    }


def surfaces(solid: Solid, cut: Cut) -> dict[str, Any]:
    """Surfaces of a solid, ``whole`` and ``cut``."""
    return {"whole": surface(solid), "cut": surface(solid, cut)}
