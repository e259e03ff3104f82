"""Decays in a detector, coloured by what it would call them."""

from itertools import cycle

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from farflung.detectors import Detector, DetectorError, Process
from farflung.detectors.registry import as_detector
from farflung.lpp import Flights, Model
from farflung.lpp.models.registered import as_model
from farflung.viz.detector_plot import plot_detector
from farflung.viz.style import DISPLACED, INVISIBLE, MORE, NEITHER, legend_below

Array = NDArray[np.float64]


def plot_decays(
    detector: Detector | str,
    model: Model | str,
    mass: float,
    ctau: float,
    ax: Axes | None = None,
    *,
    n: int = 4000,
    seed: int = 1,
) -> Axes:
    """Draw a detector with decay points, coloured by the search that would count them by their place.

    The particles come from the first of the searches' processes that makes them, and the searches shown are those that
    look for it. Whether a search sees a decay may depend on more than its place: `Detector.acceptance` knows.

    Parameters
    ----------
    detector, model
        Which detector, which particle; or their names.
    mass
        Mass [GeV].
    ctau
        Proper decay length [m], positive and finite.
    ax
        Axes to draw on; by default those of a new figure.
    n, seed
        Number and seed of the decays.

    Returns
    -------
    matplotlib.axes.Axes
        With the share of all decays, also of those beyond the picture, in the legend.

    Raises
    ------
    PhysicsError, DetectorError
        If the mass or c tau make no sense.
    """
    detector, model = as_detector(detector), as_model(model)
    axes = plot_detector(detector, ax)
    process = detector.first_process(model, mass)
    flights = detector.flights(model, mass, process=process, n=n, seed=seed, sampling="random")
    points = decay_points(flights, ctau, seed)
    z, r = points[:, 2], np.hypot(points[:, 0], points[:, 1])
    (left, right), (_, top) = axes.get_xlim(), axes.get_ylim()
    shown = (z > left) & (z < right) & (r < top)
    share = flights.weight / flights.weight.sum()
    for label, colour, chosen in classes_of_decays(detector, points, process):
        beyond = share[chosen & ~shown].sum()
        note = f"{label}: {share[chosen].sum():.1%}" + (f" ({beyond:.1%} beyond the picture)" if beyond >= 5e-4 else "")
        axes.scatter(
            z[chosen & shown], r[chosen & shown], s=5, zorder=3, color=colour, linewidths=0, alpha=0.8, label=note
        )
    axes.plot(0, 0, marker="+", color="black", markersize=9, linestyle="none")
    axes.set_title(rf"{detector.title}: {model.title}, m = {mass:g} GeV, c$\tau$ = {ctau:g} m", fontsize=13)
    legend_below(axes)
    return axes


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


def classes_of_decays(
    detector: Detector, points: Array, process: Process | None = None
) -> list[tuple[str, str, NDArray[np.bool_]]]:
    """Label, colour and membership (n,) of every class of decays at points (n, 3) [m].

    The first search that counts a decay by its place has it; searches without a solid have none, nor have those that do
    not look for what the process makes, if it is given.
    """
    usual = {"displaced": DISPLACED, "invisible": INVISIBLE}
    more = cycle(MORE)
    left = np.ones(len(points), dtype=bool)
    classes = []
    for name, search in detector.searches.items():
        if not search.solid or (process is not None and not detector.serves(search, process)):
            continue
        chosen = left & detector.sees(name, points)
        classes.append((name, usual.get(name) or next(more), chosen))
        left &= ~chosen
    return [*classes, ("neither", NEITHER, left)]
