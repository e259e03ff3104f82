"""Pictures. Every function takes `ax=None`, returns the axes it drew on, and leaves global settings alone."""

from farflung.viz.decay_plot import decay_points, plot_decays
from farflung.viz.detector_plot import plot_detector
from farflung.viz.plane_plot import plot_plane
from farflung.viz.plot_3d import plot_decays_3d, plot_detector_3d
from farflung.viz.reach_plot import plot_reach
from farflung.viz.saving import save
from farflung.viz.scene import detector_scene, save_scene

__all__ = [
    "decay_points",
    "detector_scene",
    "plot_decays",
    "plot_decays_3d",
    "plot_detector",
    "plot_detector_3d",
    "plot_plane",
    "plot_reach",
    "save",
    "save_scene",
]
