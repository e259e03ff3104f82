"""Where long-lived particles come from."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import Flights, Sampler, Sampling, TwoBodyDecay

Array = NDArray[np.float64]


class Source(ABC):
    """Parents of long-lived particles: how many there are, and how they move.

    A subclass says how many coordinates of the unit cube one parent takes (`dimension`), which of them is an
    azimuth around z if any (`azimuth`), how many parents there are (`_yields`) and turns coordinates into parents
    (`_parents`).
    """

    dimension: int
    azimuth: int | None = None

    @abstractmethod
    def _parents(self, name: str, points: Array) -> Flights:
        """Make n parents of this PDG name and weight 1/n from points (n, dimension) of the unit cube."""

    @abstractmethod
    def _yields(self) -> Mapping[str, float]:
        """Number of parents produced, both charges or flavours together, by PDG name."""

    def number_of(self, parent: str) -> float:
        """Number of parents of this PDG name, antiparticles included.

        Raises
        ------
        DetectorError
            If the source does not make them.
        """
        yields = self._yields()
        if parent not in yields:
            raise DetectorError(f"parent = {parent!r} is not made by {self!r}, which makes {', '.join(yields)}")
        return float(yields[parent])

    def flights(
        self,
        process: TwoBodyDecay,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Sampling = "aimed",
        polar_angles: Sequence[float] = (),
    ) -> Flights:
        """Draw long-lived particles of one mass from one decay.

        Parameters
        ----------
        process
            A decay whose parent the source makes.
        mass
            Mass [GeV].
        n, seed, sampling
            As in `farflung.lpp.Sampler.draw`: n is a power of two for aimed flights.
        polar_angles
            Polar angles [rad] where the detector begins, ends or has corners, as seen from the parents' origin.

        Raises
        ------
        DetectorError
            If the source does not make the parent.
        """
        self.number_of(process.parent)
        sampler = Sampler(
            lambda points: self._parents(process.parent, points), self.dimension, process, polar_angles, self.azimuth
        )
        return sampler.draw(float(mass), n, seed, sampling)
