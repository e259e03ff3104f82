"""Coordinates of which some go where a distribution ends, for lifetimes so short that only the fastest survive."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

_RAREST = 1e-7
"""Where the even spread of the logarithm ends."""


def towards_zero(points: Array) -> tuple[Array, Array]:
    """Half of the coordinates as they are, half of them even in their logarithm down to 1e-7.

    Parameters
    ----------
    points
        Coordinates (n,) between 0 and 1, evenly spread.

    Returns
    -------
    coordinates, weight
        (n,) each; with the weights, at most 2, the coordinates are evenly spread again.
    """
    span = -np.log(_RAREST)
    drawn = np.where(points < 0.5, 2 * points, np.exp(-span * (2 - 2 * points)))
    density = 0.5 + np.where(drawn >= _RAREST, 0.5 / (span * np.maximum(drawn, _RAREST)), 0.0)
    return drawn, 1 / density


def towards_one(points: Array) -> tuple[Array, Array]:
    """The same near 1."""
    drawn, weight = towards_zero(1 - points)
    return 1 - drawn, weight
