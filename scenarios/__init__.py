"""Sweeps, comparisons, limits, and the command line."""

from farflung.scenarios.acceptance import acceptance_table
from farflung.scenarios.branching_limit import branching_ratio_limit
from farflung.scenarios.compare import compare, reach
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.exclusion import ExcludedInterval, Reach
from farflung.scenarios.limits import signal_upper_limit
from farflung.scenarios.signal import events_of_pair
from farflung.scenarios.sweep import sweep

__all__ = [
    "ExcludedInterval",
    "Reach",
    "ScenarioError",
    "acceptance_table",
    "branching_ratio_limit",
    "compare",
    "events_of_pair",
    "reach",
    "signal_upper_limit",
    "sweep",
]
