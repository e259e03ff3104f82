"""The form in which fixed-target experiments report the momenta of heavy mesons."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]


@dataclass(frozen=True)
class EmpiricalSpectrum(Spectrum):
    """dN/(dx dp_T^2) proportional to (1 - x)^n exp(-b p_T^2), with x the share of the beam's momentum.

    x stands for Feynman's, from 0 to 1: what flies backwards in the centre-of-mass frame is left out. Mesons of charm
    from 400 GeV protons have n = 3 to 8 and b = 0.7 to 1.5 GeV^-2 (LEBC-EHS, Z. Phys. C 40 (1988) 321; E653,
    Phys. Lett. B 263 (1991) 573).

    Parameters
    ----------
    beam_momentum
        Momentum of the beam [GeV].
    power
        n, at least 0.
    slope
        b [GeV^-2], positive.

    Raises
    ------
    SpectrumError
        If a number is out of range.

    Examples
    --------
    >>> EmpiricalSpectrum(400.0, power=5.0, slope=1.0).momentum(np.array([0.5])).round(1)
    array([43.6])
    """

    beam_momentum: float
    power: float
    slope: float

    def __post_init__(self) -> None:
        good = self.beam_momentum > 0 and self.power >= 0 and self.slope > 0
        if not (good and np.isfinite([self.beam_momentum, self.power, self.slope]).all()):
            raise SpectrumError(f"{self} needs a positive momentum and slope and a power of at least 0")

    def momentum(self, u: Array) -> Array:
        """Absolute momenta (n,) [GeV]."""
        # 1 - x without cancellation where hardly anything is left of the spectrum
        return np.asarray(-self.beam_momentum * np.expm1(np.log1p(-u) / (self.power + 1)))

    def angle(self, momentum: Array, u: Array) -> Array:
        """Polar angles (n,) [rad]: p_T^2 is exponential up to p^2."""
        pt2 = -np.log1p(u * np.expm1(-self.slope * momentum**2)) / self.slope
        return np.asarray(np.arcsin(np.sqrt(np.clip(pt2 / np.maximum(momentum, 1e-300) ** 2, 0.0, 1.0))))

    def density(self, momentum: Array, angle: Array) -> Array:
        """Probability (n,) per steradian; dp_T^2 = 2 p^2 sin(theta) cos(theta) dtheta."""
        pt2 = (momentum * np.sin(angle)) ** 2
        given = -self.slope * np.exp(-self.slope * pt2) / np.expm1(-self.slope * momentum**2)
        return np.asarray(np.where(angle < np.pi / 2, given * momentum**2 * np.cos(angle) / np.pi, 0.0))
