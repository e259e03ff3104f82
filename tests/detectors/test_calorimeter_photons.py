"""Both photons of a decay in a calorimeter: angles, thresholds, and the mass that a displaced decay seems to have."""

import numpy as np
import pytest

from farflung.detectors import Belle, CalorimeterPhotons, CalorimeterRegion, DetectorError, MassTable
from farflung.geometry import Revolved
from farflung.lpp import Flights

RADIUS, BACK, FRONT = 1.25, -1.02, 1.96
INNER = Revolved.tube(z=(BACK, FRONT), r=(0, RADIUS))
BARREL = (CalorimeterRegion(32.2, 128.7, 0.05),)


def across(selection, depth, mass, momentum=2.0, angle=0.25):
    """A particle along x decays at a depth; photons leave in the x-z plane if angle = 0.25, in x-y if 0."""
    flights = Flights(np.zeros(3), np.array([[momentum, 0.0, 0.0]]), mass)
    point = np.array([[depth, 0.0, 0.0]])
    # in the rest frame the photons fly along z (cos theta = 1), or along y
    decay = np.array([[1.0, 0.0]]) if angle else np.array([[0.5, 0.25]])
    return float(selection.accepts("gammagamma", flights, point, decay)[0])


def test_a_decay_at_the_interaction_point_keeps_its_mass():
    width = MassTable((1.0,), (1e-3,), "test")
    assert across(CalorimeterPhotons(INNER, BARREL, width), 0.0, 0.3) == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("depth", [0.02, 0.1, 0.4])
def test_a_displaced_decay_seems_lighter_as_trigonometry_says(depth):
    mass, momentum = 0.3, 2.0
    energy = np.hypot(mass, momentum)
    half = np.arctan2(mass / 2, momentum / 2)
    seen_half = np.arctan((RADIUS - depth) * np.tan(half) / RADIUS)
    shift = mass - energy * np.sin(seen_half)
    width = MassTable((1.0,), (0.02,), "test")
    expected = np.exp(-(shift**2) / (4 * 0.02**2))
    # in the x-z plane both photons leave the barrel at the same x
    assert across(CalorimeterPhotons(INNER, BARREL, width), depth, mass, momentum) == pytest.approx(expected, rel=1e-9)
    assert across(CalorimeterPhotons(INNER, BARREL), depth, mass, momentum) == 1.0


def test_weight_is_the_overlap_of_two_peaks():
    # what a least-squares fit of a Gaussian peak on a flat background makes of a shifted one
    width, shift = 0.02, 0.03
    x = np.linspace(-0.4, 0.4, 4001)
    peak, shifted = np.exp(-(x**2) / (2 * width**2)), np.exp(-((x + shift) ** 2) / (2 * width**2))
    assert (peak @ shifted) / (peak @ peak) == pytest.approx(np.exp(-(shift**2) / (4 * width**2)), rel=1e-6)


def test_photons_need_their_regions_energy():
    # each photon has half of the energy, about 1 GeV
    for energy, seen in ((0.9, 1.0), (1.1, 0.0)):
        assert across(CalorimeterPhotons(INNER, (CalorimeterRegion(32.2, 128.7, energy),)), 0.1, 0.3) == seen


def test_both_photons_must_hit():
    # photons of a heavy slow particle leave at wide angles to either side of 90 degrees
    one_side = CalorimeterPhotons(INNER, (CalorimeterRegion(32.2, 89.0, 0.0),))
    assert across(one_side, 0.1, 2.0) == 0.0
    assert across(one_side, 0.1, 2.0, angle=0) == 0.0
    assert across(CalorimeterPhotons(INNER, BARREL), 0.1, 2.0, angle=0) == 1.0


def test_photons_from_behind_the_front_face_are_lost():
    assert across(CalorimeterPhotons(INNER, BARREL), 1.3, 0.3) == 0.0


def test_agrees_with_decays_drawn_one_by_one():
    """Exponential decay lengths, rest-frame angles, and cylinder crossings written out here."""
    belle, mass = Belle(), 0.5
    search = belle.search("diphoton")
    flights = belle.flights_from("B+ -> K+", mass, n=200_000, seed=5, sampling="random")
    rng = np.random.default_rng(8)
    cos, phi = rng.uniform(-1, 1, len(flights)), rng.uniform(0, 2 * np.pi, len(flights))
    axis = np.stack([np.sqrt(1 - cos**2) * np.cos(phi), np.sqrt(1 - cos**2) * np.sin(phi), cos], axis=1)
    gamma, beta = flights.energy / mass, flights.p / flights.energy
    along = np.einsum("ij,ij->i", axis, flights.direction)
    lengths = rng.exponential(1.0, len(flights)) * flights.beta_gamma
    ctau = np.array([0.01, 0.1, 1.0])
    expected = []
    for lifetime in ctau:
        point = flights.direction * (lengths * lifetime)[:, None]
        inside = (np.hypot(point[:, 0], point[:, 1]) < RADIUS) & (point[:, 2] > BACK) & (point[:, 2] < FRONT)
        chance, energies, hits = inside.astype(float), [], []
        for sign in (1, -1):
            energy = mass / 2 * gamma * (1 + sign * beta * along)
            boosted = sign * axis + ((gamma - 1) * sign * along + gamma * beta)[:, None] * flights.direction
            way = boosted / np.linalg.norm(boosted, axis=1, keepdims=True)
            hit = point + _way_out(point, way)[:, None] * way
            hit /= np.linalg.norm(hit, axis=1, keepdims=True)
            theta = np.degrees(np.arccos(hit[:, 2]))
            seen = (theta > 32.2) & (theta < 128.7) & (energy > 0.05)
            seen |= (theta > 12.0) & (theta < 31.4) & (energy > 0.10)
            seen |= (theta > 131.5) & (theta < 157.1) & (energy > 0.15)
            chance, energies, hits = chance * seen, [*energies, energy], [*hits, hit]
        together = 2 * energies[0] * energies[1] * (1 - np.einsum("ij,ij->i", *hits))
        width = 0.0108 + (0.0270 - 0.0108) * (mass - 0.16) / (1.9 - 0.16)
        weights = np.where(inside, chance * np.exp(-((np.sqrt(np.abs(together)) - mass) ** 2) / (4 * width**2)), 0)
        expected.append((weights.mean(), weights.std() / np.sqrt(len(weights))))
    found, error = belle.acceptance(search, belle.flights_from("B+ -> K+", mass, n=8192)).mean_and_error(ctau)
    means, errors = np.array(expected).T
    assert (np.abs(found - means) < 4 * np.hypot(error, errors)).all()
    assert (errors < 0.02 * means).all()


def _way_out(point, way):
    a = way[:, 0] ** 2 + way[:, 1] ** 2
    b = point[:, 0] * way[:, 0] + point[:, 1] * way[:, 1]
    c = point[:, 0] ** 2 + point[:, 1] ** 2 - RADIUS**2
    side = (-b + np.sqrt(np.maximum(b**2 - a * c, 0))) / a
    end = np.where(way[:, 2] > 0, (FRONT - point[:, 2]) / way[:, 2], (BACK - point[:, 2]) / way[:, 2])
    return np.minimum(side, end)


def test_bad_regions_are_named():
    with pytest.raises(DetectorError, match="regions is empty"):
        CalorimeterPhotons(INNER, ())
    with pytest.raises(DetectorError, match="low < high"):
        CalorimeterPhotons(INNER, (CalorimeterRegion(130.0, 30.0, 0.05),))
