"""Interval algebra along rays."""

import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farflung.geometry import GeometryError, Stretches

INF = np.inf


def from_rows(rows):
    k = max([1, *(len(row) for row in rows)])
    start, stop = np.full((len(rows), k), INF), np.full((len(rows), k), INF)
    for i, row in enumerate(rows):
        for j, (a, b) in enumerate(row):
            start[i, j], stop[i, j] = a, b
    return Stretches(start, stop)


@st.composite
def row(draw):
    """Intervals with ends on a coarse grid, so that ends of two sets often coincide."""
    ends = sorted(draw(st.sets(st.integers(0, 12), max_size=8)))
    pairs = [(float(a), float(b)) for a, b in zip(ends[::2], ends[1::2], strict=False)]
    if len(ends) % 2:
        pairs.append((float(ends[-1]), INF))
    return pairs


@st.composite
def two_batches(draw):
    n = draw(st.integers(1, 4))
    return [from_rows([draw(row()) for _ in range(n)]) for _ in range(2)]


@given(two_batches())
def test_algebra_is_that_of_sets(batches):
    a, b = batches
    for combined, rule in (
        (a | b, np.logical_or),
        (a & b, np.logical_and),
        (a - b, lambda x, y: x & ~y),
    ):
        Stretches(combined.start, combined.stop)  # sorted, disjoint, padded
        for at in np.arange(0, 14, 0.25):
            assert np.array_equal(combined.contains(at), rule(a.contains(at), b.contains(at)))


@given(two_batches())
def test_lengths_add_up(batches):
    a, b = batches
    np.testing.assert_array_equal((a | b).length, (a & b).length + (a - b).length + (b - a).length)


def test_touching_stretches_unite():
    joined = from_rows([[(0, 1)]]) | from_rows([[(1, 2)]])
    assert joined.start.tolist() == [[0]]
    assert joined.stop.tolist() == [[2]]


def test_padding():
    stretches = from_rows([[(1, 2), (3, INF)], [], [(0, 1)]])
    assert stretches.length.tolist() == [INF, 0, 1]
    assert stretches.count.tolist() == [2, 0, 1]
    decays = np.exp(-stretches.start / 2) - np.exp(-stretches.stop / 2)
    assert decays[1].tolist() == [0, 0]
    assert decays[0, 1] == np.exp(-1.5)
    assert len(stretches) == 3


def test_no_rays():
    empty = Stretches(np.empty((0, 1)), np.empty((0, 1)))
    assert (empty | empty).start.shape == (0, 1)
    assert empty.length.shape == (0,)


def test_contains_takes_one_distance_or_one_for_each_ray():
    stretches = from_rows([[(1, 2)], [(3, 4)]])
    assert stretches.contains(1).tolist() == [True, False]
    assert stretches.contains([2, 3.5]).tolist() == [False, True]
    with pytest.raises(GeometryError, match=r"shape \(2,\)"):
        stretches.contains([1, 2, 3])
    with pytest.raises(GeometryError, match="NaN"):
        stretches.contains(np.nan)


@pytest.mark.parametrize(
    ("start", "stop"),
    [
        ([[1.0]], [[1.0]]),
        ([[2.0]], [[1.0]]),
        ([[-1.0]], [[1.0]]),
        ([[np.nan]], [[1.0]]),
        ([[0.0]], [[np.nan]]),
        ([[0.0, 1.0]], [[1.5, 2.0]]),
        ([[INF, 1.0]], [[INF, 2.0]]),
    ],
)
def test_disorder_is_refused(start, stop):
    with pytest.raises(GeometryError, match="sorted, disjoint"):
        Stretches(start, stop)


def test_shapes_are_refused():
    with pytest.raises(GeometryError, match="one shape"):
        Stretches([[1.0]], [[1.0, 2.0]])
    with pytest.raises(GeometryError, match="same rays"):
        from_rows([[]]) | from_rows([[], []])
    with pytest.raises(TypeError):
        from_rows([[]]) | 3


def test_repr_and_pickle():
    stretches = from_rows([[(1, 2)]])
    assert repr(stretches) == "Stretches(start=[[1.0]], stop=[[2.0]])"
    assert repr(from_rows([[(1, 2)]] * 20)) == "<Stretches of 20 rays, at most 1 a ray>"
    assert pickle.loads(pickle.dumps(stretches)).stop.tolist() == [[2.0]]


def test_frozen():
    with pytest.raises(AttributeError):
        from_rows([[(1, 2)]]).start = np.zeros((1, 1))
