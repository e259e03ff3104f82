"""How many flights are drawn, and what results say about it."""

from collections.abc import Sequence

from farflung.detectors import Detector
from farflung.lpp import Sampling
from farflung.lpp.sampling.unit_points import sample_size


def size_for(detector: Detector, n: int | None, sampling: Sampling) -> int:
    """Flights of each process that are drawn for a detector where n are asked for, or what it asks for itself."""
    return sample_size(detector.sample_size if n is None else n, sampling)


def sampling_said(detectors: Sequence[tuple[str, Detector]], n: int | None, seed: int, sampling: Sampling) -> str:
    """What the attributes of a result say: how flights are drawn and how many, for detectors by their labels."""
    sizes = {label: size_for(detector, n, sampling) for label, detector in detectors}
    if len(set(sizes.values())) == 1:
        drawn = str(next(iter(sizes.values())))
    else:
        drawn = ", ".join(f"{size} ({label})" for label, size in sizes.items())
    rounded = "" if n is None or set(sizes.values()) == {n} else f" (rounded up from {n})"
    return f"{sampling}, n = {drawn}{rounded}, seed = {seed}"
