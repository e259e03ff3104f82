"""Decays that stand for what a detector sees, however seldom that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors import Acceptance, Detector, DetectorError, Process, Search
from farflung.detectors.acceptance.decay_law import decay_probability, proper_distances
from farflung.geometry import Solid, Stretches
from farflung.lpp import Flights, Model
from farflung.scenarios import acceptance_table
from farflung.viz.joint_detector import caption, own_name, owner

Array = NDArray[np.float64]

_LEAST = 1 / 20
"""Every kind of decay gets this share of all points, or more."""


@dataclass(frozen=True, eq=False)
class WeighedDecays:
    """Decays of one kind: those that certain searches would count by their place, or those that none would.

    Attributes
    ----------
    name
        Names of the searches, or what the others are called.
    searches
        Names of the searches; empty for decays that none counts.
    probability
        Share of all decays that happen where these searches look, whether others count them too or not.
    acceptance
        What each search's acceptance says, by its caption, as does `farflung.scenarios.acceptance_table`: also of the
        decay products, and of what must fly beside.
    beyond
        Share of all decays that are of this kind and outside of the region that is shown.
    overlaps
        Whether some of them are counted by searches before these: then those are not among the points.
    points
        Where the decays drawn are (n, 3) [m].
    weight
        Share of all decays that each point stands for.
    """

    name: str
    searches: tuple[str, ...]
    probability: float
    acceptance: dict[str, float]
    beyond: float
    overlaps: bool
    points: Array
    weight: float

    @property
    def label(self) -> str:
        """What they are called in a legend."""
        if not self.searches:
            return f"{share(self.probability)} of the decays: {self.name}{self._beyond()}"
        differing = {name: said for name, said in self._acceptances().items() if said != share(self.probability)}
        note = ""
        if len(set(differing.values())) == 1 and len(differing) == len(self.searches):
            note = f", acceptance {next(iter(differing.values()))}"
        elif differing:
            note = f", acceptance {', '.join(f'{name} {said}' for name, said in differing.items())}"
        also = ", some of them also above" if self.overlaps else ""
        return f"{share(self.probability)} of the decays: {self.name}{note}{also}{self._beyond()}"

    def _acceptances(self) -> dict[str, str]:
        return {name: share(value) for name, value in self.acceptance.items()}

    def _beyond(self) -> str:
        return f" ({share(self.beyond)} beyond the picture)" if self.beyond >= 5e-4 else ""


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
    owners = [owner(detector, group[0]) for group in groups]
    # those of each detector are aimed at its own solids
    drawn = {id(whose): whose.flights(model, mass, process=process, seed=seed) for whose in owners or [detector]}
    samples = [drawn[id(whose)] for whose in owners]
    complete = next((flights for flights in drawn.values() if flights.complete), None)
    if complete is None:
        # what misses the solids is not in flights that are aimed at them
        most = max(whose.sample_size for whose in owners or [detector])
        complete = detector.flights(model, mass, process=process, n=most, seed=seed, sampling="random")
    kinds = []
    for order, flights in enumerate([*samples, complete]):
        region, alone = _regions(detector, groups, flights)[order]
        shown = alone & within.stretches(flights.origin, flights.direction)
        kinds.append((flights, shown, *(_probability(flights, found, ctau) for found in (region, alone, shown))))
    rest = max(1 - sum(own for *_, own, _ in kinds[:-1]), 0.0)
    kinds[-1] = (*kinds[-1][:2], rest, rest, min(kinds[-1][-1], rest))
    counts = _shared_out(n, [in_picture for *_, in_picture in kinds])
    accepted = _acceptances(detector, model, mass, ctau, groups, seed)
    random = np.random.default_rng([seed, 1])  # another stream than that of the flights, which has the bare seed
    return [
        WeighedDecays(
            ", ".join(caption(detector, name) for name in group)
            or {1: "others", 2: "neither"}.get(len(groups), "none of these"),
            group,
            everywhere,
            {caption(detector, name): accepted[name] for name in group if name in accepted},
            max(own - in_picture, 0.0),
            bool(group) and own < everywhere * (1 - 1e-9),
            _points(flights, shown, ctau, count, random),
            in_picture / count if count else 0.0,
        )
        for group, count, (flights, shown, everywhere, own, in_picture) in zip(
            [*groups, ()], counts, kinds, strict=True
        )
    ]


def in_proportion(kinds: Sequence[WeighedDecays]) -> bool:
    """Whether all points of all kinds stand for about the same share of decays."""
    weights = [kind.weight for kind in kinds if kind.weight]
    return not weights or max(weights) < 1.2 * min(weights)


def share(probability: float) -> str:
    """A probability with two significant digits, in per cent where it is not too small."""
    if probability > 0.995:
        return "nearly all" if probability < 1 - 1e-12 else "all"
    if probability >= 1e-3:
        return f"{float(f'{100 * probability:.2g}'):g} %"
    mantissa, _, power = f"{probability:.1e}".partition("e")
    return f"{mantissa}e{int(power)}" if probability else "0"


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


def _probability(flights: Flights, stretches: Stretches, ctau: float) -> float:
    return float(Acceptance(flights, stretches)(ctau))


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
