"""Figures 1 and 2."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.layout import MASS_LABEL, SCENARIO_TITLES, finish, legend_under, rows_of_axes
from farflung.viz.style import DISPLACED, INVISIBLE

# Okabe and Ito's colours, and a line style each for prints in grey
_STATES = {
    "gammagamma": (r"$\gamma\gamma$", "#D55E00", "solid"),
    "ee": (r"$e^+e^-$", "#0072B2", (0, (5, 1.5))),
    "mumu": (r"$\mu^+\mu^-$", "#009E73", "solid"),
    "tautau": (r"$\tau^+\tau^-$", "#CC79A7", (0, (3, 1, 1, 1))),
    "hadrons": ("hadrons", "#333333", (0, (1.2, 1))),
}


def draw_branching_ratios(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Branching ratios against mass, a panel for each scenario."""
    shown = rows_of_axes(axes, 1, 2, (5.8, 4.6))
    for ax, (name, data) in zip(shown, panels.items(), strict=True):
        for state, (label, colour, line) in _STATES.items():
            curve = data["branching_ratio"].sel(final_state=state)
            ax.plot(curve["m_a"], curve.where(curve > 0), color=colour, linestyle=line, linewidth=1.9, label=label)
        mass = data["m_a"].values
        ax.set(xscale="log", yscale="log", xlim=(mass[0], mass[-1]), ylim=(1e-6, 1.6))
        finish(ax, MASS_LABEL, r"$\mathcal{B}(a \to X)$", SCENARIO_TITLES[name])
    handles, _ = shown[0].get_legend_handles_labels()
    legend_under(shown[0], handles)
    return shown


def draw_decay_lengths(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Decay length against mass in both scenarios."""
    (ax,) = rows_of_axes(axes, 1, 1, (6.4, 4.8))
    data = panels["decay length"]
    for name, colour, line in (("c_ff", DISPLACED, "solid"), ("c_WW", INVISIBLE, "dashed")):
        curve = data["ctau"].sel(scenario=name)
        label = rf"${name.replace('_', '_{')}}} = 1$"
        ax.plot(curve["m_a"], curve, color=colour, linestyle=line, linewidth=2.2, label=label)
    mass = data["m_a"].values
    ax.set(xscale="log", yscale="log", xlim=(mass[0], mass[-1]))
    finish(ax, MASS_LABEL, r"$c\tau_a$  [m]", r"$f_a = 1$ TeV, $\Lambda = 4\pi$ TeV")
    ax.legend(fontsize=13, frameon=False, loc="upper right")
    return [ax]
