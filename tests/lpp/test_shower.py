"""Photons of electromagnetic showers: Rossi and Greisen's results, and a Monte Carlo of showers."""

from itertools import pairwise

import numpy as np
import pytest

from farflung.lpp.spectra.shower import shower_photons


def at(share: float) -> tuple[float, float]:
    shower = shower_photons()
    i = int(np.argmin(np.abs(shower.share - share)))
    return float(shower.track_length[i] * share**2), float(shower.angle_squared[i])


def test_soft_photons_are_those_of_rossi_and_greisen() -> None:
    """Rev. Mod. Phys. 13 (1941) 240: 0.572 E_0/E^2 and <theta^2> = 0.180 (E_s/E)^2."""
    for share in (0.03, 0.05, 0.1):
        length, angle = at(share)
        assert length == pytest.approx(0.572, rel=0.015)
        assert angle == pytest.approx(0.180, rel=0.02)


def drawn(rng: np.random.Generator, low: np.ndarray) -> np.ndarray:
    """Bremsstrahlung shares above `low` by rejection from 1/y."""
    y, todo = np.empty(len(low)), np.arange(len(low))
    while len(todo):
        tried = low[todo] ** rng.random(len(todo))
        good = rng.random(len(todo)) < 1 - tried + 0.75 * tried**2
        y[todo[good]] = tried[good]
        todo = todo[~good]
    return y


def monte_carlo(electrons: int, low: float, soft: float, edges: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Track lengths of photons, and their mean E^2 theta^2 [E_s^2], by following every particle."""
    rng = np.random.default_rng(7)
    energy, angle, is_photon = np.ones(electrons), np.zeros((electrons, 2)), np.zeros(electrons, dtype=bool)
    length, squared = np.zeros(len(edges) - 1), np.zeros(len(edges) - 1)
    while len(energy):
        e, theta = energy[~is_photon], angle[~is_photon]
        cut = soft / e
        rate = -4 / 3 * np.log(cut) - 4 / 3 * (1 - cut) + (1 - cut**2) / 2
        depth = rng.exponential(1 / rate)
        theta = theta + rng.normal(size=theta.shape) * np.sqrt(depth / 2)[:, None] / e[:, None]
        e = e - 4 / 3 * soft * depth
        radiated = drawn(rng, cut) * e
        k, direction = energy[is_photon], angle[is_photon]
        x, todo = np.empty(len(k)), np.arange(len(k))
        while len(todo):
            tried = rng.random(len(todo))
            good = rng.random(len(todo)) < 1 - 4 / 3 * tried * (1 - tried)
            x[todo[good]] = tried[good]
            todo = todo[~good]
        energy = np.concatenate([e - radiated, x * k, (1 - x) * k, radiated])
        angle = np.concatenate([theta, direction, direction, theta])
        is_photon = np.arange(len(energy)) >= len(energy) - len(radiated)
        kept = energy > low
        energy, angle, is_photon = energy[kept], angle[kept], is_photon[kept]
        for total, weight in ((length, None), (squared, (angle[is_photon] ** 2).sum(axis=1) * energy[is_photon] ** 2)):
            total += 9 / 7 * np.histogram(energy[is_photon], edges, weights=weight)[0]
    return length / electrons, squared / length


def test_hard_photons_are_those_of_a_monte_carlo() -> None:
    edges = np.array([0.06, 0.1, 0.2, 0.4, 0.7, 0.95])
    length, squared = monte_carlo(20000, 0.05, 1e-3, edges)
    shower = shower_photons()
    for i, (low, high) in enumerate(pairwise(edges)):
        inside = (shower.share > low) & (shower.share < high)
        x, found = shower.share[inside][::-1], shower.track_length[inside][::-1]
        total = np.trapezoid(found, x)
        assert total == pytest.approx(length[i], rel=0.05)
        angles = np.trapezoid(found * shower.angle_squared[inside][::-1], x) / total
        assert angles == pytest.approx(squared[i], rel=0.08)
