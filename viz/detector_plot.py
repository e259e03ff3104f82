"""A detector's solids, cut open along a plane, so that a wrong dimension can be seen."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import PathPatch
from matplotlib.ticker import MaxNLocator

from farflung.detectors import Detector
from farflung.geometry import Revolved, Solid
from farflung.viz.broken_axis import break_axis
from farflung.viz.cuts import outline
from farflung.viz.joint_detector import Detectors, as_one
from farflung.viz.legends import broken, cell_of, legend_below, letters_in
from farflung.viz.sizes import Sizes, dress
from farflung.viz.solid_looks import deeper, shades
from farflung.viz.style import figure_of, new_axes
from farflung.viz.views import AXES, Frame, View, frame_of, has_end

SIZE = (9.0, 6.4)

_STEPS = (1, 2, 5, 10)


def plot_detector(
    detector: Detectors, ax: Axes | None = None, *, view: View | None = None, at: float | None = None
) -> Axes:
    """Draw a detector's solids, cut open.

    Parameters
    ----------
    detector
        The detector, or its name; or several of one source, whose solids are then named after them.
    ax
        Axes to draw on; by default those of a new figure.
    view
        ``"r-z"`` shows solids of revolution by their exact outlines and others by the (z, r) at which they have some
        azimuth; ``"x-y"``, ``"x-z"`` and ``"y-z"`` cut along a plane. By default ``"r-z"`` if all solids are round
        about the beam axis, and else a plane along the beam through the one farthest from it that is not, if it meets
        all of them.
    at
        Where the plane crosses the third axis [m], by default at 0, or where a plane that is chosen here meets the
        solids; without a meaning for ``"r-z"``.

    Returns
    -------
    matplotlib.axes.Axes
        To scale, unless the detector is more than eight times as long as high, with one labelled patch per solid that
        the plane meets, the largest first. One that holds several others has a dashed outline, one without an end
        is hatched, behind all others; those that the plane misses are named. Where there is more nothing than
        anything else between source and solids, the axis is broken.

    Raises
    ------
    DetectorError
        If the view is unknown, `at` is no number, no solid has an end, so that there is no scale to draw, or several
        detectors have different sources.
    """
    whole = as_one(detector)
    frame = frame_of(whole, view, at)
    axes = new_axes(ax, SIZE)
    sizes = Sizes.of(axes)
    draw_solids(whole, frame, axes, sizes)
    write_title(axes, f"{whole.title}{said_of(frame)}", sizes)
    put_legend(axes, sizes, grow=ax is None)
    return axes


def draw_solids(detector: Detector, frame: Frame, axes: Axes, sizes: Sizes) -> None:
    """Draw the solids of a detector on axes of what a frame shows, without a title or a legend."""
    window = (frame.left, frame.right, frame.bottom, frame.top)
    missed = []
    for order, (name, shade) in enumerate(shades(detector).items()):
        solid = detector.solids[name]
        shape = outline(solid, frame.view, frame.at, window)
        if shape is None:
            missed.append(name)
            continue
        look: dict[str, Any] = {"facecolor": shade, "linewidth": 1.2 * sizes.lines, "zorder": 1 + 0.01 * order}
        if not has_end(solid):
            look |= {"facecolor": (*to_rgb(shade), 0.4), "hatch": "//", "linewidth": 0.8 * sizes.lines, "zorder": 0.5}
        edge = deeper(shade, 0.5)
        if has_end(solid) and is_envelope(solid, detector):
            dashes: dict[str, Any] = {"linewidth": 2.2 * sizes.lines, "linestyle": "--"}
            look |= dashes
            # over what it holds, whose outlines may be the same
            for ring in map(np.asarray, shape.to_polygons(closed_only=False)):
                axes.plot(*ring.T, color=edge, zorder=1.9, scalex=False, scaley=False, **dashes)
        axes.add_patch(PathPatch(shape, edgecolor=edge, label=name, **look))
    if missed:
        axes.plot([], [], linestyle="none", label=f"not in this plane: {', '.join(missed)}")
    length = frame.right - frame.left
    if len(frame.parts) > 1:
        length = break_axis(axes, frame.parts)
    axes.set(xlim=(frame.left, frame.right), ylim=(frame.bottom, frame.top))
    if frame.to_scale and len(frame.parts) > 1:
        axes.set_box_aspect((frame.top - frame.bottom) / length)
    elif frame.to_scale:
        axes.set_aspect("equal")
    horizontal, vertical = ("xyz"[axis] for axis in AXES[frame.view])
    if len(frame.parts) == 1:
        axes.xaxis.set_major_locator(MaxNLocator("auto", steps=_STEPS, min_n_ticks=1))
    axes.yaxis.set_major_locator(MaxNLocator("auto", steps=_STEPS))
    dress(axes, sizes, f"{horizontal}  [m]", f"{'r' if frame.view == 'r-z' else vertical}  [m]")


def write_title(axes: Axes, text: str, sizes: Sizes) -> None:
    """Write a title in lines as long as the part of the figure is wide that the axes have for themselves."""
    left, right = cell_of(axes)
    letters = letters_in((right - left) * figure_of(axes).get_size_inches()[0], sizes.title)
    axes.set_title(broken(text, letters), fontsize=sizes.title, pad=10 * sizes.lines)


def put_legend(axes: Axes, sizes: Sizes, handles: Sequence[Artist] | None = None, *, grow: bool) -> None:
    """Put the legend below; a figure that may grow does so for a long one."""
    legend_below(axes, handles, size=sizes.small, grow=False)
    if grow:
        figure = figure_of(axes)
        width, height = SIZE
        legend = axes.get_legend()
        assert legend is not None
        figure.set_size_inches(width, max(height, 0.85 * height + legend.get_window_extent().height / figure.dpi))


def said_of(frame: Frame) -> str:
    """What a title must say of a picture: where its plane is, and whether it is to scale."""
    said = [] if frame.view == "r-z" else [f"{'xyz'[frame.third]} = {frame.at:g} m"]
    said += [] if frame.to_scale else ["not to scale"]
    return "".join(f", {unbroken(words)}" for words in said)


def unbroken(text: str) -> str:
    """The text with spaces at which a title that is too long is not broken."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def is_envelope(solid: Solid, detector: Detector) -> bool:
    """Whether a solid of revolution holds two others or more: such a one has an outline of its own."""
    if not isinstance(solid, Revolved):
        return False
    others = [other for other in detector.solids.values() if isinstance(other, Revolved) and other is not solid]
    # the tolerance forgives vertices that are rounded differently
    return sum(bool(solid.profile.buffer(1e-9).covers(other.profile)) for other in others) >= 2
