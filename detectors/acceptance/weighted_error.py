"""The statistical error of a weighted mean."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weighted_error(parts: Array, share: Array) -> tuple[Array, Array]:
    """Sum of the parts of a sample and its error, from how far each is from its share of the sum.

    A mean A = sum w c of outcomes c with weights w that sum to 1 has the variance sum w^2 (c - A)^2: each part w c is
    compared with its share w of A. What is certain has no error. Where weights are themselves an estimate, as those of
    aimed flights, or hold the probability to be selected, the shares s are those of the sample as it was drawn, for
    example 1/n each, and the variance is sum (w c - s A)^2.

    Parameters
    ----------
    parts
        What each of m independent parts contributes (k, m), for k questions.
    share
        Share (m,) of each part in the sample; they sum to 1.

    Returns
    -------
    mean, error
        (k,) each; the error of a single part is infinite, because nothing is known of its spread.
    """
    mean, factor = parts.sum(axis=1), error_factor(share)
    if np.isinf(factor):
        return mean, np.full_like(mean, np.inf)
    return mean, np.sqrt(spread(parts, share, mean)) * factor


def spread(parts: Array, share: Array, mean: Array) -> Array:
    """Sum of the squares (k,) of parts (k, m) less their shares (m,) of the mean (k,)."""
    apart = parts - mean[:, None] * share
    return np.asarray(np.einsum("ij,ij->i", apart, apart))


def error_factor(share: Array) -> float:
    """What the root of `spread` is multiplied by, because the mean is that of the same parts.

    It makes the variance unbiased: for outcomes of one variance, the expectation of sum s^2 (c - A)^2 is that of A
    times 1 - 2 S3/S2 + S2, with Sk = sum s^k; which is 1 - 1/m for m equal shares. Infinite for a single part.
    """
    square = float(share @ share)
    if square == 0:
        return np.inf
    left = 1 - 2 * float(share**2 @ share) / square + square
    return float(1 / np.sqrt(left)) if left > 1e-12 else np.inf
