"""The stretches of straight rays that lie inside a solid."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.geometry.errors import GeometryError
from farflung.geometry.kernels import intervals
from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.plain_arguments import PlainArguments


@dataclass(frozen=True, eq=False)
class Stretches(PlainArguments):
    """The stretches of n rays inside a region, as distances along each ray.

    Attributes
    ----------
    start, stop : (n, k) float arrays
        Where each stretch begins and ends [m], measured from the ray's origin, never negative, sorted and
        disjoint along each ray. k is the largest number of stretches that any ray has, and at least 1; rays
        with fewer are padded with +inf in both arrays, so that ``exp(-start / L) - exp(-stop / L)`` is zero
        there. A stretch that never ends has a finite start and a stop of +inf.

    Raises
    ------
    GeometryError
        If the two arrays are not (n, k) and of one shape, or not sorted, disjoint and padded as above.

    Examples
    --------
    >>> tracker = Stretches([[1.0]], [[2.0]])
    >>> magnet = Stretches([[1.5]], [[3.0]])
    >>> tracker | magnet
    Stretches(start=[[1.0]], stop=[[3.0]])
    >>> (tracker - magnet).length
    array([0.5])
    """

    start: FloatArray
    stop: FloatArray

    def __post_init__(self) -> None:
        start = np.array(self.start, dtype=np.float64, order="C", ndmin=2)
        stop = np.array(self.stop, dtype=np.float64, order="C", ndmin=2)
        if start.ndim != 2 or start.shape != stop.shape or start.shape[1] == 0:
            raise GeometryError(
                f"start and stop must have one shape (n, k) with k >= 1, got {start.shape} and {stop.shape}"
            )
        row = int(intervals.first_disorder(start, stop))
        if row >= 0:
            raise GeometryError(
                "start and stop must be sorted, disjoint, not negative and padded with inf in both; "
                f"ray {row} has start {start[row].tolist()} and stop {stop[row].tolist()}"
            )
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "stop", stop)

    @classmethod
    def _trusted(cls, start: FloatArray, stop: FloatArray) -> "Stretches":
        """Wrap arrays that a kernel of this package has made, without copying or checking them."""
        stretches = object.__new__(cls)
        object.__setattr__(stretches, "start", start)
        object.__setattr__(stretches, "stop", stop)
        return stretches

    def __repr__(self) -> str:
        if self.start.size <= 12:
            return f"Stretches(start={self.start.tolist()}, stop={self.stop.tolist()})"
        return f"<Stretches of {self.start.shape[0]} rays, at most {self.start.shape[1]} a ray>"

    def __len__(self) -> int:
        return int(self.start.shape[0])

    @property
    def length(self) -> FloatArray:
        """The total length inside along each ray [m], shape (n,); inf where a stretch never ends."""
        length: FloatArray = intervals.total_length(self.start, self.stop)
        return length

    @property
    def count(self) -> NDArray[np.int64]:
        """The number of stretches of each ray, shape (n,)."""
        count: NDArray[np.int64] = intervals.count(self.start)
        return count

    def contains(self, distances: ArrayLike) -> NDArray[np.bool_]:
        """Tell for each ray whether the point at a distance along it lies inside.

        Parameters
        ----------
        distances : (n,) array or a number
            One distance for each ray [m], or one for all of them.

        Returns
        -------
        (n,) bool array
            A stretch holds its start and not its stop.

        Raises
        ------
        GeometryError
            If the distances are neither one number nor one for each ray, or if one is NaN.
        """
        given = np.asarray(distances, dtype=np.float64)
        if given.shape not in ((), (len(self),)):
            raise GeometryError(f"distances must be one number or have shape ({len(self)},), got shape {given.shape}")
        if np.isnan(given).any():
            raise GeometryError("distances must be numbers in metres, got NaN")
        inside: NDArray[np.bool_] = intervals.covers(
            self.start, self.stop, np.require(np.broadcast_to(given, (len(self),)), requirements=("C", "W"))
        )
        return inside

    def __or__(self, other: "Stretches") -> "Stretches":
        """Return what lies in either, ray by ray."""
        return self._combined(other, intervals.UNION)

    def __and__(self, other: "Stretches") -> "Stretches":
        """Return what lies in both, ray by ray."""
        return self._combined(other, intervals.INTERSECTION)

    def __sub__(self, other: "Stretches") -> "Stretches":
        """Return what lies in this one and not in the other, ray by ray."""
        return self._combined(other, intervals.DIFFERENCE)

    def _combined(
        self, other: "Stretches", operation: int, offsets: FloatArray | None = None, tolerance: float = 0.0
    ) -> "Stretches":
        if not isinstance(other, Stretches):
            return NotImplemented
        if len(other) != len(self):
            raise GeometryError(
                f"stretches combine when both are of the same rays, got {len(self)} rays and {len(other)}"
            )
        if offsets is None:
            offsets = np.zeros(len(self))
        return Stretches._trusted(
            *intervals.combine(self.start, self.stop, other.start, other.stop, operation, offsets, tolerance)
        )
