"""How a long-lived particle comes about: what every process can say and do."""

from abc import ABC, abstractmethod
from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments
from farflung.lpp.errors import MassRangeError, ProcessError
from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.unit_points import Drawing

Array = NDArray[np.float64]

_T = TypeVar("_T")

Offer = object
"""What a source offers a process under the name of its `initial`: `Parents`, a beam, photons in matter, a collision."""


class Process(PlainArguments, ABC):
    """One way to make a long-lived particle, with the kinematics of it. Knows neither source nor model.

    A source offers what a process begins with, under the name `initial`: the process turns that into a number of
    chances (`exposure`) and into flights (`sample`). A model gives the strength: a branching ratio for a decay, or a
    coupling for the `vertex`, whose square multiplies the exposure. Subclasses are frozen dataclasses, so that they
    can be compared and be keys; their text, as in ``"B+ -> K+"``, is their name.

    Attributes
    ----------
    initial
        What the source must offer: a parent's PDG name, or ``"p"``, ``"e-"``, ``"gamma"``, ``"e+ e-"``.
    vertex
        The coupling of the model that drives the process, as in ``"photons"``; empty for what has a branching ratio.
    max_mass
        The heaviest long-lived particle [GeV] that can be made.
    """

    vertex: ClassVar[str] = ""

    @property
    def min_mass(self) -> float:
        """The lightest long-lived particle [GeV] that can be made; 0 for nearly all processes."""
        return 0.0

    @property
    @abstractmethod
    def initial(self) -> str:
        """What the source must offer."""

    @property
    @abstractmethod
    def max_mass(self) -> float:
        """The heaviest long-lived particle [GeV] that can be made."""

    @abstractmethod
    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Number of chances (n,) to make particles of masses (n,) [GeV]: times the strength, it is their number."""

    @abstractmethod
    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV]; arguments as in `farflung.lpp.Sampler.draw`, aimed at some directions."""

    @abstractmethod
    def __str__(self) -> str:
        """Name, as in ``"B+ -> K+"``."""

    @property
    def equation(self) -> str:
        """The process with the long-lived particle in it, as in ``"B+ -> K+ X"``."""
        return f"{self} X"

    @property
    def recoil(self) -> tuple[str, ...]:
        """Names of what flies beside the particle, as the flights know it."""
        return ()

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The long-lived particles of one mass [GeV] themselves, as parents of others.

        Raises
        ------
        ProcessError
            If the process cannot begin a chain.
        """
        raise ProcessError(f"process = '{self}' cannot be the beginning of a chain; use a decay or an emission")

    def require(self, mass: ArrayLike) -> None:
        """Raise `MassRangeError` unless particles of these masses [GeV] can be made."""
        masses = arguments.numbers("mass", mass, MassRangeError)
        bad = ~((masses >= self.min_mass) & (masses < self.max_mass))
        if np.any(bad):
            raise MassRangeError(
                f"mass = {masses[bad].flat[0]:g} GeV is not between {self.min_mass:.4g} and {self.max_mass:.4g} GeV, "
                f"the heaviest that {self.equation} can make; choose another mass"
            )

    def can_make(self, mass: float) -> bool:
        """Whether a particle of this mass [GeV] can be made."""
        return self.min_mass <= mass < self.max_mass


def the_offer(process: Process, offer: Offer, kind: type[_T]) -> _T:
    """The offer, if it is of this kind.

    Raises
    ------
    ProcessError
        If the source offers something else under that name.
    """
    if not isinstance(offer, kind):
        raise ProcessError(
            f"process = '{process}' begins with {process.initial} as {kind.__name__}, not {type(offer).__name__}"
        )
    return offer
