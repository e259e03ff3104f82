"""An axis with a piece cut out: 480 m of nothing between a source and a detector."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, Locator, MaxNLocator
from numpy.typing import ArrayLike, NDArray

from farflung.viz.style import figure_of

Array = NDArray[np.float64]

_GAP = 0.08
"""Width of a cut, as a share of all that is shown."""

_STROKE = [(-0.4, -1.0), (0.4, 1.0)]


def break_axis(axes: Axes, parts: Sequence[tuple[float, float]]) -> float:
    """Show only some parts of the horizontal axis, all in one scale, with cuts between them.

    Parameters
    ----------
    axes
        What is changed.
    parts
        First and last coordinate of each part, in order and disjoint.

    Returns
    -------
    float
        Length of the axis, cuts included, in units of the coordinate outside the cuts.
    """
    scale = _Scale(parts)
    axes.set_xscale("function", functions=(scale.forward, scale.inverse))
    axes.set_xlim(parts[0][0], parts[-1][1])
    axes.xaxis.set_major_locator(_PartsLocator(scale, axes))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}".replace("-", "\N{MINUS SIGN}")))
    across = axes.get_xaxis_transform()
    for (_, start), (stop, _) in pairwise(parts):
        for height in (0, 1):
            axes.plot(
                [start, stop], [height] * 2, transform=across, color=axes.get_facecolor(), linewidth=2.5, clip_on=False,
                zorder=4, scalex=False, scaley=False, solid_capstyle="butt",
            )  # fmt: skip
            axes.plot(
                [start, stop], [height] * 2, transform=across, color="black", linestyle="none", clip_on=False,
                zorder=4.1, marker=_STROKE, markersize=11, markeredgewidth=1, scalex=False, scaley=False,
            )  # fmt: skip
        for end in (start, stop):
            axes.plot([end] * 2, [0, 1], transform=across, color="0.7", linewidth=0.7, linestyle=":", zorder=0.4)
    return scale.length


class _Scale:
    """From coordinates to places along the axis, on which cuts are short, and back."""

    def __init__(self, parts: Sequence[tuple[float, float]]) -> None:
        self.parts = parts
        shown = sum(stop - start for start, stop in parts)
        gap = _GAP * shown
        self.length = shown + gap * (len(parts) - 1)
        self._coordinates = np.ravel(parts)
        widths = [width for start, stop in parts for width in (stop - start, gap)][:-1]
        self._places = self._coordinates[0] + np.concatenate([[0.0], np.cumsum(widths)])

    def forward(self, coordinate: ArrayLike) -> Array:
        """Places of coordinates; same shape."""
        return _interpolated(coordinate, self._coordinates, self._places)

    def inverse(self, place: ArrayLike) -> Array:
        """Coordinates of places; same shape."""
        return _interpolated(place, self._places, self._coordinates)


class _PartsLocator(Locator):
    """Round numbers in each part, as many as there is room for, none over another."""

    def __init__(self, scale: _Scale, axes: Axes) -> None:
        self._scale = scale
        self._axes = axes

    def __call__(self) -> list[float]:
        """Coordinates of the ticks."""
        return self.tick_values(self._scale.parts[0][0], self._scale.parts[-1][1])

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Coordinates of the ticks; between which ends, the scale knows."""
        axes = self._axes
        points = axes.get_window_extent().width * 72 / figure_of(axes).dpi
        each = points / self._scale.length
        size = axes.xaxis.get_tick_params().get("labelsize", 10)
        ticks: list[float] = []
        for start, stop in self._scale.parts:
            for room in range(max(1, int((stop - start) * each / (4.5 * size))), 0, -1):
                round_ones = MaxNLocator(room, steps=[1, 2, 5, 10]).tick_values(start, stop)
                # neither under the strokes of a cut nor over another
                clear = [float(tick) for tick in round_ones if min(tick - start, stop - tick) * each > size]
                places = self._scale.forward([*ticks[-1:], *clear]) * each
                needed = [0.65 * size * (len(f"{tick:g}") + 2) for tick in [*ticks[-1:], *clear][1:]]
                if (np.diff(places) > needed).all():
                    ticks += clear
                    break
        return ticks


def _interpolated(given: ArrayLike, before: Array, after: Array) -> Array:
    """Linear between the points, and with slope 1 beyond them."""
    values = np.asarray(given, dtype=float)
    beyond = np.minimum(values - before[0], 0.0) + np.maximum(values - before[-1], 0.0)
    return np.asarray(np.interp(values, before, after) + beyond)
