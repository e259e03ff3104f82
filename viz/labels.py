"""Names written into a picture, each where its region is and where nothing else is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation, binary_erosion, distance_transform_edt
from shapely.geometry.base import BaseGeometry

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

_CELL = 0.04
"""Size [inch] of the cells that a picture is cut into."""

_FONT_SIZES = (11.0, 10.0, 9.0, 8.0)
_PADDING = 1
"""Cells that stay free around a label."""

_FARTHEST = 30
"""Distance [cells] up to which it counts how far a label is from the border of its region."""

_TOO_BAD = 2.0
"""A label whose best place costs more than this is better not written."""

_LEADER = 18
"""How far [cells] from its region a label may stand, tied to it by a line."""


@dataclass(frozen=True)
class Label:
    """What to write, and on which region.

    Attributes
    ----------
    texts
        The same name in different ways, the best one first.
    region
        In the plane of the natural logarithms of the axes' two coordinates.
    colour
        Of the letters.
    weight
        How much the region hides of what else is written in it, from 0 to 1.
    """

    texts: tuple[str, ...]
    region: BaseGeometry
    colour: str | tuple[float, float, float]
    weight: float = 1.0


class _Spot:
    """A place for a label: the lower left corner and the size of its box, in cells."""

    def __init__(self, cost: float, row: int, column: int, height: int, width: int, text: str, size: float) -> None:
        self.cost, self.row, self.column, self.height, self.width = cost, row, column, height, width
        self.text, self.size = text, size
        self.tip: tuple[int, ...] | None = None

    def nearest_corner(self) -> tuple[float, float]:
        """Row and column of the point of the box nearest to the tip of its line."""
        assert self.tip is not None
        row, column = self.tip
        return (
            min(max(row, self.row), self.row + self.height),
            min(max(column, self.column), self.column + self.width),
        )


def place_labels(axes: Axes, labels: Sequence[Label], taken: float = 0.0) -> list[Label]:
    """Write each label into its region, or beside it with a line to it, where it covers as little as possible.

    The picture must have its final size, limits and logarithmic axes.

    Parameters
    ----------
    axes
        Where to write.
    labels
        What to write.
    taken
        The lowest part of the axes, between 0 and 1, in which nothing is written.

    Returns
    -------
    list of Label
        Those for which there is no room.
    """
    canvas = _Canvas(axes, labels, taken)
    left_over = []
    for index in canvas.most_constrained_first():
        spots = [spot for spot in (canvas.best_inside(index), canvas.best_beside(index)) if spot is not None]
        spot = min(spots, key=lambda spot: spot.cost, default=None)
        if spot is None or spot.cost > _TOO_BAD:
            left_over.append(labels[index])
        else:
            canvas.write(spot, labels[index].colour)
    return [label for label in labels if label in left_over]


class _Canvas:
    """The axes cut into cells: which of them belong to which region, and which are taken."""

    def __init__(self, axes: Axes, labels: Sequence[Label], taken: float) -> None:
        self.axes, self.labels = axes, labels
        figure = axes.get_figure(root=True)
        assert figure is not None
        figure.draw_without_rendering()
        frame = axes.get_window_extent()
        self.cell = _CELL * figure.dpi
        self.shape = (int(frame.height / self.cell), int(frame.width / self.cell))
        (left, right), (bottom, top) = np.log(axes.get_xlim()), np.log(axes.get_ylim())
        rows, columns = self.shape
        x = left + (right - left) * (np.arange(columns) + 0.5) / columns
        y = bottom + (top - bottom) * (np.arange(rows) + 0.5) / rows
        grid_x, grid_y = np.meshgrid(x, y)
        self.inside: list[Mask] = []
        for label in labels:
            shapely.prepare(label.region)
            self.inside.append(np.asarray(shapely.contains_xy(label.region, grid_x, grid_y)))
        self.borders = [_border(mask) for mask in self.inside]
        self.distance = [np.asarray(distance_transform_edt(~border), dtype=float) for border in self.borders]
        self.drawn = binary_dilation(np.any(self.borders, axis=0))
        self.taken = np.zeros(self.shape, dtype=bool)
        self.taken[: int(np.ceil(taken * rows)) + 1] = True
        self.taken[-2:] = self.taken[:, :2] = self.taken[:, -2:] = True
        self.sizes = {(text, size): self._size(text, size) for label in labels for text, size in _ways(label)}

    def _size(self, text: str, size: float) -> tuple[int, int]:
        """Height and width of a text in cells."""
        artist = self.axes.text(0.5, 0.5, text, fontsize=size, transform=self.axes.transAxes)
        extent = artist.get_window_extent()
        artist.remove()
        return int(np.ceil(extent.height / self.cell)) + 1, int(np.ceil(extent.width / self.cell)) + 1

    def most_constrained_first(self) -> list[int]:
        """Order of the labels: those with the fewest places to stand first."""
        room = []
        for index, label in enumerate(self.labels):
            height, width = self.sizes[label.texts[0], _FONT_SIZES[-1]]
            room.append(int((_boxes(~self.inside[index] | self.taken, height, width) == 0).sum()))
        return [int(i) for i in np.argsort(room, kind="stable")]

    def best_inside(self, index: int) -> _Spot | None:
        """The best place within a region."""
        found: list[_Spot] = []
        for rank, (text, size) in enumerate(_ways(self.labels[index])):
            height, width = self.sizes[text, size]
            hidden, lines = self._disturbed(index, height, width)
            own, other = (
                _at_middle(far, height, width) for far in (self.distance[index], self._distance_to_others(index))
            )
            astray = np.clip((own - other) / _FARTHEST, 0, 1) + 0.5 * np.clip(own / _FARTHEST, 0, 1)
            cost = 0.5 * hidden + 1.5 * hidden * astray + 6 * lines + 0.08 * rank
            cost[_boxes(~self.inside[index] | self.taken, height, width) > 0] = np.inf
            row, column = np.unravel_index(np.argmin(cost), cost.shape)
            found.append(_Spot(float(cost[row, column]), int(row), int(column), height, width, text, size))
        return min(found, key=lambda spot: spot.cost)

    def best_beside(self, index: int) -> _Spot | None:
        """The best place near a region, tied to it by a line."""
        if not self.borders[index].any():
            return None
        distance, nearest = distance_transform_edt(~self.borders[index], return_indices=True)
        found: list[_Spot] = []
        for rank, (text, size) in enumerate(_ways(self.labels[index])):
            height, width = self.sizes[text, size]
            hidden, lines = self._disturbed(index, height, width)
            near = _at_middle(distance, height, width) - height / 2
            cost = 0.45 + 0.4 * near / _LEADER + hidden + 6 * lines + 0.08 * rank
            cost[(_boxes(self.inside[index] | self.taken, height, width) > 0) | (near > _LEADER)] = np.inf
            for at in np.argsort(cost, axis=None)[:: max(1, cost.size // 5000)][:100]:
                row, column = (int(i) for i in np.unravel_index(at, cost.shape))
                spot = _Spot(float(cost[row, column]), row, column, height, width, text, size)
                spot.tip = tuple(int(i) for i in nearest[:, row + height // 2, column + width // 2])
                spot.cost += 0.3 * self._crossed(index, spot)
                found.append(spot)
        return min(found, key=lambda spot: spot.cost)

    def _disturbed(self, index: int, height: int, width: int) -> tuple[Array, Array]:
        """How much other regions hide, and how many lines cross, boxes of this size."""
        others = np.zeros(self.shape)
        for other, label in enumerate(self.labels):
            if other != index:
                others += label.weight * self.inside[other]
        area = height * width
        return 1 - np.exp(-_boxes(others, height, width) / area), _boxes(self.drawn, height, width) / area

    def _distance_to_others(self, index: int) -> Array:
        rest = [distance for other, distance in enumerate(self.distance) if other != index]
        return np.min(rest, axis=0) if rest else self.distance[index]

    def _crossed(self, index: int, spot: _Spot) -> int:
        """Number of other regions whose border a label's line would cross."""
        assert spot.tip is not None
        start, stop = np.array(spot.nearest_corner()), np.array(spot.tip)
        steps = np.linspace(start, stop, 2 * _LEADER)
        rows, columns = np.clip(steps.astype(int), 0, np.array(self.shape) - 1).T
        return sum(bool(border[rows, columns].any()) for other, border in enumerate(self.borders) if other != index)

    def write(self, spot: _Spot, colour: str) -> None:
        """Write a label, and remember where it is."""
        rows, columns = self.shape
        x, y = (spot.column + spot.width / 2) / columns, (spot.row + spot.height / 2) / rows
        halo = [withStroke(linewidth=2.6, foreground="white", alpha=0.85)]
        self.axes.text(
            x, y, spot.text, transform=self.axes.transAxes, ha="center", va="center", fontsize=spot.size,
            color=colour, path_effects=halo, zorder=6, linespacing=1.1,
        )  # fmt: skip
        if spot.tip is not None:
            r, c = spot.nearest_corner()
            line = np.array([[c, spot.tip[1] + 0.5], [r, spot.tip[0] + 0.5]]) / [[columns], [rows]]
            self.axes.plot(*line, transform=self.axes.transAxes, color=colour, linewidth=0.9, zorder=5)
        box = np.zeros(self.shape, dtype=bool)
        box[spot.row : spot.row + spot.height, spot.column : spot.column + spot.width] = True
        self.taken |= binary_dilation(box, iterations=_PADDING)


def _ways(label: Label) -> list[tuple[str, float]]:
    """Texts and font sizes, the best first."""
    return [(text, size) for size, text in product(_FONT_SIZES, label.texts)]


def _at_middle(values: Array, height: int, width: int) -> Array:
    """Values in the middle of all boxes of this size, by their lower left corners."""
    rows, columns = values.shape
    return values[height // 2 :, width // 2 :][: rows - height + 1, : columns - width + 1]


def _border(mask: Mask) -> Mask:
    return np.asarray(mask & ~binary_erosion(mask, border_value=1))


def _boxes(values: NDArray[np.generic], height: int, width: int) -> Array:
    """Sums of the values over all boxes of this size, by their lower left corners."""
    rows, columns = values.shape
    if height > rows or width > columns:
        return np.full((1, 1), np.inf)
    total = np.zeros((rows + 1, columns + 1))
    total[1:, 1:] = np.cumsum(np.cumsum(values, axis=0, dtype=float), axis=1)
    return total[height:, width:] - total[:-height, width:] - total[height:, :-width] + total[:-height, :-width]
