"""The base class of every detector."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import ClassVar, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance import Acceptance
from farflung.detectors.errors import DetectorError, UnknownNameError
from farflung.detectors.search import Search
from farflung.detectors.source import Process, Source
from farflung.geometry import Revolved, Solid
from farflung.lpp import Flights, Model, Sampling, TwoBodyDecay

Array = NDArray[np.float64]

_T = TypeVar("_T")


class Detector:
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

    Raises
    ------
    DetectorError
        If the class has no name or title, a search names a solid that is not there, or two searches share a name.
    """

    name: ClassVar[str]
    title: str
    references: ClassVar[tuple[str, ...]] = ()

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
            self.solid(search.solid)
            self.searches[search.name] = search

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
        model: Model,
        mass: float,
        *,
        process: Process | str | None = None,
        n: int = 4096,
        seed: int = 1,
        sampling: Sampling = "aimed",
    ) -> Flights:
        """Draw flights of the model's particle from the detector's source.

        Parameters
        ----------
        model
            The model, which must have the process.
        mass
            Mass [GeV].
        process
            The decay that makes the particle, or what else the source has; by default the first one of the detector's
            first search.
        n
            Number of flights; a power of two from 512 for aimed flights.
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
        if process is None:
            if not self.searches:
                raise DetectorError(f"{self.name} has no searches, so name the process that makes the particle")
            process = next(iter(self.searches.values())).processes[0]
        decay = TwoBodyDecay.parse(process) if isinstance(process, str) else process
        self.source.produced(decay, model, mass)
        return self.flights_from(decay, mass, n=n, seed=seed, sampling=sampling)

    def flights_from(
        self,
        process: Process | str,
        mass: float,
        *,
        n: int = 4096,
        seed: int = 1,
        sampling: Sampling = "aimed",
    ) -> Flights:
        """Draw flights of any particle of this mass [GeV] made in this decay; arguments as in `flights`.

        Raises
        ------
        DetectorError
            If the source does not make the decay's parent.
        PhysicsError
            If the decay cannot make the mass, or the sample cannot be drawn.
        """
        decay = TwoBodyDecay.parse(process) if isinstance(process, str) else process
        return self.source.flights(decay, mass, n=n, seed=seed, sampling=sampling, polar_angles=self._polar_angles())

    def acceptance(self, search: str | Search, flights: Flights) -> Acceptance:
        """Probability, as a function of c tau, that a decay happens where the search looks for it.

        Parameters
        ----------
        search
            Name of one of the searches, or a `Search` that names one of the solids.
        flights
            Long-lived particles from any source.

        Returns
        -------
        Acceptance
            A function of c tau [m] with a method `error`.

        Raises
        ------
        UnknownNameError
            If the search or its solid does not exist.
        """
        return self._acceptance(self.search(search), flights)

    def _acceptance(self, search: Search, flights: Flights) -> Acceptance:
        """Acceptance of a search; a subclass whose decay products must be seen too writes its own."""
        stretches = self.solid(search.solid).stretches(flights.origin, flights.direction)
        return Acceptance(flights, stretches, outside=search.decays == "outside")

    def sees(self, search: str | Search, points: ArrayLike) -> NDArray[np.bool_]:
        """Whether a decay at each of the points (n, 3) [m] counts for the search, by its place alone."""
        wanted = self.search(search)
        inside = np.asarray(self.solid(wanted.solid).contains(np.asarray(points, dtype=float)))
        return ~inside if wanted.decays == "outside" else inside

    def _polar_angles(self) -> list[float]:
        """Polar angles [rad], seen from the origin, of all corners of the solids that the searches use."""
        corners: list[float] = []
        for name in {search.solid for search in self.searches.values()}:
            solid = self.solids[name]
            if isinstance(solid, Revolved):
                for z, r in _vertices(solid):
                    if z or r:
                        corners.append(float(np.arctan2(r, z)))
        return sorted(corners)

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


def _vertices(solid: Revolved) -> Iterable[tuple[float, float]]:
    polygons = getattr(solid.profile, "geoms", [solid.profile])
    for polygon in polygons:
        for ring in (polygon.exterior, *polygon.interiors):
            yield from ring.coords


def _look_up(kind: str, name: str, known: Mapping[str, _T], owner: str) -> _T:
    if name not in known:
        nearest = get_close_matches(name, known, n=3, cutoff=0.4) or list(known)
        raise UnknownNameError(f"{kind} = {name!r} is not one of {owner}'s; did you mean {' or '.join(nearest)}?")
    return known[name]
