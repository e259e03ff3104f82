"""Belle II with its missing-energy search computed rather than quoted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar, Literal, TypedDict, Unpack

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.experiments.belle2 import BelleII
from farflung.detectors.experiments.belle2_missing_energy.background import PAPER_BACKGROUND, Background
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection, Selection
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import SignalSimulation
from farflung.detectors.experiments.belle2_missing_energy.unseen_share import UnseenShare
from farflung.detectors.search import Search
from farflung.lpp import Flights

EFFICIENCY_MASSES: tuple[float, ...] = (0.005, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 3.0)
"""Masses [GeV] at which the efficiency is computed; it is linear in between."""


class BelleIIOptions(TypedDict, total=False):
    """Keywords that are handed on to `BelleII`, where they are explained."""

    displaced_efficiency: float
    extended: bool
    modes: Sequence[str]
    calorimeter: Literal["plain", "gaps"]


class SimulatedBelleII(BelleII):
    """`BelleII` whose search ``"invisible"`` takes its efficiency, and if wanted its background, from simulated events.

    Everything that takes a detector takes this one: sweeps, comparisons, limits on branching ratios.

    Parameters
    ----------
    luminosity
        Integrated luminosity [ab^-1].
    background
        What else is selected; None for no background. The paper's 39 and 28 of 10 M pairs by default;
        `simulated_background` computes it.
    simulation
        Signal events, with the detector's response.
    selection
        The cuts; by default eq. 4.1 of arXiv:2201.06580.
    correlated
        Whether the probability to decay outside is averaged over the selected events alone, see `UnseenShare`. Then
        `acceptance` takes nothing but the mass from the flights that it is given: the rest of the event decides too.
    events
        Number of simulated events for every mass.
    seed
        Their seed.
    **options
        ``displaced_efficiency``, ``extended``, ``modes`` and ``calorimeter`` as in `BelleII`.
    """

    name: ClassVar[str] = "belle2-simulated"

    def __init__(
        self,
        luminosity: float = 50.0,
        *,
        background: Background | None = PAPER_BACKGROUND,
        simulation: SignalSimulation | None = None,
        selection: EventSelection | None = None,
        correlated: bool = False,
        events: int = 100_000,
        seed: int = 1,
        **options: Unpack[BelleIIOptions],
    ) -> None:
        super().__init__(luminosity, background=background is not None, **options)
        self.simulation = SignalSimulation() if simulation is None else simulation
        self.selection = Selection() if selection is None else selection
        self.rates = background
        self.correlated, self.events, self.seed = bool(correlated), int(events), int(seed)
        self.title = f"{self.title}, simulated"
        self.searches["invisible"] = replace(
            self.searches["invisible"],
            efficiency=self.simulation.efficiency_table(EFFICIENCY_MASSES, self.selection, self.events, self.seed),
            background=0.0 if background is None else background.events(self.luminosity),
        )

    def _acceptance(self, search: Search, flights: Flights, state: str | None) -> Acceptance:
        if self.correlated and search.name == "invisible":
            sample = self.simulation.simulate(flights.mass, self.events, self.seed)
            escape = UnseenShare(sample, self.selection, self.solid(search.solid), correlated=True).escape
            # where nothing is selected the efficiency is zero and this does not matter
            if escape is not None:
                return escape
        return super()._acceptance(search, flights, state)

    def __repr__(self) -> str:
        options = "" if self.rates in (None, PAPER_BACKGROUND) else f", background={self.rates!r}"
        options += "" if self.selection == Selection() else f", selection={self.selection!r}"
        options += ", correlated=True" if self.correlated else ""
        common = super().__repr__().removesuffix(")").replace("background=False", "background=None")
        return f"Simulated{common}{options}, events={self.events}, seed={self.seed})"
