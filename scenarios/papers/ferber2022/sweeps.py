"""Sweeps that several figures share: couplings that searches exclude, in each scenario."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from farflung.detectors import BaBar
from farflung.lpp import Model
from farflung.scenarios.papers.ferber2022.belle2 import belle2
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS, masses_around
from farflung.scenarios.papers.run import Run
from farflung.scenarios.sweeps.compare import compare
from farflung.scenarios.sweeps.pairs import Entry

Array = NDArray[np.float64]

MASS_RANGE = (0.005, 4.75)
"""Masses [GeV], from the lightest benchmark."""

COUPLING_RANGES = {"c_ff": (1e-6, 10.0), "c_WW": (1e-4, 1e4)}
"""Couplings c/f_a [1/TeV] that are scanned."""

COUPLINGS_PER_DECADE = 24

FLIGHTS: int | None = None
"""Flights of each process; None for what each detector asks for."""


FULL, EARLY, CLEAN, BABAR = (
    "belle2-50:invisible",
    "belle2-0.5:invisible",
    "belle2-50-clean:invisible",
    "babar:invisible",
)
"""Searches for missing energy: Belle II's with 50 and 0.5 / ab, and without background, and BaBar's."""

ELECTRONS, MUONS = "belle2-ee:displaced", "belle2-mumu:displaced"
"""Belle II's search for displaced leptons, by lepton."""


def invisible(run: Run, scenario: str) -> xr.Dataset:
    """Sweep over the searches for missing energy."""
    entries: dict[str, Entry] = {
        "belle2-50": (belle2(run, 50.0), "invisible"),
        "belle2-0.5": (belle2(run, 0.5), "invisible"),
        "belle2-50-clean": (belle2(run, 50.0, background=False), "invisible"),
        "babar": (BaBar(factorised=True), "invisible"),
    }
    return sweep_over(run, entries, scenario)


def displaced(run: Run, scenario: str) -> xr.Dataset:
    """Sweep over the searches for displaced leptons."""
    detector = belle2(run, 50.0)
    search = detector.search("displaced")
    entries: dict[str, Entry] = {f"belle2-{state}": (detector, search.only(state)) for state in search.final_states}
    return sweep_over(run, entries, scenario)


def sweep_over(run: Run, entries: dict[str, Entry], scenario: str) -> xr.Dataset:
    """Compare entries in a scenario, on the masses and couplings of all figures."""
    model = SCENARIOS[scenario]
    found = compare(
        entries, model, _masses(model), _couplings(scenario),
        n=FLIGHTS, seed=run.seed, executor=run.executor, progress=run.progress,
        treatments=(),  # the paper has one
    )  # fmt: skip
    return found.data


def _masses(model: Model) -> Array:
    return masses_around(model, *MASS_RANGE, 60)


def _couplings(scenario: str) -> Array:
    low, high = COUPLING_RANGES[scenario]
    return np.geomspace(low, high, round(COUPLINGS_PER_DECADE * np.log10(high / low)) + 1)
