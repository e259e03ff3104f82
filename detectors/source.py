"""Where long-lived particles come from."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import (
    EVERYWHERE,
    Aim,
    Described,
    Flights,
    Model,
    Parents,
    Process,
    ProcessError,
    Spectrum,
    parse_decay,
)
from farflung.lpp.model_checks import finite
from farflung.lpp.sampling.unit_points import Drawing, sample_size
from farflung.lpp.spelling import near
from farflung.lpp.standard_model import antiparticle

Array = NDArray[np.float64]


class Source(Described, ABC, argument_error=DetectorError):
    """What long-lived particles can be made of: parents and how they move, beam particles, photons, luminosity.

    It knows no model. A source of parents says how many coordinates of the unit cube one parent takes (`dimension`),
    which of them is an azimuth around z if any (`azimuth`), how many parents there are (`_yields`) and turns
    coordinates into parents (`_parents`). A beam, whose parents' momenta have a known distribution about the z axis,
    writes `_spectrum`: its flights reach far detectors at no loss; parents of a spectrum with a `path` decay along it.
    What else there is, such as beam particles or
    photons, it offers in `_offers`; processes in its own matter or at its own energy, which no model can know, it
    brings along in `_reactions`. `farflung.detectors.Secondaries` is all that most beams need.

    Attributes
    ----------
    dimension, azimuth
        As said above.
    pointlike
        Whether everything starts at the origin, so that flights can be aimed; or on its way from there, as parents of
        a spectrum with a path do.
    """

    dimension: int
    azimuth: int | None = None
    pointlike: bool = True

    @abstractmethod
    def _yields(self) -> Mapping[str, float]:
        """Number of parents produced, both charges or flavours together, by PDG name."""

    def _parent_names(self) -> tuple[str, ...]:
        """Names of the parents, for a source whose numbers take long to find."""
        return tuple(self._yields())

    @abstractmethod
    def _parents(self, name: str, points: Array) -> Flights:
        """Make n parents of this PDG name and weight 1/n from points (n, dimension) of the unit cube."""

    def _spectrum(self, name: str) -> Spectrum | None:
        """Distribution of the momenta that `_parents` gives, if it is known and symmetric about the z axis."""
        return None

    def _offers(self) -> Mapping[str, object]:
        """What the source offers beside parents, by the `initial` of the processes that it serves."""
        return {}

    def _reactions(self) -> tuple[Process, ...]:
        """Processes that the source itself knows: those in its own matter, or at its own energy."""
        return ()

    def offer(self, initial: str) -> object:
        """What the source offers to processes that begin with this, such as `farflung.lpp.Parents` for ``"B+"``.

        Raises
        ------
        DetectorError
            If it has nothing of the kind; the message names the nearest that it has.
        """
        others = self._offers()
        if initial in others:
            return others[initial]
        yields = self._yields()
        if initial not in yields:
            known = [*yields, *others]
            meant = ", ".join(near(initial, known) or known) or "none"
            raise DetectorError(f"parent = {initial!r} is not made by {self!r}, which makes {meant}")
        number = float(yields[initial])
        if not (np.isfinite(number) and number >= 0):
            raise DetectorError(f"number of {initial} in {self!r} is {number:g}; it must be finite and not negative")
        return Parents(
            number,
            lambda points: self._parents(initial, points),
            self.dimension,
            self.azimuth,
            self._spectrum(initial),
            self.pointlike,
        ).in_flight()

    def initials(self) -> tuple[str, ...]:
        """Everything that processes may begin with here: parents, beam particles, photons."""
        return (*self._parent_names(), *self._offers())

    def part(self, name: str) -> "Source":
        """The source itself; several together have parts with names.

        Raises
        ------
        DetectorError
            If there is no such part.
        """
        if name:
            raise DetectorError(f"source = {name!r}: {self!r} has no parts; leave the name out")
        return self

    def has(self, process: Process) -> bool:
        """Whether the source offers what the process begins with."""
        return process in self._reactions() if self._brings(process) else process.initial in self.initials()

    def _brings(self, process: Process) -> bool:
        """Whether processes of this kind are the source's own, so that others of the kind do not fit it."""
        return any(type(process) is type(own) for own in self._reactions())

    def require(self, process: Process) -> None:
        """Raise `DetectorError` unless the source has the process."""
        if not self.has(process):
            if not self._brings(process):
                self.offer(process.initial)
            raise DetectorError(f"process = '{process}' is not one that {self!r} has")

    def processes(self, model: Model) -> tuple[Process, ...]:
        """What source and model have in common: the source's own reactions first, then the model's processes.

        Raises
        ------
        ProcessError
            If a process is there twice, or is written for the antiparticle of what the source offers.
        """
        own = [process for process in self._reactions() if model.has(process)]
        found = own + [process for process in model.processes() if process not in own and self.has(process)]
        names = [str(process) for process in found]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ProcessError(f"process = '{twice[0]}' of {model.name} is there twice, so it would count twice")
        initials = self.initials()
        for process in (process for process in model.processes() if process.initial not in initials):
            other = antiparticle(process.initial)
            if other in initials:
                raise ProcessError(
                    f"process = '{process}' of {model.name}: {other} stands for {process.initial} too, so write the "
                    f"decay of {other}"
                )
        return tuple(found)

    def exposure(self, process: Process, mass: ArrayLike) -> Array:
        """Number of chances for a process to make a particle of each mass [GeV]; times its strength, their number.

        Raises
        ------
        DetectorError
            If the source does not have the process.
        PhysicsError
            If the mass is out of the process's range.
        """
        self.require(process)
        masses = np.asarray(mass, dtype=float)
        process.require(masses)
        return process.exposure(self.offer(process.initial), masses)

    def produced(self, process: Process, model: Model, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Number of long-lived particles of a model that a process makes, their antiparticles included.

        Parameters
        ----------
        process
            A process that the source has.
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
        self.require(process)
        strength = model.production(process, mass, coupling)
        with np.errstate(over="ignore"):
            number = np.asarray(self.exposure(process, mass) * strength)
        return finite(f"number of {model.name} from {process}", number, np.asarray(coupling, dtype=float))

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
        process: Process | str,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Drawing = "aimed",
        aim: Aim = EVERYWHERE,
    ) -> Flights:
        """Draw long-lived particles of one mass from one process.

        Parameters
        ----------
        process
            A process that the source has, or a decay's text such as ``"B+ -> K+"``.
        mass
            Mass [GeV].
        n, seed, sampling
            As in `farflung.lpp.Sampler.draw`: n is rounded up to a power of two for aimed flights.
        aim
            Directions that matter to aimed flights, as seen from the origin.

        Raises
        ------
        DetectorError
            If the source does not make the parent or does not have the process.
        """
        wanted = parse_decay(process) if isinstance(process, str) else process
        self.require(wanted)
        flights = wanted.sample(
            self.offer(wanted.initial),
            float(mass),
            n=sample_size(n, sampling),
            seed=seed,
            sampling=sampling,
            aim=aim if self.pointlike else EVERYWHERE,
        )
        return replace(flights, recoil=flights.recoil or (), seed=seed)
