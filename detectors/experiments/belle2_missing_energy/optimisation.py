"""Which cuts find a signal best."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.background_sample import BackgroundSample
from farflung.detectors.experiments.belle2_missing_energy.figure_of_merit import Merit, merit, punzi
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.selection import Selection
from farflung.detectors.experiments.belle2_missing_energy.signal_sample import SignalSample
from farflung.lpp.units import NB_IN_INVERSE_AB

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Optimum:
    """The best selection that was found, beside the one to begin with, both on events that did not choose it.

    Attributes
    ----------
    selection
        The best selection.
    merit, start
        How it does, and how the first one does.
    """

    selection: Selection
    merit: Merit
    start: Merit

    @property
    def gain(self) -> float:
        """Figure of merit of the best selection over that of the first one; infinite where that keeps no signal."""
        return self.merit.punzi / self.start.punzi if self.start.punzi else np.inf


def optimise(
    signal: SignalSample,
    backgrounds: Sequence[BackgroundSample],
    luminosity: float,
    start: Selection | None = None,
) -> Optimum:
    """Move the cuts, one number at a time, as long as the figure of merit grows.

    The events are split in two by their decays: one half chooses the cuts, with the background raised by three times
    its statistical error, the other says how good they are. So cuts that avoid single background events gain nothing.
    Lines move by their values at two places. This finds a local optimum; begin elsewhere to look for another.

    Parameters
    ----------
    signal
        Signal events of one mass.
    backgrounds
        Background events of every process.
    luminosity
        In ab^-1.
    start
        Where to begin, and what to compare with; eq. 4.1 by default. Other tries begin with boxes around more and
        less of the signal, and the best one counts.

    Raises
    ------
    DetectorError
        If the luminosity is not positive or there is no background.
    """
    if not (np.isfinite(luminosity) and luminosity > 0) or not backgrounds:
        raise DetectorError(f"luminosity = {luminosity:g} ab^-1 must be positive, and backgrounds must not be empty")
    first = Selection() if start is None else start
    chooser = _Chooser(signal, backgrounds, luminosity, first)
    tried = [_climb(chooser, _to_numbers(begin)) for begin in (first, *map(partial(_box, signal), _SHARES))]
    best = max(tried, key=chooser)
    judges = [sample.part(sample.decays[0] % 2 == 1, 0.5) for sample in backgrounds]
    odd = _part(signal, signal.tag % 2 == 1)
    selection = _to_selection(best)
    return Optimum(selection, merit(selection, odd, judges, luminosity), merit(first, odd, judges, luminosity))


class _Chooser:
    """Figure of merit on the even half of all events, with the background raised by `_CAUTION` statistical errors.

    The error counts more than those that are kept, since otherwise corners win that happen to hold no background event:
    one decay as heavy as the heaviest that the first selection keeps, and one event as heavy as those of a p_T like
    the signal's.
    """

    def __init__(
        self, signal: SignalSample, backgrounds: Sequence[BackgroundSample], luminosity: float, first: Selection
    ) -> None:
        even = _part(signal, signal.tag % 2 == 0)
        self._signal = even.observables[:_SIGNAL_EVENTS]
        halves = [sample.part(sample.decays[0] % 2 == 0, 0.5) for sample in backgrounds]
        self._background = Observables.joined([half.observables for half in halves])
        scale = NB_IN_INVERSE_AB * luminosity
        self._weight = np.concatenate([half.weight * half.cross_section * scale for half in halves])
        owners = [half.decays[0] + i * 2**40 for i, half in enumerate(halves)]
        self._owner = np.unique(np.concatenate(owners), return_inverse=True)[1]
        self._heaviest = self._by_decay(first(self._background)).max(initial=0.0)
        order = np.argsort(self._background.pt)
        place = np.searchsorted(self._background.pt[order], self._signal.pt)
        self._near = np.append(self._weight[order], 0.0)[np.minimum(place, max(len(order) - 1, 0))]

    def _by_decay(self, kept: NDArray[np.bool_]) -> Array:
        return np.asarray(np.bincount(self._owner[kept], self._weight[kept]), dtype=float)

    def __call__(self, numbers: Array) -> float:
        selection = _to_selection(numbers)
        found, expected = selection(self._signal), self._by_decay(selection(self._background))
        if not found.any():
            return 0.0
        unseen = self._heaviest**2 + float(self._near[found].mean()) ** 2
        deviation = np.sqrt((expected**2).sum() + unseen)
        return float(punzi(found.mean(), expected.sum() + _CAUTION * deviation))


_CAUTION = 3.0
_SIGNAL_EVENTS = 50_000
_ANGLES, _MASSES = (130.0, 160.0), (27.0, 60.0)
# the variable in which each field of a selection is a line, and the first step of its two numbers
_LINE_OVER: dict[str, tuple[float, float] | None] = {
    "pt": None,
    "angle_degrees": None,
    "mass_squared": None,
    "pt_above_angle": _ANGLES,
    "pt_above_mass_squared": _MASSES,
    "mass_squared_above_angle": _ANGLES,
    "mass_squared_below_angle": _ANGLES,
}
_STEP = {"pt": 0.4, "angle_degrees": 16.0, "mass_squared": 16.0}
_HALVINGS, _CLIMBS = 6, 5


def _climb(figure: _Chooser, numbers: Array) -> Array:
    """Climb, and begin anew with long steps from where the climb ended, as long as that gains anything."""
    best = figure(numbers)
    for _ in range(_CLIMBS):
        numbers, higher = _climb_once(figure, numbers, best)
        if higher <= best * (1 + 1e-3):
            break
        best = higher
    return numbers


def _climb_once(figure: _Chooser, numbers: Array, best: float) -> tuple[Array, float]:
    steps = np.array([_STEP[name.split("_above")[0].split("_below")[0]] for name in _LINE_OVER for _ in range(2)])
    for _ in range(_HALVINGS):
        before = -np.inf
        while best > before:
            before = best
            for i, step in enumerate(steps):
                for move in (step, -step):
                    tried = numbers.copy()
                    tried[i] += move
                    value = figure(tried)
                    if value > best:
                        best, numbers = value, tried
                        break
        steps = steps / 2
    return numbers, best


_SHARES = (0.9, 0.6, 0.4)


def _box(signal: SignalSample, share: float) -> Selection:
    """A box around this share of the signal in each observable, with the lines around it."""
    seen, ends = signal.observables[signal.from_signal], (0.5 - share / 2, 0.5 + share / 2)
    columns = (seen.pt, seen.angle_degrees, seen.mass_squared)
    pt, angle, mass_squared = ((float(low), float(high)) for low, high in (np.quantile(c, ends) for c in columns))
    return Selection(
        pt=pt,
        angle_degrees=angle,
        mass_squared=mass_squared,
        pt_above_angle=(pt[0], 0.0),
        pt_above_mass_squared=(pt[0], 0.0),
        mass_squared_above_angle=(mass_squared[0], 0.0),
        mass_squared_below_angle=(mass_squared[1], 0.0),
    )


def _to_numbers(selection: Selection) -> Array:
    """Limits as they are, lines by their values at two places."""
    numbers: list[float] = []
    for name, ends in _LINE_OVER.items():
        first, second = getattr(selection, name)
        numbers += [first, second] if ends is None else [first + second * end for end in ends]
    return np.array(numbers)


def _to_selection(numbers: Array) -> Selection:
    pairs = {}
    for (name, ends), (first, second) in zip(_LINE_OVER.items(), numbers.reshape(-1, 2), strict=True):
        if ends is not None:
            slope = (second - first) / (ends[1] - ends[0])
            first, second = first - slope * ends[0], slope
        pairs[name] = (float(first), float(second))
    return Selection(**pairs)


def _part(signal: SignalSample, mask: NDArray[np.bool_]) -> SignalSample:
    return SignalSample(
        signal.mass, signal.observables[mask], signal.from_signal[mask], signal.momentum[mask], signal.tag[mask]
    )
