"""Decays along the flights of a detector, drawn by importance."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Acceptance, Detector, DetectorError, Process, Search
from farflung.detectors.acceptance.decay_law import decay_probability, proper_distances
from farflung.geometry import Solid, Stretches
from farflung.lpp import Flights, Model
from farflung.scenarios import acceptance_table
from farflung.viz.joint_detector import caption, own_name, owner
from farflung.viz.weighed_decays import WeighedDecays

Array = NDArray[np.float64]

_LEAST = 1 / 20
"""Every kind of decay gets this share of all points, or more."""


def weighed_decays(
    detector: Detector,
    model: Model,
    mass: float,
    ctau: float,
    *,
    within: Solid,
    n: int = 4000,
    seed: int = 1,
) -> list[WeighedDecays]:
    """Draw decays along the flights of a detector, by importance.

    Places along each flight are drawn from the law of decay in each kind's part of it, so that the points of one kind
    all stand for the same share of all decays. Kinds have points in proportion to their shares; one that would have
    less than a twentieth gets that many. Probabilities are those of the acceptances, not counts of points.

    Parameters
    ----------
    detector, model
        Which detector, which particle, from the first of the searches' processes that makes it.
    mass
        Mass [GeV].
    ctau
        Proper decay length [m], positive and finite.
    within
        Region in which points are wanted.
    n, seed
        Number of points, about, and seed; the same seed gives the same points.

    Returns
    -------
    list of WeighedDecays
        Of searches in their order, those for decays outside last, and those that look in one place together; at the
        end what none of them counts.

    Raises
    ------
    PhysicsError, DetectorError
        If the mass or c tau make no sense.
    """
    if not (np.isfinite(ctau) and ctau > 0):
        raise DetectorError(f"ctau = {ctau:g} m is not positive and finite, so decays cannot be drawn")
    process = detector.first_process(model, mass)
    groups = _groups(detector, process)
    parts = []
    for order, flights in enumerate(_samples(detector, groups, model, mass, process, seed)):
        region, alone = _regions(detector, groups, flights)[order]
        parts.append(_part(flights, region, alone, within, ctau))
    # what is left is known from what the others have, each from its own flights
    rest = max(1 - sum(part.alone for part in parts[:-1]), 0.0)
    parts[-1] = parts[-1]._replace(everywhere=rest, alone=rest, shown=min(parts[-1].shown, rest))
    accepted = _acceptances(detector, model, mass, ctau, groups, seed)
    random = np.random.default_rng([seed, 1])  # another stream than that of the flights, which has the bare seed
    left_over = {1: "others", 2: "neither"}.get(len(groups), "none of these")
    kinds = []
    for group, part, count in zip([*groups, ()], parts, _shared_out(n, [part.shown for part in parts]), strict=True):
        captions = {name: caption(detector, name) for name in group}
        kinds.append(
            WeighedDecays(
                name=", ".join(captions.values()) or left_over,
                searches=group,
                probability=part.everywhere,
                acceptance={captions[name]: accepted[name] for name in group if name in accepted},
                beyond=max(part.alone - part.shown, 0.0),
                overlaps=part.alone < part.everywhere * (1 - 1e-9),
                points=_points(part.flights, part.stretches, ctau, count, random),
                weight=part.shown / count if count else 0.0,
            )
        )
    return kinds


class _Part(NamedTuple):
    """Where one kind of decays happens along flights, and how often."""

    flights: Flights
    stretches: Stretches
    """Those that are shown."""
    everywhere: float
    """Probability to decay where searches of this kind look."""
    alone: float
    """The same without what is counted before."""
    shown: float
    """The same in what is shown."""


def _part(flights: Flights, region: Stretches, alone: Stretches, within: Solid, ctau: float) -> _Part:
    shown = alone & within.stretches(flights.origin, flights.direction)
    everywhere, own, in_picture = (float(Acceptance(flights, where)(ctau)) for where in (region, alone, shown))
    return _Part(flights, shown, everywhere, own, in_picture)


def _samples(
    detector: Detector, groups: Sequence[tuple[str, ...]], model: Model, mass: float, process: Process, seed: int
) -> list[Flights]:
    """Flights for each group, aimed at the solids of its detector, and for what none counts."""
    owners = [owner(detector, group[0]) for group in groups] or [detector]
    drawn = {id(whose): whose.flights(model, mass, process=process, seed=seed) for whose in owners}
    complete = next((flights for flights in drawn.values() if flights.complete), None)
    if complete is None:
        # what misses the solids is not in flights that are aimed at them
        most = max(whose.sample_size for whose in owners)
        complete = detector.flights(model, mass, process=process, n=most, seed=seed, sampling="random")
    return [*(drawn[id(owner(detector, group[0]))] for group in groups), complete]


def _groups(detector: Detector, process: Process) -> list[tuple[str, ...]]:
    """Names of the searches that look for what the process makes, those that look in one place together.

    Those for decays outside are last: what is outside of one detector may be inside another.
    """
    places: dict[tuple[str, str], list[str]] = {}
    for name, search in detector.searches.items():
        if search.solid and detector.serves(search, process):
            places.setdefault((search.solid, search.decays), []).append(name)
    return [tuple(names) for _, names in sorted(places.items(), key=lambda item: item[0][1] == "outside")]


def _regions(
    detector: Detector, groups: Sequence[tuple[str, ...]], flights: Flights
) -> list[tuple[Stretches, Stretches]]:
    """Where on each flight each group counts decays, and where no group before it does; at the end where none does."""
    everything = Stretches(np.zeros((len(flights), 1)), np.full((len(flights), 1), np.inf))
    left, regions = everything, []
    for group in groups:
        region = _place(detector, detector.search(group[0]), flights, everything)
        regions.append((region, region & left))
        left = left - region
    return [*regions, (left, left)]


def _place(detector: Detector, search: Search, flights: Flights, everything: Stretches) -> Stretches:
    inside = detector.solid(search.solid).stretches(flights.origin, flights.direction)
    return everything - inside if search.decays == "outside" else inside


def _acceptances(
    detector: Detector, model: Model, mass: float, ctau: float, groups: Sequence[tuple[str, ...]], seed: int
) -> dict[str, float]:
    """What the acceptance of each search says; searches for which there is none are left out."""
    found = {}
    for name in (name for group in groups for name in group):
        whose, own = owner(detector, name), own_name(detector, name)
        value = float(acceptance_table((whose, own), model, mass, [ctau], seed=seed)["probability"].values[0, 0])
        if np.isfinite(value):
            found[name] = value
    return found


def _shared_out(n: int, probabilities: Sequence[float]) -> list[int]:
    """How many of n points each kind gets: in proportion, but none of those that happen less than `_LEAST`."""
    least = max(1, int(_LEAST * n))
    total = sum(probabilities)
    return [max(round(n * chance / total), least) if chance > 0 else 0 for chance in probabilities]


def _points(flights: Flights, stretches: Stretches, ctau: float, count: int, random: np.random.Generator) -> Array:
    """Places (count, 3) [m] of decays inside the stretches, by the law of decay."""
    start, stop = proper_distances(flights, stretches)
    with np.errstate(invalid="ignore"):
        length = np.where(np.isinf(start), 0.0, stop - start)
    chance = (flights.weight[:, None] * decay_probability(start, length, np.array([ctau]))[0]).ravel()
    if not count:
        return np.empty((0, 3))
    sums = np.cumsum(chance)
    # evenly spaced, so that no part of the flights has more points than it should
    chosen = np.searchsorted(sums, (np.arange(count) + random.random()) / count * sums[-1], side="right")
    chosen = np.minimum(chosen, np.flatnonzero(chance)[-1])
    lived = start.ravel()[chosen] - ctau * np.log1p(random.random(count) * np.expm1(-length.ravel()[chosen] / ctau))
    flight = chosen // start.shape[1]
    path = (lived * flights.beta_gamma[flight])[:, None]
    return np.asarray(flights.origin[flight] + path * flights.direction[flight])
