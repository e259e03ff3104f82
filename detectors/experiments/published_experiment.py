"""Limits without an experiment behind them."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.detector import Detector
from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.source import Source
from farflung.lpp import Flights

Array = NDArray[np.float64]


class _Named(Source):
    """Parents of which nothing is known but their names: enough for branching ratios."""

    dimension = 1

    def __init__(self, parents: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(parents))

    def _yields(self) -> Mapping[str, float]:
        return dict.fromkeys(self._names, 1.0)

    def _parents(self, name: str, points: Array) -> Flights:
        raise DetectorError(f"parent = {name!r}: how it moves is not known to a published limit, which has no flights")


class Published(Detector):
    """Published limits on branching ratios, to be compared with detectors.

    Parameters
    ----------
    limits
        The limits. They must not name a solid, since there is none: use a table against mass and lifetime
        (`farflung.detectors.LifetimeTable`, `farflung.detectors.read_limit`) or one for prompt decays.
    title
        One line for a list or a legend.

    Raises
    ------
    DetectorError
        If there is no limit, one names a solid, or a process is no decay.

    Examples
    --------
    >>> from math import inf
    >>> from farflung.detectors import LifetimeTable, PublishedLimit
    >>> from farflung.lpp import TwoBodyDecay
    >>> table = LifetimeTable((0.3, 3.0), (1e-4, 1.0), ((1e-9, 1e-7), (1e-9, inf)), "made up")
    >>> limit = PublishedLimit("muons", "K+ mu mu", processes=(TwoBodyDecay("B+", "K+"),), limit=table)
    >>> Published([limit], title="somebody").searches["muons"].limit_at(0.3, 1e-2)
    array(1.e-08)
    """

    name: ClassVar[str] = "published"
    references: ClassVar[tuple[str, ...]] = ()

    def __init__(self, limits: Iterable[PublishedLimit], *, title: str = "published") -> None:
        self.title = title
        searches = tuple(limits)
        if not searches:
            raise DetectorError("limits is empty; give at least one")
        parents = []
        for search in searches:
            if not isinstance(search, PublishedLimit):
                raise DetectorError(f"limits has {search!r}, which is no PublishedLimit")
            if search.solid:
                raise DetectorError(
                    f"solid = {search.solid!r} of limit {search.name!r}: there are no solids here; use a table against "
                    "mass and lifetime"
                )
            for process in search.processes:
                parents.append(process.initial)
        super().__init__(_Named(parents), {}, searches)

    def __repr__(self) -> str:
        return f"Published([{', '.join(self.searches)}], title={self.title!r})"

    def described(self) -> str:
        """The names of the limits, whose tables are long."""
        return repr(self)
