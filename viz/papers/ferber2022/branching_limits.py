"""Figure 10."""

from collections.abc import Sequence
from typing import Literal

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.layout import finish, rows_of_axes

_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
_LINES: dict[float, Literal["solid", "dashed"]] = {50.0: "solid", 0.5: "dashed"}


def draw_limits(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Limits against c tau, a colour for each mass; dotted where only selected events are averaged."""
    (ax,) = rows_of_axes(axes, 1, 1, (6.8, 5.0))
    data = panels["limits"]
    handles = []
    for mass, colour in zip(data["m_a"].values, _COLOURS, strict=True):
        handles.append(Line2D([], [], color=colour, linewidth=2.2, label=rf"$m_a$ = {mass:g} GeV"))
        for luminosity, line in _LINES.items():
            curve = data["limit"].sel(m_a=mass, luminosity=luminosity)
            ax.plot(curve["ctau"], curve, color=colour, linestyle=line, linewidth=2.0)
        other = data["limit_correlated"].sel(m_a=mass, luminosity=50.0)
        ax.plot(other["ctau"], other, color=colour, linestyle="dotted", linewidth=1.3)
    for luminosity, line in _LINES.items():
        handles.append(Line2D([], [], color="0.3", linestyle=line, linewidth=2.0, label=f"{luminosity:g} ab⁻¹"))
    handles.append(
        Line2D([], [], color="0.3", linestyle="dotted", linewidth=1.3, label="50 ab⁻¹, selected events averaged")
    )
    ctau = data["ctau"].values
    ax.set(xscale="log", yscale="log", xlim=(ctau[0], ctau[-1]), ylim=(5e-8, 1e-3))
    finish(ax, r"$c\tau_a$  [m]", r"90 % CL limit on $\mathcal{B}(B^+ \to K^+ a)$", r"$B^+ \to K^+ a$, $a$ not seen")
    ax.legend(handles=handles, fontsize=10.5, frameon=False, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=2)
    return [ax]
