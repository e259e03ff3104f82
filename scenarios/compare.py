"""Detectors and searches side by side."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor

from numpy.typing import ArrayLike

from farflung.detectors import Detector, Search
from farflung.lpp import Model, Sampling
from farflung.scenarios.exclusion import Reach
from farflung.scenarios.sweep import Pair, sweep

Entry = Detector | tuple[Detector, str | Search]
"""A detector with all its searches, or with one."""


def compare(
    detectors: Sequence[Entry] | Mapping[str, Entry],
    model: Model,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    *,
    n: int = 4096,
    seed: int = 1,
    sampling: Sampling = "aimed",
    executor: Executor | None = None,
    progress: bool = False,
) -> Reach:
    """Couplings that any number of detectors and searches exclude for one model, as a function of mass.

    Parameters
    ----------
    detectors
        Detectors, with all their searches, or pairs of a detector and one search. A mapping gives them labels, which
        two of one kind need: ``{"little": BelleII(0.5), "full": BelleII(50)}``.
    model
        The long-lived particle.
    masses
        Masses [GeV]; by default 60 from 0.01 to 4.7, evenly spaced in the logarithm, and some beside thresholds.
    couplings, n, seed, sampling, executor, progress
        As in `farflung.scenarios.sweep`.

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
    >>> reach = compare([BelleII(luminosity=50)], ALPFermion(), masses=[0.1, 0.5])
    >>> reach.best_search().values
    array(['belle2:invisible', 'belle2:displaced'], dtype='<U16')
    """
    entries = detectors.items() if isinstance(detectors, Mapping) else [(None, entry) for entry in detectors]
    pairs: list[Pair] = []
    for label, entry in entries:
        detector, chosen = entry if isinstance(entry, tuple) else (entry, None)
        searches = detector.searches.values() if chosen is None else [detector.search(chosen)]
        pairs += [Pair(label or detector.name, detector, search) for search in searches]
    return Reach(
        sweep(
            pairs,
            model,
            masses,
            couplings,
            n=n,
            seed=seed,
            sampling=sampling,
            executor=executor,
            progress=progress,
        )
    )


def reach(
    detector: Detector,
    model: Model,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    *,
    n: int = 4096,
    seed: int = 1,
    sampling: Sampling = "aimed",
    executor: Executor | None = None,
    progress: bool = False,
) -> Reach:
    """Couplings that all searches of one detector exclude; arguments as in `compare`."""
    return compare(
        [detector],
        model,
        masses,
        couplings,
        n=n,
        seed=seed,
        sampling=sampling,
        executor=executor,
        progress=progress,
    )
