"""A detector in perspective, with decays in it: a picture for paper of what `detector_scene` shows on a screen."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import trimesh
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator
from mpl_toolkits.mplot3d import Axes3D
from mpl_toolkits.mplot3d.art3d import Line3DCollection, Poly3DCollection
from numpy.typing import NDArray

from farflung.detectors import Detector
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import Model
from farflung.lpp.models.registered import as_model
from farflung.viz.decay_plot import NOT_IN_PROPORTION, colours, title
from farflung.viz.decay_sampling import weighed_decays
from farflung.viz.detector_plot import unbroken, write_title
from farflung.viz.joint_detector import Detectors, as_one
from farflung.viz.legends import arranged
from farflung.viz.notebook_axes import PictureAxes3D
from farflung.viz.sizes import Sizes
from farflung.viz.solid_looks import deeper, shades
from farflung.viz.style import figure_of
from farflung.viz.views import extent, has_end
from farflung.viz.weighed_decays import in_proportion

Array = NDArray[np.float64]

_SEGMENTS = 48
_LONGEST = 4.0
"""The picture is not drawn longer than this times its width."""

_LONG = 30
"""Letters of an entry of the legend that takes the room of two."""

_TICKS = 9
"""Numbers along the longest axis, about, of a figure that is 8 inches wide."""

_SHARP = np.radians(20)
"""Angle between two faces from which on their edge is drawn."""


def plot_detector_3d(detector: Detectors, ax: Axes3D | None = None) -> Axes3D:
    """Draw a detector's solids in perspective, translucent, the beam from left to right.

    Parameters
    ----------
    detector
        The detector, or its name.
    ax
        Three-dimensional axes to draw on; by default those of a new figure.

    Returns
    -------
    mpl_toolkits.mplot3d.Axes3D
        With z, x and y to the right, to the back and up, to scale unless the whole is more than four times as long as
        wide; solids without an end are named in the legend.

    Raises
    ------
    DetectorError
        If no solid has an end in every direction.
    """
    whole = as_one(detector)
    axes, sizes, handles = _draw_solids(whole, ax)
    low, high = extent(whole)
    _put(axes, f"{whole.title}{_said_of(high - low)}", handles, sizes)
    return axes


def _draw_solids(whole: Detector, ax: Axes3D | None) -> tuple[Axes3D, Sizes, list[Artist]]:
    """Draw the solids without a title or a legend; the axes, the sizes of letters and what a legend says."""
    low, high = extent(whole)
    if ax is None:
        ax = cast(Axes3D, Figure(figsize=(9.0, 7.0)).add_subplot(axes_class=PictureAxes3D, computed_zorder=False))
    sizes = Sizes.of(ax)
    handles: list[Artist] = []
    endless: list[Artist] = []
    for name, shade in shades(whole).items():
        solid = whole.solids[name]
        if not has_end(solid):
            endless.append(Patch(facecolor="none", edgecolor="none", label=f"without an end: {name}"))
            continue
        mesh = solid.to_mesh(_SEGMENTS)
        colour = deeper(shade)
        ax.add_collection3d(
            Poly3DCollection(turned(mesh.triangles), facecolor=(*colour, 0.12), edgecolor="none", zorder=1)
        )
        edges = Line3DCollection(turned(sharp_edges(mesh)), colors=[(0.3, 0.3, 0.3, 0.6)], linewidths=0.6, zorder=1.1)
        ax.add_collection3d(edges)
        handles.append(Patch(facecolor=(*colour, 0.23), edgecolor="0.4", label=name))
    for limits, axis in zip((ax.set_xlim, ax.set_ylim, ax.set_zlim), (2, 0, 1), strict=True):
        limits(low[axis], high[axis])
    spans = (high - low)[[2, 0, 1]]
    ax.set_box_aspect(np.maximum(spans, spans.max() / _LONGEST), zoom=0.95)
    ax.plot([low[2], high[2]], [0, 0], [0, 0], color="0.2", linewidth=0.9, linestyle="-.", zorder=1.2)
    ax.view_init(elev=22, azim=-62)
    for name, label in ((ax.set_xlabel, "z"), (ax.set_ylabel, "x"), (ax.set_zlabel, "y")):
        name(f"{label}  [m]", fontsize=sizes.letters, labelpad=(10 if label == "z" else 4) * sizes.lines)
    ax.tick_params(labelsize=sizes.notes, pad=3 * sizes.lines)
    for axis, span in zip((ax.xaxis, ax.yaxis, ax.zaxis), np.maximum(spans, spans.max() / _LONGEST), strict=True):
        axis.set_major_locator(
            MaxNLocator(max(2, round(_TICKS * sizes.lines**2 * span / spans.max())), steps=[1, 2, 5, 10])
        )
    return ax, sizes, [*handles, *endless]


def plot_decays_3d(
    detector: Detectors,
    model: Model | str,
    mass: float,
    ctau: float,
    ax: Axes3D | None = None,
    *,
    n: int = 4000,
    seed: int = 1,
) -> Axes3D:
    """Draw a detector in perspective with decay points, coloured by the search that would count them by their place.

    Arguments and exceptions are those of `farflung.viz.plot_decays`; decays beyond the solids are left out.
    """
    whole, particle = as_one(detector), as_model(model)
    low, high = extent(whole)
    region = ConvexPolyhedron.box(*zip(low.tolist(), high.tolist(), strict=True))
    kinds = weighed_decays(whole, particle, mass, ctau, within=region, n=n, seed=seed)
    axes, sizes, handles = _draw_solids(whole, ax)
    for kind, colour in zip(kinds, colours(kinds), strict=True):
        x, y, z = kind.points.T
        faint = not kind.searches
        handles.append(
            axes.scatter(
                z,
                x,
                y,
                s=4 if faint else 9,
                color=colour,
                alpha=0.25 if faint else 0.9,
                linewidths=0,
                zorder=2,
                depthshade=False,
                label=kind.label,
            )
        )
    if not in_proportion(kinds):
        handles.append(Line2D([], [], linestyle="none", label=NOT_IN_PROPORTION))
    _put(axes, f"{title(whole, particle, mass, ctau)}{_said_of(high - low)}", handles, sizes)
    return axes


def _said_of(spans: Array) -> str:
    return "" if spans.max() <= _LONGEST * spans.min() else f", {unbroken('not to scale')}"


def _put(axes: Axes3D, text: str, handles: Sequence[Artist], sizes: Sizes) -> None:
    """Write the title, and put the legend below; axes that are alone in a figure get what is left of it."""
    figure = figure_of(axes)
    alone = len(figure.axes) == 1 and figure.get_layout_engine() is None
    write_title(axes, text, sizes)
    columns = 2 if any(len(str(handle.get_label())) > _LONG for handle in handles) else 4
    cell = 1.0 if alone else axes.get_position(original=True).width
    look: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, 0.02)}
    if alone:
        look = {"loc": "lower center", "bbox_to_anchor": (0.5, 0.0), "bbox_transform": figure.transFigure}
    legend = arranged(
        axes, handles, columns, sizes.small, cell * figure.bbox.width, frameon=False, markerscale=2, **look
    )
    if alone:
        below, above = legend.get_window_extent().height, 1.1 * axes.title.get_window_extent().height
        above += 10 * sizes.lines * figure.dpi / 72  # its pad
        below += 2.5 * sizes.letters * figure.dpi / 72  # the name of the axis in front
        height = figure.bbox.height
        axes.set_position((0.0, below / height, 1.0, max(1 - (below + above) / height, 0.3)))


def turned(points: Array) -> Array:
    """The same points with z first, then x and y: the order of the axes of the picture."""
    return points[..., [2, 0, 1]]


def sharp_edges(mesh: trimesh.Trimesh) -> Array:
    """Ends (m, 2, 3) of the edges at which a mesh has a corner."""
    sharp = mesh.face_adjacency_edges[mesh.face_adjacency_angles > _SHARP]
    return np.asarray(mesh.vertices[sharp])
