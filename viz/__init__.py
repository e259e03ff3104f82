"""Pictures. Every function takes `ax=None`, returns the axes it drew on, and leaves global settings alone."""

from farflung.viz.decay_plot import decay_points, plot_decays, plot_detector
from farflung.viz.reach_plot import plot_reach
from farflung.viz.style import save

__all__ = ["decay_points", "plot_decays", "plot_detector", "plot_reach", "save"]
