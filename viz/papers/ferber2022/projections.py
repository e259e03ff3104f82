"""Figures 6 and 8."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.distributions import MISREC, SIGNAL
from farflung.viz.papers.ferber2022.layout import finish, legend_under, rows_of_axes
from farflung.viz.papers.ferber2022.variables import LABELS, draw_region

_SHOWN_DECADES = 2.5


def draw_projections(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Backgrounds in grey, signal events as points, the cuts as dotted lines, a panel for each pair of variables."""
    data, points = panels["projections"], panels["points"]
    shown = rows_of_axes(axes, 1, data.sizes["plane"], (4.9, 4.4))
    for index, (ax, plane) in enumerate(zip(shown, data["plane"].values, strict=True)):
        vertical, horizontal = str(plane).split(" against ")
        own = data.sel(plane=plane)
        x = np.append(own["x_low"].values, own["x_high"].values[-1])
        y = np.append(own["y_low"].values, own["y_high"].values[-1])
        events = own["background"].transpose("y_bin", "x_bin").values
        most = float(events.max())
        ax.pcolormesh(
            x, y, np.where(events > 0, events, np.nan), cmap="Greys", rasterized=True, linewidth=0,
            norm=LogNorm(most / 10**_SHOWN_DECADES, 2 * most),
        )  # fmt: skip
        for origin, colour, size in (("signal", SIGNAL, 3.0), ("misrec", MISREC, 3.0)):
            mine = (points["plane"].values == index) & (points["origin"].values == origin)
            ax.scatter(
                points["x"].values[mine], points["y"].values[mine],
                s=size, color=colour, linewidths=0, alpha=0.55, rasterized=True, zorder=3,
            )  # fmt: skip
        ax.set(xlim=(x[0], x[-1]), ylim=(y[0], y[-1]))
        finish(ax, LABELS[horizontal], LABELS[vertical])
        draw_region(ax, (horizontal, vertical))
    handles = [
        Patch(facecolor="0.45", label="background, logarithmic shades"),
        Line2D([], [], color=SIGNAL, marker="o", linestyle="none", label=r"signal, $m_a$ = 0.3 GeV"),
    ]
    if (points["origin"].values == "misrec").mean() > 0.01:
        handles.append(Line2D([], [], color=MISREC, marker="o", linestyle="none", label="misrec. signal"))
    handles.append(Line2D([], [], color="0.15", linestyle=":", linewidth=1.5, label="selection"))
    legend_under(shown[0], handles)
    return shown
