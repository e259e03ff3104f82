"""Kaons at CHARM, against a Monte Carlo that shares no code with the package, and aimed against random flights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import farflung.lpp.spectra
from farflung.detectors import (
    CHARM,
    COPPER,
    NA62,
    Detector,
    DetectorError,
    NA62Dump,
    NuCal,
    ProtonDump,
    Sources,
    Target,
)
from farflung.lpp import ALPFermion, DarkScalar, TwoBodyDecay

TABLES = Path(farflung.lpp.spectra.__file__).parent / "data"

# table, numbers for each collision, mass [GeV], c tau [m], mass of the pion [GeV]; Particle Data Group
KAONS = {
    "K+": ("charged_kaons_400", 0.50921, 0.493677, 3.711, 0.13957),
    "K(L)0": ("neutral_kaons_400", 0.23914, 0.497611, 15.34, 0.134977),
    "K(S)0": ("neutral_kaons_400", 0.23911, 0.497611, 0.026844, 0.134977),
}
PROTONS, LENGTH = 2.4e18, 0.205  # mean free path [m] in copper
FAR = {"ee": 0.51, "mumu": 0.85}
LEPTON = {"ee": 0.000511, "mumu": 0.105658}


def read(name):
    """Nodes, values and the share on the grid of a table."""
    lines = (TABLES / f"{name}.csv").read_text().splitlines()
    (share,) = (float(line.split(":")[1]) for line in lines if line.startswith("# on_grid"))
    rows = [line.split(",") for line in lines if not line.startswith("#")]
    values = np.array([row[1:] for row in rows[1:]], dtype=float)
    return np.log([float(row[0]) for row in rows[1:]]), np.array(rows[0][1:], dtype=float), values, share


def kaons(rng, name, n):
    """Momenta (n, 3), by rejection under the bilinear density: cells first, then a place in each."""
    u, v, values, _ = read(name)
    corners = np.stack([values[:-1, :-1], values[1:, :-1], values[:-1, 1:], values[1:, 1:]])
    highest = corners.max(axis=0)
    weight = (highest * np.diff(u)[:, None] * np.diff(v)[None]).ravel()
    found = []
    while sum(map(len, found)) < n:
        i, j = np.unravel_index(rng.choice(len(weight), n, p=weight / weight.sum()), highest.shape)
        s, t, height = rng.random((3, n))
        here = (
            (1 - s) * (1 - t) * corners[0, i, j] + s * (1 - t) * corners[1, i, j]
            + (1 - s) * t * corners[2, i, j] + s * t * corners[3, i, j]
        )  # fmt: skip
        keep = height * highest[i, j] < here
        p, p_t = np.exp(u[i] + s * np.diff(u)[i])[keep], np.sqrt(v[j] + t * np.diff(v)[j])[keep]
        p_t = np.minimum(p_t, p)
        phi = rng.uniform(0, 2 * np.pi, len(p))
        found.append(np.column_stack([p_t * np.cos(phi), p_t * np.sin(phi), np.sqrt(p**2 - p_t**2)]))
    return np.concatenate(found)[:n]


def decay(rng, momentum, mass, first, second):
    """Momenta (n, 3) of both products of an isotropic decay."""
    n = len(momentum)
    energy = np.sqrt((momentum**2).sum(axis=1) + mass**2)
    e_star = (mass**2 + first**2 - second**2) / (2 * mass)
    cosine, phi = rng.uniform(-1, 1, n), rng.uniform(0, 2 * np.pi, n)
    sine = np.sqrt(1 - cosine**2)
    q = np.sqrt(e_star**2 - first**2) * np.column_stack([sine * np.cos(phi), sine * np.sin(phi), cosine])
    along = (momentum * q).sum(axis=1)
    one = q + momentum * ((along / (energy + mass) + e_star) / mass)[:, None]
    return one, momentum - one


def brute_force(name, mass, ctau, state, n, seed=3):
    """Probability that a kaon of this kind ends in an event at CHARM, and its error; B = 1 for all decays."""
    table, _, m_kaon, ctau_kaon, m_pion = KAONS[name]
    rng = np.random.default_rng(seed)
    kaon = kaons(rng, table, n)
    gamma_beta = np.sqrt((kaon**2).sum(axis=1)) / m_kaon
    weight = 1 / (1 + gamma_beta * ctau_kaon / LENGTH)  # decays before it is absorbed
    x, _ = decay(rng, kaon, m_kaon, mass, m_pion)
    # CHARM is to one side, and everything is symmetric about the beam: turn what misses it narrowly by its azimuth
    azimuth = rng.uniform(-0.5, 0.5, n)  # about the y axis, in which CHARM fills |phi| < 0.43
    p_t = np.hypot(x[:, 0], x[:, 1])
    turn = np.arctan2(p_t * np.sin(azimuth), p_t * np.cos(azimuth)) - np.arctan2(x[:, 0], x[:, 1])
    x = np.column_stack([
        x[:, 0] * np.cos(turn) + x[:, 1] * np.sin(turn), x[:, 1] * np.cos(turn) - x[:, 0] * np.sin(turn), x[:, 2]
    ])  # fmt: skip
    weight = weight / (2 * np.pi)
    p, slope = np.sqrt((x**2).sum(axis=1)), x[:, :2] / x[:, 2:]
    # straight lines in the box from 480 to 515 m, |x| < 1.5 m, 3.3 < y < 6.3 m
    forward = x[:, 2] > 0
    start, stop = np.full(n, 480.0), np.full(n, 515.0)
    for axis, (low, high) in enumerate(((-1.5, 1.5), (3.3, 6.3))):
        one, two = low / slope[:, axis], high / slope[:, axis]
        start, stop = np.maximum(start, np.minimum(one, two)), np.minimum(stop, np.maximum(one, two))
    inside = forward & (stop > start)
    x, p, slope, start, stop = x[inside], p[inside], slope[inside], start[inside], stop[inside]
    stretch = np.sqrt(1 + (slope**2).sum(axis=1)) * mass / (p * ctau)
    before, within = np.exp(-start * stretch), -np.expm1(-(stop - start) * stretch)
    z = start - np.log1p(-rng.random(len(p)) * within) / stretch
    low, high = (5.0, 50.0) if state == "ee" else (1.0, np.inf)  # for each that hits
    hits, wrong = np.zeros(len(p), dtype=int), np.zeros(len(p), dtype=int)
    for product in decay(rng, x, mass, LEPTON[state], LEPTON[state]):
        end = slope * z[:, None] + product[:, :2] / product[:, 2:] * (515 - z)[:, None]
        energy = np.sqrt((product**2).sum(axis=1) + LEPTON[state] ** 2)
        on = (product[:, 2] > 0) & (np.abs(end[:, 0]) < 1.5) & (np.abs(end[:, 1] - 4.8) < 1.5)
        hits += on
        wrong += on & ((energy < low) | (energy > high))
    seen = (hits >= (1 if state == "ee" else 2)) & (wrong == 0)
    each = weight[inside] * before * within * seen * FAR[state]
    return each.sum() / n, each.std() * np.sqrt(len(each)) / n


@pytest.mark.parametrize("name", KAONS)
@pytest.mark.parametrize(("model", "mass", "coupling", "state"), [
    (ALPFermion(), 0.1, 6e-3, "ee"), (ALPFermion(), 0.1, 1.0, "ee"), (DarkScalar(), 0.25, 3e-4, "mumu"),
])  # fmt: skip
def test_events_at_charm(name, model, mass, coupling, state):
    """Particles that live long, and ALPs with c tau = 0.15 m, of which the fastest alone arrive."""
    process = TwoBodyDecay(name, "pi+" if name == "K+" else "pi0")
    ctau = float(model.ctau(mass, coupling))
    probability, error = brute_force(name, mass, ctau, state, 500_000)
    expected = PROTONS * KAONS[name][1] * read(KAONS[name][0])[3] * probability
    assert error < 0.06 * probability
    charm = CHARM()
    acceptance = charm.acceptance("decays", charm.flights_from(process, mass, n=65536), state)
    found = float(charm.source.number_of(name) * acceptance(ctau) * FAR[state])
    own = float(acceptance.error(ctau) / acceptance(ctau))
    assert own < 0.08
    assert found == pytest.approx(expected, rel=3 * np.hypot(error / probability, own) + 0.01)


@pytest.mark.parametrize("name", KAONS)
@pytest.mark.parametrize("mass", [0.05, 0.25])
def test_aimed_flights_are_the_random_ones(name, mass):
    """Decays in CHARM's region, for particles that live long and for those that hardly arrive."""
    process = TwoBodyDecay(name, "pi+" if name == "K+" else "pi0")
    charm = CHARM()
    aimed = charm.acceptance("decays", charm.flights_from(process, mass), "ee")
    random = charm.acceptance("decays", charm.flights_from(process, mass, n=1_000_000, sampling="random"), "ee")
    for ctau in (1e4, 3.0):
        assert aimed.error(ctau) < 0.03 * aimed(ctau)
        assert abs(aimed(ctau) - random(ctau)) < 4 * np.hypot(aimed.error(ctau), random.error(ctau))
        assert random.error(ctau) < 0.2 * random(ctau)


