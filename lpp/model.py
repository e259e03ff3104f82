"""The base class of every long-lived-particle model."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import arguments, model_checks, standard_model
from farflung.lpp.decays.final_states import INVISIBLE, final_state
from farflung.lpp.decays.phase_space import MatrixElement
from farflung.lpp.described import Described
from farflung.lpp.errors import CouplingError, MassRangeError, PhysicsError, ProcessError
from farflung.lpp.html_table import html_table, range_text
from farflung.lpp.production.parent_decays import parse_decay
from farflung.lpp.production.process import Process

Array = NDArray[np.float64]


class Model(Described, ABC):
    """A long-lived particle: what it decays to, how long it lives, what makes it.

    Widths and production rates scale with a power of one coupling, by default its square, so a subclass states them
    once, at coupling 1, in two hooks: `_partial_widths` and `_production`. What is driven by one of its couplings to
    beams and photons, such as conversion, it states in `_vertices`. The public methods check masses and couplings,
    broadcast them against each other, and keep shapes. A model whose widths or rates are no power of the coupling sets
    the power to None and writes `_widths_at` or `_production_at`.

    Parameters
    ----------
    invisible_branching_ratio
        Branching ratio into particles that no detector sees, such as dark matter (Gamma(a -> inv) of
        arXiv:2201.06580, eq. 2.12); at least 0 and below 1. All models take it as a keyword. It is a ratio, not a
        width, because a ratio keeps lifetimes a power of the coupling: it adds B/(1 - B) times the model's own width
        to the final state ``"invisible"``, at every mass and coupling.

    Attributes
    ----------
    name
        What the command line calls it: lower case, words joined by hyphens.
    title
        One line for a list or a legend.
    symbol
        The particle in decay strings: ``"a"``, ``"S"``.
    coupling_name, coupling_unit
        The coupling that is scanned, as in ``c_ff/f_a`` in ``TeV^-1``; the unit is ``"1"`` where there is none.
    coupling_range
        Where a scan looks by default.
    mass_range
        Lowest and highest mass [GeV] that the formulas cover.
    width_power, production_power
        Powers of the coupling in widths and in production rates: 2 and 2 by default, 1 and 1 for a mixing |U|^2, 0
        and 2 where production and decay are decoupled; None where there is no such power.
    references
        Papers behind the formulas.
    """

    invisible_branching_ratio: float = 0.0
    name: str
    title: ClassVar[str]
    symbol: ClassVar[str] = "X"
    coupling_name: ClassVar[str]
    coupling_unit: ClassVar[str] = "1"
    coupling_range: ClassVar[tuple[float, float]]
    mass_range: ClassVar[tuple[float, float]]
    width_power: ClassVar[float | None] = 2
    production_power: ClassVar[float | None] = 2
    references: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *, invisible_branching_ratio: float = 0.0) -> None:
        ratio = arguments.number("invisible_branching_ratio", invisible_branching_ratio, CouplingError)
        if not 0 <= ratio < 1:
            raise CouplingError(
                f"invisible_branching_ratio = {ratio:g} is not at least 0 and below 1; "
                "use 0.999 for a particle that nearly always decays invisibly"
            )
        self.invisible_branching_ratio = ratio

    # What a subclass writes

    @abstractmethod
    def _partial_widths(self, mass: Array) -> Mapping[str, Array]:
        """Partial widths (n,) [GeV] at coupling 1, by final state, for masses (n,) [GeV] inside `mass_range`.

        Names of final states are those of one list, `farflung.lpp.final_state_names`, which
        `farflung.lpp.register_final_state` extends.
        """

    def _production(self, process: Process, mass: Array) -> Array:
        """Branching ratio (n,) at coupling 1 of one of `processes`, for masses (n,) [GeV] that it can make."""
        raise NotImplementedError(f"{type(self).__name__} has processes, so it must write _production")

    def _vertices(self) -> Mapping[str, float]:
        """Couplings at coupling 1 that drive processes without a branching ratio, by the name of their vertex.

        ``"photons"`` is g [GeV^-1] in L = -(g/4) a F Ftilde, ``"charge"`` that to the electric charge over e.
        """
        try:
            return {"photons": self._photon_coupling()}
        except ProcessError:
            return {}

    def _photon_coupling(self) -> float:
        """Tree-level coupling g [GeV^-1] to two photons at coupling 1, in L = -(g/4) a F Ftilde."""
        raise ProcessError(f"{self.name} has no tree-level coupling to photons, so photons do not make it")

    def _widths_at(self, mass: Array, coupling: Array) -> Mapping[str, Array]:
        """Partial widths (n,) [GeV] by final state for masses (n,) [GeV] and couplings (n,), if they are no power."""
        raise NotImplementedError(f"{type(self).__name__} has width_power = None, so it must write _widths_at")

    def _production_at(self, process: Process, mass: Array, coupling: Array) -> Array:
        """Branching ratio (n,), or squared vertex, for masses (n,) [GeV] and couplings (n,), if they are no power."""
        raise NotImplementedError(f"{type(self).__name__} has production_power = None, so it must write _production_at")

    def _matrix_element(self, state: str) -> MatrixElement | None:
        """|M|^2 of the decay into a final state of several products; None for phase space."""
        return None

    def processes(self) -> tuple[Process, ...]:
        """What makes this particle, as `production` takes it: decays, emissions, chains.

        Processes that a source brings along, such as conversion in its own matter, need not be among them: those the
        particle has if it has their vertex.
        """
        return ()

    def _unreliable(self, mass: Array) -> NDArray[np.bool_]:
        """Where (n,) the widths are known to be uncertain by more than a factor of about two."""
        return np.zeros(mass.shape, dtype=bool)

    def thresholds(self) -> tuple[float, ...]:
        """Masses [GeV] at which widths begin, jump or bend, beside which a scan does well to look.

        By default those of the products of each final state together; a model whose widths jump elsewhere adds where.
        """
        low, high = self.mass_range
        states = [final_state(name) for name in self.partial_widths(np.geomspace(low, high, 9))]
        return tuple(sorted({mass for state in states if state.products and low < (mass := sum(state.masses)) < high}))

    def treatments(self) -> tuple[Self, ...]:
        """Equally defensible treatments of this particle, between which a result is a band; the model itself is first.

        They are the same particle and the same couplings, made by `changed`, and differ where theory does not decide,
        as in the mass above which hadrons are quarks and gluons, or in how protons radiate; processes have the same
        names. By default the model itself alone.
        """
        return (self,)

    # What everybody calls

    def partial_widths(self, mass: ArrayLike, coupling: ArrayLike = 1.0) -> dict[str, Array]:
        """Partial widths [GeV] by final state.

        Parameters
        ----------
        mass
            Mass [GeV], a number or any array.
        coupling
            Coupling in `coupling_unit`, broadcast against the mass.

        Raises
        ------
        MassRangeError
            If a mass is not finite or lies outside `mass_range`.
        CouplingError
            If a coupling is negative or not finite.
        PhysicsError
            If the formulas give no sensible width, as at a pole.
        """
        masses, couplings = self._masses(mass), self._couplings(coupling)
        if self.width_power is None:
            both = np.broadcast_arrays(masses, couplings)
            widths = self._all_widths(both[0].ravel(), both[1].ravel())
            return {state: width.reshape(both[0].shape) for state, width in widths.items()}
        widths = self._all_widths(masses.ravel())
        return {
            state: model_checks.power_of(width.reshape(masses.shape), couplings, self.width_power)
            for state, width in widths.items()
        }

    def total_width(self, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Total width [GeV]; arguments and exceptions as in `partial_widths`."""
        return np.asarray(sum(self.partial_widths(mass, coupling).values()))

    def ctau(self, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Proper decay length c tau [m]; infinite for a width of zero. Arguments as in `partial_widths`."""
        with np.errstate(divide="ignore"):
            return np.asarray(standard_model.HBAR_C / self.total_width(mass, coupling))

    def branching_ratios(self, mass: ArrayLike, coupling: ArrayLike = 1.0) -> dict[str, Array]:
        """Branching ratio by final state; they depend on the coupling only if `width_power` is None.

        Arguments and exceptions as in `partial_widths`.

        Raises
        ------
        MassRangeError
            Also where no decay is open, so that there is nothing to take a ratio of.
        """
        widths = self.partial_widths(mass, 1.0 if self.width_power is not None else coupling)
        total = np.asarray(sum(widths.values()))
        if np.any(total == 0):
            stable = np.broadcast_to(np.asarray(mass, dtype=float), total.shape)[total == 0].flat[0]
            raise MassRangeError(f"mass = {stable:g} GeV: {self.name} has no open decay there; choose a larger mass")
        return {state: width / total for state, width in widths.items()}

    def production(self, process: Process | str, mass: ArrayLike, coupling: ArrayLike = 1.0) -> Array:
        """Strength of a process: a branching ratio into this particle, or the square of the vertex behind it.

        Parameters
        ----------
        process
            One of `processes`, or its text such as ``"B+ -> K+"``; it stands for its charge conjugate too. Or what a
            source brings along, if the particle has its vertex.
        mass, coupling
            As in `partial_widths`.

        Raises
        ------
        ProcessError
            If the model does not have this process; the message names the nearest that it has.
        MassRangeError
            If the mass is above what the process can make.
        PhysicsError
            If the formulas give no sensible rate.
        """
        own = self.find_process(process)
        masses, couplings = self._masses(mass), self._couplings(coupling)
        own.require(masses)
        what = f"rate of {own} into {self.name}"
        if self.production_power is None:
            m, c = (values.ravel() for values in np.broadcast_arrays(masses, couplings))
            rate = model_checks.rates("_production_at", what, self._production_at(own, m, c), m)
            return rate.reshape(np.broadcast_shapes(masses.shape, couplings.shape))
        flat = masses.ravel()
        if own.vertex:
            given: object = np.full(flat.shape, self.vertex(own.vertex) ** 2)
        else:
            given = self._production(own, flat)
        rate = model_checks.rates("_production", what, given, flat)
        scaled = model_checks.power_of(rate.reshape(masses.shape), couplings, self.production_power)
        return model_checks.finite(what, scaled, couplings)

    def find_process(self, process: Process | str) -> Process:
        """The model's own process of this name, with what the model says of it, such as a matrix element.

        Raises
        ------
        ProcessError
            If there is none, and none of the model's vertices drives it; the message names the nearest.
        """
        known = self.processes()
        if not isinstance(known, tuple) or not all(isinstance(own, Process) for own in known):
            raise ProcessError(f"processes() of {self.name} gives {known!r}; it must be a tuple of processes")
        for own in known:
            if own == process:
                return own
        named = [own for own in known if str(own) == str(process)]
        if len(named) > 1:
            raise ProcessError(f"process = '{process}' of {self.name} is there {len(named)} times; give each its name")
        if named:
            return named[0]
        if isinstance(process, str) and "->" not in process:
            parse_decay(process)  # says how to write one
        if not isinstance(process, Process):
            raise ProcessError(self._missing(process))
        if process.vertex:
            self.vertex(process.vertex)
            return process
        raise ProcessError(self._missing(process))

    def vertices(self) -> tuple[str, ...]:
        """Names of the vertices that the model has, as `vertex` takes them."""
        return tuple(self._vertices())

    def vertex(self, name: str) -> float:
        """Coupling at coupling 1 of a vertex, such as ``"photons"``.

        Raises
        ------
        ProcessError
            If the model does not have it.
        """
        known = self._vertices()
        if name in known:
            return float(known[name])
        if name == "photons":
            return self._photon_coupling()
        raise ProcessError(f"vertex = {name!r} is not one that {self.name} has: {', '.join(known) or 'it has none'}")

    def has(self, process: Process) -> bool:
        """Whether the process makes this particle: it is one of `processes`, or the model has its vertex."""
        try:
            self.find_process(process)
        except ProcessError:
            return False
        return True

    def photon_coupling(self, coupling: ArrayLike = 1.0) -> Array:
        """Coupling g [GeV^-1] to two photons, in L = -(g/4) a F Ftilde: what Primakoff and e+ e- processes take.

        Parameters
        ----------
        coupling
            Coupling in `coupling_unit`, any shape.

        Raises
        ------
        ProcessError
            If photons do not couple to the particle at tree level.
        CouplingError
            If a coupling is negative or not finite.
        """
        return np.asarray(self.vertex("photons") * self._couplings(coupling))

    def matrix_element(self, state: str) -> MatrixElement | None:
        """|M|^2 of the decay into a final state, as `farflung.lpp.decays.phase_space` takes it; None: phase space."""
        return self._matrix_element(state)

    def unreliable(self, mass: ArrayLike) -> NDArray[np.bool_]:
        """Flag, of the same shape, where the widths are known to be uncertain by more than a factor of about two."""
        masses = self._masses(mass)
        return self._unreliable(masses.ravel()).reshape(masses.shape)

    def final_states(self) -> tuple[str, ...]:
        """Names of all final states of the model, ``"invisible"`` among them where it has a branching ratio."""
        middle = np.array([np.sqrt(self.mass_range[0] * self.mass_range[1])])
        coupling = np.array([np.sqrt(self.coupling_range[0] * self.coupling_range[1])])
        # the widths do not matter here, which may make no sense at a mass that nobody asks for
        given = self._given_widths(middle, coupling if self.width_power is None else None)
        return tuple(dict.fromkeys([*given, *([INVISIBLE] if self.invisible_branching_ratio > 0 else [])]))

    def require_final_state(self, *states: str) -> None:
        """Raise `ProcessError` unless the model knows one of these final states (its width may still be zero)."""
        for state in states:
            final_state(state)
        known = self.final_states()
        if not set(states) & set(known):
            raise ProcessError(f"final state = {' or '.join(states)} is not one of {self.name}'s: {', '.join(known)}")

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        processes = [str(process) for process in self.processes()]
        invisible = self.invisible_branching_ratio
        facts = {
            "name": self.name,
            "coupling": f"{self.coupling_name}, usually {range_text(*self.coupling_range, self.coupling_unit)}",
            "masses": range_text(*self.mass_range, "GeV"),
            "decays to": ", ".join(self.final_states()),
            "invisible": f"{invisible:g} of all decays" if invisible else "",
            "made in": ", ".join([*processes[:6], *([f"{len(processes) - 6} more"] if len(processes) > 6 else [])]),
            "vertices": ", ".join(self.vertices()),
            "references": self.references,
            "made by": repr(self),
        }
        return html_table(self.title, facts)

    # Shared checks and helpers

    def _all_widths(self, mass: Array, coupling: Array | None = None) -> dict[str, Array]:
        """`_partial_widths` at coupling 1, or `_widths_at` others, and what is invisible besides."""
        widths = self._given_widths(mass, coupling)
        hook = self._width_hook(coupling)
        for state, width in widths.items():
            widths[state] = model_checks.rates(hook, f"width of {self.name} into {state}", width, mass)
        ratio = self.invisible_branching_ratio
        if ratio > 0:
            own = np.asarray(sum(widths.values()))
            widths[INVISIBLE] = widths.get(INVISIBLE, 0.0) + ratio / (1 - ratio) * own
        return widths

    def _width_hook(self, coupling: Array | None) -> str:
        return "_partial_widths" if coupling is None else "_widths_at"

    def _given_widths(self, mass: Array, coupling: Array | None) -> dict[str, Array]:
        """What `_partial_widths` or `_widths_at` gives, by final states that are known."""
        with np.errstate(all="ignore"):
            given = self._partial_widths(mass) if coupling is None else self._widths_at(mass, coupling)
        if not isinstance(given, Mapping):
            hook = self._width_hook(coupling)
            raise PhysicsError(f"{hook} of {self.name} must give widths by final state, not {given!r}")
        for state in given:
            final_state(state)
        return dict(given)

    def _missing(self, decay: object) -> str:
        """The sentence for what is not one of `processes`."""
        return model_checks.missing_process(self.name, [str(process) for process in self.processes()], decay)

    def _masses(self, mass: ArrayLike) -> Array:
        masses = arguments.numbers("mass", mass, MassRangeError)
        low, high = self.mass_range
        bad = ~((masses >= low) & (masses <= high))
        if np.any(bad):
            raise MassRangeError(
                f"mass = {masses[bad].flat[0]:g} GeV is outside the range of {self.name}, {low:g} to {high:g} GeV"
            )
        return masses

    def _couplings(self, coupling: ArrayLike) -> Array:
        couplings = arguments.numbers("coupling", coupling, CouplingError)
        bad = ~(np.isfinite(couplings) & (couplings >= 0))
        if np.any(bad):
            raise CouplingError(
                f"coupling = {couplings[bad].flat[0]:g} is not a finite, non-negative {self.coupling_name}"
            )
        return couplings
