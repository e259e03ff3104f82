"""Where particles fly and how fast, beside the directions that a detector covers."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.patches import Patch
from numpy.typing import NDArray

from farflung.detectors import Detector, DetectorError, Process, Search
from farflung.detectors.registry import as_detector
from farflung.geometry import Solid
from farflung.lpp import Flights, Model
from farflung.lpp.models.registered import as_model
from farflung.viz.frame import SIZE, energy_axis
from farflung.viz.legends import legend_above
from farflung.viz.particle_text import process_text
from farflung.viz.sizes import Sizes, dress
from farflung.viz.style import figure_of, new_axes, readable

Array = NDArray[np.float64]

_BINS = 60
_NARROW = 8
"""Where the largest momentum is less than this times the smallest, momenta are on a linear axis."""

_SMALL = 0.3
"""Where the median angle [rad] is smaller, angles are on a logarithmic axis."""

_ANGLES, _AZIMUTHS = 720, 180
_DECADES = 4
"""How many powers of ten of the density are told apart."""

_WINDOW = "#D55E00"


def plot_flights(
    detector: Detector | str,
    model: Model | str,
    mass: float,
    ax: Axes | None = None,
    *,
    search: str | Search | None = None,
    process: Process | str | None = None,
    n: int = 50_000,
    seed: int = 1,
) -> Axes:
    """Draw the density of flights in angle and momentum, and the window of angles in which a search looks for decays.

    Parameters
    ----------
    detector, model
        Which detector, which particle; or their names.
    mass
        Mass [GeV].
    ax
        Axes to draw on; by default those of a new figure.
    search
        The search whose solid gives the window; by default the first that has one.
    process
        What makes the particles; by default the first process of the search that makes the model's particle, or of the
        detector.
    n, seed
        Number and seed of the flights, which cover all directions.

    Returns
    -------
    matplotlib.axes.Axes
        Polar angles from the beam, logarithmic [rad] where most are small, else in degrees. Dashed lines are the
        smallest and the largest angle at which the solid is met at some azimuth from where particles are made, on
        average; the legend has the share of flights that meet it, by their own origins and directions.

    Raises
    ------
    PhysicsError, DetectorError
        If the mass makes no sense, or no search has a solid.
    """
    detector, model = as_detector(detector), as_model(model)
    wanted = _search_of(detector, search)
    if process is None:
        own = [each for each in detector.processes(wanted, model) if each.min_mass <= mass < each.max_mass]
        process = own[0] if own else detector.first_process(model, mass)
    flights = detector.flights(model, mass, process=process, n=n, seed=seed, sampling="random")
    theta = np.arctan2(np.hypot(flights.momentum[:, 0], flights.momentum[:, 1]), flights.momentum[:, 2])
    weight = flights.weight / flights.weight.sum()
    small = _quantile(theta, weight, 0.5) < _SMALL
    axes = new_axes(ax, SIZE)
    sizes = Sizes.of(axes)
    angle = theta if small else np.degrees(theta)
    edges = _edges(angle, weight, spread=small, low=0.0, high=np.pi if small else 180.0)
    momenta = _edges(flights.p, weight, spread=True)
    narrow = momenta[-1] < _NARROW * momenta[0]
    if narrow:
        momenta = np.linspace(0.95 * momenta[0], 1.05 * momenta[-1], _BINS + 1)
    density, _, _ = np.histogram2d(flights.p, angle, bins=[momenta, edges], weights=weight)
    peak = density.max()
    image = axes.pcolormesh(
        momenta, edges, np.where(density > 0, density, np.nan).T,
        cmap="Blues", norm=LogNorm(peak / 10**_DECADES, peak), rasterized=True,
    )  # fmt: skip
    axes.set_yscale("log" if small else "linear")
    window = _window(detector.solid(wanted.solid), flights)
    met = np.isfinite(detector.solid(wanted.solid).stretches(flights.origin, flights.direction).start).any(axis=1)
    if window is not None:
        low, high = window if small else np.degrees(window)
        around = np.pi if small else 180.0
        for edge in (low, high):
            if 0 < edge < around:
                axes.axhline(edge, color=_WINDOW, linestyle="dashed", linewidth=1.3)
        axes.axhspan(max(low, edges[0]), high, color=_WINDOW, alpha=0.10, linewidth=0)
        if small:
            # the edges of the window are in the picture, whatever flies there
            lowest = min(edges[0], low / 1.5) if low > 0 else edges[0]
            edges = np.array([lowest, max(edges[-1], 1.5 * high) if high < around else edges[-1]])
    axes.set_ylim(edges[0], edges[-1])
    unit = "rad" if small else "degrees"
    labels = "momentum  [GeV]", f"angle from the beam  [{unit}]"
    if narrow:
        axes.set(xscale="linear", xlim=(momenta[0], momenta[-1]))
        dress(axes, sizes, *labels)
    else:
        energy_axis(axes, sizes, momenta[0], momenta[-1], *labels)
    bar = figure_of(axes).colorbar(image, ax=axes, pad=0.02, extend="min")
    bar.set_label("share of flights per bin", fontsize=sizes.letters)
    bar.ax.tick_params(labelsize=sizes.small, which="both", direction="in")
    share = float(f"{100 * weight[met].sum():.2g}")  # two digits, but no power of ten
    entry = Patch(
        facecolor=(*readable(_WINDOW), 0.15), edgecolor=_WINDOW, linestyle="dashed",
        label=f"{wanted.solid}, met by {share:g} % of the flights",
    )  # fmt: skip
    title = f"{detector.title}, {process_text(process, model.symbol)}, {mass:g} GeV"
    legend_above(axes, [entry], sizes, title, columns=1)
    return axes


def _search_of(detector: Detector, search: str | Search | None) -> Search:
    """The search that is asked for, or the first that has a solid."""
    if search is not None:
        wanted = detector.search(search)
        if not wanted.solid:
            raise DetectorError(f"search = {wanted.name!r} of {detector.name} asks for no solid, so it has no window")
        return wanted
    for each in detector.searches.values():
        if each.solid:
            return each
    raise DetectorError(f"no search of {detector.name} asks for a solid, so that there is no window to draw")


def _quantile(values: Array, weight: Array, share: float) -> float:
    """The value below which lies this share of the weight."""
    order = np.argsort(values)
    return float(
        values[order][np.searchsorted(np.cumsum(weight[order]), share * weight.sum()).clip(max=len(order) - 1)]
    )


def _edges(values: Array, weight: Array, *, spread: bool, low: float = 0.0, high: float = np.inf) -> Array:
    """Edges of bins that hold all but a few of the values; evenly in the logarithm if they are to be spread."""
    if not spread:
        return np.linspace(low, high, _BINS + 1)
    positive = values > 0
    if not positive.any():
        raise DetectorError("all flights are at rest or along the beam, so that nothing can be drawn")
    first = _quantile(values[positive], weight[positive], 1e-4)
    last = float(min(values.max(), high))
    return np.geomspace(first, last if last > 1.01 * first else 1.5 * first, _BINS + 1)


def _window(solid: Solid, flights: Flights) -> tuple[float, float] | None:
    """Smallest and largest polar angle [rad] at which the solid is met at some azimuth; None if it is not met."""
    middle = np.average(flights.origin, axis=0, weights=flights.weight)
    theta = np.concatenate([[0.0], np.geomspace(1e-5, 0.1, _ANGLES), np.linspace(0.1, np.pi, _ANGLES)[1:]])
    phi = np.linspace(0, 2 * np.pi, _AZIMUTHS, endpoint=False)
    t, f = (grid.ravel() for grid in np.meshgrid(theta, phi, indexing="ij"))
    direction = np.stack([np.sin(t) * np.cos(f), np.sin(t) * np.sin(f), np.cos(t)], axis=1)
    found = solid.stretches(np.broadcast_to(middle, direction.shape), direction)
    met = np.isfinite(found.start).any(axis=1).reshape(len(theta), len(phi)).any(axis=1)
    return (float(theta[met][0]), float(theta[met][-1])) if met.any() else None
