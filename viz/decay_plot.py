"""Decays in a detector, coloured by what it would call them."""

from collections.abc import Sequence
from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from farflung.detectors import Detector, DetectorError
from farflung.lpp import Flights, Model
from farflung.lpp.models.registered import as_model
from farflung.viz.decay_kinds import DecayKind
from farflung.viz.decay_sampling import weighed_decays
from farflung.viz.detector_plot import SIZE, draw_solids, put_legend, said_of, unbroken, write_title
from farflung.viz.joint_detector import Detectors, as_one
from farflung.viz.sizes import Sizes
from farflung.viz.style import DISPLACED, INVISIBLE, MORE, NEITHER, new_axes
from farflung.viz.views import Frame, View, frame_of
from farflung.viz.weighed_decays import WeighedDecays, in_proportion

Array = NDArray[np.float64]

NOT_IN_PROPORTION = "dots of different colours are not in proportion"


def plot_decays(
    detector: Detectors,
    model: Model | str,
    mass: float,
    ctau: float,
    ax: Axes | None = None,
    *,
    view: View | None = None,
    at: float | None = None,
    n: int = 4000,
    seed: int = 1,
) -> Axes:
    """Draw a detector with decay points, coloured by the search that would count them by their place.

    The particles come from the first of the searches' processes that makes them, and the searches shown are those that
    look for it. What a search sees of them may depend on more than their place: where its acceptance is another, the
    legend has it.

    Parameters
    ----------
    detector, model
        Which detector, or several of one source, which particle; or their names.
    mass
        Mass [GeV].
    ctau
        Proper decay length [m], positive and finite.
    ax
        Axes to draw on; by default those of a new figure.
    view, at
        As in `plot_detector`. In a plane those decays are shown that are as near to it as the solids are deep, and of
        the same kind where they are drawn as where they happen.
    n, seed
        Number of the decays, about, and their seed.

    Returns
    -------
    matplotlib.axes.Axes
        With one collection of dots per kind of decay. The legend has the share of each in all decays, also of those
        beyond the picture, from the acceptance and not from counting dots: kinds that are rare are drawn more often
        than they happen, which the legend says.

    Raises
    ------
    PhysicsError, DetectorError
        If the mass or c tau make no sense, or as `plot_detector` does.
    """
    whole, particle = as_one(detector), as_model(model)
    frame = frame_of(whole, view, at)
    kinds = weighed_decays(whole, particle, mass, ctau, within=frame.region(), n=n, seed=seed)
    axes = new_axes(ax, SIZE)
    sizes = Sizes.of(axes)
    draw_solids(whole, frame, axes, sizes)
    for kind, colour in zip(kinds, colours(kinds), strict=True):
        across, up = frame.seen(kind.points[_true_in_picture(whole, kinds, kind, frame)])
        faint = not kind.searches
        dot = (4 if faint else 6) * sizes.lines
        axes.scatter(
            across, up, s=dot, zorder=3 if faint else 3.1, color=colour, linewidths=0,
            alpha=0.45 if faint else 0.85, label=kind.label,
        )  # fmt: skip
    axes.plot(0, 0, marker="+", color="black", markersize=9 * sizes.lines, linestyle="none")
    handles, _ = axes.get_legend_handles_labels()
    if not in_proportion(kinds):
        handles.append(Line2D([], [], linestyle="none", label=NOT_IN_PROPORTION))
    put_legend(axes, sizes, handles, grow=ax is None)
    write_title(axes, f"{title(whole, particle, mass, ctau)}{said_of(frame)}", sizes)
    return axes


def title(detector: Detector, model: Model, mass: float, ctau: float) -> str:
    """What detector, which particle."""
    numbers = unbroken(f"m = {mass:g} GeV"), unbroken(rf"c$\tau$ = {ctau:g} m")
    return f"{detector.title}: {model.title}, {', '.join(numbers)}"


def colours(kinds: Sequence[WeighedDecays | DecayKind]) -> list[str]:
    """A colour for each kind of decay: the usual ones for what is displaced, invisible or neither."""
    more = cycle(MORE)
    usual = {"displaced": DISPLACED, "invisible": INVISIBLE}
    found: list[str] = []
    for kind in kinds:
        if not kind.searches:
            found.append(NEITHER)
            continue
        own = usual.get(kind.searches[0].rpartition("/")[2])
        found.append(own if own and own not in found else next(more))
    return found


def _true_in_picture(
    detector: Detector, kinds: Sequence[WeighedDecays], kind: WeighedDecays, frame: Frame
) -> NDArray[np.bool_]:
    """Which points (n,) of a kind are of this kind in the plane of the picture too; all where there is no plane."""
    true = np.ones(len(kind.points), dtype=bool)
    if frame.view == "r-z" or not len(true):
        return true
    in_plane = kind.points.copy()
    in_plane[:, frame.third] = frame.at
    for other in kinds[: kinds.index(kind)]:
        true &= ~detector.sees(other.searches[0], in_plane)
    return true & detector.sees(kind.searches[0], in_plane) if kind.searches else true


def decay_points(flights: Flights, ctau: float, seed: int) -> Array:
    """One decay point (n, 3) [m] for each flight, drawn from the exponential law.

    Raises
    ------
    DetectorError
        If c tau [m] is not positive and finite.
    """
    if not (np.isfinite(ctau) and ctau > 0):
        raise DetectorError(f"ctau = {ctau:g} m is not positive and finite, so decays cannot be drawn")
    # another stream than that of the flights, which has the bare seed
    lived = np.random.default_rng([seed, 1]).exponential(ctau, len(flights))
    return np.asarray(flights.origin + (lived * flights.beta_gamma)[:, None] * flights.direction)
