"""The base class of every detector."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Self, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.acceptance.aims import aim_at
from farflung.detectors.acceptance.decay_acceptance import DecayAcceptance
from farflung.detectors.acceptance.pilots import learnt
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.search import Search
from farflung.detectors.source import Source
from farflung.geometry import Solid
from farflung.lpp import (
    Aim,
    Described,
    Flights,
    MassRangeError,
    Model,
    PhysicsError,
    Process,
    ProcessError,
    Sampling,
    parse_decay,
)
from farflung.lpp.html_table import html_table, range_text
from farflung.lpp.models.registered import as_model
from farflung.lpp.sampling.unit_points import Drawing, sample_size
from farflung.lpp.spelling import nearest

Array = NDArray[np.float64]

_T = TypeVar("_T")


class Detector(Described, argument_error=DetectorError):
    """A source of long-lived particles, named solids, and searches.

    A subclass is data with citations: its `__init__` hands the three to this class. Where a search needs more than
    "decays inside or outside a solid", it overrides the hook `_acceptance`.

    Parameters
    ----------
    source
        What makes the parents.
    solids
        Named regions of space.
    searches
        Searches, each of which names one of the solids.

    Attributes
    ----------
    name
        What the command line calls it.
    title
        One line for a list or a legend; an instance may say more than its class, such as the luminosity.
    references
        Where dimensions, rates and selections come from.
    sample_size
        Flights of each process that scans draw by default, rounded up to a power of two. Far detectors, whose flights
        differ more from each other, do well to ask for more.

    Raises
    ------
    DetectorError
        If the class has no name or title, a search names a solid, a source or a process that is not there, or two
        searches share a name.
    """

    name: ClassVar[str]
    title: str
    references: ClassVar[tuple[str, ...]] = ()
    sample_size: ClassVar[int] = 4096

    def __init__(self, source: Source, solids: Mapping[str, Solid], searches: Iterable[Search]) -> None:
        for label in ("name", "title"):
            if not isinstance(getattr(self, label, None), str):
                raise DetectorError(
                    f"{type(self).__name__} has no {label}; give the class a line such as {label} = 'toy'"
                )
        self.source = source
        self.solids: dict[str, Solid] = dict(solids)
        self.searches: dict[str, Search] = {}
        for search in searches:
            if search.name in self.searches:
                raise DetectorError(f"search name = {search.name!r} appears twice in {self.name}")
            if search.solid or search.needs_solid:
                self.solid(search.solid)
            part = source.part(search.source)
            for process in search.processes:
                part.require(process)
            self.searches[search.name] = search

    def treatments(self) -> tuple[Self, ...]:
        """Equally defensible treatments of this detector, between which a result is a band; the detector itself first.

        They are the same detector with the same searches, made by `changed`, and differ in what is not known of it, as
        in the generator whose spectra its source takes. By default the detector itself alone.
        """
        return (self,)

    def search(self, name: str | Search) -> Search:
        """The search of this name; a `Search` is returned as it is.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return name if isinstance(name, Search) else _look_up("search", name, self.searches, self.name)

    def solid(self, name: str) -> Solid:
        """The solid of this name.

        Raises
        ------
        UnknownNameError
            If there is none.
        """
        return _look_up("solid", name, self.solids, self.name)

    def flights(
        self,
        model: Model | str,
        mass: float,
        *,
        process: Process | str | None = None,
        search: str | Search | None = None,
        n: int | None = None,
        seed: int = 1,
        sampling: Sampling = "aimed",
    ) -> Flights:
        """Draw flights of the model's particle from the detector's source.

        Parameters
        ----------
        model
            The model, or its name; it must have the process.
        mass
            Mass [GeV].
        process
            The decay that makes the particle, or what else the source has; by default `first_process`.
        search
            A search that is to be served beside those of the detector, if it asks for other solids.
        n
            Number of flights, by default `sample_size`; for aimed flights rounded up to a power of two of at least 512.
        seed
            Seed of the scrambling or of the pseudo-random numbers; the same seed gives the same bits.
        sampling
            ``"aimed"`` (directions first, weighed, from Sobol points) or ``"random"`` (plain Monte Carlo).

        Returns
        -------
        Flights
            Origins and momenta (n, 3), weights (n,).

        Raises
        ------
        PhysicsError
            If the model cannot treat the mass or does not have the process, or the sample cannot be drawn.
        """
        model = as_model(model)
        if process is None:
            process = self.first_process(model, mass)
        own = model.find_process(process)
        self.source.produced(own, model, mass)
        return self.flights_from(own, mass, search=search, n=n, seed=seed, sampling=sampling)

    def processes(self, search: str | Search, model: Model | str) -> tuple[Process, ...]:
        """Processes that a search counts, that the source has and that make the model's particle of some mass.

        Raises
        ------
        DetectorError
            If the source lacks one of the processes that the search names.
        """
        return self.search(search).shared_processes(self.source, as_model(model))

    def named_processes(self, search: str | Search) -> tuple[str, ...]:
        """What makes the particles that a search counts, in words: its processes, or what its source offers to any."""
        wanted = self.search(search)
        if wanted.processes:
            return tuple(process.equation for process in wanted.processes)
        return tuple(f"{initial} -> X ..." for initial in self.source.part(wanted.source).initials())

    def first_process(self, model: Model | str, mass: float) -> Process:
        """The first process of the searches, in their order, that makes the model's particle of this mass [GeV].

        Raises
        ------
        PhysicsError
            What is wrong with the first one, if there is none.
        DetectorError
            If the detector has no searches.
        """
        model = as_model(model)
        problems: list[PhysicsError] = []
        for search in self.searches.values():
            for process in search.processes or self.processes(search, model):
                try:
                    process.require(float(mass))
                    own = model.find_process(process)
                    self.source.produced(own, model, mass)
                except (MassRangeError, ProcessError) as problem:
                    problems.append(problem)
                else:
                    return own
        if problems:
            raise problems[0]
        if not self.searches:
            raise DetectorError(f"{self.name} has no searches, so name the process that makes the particle")
        raise nothing_in_common(self.source, model)

    def flights_from(
        self,
        process: Process | str,
        mass: float,
        *,
        search: str | Search | None = None,
        n: int | None = None,
        seed: int = 1,
        sampling: Sampling = "aimed",
    ) -> Flights:
        """Draw flights of any particle of this mass [GeV] made in this decay; arguments as in `flights`.

        Raises
        ------
        DetectorError
            If the source, or the part of it that the search takes alone, does not make the decay's parent.
        PhysicsError
            If the decay cannot make the mass, or the sample cannot be drawn.
        """
        decay = parse_decay(process) if isinstance(process, str) else process
        source = self.source if search is None else self.source.part(self.search(search).source)
        aim = self.aim(decay, search)

        def draw(n: int, seed: int, sampling: Drawing) -> Flights:
            return source.flights(decay, mass, n=n, seed=seed, sampling=sampling, aim=aim)

        size, served = sample_size(self.sample_size if n is None else n, sampling), self._served(decay, search)
        how: Drawing = sampling
        if sampling == "aimed" and served and not any(other.everywhere for other in served):
            how = learnt(draw, size, [(other, self.solid(other.solid)) for other in served])
        return draw(size, seed, how)

    def aim(self, process: Process, search: str | Search | None = None) -> Aim:
        """Directions that matter to the searches for what this process makes, and to one more if given.

        Those are the directions of their solids, or all directions where a search looks for decays outside. Beside a
        search that is given only those count that take the same part of the source.
        """
        served = self._served(process, search)
        return aim_at([self.solid(other.solid) for other in served], complete=any(other.everywhere for other in served))

    def _served(self, process: Process, search: str | Search | None) -> list[Search]:
        """Searches, all with solids, that flights from this process are drawn for."""
        served = [other for other in self.searches.values() if self.serves(other, process)]
        if search is not None:
            given = self.search(search)
            served = [other for other in served if other.source == given.source]
            # one of the detector's own stands where it always does: flights do not depend on which search asks
            served = [given if other.name == given.name else other for other in served]
            served = served if any(other is given for other in served) else [*served, given]
        return [other for other in served or self.searches.values() if other.solid]

    def serves(self, search: Search, process: Process) -> bool:
        """Whether particles from this process count for the search, and its source has it."""
        return search.counts(process) and self.source.part(search.source).has(process)

    def acceptance(self, search: str | Search, flights: Flights, state: str | None = None) -> Acceptance:
        """Probability, as a function of c tau, that a decay happens where the search looks for it.

        Parameters
        ----------
        search
            Name of one of the searches, or a `Search` that names one of the solids.
        flights
            Long-lived particles from any source.
        state
            Final state, for a search that asks what becomes of the decay products; by default the first of its final
            states that is open.

        Returns
        -------
        Acceptance
            A function of c tau [m] with a method `error`.

        Raises
        ------
        UnknownNameError
            If the search or its solid does not exist.
        DetectorError
            If the final state cannot be treated, or the particle is too light for any.
        """
        wanted = self.search(search)
        if wanted.products is not None and state is None:
            seen = wanted.states_seen(flights.mass)
            if not seen:
                raise DetectorError(f"mass = {flights.mass:g} GeV is too small for all that {wanted.name!r} looks for")
            state = seen[0]
        return self._acceptance(wanted, wanted.selected(flights), state)

    def _acceptance(self, search: Search, flights: Flights, state: str | None) -> Acceptance:
        """Acceptance of a search for a final state, which is named if the search has `products`."""
        stretches = self.solid(search.solid).stretches(flights.origin, flights.direction)
        if search.products is not None and state is not None:
            return DecayAcceptance(flights, stretches, search.products, state)
        return Acceptance(flights, stretches, outside=search.decays == "outside")

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        solids = []
        for name, solid in self.solids.items():
            spans = zip("xyz", *np.asarray(solid.bounds), strict=True)
            solids.append(f"{name}: {', '.join(f'{axis} {range_text(low, high)}' for axis, low, high in spans)} m")
        searches = []
        for name, search in self.searches.items():
            place = f"; decays {search.decays} the {search.solid}" if search.solid else ""
            searches.append(f"{name}: {search.title}{place}; {', '.join(self.named_processes(search))}")
        facts = {
            "name": self.name,
            "searches": searches,
            "solids": solids,
            "source": repr(self.source),
            "references": self.references,
            "made by": repr(self),
        }
        return html_table(self.title, facts)

    def sees(self, search: str | Search, points: ArrayLike) -> NDArray[np.bool_]:
        """Whether a decay at each of the points (n, 3) [m] counts for the search, by its place alone."""
        wanted = self.search(search)
        inside = np.asarray(self.solid(wanted.solid).contains(np.asarray(points, dtype=float)))
        return ~inside if wanted.decays == "outside" else inside


def nothing_in_common(source: Source, model: Model) -> ProcessError:
    """What is wrong if a source has nothing that makes a model's particle."""
    begins = dict.fromkeys([*(process.initial for process in model.processes()), *model.vertices()])
    return ProcessError(
        f"nothing that {source!r} has makes {model.name}: it offers {', '.join(source.initials()) or 'nothing'}, but "
        f"{model.name} is made of {', '.join(begins) or 'nothing that it says'}"
    )


def _look_up(kind: str, name: str, known: Mapping[str, _T], owner: str) -> _T:
    if name not in known:
        raise UnknownNameError(f"{kind} = {name!r} is not one of {owner}'s; did you mean {nearest(name, known)}?")
    return known[name]
