"""Matter in which beams end."""

from dataclasses import dataclass

from farflung.lpp.errors import SpectrumError
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.production.primakoff import Primakoff
from farflung.lpp.units import AVOGADRO, SQUARE_CENTIMETRE_IN_PICOBARN


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

    Raises
    ------
    SpectrumError
        If a number is not positive.
    """

    name: str
    charge: int
    atomic_mass: float
    radiation_length: float

    def __post_init__(self) -> None:
        if not (self.charge >= 1 and self.atomic_mass > 0 and self.radiation_length > 0):
            raise SpectrumError(f"charge, atomic_mass and radiation_length of {self} must be positive")

    @property
    def nuclei(self) -> float:
        """Nuclei for each area [pb^-1] in one radiation length."""
        return AVOGADRO * self.radiation_length / self.atomic_mass / SQUARE_CENTIMETRE_IN_PICOBARN

    @property
    def nucleus(self) -> Primakoff:
        """The field of the nucleus, in which photons turn into ALPs."""
        return Primakoff(self.charge, round(self.atomic_mass))


# R. L. Workman et al. (Particle Data Group), Atomic and Nuclear Properties of Materials (pdg.lbl.gov)
ALUMINIUM = Target("Al", 13, 26.982, 24.01)
IRON = Target("Fe", 26, 55.845, 13.84)
COPPER = Target("Cu", 29, 63.546, 12.86)
