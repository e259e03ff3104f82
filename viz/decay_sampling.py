"""Decays along the flights of a detector, drawn by importance."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Acceptance, Detector, DetectorError
from farflung.detectors.acceptance.decay_law import decay_probability, proper_distances
from farflung.geometry import Solid, Stretches
from farflung.lpp import Flights, Model
from farflung.scenarios import acceptance_table
from farflung.viz.decay_kinds import DecayKind, decay_kinds
from farflung.viz.joint_detector import own_name, owner
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
    drawn = decay_kinds(detector, model, mass, within=within, seed=seed)
    parts = [_part(kind, within, ctau) for kind in drawn]
    # what is left is known from what the others have, each from its own flights
    rest = max(1 - sum(part.alone for part in parts[:-1]), 0.0)
    parts[-1] = parts[-1]._replace(everywhere=rest, alone=rest, shown=min(parts[-1].shown, rest))
    accepted = _acceptances(detector, model, mass, ctau, [kind.searches for kind in drawn], seed)
    random = np.random.default_rng([seed, 1])  # another stream than that of the flights, which has the bare seed
    kinds = []
    for kind, part, count in zip(drawn, parts, shared_out(n, [part.shown for part in parts]), strict=True):
        kinds.append(
            WeighedDecays(
                name=kind.name,
                searches=kind.searches,
                probability=part.everywhere,
                acceptance={said: accepted[name] for name, said in kind.captions.items() if name in accepted},
                beyond=max(part.alone - part.shown, 0.0),
                overlaps=part.alone < part.everywhere * (1 - 1e-9),
                points=_points(kind.flights, part.stretches, ctau, count, random),
                weight=part.shown / count if count else 0.0,
            )
        )
    return kinds


class _Part(NamedTuple):
    """Where one kind of decays happens along flights, and how often."""

    stretches: Stretches
    """Those that are shown."""
    everywhere: float
    """Probability to decay where searches of this kind look."""
    alone: float
    """The same without what is counted before."""
    shown: float
    """The same in what is shown."""


def _part(kind: DecayKind, within: Solid, ctau: float) -> _Part:
    shown = kind.alone & within.stretches(kind.flights.origin, kind.flights.direction)
    places = (kind.region, kind.alone, shown)
    everywhere, own, in_picture = (float(Acceptance(kind.flights, where)(ctau)) for where in places)
    return _Part(shown, everywhere, own, in_picture)


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


def shared_out(n: int, probabilities: Sequence[float], least_share: float = _LEAST) -> list[int]:
    """How many of n points each kind gets: in proportion, but none of those that happen less than the least share."""
    least = max(1, int(least_share * n))
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
