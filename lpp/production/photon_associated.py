"""Production of an ALP beside a photon in electron-positron collisions."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError, MassRangeError
from farflung.lpp.production.beside_photon import BesidePhoton

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PhotonAssociated(BesidePhoton):
    """e+ e- -> gamma a through a virtual photon.

    The Z is left out: at the energies of B factories it changes the cross-section by less than a per cent for
    equal couplings.

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
    >>> from farflung.lpp import ALPPhoton
    >>> process = PhotonAssociated(10.58)
    >>> g = ALPPhoton().photon_coupling(1e-3)
    >>> round(float(process.cross_section(1.0, g)), 4)  # pb
    0.1152
    """

    vertex: ClassVar[str] = "photons"

    def __str__(self) -> str:
        return "e+ e- -> gamma"

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle that the collision can make [GeV]."""
        return self.sqrt_s

    def require(self, mass: ArrayLike) -> None:
        """Raise `MassRangeError` unless particles of these masses [GeV] can be made."""
        masses = arguments.numbers("mass", mass, MassRangeError)
        bad = ~((masses >= 0) & (masses < self.sqrt_s))
        if np.any(bad):
            raise MassRangeError(
                f"mass = {masses[bad].flat[0]:g} GeV is not between 0 and the energy of e+ e- -> gamma X, "
                f"{self.sqrt_s:g} GeV; choose a smaller mass"
            )

    def cross_section(self, mass: ArrayLike, photon_coupling: ArrayLike) -> Array:
        """Cross-section [pb], alpha g^2 (1 - m^2/s)^3/24 (arXiv:1709.00009).

        Parameters
        ----------
        mass
            Mass [GeV], any shape.
        photon_coupling
            g_agammagamma [GeV^-1], broadcast against the mass: `farflung.lpp.Model.photon_coupling`.

        Raises
        ------
        MassRangeError
            If a mass is above the collision's energy.
        CouplingError
            If a coupling is negative or not finite.
        """
        self.require(mass)
        g, m = arguments.non_negative("photon_coupling", photon_coupling, CouplingError), np.asarray(mass, dtype=float)
        return np.asarray(sm.PICOBARN * sm.ALPHA * g**2 * (1 - m**2 / self.sqrt_s**2) ** 3 / 24)

    def _reactions(self, mass: Array) -> Array:
        """For g_agammagamma = 1 GeV^-1."""
        return self.cross_section(mass, 1.0)

    def _cosines(self, mass: float, points: Array) -> tuple[Array, Array]:
        """The inverse of the distribution function (3 c + c^3 + 4)/8 of 3/8 (1 + c^2), by Cardano's formula."""
        shifted = 4 * points - 2
        root = np.sqrt(shifted**2 + 1)
        return np.clip(np.cbrt(root + shifted) - np.cbrt(root - shifted), -1.0, 1.0), np.ones(len(points))
