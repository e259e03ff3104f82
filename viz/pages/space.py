"""What of space a page with a detector shows, and how long a metre is in each direction."""

from collections.abc import Sequence
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

_MARGIN, _BEFORE = 0.06, 0.3
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
        Places (2, 3) [m] between which particles start; None if those are out of the picture, or not known.
    said
        What a reader must know of it.
    """

    low: Array
    high: Array
    aspect: Array
    starts: Array | None
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
        }


def space_of(detector: Detector, samples: Sequence[Flights] = ()) -> Space:
    """The solids and the beam beside them, with the place where particles start unless that is far away.

    Parameters
    ----------
    detector
        The detector.
    samples
        Flights, which say where particles start; without them that is the origin, unless the source is spread out.

    Raises
    ------
    DetectorError
        If no solid has an end, so that nothing sets the scale.
    """
    low, high = extent(detector)
    bounds = finite_bounds(detector)
    low[2], high[2] = bounds[:, 0, 2].min(), bounds[:, 1, 2].max()
    starts = _starts(detector, samples)
    said = []
    length = float(high[2] - low[2])
    before = after = _MARGIN * length
    if starts is not None:
        away = max(low[2] - starts[1, 2], starts[0, 2] - high[2])
        if away > _EMPTY * length:
            ahead = starts[0, 2] < low[2]
            before, after = (_BEFORE * length, after) if ahead else (before, _BEFORE * length)
            distance = low[2] - starts[1, 2] if ahead else starts[0, 2] - high[2]
            said.append(
                f"Particles start {distance:.4g} m {'before' if ahead else 'behind'} the solids, out of the picture."
            )
            starts = None
        else:
            low, high = np.minimum(low, starts[0]), np.maximum(high, starts[1])
    beside = _MARGIN * (high - low)[:2]
    low, high = low - np.array([*beside, before]), high + np.array([*beside, after])
    spans = high - low
    aspect = np.maximum(spans / spans.max(), 1 / _LONGEST)
    longest = int(np.argmax(spans))
    if (spans < spans.max() / _LONGEST).any():
        scales = aspect / spans
        squeezed = float(scales.max() / scales[longest])
        said.append(f"Not to scale: lengths along {'xyz'[longest]} are drawn {squeezed:.2g} times shorter than across.")
    return Space(low, high, aspect, starts, tuple(said))


def _starts(detector: Detector, samples: Sequence[Flights]) -> Array | None:
    if not samples:
        return np.zeros((2, 3)) if detector.source.pointlike else None
    along = np.concatenate([flights.origin for flights in samples])
    # the beam, whose particles start now and then a little beside it
    first, last = along[:, 2].min(), along[:, 2].max()
    centre = np.median(along[:, :2], axis=0)
    return np.array([[*centre, first], [*centre, last]])
