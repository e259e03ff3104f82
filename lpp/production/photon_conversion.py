"""Long-lived particles from photons that meet the nuclei of a dump."""

from dataclasses import dataclass

import numpy as np

from farflung.lpp import arguments
from farflung.lpp.errors import MassRangeError
from farflung.lpp.production.primakoff import Primakoff


@dataclass(frozen=True)
class PhotonConversion:
    """The Primakoff reaction gamma N -> X N with photons up to some energy, as a process of a search.

    Parameters
    ----------
    nucleus
        The nucleus.
    max_energy
        Energy [GeV] of the beam, and so of the hardest photons.

    Raises
    ------
    MassRangeError
        If the energy is not positive and finite.

    Examples
    --------
    >>> print(PhotonConversion(Primakoff(29, 64), 400.0))
    gamma -> X on Z = 29
    """

    nucleus: Primakoff
    max_energy: float

    def __post_init__(self) -> None:
        if not arguments.number("max_energy", self.max_energy, MassRangeError) > 0:
            raise MassRangeError(f"max_energy = {self.max_energy:g} GeV is not a positive energy")

    def __str__(self) -> str:
        return f"gamma -> X on Z = {self.nucleus.charge}"

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle [GeV] that photons can make coherently: m^2/(2 E) reaches `q_max`."""
        return min(self.max_energy, float(np.sqrt(2 * self.max_energy * self.nucleus.q_max)))

    def lowest_energy(self, mass: float) -> float:
        """Energy [GeV] that a photon needs to make a mass [GeV] coherently."""
        return max(mass, mass**2 / (2 * self.nucleus.q_max))

    def require(self, mass: float) -> None:
        """Raise `MassRangeError` unless a particle of this mass [GeV] can be made."""
        if not 0 < mass < self.max_mass:
            raise MassRangeError(
                f"mass = {mass:g} GeV is not between 0 and {self.max_mass:.4g} GeV, the heaviest that photons of "
                f"{self.max_energy:g} GeV make coherently on nuclei of A = {self.nucleus.mass_number}"
            )
