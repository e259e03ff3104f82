"""The missing-energy search for B+ -> K+ X, event by event (arXiv:2201.06580, section 4).

What is made of what::

    decays of the other B -+
                           +-> events -> observables -> selection -> counts, efficiency, unseen share
    K+ and X ------------- +

>>> from farflung.detectors.experiments.belle2_missing_energy import Selection, SignalSimulation
>>> counts = SignalSimulation().simulate(1.0, n=100_000).counts(Selection())
>>> counts.misreconstructed_after
0.0

- `SignalSimulation` makes `SignalSample`: counts as in table 1, efficiencies with their errors, flights of X.
- `Selection` is eq. 4.1; any function of `Observables` takes its place.
- `PairedBackground` and `Continuum` make `BackgroundSample`; `Background` adds rates: `PAPER_BACKGROUND` by default.
- `optimise` moves the cuts; `punzi` is the figure of merit.
- `UnseenShare` is efficiency times the probability to decay outside; `SimulatedBelleII` brings all this to sweeps.
"""

from farflung.detectors.experiments.belle2_missing_energy.background import PAPER_BACKGROUND, Background, BackgroundRate
from farflung.detectors.experiments.belle2_missing_energy.background_sample import BackgroundSample
from farflung.detectors.experiments.belle2_missing_energy.collision import Collision
from farflung.detectors.experiments.belle2_missing_energy.continuum import Continuum, continuum_samples
from farflung.detectors.experiments.belle2_missing_energy.decay_table import DecayTable
from farflung.detectors.experiments.belle2_missing_energy.detector_response import DetectorResponse
from farflung.detectors.experiments.belle2_missing_energy.figure_of_merit import Merit, merit, punzi
from farflung.detectors.experiments.belle2_missing_energy.generator import DecayGenerator
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.optimisation import Optimum, optimise
from farflung.detectors.experiments.belle2_missing_energy.paired_background import (
    PairedBackground,
    simulated_background,
)
from farflung.detectors.experiments.belle2_missing_energy.particles import Kind, Particles
from farflung.detectors.experiments.belle2_missing_energy.reconstructed import Reconstructed
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection, Selection
from farflung.detectors.experiments.belle2_missing_energy.signal_sample import Counts, Efficiency, SignalSample
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import BENCHMARK_MASSES, SignalSimulation
from farflung.detectors.experiments.belle2_missing_energy.simulated_belle2 import SimulatedBelleII
from farflung.detectors.experiments.belle2_missing_energy.unseen_share import UnseenShare

__all__ = [
    "BENCHMARK_MASSES",
    "PAPER_BACKGROUND",
    "Background",
    "BackgroundRate",
    "BackgroundSample",
    "Collision",
    "Continuum",
    "Counts",
    "DecayGenerator",
    "DecayTable",
    "DetectorResponse",
    "Efficiency",
    "EventSelection",
    "Kind",
    "Merit",
    "Observables",
    "Optimum",
    "PairedBackground",
    "Particles",
    "Reconstructed",
    "Selection",
    "SignalSample",
    "SignalSimulation",
    "SimulatedBelleII",
    "UnseenShare",
    "continuum_samples",
    "merit",
    "optimise",
    "punzi",
    "simulated_background",
]
