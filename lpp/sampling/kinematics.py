"""Relativistic two-body kinematics on arrays."""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import MassRangeError

Array = NDArray[np.float64]


def momentum_in_rest_frame(parent: Array | float, first: Array | float, second: Array | float) -> Array:
    """Momentum [GeV] of either product of a two-body decay, in the parent's rest frame.

    Parameters
    ----------
    parent, first, second
        Masses [GeV], broadcast against each other.

    Raises
    ------
    MassRangeError
        If the products are heavier than the parent.
    """
    # at the threshold itself rounding may go either way
    if np.any(np.asarray(first) + second > np.asarray(parent) * (1 + 1e-14)):
        heavy, one, two = (float(np.max(value)) for value in (parent, first, second))
        raise MassRangeError(
            f"mass = {one:g} GeV: with {two:g} GeV beside it, it is heavier than its parent of {heavy:g} GeV"
        )
    # factored so that nothing cancels near threshold
    high = (parent - first - second) * (parent + first + second)
    low = (parent - first + second) * (parent + first - second)
    return np.asarray(np.sqrt(np.maximum(high * low, 0.0)) / (2 * parent))


def unit_vectors(cos_theta: Array, phi: Array) -> Array:
    """Unit vectors (n, 3) from the cosines of polar angles (n,) and azimuths (n,) in radians."""
    sin_theta = np.sqrt(np.maximum(1 - cos_theta**2, 0.0))
    return np.stack([sin_theta * np.cos(phi), sin_theta * np.sin(phi), cos_theta], axis=-1)


def frames(direction: Array) -> Array:
    """Orthonormal frames (n, 3, 3), in rows, whose last axis is the unit vector (n, 3); any two axes across it."""
    helper = np.where(np.abs(direction[:, :1]) < 0.6, np.array([1.0, 0.0, 0.0]), np.array([0.0, 1.0, 0.0]))
    first = np.cross(helper, direction)
    first /= np.maximum(np.linalg.norm(first, axis=1), 1e-300)[:, None]
    return np.stack([first, np.cross(direction, first), direction], axis=1)


def boost(energy: Array | float, momentum: Array, velocity: Array) -> tuple[Array, Array]:
    """Boost four-momenta from a frame that moves with `velocity` into the frame in which it does.

    Parameters
    ----------
    energy
        Energies (n,) or one number [GeV].
    momentum
        Momenta (n, 3) [GeV].
    velocity
        Velocities (n, 3) or one (3,), in units of c, below 1.

    Returns
    -------
    energy, momentum
        (n,) and (n, 3) [GeV].
    """
    velocity = np.broadcast_to(velocity, momentum.shape)
    beta2 = np.einsum("ij,ij->i", velocity, velocity)
    gamma = 1 / np.sqrt(1 - beta2)
    along = np.einsum("ij,ij->i", velocity, momentum)
    # (gamma - 1)/beta^2 = gamma^2/(gamma + 1), which is well behaved at rest
    factor = gamma**2 / (gamma + 1) * along + gamma * energy
    return gamma * (energy + along), momentum + factor[:, None] * velocity


def carried(energy: Array, momentum: Array, beta_gamma: Array) -> Array:
    """Boost as `boost` does, by beta gamma, for frames so fast that 1 - beta^2 would be lost in rounding.

    Parameters
    ----------
    energy, momentum
        Energies (n,) and momenta (n, 3) [GeV].
    beta_gamma
        Momenta (n, 3) of what is at rest in the frame over its mass.

    Returns
    -------
    numpy.ndarray
        Momenta (n, 3) [GeV].
    """
    gamma = np.sqrt(1 + np.einsum("ij,ij->i", beta_gamma, beta_gamma))
    along = np.einsum("ij,ij->i", beta_gamma, momentum)
    return np.asarray(momentum + (along / (gamma + 1) + energy)[:, None] * beta_gamma)
