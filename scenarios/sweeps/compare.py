"""Detectors and searches side by side."""

from collections.abc import Sequence
from concurrent.futures import Executor
from typing import TypedDict, Unpack

from numpy.typing import ArrayLike

from farflung.detectors import Detector
from farflung.lpp import Model, Sampling
from farflung.scenarios.sweeps.exclusion import Reach
from farflung.scenarios.sweeps.pairs import Entries, Entry, pairs_of
from farflung.scenarios.sweeps.sweep import sweep


class SweepOptions(TypedDict, total=False):
    """Keywords that are handed on to `farflung.scenarios.sweep`, where they are explained."""

    n: int | None
    seed: int
    sampling: Sampling
    executor: Executor | None
    progress: bool
    confidence_level: float | None
    background_uncertainty: float | None
    treatments: Sequence[Model | Detector | str] | None
    beside_thresholds: bool | None


def compare(
    detectors: Entries,
    model: Model | str,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    **options: Unpack[SweepOptions],
) -> Reach:
    """Couplings that any number of detectors and searches exclude for one model, as a function of mass.

    Parameters
    ----------
    detectors
        Detectors, with all their searches, or with some: ``(belle2, "displaced")``. A mapping gives them labels,
        which two of one kind need: ``{"little": BelleII(0.5), "full": BelleII(50)}``. Names stand for what is
        registered: ``["belle2:displaced", "lhcb"]``.
    model
        The long-lived particle, or its name.
    masses
        Masses [GeV]; by default 60 from 0.01 to 4.7, evenly spaced in the logarithm, and some beside thresholds.
    couplings
        Couplings to scan; by default the model's range.
    **options
        ``n``, ``seed``, ``sampling``, ``executor``, ``progress``, ``confidence_level``, ``background_uncertainty``,
        ``treatments`` and ``beside_thresholds`` as in `farflung.scenarios.sweep`.

    Raises
    ------
    ScenarioError
        If there is nothing to compare, one detector-search pair appears twice, or the masses make no sense.
    DetectorError
        If what is given is no detector.
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


def reach(
    detector: Entry,
    model: Model | str,
    masses: ArrayLike | None = None,
    couplings: ArrayLike | None = None,
    **options: Unpack[SweepOptions],
) -> Reach:
    """Couplings that all searches of one detector exclude; arguments and exceptions as in `compare`."""
    return compare([detector], model, masses, couplings, **options)
