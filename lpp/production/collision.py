"""Beams that collide, as a source offers them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Collision(PlainArguments):
    """Electrons and positrons that meet at the origin.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1].
    velocity
        Velocity (3,) of the centre of mass in the lab, in units of c.
    frame
        Rows (3, 3) of an orthonormal frame whose last axis is the electron's direction in the centre-of-mass frame.
    """

    luminosity: float
    velocity: Array
    frame: Array
