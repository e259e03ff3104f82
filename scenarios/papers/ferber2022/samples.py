"""Simulated events that table 1 and figures 4 to 8 and 10 share."""

from functools import partial
from importlib.util import find_spec

from farflung.detectors.experiments.belle2_missing_energy import (
    BackgroundSample,
    Continuum,
    PairedBackground,
    Selection,
    SignalSample,
    SignalSimulation,
)
from farflung.detectors.searches.result_tables import MassTable
from farflung.scenarios.papers.run import Run

SIGNAL_EVENTS = 400_000
"""Simulated signal events at each mass; the paper has 10,000."""

PAIRS = 50_000_000
"""Pairs of B mesons of each kind; the paper has 10 M."""

CONTINUUM_EVENTS = 40_000
"""Events of each kind of continuum, where Pythia is installed."""

EFFICIENCY_MASSES = (0.005, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8)
"""Masses [GeV] at which the efficiency is computed for figures 10 to 12; above, nothing is selected."""

SELECTION = Selection()
"""Eq. 4.1."""

HAS_GENERATORS = all(find_spec(name) is not None for name in ("pythia8mc", "awkward", "decaylanguage"))


def simulation(run: Run) -> SignalSimulation:
    """The signal simulation, with its tag sides."""
    return SignalSimulation(seed=run.seed)


def signal(run: Run, mass: float) -> SignalSample:
    """Signal events of one mass [GeV]."""
    return run.once(simulation).simulate(mass, SIGNAL_EVENTS, run.seed)


def pairs(run: Run) -> list[BackgroundSample]:
    """Background events from B+ B- and B0 B0bar."""
    return run.map(partial(_pairs, seed=run.seed), ("B+", "B0"))


def continuum(run: Run) -> list[BackgroundSample]:
    """Background events from lighter quarks and taus before any selection; none without Pythia."""
    if not HAS_GENERATORS:
        return []
    flavours = ("u", "d", "s", "c", "tau")
    return run.map(_continuum, [(flavour, run.seed + 1 + i) for i, flavour in enumerate(flavours)])


def _pairs(parent: str, seed: int) -> BackgroundSample:
    return PairedBackground(parent).sample(PAIRS, seed)


def _continuum(flavour_and_seed: tuple[str, int]) -> BackgroundSample:
    return Continuum(*flavour_and_seed).sample(CONTINUUM_EVENTS, 0.0)


def efficiency(run: Run) -> MassTable:
    """Share of the signal that eq. 4.1 selects, against mass; of misreconstructed events it keeps next to none."""
    values = [
        run.once(simulation).simulate(mass, SIGNAL_EVENTS, run.seed).counts(SELECTION, per=1.0).signal_after
        for mass in EFFICIENCY_MASSES
    ]
    source = f"{SIGNAL_EVENTS} simulated events a mass, eq. 4.1 of arXiv:2201.06580, seed {run.seed}"
    return MassTable(EFFICIENCY_MASSES, tuple(values), source, above=0.0)
