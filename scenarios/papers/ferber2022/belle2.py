"""Belle II as arXiv:2201.06580 has it."""

from dataclasses import replace

from farflung.detectors import BelleII
from farflung.scenarios.papers.ferber2022 import samples
from farflung.scenarios.papers.run import Run

LUMINOSITIES = (0.5, 50.0)
"""Integrated luminosities [ab^-1] of section 4."""


def belle2(run: Run, luminosity: float, *, background: bool = True) -> BelleII:
    """Belle II with the backgrounds of section 4.2, or none, the efficiency of simulated events, eq. 3.2 as it is."""
    detector = BelleII(luminosity, background=background, factorised=True)
    search = replace(detector.search("invisible"), efficiency=run.once(samples.efficiency))
    detector.searches["invisible"] = search
    return detector
