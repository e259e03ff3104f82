"""arXiv:2201.06580: T. Ferber, A. Filimonova, R. Schäfer, S. Westhoff.

Its figures and table 1, in files by what they rest on. Curves are in the paper's pictures alone, so what is compared is
what its text and captions say, with numbers where there are any.
"""

from farflung.scenarios.papers.exhibit import Exhibit
from farflung.scenarios.papers.ferber2022 import (
    bounds,
    branching_limits,
    coupling_limits,
    decays,
    detector,
    displaced_or_invisible,
    distributions,
    projections,
    selection_counts,
)
from farflung.scenarios.papers.paper import Paper
from farflung.scenarios.papers.tables import excluded_intervals

FERBER_2022 = Paper(
    name="ferber2022",
    title="Displaced or invisible? ALPs from B decays at Belle II",
    reference="arXiv:2201.06580",
    exhibits=(
        Exhibit(
            "table1",
            "signal events before and after the selection",
            selection_counts.counts,
            selection_counts.compare_counts,
            selection_counts.count_table,
        ),
        Exhibit("fig1", "branching ratios of the ALP", decays.branching_ratios, decays.compare_branching_ratios),
        Exhibit("fig2", "decay length of the ALP", decays.decay_lengths, decays.compare_decay_lengths),
        Exhibit("fig3", "existing bounds on the couplings", bounds.limits, bounds.compare_limits, excluded_intervals),
        Exhibit(
            "fig4",
            "the variables of the selection, for several masses",
            distributions.signals,
            distributions.compare_signals,
        ),
        Exhibit(
            "fig5",
            "signal and backgrounds before the selection",
            distributions.before_selection,
            distributions.compare_before,
        ),
        Exhibit(
            "fig6",
            "signal and backgrounds before the selection, in two variables",
            projections.before_selection,
            projections.compare_before,
            projections.projection_table,
        ),
        Exhibit(
            "fig7",
            "signal and backgrounds after the selection",
            distributions.after_selection,
            distributions.compare_after,
            distributions.distribution_table,
        ),
        Exhibit(
            "fig8",
            "signal and backgrounds after the selection, in two variables",
            projections.after_selection,
            projections.compare_after,
            projections.projection_table,
        ),
        Exhibit("fig9", "Belle II as the search sees it", detector.outlines, detector.compare_outlines),
        Exhibit(
            "fig10", "limits on B(B+ -> K+ a) against c tau", branching_limits.limits, branching_limits.compare_limits
        ),
        Exhibit(
            "fig11",
            "limits on the couplings from missing energy",
            coupling_limits.limits,
            coupling_limits.compare_limits,
            excluded_intervals,
        ),
        Exhibit(
            "fig12",
            "displaced and invisible decays at Belle II",
            displaced_or_invisible.reaches,
            displaced_or_invisible.compare_reaches,
            displaced_or_invisible.intervals,
        ),
    ),
)
