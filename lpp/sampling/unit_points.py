"""Points of the unit cube, as flights are made of."""

from functools import lru_cache
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.errors import SamplingError
from farflung.lpp.plain_arguments import plain_arguments
from farflung.lpp.sampling.importance import Importance
from farflung.lpp.sampling.unit_cube import UnitPoints

Array = NDArray[np.float64]

Sampling = Literal["aimed", "random"]

Drawing = Sampling | Importance
"""Points as they come, or aimed ones of which more are drawn where they matter."""

BLOCKS: int = 8
"""Aimed flights come in this many independently scrambled blocks, whose spread is the statistical error."""

MANY_BLOCKS: int = 32
"""Blocks of flights of which more are drawn where they matter: their weights vary more, so that few would not tell."""

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


@plain_arguments(SamplingError)
def sample_size(n: int, sampling: Drawing = "aimed") -> int:
    """How many points are drawn where n are asked for: n random ones, but a power of two of at least 512 aimed ones.

    Sobol points come in powers of two; the next one is taken, so that nobody gets fewer than were asked for.

    Raises
    ------
    SamplingError
        If n is not a whole number of at least 1 (2 if they are random), or too large, or there is no such sampling.
    """
    if isinstance(sampling, Importance):
        sampling = "aimed"
    if sampling not in get_args(Sampling):
        raise SamplingError(f"sampling = {sampling!r} is not one of {', '.join(get_args(Sampling))}")
    least = 2 if sampling == "random" else 1
    if not isinstance(n, int | np.integer) or isinstance(n, bool) or n < least:
        raise SamplingError(f"n = {n!r} is not a whole number of {sampling} flights, at least {least}")
    size = int(n) if sampling == "random" else max(64 * BLOCKS, 1 << (int(n) - 1).bit_length())
    if size > MOST:
        raise SamplingError(f"n = {n}: more than {MOST} flights do not fit into memory; draw them in batches")
    return size


@plain_arguments(SamplingError)
def unit_points(n: int, dimension: int, seed: int, sampling: Drawing = "aimed", blocks: int = BLOCKS) -> UnitPoints:
    """Draw points of the unit cube, as flights are made of.

    Parameters
    ----------
    n
        Number of points; for ``"aimed"`` rounded up to a power of two of at least 512, as `sample_size` says.
    dimension
        Number of coordinates.
    seed
        The same seed gives the same bits.
    sampling
        ``"aimed"`` for scrambled Sobol points in blocks, ``"random"`` for pseudo-random ones, or what makes of the
        former points that are drawn more often where they matter.
    blocks
        Number of blocks, a power of two up to 32: more of them for what varies a lot, whose error few would not tell.

    Returns
    -------
    UnitPoints
        Their coordinates (size, dimension), and the block (size,) of each.

    Raises
    ------
    SamplingError
        If an argument is not as said above.
    """
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise SamplingError(f"seed = {seed!r} is not a whole number, 0 or more")
    size = sample_size(n, sampling)
    if sampling == "random":
        return UnitPoints(np.random.default_rng(seed).random((size, dimension)), None)
    if isinstance(sampling, Importance):
        blocks = max(blocks, MANY_BLOCKS)
    points = _sobol_blocks(size, dimension, int(seed), blocks).reshape(size, dimension)
    block = np.repeat(np.arange(blocks), size // blocks)
    return UnitPoints(points, block) if isinstance(sampling, str) else sampling.apply(UnitPoints(points, block))
