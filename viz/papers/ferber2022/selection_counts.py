"""Table 1."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.layout import finish, legend_under, rows_of_axes
from farflung.viz.style import DISPLACED, INVISIBLE

_COLUMNS = (
    ("before selection", (("n_signal_before", "signal", DISPLACED), ("n_misrec_before", "misrec.", INVISIBLE))),
    ("after selection", (("n_signal_after", "signal", DISPLACED), ("n_misrec_after", "misrec.", INVISIBLE))),
)


def draw_counts(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Events at each mass as bars with their errors, and the paper's as diamonds."""
    data = panels["beside"]
    shown = rows_of_axes(axes, 1, 2, (5.2, 4.2))
    places = np.arange(data.sizes["m_a"])
    for ax, (title, columns) in zip(shown, _COLUMNS, strict=True):
        for shift, (column, label, colour) in zip((-0.2, 0.2), columns, strict=True):
            own = data.sel(column=column)
            ax.bar(places + shift, own["found"], 0.38, color=colour, alpha=0.55, label=f"{label}, here")
            ax.errorbar(places + shift, own["found"], own["error"], fmt="none", ecolor="0.2", capsize=3)
            ax.plot(
                places + shift, own["paper"], marker="D", markersize=7, markerfacecolor="white", markeredgecolor=colour,
                markeredgewidth=1.8, linestyle="none", label=f"{label}, paper", clip_on=False, zorder=5,
            )  # fmt: skip
        ax.set_xticks(places, [f"{mass:g}" for mass in data["m_a"].values])
        finish(ax, r"$m_a$  [GeV]", "events of 10,000 generated", title)
        ax.tick_params(axis="x", top=False, bottom=False, pad=9)
        ax.set_ylim(0, None)
    handles, _ = shown[0].get_legend_handles_labels()
    legend_under(shown[0], handles)
    return shown
