"""Figures 4, 5 and 7."""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import xarray as xr
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from numpy.typing import NDArray

from farflung.scenarios.papers import Panels
from farflung.viz.papers.ferber2022.layout import finish, legend_under, rows_of_axes
from farflung.viz.papers.ferber2022.variables import LABELS, draw_limits

Array = NDArray[np.float64]

SIGNAL, MISREC = "#D55E00", "#E69F00"

_MASS_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
_MASS_WIDTHS = (3.6, 1.5, 1.7, 1.7)
"""The lightest masses look alike: one shows behind the other."""

_ORIGINS: dict[str, Literal["solid", "dotted"]] = {"signal": "solid", "misrec": "dotted"}

_SHADES = {
    "B+ B-": "#08519C", "B0 B0bar": "#6BAED6",
    "u ubar": "0.40", "d dbar": "0.55", "s sbar": "0.70", "c cbar": "0.84", "tau+ tau-": "#B39BC8",
}  # fmt: skip
_OTHER = "#CCCCCC"

_NAMES = {
    "B+ B-": r"$B^+B^-$", "B0 B0bar": r"$B^0\bar B^0$", "u ubar": r"$u\bar u$", "d dbar": r"$d\bar d$",
    "s sbar": r"$s\bar s$", "c cbar": r"$c\bar c$", "tau+ tau-": r"$\tau^+\tau^-$",
}  # fmt: skip


def draw_signals(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Signal events of several masses (solid) and misreconstructed ones (dotted), a panel for each variable."""
    data = panels["signals"]
    shown = rows_of_axes(axes, 1, data.sizes["variable"], (4.4, 4.2))
    for ax, variable in zip(shown, data["variable"].values, strict=True):
        own = data.sel(variable=variable)
        for mass, colour, width in zip(data["m_a"].values, _MASS_COLOURS, _MASS_WIDTHS, strict=True):
            for origin, line in _ORIGINS.items():
                ax.stairs(
                    own["events"].sel(m_a=mass, origin=origin).values, _edges(own),
                    color=colour, linestyle=line, linewidth=width,
                )  # fmt: skip
        _frame(ax, str(variable), own, "events of 10,000 per bin")
    handles = [
        Line2D([], [], color=colour, linewidth=width, label=rf"$m_a$ = {mass:g} GeV")
        for mass, colour, width in zip(data["m_a"].values, _MASS_COLOURS, _MASS_WIDTHS, strict=True)
    ]
    handles += [
        Line2D([], [], color="0.3", linestyle=line, linewidth=2, label=label) for label, line in _ORIGINS.items()
    ]
    legend_under(shown[0], handles)
    return shown


def draw_before(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """Backgrounds on top of each other, and the signal, a panel for each variable."""
    return _stacked(panels["distributions"], axes, errors=False)


def draw_after(panels: Panels, axes: Sequence[Axes] | None = None) -> Sequence[Axes]:
    """The same with statistical errors of the sum of the backgrounds."""
    return _stacked(panels["distributions"], axes, errors=True)


def _stacked(data: xr.Dataset, axes: Sequence[Axes] | None, errors: bool) -> Sequence[Axes]:
    kinds = [str(name) for name in data["sample"].values if name not in ("signal", "misrec")]
    shown = rows_of_axes(axes, 1, data.sizes["variable"], (4.4, 4.2))
    for ax, variable in zip(shown, data["variable"].values, strict=True):
        own = data.sel(variable=variable)
        edges, base = _edges(own), np.zeros(data.sizes["bin"])
        for kind in kinds:
            top = base + own["events"].sel(sample=kind).values
            ax.stairs(
                top,
                edges,
                baseline=base,
                fill=True,
                facecolor=_SHADES.get(kind, _OTHER),
                edgecolor="white",
                linewidth=0.4,
            )
            base = top
        ax.stairs(base, edges, color="0.25", linewidth=0.9)
        if errors:
            error = np.sqrt((own["error"].sel(sample=kinds).values ** 2).sum(axis=0))
            ax.errorbar((edges[1:] + edges[:-1]) / 2, base, error, fmt="none", ecolor="0.25", elinewidth=1.1, capsize=2)
        for name, colour, line in (("signal", SIGNAL, "solid"), ("misrec", MISREC, "dashed")):
            values = own["events"].sel(sample=name).values
            if values.sum() > 0.01 * own["events"].sel(sample="signal").values.sum():
                ax.stairs(values, edges, color=colour, linestyle=line, linewidth=2.0)
        _frame(ax, str(variable), own, f"events per bin at {data.attrs['luminosity']:g} ab⁻¹")
    handles: list[Patch | Line2D] = [
        Patch(facecolor=_SHADES.get(kind, _OTHER), edgecolor="0.25", linewidth=0.5, label=_NAMES.get(kind, kind))
        for kind in kinds
    ]
    handles.append(Line2D([], [], color=SIGNAL, linewidth=2, label=r"signal, $m_a$ = 0.3 GeV"))
    if not errors:
        handles.append(Line2D([], [], color=MISREC, linestyle="dashed", linewidth=2, label="misrec. signal"))
    legend_under(shown[0], handles)
    scale = data.attrs["signal_scale"]
    times = f"{scale:g} times" if scale >= 1 else f"1/{1 / scale:g} of"
    shown[len(shown) // 2].set_title(f"signal scaled to {times} the background", fontsize=11)
    return shown


def _edges(data: xr.Dataset) -> Array:
    return np.append(data["low"].values, data["high"].values[-1])


def _frame(ax: Axes, variable: str, data: xr.Dataset, events: str) -> None:
    edges = _edges(data)
    ax.set_xlim(edges[0], edges[-1])
    ax.set_ylim(0, 1.15 * ax.get_ylim()[1])
    ax.ticklabel_format(axis="y", scilimits=(-2, 4), useMathText=True)
    finish(ax, LABELS[variable], events)
    draw_limits(ax, variable)
