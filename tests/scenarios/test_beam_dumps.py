"""Reach of the beam dumps, against that of public codes."""

import os
from pathlib import Path

import numpy as np
import pytest
from hepunits import c_light, m, ps

from farflung.detectors import CHARM, E137, Detector, NuCal
from farflung.detectors.experiments.e137 import PUBLISHED
from farflung.detectors.experiments.na62_dump import dump_decay_region, dump_search, dump_source
from farflung.lpp import ALPFermion, ALPPhoton, DarkScalar, TwoBodyDecay
from farflung.scenarios.sweeps.signal import events_of_pair

FOLDER = Path(os.environ.get("FARFLUNG_REFERENCE", Path(__file__).resolve().parents[3] / "shared" / "reference"))

# Mass [GeV], smallest and largest excluded g_agg [GeV^-1] for c_BB alone: ALPINIST v1.3 (arXiv:2201.05170)
PHOTON_CONTOURS = [
    (CHARM, 0.05, 5.02e-6, 8.20e-5),
    (CHARM, 0.1, 2.94e-6, 1.42e-5),
    (NuCal, 0.05, 4.98e-6, 2.24e-4),
    (NuCal, 0.2, 1.59e-6, 7.81e-6),
]

PYTHIA_CROSS_SECTION = 1.866
"""Cross-section [nb] for pairs of b quarks behind the curves of ALPINIST v1.3."""


class NA62Dump(Detector):
    """The beam-dump mode alone, with B mesons alone, as in the curves of ALPINIST."""

    name = "na62-dump"
    title = "NA62, beam dump"
    references = ("arXiv:2201.05170",)

    def __init__(self):
        source = dump_source(bottom_cross_section=PYTHIA_CROSS_SECTION)
        beauty = [process for process in DarkScalar().processes() if process.parent in ("B+", "B0")]
        search = dump_search().only_from(*beauty)
        super().__init__(source, {"dump decay region": dump_decay_region()}, (search,))


def edges(detector, model, mass, couplings):
    """Smallest and largest excluded coupling."""
    (search,) = detector.searches.values()
    events, _ = events_of_pair(detector, search, model, mass, couplings)
    limit = search.upper_limit(mass)
    (excluded,) = np.nonzero(events > limit)
    found = []
    for i, j in ((excluded[0] - 1, excluded[0]), (excluded[-1], excluded[-1] + 1)):
        steps = np.log(events[[i, j]] / limit)
        found.append(float(np.exp(np.interp(0.0, np.sort(steps), np.log(couplings[[i, j]])[np.argsort(steps)]))))
    return found


def at(curve, place):
    """All values of a closed curve, rows (segment, x, y), at one x."""
    _, x, y = curve.T
    before, after = np.log(x[:-1] / place), np.log(x[1:] / place)
    crossing = (before * after <= 0) & (before != after)
    share = before[crossing] / (before - after)[crossing]
    return np.sort(y[:-1][crossing] * (y[1:] / y[:-1])[crossing] ** share)


def curve(name, column):
    path = FOLDER / "contours" / name
    if not path.exists():
        pytest.skip("the reference curves are not part of the repository")
    rows = [line.split(",") for line in path.read_text().splitlines() if line[0].isdigit()]
    return np.array(rows, dtype=float)[:, [0, 1, column]]


@pytest.mark.parametrize(("detector", "mass", "low", "high"), PHOTON_CONTOURS)
def test_photon_contours(detector, mass, low, high):
    found = edges(detector(), ALPPhoton(), mass, np.geomspace(1e-7, 1e-2, 300))
    np.testing.assert_allclose(found, [low, high], rtol=0.10)


@pytest.mark.parametrize(("detector", "name", "masses"), [
    (CHARM, "CHARM_ALP_photon.csv", (0.03, 0.08, 0.12)),
    (NuCal, "NuCal_ALP_photon.csv", (0.03, 0.1, 0.15, 0.2)),
])  # fmt: skip
def test_photon_contours_where_the_files_are(detector, name, masses):
    reference = curve(name, 3)
    for mass in masses:
        found = edges(detector(), ALPPhoton(), mass, np.geomspace(1e-7, 1e-2, 300))
        np.testing.assert_allclose(found, at(reference, mass), rtol=0.10)


@pytest.mark.parametrize(("mass", "low", "high"), PUBLISHED)
def test_e137_is_within_a_factor_of_two(mass, low, high):
    """And, known but not understood, stronger than published at both ends."""
    found = edges(E137(), ALPPhoton(), mass, np.geomspace(1e-8, 1e-2, 300))
    assert 0.5 < found[0] / low < 1
    assert 1 < found[1] / high < 2


def model_independent_limit(mass, lifetimes):
    """CHARM's limit on B(B -> K X) B(X -> mu mu), the same for B+ and B0, with K* in the ratio of a pseudoscalar."""
    charm, model = CHARM(bottom_cross_section=PYTHIA_CROSS_SECTION), ALPFermion()
    ctau = np.asarray(lifetimes) * ps * c_light / m
    rates = {K: float(model.production(TwoBodyDecay("B+", K), mass)) for K in ("K+", "K*(892)+")}
    events = np.zeros(len(ctau))
    for parent in ("B+", "B0"):
        for daughter, rate in rates.items():
            process = TwoBodyDecay(parent, daughter.replace("+", parent[-1]))
            seen = charm.acceptance("decays", charm.flights_from(process, mass), "mumu")(ctau)
            events += charm.source.number_of(parent) * rate / rates["K+"] * seen * 0.85
    return -np.log(0.1) / events


# Mass [GeV], lifetime [ps], limit: ALPINIST v1.3 (arXiv:2201.05170), after arXiv:1810.11336
@pytest.mark.parametrize(("mass", "lifetime", "limit"), [
    (0.22, 1e4, 3.417e-8), (0.22, 1e5, 2.209e-7), (0.3, 3e3, 3.217e-8), (0.3, 1e5, 1.685e-7),
])  # fmt: skip
def test_model_independent_limits_of_charm(mass, lifetime, limit):
    assert model_independent_limit(mass, [lifetime])[0] == pytest.approx(limit, rel=0.10)


@pytest.mark.parametrize("mass", [220, 300])
def test_model_independent_limits_where_the_files_are(mass):
    reference = curve(f"CHARM_modelindep_BKX_mumu_m{mass}MeV.csv", 2)
    lifetimes = np.geomspace(3e3, 5e5, 12)
    expected = [at(reference, lifetime)[0] for lifetime in lifetimes]
    np.testing.assert_allclose(model_independent_limit(mass / 1000, lifetimes), expected, rtol=0.10)


# Mass [GeV], smallest and largest excluded sin^2 theta for 1e18 protons: ALPINIST v1.3 (arXiv:2201.05170)
@pytest.mark.parametrize(("mass", "low", "high"), [
    (0.25, 4.16e-8, 7.48e-5), (0.3, 1.14e-8, 3.01e-6), (0.4, 6.48e-9, 4.55e-7), (0.5, 5.34e-9, 1.42e-7),
])  # fmt: skip
def test_dark_scalar_at_na62(mass, low, high):
    """Pions are two thirds of what they are there, where neutral ones count; proton bremsstrahlung is left out here."""
    found = edges(NA62Dump(), DarkScalar(), mass, np.geomspace(1e-5, 1e-1, 200))
    np.testing.assert_allclose(np.square(found), [low, high], rtol=0.20)
