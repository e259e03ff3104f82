"""How many background events the search expects, and from what."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2 import BACKGROUND_PER_PAIR, CROSS_SECTIONS
from farflung.lpp import named_values
from farflung.lpp.units import NB_IN_INVERSE_AB


@dataclass(frozen=True)
class BackgroundRate:
    """The share of one process that passes the selection.

    Parameters
    ----------
    process
        As in ``"B+ B-"`` or ``"c cbar"``.
    cross_section
        In nb.
    share
        Probability that an event passes.
    error
        Statistical error of the share (one standard deviation).
    source
        Where the share comes from.

    Raises
    ------
    DetectorError
        If a number is negative or not finite, or the share is above 1.
    """

    process: str
    cross_section: float
    share: float
    error: float
    source: str

    def __post_init__(self) -> None:
        for label, most in (("cross_section", np.inf), ("share", 1.0), ("error", np.inf)):
            value = getattr(self, label)
            if not (np.isfinite(value) and 0 <= value <= most):
                raise DetectorError(f"{label} = {value:g} of {self.process} must lie between 0 and {most:g}")

    def events(self, luminosity: float) -> float:
        """Expected events for a luminosity in ab^-1."""
        return self.share * self.cross_section * NB_IN_INVERSE_AB * luminosity

    def __str__(self) -> str:
        return f"{self.process}: {self.share * 1e7:.1f} +- {self.error * 1e7:.1f} of 10 M ({self.source})"


class Background:
    """The sum of several background processes; ``+`` joins two.

    Parameters
    ----------
    rates
        One for each process.

    Raises
    ------
    DetectorError
        If a process appears twice.

    Examples
    --------
    >>> round(PAPER_BACKGROUND.events(50))
    176700
    """

    def __init__(self, rates: Iterable[BackgroundRate]) -> None:
        self.rates: dict[str, BackgroundRate] = {}
        for rate in rates:
            if rate.process in self.rates:
                raise DetectorError(f"process = {rate.process!r} appears twice in the background")
            self.rates[rate.process] = rate

    def events(self, luminosity: float) -> float:
        """Expected events for a luminosity in ab^-1."""
        return sum(rate.events(luminosity) for rate in self.rates.values())

    def error(self, luminosity: float) -> float:
        """Statistical error of `events`, the processes being independent."""
        return float(
            np.hypot.reduce([NB_IN_INVERSE_AB * luminosity * r.cross_section * r.error for r in self.rates.values()])
        )

    def __add__(self, other: "Background") -> "Background":
        return Background([*self.rates.values(), *other.rates.values()])

    def __repr__(self) -> str:
        return f"<Background: {'; '.join(map(str, self.rates.values()))}>"


PAIR_NAMES = {"B+": "B+ B-", "B0": "B0 B0bar"}
"""Names of the pairs of B mesons, by the meson's."""

PAPER_BACKGROUND = Background(
    BackgroundRate(
        process=PAIR_NAMES[parent],
        cross_section=CROSS_SECTIONS[parent],
        share=share,
        error=float(np.sqrt(share / 1e7)),
        source="arXiv:2201.06580, section 4.2",
    )
    for parent, share in BACKGROUND_PER_PAIR.items()
)
"""39 B+ B- and 28 B0 B0bar events of 10 M each, and nothing from lighter quarks and taus: the default everywhere.

The paper found none of the latter among 10 M events of each kind. The cuts as they are printed leave thousands
(`Continuum`); which further cut removes them it does not say.
"""

named_values(Background).register("PAPER_BACKGROUND", PAPER_BACKGROUND)
