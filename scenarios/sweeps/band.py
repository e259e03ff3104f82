"""What several treatments of one particle exclude together."""

from collections.abc import Iterator, Sequence

from farflung.scenarios.sweeps.reach_table import ExcludedInterval


def excluded_together(
    every: Sequence[Sequence[ExcludedInterval]], *, some: bool, ends: tuple[float, float]
) -> list[ExcludedInterval]:
    """What all treatments exclude, or what at least one of them does.

    Parameters
    ----------
    every
        Excluded intervals of each treatment.
    some
        Whether one treatment is enough.
    ends
        Lowest and highest scanned coupling.
    """
    places: dict[tuple[str, str, str, float], list[list[ExcludedInterval]]] = {}
    for number, intervals in enumerate(every):
        for one in intervals:
            key = (one.detector, one.search, one.model, one.mass)
            places.setdefault(key, [[] for _ in every])[number].append(one)
    needed = 1 if some else len(every)
    found = []
    for (detector, search, model, mass), pieces in places.items():
        for low, high in _counted(pieces, needed):
            open_end = " ".join(["low"] * (low == ends[0]) + ["high"] * (high == ends[1]))
            found.append(ExcludedInterval(detector, search, model, mass, low, high, open_end))
    return found


def _counted(pieces: Sequence[Sequence[ExcludedInterval]], needed: int) -> Iterator[tuple[float, float]]:
    """Stretches that lie in intervals of at least so many treatments."""
    steps = sorted(
        [(one.low, -1) for intervals in pieces for one in intervals]
        + [(one.high, 1) for intervals in pieces for one in intervals]
    )
    depth, begin = 0, 0.0
    for at, step in steps:
        before, depth = depth, depth - step
        if before < needed <= depth:
            begin = at
        elif depth < needed <= before and at > begin:
            yield begin, at
