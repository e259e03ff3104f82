"""A picture cut into cells, to find where there is room to write."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from matplotlib.axes import Axes
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, distance_transform_edt
from shapely.geometry.base import BaseGeometry

from farflung.viz.regions import border_of
from farflung.viz.style import figure_of

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
Way = tuple[str, float, int, int]
"""A text, its font size [pt], and its height and width [cells]."""

_CELL = 0.045
"""Size [inch] of a cell."""

_PADDING = 1
"""Cells that stay free around what is written."""

_FARTHEST = 30.0
"""Distance [cells] up to which it counts how far a label is from the border of its region."""

_LEADER = 16
"""How far [cells] from its region a label may stand, tied to it by a line."""

_TRIES = 60
"""Places beside a region that are looked at closely."""

# costs: 1 is about as bad as a label on ground that several other regions share
_HIDDEN, _ASTRAY, _LINES, _SMALLER, _BESIDE, _FAR, _CROSSED = 0.5, 1.5, 3.5, 0.06, 0.4, 0.4, 0.3

_ON_CURVES = 3.0
"""How much worse it is that the name of a curve, rather than of a region, stands on a line."""


@dataclass(frozen=True)
class Spot:
    """A place for a label: its text, font size and cost, its box in cells, and, if it stands beside its region, a line.

    Attributes
    ----------
    middle
        Of the box, in units of the axes.
    line
        From the box to the region, in units of the axes; None for a label within its region.
    """

    text: str
    size: float
    cost: float
    box: tuple[slice, slice]
    middle: tuple[float, float]
    line: tuple[tuple[float, float], tuple[float, float]] | None = None


class Canvas:
    """Which cells belong to which region, where borders run, and what is taken already.

    Parameters
    ----------
    axes
        Logarithmic axes, whose figure is laid out first.
    regions
        In the plane of the natural logarithms of the two coordinates.
    weights
        How much each region hides of what is written in it, from 0 to 1.
    taken
        The lowest part of the axes, between 0 and 1, that is taken.
    fineness
        What the size of cells is multiplied with: smaller letters ask for smaller cells.
    unnamed
        What else is drawn, in the same plane as the regions.
    """

    def __init__(
        self,
        axes: Axes,
        regions: Sequence[BaseGeometry],
        weights: Sequence[float],
        taken: float,
        fineness: float = 1.0,
        unnamed: Sequence[BaseGeometry] = (),
    ) -> None:
        figure = figure_of(axes)
        figure.draw_without_rendering()
        self._axes, self._cell = axes, _CELL * fineness * figure.dpi
        frame = axes.get_window_extent()
        rows, columns = self._shape = (max(8, int(frame.height / self._cell)), max(8, int(frame.width / self._cell)))
        (left, right), (bottom, top) = np.log(axes.get_xlim()), np.log(axes.get_ylim())
        scaled, drawn_too = (
            [
                shapely.transform(
                    shape, lambda points: (points - [left, bottom]) / [right - left, top - bottom] * [columns, rows]
                )
                for shape in shapes
            ]
            for shapes in (regions, unnamed)
        )  # in cells
        x, y = np.meshgrid(np.arange(columns) + 0.5, np.arange(rows) + 0.5)
        self._inside: list[Mask] = []
        self._borders: list[Mask] = []
        for region in scaled:
            shapely.prepare(region)
            self._inside.append(np.asarray(shapely.contains_xy(region, x, y)))
            self._borders.append(self._cells_on(border_of(region)))
        self._distance = [np.asarray(distance_transform_edt(~border), dtype=float) for border in self._borders]
        covers = [weight * mask for weight, mask in zip(weights, self._inside, strict=True)]
        self._others = [np.sum(covers, axis=0) - cover for cover in covers]
        self._shared = [np.sum(self._inside, axis=0) - mask for mask in self._inside]
        borders = [*self._borders, *(self._cells_on(border_of(shape)) for shape in drawn_too)]
        self._drawn = binary_dilation(np.any(borders, axis=0)) if borders else np.zeros(self._shape, dtype=bool)
        self._taken = np.zeros(self._shape, dtype=bool)
        self._taken[: int(np.ceil(taken * rows)) + 1] = True
        self._taken[-2:] = self._taken[:, :2] = self._taken[:, -2:] = True

    def _cells_on(self, line: BaseGeometry | None) -> Mask:
        """The cells that a line runs through, but for those at the edge of the axes."""
        rows, columns = self._shape
        mask = np.zeros(self._shape, dtype=bool)
        if line is None or line.is_empty:
            return mask
        column, row = shapely.get_coordinates(shapely.segmentize(line, 0.5)).T
        shown = (column > 0.5) & (column < columns - 0.5) & (row > 0.5) & (row < rows - 0.5)
        mask[row[shown].astype(int), column[shown].astype(int)] = True
        return mask

    def size_of(self, text: str, size: float) -> tuple[int, int]:
        """Height and width [cells] of a text of this font size [pt]."""
        artist = self._axes.text(0.5, 0.5, text, fontsize=size, linespacing=1.1, transform=self._axes.transAxes)
        extent = artist.get_window_extent()
        artist.remove()
        return int(np.ceil(extent.height / self._cell)) + 1, int(np.ceil(extent.width / self._cell)) + 1

    def room(self, index: int, height: int, width: int) -> int:
        """In how many places within a region a box of this size [cells] finds room."""
        return int((_boxes(~self._inside[index] | self._taken, height, width) == 0).sum())

    def best_inside(self, index: int, ways: Sequence[Way]) -> Spot | None:
        """The best place within a region, if there is one."""
        rest = [distance for other, distance in enumerate(self._distance) if other != index]
        to_others = np.min(rest, axis=0) if rest else self._distance[index]
        best: Spot | None = None
        for rank, (text, size, height, width) in enumerate(ways):
            allowed = _boxes(~self._inside[index] | self._taken, height, width) == 0
            if not allowed.any():
                continue
            hidden = 1 - np.exp(-_boxes(self._others[index], height, width) / (height * width))
            lines = _boxes(self._drawn, height, width) / (height * width)
            own, other = (_at_middle(distance, height, width) for distance in (self._distance[index], to_others))
            astray = np.clip((own - other) / _FARTHEST, 0, 1) + 0.5 * np.clip(own / _FARTHEST, 0, 1)
            shared = 1 - np.exp(-_boxes(self._shared[index], height, width) / (height * width))
            cost = _HIDDEN * hidden + _ASTRAY * shared * astray + _LINES * lines + _SMALLER * rank
            cost[~allowed] = np.inf
            at = int(np.argmin(cost))
            if best is None or cost.flat[at] < best.cost:
                best = self._spot((text, size, height, width), float(cost.flat[at]), *divmod(at, cost.shape[1]))
        return best

    def best_beside(self, index: int, ways: Sequence[Way]) -> Spot | None:
        """The best place near a region, tied to it by a line, if there is one."""
        if not self._borders[index].any():
            return None
        distance, nearest = distance_transform_edt(~self._borders[index], return_indices=True)
        crossing = _LINES if self._inside[index].any() else _ON_CURVES * _LINES
        best: Spot | None = None
        for rank, way in enumerate(ways):
            height, width = way[2:]
            near = _at_middle(distance, height, width) - height / 2
            allowed = (_boxes(self._inside[index] | self._taken, height, width) == 0) & (near < _LEADER)
            if not allowed.any():
                continue
            hidden = 1 - np.exp(-_boxes(self._others[index], height, width) / (height * width))
            lines = _boxes(self._drawn, height, width) / (height * width)
            cost = _BESIDE + _FAR * near / _LEADER + hidden + crossing * lines + _SMALLER * rank
            cost[~allowed] = np.inf
            for at in np.argsort(cost, axis=None, kind="stable")[:_TRIES].tolist():
                row, column = divmod(at, cost.shape[1])
                tip = tuple(nearest[:, row + height // 2, column + width // 2].tolist())
                total = float(cost.flat[at]) + _CROSSED * self._crossed(index, way, row, column, tip)
                if np.isfinite(total) and (best is None or total < best.cost):
                    best = self._spot(way, total, row, column, tip)
        return best

    def take(self, spot: Spot) -> None:
        """Remember that a spot is taken."""
        box = np.zeros(self._shape, dtype=bool)
        box[spot.box] = True
        self._taken |= binary_dilation(box, iterations=_PADDING)
        if spot.line is not None:
            rows, columns = self._shape
            line = shapely.LineString(np.array(spot.line) * [columns, rows])
            self._taken |= self._cells_on(line)

    def _crossed(self, index: int, way: Way, row: int, column: int, tip: tuple[int, ...]) -> float:
        """Number of other regions whose border the line of a label would cross; infinite if it crosses a label."""
        start = _nearest_point(way, row, column, tip)
        rows, columns = np.linspace(start, tip, 2 * _LEADER).astype(int).T
        rows, columns = np.minimum(rows, self._shape[0] - 1), np.minimum(columns, self._shape[1] - 1)
        if self._taken[rows, columns].any():
            return np.inf
        return sum(bool(border[rows, columns].any()) for other, border in enumerate(self._borders) if other != index)

    def _spot(self, way: Way, cost: float, row: int, column: int, tip: tuple[int, ...] | None = None) -> Spot:
        text, size, height, width = way
        rows, columns = self._shape
        line = None
        if tip is not None:
            y, x = _nearest_point(way, row, column, tip)
            end = tip[1] + 0.5, tip[0] + 0.5
            # a label that stands on its tip needs no line
            line = None if np.allclose((x, y), end) else ((x / columns, y / rows), (end[0] / columns, end[1] / rows))
        middle = ((column + width / 2) / columns, (row + height / 2) / rows)
        return Spot(text, size, cost, (slice(row, row + height), slice(column, column + width)), middle, line)


def _nearest_point(way: Way, row: int, column: int, tip: tuple[int, ...]) -> tuple[float, float]:
    """Row and column of the point of a box nearest to the tip of its line."""
    height, width = way[2:]
    return min(max(tip[0] + 0.5, row), row + height), min(max(tip[1] + 0.5, column), column + width)


def _at_middle(values: Array, height: int, width: int) -> Array:
    """Values in the middle of all boxes of this size, by their lower left corners."""
    rows, columns = values.shape
    return values[height // 2 :, width // 2 :][: max(rows - height + 1, 0), : max(columns - width + 1, 0)]


def _boxes(values: NDArray[np.generic], height: int, width: int) -> Array:
    """Sums of the values over all boxes of this size, by their lower left corners; none if they are too large."""
    rows, columns = values.shape
    if height > rows or width > columns:
        return np.zeros((max(rows - height + 1, 0), max(columns - width + 1, 0)))
    total = np.zeros((rows + 1, columns + 1))
    total[1:, 1:] = np.cumsum(np.cumsum(values, axis=0, dtype=float), axis=1)
    return total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
