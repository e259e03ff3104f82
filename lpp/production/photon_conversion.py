"""Long-lived particles from photons that meet the nuclei of a dump."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments
from farflung.lpp.errors import MassRangeError
from farflung.lpp.flights import Flights
from farflung.lpp.production.primakoff import Primakoff
from farflung.lpp.production.process import Offer, Process, the_offer
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.unit_points import Drawing

Array = NDArray[np.float64]


class ConvertingPhotons:
    """Photons in matter, as a source offers them: `farflung.lpp.spectra.photons_in_matter.PhotonsInMatter`."""

    def converted(self, process: "PhotonConversion", mass: Array) -> Array:
        """Particles (n,) of masses (n,) [GeV] for g_agammagamma = 1 GeV^-1."""
        raise NotImplementedError

    def sample(
        self, process: "PhotonConversion", mass: float, n: int, seed: int, sampling: Drawing, aim: Aim
    ) -> Flights:
        """N flights of particles of one mass [GeV]."""
        raise NotImplementedError

    def parents(self, process: "PhotonConversion", mass: float) -> Parents:
        """The same particles as parents of others."""
        raise NotImplementedError


@dataclass(frozen=True)
class PhotonConversion(Process):
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
    initial: ClassVar[str] = "gamma"
    vertex: ClassVar[str] = "photons"

    def __post_init__(self) -> None:
        if not arguments.number("max_energy", self.max_energy, MassRangeError) > 0:
            raise MassRangeError(f"max_energy = {self.max_energy:g} GeV is not a positive energy")

    def __str__(self) -> str:
        return f"gamma -> X on Z = {self.nucleus.charge}"

    @property
    def equation(self) -> str:
        """The process, whose name has the particle in it."""
        return str(self)

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Conversions for g_agammagamma = 1 GeV^-1."""
        return the_offer(self, offer, ConvertingPhotons).converted(self, mass)

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV]; the photons know how."""
        self.require(mass)
        return the_offer(self, offer, ConvertingPhotons).sample(self, float(mass), n, seed, sampling, aim)

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The particles, as parents of others."""
        self.require(mass)
        return the_offer(self, offer, ConvertingPhotons).parents(self, float(mass))

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle [GeV] that photons can make coherently: m^2/(2 E) reaches `q_max`."""
        return min(self.max_energy, float(np.sqrt(2 * self.max_energy * self.nucleus.q_max)))

    def lowest_energy(self, mass: float) -> float:
        """Energy [GeV] that a photon needs to make a mass [GeV] coherently."""
        return max(mass, mass**2 / (2 * self.nucleus.q_max))

    def require(self, mass: ArrayLike) -> None:
        """Raise `MassRangeError` unless particles of these masses [GeV] can be made."""
        masses = arguments.numbers("mass", mass, MassRangeError)
        bad = ~((masses > 0) & (masses < self.max_mass))
        if np.any(bad):
            raise MassRangeError(
                f"mass = {masses[bad].flat[0]:g} GeV is not between 0 and {self.max_mass:.4g} GeV, the heaviest that "
                f"photons of {self.max_energy:g} GeV make coherently on nuclei of A = {self.nucleus.mass_number}"
            )
