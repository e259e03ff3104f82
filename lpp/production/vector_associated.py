"""Production of a vector particle beside a photon in electron-positron collisions."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.production.beside_photon import BesidePhoton

Array = NDArray[np.float64]


@dataclass(frozen=True)
class VectorAssociated(BesidePhoton):
    """e+ e- -> gamma A' with a vector that couples to electrons as photons do.

    d sigma/d cos theta = (2 pi alpha^2/s) (1 - m^2/s) (1 + cos^2 theta + 4 s m^2/(s - m^2)^2)/(1 - cos^2 theta) at
    leading order (as in R. Essig, P. Schuster, N. Toro, arXiv:0903.3941), in all directions: along the beams the
    electron's mass ends it, 1 - cos^2 theta + 4 m_e^2/s, which holds for the logarithm. The Z is left out.

    Parameters
    ----------
    sqrt_s
        Centre-of-mass energy [GeV].

    Raises
    ------
    MassRangeError
        If the energy is not positive and finite.

    Examples
    --------
    >>> process = VectorAssociated(10.58)
    >>> round(float(process.cross_section(1.0, 0.9)), 1)  # pb, within 0.9 of the cosine of the photon's angle
    4840.1
    """

    vertex: ClassVar[str] = "charge"

    def __str__(self) -> str:
        return "e+ e- -> gamma, radiation of"

    @property
    def equation(self) -> str:
        """The reaction."""
        return "e+ e- -> gamma X"

    @property
    def max_mass(self) -> float:
        """Nearly the energy of the collision [GeV]: the cross-section has a pole there."""
        return 0.99 * self.sqrt_s

    def cross_section(self, mass: ArrayLike, largest_cosine: float = 1.0) -> Array:
        """Cross-section [pb] for a coupling of e.

        Parameters
        ----------
        mass
            Mass [GeV], any shape.
        largest_cosine
            Cosine of the photon's angle to the beams in the centre-of-mass frame up to which it counts.

        Raises
        ------
        MassRangeError
            If a mass is above what the collision can make.
        """
        self.require(mass)
        m2, s = np.asarray(mass, dtype=float) ** 2, self.sqrt_s**2
        end, extra = self._end, self._extra(m2)
        # (1 + extra + c^2)/(end^2 - c^2), from -largest_cosine to that
        log = (1 + extra + end**2) / end * np.log((end + largest_cosine) / (end - largest_cosine))
        return np.asarray(sm.PICOBARN * 2 * np.pi * sm.ALPHA**2 / s * (1 - m2 / s) * (log - 2 * largest_cosine))

    def _reactions(self, mass: Array) -> Array:
        """For a coupling of e."""
        return self.cross_section(mass)

    def _cosines(self, mass: float, points: Array) -> tuple[Array, Array]:
        end, extra = self._end, float(self._extra(np.asarray(mass**2)))
        # even in the inverse hyperbolic tangent of the cosine, in which 1/(end^2 - c^2) is flat
        most = np.arctanh(1 / end)
        cosine = end * np.tanh((2 * points - 1) * most)
        weight = (1 + extra + cosine**2) * 2 * most / end
        total = (1 + extra + end**2) / end * 2 * most - 2
        return np.clip(cosine, -1.0, 1.0), weight / total

    @property
    def _end(self) -> float:
        """Square root of 1 + 4 m_e^2/s."""
        return float(np.sqrt(1 + 4 * sm.mass("e-") ** 2 / self.sqrt_s**2))

    def _extra(self, m2: Array) -> Array:
        s = self.sqrt_s**2
        return np.asarray(4 * s * m2 / (s - m2) ** 2)
