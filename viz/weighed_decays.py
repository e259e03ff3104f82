"""Decays that stand for what a detector sees, however seldom that is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.number_text import ten_to

Array = NDArray[np.float64]


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
    return f"{mantissa}×{ten_to(int(power))}" if probability else "0"
