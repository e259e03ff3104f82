"""Acceptances against a brute-force Monte Carlo that shares no code with the package.

Beams, boosts, decays and the detector are written down here once more, from arXiv:2201.06580; decay points are
drawn one by one and asked whether they lie where a search looks.
"""

import numpy as np
import pytest

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion

EVENTS = 400_000
M_B, M_K = 5.27934, 0.493677

# (mass [GeV], c tau [m]) with displaced and invisible probability of another brute-force calculation with 400,000
# events, statistical errors 4e-4 to 8e-4
PUBLISHED = {
    (0.1, 0.01): (0.8203, 0.0776),
    (0.3, 0.1): (0.5111, 0.1876),
    (0.3, 1.0): (0.0741, 0.8210),
    (1.0, 1.0): (0.2290, 0.5161),
    (3.0, 0.01): (0.1454, 0.0709),
    (3.0, 1.0): (0.6450, 0.1144),
}
MORE = [
    (0.01, 0.003),
    (0.02, 0.1),
    (0.25, 10.0),
    (0.7, 0.05),
    (2.0, 0.002),
    (3.5, 0.3),
    (4.2, 0.1),
    (4.5, 2.0),
    (4.7, 0.02),
]


def boosted(energy, momentum, beta):
    """Lorentz boost by the velocity beta, component by component."""
    gamma = 1 / np.sqrt(1 - (beta**2).sum(axis=-1))
    parallel = (momentum * beta).sum(axis=-1)
    scale = (gamma - 1) * parallel / (beta**2).sum(axis=-1) + gamma * energy
    return momentum + beta * scale[..., None]


def isotropic(rng, n):
    cos = rng.uniform(-1, 1, n)
    phi = rng.uniform(0, 2 * np.pi, n)
    sin = np.sqrt(1 - cos**2)
    return np.column_stack([sin * np.cos(phi), sin * np.sin(phi), cos])


def decay_points(mass, ctau, seed):
    rng = np.random.default_rng(seed)
    electron = 7.004 * np.array([np.sin(0.0415), 0, np.cos(0.0415)])
    positron = 4.002 * np.array([np.sin(0.0415), 0, -np.cos(0.0415)])
    energy = 7.004 + 4.002
    frame = (electron + positron) / energy
    root_s = np.sqrt(energy**2 - ((electron + positron) ** 2).sum())
    axis = boosted(np.array(7.004), electron, -frame)
    axis = axis / np.linalg.norm(axis)
    # sin^2 theta by rejection about the electron
    direction = isotropic(rng, 3 * EVENTS)
    keep = rng.uniform(size=len(direction)) < 1 - (direction @ axis) ** 2
    direction = direction[keep][:EVENTS]
    assert len(direction) == EVENTS
    p_b = np.sqrt(root_s**2 / 4 - M_B**2)
    b = boosted(np.full(EVENTS, root_s / 2), p_b * direction, np.tile(frame, (EVENTS, 1)))
    e_star = (M_B**2 + mass**2 - M_K**2) / (2 * M_B)
    p_star = np.sqrt(e_star**2 - mass**2)
    velocity = b / np.sqrt((b**2).sum(axis=1) + M_B**2)[:, None]
    a = boosted(np.full(EVENTS, e_star), p_star * isotropic(rng, EVENTS), velocity)
    return a / mass * rng.exponential(ctau, EVENTS)[:, None]


def fractions(mass, ctau, seed):
    x, y, z = decay_points(mass, ctau, seed).T
    rho = np.hypot(x, y)
    theta = np.degrees(np.arctan2(rho, z))
    covered = (theta > 17) & (theta < 150)
    displaced = covered & (rho > 0.009) & (rho < 0.6) & (z > -0.55) & (z < 1.4)
    seen = covered & (rho < 1.62) & (z > -1.32) & (z < 2.26)
    return {"displaced": displaced.mean(), "invisible": 1 - seen.mean()}


@pytest.mark.parametrize(("mass", "ctau"), [*PUBLISHED, *MORE])
def test_agrees_with_decay_points_drawn_one_by_one(mass, ctau):
    belle2 = BelleII(factorised=True)  # over all particles, as the points are drawn
    flights = belle2.flights(ALPFermion(), mass)
    brute = fractions(mass, ctau, seed=20220106)
    for search, fraction in brute.items():
        acceptance = belle2.acceptance(search, flights)
        error = np.sqrt(fraction * (1 - fraction) / EVENTS + acceptance.error(ctau) ** 2)
        assert abs(acceptance(ctau) - fraction) < 3 * error, (search, float(acceptance(ctau)), fraction, error)


@pytest.mark.parametrize(("point", "published"), PUBLISHED.items())
def test_agrees_with_the_tabulated_brute_force(point, published):
    mass, ctau = point
    belle2 = BelleII(factorised=True)  # over all particles, as the points are drawn
    flights = belle2.flights(ALPFermion(), mass)
    for search, fraction in zip(("displaced", "invisible"), published, strict=True):
        error = np.sqrt(fraction * (1 - fraction) / 400_000)
        assert abs(belle2.acceptance(search, flights)(ctau) - fraction) < 3 * error
