"""Pictures. Every function takes `ax=None`, returns the axes it drew on, and leaves global settings alone."""

from farflung.viz.acceptance_plot import plot_acceptance
from farflung.viz.branching_plot import plot_branching_ratios
from farflung.viz.decay_plot import decay_points, plot_decays
from farflung.viz.decay_sampling import weighed_decays
from farflung.viz.detector_plot import plot_detector
from farflung.viz.events_plot import plot_events
from farflung.viz.flights_plot import plot_flights
from farflung.viz.lifetime_plot import plot_lifetimes
from farflung.viz.pages.detector_page import detector_page
from farflung.viz.pages.plane_page import plane_page
from farflung.viz.pages.reach_page import reach_page
from farflung.viz.pages.saving import save_page
from farflung.viz.plane_plot import plot_plane
from farflung.viz.plot_3d import plot_decays_3d, plot_detector_3d
from farflung.viz.production_plot import plot_production
from farflung.viz.reach_plot import plot_reach
from farflung.viz.saving import save
from farflung.viz.scene import detector_scene, save_scene
from farflung.viz.weighed_decays import WeighedDecays

__all__ = [
    "WeighedDecays",
    "decay_points",
    "detector_page",
    "detector_scene",
    "plane_page",
    "plot_acceptance",
    "plot_branching_ratios",
    "plot_decays",
    "plot_decays_3d",
    "plot_detector",
    "plot_detector_3d",
    "plot_events",
    "plot_flights",
    "plot_lifetimes",
    "plot_plane",
    "plot_production",
    "plot_reach",
    "reach_page",
    "save",
    "save_page",
    "save_scene",
    "weighed_decays",
]
