"""Kaons of LHC collisions that fly before they decay, against a Monte Carlo that shares no code with the package."""

from pathlib import Path

import numpy as np
import pytest

import farflung.lpp.spectra
from farflung.detectors import FACET, FASER, FASER2, DetectorError, LHCCollisions
from farflung.lpp import DarkScalar, SpectrumError, TwoBodyDecay, spectrum_table
from farflung.lpp.spectra.decay_path import DecayPath

TABLES = Path(farflung.lpp.spectra.__file__).parent / "data"

# table, what its number is called, mass [GeV], c tau [m], mass of the pion [GeV]; Particle Data Group
KAONS = {
    "K+": ("charged_kaons_14000_pythia", "per_collision", 0.493677, 3.711, 0.13957),
    "K(L)0": ("neutral_kaons_14000_pythia", "per_collision_130", 0.497611, 15.34, 0.134977),
    "K(S)0": ("neutral_kaons_14000_pythia", "per_collision_310", 0.497611, 0.026844, 0.134977),
}
INELASTIC = 79.5e12 * (14 / 13) ** 0.1  # fb
LUMINOSITY = 3000.0  # fb^-1
MASS = 0.2


def process(name):
    return TwoBodyDecay(name, "pi+" if name == "K+" else "pi0")


def kaons(rng, name, softest, n):
    """Momenta and transverse momenta (n,) [GeV] above the softest, and how many of them one collision makes forwards.

    Cells of the table are drawn by their share, and weighed by the bilinear density at an even place in them.
    """
    file, key, *_ = KAONS[name]
    lines = (TABLES / f"{file}.csv").read_text().splitlines()
    said = dict(line[2:].split(": ", 1) for line in lines if line.startswith("#"))
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    u, v = np.log([float(row[0]) for row in rows[1:]]), np.array(rows[0][1:], dtype=float)
    values = np.array([row[1:] for row in rows[1:]], dtype=float)
    corners = np.stack([values[:-1, :-1], values[1:, :-1], values[:-1, 1:], values[1:, 1:]])
    area = np.diff(u)[:, None] * np.diff(v)[None]
    share = (corners.mean(axis=0) * area).ravel()
    # slow ones count for less, since they are no harder to draw
    chance = share * np.repeat(np.exp(u[:-1]) > softest / 1.2, len(v) - 1)
    chance /= chance.sum()
    i, j = np.unravel_index(rng.choice(len(chance), n, p=chance), area.shape)
    s, t = rng.random((2, n))
    here = (
        (1 - s) * (1 - t) * corners[0, i, j] + s * (1 - t) * corners[1, i, j]
        + (1 - s) * t * corners[2, i, j] + s * t * corners[3, i, j]
    )  # fmt: skip
    p, p_t = np.exp(u[i] + s * np.diff(u)[i]), np.sqrt(v[j] + t * np.diff(v)[j])
    weight = here * area[i, j] / share.sum() / chance[i * (len(v) - 1) + j]
    return p, np.minimum(p_t, p), weight * float(said[key]) * float(said["on_grid"]) / 2


def brute_force(name, mass, ctau, n, seed=5, softest=100.0):
    """Number of particles for B(K -> pi X) = 1 that decay in FASER2 with 100 GeV, and its error."""
    rng = np.random.default_rng(seed)
    _, _, m_kaon, ctau_kaon, m_pion = KAONS[name]
    p, p_t, number = kaons(rng, name, softest, n)
    theta = np.arcsin(p_t / p)
    way = np.where(theta < 2.5e-3, 20.0, 0.05 / np.maximum(theta, 1e-9))
    if name != "K+":
        way = np.where(theta < 0.85e-3, 140.0, way)
    length = p / m_kaon * ctau_kaon
    decaying = 1 - np.exp(-way / length)
    flown = -length * np.log(1 - rng.random(n) * decaying)
    direction = np.column_stack([np.sin(theta), np.zeros(n), np.cos(theta)])  # FASER2 is round
    # isotropic decay in the kaon's rest frame
    e_star = (m_kaon**2 + mass**2 - m_pion**2) / (2 * m_kaon)
    k_star = np.sqrt(e_star**2 - mass**2)
    cosine, phi = rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n)
    sine = np.sqrt(1 - cosine**2)
    energy = np.hypot(p, m_kaon)
    along = (energy * k_star * cosine + p * e_star) / m_kaon
    one = np.column_stack([np.cos(theta), np.zeros(n), -np.sin(theta)])
    two = np.array([0.0, 1.0, 0.0])
    x = along[:, None] * direction + (k_star * sine)[:, None] * (
        np.cos(phi)[:, None] * one + np.sin(phi)[:, None] * two
    )
    k = np.linalg.norm(x, axis=1)
    # straight line through the tube from 480 to 485 m with a radius of 1 m: middle plane, whose ends differ by 1e-2 m
    begin, slope = flown[:, None] * direction, x[:, :2] / x[:, 2:]
    near, far = (np.hypot(*(begin[:, :2] + slope * (z - begin[:, 2:])).T) < 1 for z in (480.0, 485.0))
    seen = (x[:, 2] > 0) & near & far & (np.hypot(k, mass) > 100)
    decay = k / mass * ctau * x[:, 2] / k  # mean decay length along z
    inside = np.exp(-(480 - begin[:, 2]) / decay) - np.exp(-(485 - begin[:, 2]) / decay)
    each = np.where(seen, number * decaying * inside, 0.0)
    return each.mean() * INELASTIC * LUMINOSITY, each.std() / np.sqrt(n) * INELASTIC * LUMINOSITY


