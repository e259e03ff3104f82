"""Response, observables and cuts, each against formulas written out for one particle or event at a time."""

import numpy as np
import pytest
from pylorentz import Momentum4

from farflung.detectors import BelleII, BFactory, DetectorError
from farflung.detectors.experiments.belle2_missing_energy import (
    Collision,
    DecayTable,
    DetectorResponse,
    Kind,
    Observables,
    Particles,
    Reconstructed,
    Selection,
)
from farflung.detectors.experiments.belle2_missing_energy.decay_sides import measure_decays
from farflung.detectors.experiments.belle2_missing_energy.make_tables import COMPLETE_ABOVE, MIN_CANDIDATE_MOMENTUM
from farflung.detectors.experiments.belle2_missing_energy.particles import MASS

PERFECT = DetectorResponse(
    tracking_efficiency=1.0,
    kaon_efficiency=1.0,
    pion_misidentification=0.0,
    momentum_resolution=0.0,
    photon_energy_resolution=0.0,
)


def some_particles(n=4000, groups=500, seed=2):
    rng = np.random.default_rng(seed)
    momentum = rng.normal(0, 0.6, (n, 3)) * rng.random((n, 1))
    return Particles(rng.integers(groups, size=n), rng.integers(6, size=n).astype(np.int8), momentum, groups)


def test_acceptance_and_leading_kaon_particle_by_particle():
    particles = some_particles()
    seen = PERFECT.reconstruct(particles, np.random.default_rng(1))
    visible, best = np.zeros((4, particles.groups)), np.zeros(particles.groups)
    leading = np.zeros((4, particles.groups))
    for group, kind, (x, y, z) in zip(particles.group, particles.kind, particles.momentum, strict=True):
        energy = np.sqrt(x * x + y * y + z * z + MASS[kind] ** 2)
        theta, pt = np.degrees(np.arctan2(np.hypot(x, y), z)), np.hypot(x, y)
        if not 17 < theta < 150 or (energy <= 0.05 if kind == Kind.PHOTON else pt <= 0.2):
            continue
        visible[:, group] += [energy, x, y, z]
        if kind == Kind.KAON and pt > best[group]:
            best[group], leading[:, group] = pt, [energy, x, y, z]
    np.testing.assert_allclose(seen.visible, visible, atol=1e-12)
    np.testing.assert_allclose(seen.leading, leading, atol=1e-12)
    assert (seen.pt_squared == 0).sum() > 50  # groups without a candidate are among them


def test_efficiencies_and_resolutions_are_those_of_the_paper():
    # arXiv:2201.06580, section 4.1: 99 %, 80 %, 5 %, 0.5 % and 5 %
    n = 100_000
    sideways = np.tile([1.0, 0.0, 0.0], (n, 1))
    shares = {}
    for kind in (Kind.KAON, Kind.PION, Kind.MUON, Kind.PHOTON):
        particles = Particles(np.arange(n), np.full(n, kind, dtype=np.int8), sideways, n)
        seen = DetectorResponse().reconstruct(particles, np.random.default_rng(5))
        found = seen.visible[0] > 0
        shares[kind] = (found.mean(), (seen.pt_squared > 0).mean(), seen.visible[1, found].std())
        assert seen.visible[1, found].mean() == pytest.approx(1, abs=1e-3)
        mass = np.sqrt(np.maximum(seen.visible[0, found] ** 2 - seen.visible[1, found] ** 2, 0))
        np.testing.assert_allclose(mass, MASS[kind], atol=1e-6)
    expected = {
        Kind.KAON: (0.99, 0.99 * 0.80, 0.005),
        Kind.PION: (0.99, 0.99 * 0.05, 0.005),
        Kind.MUON: (0.99, 0.0, 0.005),
        Kind.PHOTON: (1.0, 0.0, 0.05),
    }
    for kind, (found, identified, spread) in expected.items():
        assert shares[kind] == pytest.approx((found, identified, spread), rel=0.02, abs=1e-3)


def test_single_kaons_are_measured_as_any_particle():
    rng = np.random.default_rng(3)
    n = 200_000
    momentum = rng.normal(0, 1, (n, 3))
    particles = Particles(np.arange(n), np.full(n, Kind.KAON, dtype=np.int8), momentum, n)
    four = np.concatenate([particles.energy[None], momentum.T])
    for response in (PERFECT, DetectorResponse()):
        slow, fast = response.reconstruct(particles, rng), response.reconstruct_kaons(four, rng)
        for slow_part, fast_part in ((slow.visible, fast.visible), (slow.leading, fast.leading)):
            assert (slow_part[0] > 0).mean() == pytest.approx((fast_part[0] > 0).mean(), abs=4e-3)
            assert slow_part[0].mean() == pytest.approx(fast_part[0].mean(), abs=8e-3)
    np.testing.assert_allclose(
        PERFECT.reconstruct(particles, rng).leading, PERFECT.reconstruct_kaons(four, rng).leading
    )


