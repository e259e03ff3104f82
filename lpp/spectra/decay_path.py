"""Particles that fly some way before they decay, unless something stops them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import SpectrumError
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


@dataclass(frozen=True)
class DecayPath(PlainArguments):
    """The way that a kind of particle has from the origin to what stops it, along which it decays.

    Parameters
    ----------
    name
        PDG name of the particle.
    lengths
        Largest polar angle [rad] and distance [m] of each thing that stops it, the farthest one first, and so with
        increasing angles.
    wall
        Radius [m] of the pipe that ends what flies at larger angles.

    Raises
    ------
    SpectrumError
        If there is no length, a number is not positive, or they are not in this order.

    Examples
    --------
    >>> path = DecayPath("K(L)0", ((0.85e-3, 140.0), (2.5e-3, 20.0)), wall=0.05)
    >>> path.longest(np.array([1e-4, 1e-3, 5e-3])).round(1)
    array([140.,  20.,  10.])
    """

    name: str
    lengths: tuple[tuple[float, float], ...]
    wall: float

    def __post_init__(self) -> None:
        sm.mass(self.name)  # complains about what is no particle
        numbers = [self.wall, *(number for pair in self.lengths for number in pair)]
        ordered = all(one[0] < two[0] and one[1] > two[1] for one, two in pairwise(self.lengths))
        if not (self.lengths and ordered and np.isfinite(numbers).all() and min(numbers) > 0):
            raise SpectrumError(
                f"lengths = {self.lengths} and wall = {self.wall:g} must be positive: angles [rad] that increase with "
                "distances [m] that decrease, and a radius [m]"
            )

    def decay_length(self, momentum: Array) -> Array:
        """Mean decay length (n,) [m] at momenta (n,) [GeV]."""
        return np.asarray(momentum / sm.mass(self.name) * sm.HBAR_C / sm.width(self.name))

    def longest(self, angle: Array) -> Array:
        """Distance (n,) [m] at polar angles (n,) [rad] from the origin to what stops the particle."""
        angles, lengths = np.array(self.lengths).T
        found = np.append(lengths, 0.0)[np.searchsorted(angles, angle)]
        return np.where(found > 0, found, np.minimum(self.wall / np.maximum(angle, angles[0]), lengths[-1]))

    def chance(self, momentum: Array, angle: Array) -> Array:
        """Probability (n,) to decay on the way, at momenta [GeV] and polar angles [rad] that broadcast to (n,)."""
        return np.asarray(-np.expm1(-self.longest(angle) / self.decay_length(momentum)))

    def flown(self, momentum: Array, angle: Array, u: Array) -> Array:
        """Distances (n,) [m] of decays, at which the distribution function of those that decay takes the values u."""
        return np.asarray(-self.decay_length(momentum) * np.log1p(-u * self.chance(momentum, angle)))

    def density(self, momentum: Array, angle: Array, flown: Array) -> Array:
        """Probability (n,) for each metre at distances (n,) [m], for those that decay on the way."""
        length = self.decay_length(momentum)
        given = np.exp(-flown / length) / length / self.chance(momentum, angle)
        # the end itself belongs to the way, whatever rounding does
        return np.where(flown <= self.longest(angle) * (1 + 1e-9), given, 0.0)
