"""Long-lived particles from two-body decays of moving parents.

Three ways to draw them. `isotropic` draws the decay angle in the parent's rest frame: every flight has its parent's
weight. `towards` takes the direction in the lab as given and finds the momentum that goes with it: what decides
whether a detector sees the particle is drawn first, and weighed. `turned` takes both as given and finds where the
parent must have flown.
"""

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights
from farflung.lpp.sampling.kinematics import boost, momentum_in_rest_frame, unit_vectors

Array = NDArray[np.float64]


def isotropic(parents: Flights, mass: float, other_mass: Array | float, cos_theta: Array, phi: Array) -> Flights:
    """Decays at given angles in the parents' rest frames.

    Parameters
    ----------
    parents
        n parents.
    mass, other_mass
        Masses [GeV] of the long-lived particle and of what recoils against it, the latter (n,) or one for all.
    cos_theta, phi
        Decay angles (n,) in the rest frame, whose axes are parallel to the lab's.

    Returns
    -------
    Flights
        n long-lived particles with the origins, weights and blocks of their parents.
    """
    p_star = momentum_in_rest_frame(parents.mass, mass, other_mass)
    velocity = parents.momentum / parents.energy[:, None]
    _, momentum = boost(np.hypot(p_star, mass), p_star[..., None] * unit_vectors(cos_theta, phi), velocity)
    return Flights(parents.origin, momentum, mass, parents.weight, parents.block)


