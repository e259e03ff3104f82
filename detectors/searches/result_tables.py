"""Numbers against mass, and against mass and lifetime, as papers print them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp.arguments import numbers
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


@dataclass(frozen=True)
class MassTable(PlainArguments, argument_error=DetectorError):
    """Numbers against mass, linear between points.

    Parameters
    ----------
    mass
        Increasing masses [GeV].
    value
        One number >= 0 for each mass.
    source
        Where the numbers come from.
    below, above
        Value below the first and above the last mass; None for that of the nearest point.

    Raises
    ------
    DetectorError
        If masses do not increase, or a value is missing or negative.
    """

    mass: tuple[float, ...]
    value: tuple[float, ...]
    source: str
    below: float | None = None
    above: float | None = None

    def __post_init__(self) -> None:
        for label in ("mass", "value"):
            object.__setattr__(self, label, _floats(label, getattr(self, label)))
        _require_increasing("mass", self.mass)
        if len(self.mass) != len(self.value):
            raise DetectorError(f"value has {len(self.value)} numbers for the {len(self.mass)} of mass")
        if not all(value >= 0 for value in self.value):
            raise DetectorError(f"value = {self.value} must not be negative")

    def __call__(self, mass: ArrayLike) -> Array:
        """Value at each mass [GeV], same shape."""
        x = np.asarray(mass, dtype=float)
        return np.asarray(np.interp(x, self.mass, self.value, left=self.below, right=self.above))

    def within(self, low: float, high: float) -> bool:
        """Whether all values lie between two numbers."""
        return all(low <= value <= high for value in self.value)


@dataclass(frozen=True)
class LifetimeTable(PlainArguments, argument_error=DetectorError):
    """Numbers against mass and proper decay length, linear in the logarithms of all three.

    Parameters
    ----------
    mass, ctau
        Increasing masses [GeV] and proper decay lengths [m].
    value
        A row for each mass, with one positive number for each decay length; infinite where there is none.
    source
        Where the numbers come from.
    prompt
        Whether the numbers for the shortest decay length hold for shorter ones too. Elsewhere outside the table the
        value is infinite, as that of a limit that nobody has set.

    Raises
    ------
    DetectorError
        If masses or decay lengths do not increase, or values are missing or not positive.
    """

    mass: tuple[float, ...]
    ctau: tuple[float, ...]
    value: tuple[tuple[float, ...], ...]
    source: str
    prompt: bool = False

    def __post_init__(self) -> None:
        for label in ("mass", "ctau"):
            object.__setattr__(self, label, _floats(label, getattr(self, label)))
            _require_increasing(label, getattr(self, label))
        rows = (self.value,) if isinstance(self.value, str) or not isinstance(self.value, Iterable) else self.value
        object.__setattr__(self, "value", tuple(_floats("value", row) for row in rows))
        if len(self.value) != len(self.mass) or any(len(row) != len(self.ctau) for row in self.value):
            raise DetectorError(
                f"value must have {len(self.mass)} rows, one for each mass, of {len(self.ctau)} numbers each"
            )
        if not all(number > 0 for row in self.value for number in row):
            raise DetectorError("value must be positive everywhere; use math.inf where there is no limit")

    def __call__(self, mass: ArrayLike, ctau: ArrayLike) -> Array:
        """Value at masses [GeV] and decay lengths [m], which are broadcast."""
        m, c = np.broadcast_arrays(np.asarray(mass, dtype=float), np.asarray(ctau, dtype=float))
        if self.prompt:
            c = np.maximum(c, self.ctau[0])
        rows, columns = np.log(self.mass), np.log(self.ctau)
        with np.errstate(divide="ignore"):
            x, y = np.log(m), np.log(c)
        i, u = _cell(rows, x)
        j, v = _cell(columns, y)
        logs = np.log(np.asarray(self.value))
        value = np.zeros(m.shape)
        for di, dj, share in ((0, 0, (1 - u) * (1 - v)), (1, 0, u * (1 - v)), (0, 1, (1 - u) * v), (1, 1, u * v)):
            node = logs[np.minimum(i + di, len(rows) - 1), np.minimum(j + dj, len(columns) - 1)]
            value += np.where(share > 0, np.where(share > 0, share, 1.0) * node, 0.0)
        inside = (x >= rows[0]) & (x <= rows[-1]) & (y >= columns[0]) & (y <= columns[-1])
        return np.asarray(np.where(inside, np.exp(value), np.inf))


def _cell(nodes: Array, at: Array) -> tuple[NDArray[np.int64], Array]:
    """Index of the node below each number, and how far it is towards the next one (0 to 1)."""
    i = np.clip(np.searchsorted(nodes, at, side="right") - 1, 0, max(len(nodes) - 2, 0))
    width = np.diff(nodes)[i] if len(nodes) > 1 else np.ones(np.shape(i))
    return i, np.clip((at - nodes[i]) / width, 0.0, 1.0)


def _floats(label: str, values: object) -> tuple[float, ...]:
    """A tuple of numbers, from whatever holds them."""
    held = list(values) if isinstance(values, Iterator) else values
    array = numbers(label, held, DetectorError)
    if array.ndim != 1:
        raise DetectorError(f"{label} = {values!r} must be a list of numbers, with commas between")
    return tuple(array.tolist())


def _require_increasing(label: str, values: tuple[float, ...]) -> None:
    if not values or not np.all(np.diff([0.0, *values]) > 0):
        raise DetectorError(f"{label} = {values} must be positive and increase")
