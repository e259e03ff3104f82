"""Drawings of the figures and of table 1 of arXiv:2201.06580."""

from farflung.viz.papers.ferber2022 import (
    branching_limits,
    couplings,
    decays,
    detector,
    distributions,
    projections,
    selection_counts,
)

DRAWINGS = {
    "table1": selection_counts.draw_counts,
    "fig1": decays.draw_branching_ratios,
    "fig2": decays.draw_decay_lengths,
    "fig3": couplings.draw_bounds,
    "fig4": distributions.draw_signals,
    "fig5": distributions.draw_before,
    "fig6": projections.draw_projections,
    "fig7": distributions.draw_after,
    "fig8": projections.draw_projections,
    "fig9": detector.draw_outlines,
    "fig10": branching_limits.draw_limits,
    "fig11": couplings.draw_limits,
    "fig12": couplings.draw_projections,
}
