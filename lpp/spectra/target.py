"""Matter in which beams end."""

from dataclasses import dataclass

from farflung.lpp.errors import SpectrumError
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.production.primakoff import Primakoff
from farflung.lpp.units import AVOGADRO, CENTIMETRE, MILLIBARN_IN_PICOBARN, SQUARE_CENTIMETRE_IN_PICOBARN

KAON_CROSS_SECTION = 21.6
"""Inelastic cross-section [mb] of kaons on nuclei, over A^0.79; see `Target.kaon_length`."""

KAON_POWER = 0.79
"""Power of A with which it grows."""


@dataclass(frozen=True)
class Target(PlainArguments):
    """A thick piece of one element.

    Parameters
    ----------
    name
        The element's symbol.
    charge
        Z of its nuclei.
    atomic_mass
        Mean atomic mass [g/mol].
    radiation_length
        X_0 [g/cm^2].
    density
        Density [g/cm^3], which kaons need that decay before they are absorbed.

    Raises
    ------
    SpectrumError
        If a number is not positive.
    """

    name: str
    charge: int
    atomic_mass: float
    radiation_length: float
    density: float | None = None

    def __post_init__(self) -> None:
        if not (self.charge >= 1 and self.atomic_mass > 0 and self.radiation_length > 0):
            raise SpectrumError(f"charge, atomic_mass and radiation_length of {self} must be positive")
        if self.density is not None and not self.density > 0:
            raise SpectrumError(f"density = {self.density:g} g/cm^3 of {self} must be positive")

    @property
    def nuclei(self) -> float:
        """Nuclei for each area [pb^-1] in one radiation length."""
        return AVOGADRO * self.radiation_length / self.atomic_mass / SQUARE_CENTIMETRE_IN_PICOBARN

    @property
    def nucleus(self) -> Primakoff:
        """The field of the nucleus, in which photons turn into ALPs."""
        return Primakoff(self.charge, round(self.atomic_mass))

    @property
    def kaon_length(self) -> float:
        """Mean length [m] that kaons fly before a nucleus absorbs them: 20.5 cm in copper, 22.7 cm in iron.

        The cross-section is 21.6 mb A^0.79 for the mean of K+ and K-, which is that of K_L and K_S too; that of K+ is
        4 % smaller, that of K- 4 % larger. It continues those of protons and of pions, which the interaction lengths of
        the Particle Data Group give (Atomic and Nuclear Properties of Materials, pdg.lbl.gov), to the smaller one of
        kaons: for each nucleon they have 38.9, 24.4 and 19.0 mb in total at 50 to 100 GeV (R. L. Workman et al., Review
        of Particle Physics), of which nuclei make the power 0.41. Glauber's integral over the nucleus agrees within
        4 %.

        Raises
        ------
        SpectrumError
            If the density is not known.
        """
        if self.density is None:
            raise SpectrumError(f"density of {self.name} is not known; give it in g/cm^3, as in density=8.96")
        cross_section = KAON_CROSS_SECTION * self.atomic_mass**KAON_POWER * MILLIBARN_IN_PICOBARN
        per_area = self.atomic_mass / AVOGADRO * SQUARE_CENTIMETRE_IN_PICOBARN / cross_section
        return float(per_area / self.density * CENTIMETRE)


# R. L. Workman et al. (Particle Data Group), Atomic and Nuclear Properties of Materials (pdg.lbl.gov)
ALUMINIUM = Target("Al", 13, 26.982, 24.01, 2.699)
IRON = Target("Fe", 26, 55.845, 13.84, 7.874)
COPPER = Target("Cu", 29, 63.546, 12.86, 8.96)
MOLYBDENUM = Target("Mo", 42, 95.95, 9.80, 10.22)
TUNGSTEN = Target("W", 74, 183.84, 6.76, 19.30)
LEAD = Target("Pb", 82, 207.2, 6.37, 11.35)
