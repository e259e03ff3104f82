"""Points of the unit cube, as flights are made of."""

from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.errors import SamplingError

Array = NDArray[np.float64]

Sampling = Literal["aimed", "random"]

BLOCKS: int = 8
"""Aimed flights come in this many independently scrambled blocks, whose spread is the statistical error."""

MOST: int = 2**26
"""The largest number of flights in one sample; their arrays take several GB."""


@lru_cache(maxsize=32)
def _sobol_blocks(n: int, dimension: int, seed: int, blocks: int) -> Array:
    """Points (blocks, n/blocks, dimension) in the open unit cube, read-only."""
    seeds = np.random.SeedSequence(seed).spawn(blocks)
    nets = [qmc.Sobol(dimension, scramble=True, rng=np.random.default_rng(s)).random(n // blocks) for s in seeds]
    # the decay, which comes last, takes the first coordinates: those of a Sobol net are the evenest
    points = np.clip(np.stack(nets)[:, :, ::-1], 1e-12, 1 - 1e-12)
    points.flags.writeable = False
    return points


def unit_points(
    n: int, dimension: int, seed: int, sampling: Sampling = "aimed", blocks: int = BLOCKS
) -> tuple[Array, NDArray[np.int64] | None]:
    """Draw points of the unit cube, as flights are made of.

    Parameters
    ----------
    n
        Number of points; for ``"aimed"`` a power of two of at least 512.
    dimension
        Number of coordinates.
    seed
        The same seed gives the same bits.
    sampling
        ``"aimed"`` for scrambled Sobol points in blocks, ``"random"`` for pseudo-random ones.
    blocks
        Number of blocks, a power of two up to 32: more of them for what varies a lot, whose error few would not tell.

    Returns
    -------
    points, block
        (n, dimension), and the block (n,) of each point; None for pseudo-random points, which are independent.

    Raises
    ------
    SamplingError
        If an argument is not as said above.
    """
    if sampling not in get_args(Sampling):
        raise SamplingError(f"sampling = {sampling!r} is not one of {', '.join(get_args(Sampling))}")
    for label, value in (("seed", seed), ("n", n)):
        if not isinstance(value, int | np.integer) or value < 0:
            raise SamplingError(f"{label} = {value!r} is not a whole number, 0 or more")
    if n > MOST:
        raise SamplingError(f"n = {n}: more than {MOST} flights do not fit into memory; draw them in batches")
    if sampling == "random":
        if n < 2:
            raise SamplingError(f"n = {n}: give at least 2 random flights")
        return np.random.default_rng(seed).random((n, dimension)), None
    if n < 64 * BLOCKS or n & (n - 1):
        below = 2 ** max(int(np.log2(max(n, 1))), 9)
        raise SamplingError(
            f"n = {n}: aimed flights come in powers of two from {64 * BLOCKS}; give {below} or {2 * below}"
        )
    points = _sobol_blocks(int(n), dimension, int(seed), blocks).reshape(n, dimension)
    return points, np.repeat(np.arange(blocks), n // blocks)
