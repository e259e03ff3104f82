"""Where long-lived particles come from."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import EVERYWHERE, Aim, Described, Flights, Model, Sampler, Sampling, Spectrum, TwoBodyDecay

Array = NDArray[np.float64]


class Process(Protocol):
    """What makes long-lived particles: a decay (`farflung.lpp.TwoBodyDecay`), or a reaction of the beams."""

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle [GeV] that it can make."""
        ...

    def require(self, mass: float) -> None:
        """Raise `farflung.lpp.MassRangeError` unless a particle of this mass [GeV] can be made."""
        ...


class Source(Described, ABC):
    """Parents of long-lived particles: how many there are, and how they move.

    A subclass says how many coordinates of the unit cube one parent takes (`dimension`), which of them is an
    azimuth around z if any (`azimuth`), how many parents there are (`_yields`) and turns coordinates into parents
    (`_parents`). A beam, whose parents' momenta have a known distribution about the z axis, writes `_spectrum`: its
    flights reach far detectors at no loss. A source that makes long-lived particles also without parents writes
    `_produced` and `_flights`.

    Attributes
    ----------
    dimension, azimuth
        As said above.
    pointlike
        Whether everything starts at the origin, so that flights can be aimed.
    """

    dimension: int
    azimuth: int | None = None
    pointlike: bool = True

    @abstractmethod
    def _parents(self, name: str, points: Array) -> Flights:
        """Make n parents of this PDG name and weight 1/n from points (n, dimension) of the unit cube."""

    @abstractmethod
    def _yields(self) -> Mapping[str, float]:
        """Number of parents produced, both charges or flavours together, by PDG name."""

    def _reactions(self) -> tuple[Process, ...]:
        """What the source has beside decays, for which it writes `_produced` and `_flights`."""
        return ()

    def _produced(self, process: Process, model: Model, mass: Array, coupling: Array) -> Array:
        """Number of long-lived particles from one of `_reactions`."""
        raise NotImplementedError(f"{type(self).__name__} has reactions, so it must write _produced")

    def _spectrum(self, name: str) -> Spectrum | None:
        """Distribution of the momenta that `_parents` gives, if it is known and symmetric about the z axis."""
        return None

    def _flights(self, process: Process, mass: float, n: int, seed: int, sampling: Sampling, aim: Aim) -> Flights:
        """N long-lived particles from one of `_reactions`; a hook is free to ignore the aim."""
        raise NotImplementedError(f"{type(self).__name__} has reactions, so it must write _flights")

    def has(self, process: Process) -> bool:
        """Whether the source makes the decay's parent, or has the reaction."""
        if isinstance(process, TwoBodyDecay):
            return process.parent in self._yields()
        return process in self._reactions()

    def produced(self, process: Process, model: Model, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Number of long-lived particles of a model that a process makes, their antiparticles included.

        Parameters
        ----------
        process
            A decay of one of the parents, or what else the source has.
        model
            The long-lived particle.
        mass, coupling
            Mass [GeV] and coupling in the model's unit, broadcast against each other.

        Raises
        ------
        DetectorError
            If the source does not have the process.
        PhysicsError
            If the model does not have it, or the mass is out of range.
        """
        if isinstance(process, TwoBodyDecay):
            return self.number_of(process.parent) * model.production(process, mass, coupling)
        self._require_reaction(process)
        masses, couplings = np.asarray(mass, dtype=float), np.asarray(coupling, dtype=float)
        return self._produced(process, model, masses, couplings)

    def _require_reaction(self, process: Process) -> None:
        if not self.has(process):
            raise DetectorError(f"process = '{process}' is not one that {self!r} has")

    def number_of(self, parent: str) -> float:
        """Number of parents of this PDG name, antiparticles included.

        Raises
        ------
        DetectorError
            If the source does not make them.
        """
        yields = self._yields()
        if parent not in yields:
            raise DetectorError(f"parent = {parent!r} is not made by {self!r}, which makes {', '.join(yields)}")
        return float(yields[parent])

    def flights(
        self,
        process: Process,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Sampling = "aimed",
        aim: Aim = EVERYWHERE,
    ) -> Flights:
        """Draw long-lived particles of one mass from one process.

        Parameters
        ----------
        process
            A decay whose parent the source makes, or what else the source has.
        mass
            Mass [GeV].
        n, seed, sampling
            As in `farflung.lpp.Sampler.draw`: n is a power of two for aimed flights.
        aim
            Directions that matter to aimed flights, as seen from the origin.

        Raises
        ------
        DetectorError
            If the source does not make the parent or does not have the process.
        """
        if not self.pointlike:
            aim = EVERYWHERE
        if not isinstance(process, TwoBodyDecay):
            self._require_reaction(process)
            process.require(float(mass))
            return self._flights(process, float(mass), n, seed, sampling, aim)
        self.number_of(process.parent)
        sampler = Sampler(
            lambda points: self._parents(process.parent, points),
            self.dimension,
            process,
            aim if self.pointlike else None,
            self.azimuth,
            self._spectrum(process.parent),
        )
        return sampler.draw(float(mass), n, seed, sampling)
