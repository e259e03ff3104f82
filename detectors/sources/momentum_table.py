"""How the momenta of a beam are distributed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp.arguments import numbers
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]

_STEPS = 8
"""Steps between two momenta of a table, in which it is summed and drawn from."""


@dataclass(frozen=True)
class MomentumTable(PlainArguments, argument_error=DetectorError):
    """Density of a beam's particles against momentum, linear between points and zero beyond them.

    Parameters
    ----------
    momentum
        Increasing momenta [GeV], at least two.
    value
        Density >= 0 at each, on any scale.
    source
        Where the numbers come from.

    Raises
    ------
    DetectorError
        If momenta do not increase, or a density is missing, negative or zero everywhere.

    Examples
    --------
    >>> MomentumTable((1.0, 3.0), (1.0, 1.0), "made up").mean()
    2.0
    """

    momentum: tuple[float, ...]
    value: tuple[float, ...]
    source: str

    def __post_init__(self) -> None:
        for label in ("momentum", "value"):
            array = numbers(label, getattr(self, label), DetectorError)
            if array.ndim != 1:
                raise DetectorError(f"{label} of a beam must be a list of numbers")
            object.__setattr__(self, label, tuple(array.tolist()))
        if len(self.momentum) < 2 or not np.all(np.diff([0.0, *self.momentum]) > 0):
            raise DetectorError(f"momentum = {self.momentum} of a beam must be two numbers or more that increase")
        if len(self.momentum) != len(self.value):
            raise DetectorError(f"value has {len(self.value)} numbers for the {len(self.momentum)} of momentum")
        if not (np.isfinite(self.value).all() and min(self.value) >= 0 and max(self.value) > 0):
            raise DetectorError(f"value = {self.value} of a beam must be finite, >= 0 and not all 0")

    def __call__(self, momentum: ArrayLike) -> Array:
        """Density at momenta [GeV], same shape."""
        at = np.asarray(momentum, dtype=float)
        return np.asarray(np.interp(at, self.momentum, self.value, left=0.0, right=0.0))

    def mean(self, of: Callable[[Array], Array] = lambda momentum: momentum) -> float:
        """Mean of a function of the momenta (n,) [GeV]; of the momentum itself by default."""
        middle, number = self._steps()
        return float(of(middle) @ number / number.sum())

    def weighted(self, by: Callable[[Array], Array]) -> "MomentumTable":
        """The table times a function >= 0 of the momenta (n,) [GeV]."""
        edges = self._edges()
        return MomentumTable(tuple(edges), tuple(self(edges) * by(edges)), self.source)

    def draw(self, points: Array) -> Array:
        """Momenta (n,) [GeV] at which the distribution function takes the values (n,) of points."""
        edges = self._edges()
        _, number = self._steps()
        share = np.concatenate([[0.0], np.cumsum(number)]) / number.sum()
        return np.asarray(np.interp(points, share, edges))

    def _edges(self) -> Array:
        nodes = np.asarray(self.momentum)
        return np.asarray(np.interp(np.arange(_STEPS * (len(nodes) - 1) + 1) / _STEPS, np.arange(len(nodes)), nodes))

    def _steps(self) -> tuple[Array, Array]:
        """Middle of each step [GeV], and how many particles are in it."""
        edges = self._edges()
        middle = (edges[1:] + edges[:-1]) / 2
        return middle, self(middle) * np.diff(edges)