def towards(
    parents: Flights,
    mass: float,
    other_mass: Array | float,
    direction: Array,
    density: Array,
    floor: Array | float = 0.0,
) -> tuple[Flights, Flights]:
    """Decays whose long-lived particle flies in given directions in the lab.

    A particle that is slower in the parent's rest frame than the parent is in the lab can reach a direction with
    two momenta, or with none.

    Parameters
    ----------
    parents
        n parents.
    mass, other_mass
        Masses [GeV] of the long-lived particle and of what recoils against it, the latter (n,) or one for all.
    direction
        Unit vectors (n, 3).
    density
        Probability density (n,) per steradian with which each direction was drawn.
    floor
        Density (n,) per steradian of the rest frame, times 4 pi, with which as many decays again are drawn in another
        way (1 for `isotropic`): weights are then those of the mixture, and have a bound.

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
    a, b, c = parents.energy, _along(parents, direction), np.hypot(p_star, mass) * parents.mass
    a2_minus_b2, discriminant = _discriminant(parents, mass, other_mass, direction)
    reached = discriminant > 0
    root = np.sqrt(np.where(reached, discriminant, 1.0))
    flights = []
    for sign in (1, -1):
        p = (b * c + sign * a * root) / a2_minus_b2
        real = reached & (p > 0)
        jacobian = np.where(real, p**2 * parents.mass / (p_star * root), 0.0)
        weight = parents.weight * jacobian / (4 * np.pi * density + floor * jacobian)
        momentum = np.where(real, p, p_star)[:, None] * direction
        flights.append(Flights(parents.origin, momentum, mass, weight, parents.block))
    return flights[0], flights[1]


def solid_angle_ratio(parents: Flights, flights: Flights, other_mass: Array | float) -> Array:
    """dOmega/dOmega* (n,) of long-lived particles from these parents: what `towards` weighs with, inverted."""
    p_star = momentum_in_rest_frame(parents.mass, flights.mass, other_mass)
    _, discriminant = _discriminant(parents, flights.mass, other_mass, flights.direction)
    # a particle at rest has no direction
    p2 = np.maximum(flights.p**2, 1e-300)
    return np.asarray(p_star * np.sqrt(np.maximum(discriminant, 0.0)) / (p2 * parents.mass))


def turned(
    parent_momentum: Array,
    parent_mass: float,
    mass: float,
    other_mass: Array | float,
    direction: Array,
    cos_theta: Array,
    phi: Array,
) -> tuple[Array, Array, Array, Array]:
    """Decays whose long-lived particle flies in given directions at given decay angles.

    Parameters
    ----------
    parent_momentum
        Absolute momenta (n,) of the parents [GeV].
    parent_mass, mass, other_mass
        Masses [GeV] of the parent, the long-lived particle and of what recoils against it, the last (n,) or one.
    direction
        Unit vectors (n, 3) of the long-lived particles.
    cos_theta
        Cosines (n,) of the decay angles in the rest frame, about the parent's direction of flight.
    phi
        Azimuths (n,) of the parents about `direction`.

    Returns
    -------
    momentum
        Momenta (n, 3) of the long-lived particles [GeV].
    parent
        Momenta (n, 3) of the parents [GeV].
    parent_angle
        Polar angles (n,) of the parents about the z axis [rad].
    ratio
        dOmega/dOmega* (n,), as `solid_angle_ratio` gives it.
    """
    p_star = momentum_in_rest_frame(parent_mass, mass, other_mass)
    gamma, beta_gamma = np.hypot(parent_momentum, parent_mass) / parent_mass, parent_momentum / parent_mass
    along = gamma * p_star * cos_theta + beta_gamma * np.hypot(p_star, mass)
    across = p_star * np.sqrt(np.maximum(1 - cos_theta**2, 0.0))
    p = np.hypot(along, across)
    sine, cosine = across / p, along / p
    sine_z = np.hypot(direction[:, 0], direction[:, 1])
    # the parent in a frame whose axes are the direction, the plane of direction and z, and across
    transverse = np.hypot(cosine * sine_z + sine * np.cos(phi) * direction[:, 2], sine * np.sin(phi))
    along_z = cosine * direction[:, 2] - sine * np.cos(phi) * sine_z
    a2_minus_b2 = parent_mass**2 + (parent_momentum * sine) ** 2
    discriminant = (np.hypot(p_star, mass) * parent_mass) ** 2 - mass**2 * a2_minus_b2
    ratio = p_star * np.sqrt(np.maximum(discriminant, 0.0)) / (p**2 * parent_mass)
    # the same in the axes of the lab; along the z axis any plane does
    safe = np.maximum(sine_z, 1e-300)
    azimuth = np.stack([np.where(sine_z > 0, direction[:, 0] / safe, 1.0), direction[:, 1] / safe], axis=1)
    inwards = np.stack([direction[:, 2] * azimuth[:, 0], direction[:, 2] * azimuth[:, 1], -sine_z], axis=1)
    across_plane = np.stack([-azimuth[:, 1], azimuth[:, 0], np.zeros_like(sine_z)], axis=1)
    parent = cosine[:, None] * direction
    parent = parent + (sine * np.cos(phi))[:, None] * inwards + (sine * np.sin(phi))[:, None] * across_plane
    return p[:, None] * direction, parent_momentum[:, None] * parent, np.arctan2(transverse, along_z), ratio


def _along(parents: Flights, direction: Array) -> Array:
    """Momentum (n,) of the parents along the directions (n, 3)."""
    return np.asarray(np.einsum("ij,ij->i", parents.momentum, direction))


def _discriminant(parents: Flights, mass: float, other_mass: Array | float, direction: Array) -> tuple[Array, Array]:
    """A^2 - B^2 (n,) and C^2 - m^2 (A^2 - B^2) (n,), see `towards`."""
    c = np.hypot(momentum_in_rest_frame(parents.mass, mass, other_mass), mass) * parents.mass
    # A^2 - B^2 without the cancellation for fast parents: M^2 + the transverse momentum squared
    transverse = parents.momentum - _along(parents, direction)[:, None] * direction
    a2_minus_b2 = parents.mass**2 + np.einsum("ij,ij->i", transverse, transverse)
    return np.asarray(a2_minus_b2), np.asarray(c**2 - mass**2 * a2_minus_b2)
