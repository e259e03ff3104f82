"""Sweeps, comparisons, limits, and the command line."""

from farflung.detectors import signal_upper_limit
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.sweeps.acceptance_table import acceptance_table
from farflung.scenarios.sweeps.compare import compare, reach
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.lifetime_plane import branching_ratio_limit, lifetime_plane
from farflung.scenarios.sweeps.reach_table import ExcludedInterval
from farflung.scenarios.sweeps.signal import events_of_pair
from farflung.scenarios.sweeps.sweep import sweep

__all__ = [
    "ExcludedInterval",
    "Reach",
    "ScenarioError",
    "acceptance_table",
    "branching_ratio_limit",
    "compare",
    "events_of_pair",
    "lifetime_plane",
    "reach",
    "signal_upper_limit",
    "sweep",
]
