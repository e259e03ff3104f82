"""Decays of a particle at rest into any number of products, by phase space."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from farflung.lpp.errors import SamplingError
from farflung.lpp.sampling.kinematics import carried, momentum_in_rest_frame, unit_vectors

Array = NDArray[np.float64]

MatrixElement = Callable[[Array], Array]
"""|M|^2 (n,), in any unit, of decays with four-momenta (n, products, 4), E first [GeV], in the rest frame."""

_PILOT_POINTS = 2**13
_PILOT_SEED = 20220106


def coordinates(products: int) -> int:
    """Coordinates of the unit cube that a decay into so many products takes: two angles for two, 3 k - 4 for k."""
    return 3 * products - 4


def momenta_at_rest(mass: float, masses: Sequence[float], points: Array) -> tuple[list[Array], Array]:
    """Momenta of the products in the rest frame of what decays.

    For more than two products the invariant masses of the first two, three and so on are drawn evenly, as in the
    generator GENBOD (F. James, CERN 68-15), and weighed.

    Parameters
    ----------
    mass
        Mass of what decays [GeV].
    masses
        Masses of the products [GeV].
    points
        Points (n, 3 k - 4) of the unit cube for k products: first the angles.

    Returns
    -------
    momenta, weight
        Momenta (n, 3) [GeV] of each product, and weights (n,) of mean 1; all 1 for two products.

    Raises
    ------
    MassRangeError
        If the products are heavier than what decays.
    SamplingError
        If the points have another shape.
    """
    count = len(masses)
    if points.ndim != 2 or points.shape[1] != coordinates(count):
        raise SamplingError(f"points has shape {points.shape}; {count} products take (n, {coordinates(count)})")
    if count == 2:
        p_star = momentum_in_rest_frame(mass, masses[0], masses[1])
        local = p_star * unit_vectors(2 * points[:, 0] - 1, 2 * np.pi * points[:, 1])
        return [local, -local], np.ones(len(points))
    invariant, weight = _invariant_masses(mass, masses, points[:, 2 * (count - 1) :])
    momenta: list[Array] = []
    for step in range(1, count):
        # the products so far, of this invariant mass at rest, part from the next one
        p_star = momentum_in_rest_frame(invariant[:, step], invariant[:, step - 1], masses[step])
        angles = points[:, 2 * (step - 1) : 2 * step]
        local = p_star[:, None] * unit_vectors(2 * angles[:, 0] - 1, 2 * np.pi * angles[:, 1])
        if step == 1:
            momenta.append(local)
        else:
            beta_gamma = local / invariant[:, step - 1, None]
            momenta = [
                carried(np.sqrt((p**2).sum(axis=1) + m**2), p, beta_gamma)
                for p, m in zip(momenta, masses, strict=False)
            ]
        momenta.append(-local)
    return momenta, weight / _mean_weight(mass, tuple(masses))


def matrix_weights(mass: float, masses: Sequence[float], element: MatrixElement, momenta: Sequence[Array]) -> Array:
    """Weights (n,), of mean 1 over phase space, of decays with these momenta (n, 3), by their matrix element.

    Raises
    ------
    SamplingError
        If the matrix element is negative, not finite, or not one number for each decay.
    """
    squared = _squared(element, masses, momenta)
    return squared / _mean_squared(mass, tuple(masses), element)


def _squared(element: MatrixElement, masses: Sequence[float], momenta: Sequence[Array]) -> Array:
    energies = [np.sqrt((p**2).sum(axis=1) + m**2) for p, m in zip(momenta, masses, strict=True)]
    four = np.stack([np.column_stack([e, p]) for e, p in zip(energies, momenta, strict=True)], axis=1)
    squared = np.asarray(element(four), dtype=float)
    if squared.shape != (len(four),) or not (np.isfinite(squared) & (squared >= 0)).all():
        raise SamplingError(
            f"a matrix element gave {squared.shape} numbers for {len(four)} decays, or one that is not finite and >= 0"
        )
    return squared


def _invariant_masses(mass: float, masses: Sequence[float], points: Array) -> tuple[Array, Array]:
    """Invariant masses (n, k) of the first, the first two, ... and all products, and unnormalised weights (n,)."""
    sums = np.cumsum(masses)
    free = mass - sums[-1]
    momentum_in_rest_frame(mass, float(sums[-2]), masses[-1])  # complains if there is not enough mass
    middle = np.sort(points, axis=1) * free + sums[1:-1]
    n = len(points)
    invariant = np.column_stack([np.full(n, masses[0]), middle, np.full(n, mass)])
    weight = np.ones(n)
    for step in range(1, len(masses)):
        weight *= momentum_in_rest_frame(invariant[:, step], invariant[:, step - 1], masses[step])
    return invariant, weight


def _pilot(dimension: int) -> Array:
    return np.asarray(qmc.Sobol(dimension, rng=_PILOT_SEED).random(_PILOT_POINTS))


@lru_cache(maxsize=1024)
def _mean_weight(mass: float, masses: tuple[float, ...]) -> float:
    return float(_invariant_masses(mass, masses, _pilot(len(masses) - 2))[1].mean())


@lru_cache(maxsize=1024)
def _mean_squared(mass: float, masses: tuple[float, ...], element: MatrixElement) -> float:
    momenta, weight = momenta_at_rest(mass, masses, _pilot(coordinates(len(masses))))
    return float((_squared(element, masses, momenta) * weight).mean())