def test_the_harder_candidate_of_two_sides_leads():
    one = Reconstructed(np.ones((4, 3)), np.array([[1.0, 2, 0], [0.5, 2, 0], [0, 0, 0], [9, 0, 0]]))
    other = Reconstructed(np.ones((4, 3)), np.array([[1.0, 1, 0], [0, 0, 0], [0.7, 1, 0], [0, 0, 0]]))
    together, own = one.with_other(other)
    assert own.tolist() == [False, True, False]
    np.testing.assert_array_equal(together.leading[:, 0], [1.0, 0, 0.7, 0])
    assert (together.visible == 2).all()
    with pytest.raises(DetectorError, match="must both be four-momenta"):
        Reconstructed(np.ones((4, 3)), np.ones((4, 2)))


def test_observables_event_by_event():
    rng = np.random.default_rng(7)
    collision = Collision(BelleII().source)
    leading = np.concatenate([np.zeros((1, 50)), rng.normal(0, 1, (3, 50))])
    leading[0] = np.sqrt((leading[1:] ** 2).sum(axis=0) + MASS[Kind.KAON] ** 2)
    visible = leading + np.concatenate([rng.uniform(3, 6, (1, 50)), rng.normal(0, 0.7, (3, 50))])
    seen = Observables.of(Reconstructed(visible, leading), collision.beams)
    beams = Momentum4(*collision.beams)
    assert float(beams.m) == pytest.approx(10.5796, abs=1e-4)
    for i in range(50):
        kaon, missing = Momentum4(*leading[:, i]), beams - Momentum4(*visible[:, i])
        candidate = missing + kaon
        assert seen.mass_squared[i] == pytest.approx(float(candidate.e**2 - candidate.p**2))
        cross = np.linalg.norm(np.cross(leading[1:, i], missing.components[1:]))
        angle = np.degrees(np.arctan2(cross, leading[1:, i] @ missing.components[1:]))
        assert seen.angle_degrees[i] == pytest.approx(angle)
        assert seen.pt[i] == pytest.approx(float(kaon.p_t))


def test_cuts_are_those_of_equation_4_1():
    rng = np.random.default_rng(4)
    pt, m2, phi = rng.uniform(1.5, 3, 20_000), rng.uniform(20, 70, 20_000), rng.uniform(120, 170, 20_000)
    expected = [
        1.75 <= p <= 2.75
        and p >= 3.2 - 0.01 * a
        and p >= 3.0 - 0.0165 * m
        and 130 <= a <= 160
        and 27 <= m <= 60
        and m >= 105 - 0.55 * a
        and m <= -100 + 0.992 * a
        for p, m, a in zip(pt, m2, phi, strict=True)
    ]
    assert 100 < sum(expected) < 10_000
    assert Selection()(Observables(pt, m2, phi)).tolist() == expected


def test_b_mesons_of_a_pair_share_the_beams_and_are_back_to_back():
    collision = Collision(BelleII().source)
    one, other = collision.b_pairs("B0", 1000, np.random.default_rng(1))
    np.testing.assert_allclose(one + other, np.tile(collision.beams[:, None], 1000))
    for four in (one, other):
        np.testing.assert_allclose(np.sqrt(four[0] ** 2 - (four[1:] ** 2).sum(axis=0)), 5.2797, atol=2e-3)
    with pytest.raises(DetectorError, match=r"parent = 'D0' is not made by"):
        collision.b_pairs("D0", 3, np.random.default_rng(1))


def test_what_is_at_rest_moves_with_the_centre_of_mass():
    collision = Collision(BelleII().source)
    lab = collision.to_lab(np.array([10.5796, 5.0]), np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 5.0]]))
    np.testing.assert_allclose(lab[0], collision.beams[1:], atol=1e-3)
    # electrons along z in the centre of mass come out along their beam
    np.testing.assert_allclose(lab[1] / np.linalg.norm(lab[1]), [np.sin(0.0415), 0, np.cos(0.0415)], atol=1e-6)