@pytest.mark.parametrize("name", KAONS)
@pytest.mark.parametrize("angle", [1e-5, 2e-3])
def test_scalars_of_kaons_in_faser2(name, angle):
    """A dark scalar of 0.2 GeV: one that lives long, c tau = 7e6 m, and one of which the fastest arrive, 180 m."""
    detector, model = FASER2(), DarkScalar()
    ctau = float(model.ctau(MASS, angle))
    ratio = float(model.production(process(name), MASS, angle))
    expected, error = (ratio * number for number in brute_force(name, MASS, ctau, 400_000))
    assert error < 0.02 * expected
    acceptance = detector.acceptance("decays", detector.flights_from(process(name), MASS), "ee")
    found = float(detector.source.produced(process(name), model, MASS, angle) * acceptance(ctau))
    own = float(acceptance.error(ctau) / acceptance(ctau))
    assert own < 0.05
    assert found == pytest.approx(expected, rel=3 * np.hypot(error / expected, own) + 0.01)


@pytest.mark.parametrize("detector", [FASER(), FACET()], ids=["faser", "facet"])
def test_aimed_flights_are_the_random_ones(detector):
    """Particles that live long, and such as hardly arrive; K_L have both absorbers."""
    search = list(detector.searches)[-1]
    aimed, random = (
        detector.acceptance(
            search, detector.flights_from(process("K(L)0"), MASS, search=search, n=n, sampling=how), "ee"
        )
        for n, how in ((8192, "aimed"), (300_000, "random"))
    )
    for ctau in (1e4, 0.3):
        assert aimed.error(ctau) < 0.08 * aimed(ctau)
        assert abs(aimed(ctau) - random(ctau)) < 4 * np.hypot(aimed.error(ctau), random.error(ctau))


@pytest.mark.parametrize("generator", ["pythia", "sibyll"])
def test_forward_kaons_beside_other_generators(generator):
    """FORESEE's tables have 0.55 to 1.1e9 pb of K_L above 100 GeV within 0.2 mrad (five generators, 13.6 TeV)."""
    table = spectrum_table(f"neutral_kaons_13600_{generator}")
    p, pt2 = table.sample(np.random.default_rng(5).random((400_000, 2))).T
    share = ((p > 100) & (np.sqrt(pt2) < 2e-4 * p)).mean()
    made = 79.9e9 * table.number("per_collision_130") * table.number("on_grid") / 2
    assert 0.55e9 < made * share < 1.1e9


def test_where_kaons_decay():
    """Not behind what stops them, and exponentially before it."""
    offer = LHCCollisions(14.0, 1.0, light=True, softest=50.0).offer("K(L)0")
    parents = offer.draw(np.random.default_rng(3).random((100_000, offer.dimension)))
    flown, theta = np.linalg.norm(parents.origin, axis=1), np.arcsin(
        np.hypot(*parents.momentum[:, :2].T) / np.linalg.norm(parents.momentum, axis=1)
    )  # fmt: skip
    np.testing.assert_allclose(np.cross(parents.origin, parents.direction), 0, atol=1e-9)
    assert flown[theta < 0.85e-3].max() == pytest.approx(140, rel=0.01)
    between = (theta > 0.85e-3) & (theta < 2.5e-3)
    assert flown[between].max() <= 20 * (1 + 1e-9)
    assert (flown * np.sin(theta))[theta > 2.5e-3].max() <= 0.05 * (1 + 1e-6)
    # decay lengths of kilometres: evenly along the way
    assert flown[theta < 0.85e-3].mean() == pytest.approx(70, rel=0.02)
    assert flown[between].mean() == pytest.approx(10, rel=0.02)


def test_all_light_mesons_are_offered():
    source = FASER2().source
    for name in ("pi0", "eta", "eta'(958)", "rho(770)0", "omega(782)", "phi(1020)", *KAONS):
        assert source.number_of(name) > 0
    # of kaons with kilometres before them few decay within 20 or 140 m; most K_S do
    assert source.number_of("K+") < 0.1 * source.number_of("pi0")
    assert source.number_of("K(L)0") < 0.05 * source.number_of("K(S)0")
    with pytest.raises(DetectorError, match=r"K\+"):
        LHCCollisions(14.0, 1.0).number_of("K+")


@pytest.mark.parametrize(
    ("lengths", "wall"),
    [((), 0.05), (((1e-3, 20.0), (2e-3, 140.0)), 0.05), (((1e-3, 20.0),), 0.0), (((1e-3, float("inf")),), 0.05)],
)
def test_paths_that_make_no_sense(lengths, wall):
    with pytest.raises(SpectrumError, match=r"lengths = .* and wall = "):
        DecayPath("K+", lengths, wall)
