"""Figure 3: what is excluded already."""

import xarray as xr

from farflung.detectors import make_detector
from farflung.scenarios.compare import Entry
from farflung.scenarios.papers.check import Check
from farflung.scenarios.papers.exhibit import Panels
from farflung.scenarios.papers.ferber2022 import sweeps
from farflung.scenarios.papers.ferber2022.benchmarks import SCENARIOS
from farflung.scenarios.papers.run import Run

DETECTORS: dict[str, tuple[str, ...]] = {"babar": ("invisible", "diphoton")}
"""Detectors and searches whose bounds are shown."""


def limits(run: Run) -> Panels:
    """Events and limits of existing searches over masses and couplings, in each scenario."""
    return {name: run.once(existing, name) for name in SCENARIOS}


def existing(run: Run, scenario: str) -> xr.Dataset:
    """Sweep over the searches of one scenario."""
    entries: dict[str, Entry] = {name: (make_detector(name), *searches) for name, searches in DETECTORS.items()}
    return sweeps.sweep_over(run, entries, scenario)


def compare_limits(panels: Panels) -> tuple[Check, ...]:
    """Eq. 3.8 and statements of section 3."""
    return ()
