"""Published limits from the package alpaca-ALPs, which the extra ``limits`` installs.

J. Alda, M. Fuentes Zamoro, L. Merlo, X. Ponce Diaz and S. Rigolin, arXiv:2508.08354; MIT licence. Its collection of
measurements is used as it stands, through its interface; none of it is part of this package, and neither are its
widths and rates.
"""

from importlib import import_module
from math import inf
from typing import Any

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import LifetimeTable
from farflung.lpp import INVISIBLE, TwoBodyDecay
from farflung.lpp.units import PICOSECOND

Array = NDArray[np.float64]

_STATES = {
    "ee": "e e",
    "mumu": "mu mu",
    "tautau": "tau tau",
    "gammagamma": "photon photon",
    INVISIBLE: "alp",
}
"""What alpaca calls final states."""

_MESONS = {"K*(892)0": "K*0", "K*(892)+": "K*+", "K(L)0": "KL", "K(S)0": "KS"}
"""What alpaca calls mesons, where it is not their PDG name."""

_CM_PER_M = 100.0

_FOR_EVER = 1e9
"""Proper decay length [m] that stands for a stable particle."""

_PROMPT = 10 * PICOSECOND
"""Longest first proper decay length [m] of a table that is taken to hold for shorter ones too."""
_MASSES, _LENGTHS = 400, 41
"""Masses at which a limit against mass is asked for, and the most lifetimes of a table that are taken."""


def alpaca_experiments(process: TwoBodyDecay | str, state: str) -> tuple[str, ...]:
    """Experiments of whose results alpaca has limits on a decay and a final state; projections are left out.

    Parameters
    ----------
    process
        The decay that makes the particle, as in ``"B+ -> K+"``.
    state
        What the particle decays to: ``"ee"``, ``"mumu"``, ``"tautau"``, ``"gammagamma"`` or ``"invisible"``.

    Raises
    ------
    DetectorError
        If the extra is not installed or the final state is not one of these.
    """
    found = _measurements(process, state)
    return tuple(name for name, measurement in found.items() if _is_limit(measurement))


def alpaca_limit(process: TwoBodyDecay | str, state: str, experiment: str) -> PublishedLimit:
    """A published limit as alpaca has it.

    Limits against mass and lifetime are taken on alpaca's own grid. Tables that begin at 10 ps or less hold
    for shorter lifetimes too, those for invisible particles for longer ones than the longest. A limit against mass
    alone is divided by alpaca's probability that the particle decays where the experiment looks.

    Parameters
    ----------
    process, state
        As in `alpaca_experiments`.
    experiment
        One of `alpaca_experiments`, as in ``"LHCb"``.

    Returns
    -------
    PublishedLimit
        A search named after the experiment, without a solid, for a `farflung.detectors.Published`.

    Raises
    ------
    DetectorError
        If the extra is not installed, or alpaca has no such limit.
    """
    decay = TwoBodyDecay.parse(process) if isinstance(process, str) else process
    found = _measurements(decay, state)
    names = [name for name, measurement in found.items() if _is_limit(measurement)]
    if experiment not in names:
        raise DetectorError(
            f"experiment = {experiment!r} has no limit on {decay}, {state} in alpaca, "
            f"which has {', '.join(names) or 'none'}"
        )
    measurement = found[experiment]
    measurement.initiate()
    masses, lengths = _grid(measurement)
    values = _values(measurement, masses, lengths)
    if state == INVISIBLE and lengths[-1] < _FOR_EVER:
        lengths, values = np.append(lengths, _FOR_EVER), np.hstack([values, values[:, -1:]])
    table = LifetimeTable(
        tuple(map(float, masses)),
        tuple(map(float, lengths)),
        tuple(tuple(map(float, row)) for row in values),
        source=f"alpaca-ALPs, {_cited(measurement)}",
        prompt=state != INVISIBLE and bool(lengths[0] <= _PROMPT),
    )
    return PublishedLimit(
        name="-".join(experiment.lower().replace("(", "").replace(")", "").split()),
        title=f"{experiment}, {decay} + {state}",
        decays="outside" if state == INVISIBLE else "inside",
        processes=(decay,),
        final_states=() if state == INVISIBLE else (state,),
        limit=table,
        confidence_level=float(measurement.conf_level),
        references=(_cited(measurement), "arXiv:2508.08354"),
    )


def _measurements(process: TwoBodyDecay | str, state: str) -> dict[str, Any]:
    decay = TwoBodyDecay.parse(process) if isinstance(process, str) else process
    if state not in _STATES:
        raise DetectorError(f"state = {state!r} is not one of {', '.join(_STATES)}")
    try:
        data = import_module("alpaca.experimental_data")
    except ImportError as error:
        raise DetectorError(
            "limits of alpaca-ALPs need the extra limits, as in pip install 'farflung[limits]'"
        ) from error
    names = [_MESONS.get(name, name) for name in (decay.parent, decay.daughter)]
    try:
        found = data.get_measurements(f"{names[0]} -> {names[1]} {_STATES[state]}", exclude_projections=True)
    except KeyError:
        return {}
    return dict(found or {})


def _is_limit(measurement: Any) -> bool:
    """Whether it is an upper limit, not a measured value."""
    return measurement.conf_level is not None


def _cited(measurement: Any) -> str:
    identifier = measurement.inspire_id
    return identifier if isinstance(identifier, str) else ", ".join(identifier)


def _grid(measurement: Any) -> tuple[Array, Array]:
    """Masses [GeV] and proper decay lengths [m] at which to ask for the limit."""
    own = getattr(getattr(measurement, "interpolator", None), "grid", None)
    if own is None:
        # a limit against mass; it says nothing of lifetimes
        low, high = max(float(measurement.min_ma), 1e-3), float(measurement.max_ma)
        return np.linspace(low, high, _MASSES), np.geomspace(1e-6, _FOR_EVER, 16 * 15 + 1)
    masses, lengths = (np.sort(np.asarray(axis, dtype=float)) for axis in own)
    lengths = 10 ** lengths[:: -(-len(lengths) // _LENGTHS)] * PICOSECOND
    return masses[masses > 0], lengths[lengths > 0]


def _values(measurement: Any, masses: Array, lengths: Array) -> Array:
    """Limits (masses, lengths), infinite where there is none."""
    mass, ctau = (grid.ravel() for grid in np.meshgrid(masses, lengths * _CM_PER_M, indexing="ij"))
    with np.errstate(all="ignore"):
        limits = np.asarray(measurement.get_central(mass, ctau), dtype=float)
        if not hasattr(measurement, "max_tau"):
            limits = limits / np.asarray(measurement.decay_probability(ctau, mass), dtype=float)
    limits = np.where(np.isfinite(limits) & (limits > 0), limits, inf)
    return limits.reshape(len(masses), len(lengths))
