"""Parents of long-lived particles, as a source offers them to a decay."""

from collections.abc import Callable
from dataclasses import dataclass, replace

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
        angles are drawn; or whole events are turned, where the spectrum says along which way they decay.
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

    def in_flight(self) -> "Parents":
        """The same particles, which decay on the way that their spectrum gives them; that takes a last coordinate.

        They stay as they are if it gives them none.
        """
        path = None if self.spectrum is None else self.spectrum.path
        if path is None:
            return self

        def decaying(points: Array) -> Flights:
            made = self.draw(points[:, : self.dimension])
            angle = np.arctan2(np.hypot(made.momentum[:, 0], made.momentum[:, 1]), made.momentum[:, 2])
            flown = path.flown(made.p, angle, points[:, self.dimension])
            return replace(made, origin=made.origin + flown[:, None] * made.direction)

        return replace(self, draw=decaying, dimension=self.dimension + 1, pointlike=False)

    @property
    def ancestors(self) -> "Parents":
        """The parents at the beginning, whose spectrum is known if any is: these, unless decays made them."""
        return self if self.top is None else self.top
