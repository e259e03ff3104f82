"""Kaons that decay in flight."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Flights, arguments
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]


class KaonBeam(Source):
    """A beam of charged kaons along z that decay between two planes.

    All have the central momentum, and none an angle: NA62's beam spreads by 1 % and 0.1 mrad (arXiv:1703.08501), which
    changes nothing here.

    Parameters
    ----------
    momentum
        Beam momentum [GeV].
    region
        Beginning and end [m] of the region in which decays count.
    decays
        Number of kaons that decay there. Limits on branching ratios do not ask for it, hence 1 by default.
    axis
        Where the beam lies in x and y [m].

    Raises
    ------
    DetectorError
        If the momentum or the number is not positive and finite, or the region is not in order.
    """

    dimension = 1
    pointlike = False

    def __init__(
        self, momentum: float, region: tuple[float, float], decays: float = 1.0, axis: tuple[float, float] = (0.0, 0.0)
    ) -> None:
        if not (np.isfinite(region).all() and region[0] < region[1]):
            raise DetectorError(f"region = {region} of a kaon beam must begin before it ends, in metres")
        self.momentum = arguments.positive("momentum", momentum, DetectorError, "of a kaon beam")
        self.region = (float(region[0]), float(region[1]))
        self.decays = arguments.positive("decays", decays, DetectorError, "of a kaon beam")
        self.axis = (float(axis[0]), float(axis[1]))

    @property
    def decay_length(self) -> float:
        """Mean decay length of the kaons [m]."""
        return self.momentum / sm.mass("K+") * sm.HBAR_C / sm.width("K+")

    def _yields(self) -> Mapping[str, float]:
        return {"K+": self.decays}

    def _parents(self, name: str, points: Array) -> Flights:
        start, stop = self.region
        # inverse of the exponential's distribution function between the planes
        lost = -np.expm1(-(stop - start) / self.decay_length)
        z = start - self.decay_length * np.log1p(-points[:, 0] * lost)
        origin = np.stack([np.full_like(z, self.axis[0]), np.full_like(z, self.axis[1]), z], axis=1)
        momentum = np.broadcast_to([0.0, 0.0, self.momentum], origin.shape)
        return Flights(origin, momentum, sm.mass(name))
