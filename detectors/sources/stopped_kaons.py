"""Kaons that decay at rest."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Flights, arguments
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]


class StoppedKaons(Source):
    """Positive kaons that have come to rest in a target along z, as many in each part of it.

    Parameters
    ----------
    radius
        Radius of the target [m].
    half_length
        Half the length [m] of the stretch in which they stop, with z = 0 in its middle.
    decays
        Number of kaons that decay. Limits on branching ratios do not ask for it, hence 1 by default.

    Raises
    ------
    DetectorError
        If a number is not positive and finite.
    """

    dimension = 3
    azimuth = 1
    pointlike = False

    def __init__(self, radius: float, half_length: float, decays: float = 1.0) -> None:
        self.radius = arguments.positive("radius", radius, DetectorError, "of stopped kaons")
        self.half_length = arguments.positive("half_length", half_length, DetectorError, "of stopped kaons")
        self.decays = arguments.positive("decays", decays, DetectorError, "of stopped kaons")

    def _yields(self) -> Mapping[str, float]:
        return {"K+": self.decays}

    def _parents(self, name: str, points: Array) -> Flights:
        r = self.radius * np.sqrt(points[:, 0])
        phi = 2 * np.pi * points[:, 1]
        z = self.half_length * (2 * points[:, 2] - 1)
        return Flights(
            np.stack([r * np.cos(phi), r * np.sin(phi), z], axis=1), np.zeros((len(points), 3)), sm.mass(name)
        )
