"""Names written into a picture, each where its region is and where little else is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from farflung.viz.label_canvas import Canvas, Spot

FONT_SIZES = (11.0, 10.0, 9.0, 8.0)

_TOO_BAD, _TOO_BAD_BESIDE_LINES = 1.8, 1.0
"""A label of a region, and of a line, whose best place costs more than this is better not written."""


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
    short
        What to write, in any size, only where there is no room for one of the texts.
    """

    texts: tuple[str, ...]
    region: BaseGeometry
    colour: str | tuple[float, float, float]
    weight: float = 1.0
    short: tuple[str, ...] = ()


def find_spots(
    axes: Axes,
    labels: Sequence[Label],
    taken: float = 0.0,
    sizes: Sequence[float] = FONT_SIZES,
    unnamed: Sequence[BaseGeometry] = (),
) -> list[Spot | None]:
    """Find a place for each label within its region, or beside it with a line to it, where it covers little else.

    Parameters
    ----------
    axes
        Where to write: logarithmic axes with their final limits, whose figure is laid out here.
    labels
        What to write.
    taken
        The lowest part of the axes, between 0 and 1, in which nothing is written.
    sizes
        Of letters [pt], the best one first.
    unnamed
        What else is drawn, in the same plane as the regions.

    Returns
    -------
    list
        A spot for each label; None where there is no room.
    """
    fineness = sizes[0] / FONT_SIZES[0]
    canvas = Canvas(
        axes, [label.region for label in labels], [label.weight for label in labels], taken, fineness, unnamed
    )
    ways = [
        [
            (text, size, *canvas.size_of(text, size))
            for texts in (label.texts, label.short)
            for size, text in product(sizes, texts)
        ]
        for label in labels
    ]
    room = [canvas.room(index, *ways[index][-1][2:]) for index in range(len(labels))]
    spots: list[Spot | None] = [None] * len(labels)
    for index in sorted(range(len(labels)), key=lambda index: room[index]):
        found = [canvas.best_inside(index, ways[index]), canvas.best_beside(index, ways[index])]
        best = min((spot for spot in found if spot is not None), key=lambda spot: spot.cost, default=None)
        limit = _TOO_BAD if labels[index].region.area else _TOO_BAD_BESIDE_LINES
        if best is not None and best.cost < limit:
            canvas.take(best)
            spots[index] = best
    return spots


def write(axes: Axes, label: Label, spot: Spot, lines: float = 1.0) -> None:
    """Write a label at its spot, with a halo, and with a line to its region if it stands beside it.

    Widths of halo and line are multiplied with `lines`.
    """
    halo = [withStroke(linewidth=2.6 * lines, foreground="white", alpha=0.85)]
    axes.text(
        *spot.middle, spot.text, transform=axes.transAxes, ha="center", va="center", fontsize=spot.size,
        color=label.colour, path_effects=halo, zorder=6, linespacing=1.1,
    )  # fmt: skip
    if spot.line is not None:
        x, y = zip(*spot.line, strict=True)
        axes.plot(x, y, transform=axes.transAxes, color=label.colour, linewidth=0.9 * lines, zorder=5)
