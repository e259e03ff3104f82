"""A detector in perspective, with decays in it: a picture for paper of what `detector_scene` shows on a screen."""

from collections.abc import Sequence
from itertools import cycle
from typing import cast

import numpy as np
import trimesh
from matplotlib.artist import Artist
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from mpl_toolkits.mplot3d import Axes3D
from mpl_toolkits.mplot3d.art3d import Line3DCollection, Poly3DCollection
from numpy.typing import NDArray

from farflung.detectors import Detector
from farflung.detectors.registry import as_detector
from farflung.lpp import Model
from farflung.lpp.models.registered import as_model
from farflung.viz.decay_plot import classes_of_decays, decay_points
from farflung.viz.detector_plot import SHADES, extent
from farflung.viz.notebook_axes import PictureAxes3D

Array = NDArray[np.float64]

_SEGMENTS = 48
_LONGEST = 4.0
"""The picture is not drawn longer than this times its width."""

_SHARP = np.radians(20)
"""Angle between two faces from which on their edge is drawn."""


def plot_detector_3d(detector: Detector | str, ax: Axes3D | None = None) -> Axes3D:
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
    detector = as_detector(detector)
    low, high = extent(detector)
    if ax is None:
        ax = cast(Axes3D, Figure(figsize=(9.0, 7.0)).add_subplot(axes_class=PictureAxes3D, computed_zorder=False))
    handles = []
    solids = sorted(detector.solids.items(), key=lambda item: -item[1].volume if _has_end(item[1].bounds) else 0.0)
    for (name, solid), shade in zip(solids, cycle(SHADES), strict=False):
        if not _has_end(solid.bounds):
            handles.append(Patch(facecolor="none", edgecolor="none", label=f"without an end: {name}"))
            continue
        mesh = solid.to_mesh(_SEGMENTS)
        colour = _deeper(shade)
        ax.add_collection3d(
            Poly3DCollection(_turned(mesh.triangles), facecolor=(*colour, 0.12), edgecolor="none", zorder=1)
        )
        edges = Line3DCollection(_turned(_sharp_edges(mesh)), colors=[(0.3, 0.3, 0.3, 0.6)], linewidths=0.6, zorder=1.1)
        ax.add_collection3d(edges)
        handles.append(Patch(facecolor=(*colour, 0.5), edgecolor="0.4", label=name))
    for limits, axis in zip((ax.set_xlim, ax.set_ylim, ax.set_zlim), (2, 0, 1), strict=True):
        limits(low[axis], high[axis])
    spans = (high - low)[[2, 0, 1]]
    ax.set_box_aspect(np.maximum(spans, spans.max() / _LONGEST), zoom=0.95)
    ax.plot([low[2], high[2]], [0, 0], [0, 0], color="0.2", linewidth=0.9, linestyle="-.", zorder=1.2)
    ax.view_init(elev=22, azim=-62)
    ax.set(xlabel="z  [m]", ylabel="x  [m]", zlabel="y  [m]")
    to_scale = spans.max() <= _LONGEST * spans.min()
    ax.set_title(f"{detector.title}{'' if to_scale else ', not to scale'}", fontsize=13)
    _legend(ax, handles)
    return ax


def plot_decays_3d(
    detector: Detector | str,
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
    detector, model = as_detector(detector), as_model(model)
    axes = plot_detector_3d(detector, ax)
    process = detector.first_process(model, mass)
    flights = detector.flights(model, mass, process=process, n=n, seed=seed, sampling="random")
    points = decay_points(flights, ctau, seed)
    low, high = extent(detector)
    shown = ((points >= low) & (points <= high)).all(axis=1)
    handles = list(axes.get_legend().legend_handles)
    for label, colour, chosen in classes_of_decays(detector, points, process):
        faint = label == "neither"
        x, y, z = points[chosen & shown].T
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
                label=label,
            )
        )
    _legend(axes, handles)
    axes.set_title(rf"{detector.title}: {model.title}, m = {mass:g} GeV, c$\tau$ = {ctau:g} m", fontsize=13)
    return axes


def _legend(axes: Axes3D, handles: Sequence[Artist]) -> None:
    axes.legend(
        handles=handles,
        fontsize=10,
        loc="upper center",
        bbox_to_anchor=(0.5, 0.02),
        ncols=4,
        frameon=False,
        markerscale=2,
    )


def _deeper(shade: str) -> tuple[float, float, float]:
    """A stronger colour of the same hue: what looks well as an area on paper is too pale for a translucent surface."""
    rgb = np.array(to_rgb(shade))
    red, green, blue = np.clip(0.75 * rgb.mean() + 4 * (rgb - rgb.mean()), 0, 1).tolist()
    return red, green, blue


def _turned(points: Array) -> Array:
    """The same points with z first, then x and y: the order of the axes of the picture."""
    return points[..., [2, 0, 1]]


def _sharp_edges(mesh: trimesh.Trimesh) -> Array:
    """Ends (m, 2, 3) of the edges at which a mesh has a corner."""
    sharp = mesh.face_adjacency_edges[mesh.face_adjacency_angles > _SHARP]
    return np.asarray(mesh.vertices[sharp])


def _has_end(bounds: Array) -> bool:
    return bool(np.isfinite(bounds).all())
