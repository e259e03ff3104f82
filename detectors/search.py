"""What an experiment does with a decay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.beside import Beside
from farflung.detectors.searches.poisson_limit import checked_level, checked_uncertainty, signal_upper_limit
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.source import Source
from farflung.lpp import Flights, Model, Process, ProcessError, final_state, final_state_names, parse_decay
from farflung.lpp.arguments import number
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.spelling import nearest

Array = NDArray[np.float64]

Efficiency = float | MassTable

_BEAMS = ("p", "e-", "e+", "gamma", "e+ e-")
"""What processes that are no decays begin with."""


@dataclass(frozen=True)
class Search(PlainArguments, argument_error=DetectorError):
    """A search for long-lived particles: which decays count, how many survive, what else is expected.

    Parameters
    ----------
    name
        Short, lower case, as in ``"displaced"``.
    title
        One line for a list or a legend.
    decays
        Whether decays ``"inside"`` or ``"outside"`` the solid count.
    solid
        Name of one of the detector's solids.
    processes
        Decays and reactions that make the particle, all of which count, as objects or as text (``"B+ -> K+"``). Only
        where something is tagged: if none is named, whatever source and model have in common counts.
    final_states
        Final states that count, of which a model need not have all; an empty tuple stands for all. Their names are
        those of one list, `farflung.lpp.final_state_names`.
    efficiency
        Probability that a decay in the right place, whose products pass, is selected: a number, a table against mass,
        or a mapping to either from final states (``"mumu"``) or processes (``"B+ -> K+"``). Where a mapping has both,
        they multiply; what it does not name has efficiency 1 if no other of its kind is named, else 0.
    background
        Expected background events: a number or a table against mass, as for a search for a peak.
    observed
        Observed events; None for a projection, which takes the integer nearest to the background.
    confidence_level
        Confidence level of the limit.
    background_uncertainty
        Relative uncertainty of the background, from 0 to 1: see `farflung.detectors.signal_upper_limit`.
    note
        What a reader of a limit must know of its assumptions, in one sentence: results carry it, and it is printed and
        written below pictures.
    references
        Where all this comes from.
    products
        What the decay products must do to be seen; None if the place of the decay is all that counts.
    vetoed
        Windows (low, high) of mass [GeV] in which the search is blind.
    beside
        What must be found beside the particle.
    beside_in_efficiency
        Whether efficiency, background or limit already count that it is found; then `beside` only says over which
        particles the probability to decay in the right place is averaged.
    source
        Name of one of several sources of the detector, if the search takes that alone.

    Raises
    ------
    DetectorError
        If an argument makes no sense, or a process or final state does not exist; the message has the nearest names.
    """

    name: str
    title: str
    decays: Literal["inside", "outside"]
    solid: str
    processes: tuple[Process, ...] = ()
    final_states: tuple[str, ...] = ()
    efficiency: Efficiency | Mapping[str, Efficiency] = 1.0
    background: float | MassTable = 0.0
    observed: int | None = None
    confidence_level: float | None = 0.90
    references: tuple[str, ...] = field(default=())
    products: DecaySelection | None = None
    vetoed: tuple[tuple[float, float], ...] = ()
    beside: tuple[Beside, ...] = field(default=(), kw_only=True)
    beside_in_efficiency: bool = field(default=False, kw_only=True)
    source: str = field(default="", kw_only=True)
    background_uncertainty: float = field(default=0.0, kw_only=True)
    note: str = field(default="", kw_only=True)

    def __post_init__(self) -> None:
        if not self.name or set(self.name) & set(": ,"):
            raise DetectorError(f"name = {self.name!r} of a search must be a word without colon, comma or space")
        self._read_processes()
        self._check_final_states()
        if self.observed is not None and self.observed < 0:
            raise DetectorError(f"observed = {self.observed} of search {self.name!r} is not a number of events")
        if self.decays not in ("inside", "outside"):
            raise DetectorError(f"decays = {self.decays!r} of search {self.name!r} is neither 'inside' nor 'outside'")
        self._check_efficiency()
        if isinstance(self.background, MassTable):
            expected = self.background.value
        else:
            expected = (number(f"background of search {self.name!r}", self.background, DetectorError),)
        if not all(np.isfinite(value) and value >= 0 for value in expected):
            raise DetectorError(f"background = {self.background} of search {self.name!r} is not a number >= 0")
        if self.products is not None and self.decays == "outside":
            raise DetectorError(f"products of search {self.name!r} are seen, so its decays cannot be 'outside'")
        if not isinstance(self.note, str) or "\n" in self.note:
            raise DetectorError(f"note = {self.note!r} of search {self.name!r} must be one line of text")
        self._check_statistics()

    def _check_statistics(self) -> None:
        whose = f" of search {self.name!r}"
        checked_level(self.confidence_level, whose)
        checked_uncertainty(self.background_uncertainty, whose)

    def _read_processes(self) -> None:
        if isinstance(self.processes, str):
            raise DetectorError(f"processes = {self.processes!r} of search {self.name!r} must be a tuple of processes")
        try:
            read = tuple(parse_decay(p) if isinstance(p, str) else p for p in self.processes)
        except ProcessError as problem:
            raise DetectorError(f"processes of search {self.name!r}: {problem}") from problem
        names = [str(process) for process in read]
        for label, listed in (("processes", names), ("beside", [beside.name for beside in self.beside])):
            twice = [name for name in listed if listed.count(name) > 1]
            if twice:
                raise DetectorError(f"{label} of search {self.name!r} has {twice[0]!r} twice; give each once")
        object.__setattr__(self, "processes", read)

    def _check_final_states(self) -> None:
        if isinstance(self.final_states, str) or len(set(self.final_states)) != len(self.final_states):
            raise DetectorError(
                f"final_states = {self.final_states!r} of search {self.name!r} must be a tuple of different names"
            )
        for state in self.final_states:
            try:
                final_state(state)
            except ProcessError as problem:
                raise DetectorError(f"final_states of search {self.name!r}: {problem}") from problem
        invisible = [state for state in self.final_states if final_state(state).is_invisible]
        if self.decays == "inside" and invisible:
            raise DetectorError(f"final_states of search {self.name!r}: {invisible[0]} is not seen inside anything")
        unknown = [state for state in self.final_states if self.products and not self.products.knows(state)]
        if unknown:
            raise DetectorError(
                f"final_states of search {self.name!r}: its products never see {unknown[0]}; leave it out, or say what "
                "they must do"
            )

    def _check_efficiency(self) -> None:
        given = self.efficiency if isinstance(self.efficiency, Mapping) else {"": self.efficiency}
        for label, efficiency in given.items():
            of = f" of {label}" if label else ""
            if not isinstance(efficiency, MassTable):
                number(f"efficiency{of} of search {self.name!r}", efficiency, DetectorError)
            if not (efficiency.within(0, 1) if isinstance(efficiency, MassTable) else 0 <= efficiency <= 1):
                raise DetectorError(f"efficiency{of} = {efficiency} of search {self.name!r} is not between 0 and 1")
            if label:
                self._check_efficiency_key(label)

    def _check_efficiency_key(self, label: str) -> None:
        """An efficiency that belongs to nothing would silently make another one zero."""
        if "->" not in label:
            known = list(self.final_states or final_state_names())
        elif self.processes:
            known = [str(process) for process in self.processes]
        elif label.split("->")[0].strip() in _BEAMS or "," in label:
            return  # what there is depends on source and model: see `shared_processes`
        else:
            try:
                known = [str(parse_decay(label))]
            except ProcessError as problem:
                raise DetectorError(f"efficiency[{label!r}] of search {self.name!r}: {problem}") from problem
        if label not in known:
            raise DetectorError(
                f"efficiency[{label!r}] of search {self.name!r} is none of its final states or processes; "
                f"did you mean {nearest(label, known)}?"
            )

    # Which particles count

    def counts(self, process: Process) -> bool:
        """Whether particles from this process count, if the source has it."""
        return not self.processes or str(process) in {str(own) for own in self.processes}

    def shared_processes(self, source: Source, model: Model) -> tuple[Process, ...]:
        """What search, source and model have in common, each as the model describes it.

        Raises
        ------
        DetectorError
            If the source lacks one of the processes that the search names, or an efficiency of some processes is
            said of none that there is.
        """
        part = source.part(self.source)
        if not self.processes:
            return self._with_efficiency(part.processes(model), model)
        for process in self.processes:
            part.require(process)
        return tuple(model.find_process(process) for process in self.processes if model.has(process))

    def _with_efficiency(self, processes: tuple[Process, ...], model: Model) -> tuple[Process, ...]:
        """The processes, if an efficiency that is said of some is said of one of them."""
        keys = [key for key in self.efficiency if "->" in key] if isinstance(self.efficiency, Mapping) else []
        names = [str(process) for process in processes]
        if keys and names and not set(keys) & set(names):
            raise DetectorError(
                f"efficiency of search {self.name!r} is said of {', '.join(keys)}, none of which makes {model.name} "
                f"here; did you mean {nearest(keys[0], names)}?"
            )
        return processes

    def selected(self, flights: Flights) -> Flights:
        """Flights weighed by the probability that what flies beside them is found; those given if nothing is asked.

        With `beside_in_efficiency` the weights are divided by what is left, so that they stand for all that are
        selected. Where the efficiency is zero nothing may be left: then they are zero, and with them every probability.

        Flights of which nobody knows what flies beside them, such as a sample from elsewhere, are taken as selected.

        Raises
        ------
        DetectorError
            If what must fly beside them does not.
        SamplingError
            With `beside_in_efficiency`, if none of them is selected although the efficiency is not zero.
        """
        if not self.beside or flights.recoil is None:
            return flights
        chance = self._chance_beside(flights)
        if not self.beside_in_efficiency:
            return flights.weighed(chance)
        if not (flights.weight * chance).any() and not self._is_efficient(flights.mass):
            return replace(flights.weighed(chance), complete=True)
        return flights.weighed(chance, normalised=True)

    def _is_efficient(self, mass: float) -> bool:
        """Whether anything is selected at this mass [GeV], of whatever process and final state."""
        given = self.efficiency.values() if isinstance(self.efficiency, Mapping) else (self.efficiency,)
        at = np.asarray(mass)
        return bool(any(_at(one, at) > 0 for one in given) and not self._is_vetoed(at))

    def _chance_beside(self, flights: Flights) -> Array:
        chance = np.ones(len(flights))
        for beside in self.beside:
            chance = chance * beside.chance(flights)
        return chance

    @property
    def needs_solid(self) -> bool:
        """Whether a search of this kind must name a solid."""
        return True

    @property
    def everywhere(self) -> bool:
        """Whether particles in all directions matter, those beside the solid too."""
        return self.decays == "outside" or (bool(self.beside) and self.beside_in_efficiency)

    def states_seen(self, mass: float, states: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Final states that count at this mass [GeV]: those that the search names, or else the given ones.

        If decay products must be seen, those whose products are not known, or too heavy, do not count.
        """
        counted = self.final_states or states or final_state_names()
        if self.products is None:
            return self.final_states or states
        return tuple(state for state in counted if final_state(state).is_open(mass))

    # How many

    def efficiency_at(self, mass: ArrayLike, state: str = "", process: Process | str = "") -> Array:
        """Efficiency at each mass [GeV], same shape.

        Parameters
        ----------
        mass
            Masses [GeV].
        state, process
            Final state and process, which count where the efficiency depends on them.
        """
        masses = np.asarray(mass, dtype=float)
        if not isinstance(self.efficiency, Mapping):
            efficiency = _at(self.efficiency, masses)
        else:
            efficiency = np.ones(masses.shape)
            for key, is_process in ((str(state), False), (str(process), True)):
                named = [label for label in self.efficiency if ("->" in label) == is_process]
                if key in named:
                    efficiency = efficiency * _at(self.efficiency[key], masses)
                elif key and named:
                    efficiency = np.zeros(masses.shape)
        return np.where(self._is_vetoed(masses), 0.0, efficiency)

    def _is_vetoed(self, mass: Array) -> NDArray[np.bool_]:
        vetoed = np.zeros(np.shape(mass), dtype=bool)
        for low, high in self.vetoed:
            vetoed |= (mass > low) & (mass < high)
        return vetoed

    def background_at(self, mass: ArrayLike) -> Array:
        """Expected background events at each mass [GeV], same shape."""
        return _at(self.background, np.asarray(mass, dtype=float))

    def normalisation(self, source: Source, model: Model, process: Process, mass: float, coupling: ArrayLike) -> Array:
        """What the probability to be seen multiplies, for each coupling: the number of particles that are made."""
        return source.part(self.source).produced(process, model, mass, coupling)

    def unit(self, mass: float, ctau: Array) -> Array:
        """What the signal is counted in at a mass [GeV] and lifetimes c tau (n,) [m]: single events."""
        return np.ones(np.shape(ctau))

    def upper_limit(self, mass: float) -> float:
        """Largest signal that is not excluded at a mass [GeV], in that unit."""
        background = float(self.background_at(mass))
        level = checked_level(self.confidence_level, f" of search {self.name!r}")
        return signal_upper_limit(background, self.observed, level, self.background_uncertainty)

    def with_statistics(
        self, confidence_level: float | None = None, background_uncertainty: float | None = None
    ) -> "Search":
        """The same search at another confidence level or with another uncertainty of its background.

        Parameters
        ----------
        confidence_level
            As in `Search`; None to keep that of the search.
        background_uncertainty
            As in `Search`; None to keep that of the search. Where there is no background nothing is uncertain.

        Raises
        ------
        DetectorError
            If a number is out of its range.
        """
        level = self.confidence_level if confidence_level is None else confidence_level
        uncertainty = self.background_uncertainty if background_uncertainty is None else background_uncertainty
        changed = replace(self, confidence_level=level, background_uncertainty=uncertainty)
        return changed if changed.has_background else replace(changed, background_uncertainty=0.0)

    @property
    def has_background(self) -> bool:
        """Whether background events are expected, at any mass."""
        return any(self.background.value) if isinstance(self.background, MassTable) else self.background > 0

    @property
    def is_result(self) -> bool:
        """Whether there is an observation behind the search; a projection has none."""
        return self.observed is not None

    def covered_masses(self) -> tuple[float, float]:
        """Lowest and highest mass [GeV] of which the search says something."""
        return 0.0, np.inf

    def special_masses(self) -> list[float]:
        """Masses [GeV] at which tables and vetoes begin and end, beside which a scan does well to look.

        Between its ends a table bends more often than a scan needs to know.
        """
        given = list(self.efficiency.values()) if isinstance(self.efficiency, Mapping) else [self.efficiency]
        tables = [table for table in (*given, self.background) if isinstance(table, MassTable)]
        ends = [mass for table in tables for mass in (table.mass[0], table.mass[-1])]
        return ends + [mass for window in self.vetoed for mass in window]

    def only(self, *final_states: str) -> "Search":
        """The same search for these final states alone, as in ``search.only("mumu")``.

        What an efficiency says of others is left out.
        """
        return replace(self, final_states=final_states, efficiency=self._efficiency_of(final_states, False))

    def only_from(self, *processes: Process) -> "Search":
        """The same search for particles from these processes alone; what an efficiency says of others is left out."""
        return replace(self, processes=processes, efficiency=self._efficiency_of(map(str, processes), True))

    def _efficiency_of(self, names: Iterable[str], are_processes: bool) -> Efficiency | Mapping[str, Efficiency]:
        """The efficiency without what it says of other processes, or of other final states."""
        if not isinstance(self.efficiency, Mapping):
            return self.efficiency
        wanted = set(names)
        of_kind = [key for key in self.efficiency if ("->" in key) == are_processes]
        left = {key: value for key, value in self.efficiency.items() if key not in of_kind or key in wanted}
        # where others of the kind were named, those that were not have efficiency 0
        return left if not of_kind or wanted & set(of_kind) else 0.0


def _at(value: Efficiency, mass: Array) -> Array:
    return value(mass) if isinstance(value, MassTable) else np.full(mass.shape, float(value))
