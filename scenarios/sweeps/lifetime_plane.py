"""Limits that need no model: on the branching ratio of what makes a particle, against its lifetime."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr
from numpy.typing import ArrayLike, NDArray

from farflung.detectors import Detector, Process, Search
from farflung.detectors.registry import as_detector
from farflung.lpp import FreeParticle, Sampling, final_state, parse_decay
from farflung.lpp.arguments import number, numbers
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.output import csv_text, provenance, write_table
from farflung.scenarios.progress import counted
from farflung.scenarios.sweeps.coverage import not_covered, said
from farflung.scenarios.sweeps.pairs import Entries, Pair, pairs_of, references_said, require_pairs
from farflung.scenarios.sweeps.remarks import remarks
from farflung.scenarios.sweeps.samples import sampling_said
from farflung.scenarios.sweeps.signal import events_of_pair
from farflung.scenarios.sweeps.statistics import at_statistics, statistics_attributes, statistics_of

Array = NDArray[np.float64]

PLANE_COLUMNS = ("detector", "search", "process", "final_state", "mass_GeV", "ctau_m", "branching_ratio")

_PROMPT = 1e-30
"""Proper decay length [m] that stands for none at all."""

_ANYTHING = "hadrons"
"""Final state of a particle that a search sees whatever it decays to."""

ANY = "any"
"""What tables call that."""


def branching_ratio_limit(
    detector: Detector | str,
    search: str | Search,
    mass: float,
    ctau: ArrayLike,
    *,
    process: Process | str | None = None,
    final_state: str | None = None,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
) -> Array:
    """Upper limit on the branching ratio of a parent into the long-lived particle (arXiv:2201.06580, figure 10).

    For a search that counts only some final states it is the limit on the product with the branching ratio into one
    of them.

    Parameters
    ----------
    detector, search
        Who looks, and how.
    mass
        Mass [GeV].
    ctau
        Proper decay lengths [m], any shape.
    process
        The decay; by default the first that the search names.
    final_state
        What the particle decays to; by default the first that the search counts, or the first open one if decay
        products must be seen.
    n, seed, sampling
        As in `Detector.flights`.

    Returns
    -------
    numpy.ndarray
        Limits, of the shape of `ctau`; infinite where the search sees nothing.

    Raises
    ------
    PhysicsError, DetectorError
        If the process cannot make the mass, or the source does not have it.
    ScenarioError
        If a c tau is negative or NaN, the process is no decay, or the search does not count the process.
    """
    detector = as_detector(detector)
    wanted = detector.search(search)
    mass, lengths = number("mass", mass, ScenarioError), numbers("ctau", ctau, ScenarioError)
    if not (lengths >= 0).all():
        raise ScenarioError(
            f"ctau = {lengths[~(lengths >= 0)].flat[0]:g} m is not a decay length; give 0 or more metres"
        )
    chosen = _process(wanted, process)
    state = default_state(wanted, mass) if final_state is None else final_state
    particle = FreeParticle(chosen, state)
    with np.errstate(divide="ignore"):
        couplings = 1 / np.maximum(lengths.ravel(), _PROMPT)
        alone = wanted.only_from(chosen)
        events, _ = events_of_pair(detector, alone, particle, mass, couplings, n=n, seed=seed, sampling=sampling)
        return np.asarray(wanted.upper_limit(mass) / events).reshape(lengths.shape)


def lifetime_plane(
    detectors: Entries,
    process: Process | str,
    mass: float,
    ctau: ArrayLike,
    *,
    final_state: str | None = None,
    n: int | None = None,
    seed: int = 1,
    sampling: Sampling = "aimed",
    progress: bool = False,
    confidence_level: float | None = None,
    background_uncertainty: float | None = None,
) -> xr.Dataset:
    """Limits of any number of searches in the plane of lifetime and branching ratio, at one mass.

    Parameters
    ----------
    detectors
        As in `farflung.scenarios.compare`.
    process
        The decay whose branching ratio is limited.
    mass
        Mass [GeV] of the particle.
    ctau
        Increasing proper decay lengths (c,) [m].
    final_state
        What the particle decays to; by default for each search the first that it counts.
    n, seed, sampling
        As in `Detector.flights`.
    progress, confidence_level, background_uncertainty
        As in `farflung.scenarios.sweep`.

    Returns
    -------
    xarray.Dataset
        ``limit`` (search, ctau) on the branching ratio, times that into ``final_state`` (search; "any" where any
        counts): infinite where the search sees nothing, NaN where it does not look for such a particle.

    Raises
    ------
    ScenarioError
        If no search looks for it or says anything about the mass, one appears twice, or a c tau is not positive and
        increasing.
    PhysicsError
        If the process cannot make the mass.
    """
    mass, lengths = number("mass", mass, ScenarioError), np.atleast_1d(numbers("ctau", ctau, ScenarioError))
    if not (np.isfinite(lengths).all() and (lengths > 0).all() and (np.diff(lengths) > 0).all()):
        raise ScenarioError("ctau must be positive, finite and increasing")
    decay = parse_decay(process) if isinstance(process, str) else process
    decay.require(mass)
    pairs = at_statistics(pairs_of(detectors), confidence_level, background_uncertainty)
    require_pairs(pairs)
    limits = np.full((len(pairs), len(lengths)), np.nan)
    states = [""] * len(pairs)
    looking = []
    for i, (_, detector, search) in enumerate(counted(pairs, "searches", len(pairs), shown=progress)):
        state = default_state(search, mass) if final_state is None else final_state
        if _looks_for(pairs[i], decay, state, mass):
            continue
        looking.append(pairs[i])
        states[i] = ANY if state == _ANYTHING and final_state is None else state
        limits[i] = branching_ratio_limit(
            detector, search, mass, lengths,
            process=decay, final_state=state, n=n, seed=seed, sampling=sampling,
        )  # fmt: skip
    if not looking:
        raise ScenarioError(_why_nobody(pairs, decay, mass, final_state))
    silent = not_covered(looking, np.array([mass]))
    return xr.Dataset(
        {"limit": (("search", "ctau"), limits, {"units": "1", "long_name": f"limit on B({decay.equation})"})},
        coords={
            "search": [pair.name for pair in pairs],
            "search_title": ("search", [f"{pair.detector.title}, {pair.search.title}" for pair in pairs]),
            **statistics_of(pairs),
            "final_state": ("search", states),
            "detector_title": ("search", [pair.detector.title for pair in pairs]),
            "decays": ("search", [pair.search.decays for pair in pairs]),
            "status": ("search", ["result" if pair.search.is_result else "projection" for pair in pairs]),
            "ctau": ("ctau", lengths, {"units": "m", "long_name": "proper decay length"}),
        },
        attrs={
            "process": str(decay),
            "mass": f"{mass:g} GeV",
            "detectors": "; ".join(dict.fromkeys(f"{pair.label} = {pair.detector.described()}" for pair in pairs)),
            "detector_references": references_said(pairs),
            **statistics_attributes(pairs, confidence_level),
            "sampling": sampling_said([(pair.label, pair.detector) for pair in pairs], n, seed, sampling),
            **said(silent),
            "created_by": f"farflung {version('farflung')}",
        },
    )


def default_state(search: Search, mass: float) -> str:
    """A final state that the search sees at a mass [GeV]: the first that it counts and that is open."""
    states = search.states_seen(mass)
    if states:
        return next((state for state in states if mass > sum(final_state(state).masses)), states[0])
    by_state = [key for key in search.efficiency if "->" not in key] if isinstance(search.efficiency, Mapping) else []
    return by_state[0] if by_state else _ANYTHING


def _process(search: Search, process: Process | str | None) -> Process:
    """The process that is limited, which the search must count and which must be a decay."""
    if process is None and not search.processes:
        raise ScenarioError(f"process: search {search.name!r} names none; give one, as in process='B+ -> K+'")
    chosen = search.processes[0] if process is None else parse_decay(process) if isinstance(process, str) else process
    if chosen.vertex:
        raise ScenarioError(f"process = '{chosen}' of search {search.name!r} is no decay, so it has no branching ratio")
    if not search.counts(chosen):
        known = ", ".join(map(str, search.processes))
        raise ScenarioError(f"process = '{chosen}' is not one that search {search.name!r} counts: {known}")
    return chosen


def _looks_for(pair: Pair, process: Process, state: str, mass: float) -> str:
    """Empty if the search looks for such a particle; or else why it does not."""
    search, known = pair.search, final_state(state)
    source = pair.detector.source.part(search.source)
    if not source.has(process):
        return f"{pair.label} makes nothing of {process.initial}: it offers {', '.join(source.initials()) or 'nothing'}"
    if not search.counts(process):
        return f"{pair.name} counts {', '.join(map(str, search.processes))} alone"
    if search.final_states and state not in search.final_states:
        return f"{pair.name} looks for {', '.join(search.final_states)}"
    if known.products and mass <= sum(known.masses):
        return f"a particle of {mass:g} GeV is too light to decay to {state}"
    if search.products is not None and not search.products.knows(state):
        return f"{pair.name} never sees {state}"
    return ""


def _why_nobody(pairs: Sequence[Pair], process: Process, mass: float, state: str | None) -> str:
    """The sentence for a particle that no search looks for."""
    reasons = [_looks_for(pair, process, state or default_state(pair.search, mass), mass) for pair in pairs]
    beside = f" that decays to {state}" if state else ""
    return f"process = '{process}': nobody looks for such a particle{beside}: {'; '.join(dict.fromkeys(reasons))}"


def plane_as_dict(data: xr.Dataset) -> dict[str, Any]:
    """A plane with its provenance, ready for JSON; infinite limits are left out."""
    rows: Sequence[dict[str, Any]] = [
        dict(
            zip(
                PLANE_COLUMNS,
                (
                    *str(name).split(":", 1),
                    data.attrs["process"],
                    str(data["final_state"].sel(search=name).values),
                    float(data.attrs["mass"].split()[0]),
                    float(ctau),
                    float(data["limit"].sel(search=name, ctau=ctau)),
                ),
                strict=True,
            )
        )
        for name in data["search"].values
        for ctau in data["ctau"].values
        if np.isfinite(data["limit"].sel(search=name, ctau=ctau))
    ]
    facts = {str(label): str(value) for label, value in data.attrs.items()}
    return {"provenance": facts, "remarks": remarks(data), "limits": list(rows)}


def plane_as_csv(data: xr.Dataset) -> str:
    """A plane as text: comments with provenance, a header, one row per search and c tau."""
    rows = [list(row.values()) for row in plane_as_dict(data)["limits"]]
    comments = ["limit on the branching ratio, times that into the final state; a c tau without a row has no limit"]
    return csv_text(comments + remarks(data) + provenance(data), PLANE_COLUMNS, rows)


def write_plane(data: xr.Dataset, path: str | Path) -> None:
    """Write a plane to a .csv, .json or .nc file; raises as `farflung.scenarios.output.write_table`."""
    write_table(path, data, lambda: plane_as_csv(data), lambda: plane_as_dict(data))