@pytest.mark.parametrize("name", ["B+", "B0", "B+ hard", "B0 hard"])
def test_stored_decays_are_decays(name):
    table = DecayTable.stored(name)
    rng = np.random.default_rng(1)
    rows = rng.integers(len(table), size=3000)
    particles = table.draw(rows, rng)
    assert particles.groups == 3000
    assert not (particles.kind == Kind.NEUTRAL_PION).any()
    energy = np.bincount(particles.group, particles.energy, 3000)
    assert (energy < 5.28 + 0.15).all()
    # two photons for each neutral pion, everything else as it was
    kinds = np.stack([np.bincount(particles.group[particles.kind == k], minlength=3000) for k in Kind], axis=1)
    stored = table.counts[rows].astype(int)
    np.testing.assert_array_equal(kinds[:, 1:6], stored[:, 1:6])
    np.testing.assert_array_equal(kinds[:, 0], stored[:, 0] + 2 * stored[:, 6])
    # turned at random
    assert np.abs(particles.momentum[particles.kind == Kind.PION].mean(axis=0)).max() < 0.03
    assert len(table) == table.generated if table.complete_above == 0 else len(table) < table.generated / 100


def test_tables_survive_writing_and_reading(tmp_path):
    table = DecayTable.stored("B0 hard")
    part = table.chosen(np.arange(len(table)) % 3 == 0)
    part.write(tmp_path / "part.npz")
    again = DecayTable.read(tmp_path / "part.npz")
    for field in ("counts", "steps", "weight"):
        np.testing.assert_array_equal(getattr(again, field), getattr(part, field))
    assert repr(again) == repr(part)
    np.savez(tmp_path / "other.npz", counts=np.ones(3))
    with pytest.raises(DetectorError, match=r"other.npz lacks .*steps"):
        DecayTable.read(tmp_path / "other.npz")


def test_soft_kaons_and_pions_stay_below_what_the_hard_tables_promise():
    # a decay to one kaon or pion of the limiting momentum and a photon, many times and turned at random
    for kind in (Kind.KAON, Kind.PION):
        momentum = np.array([[0, 0, MIN_CANDIDATE_MOMENTUM], [0, 0, -MIN_CANDIDATE_MOMENTUM]])
        kinds = np.array([kind, Kind.PHOTON], dtype=np.int8)
        table = DecayTable.from_particles("B+", Particles(np.zeros(2, dtype=np.int64), kinds, momentum, 1), "test")
        response = DetectorResponse(pion_misidentification=1.0, kaon_efficiency=1.0, momentum_resolution=0.0)
        rng = np.random.default_rng(1)
        one, _ = Collision(BelleII().source).b_pairs("B+", 200_000, rng)
        seen = measure_decays(table, np.zeros(200_000, dtype=np.int64), one, response, rng)
        # quantised momenta are off by up to half a step of 21 MeV
        assert 1.9 < np.sqrt(seen.pt_squared.max()) < COMPLETE_ABOVE + 0.02


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: DetectorResponse(polar_angle_degrees=(150, 17)), "polar_angle_degrees = 150 to 17 must increase"),
        (lambda: DetectorResponse(kaon_efficiency=1.2), "kaon_efficiency = 1.2 must lie between 0 and 1"),
        (lambda: DetectorResponse(min_photon_energy=-1), "min_photon_energy = -1 must lie between 0 and inf"),
        (lambda: Selection(pt=(1.0, float("nan"))), r"pt = \(1.0, nan\) must be two numbers"),
        (lambda: DecayTable.stored("D+"), r"table = 'D\+' does not come with the package, which has B\+, B0, B\+ hard"),
        (
            lambda: DecayTable.from_particles("B+", some_boosted(), "test"),
            "momentum = 3.000 GeV is more than the 2.667 GeV that a B meson at rest can give",
        ),
        (lambda: Particles(np.array([3]), np.zeros(1, np.int8), np.zeros((1, 3)), 3), "group runs from 3 to 3"),
        (lambda: Particles(np.array([0]), np.zeros(1, np.int8), np.zeros((2, 3)), 3), "must have the shapes"),
    ],
)
def test_bad_questions_get_a_sentence(call, message):
    with pytest.raises(DetectorError, match=message):
        call()


def some_boosted():
    return Particles(np.array([0]), np.array([4], dtype=np.int8), np.array([[0.0, 0.0, 3.0]]), 1)


def test_other_beams_serve_as_well():
    symmetric = Collision(BFactory(5.29, 5.29, 0.0, 1.0, {"B+": 0.54}))
    np.testing.assert_allclose(symmetric.beams, [10.58, 0, 0, 0], atol=1e-12)
