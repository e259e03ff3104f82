"""Detectors and searches side by side."""

from collections.abc import Sequence
from concurrent.futures import Executor

import numpy as np
from numpy.typing import ArrayLike

from farflung.detectors import Detector, Search
from farflung.lpp import Model, Sampling
from farflung.scenarios.errors import ScenarioError
from farflung.scenarios.reach import Reach
from farflung.scenarios.sweep import DEFAULT_MASSES, Pair, sweep


def compare(
    detectors: Sequence[Detector | tuple[Detector, str | Search]],
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
        Detectors, with all their searches, or pairs of a detector and one search.
    model
        The long-lived particle.
    masses
        Masses [GeV]; by default 60 from 0.01 to 4.7, evenly spaced in the logarithm.
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
    pairs: list[Pair] = []
    for item in detectors:
        detector, searches = (item, item.searches.values()) if isinstance(item, Detector) else (item[0], [item[1]])
        pairs += [(detector, detector.search(search)) for search in searches]
    labels = [f"{detector.name}:{search.name}" for detector, search in pairs]
    twice = {label for label in labels if labels.count(label) > 1}
    if twice:
        raise ScenarioError(f"{', '.join(sorted(twice))} appears twice; give each detector or search its own name")
    if masses is None:
        low, high, count = DEFAULT_MASSES
        masses = np.geomspace(low, high, count)
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
