"""Detectors and searches side by side."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from typing import TypedDict, Unpack

from numpy.typing import ArrayLike

from farflung.detectors import Detector, Search
from farflung.lpp import Model, Sampling
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.sweep import Pair, sweep

Entry = Detector | tuple[Detector, *tuple[str | Search, ...]]
"""A detector with all its searches, or with those that are named after it."""

Entries = Sequence[Entry] | Mapping[str, Entry]
"""Detectors to compare, under their own names or under labels."""


class SweepOptions(TypedDict, total=False):
    """Keywords that are handed on to `farflung.scenarios.sweep`, where they are explained."""

    n: int | None
    seed: int
    sampling: Sampling
    executor: Executor | None
    progress: bool


def compare(
    detectors: Entries,
    model: Model,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    **options: Unpack[SweepOptions],
) -> Reach:
    """Couplings that any number of detectors and searches exclude for one model, as a function of mass.

    Parameters
    ----------
    detectors
        Detectors, with all their searches, or with some: ``(belle2, "displaced")``. A mapping gives them labels,
        which two of one kind need: ``{"little": BelleII(0.5), "full": BelleII(50)}``.
    model
        The long-lived particle.
    masses
        Masses [GeV]; by default 60 from 0.01 to 4.7, evenly spaced in the logarithm, and some beside thresholds.
    couplings
        Couplings to scan; by default the model's range.
    **options
        ``n``, ``seed``, ``sampling``, ``executor`` and ``progress`` as in `farflung.scenarios.sweep`.

    Raises
    ------
    ScenarioError
        If there is nothing to compare, or one detector-search pair appears twice.
    PhysicsError
        If the model cannot treat what it is asked.

    Examples
    --------
    >>> from farflung.detectors import BelleII
    >>> from farflung.lpp import ALPFermion
    >>> found = compare([BelleII(luminosity=50)], ALPFermion(), masses=[0.1, 0.5])
    >>> found.best_search().values
    array(['belle2:invisible', 'belle2:displaced'], dtype='<U16')
    """
    pairs = pairs_of(detectors)
    found = sweep(pairs, model, masses, couplings, **options)
    facts = {
        "detector_title": [pair.detector.title for pair in pairs],
        "decays": [pair.search.decays for pair in pairs],
        "status": ["result" if pair.search.is_result else "projection" for pair in pairs],
    }
    return Reach(found.assign_coords({label: ("search", values) for label, values in facts.items()}))


def pairs_of(detectors: Entries) -> list[Pair]:
    """Every detector with each of its searches that are wanted, as `compare` takes them."""
    entries = detectors.items() if isinstance(detectors, Mapping) else [(None, entry) for entry in detectors]
    pairs: list[Pair] = []
    for label, entry in entries:
        detector, chosen = (entry[0], entry[1:]) if isinstance(entry, tuple) else (entry, tuple(entry.searches))
        pairs += [Pair(label or detector.name, detector, detector.search(search)) for search in chosen]
    return pairs


def reach(
    detector: Detector,
    model: Model,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    **options: Unpack[SweepOptions],
) -> Reach:
    """Couplings that all searches of one detector exclude; arguments and exceptions as in `compare`."""
    return compare([detector], model, masses, couplings, **options)
