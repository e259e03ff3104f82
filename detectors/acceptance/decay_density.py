"""Where along their flights particles decay, binned: one pass over a big sample serves every lifetime."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

BINS_PER_DECADE = 170
"""Bins of equal width in ln u. With their moments the transform is good to 1e-6 where it is not far below its peak."""


class DecayDensity:
    """A weight W(u) at proper distances u, and its Laplace transform, the integral of W(u) exp(-u/ctau) du/ctau.

    W is kept as its first three moments in bins of ln u, separately for groups of a sample.

    Parameters
    ----------
    edges
        Increasing edges [m] of the bins, the first of which is 0.
    moments
        Integrals (3, groups, bins) of W, u W and u^2 W over each bin.
    tail
        Weight (groups,) beyond the last edge, where it is constant.
    """

    def __init__(self, edges: Array, moments: Array, tail: Array) -> None:
        content = np.maximum(moments[0], 0.0)
        together = content.sum(axis=0)
        filled = together > 0
        centre = np.where(filled, moments[1].sum(axis=0) / np.where(filled, together, 1.0), edges[1:])
        self._centre = np.clip(centre, edges[:-1], edges[1:])
        self._first = moments[1] - self._centre * content
        self._second = np.maximum(moments[2] - 2 * self._centre * moments[1] + self._centre**2 * content, 0.0)
        self._edges, self._content, self._tail = edges, content, tail

    @classmethod
    def of_stretches(cls, start: Array, length: Array, weight: Array, group: NDArray[np.int64]) -> "DecayDensity":
        """Sum of w_j over the flights that are inside at u, from proper stretches (n, k), padded with infinite starts.

        Parameters
        ----------
        start, length
            Proper distances (n, k) [m] at which stretches begin, and their lengths, which may be infinite.
        weight, group
            Weight and group (n,) of each flight, groups numbered from 0.
        """
        flight, piece = np.nonzero(np.isfinite(start) & (length > 0))
        begin = start[flight, piece]
        end, w, g = begin + length[flight, piece], weight[flight], group[flight]
        finite = np.isfinite(end)
        edges = _edges(np.concatenate([begin, end[finite]]))
        shape = (int(group.max(initial=0)) + 1, len(edges) - 1)
        # integral of u^k W up to an edge x: sum over begins below x of w (x^(k+1) - begin^(k+1))/(k + 1), less the ends
        moments = np.empty((3, *shape))
        for k in range(3):
            below = np.zeros((shape[0], len(edges)))
            for at, sign in ((begin, 1.0), (end[finite], -1.0)):
                members = slice(None) if sign > 0 else finite
                bins = np.searchsorted(edges, at, side="left")
                flat = g[members] * len(edges) + np.minimum(bins, len(edges) - 1)
                for power, factor in ((edges ** (k + 1), 1.0), (1.0, -1.0)):
                    summed = w[members] if factor > 0 else w[members] * at ** (k + 1)
                    sums = np.bincount(flat, summed, below.size).reshape(below.shape).cumsum(axis=1)
                    below += sign * factor * sums * power / (k + 1)
            moments[k] = np.diff(below, axis=1)
        return cls(edges, moments, np.bincount(g[~finite], w[~finite], shape[0]).astype(float))

    @classmethod
    def of_points(
        cls, parts: Iterable[tuple[Array, Array, NDArray[np.int64]]], groups: int, low: float, high: float
    ) -> list["DecayDensity"]:
        """Weights at single proper distances, which may come in parts so that not all must be in memory at once.

        Parameters
        ----------
        parts
            Of each part the distances (n,) [m], between `low` and `high`, some weights (k, n) and the groups (n,).
        groups
            Number of groups.
        low, high
            Positive distances [m] beyond which there are no points, but for those at 0.

        Returns
        -------
        list
            One for each of the k weights.
        """
        edges = _edges(np.array([low, high]))
        bins = len(edges) - 1
        moments: Array | None = None
        for at, weights, group in parts:
            which = np.clip(np.searchsorted(edges, at, side="right") - 1, 0, bins - 1)
            flat, size = group * bins + which, groups * bins
            found = np.stack(
                [
                    [np.bincount(flat, weight * at**k, size).reshape(groups, bins) for k in range(3)]
                    for weight in weights
                ]
            )
            moments = np.asarray(found if moments is None else moments + found, dtype=float)
        return [] if moments is None else [cls(edges, moment, np.zeros(groups)) for moment in moments]

    def __call__(self, ctau: Array) -> Array:
        """The transform (n, groups) at c tau (n,) [m], from 0 to infinity."""
        # for lifetimes much shorter than this, all that counts is the first bin, in which W does not change
        c = np.maximum(ctau, 1e-3 * self._edges[1])[:, None]
        kernel = np.exp(-self._centre[1:] / c) / c
        result = kernel @ self._content[:, 1:].T - (kernel / c) @ self._first[:, 1:].T
        result += (0.5 * kernel / c / c) @ self._second[:, 1:].T
        result += np.exp(-self._edges[-1] / c) * self._tail
        return np.asarray(result - np.expm1(-self._edges[1] / c) * self._content[:, 0] / self._edges[1])


def _edges(at: Array) -> Array:
    """0, the smallest positive number, and so on in equal steps of the logarithm up to the largest."""
    positive = at[at > 0]
    low, high = (float(positive.min()), float(positive.max())) if positive.size else (1.0, 1.0)
    high = max(high, low * 1.001) * (1 + 1e-12)
    count = int(np.ceil(np.log10(high / low) * BINS_PER_DECADE)) + 1
    return np.concatenate([[0.0], np.geomspace(low, high, count + 1)])