def test_kaons_of_dumps():
    """Numbers by hand, from means over the tables: how many are made, and which share of them decays."""
    sps = ProtonDump(400.0, 1e18, COPPER)
    rng = np.random.default_rng(1)
    for name, (table, number, mass, ctau, _) in KAONS.items():
        p = np.linalg.norm(kaons(rng, table, 200_000), axis=1)
        share = np.mean(1 / (1 + p / mass * ctau / LENGTH))
        assert sps.number_of(name) == pytest.approx(1e18 * number * read(table)[3] * share, rel=0.01)
    with pytest.raises(DetectorError, match="K"):
        ProtonDump(400.0, 1e18, Target("W", 74, 183.84, 6.76)).number_of("K+")


def test_all_proton_dumps_have_them():
    for source in (CHARM().source, NuCal().source, NA62Dump().source):
        for name in KAONS:
            assert source.number_of(name) > 0


class BothModes(Detector):
    name, title = "both", "Kaons and a dump"


def test_kaons_of_the_beam_and_of_the_dump_are_two_things_at_na62():
    na62, dump, process = NA62(), NA62Dump(), TwoBodyDecay("K+", "pi+")
    both = Sources({"kaons": na62.source, "dump": dump.source})
    searches = [
        replace(na62.search("invisible"), source="kaons"),
        replace(dump.search("decays"), name="dump", source="dump"),
    ]
    detector = BothModes(both, {**na62.solids, **dump.solids}, searches)
    assert detector.source.part("kaons").number_of("K+") == na62.source.number_of("K+")
    assert detector.source.part("dump").number_of("K+") > 1e14
    assert detector.aim(process, "invisible").complete
    assert not detector.aim(process, "dump").complete
    flights = detector.flights_from(process, 0.1, search="dump")
    assert not flights.complete
    assert not np.any(flights.origin)


def test_neutral_kaons_conserve_or_violate_cp():
    """K_L + K_S have together what K+ have, but for masses; pi0 S is odd and pi0 a even under CP."""
    widths = {"K+": 5.317e-17, "K(L)0": 1.287e-17, "K(S)0": 7.351e-15}  # Particle Data Group, GeV
    for model, even in ((DarkScalar(), False), (ALPFermion(), True)):
        rate = {
            name: float(model.production(TwoBodyDecay(name, "pi+" if name == "K+" else "pi0"), 0.1)) * width
            for name, width in widths.items()
        }
        assert rate["K(L)0"] + rate["K(S)0"] == pytest.approx(rate["K+"], rel=0.05)
        assert (rate["K(S)0"] > rate["K(L)0"]) == even
