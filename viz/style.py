"""Colours and small drawing habits shared by all pictures. Nothing here touches matplotlib's global settings."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# Okabe and Ito's colours, distinct also to the colour-blind: one for "seen as a vertex", one for "not seen"
DISPLACED = "#0072B2"
INVISIBLE = "#E69F00"
NEITHER = "#8C8C8C"
MORE = ("#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#7A4FB5", "#6B6B00", "#A0522D", "#2F4F4F")


def new_axes(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """The given axes, or those of a new figure of this size [inches] that belongs to no window."""
    if ax is not None:
        return ax
    return Figure(figsize=size, layout="constrained").add_subplot()


def search_colours(names: list[str]) -> dict[str, str]:
    """One colour per detector-search pair; those of a single detector keep the two colours of the paper."""
    usual = {"displaced": DISPLACED, "invisible": INVISIBLE}
    colours: dict[str, str] = {}
    free = iter(np.resize(np.array(MORE), len(names)))
    for name in names:
        kind = name.split(":", 1)[-1]
        colour = usual.get(kind)
        colours[name] = colour if colour is not None and colour not in colours.values() else str(next(free))
    return colours


def coupling_label(name: str, unit: str) -> str:
    """Axis label of a coupling, such as c_ff/f_a in TeV^-1, in mathematical type."""

    def typeset(text: str) -> str:
        if text.startswith("sin(") and text.endswith(")"):
            return rf"\sin\{text[4:-1]}"
        head, *tail = text.split("_", 1)
        return f"{head}_{{{tail[0]}}}" if tail else head

    symbol = "/".join(typeset(part) for part in name.split("/"))
    power = unit.replace("^-1", "^{-1}").replace("TeV", r"\mathrm{TeV}").replace("GeV", r"\mathrm{GeV}")
    return f"${symbol}$" if unit == "1" else f"${symbol}$  [${power}$]"


def legend_below(axes: Axes) -> None:
    """Put the legend under the horizontal axis and its label, whatever the shape of the axes."""
    axes.legend(
        fontsize=10,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.0),
        borderaxespad=4.5,  # in units of the font size: below tick labels and axis label
        ncols=2,
        markerscale=3,
        frameon=False,
    )


def save(ax: Axes, path: Any) -> None:
    """Write the figure of these axes to a .png, .pdf or .svg file."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.savefig(path, dpi=180, bbox_inches="tight")
