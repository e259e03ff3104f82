"""Photons of LUXE beside the rates of nonlinear Compton scattering, which share no code with the package."""

import numpy as np
import pytest
from scipy.interpolate import RegularGridInterpolator
from scipy.special import jv

from farflung.lpp.spectra.laser_photons import ELECTRON_ENERGY, PER_ELECTRON, laser_photons

ELECTRON_MASS = 0.51099895e-3
LASER_PHOTON = 1.239842e-9 / 0.8  # 800 nm, in GeV
ANGLE = np.deg2rad(17.2)
WAIST, DURATION, SPOT = 10.0, 120.0, 5.0  # micrometres, fs, micrometres
CYCLE = 0.8 / 0.299792458  # fs
INTENSITY = 147.839 * np.sqrt(10.0) * 0.8 / (WAIST * np.sqrt(DURATION))  # xi of 10 J


def rate(share, energy, xi):
    """Photons for each radian of the phase and interval of the share, circular polarisation (Ritus 1985)."""
    eta = energy * LASER_PHOTON * (1 + np.cos(ANGLE)) / ELECTRON_MASS**2
    found = np.zeros_like(share)
    recoil, spin = share / (1 - share), 1 + share**2 / (2 * (1 - share))
    for n in range(1, 60):
        place = recoil * (1 + xi**2) / (2 * n * eta)
        inside = place < 1
        z = 2 * n * xi / np.sqrt(1 + xi**2) * np.sqrt(place[inside] * (1 - place[inside]))
        j, below, above = jv(n, z), jv(n - 1, z), jv(n + 1, z)
        found[inside] += xi**2 / 2 * spin[inside] * (above**2 + below**2 - 2 * j**2) - j**2
    return found / (137.036 * eta)


def photons(electrons, seed):
    """Energies [GeV] of photons of some electrons that fly through a pulse, and lose energy as they go."""
    rng = np.random.default_rng(seed)
    share = np.geomspace(6e-3, 0.95, 100)
    energies, fields = np.geomspace(3, ELECTRON_ENERGY, 8), np.array([0.05, 0.2, 0.5, 1.0, 1.6, 2.3, 3.0, 3.5])
    rates = np.array([[np.maximum(rate(share, e, a), 0) for a in fields] for e in energies])
    steps = (rates[..., 1:] + rates[..., :-1]) / 2 * np.diff(share)
    sums = np.concatenate([np.zeros((*rates.shape[:2], 1)), np.cumsum(steps, axis=-1)], axis=-1)
    upto = RegularGridInterpolator((np.log(energies), fields), sums, bounds_error=False, fill_value=None)
    x, y = rng.normal(0, SPOT, (2, electrons))
    energy, found = np.full(electrons, ELECTRON_ENERGY), []
    times = np.linspace(-1.5, 1.5, 120) * DURATION
    for time in times:
        aside = x + 0.299792458 * time / 2 * np.sin(ANGLE)
        field = INTENSITY * np.exp(-2 * np.log(2) * (time / DURATION) ** 2 - (aside**2 + y**2) / WAIST**2)
        cumulated = upto(np.stack([np.log(energy), np.clip(field, 0.05, 3.5)], axis=1))
        chance = cumulated[:, -1] * 2 * np.pi / CYCLE * (times[1] - times[0])
        for i in np.flatnonzero(rng.random(electrons) < chance):
            taken = np.interp(rng.random() * cumulated[i, -1], cumulated[i], share)
            found.append(taken * energy[i])
            energy[i] *= 1 - taken
    return np.array(found)


def test_the_spectrum_is_that_of_nonlinear_compton_scattering():
    assert pytest.approx(3.4, rel=0.01) == INTENSITY
    found = photons(8000, seed=1)
    energy, each = np.array(PER_ELECTRON).T
    for low, high in ((0.5, 1.0), (1.0, 2.0), (2.0, 3.0), (3.0, 4.0), (4.0, 6.0), (6.0, 9.0)):
        fine = np.linspace(low, high, 100)
        there = np.trapezoid(np.exp(np.interp(fine, energy[:-1], np.log(each[:-1]))), fine)
        here = ((found > low) & (found < high)).sum() / 8000
        assert here == pytest.approx(there, rel=0.17), (low, high)


def test_the_table_has_what_was_read_off():
    table, number = laser_photons()
    for energy, each in PER_ELECTRON[1:-2]:
        assert float(table.marginal(np.array([energy / ELECTRON_ENERGY]))[0]) * number / ELECTRON_ENERGY == (
            pytest.approx(each, rel=0.02)
        )
    # its mean is 1.6 GeV, that of the histogram's own legend, and it counts photons from 0.1 GeV
    x = table.sample(np.random.default_rng(1).random((20_000, 2)))[:, 0]
    assert x.mean() * ELECTRON_ENERGY == pytest.approx(1.6, rel=0.08)
