"""Where the events of a search cross its limit: couplings close to either side of it."""

from collections.abc import Callable, Sequence

import numpy as np
import xarray as xr
from numpy.typing import NDArray

Array = NDArray[np.float64]

PRECISION = 1e-6
"""Relative distance of the two couplings between which the events cross the limit, at most."""

_NOTHING = -690.0
"""Logarithm of events over the limit that stands for that of zero."""

_EVEN = np.array([0.25, 0.5, 0.75])
"""Where between two couplings events are asked for whatever they are like: a jump is found by halving twice."""

_ABOUT = np.array([-1e-2, -1e-4, 0.0, 1e-4, 1e-2])
"""Where about the crossing of a straight line, in units of the distance: a smooth curve is found in two steps."""

_MOST_STEPS = 60


def crossings(
    events_at: Callable[[Array], tuple[Array, Array]], limit: float, couplings: Array, events: Array, error: Array
) -> Array:
    """Couplings at most `PRECISION` apart on either side of each crossing of events and limit between scanned ones.

    Parameters
    ----------
    events_at
        Events and error (c,) each at couplings (c,). It is asked for some at all crossings at once, until each is
        found: smooth events take two or three questions, a jump a step for each factor of 4 in the distance.
    limit
        What the events cross.
    couplings, events, error
        What was scanned (c,): increasing couplings, the events there, and their errors.

    Returns
    -------
    numpy.ndarray
        Coupling, events and error (3, 2 k) for k crossings, by coupling; of several crossings between two couplings
        of the scan one is found.
    """
    above = _excess(events, limit) > 0
    at = np.flatnonzero(above[1:] != above[:-1])
    scanned = np.stack([couplings, events, error])
    # (3, k, 2): both sides of each crossing
    sides = np.stack([scanned[:, at], scanned[:, at + 1]], axis=2)
    for _ in range(_MOST_STEPS):
        wide = np.flatnonzero(sides[0, :, 1] > sides[0, :, 0] * (1 + PRECISION))
        if not wide.size:
            break
        between = _between(sides[:, wide], limit)
        found = np.stack([between, *(part.reshape(between.shape) for part in events_at(between.ravel()))])
        row = np.concatenate([sides[:, wide, :1], found, sides[:, wide, 1:]], axis=2)
        over = _excess(row[1], limit) > 0
        first = np.argmax(over[:, 1:] != over[:, :-1], axis=1)
        each = np.arange(len(wide))
        sides[:, wide] = np.stack([row[:, each, first], row[:, each, first + 1]], axis=2)
    return sides.reshape(3, -1)


def _between(sides: Array, limit: float) -> Array:
    """Increasing couplings (k, n) between both sides (3, k, 2) of crossings."""
    x, y = np.log(sides[0]), _excess(sides[1], limit)
    guess = np.clip(y[:, 0] / (y[:, 0] - y[:, 1]), 2e-2, 1 - 2e-2)[:, None]
    part = np.sort(np.concatenate([guess + _ABOUT, np.broadcast_to(_EVEN, (len(guess), _EVEN.size))], axis=1), axis=1)
    return np.asarray(np.exp(x[:, :1] + part * (x[:, 1:] - x[:, :1])))


def _excess(events: Array, limit: float) -> Array:
    """Logarithm of events over the limit."""
    with np.errstate(divide="ignore"):
        return np.asarray(np.maximum(np.log(events / limit), _NOTHING))


def edges_as_variables(edges: Sequence[Sequence[Array]], unit: str) -> dict[str, xr.Variable]:
    """Variables (search, mass, edge) of a sweep, from what `crossings` finds at each mass for each search."""
    most = max((found.shape[1] for column in edges for found in column), default=0)
    padded = np.full((3, len(edges[0]), len(edges), max(most, 1)), np.nan)
    for j, column in enumerate(edges):
        for i, found in enumerate(column):
            padded[:, i, j, : found.shape[1]] = found
    facts = {
        "edge_coupling": {"units": unit, "long_name": "coupling beside a crossing of events and limit"},
        "edge_events": {"units": "1", "long_name": "expected signal events there"},
        "edge_error": {"units": "1", "long_name": "statistical error of those"},
    }
    dims = ("search", "mass", "edge")
    # numbers of the edges, by which results with more and fewer of them fit together
    variables = {"edge": xr.Variable("edge", np.arange(padded.shape[-1]))}
    for (name, attrs), values in zip(facts.items(), padded, strict=True):
        variables[name] = xr.Variable(dims, values, attrs)
    return variables


def with_edges(data: xr.Dataset, search: int, mass: int) -> tuple[Array, Array]:
    """Couplings and events (c,) at the mass and of the search with these numbers, those beside crossings included.

    Results that were written before there were any have those of the scan alone, as have parts that lie elsewhere.
    """
    coupling, events = data["coupling"].values, data["events"].values[search, mass]
    if "edge_coupling" not in data:
        return coupling, events
    beside, there = (data[name].values[search, mass] for name in ("edge_coupling", "edge_events"))
    # comparisons with NaN are false
    kept = (beside > coupling[0]) & (beside < coupling[-1])
    every, first = np.unique(np.concatenate([coupling, beside[kept]]), return_index=True)
    return every, np.concatenate([events, there[kept]])[first]


def errors_at_edges(data: xr.Dataset) -> dict[str, tuple[float, float]]:
    """The largest relative error of the events beside a crossing, and its mass [GeV], by search that has one."""
    found: dict[str, tuple[float, float]] = {}
    if "edge_coupling" not in data:
        return found
    for i, name in enumerate(data["search"].values):
        events, error = data["edge_events"].values[i], data["edge_error"].values[i]
        relative = np.where(events > 0, error, np.nan) / np.where(events > 0, events, 1.0)
        if np.isfinite(relative).any():
            mass, _ = np.unravel_index(np.nanargmax(relative), relative.shape)
            found[str(name)] = float(np.nanmax(relative)), float(data["mass"].values[mass])
    return found


def relative_error(data: xr.Dataset, search: int, mass: int, coupling: float) -> float:
    """Relative error of the events at a crossing, for the search and mass of these numbers; NaN where none is."""
    if "edge_coupling" not in data:
        return np.nan
    there = data["edge_coupling"].values[search, mass]
    near = np.flatnonzero(np.abs(there / coupling - 1) <= 2 * PRECISION)
    events, error = (data[name].values[search, mass][near] for name in ("edge_events", "edge_error"))
    return float(np.max(error[events > 0] / events[events > 0], initial=0.0)) if near.size else np.nan
