"""Figure 9."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.layout import finish, rows_of_axes

_LOOKS = {
    "envelope": {"facecolor": "none", "edgecolor": "black", "linestyle": "--", "linewidth": 1.8, "zorder": 3},
    "calorimeter": {"facecolor": "#F0D9A8", "edgecolor": "0.35", "linewidth": 1.2, "zorder": 1},
    "drift chamber": {"facecolor": "#BFD8EA", "edgecolor": "0.35", "linewidth": 1.2, "zorder": 1},
}
_LABELS = {"envelope": "a decay inside is seen", "calorimeter": "calorimeter", "drift chamber": "central drift chamber"}


def draw_outlines(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """The volumes in the (z, r) half-plane, with the directions that are not covered."""
    (ax,) = rows_of_axes(axes, 1, 1, (8.4, 5.0))
    data = panels["outlines"]
    corners = np.stack([data["z"].values, data["r"].values], axis=1)
    for volume, look in _LOOKS.items():
        own = data["volume"].values == volume
        pieces = np.unique(data["piece"].values[own])
        rings = [Path(corners[own & (data["piece"].values == piece)], closed=True) for piece in pieces]
        ax.add_patch(PathPatch(Path.make_compound_path(*rings), label=_LABELS[volume], **look))
    for degrees, place in ((17.0, 2.62), (150.0, 2.15)):
        z, r = place * np.cos(np.radians(degrees)), place * np.sin(np.radians(degrees))
        ax.plot([0, z], [0, r], color="0.45", linewidth=1.0, linestyle=":", zorder=2)
        ax.text(z, r + 0.03, f"{degrees:g}°", fontsize=12, ha="center", va="bottom", color="0.25")
    ax.plot(
        0,
        0,
        marker="*",
        markersize=12,
        color="black",
        zorder=4,
        clip_on=False,
        linestyle="none",
        label="interaction point",
    )
    for text, at in (("electrons", -2.15), ("positrons", 2.55)):
        step = 0.45 if at < 0 else -0.45
        ax.annotate("", (at + step, 0.06), (at, 0.06), arrowprops={"arrowstyle": "-|>", "color": "0.3", "shrinkA": 0})
        ax.text(at + step / 2, 0.1, text, fontsize=10, color="0.3", ha="center", va="bottom")
    ax.set(xlim=(-2.3, 2.8), ylim=(0, 1.9), aspect="equal")
    finish(ax, r"$z$  [m]", r"$r$  [m]", "Belle II, symmetric around the beam axis")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=4, fontsize=11, frameon=False)
    return [ax]
