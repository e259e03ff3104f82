"""A particle of which nothing is known but how long it lives, what makes it and what it decays to."""

from collections.abc import Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.decays.final_states import final_state
from farflung.lpp.errors import CouplingError
from farflung.lpp.model import Model
from farflung.lpp.production.parent_decays import parse_decay
from farflung.lpp.production.process import Process

Array = NDArray[np.float64]


class FreeParticle(Model):
    """A particle whose lifetime and production have nothing to do with each other.

    Its coupling is 1/(c tau) [m^-1], and its parent decays into it with branching ratio 1, whatever the lifetime: so
    expected events against coupling are events against lifetime, and a limit divided by them is a limit on the
    branching ratio.

    Parameters
    ----------
    process
        What makes it, as an object or as text (``"B+ -> K+"``).
    final_states
        What it decays to: a name, or branching ratios by name, which are made to sum to 1. States into which it is too
        light to decay do not count.
    invisible_branching_ratio
        As in `Model`.

    Raises
    ------
    ProcessError
        If the process or a final state does not exist.
    CouplingError
        If branching ratios are negative or all zero.

    Examples
    --------
    >>> particle = FreeParticle("B+ -> K+", "mumu")
    >>> round(float(particle.ctau(0.3, coupling=10.0)), 6)
    0.1
    """

    name: str = "free-particle"
    title: ClassVar[str] = "Particle of any lifetime"
    coupling_name: ClassVar[str] = "1/ctau"
    coupling_unit: ClassVar[str] = "m^-1"
    coupling_range: ClassVar[tuple[float, float]] = (1e-6, 1e6)
    mass_range: ClassVar[tuple[float, float]] = (1e-6, 1e3)
    width_power: ClassVar[float | None] = 1
    production_power: ClassVar[float | None] = 0
    references: ClassVar[tuple[str, ...]] = ("arXiv:2201.06580, figure 10",)

    def __init__(
        self,
        process: Process | str = "B+ -> K+",
        final_states: str | Mapping[str, float] = "mumu",
        *,
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        super().__init__(invisible_branching_ratio=invisible_branching_ratio)
        self.process: Process = parse_decay(process) if isinstance(process, str) else process
        given = {final_states: 1.0} if isinstance(final_states, str) else dict(final_states)
        ratios = {state: arguments.number(f"final_states[{state!r}]", r, CouplingError) for state, r in given.items()}
        for state in ratios:
            final_state(state)
        if not any(ratios.values()) or min(ratios.values()) < 0:
            raise CouplingError(f"final_states = {final_states!r} must hold branching ratios >= 0, not all of them 0")
        self.ratios = ratios

    def _partial_widths(self, mass: Array) -> Mapping[str, Array]:
        known = {state: final_state(state) for state in self.ratios}
        widths = {state: np.where(mass > sum(known[state].masses), ratio, 0.0) for state, ratio in self.ratios.items()}
        total = np.asarray(sum(widths.values()))
        return {state: sm.HBAR_C * width / np.where(total > 0, total, 1.0) for state, width in widths.items()}

    def processes(self) -> tuple[Process, ...]:
        """The one that was given."""
        return (self.process,)

    def vertex(self, name: str) -> float:
        """Strength 1 for whatever drives the process."""
        return 1.0 if name == self.process.vertex else super().vertex(name)

    def _production(self, process: Process, mass: Array) -> Array:
        return np.ones(mass.shape)

    def thresholds(self) -> tuple[float, ...]:
        """Masses [GeV] at which decays open."""
        return tuple(sorted(sum(final_state(state).masses) for state in self.ratios if final_state(state).products))
