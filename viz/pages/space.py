"""What of space a page with a detector shows, and how long a metre is in each direction."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Detector
from farflung.lpp import Flights
from farflung.viz.views import extent, finite_bounds

Array = NDArray[np.float64]

_LONGEST = 4.0
"""The picture is not drawn longer than this times its width."""

_EMPTY = 1.0
"""Where particles start is out of the picture if that is farther from the solids than this times their length."""

_SPREAD = 0.01
"""Particles start in one place if that is shorter than this times the length of the solids."""

_MARGIN, _BEFORE = 0.12, 0.3
"""Free space around the solids, and before them where particles come from afar, as a share of what they take."""


@dataclass(frozen=True, eq=False)
class Space:
    """A box of space.

    Attributes
    ----------
    low, high
        Its lowest and highest corner (3,) [m].
    aspect
        Lengths of its sides (3,) in the picture; the longest is 1.
    starts
        Places (2, 3) [m] between which particles start; where they are out of the picture, twice the place on the beam
        where it begins or ends; None if they are not known.
    start_text
        What is written there.
    said
        What a reader must know of it.
    """

    low: Array
    high: Array
    aspect: Array
    starts: Array | None
    start_text: str
    said: tuple[str, ...]

    @property
    def ranges(self) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
        """Along x, y and z [m]."""
        (x0, y0, z0), (x1, y1, z1) = self.low.tolist(), self.high.tolist()
        return (x0, x1), (y0, y1), (z0, z1)

    def as_dict(self) -> dict[str, Any]:
        """What a page's script needs, axes in the order z, x, y."""
        turned = [2, 0, 1]
        return {
            "low": self.low[turned].tolist(),
            "high": self.high[turned].tolist(),
            "aspect": self.aspect[turned].tolist(),
            "starts": None if self.starts is None else self.starts[:, turned].tolist(),
            "startText": self.start_text,
        }


def space_of(detector: Detector, flights: Flights | None = None) -> Space:
    """The solids and the beam beside them, with the place where particles start unless that is far away.

    Parameters
    ----------
    detector
        The detector.
    flights
        Particles, which say where they start; without them that is the origin, unless the source is spread out.

    Raises
    ------
    DetectorError
        If no solid has an end, so that nothing sets the scale.
    """
    low, high = extent(detector)
    bounds = finite_bounds(detector)
    low[2], high[2] = bounds[:, 0, 2].min(), bounds[:, 1, 2].max()
    length = float(high[2] - low[2])
    starts, text = _starts(detector, flights), "particles start here"
    if starts is not None and starts[1, 2] - starts[0, 2] > _SPREAD * length:
        text = "particles start along the thick line"
    distance = np.zeros(2) if starts is None else np.array([low[2] - starts[1, 2], starts[0, 2] - high[2]])
    far = distance > _EMPTY * length
    if starts is not None and not far.any():
        low, high = np.minimum(low, starts[0]), np.maximum(high, starts[1])
    before, behind = np.where(far, _BEFORE, _MARGIN) * length
    beside = _MARGIN * (high - low)[:2]
    low, high = low - np.array([*beside, before]), high + np.array([*beside, behind])
    if far.any():
        starts = np.tile([0.0, 0.0, low[2] if far[0] else high[2]], (2, 1))
        text = f"particles start {distance.max():.4g} m {'before' if far[0] else 'behind'} the solids"
    said = []
    spans = high - low
    aspect = np.maximum(spans / spans.max(), 1 / _LONGEST)
    longest = int(np.argmax(spans))
    if (spans < spans.max() / _LONGEST).any():
        scales = aspect / spans
        squeezed = float(scales.max() / scales[longest])
        said.append(f"Not to scale: lengths along {'xyz'[longest]} are drawn {squeezed:.2g} times shorter than across.")
    return Space(low, high, aspect, starts, text, tuple(said))


def _starts(detector: Detector, flights: Flights | None) -> Array | None:
    if flights is None:
        return np.zeros((2, 3)) if detector.source.pointlike else None
    beside = np.median(flights.origin[:, :2], axis=0)
    return np.array([[*beside, end(flights.origin[:, 2])] for end in (np.min, np.max)])
