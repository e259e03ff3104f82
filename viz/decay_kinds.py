"""Which decays count in which searches by their place, whatever the lifetime."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from farflung.detectors import Detector, Process, Search
from farflung.detectors.acceptance.aims import aim_at
from farflung.geometry import Solid, Stretches
from farflung.lpp import Flights, Model
from farflung.viz.joint_detector import caption, owner


@dataclass(frozen=True, eq=False)
class DecayKind:
    """Decays of one kind: those that certain searches would count by their place, or those that none would.

    Attributes
    ----------
    searches
        Names of the searches; empty for decays that none counts.
    captions
        What these are called in a legend.
    name
        What the kind is called.
    flights
        Flights along which such decays happen.
    region
        Where on each flight these searches count decays.
    alone
        The same without what searches of kinds before count.
    """

    searches: tuple[str, ...]
    captions: dict[str, str]
    name: str
    flights: Flights
    region: Stretches
    alone: Stretches


def decay_kinds(detector: Detector, model: Model, mass: float, *, within: Solid, seed: int) -> list[DecayKind]:
    """Kinds of decays of the model's particle from the first of the searches' processes that makes it.

    Those of searches in their order, those for decays outside last, and those that look in one place together; at the
    end what none of them counts, for which the flights may lack those that miss the region of the picture. Arguments
    and exceptions are those of `farflung.viz.weighed_decays`.
    """
    process = detector.first_process(model, mass)
    groups = _groups(detector, process)
    left_over = {1: "others", 2: "neither"}.get(len(groups), "none of these")
    kinds = []
    for order, flights in enumerate(_samples(detector, groups, model, mass, process, within, seed)):
        region, alone = _regions(detector, groups, flights)[order]
        searches = [*groups, ()][order]
        captions = {name: caption(detector, name) for name in searches}
        kinds.append(DecayKind(searches, captions, ", ".join(captions.values()) or left_over, flights, region, alone))
    return kinds


def _samples(
    detector: Detector,
    groups: Sequence[tuple[str, ...]],
    model: Model,
    mass: float,
    process: Process,
    within: Solid,
    seed: int,
) -> list[Flights]:
    """Flights for each group, aimed at the solids of its detector, and for what none counts."""
    owners = [owner(detector, group[0]) for group in groups] or [detector]
    drawn = {id(whose): whose.flights(model, mass, process=process, seed=seed) for whose in owners}
    rest = next((flights for flights in drawn.values() if flights.complete), None)
    if rest is None:
        # what misses the solids is not in flights that are aimed at them
        most = max(whose.sample_size for whose in owners)
        rest = detector.source.flights(process, mass, n=most, seed=seed, aim=aim_at([within], complete=False))
    return [*(drawn[id(owner(detector, group[0]))] for group in groups), rest]


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
