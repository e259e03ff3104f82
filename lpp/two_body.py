"""Long-lived particles from two-body decays of moving parents.

Two ways to draw them. `isotropic` draws the decay angle in the parent's rest frame: every flight has its parent's
weight. `towards` takes the direction in the lab as given and finds the momentum that goes with it: what decides
whether a detector sees the particle is drawn first, and weighed.
"""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights
from farflung.lpp.kinematics import boost, momentum_in_rest_frame, unit_vectors

Array = NDArray[np.float64]


def isotropic(parents: Flights, mass: float, other_mass: float, cos_theta: Array, phi: Array) -> Flights:
    """Decays at given angles in the parents' rest frames.

    Parameters
    ----------
    parents
        n parents.
    mass, other_mass
        Masses [GeV] of the long-lived particle and of what recoils against it.
    cos_theta, phi
        Decay angles (n,) in the rest frame, whose axes are parallel to the lab's.

    Returns
    -------
    Flights
        n long-lived particles with the origins, weights and blocks of their parents.
    """
    p_star = momentum_in_rest_frame(parents.mass, mass, other_mass)
    velocity = parents.momentum / parents.energy[:, None]
    _, momentum = boost(np.hypot(p_star, mass), p_star * unit_vectors(cos_theta, phi), velocity)
    return Flights(parents.origin, momentum, mass, parents.weight, parents.block)


def towards(
    parents: Flights, mass: float, other_mass: float, direction: Array, density: Array
) -> tuple[Flights, Flights]:
    """Decays whose long-lived particle flies in given directions in the lab.

    A particle that is slower in the parent's rest frame than the parent is in the lab can reach a direction with
    two momenta, or with none.

    Parameters
    ----------
    parents
        n parents.
    mass, other_mass
        Masses [GeV] of the long-lived particle and of what recoils against it.
    direction
        Unit vectors (n, 3).
    density
        Probability density (n,) per steradian with which each direction was drawn.

    Returns
    -------
    fast, slow
        n flights each, for the larger and the smaller momentum; weight zero where there is none. Weights are the
        parent's times dOmega*/dOmega / (4 pi density), so the two together sum to the parents' weight on average,
        if the directions cover all that can be reached.

    Notes
    -----
    With A = E_P, B = P.n and C = E* M, energy conservation A E - B p = C has the solutions
    p = (B C +- A sqrt(C^2 - m^2 (A^2 - B^2)))/(A^2 - B^2), and dOmega*/dOmega = p^2 M/(p* |A p - B E|) with
    |A p - B E| = sqrt(C^2 - m^2 (A^2 - B^2)).
    """
    p_star = momentum_in_rest_frame(parents.mass, mass, other_mass)
    a = parents.energy
    b = np.einsum("ij,ij->i", parents.momentum, direction)
    c = np.hypot(p_star, mass) * parents.mass
    # A^2 - B^2 without the cancellation for fast parents: M^2 + the transverse momentum squared
    transverse = parents.momentum - b[:, None] * direction
    a2_minus_b2 = parents.mass**2 + np.einsum("ij,ij->i", transverse, transverse)
    discriminant = c**2 - mass**2 * a2_minus_b2
    reached = discriminant > 0
    root = np.sqrt(np.where(reached, discriminant, 1.0))
    flights = []
    for sign in (1, -1):
        p = (b * c + sign * a * root) / a2_minus_b2
        real = reached & (p > 0)
        jacobian = np.where(real, p**2 * parents.mass / (p_star * root), 0.0)
        weight = parents.weight * jacobian / (4 * np.pi * density)
        momentum = np.where(real, p, p_star)[:, None] * direction
        flights.append(Flights(parents.origin, momentum, mass, weight, parents.block))
    return flights[0], flights[1]
