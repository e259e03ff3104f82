"""The function of one-loop triangles with a fermion, shared by scalars and pseudoscalars."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def triangle_f(tau: Array) -> NDArray[np.complex128]:
    """f(tau) for tau = 4 m_f^2/m^2 > 0: arcsin(1/sqrt tau) from 1 on, pi/2 + (i/2) ln((1 + r)/(1 - r)) below.

    Here r = sqrt(1 - tau); below 1 the long-lived particle can decay into the pair (arXiv:2201.06580, eq. A.8).
    """
    # (1 + r)/(1 - r) = (1 + r)^2/tau, in which nothing cancels for light fermions
    root = np.sqrt(np.maximum(1 - tau, 0.0))
    below = np.pi / 2 + 0.5j * np.log((1 + root) ** 2 / tau)
    return np.where(tau < 1, below, np.arcsin(np.minimum(1 / np.sqrt(tau), 1.0)))
