"""Parents of long-lived particles, as a source offers them to a decay."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Parents(PlainArguments):
    """Particles of one kind: how many there are, and how to draw them.

    Parameters
    ----------
    number
        How many are made, antiparticles included.
    draw
        Function that turns points (n, dimension) of the unit cube into n parents, of weight 1/n on average.
    dimension
        Number of coordinates that it takes.
    azimuth
        Index of the coordinate that is an azimuth around the z axis divided by 2 pi, if there is one. Aimed flights
        count it from the direction in which they fly, which leaves the integrand nearly independent of one dimension.
    spectrum
        Distribution of the momenta, if it is known: events are then turned towards where a detector is. The first of
        three coordinates must then be that of the momentum.
    pointlike
        Whether they start at the origin. If not, nothing is known of where a detector is as seen from them, and decay
        angles are drawn.
    top
        Where the parents were made by decays: the parents at the beginning, which take the first of the coordinates.
    """

    number: float
    draw: Callable[[Array], Flights]
    dimension: int
    azimuth: int | None = None
    spectrum: Spectrum | None = None
    pointlike: bool = True
    top: "Parents | None" = None

    @property
    def ancestors(self) -> "Parents":
        """The parents at the beginning, whose spectrum is known if any is: these, unless decays made them."""
        return self if self.top is None else self.top
