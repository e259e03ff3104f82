"""Belle II with its missing-energy search computed rather than quoted."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import ClassVar, Literal

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2 import NO_CONTINUUM, BelleII
from farflung.detectors.experiments.belle2_missing_energy.background import (
    PAIR_NAMES,
    PAPER_BACKGROUND,
    Background,
)
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection, Selection
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import SignalSimulation
from farflung.detectors.experiments.belle2_missing_energy.simulated_efficiency import SimulatedEfficiency
from farflung.detectors.experiments.belle2_missing_energy.unseen_share import UnseenShare
from farflung.detectors.search import Search
from farflung.detectors.searches.result_tables import MassTable
from farflung.lpp import Flights

EFFICIENCY_MASSES: tuple[float, ...] = (0.005, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 3.0)
"""Masses [GeV] at which the efficiency is computed; it is linear in between."""


class SimulatedBelleII(BelleII):
    """`BelleII` whose search ``"invisible"`` takes its efficiency, and if wanted its background, from simulated events.

    Everything that takes a detector takes this one: sweeps, comparisons, limits on branching ratios.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1].
    background
        Background that is selected too; False or None for no background. The paper's 39 and 28 of 10 M pairs by
        default, as with True; `simulated_background` computes it.
    simulation
        Signal events, with the detector's response.
    selection
        The cuts; by default eq. 4.1 of arXiv:2201.06580.
    factorised
        True to average the probability to decay outside over all events, as arXiv:2201.06580 does, see `UnseenShare`.
        By default it is averaged over the selected events; then `acceptance` takes nothing but the mass from the
        flights that it is given: the rest of the event decides too.
    events
        Number of simulated events for every mass.
    seed
        Their seed.
    displaced_efficiency, extended, modes, calorimeter
        As in `BelleII`.

    Attributes
    ----------
    rates
        The background, None if there is none.

    Raises
    ------
    DetectorError
        If there are no events, or an option is none of `BelleII`'s.
    """

    name: ClassVar[str] = "belle2-simulated"

    def __init__(
        self,
        luminosity: float = 50.0,
        *,
        background: bool | Background | None = PAPER_BACKGROUND,
        simulation: SignalSimulation | None = None,
        selection: Selection | EventSelection | None = None,
        factorised: bool = False,
        events: int = 100_000,
        seed: int = 1,
        displaced_efficiency: float = 1.0,
        extended: bool = False,
        modes: Sequence[str] = ("K+",),
        calorimeter: Literal["plain", "gaps"] = "plain",
    ) -> None:
        if events < 1:
            raise DetectorError(f"events = {events} must be at least 1")
        self.rates = PAPER_BACKGROUND if background is True else background or None
        super().__init__(
            luminosity,
            background=self.rates is not None,
            displaced_efficiency=displaced_efficiency,
            extended=extended,
            modes=modes,
            calorimeter=calorimeter,
            factorised=factorised,
        )
        self._simulation = simulation
        self.selection: EventSelection = Selection() if selection is None else selection
        self.events, self.seed = int(events), int(seed)
        self.title = f"{self.title}, simulated"
        self.searches["invisible"] = replace(
            self.searches["invisible"],
            efficiency=SimulatedEfficiency(EFFICIENCY_MASSES, self._efficiency),
            beside=(),  # the simulation has the kaon
            background=0.0 if self.rates is None else self.rates.events(self.luminosity),
            note=NO_CONTINUUM if self.rates is not None and set(self.rates.rates) <= set(PAIR_NAMES.values()) else "",
        )

    @cached_property
    def simulation(self) -> SignalSimulation:
        """The signal events, whose tables are read when they are first needed."""
        return SignalSimulation() if self._simulation is None else self._simulation

    def _efficiency(self, masses: tuple[float, ...]) -> MassTable:
        return self.simulation.efficiency_table(masses, self.selection, self.events, self.seed)

    def __getstate__(self) -> dict[str, object]:
        # simulated here, and not again by everybody who is sent a copy
        self.searches["invisible"].efficiency_at(0.0)
        return vars(self)

    def _acceptance(self, search: Search, flights: Flights, state: str | None) -> Acceptance:
        if not self.factorised and search.name == "invisible":
            sample = self.simulation.simulate(flights.mass, self.events, self.seed)
            escape = UnseenShare(sample, self.selection, self.solid(search.solid)).escape
            # where nothing is selected the efficiency is zero and this does not matter
            if escape is not None:
                return escape
        return super()._acceptance(search, flights, state)
