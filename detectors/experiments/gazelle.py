"""GAZELLE, a far detector in the building of Belle II."""

from typing import ClassVar, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2 import super_kekb
from farflung.detectors.experiments.charged_decays import charged_decays
from farflung.geometry import ConvexPolyhedron, Solid
from farflung.lpp import arguments, strange_decays

Array = NDArray[np.float64]
Size = Literal["baby", "l", "godzilla"]

_BOXES: dict[str, tuple[tuple[tuple[float, float, float], tuple[float, float, float]], ...]] = {
    "baby": (((0, 0, 0), (4, 4, 4)),),
    "l": (((0, 0, 0), (6, 16, 24)), ((0, 0, 24), (26, 16, 3))),
    "godzilla": (((0, 0, 0), (25, 10, 50)),),
}
"""Corner, as seen from the detector's own, and lengths along x, y and z [m] of each box."""


class GAZELLE(Detector):
    """GAZELLE at SuperKEKB, which would look for B -> K X with X decaying far from Belle II: a projection.

    Parameters
    ----------
    position
        Corner (x, y, z) [m] with the lowest coordinates, as seen from Belle II's interaction point, of which none is
        published; z is the axis of Belle II's drift chamber, y points up.
    size
        Which of the proposed sizes: ``"baby"``, a cube of 4 m; ``"l"``, 6 m x 16 m x 24 m and, at its far end, 26 m x
        16 m x 3 m; ``"godzilla"``, 25 m x 10 m x 50 m. All lengths, and how the two parts of the L join, are from
        memory, not confirmed at a source.
    luminosity
        Integrated luminosity [ab^-1].

    Raises
    ------
    DetectorError
        If the position is not three finite numbers, the size is none of these, or the interaction point lies inside.

    Notes
    -----
    Solid ``"decay volume"``. Search ``"decays"``: two charged products at least, all of which are seen if the decay is
    inside; B mesons decay to any of the kaons of `farflung.lpp.strange_decays`, none of which is asked for; 2.3 events
    are a signal (90 % confidence), no background. arXiv:2105.12962 finds no gain over Belle II (its abstract). Source:
    B mesons of Belle II.
    """

    name: ClassVar[str] = "gazelle"
    title = "GAZELLE, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2105.12962",)

    def __init__(self, position: tuple[float, float, float], size: Size = "baby", luminosity: float = 50.0) -> None:
        corner = arguments.numbers("position", position, DetectorError)
        if corner.shape != (3,) or not np.isfinite(corner).all():
            raise DetectorError(f"position = {position} must be three finite numbers, x, y and z [m]")
        if size not in get_args(Size):
            raise DetectorError(f"size = {size!r} must be one of {', '.join(get_args(Size))}")
        first, *others = (_box(corner + from_corner, np.asarray(lengths)) for from_corner, lengths in _BOXES[size])
        solid: Solid = first
        for other in others:
            solid = solid | other
        if solid.contains(np.zeros((1, 3))).any():
            raise DetectorError(f"position = {position} puts the interaction point inside; give a place beside it")
        search = charged_decays(
            "decay volume", self.references, processes=(*strange_decays("B+"), *strange_decays("B0"))
        ).with_statistics(confidence_level=0.90)
        super().__init__(super_kekb(luminosity), {"decay volume": solid}, (search,))


def _box(corner: Array, lengths: Array) -> Solid:
    x, y, z = ((float(low), float(low + length)) for low, length in zip(corner, lengths, strict=True))
    return ConvexPolyhedron.box(x=x, y=y, z=z)
