"""What must fly beside a long-lived particle for an event to be selected."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.result_tables import MassTable
from farflung.lpp import Flights
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Beside(PlainArguments, argument_error=DetectorError):
    """A particle made together with the long-lived one: the kaon, the pion or the photon that an experiment tags.

    Parameters
    ----------
    name
        PDG name of the particle, which stands for its antiparticle too.
    momentum
        Least and largest momentum [GeV], each a number or a table against the long-lived particle's mass.
    transverse_momentum
        Least and largest momentum across the z axis [GeV].
    polar_degrees
        Smallest and largest polar angle [degrees] about the z axis.
    efficiency
        Probability to find it there.

    Raises
    ------
    DetectorError
        If limits are in the wrong order, or the efficiency is not between 0 and 1.

    Examples
    --------
    >>> Beside("gamma", momentum=(0.25, float("inf")), polar_degrees=(32.2, 128.7)).name
    'gamma'
    """

    name: str
    momentum: tuple[float | MassTable, float | MassTable] = (0.0, np.inf)
    polar_degrees: tuple[float, float] = (0.0, 180.0)
    efficiency: float = 1.0
    transverse_momentum: tuple[float, float] = (0.0, np.inf)

    def __post_init__(self) -> None:
        low, high = self.polar_degrees
        if not 0 <= low < high <= 180:
            raise DetectorError(f"polar_degrees = {self.polar_degrees} beside which {self.name} flies must increase")
        slowest, fastest = self.momentum
        if not (isinstance(slowest, MassTable) or isinstance(fastest, MassTable) or 0 <= slowest < fastest):
            raise DetectorError(f"momentum = {self.momentum} GeV with which {self.name} flies beside must increase")
        if not 0 <= self.transverse_momentum[0] < self.transverse_momentum[1]:
            raise DetectorError(
                f"transverse_momentum = {self.transverse_momentum} GeV of {self.name} beside must increase"
            )
        if not 0 <= self.efficiency <= 1:
            raise DetectorError(f"efficiency = {self.efficiency:g} to find {self.name} is not between 0 and 1")

    def chance(self, flights: Flights) -> Array:
        """Probability (n,) that the particle beside each long-lived one is found as wanted.

        Raises
        ------
        DetectorError
            If no such particle flies beside these.
        """
        recoils = flights.recoil or ()
        found = [recoil.momentum for recoil in recoils if recoil.name == self.name]
        if not found:
            beside = ", ".join(recoil.name for recoil in recoils) or "nothing that is known"
            raise DetectorError(f"beside = {self.name!r} does not fly beside these particles; there is {beside}")
        low, high = (_at(limit, flights.mass) for limit in self.momentum)
        met = np.zeros(len(flights), dtype=bool)
        for momentum in found:
            p = np.linalg.norm(momentum, axis=1)
            pt = np.hypot(momentum[:, 0], momentum[:, 1])
            angle = np.degrees(np.arctan2(pt, momentum[:, 2]))
            seen = (p > low) & (p < high) & (angle >= self.polar_degrees[0]) & (angle <= self.polar_degrees[1])
            seen &= (pt >= self.transverse_momentum[0]) & (pt <= self.transverse_momentum[1])
            met |= seen
        return self.efficiency * met.astype(float)


def _at(limit: float | MassTable, mass: float) -> float:
    return float(limit(mass)) if isinstance(limit, MassTable) else float(limit)
