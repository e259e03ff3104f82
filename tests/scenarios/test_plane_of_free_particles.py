"""Limits on branching ratios against lifetime, for particles of which nothing else is known."""

import csv
import json
import re

import numpy as np
import pytest
import shapely
import xarray as xr

from farflung.detectors import (
    Aperture,
    Apertures,
    BelleII,
    Detector,
    DetectorError,
    LifetimeTable,
    MassTable,
    PublishedLimit,
    Requirement,
    Search,
    Secondaries,
)
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import CouplingError, FreeParticle, MassRangeError, ProcessError, Spectrum, TwoBodyDecay
from farflung.scenarios import ScenarioError, branching_ratio_limit, events_of_pair, lifetime_plane
from farflung.scenarios.sweeps.lifetime_plane import default_state, plane_as_csv, plane_as_dict, write_plane

B_TO_K = TwoBodyDecay("B+", "K+")
CTAU = np.geomspace(1e-3, 1e3, 13)
MASS = 0.5
SQUARE = Requirement((Aperture(32.0, shapely.box(-1.5, -1.5, 1.5, 1.5)),), hits=2)
# 90 % C.L. of nothing seen and nothing expected: ln 10
NOTHING = np.log(10)


class Toy(Spectrum):
    def momentum(self, u):
        return 10 + 80 * u

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


PLAIN = MassTable((0.1, 3.0), (1e-8, 2e-8), "nobody", below=None, above=None)
BY_LIFETIME = LifetimeTable((0.1, 3.0), (0.01, 10.0), ((1e-8, 1e-6), (1e-8, 1e-6)), "nobody")


class Far(Detector):
    name = "far"
    title = "A box"
    references = ("arXiv:0000.00000",)

    def __init__(self):
        inside = {"decays": "inside", "solid": "box", "observed": 0}
        searches = [
            Search("plain", "plain", **inside),
            Search("half", "half", **inside, efficiency={"mumu": 0.5, "ee": 0.25}, final_states=("mumu", "ee")),
            Search(
                "kaons", "kaons", **inside, efficiency={"B+ -> K+": 0.2}, processes=(B_TO_K, TwoBodyDecay("D0", "pi0"))
            ),
            Search("seen", "seen", **inside, products=Apertures({}, SQUARE), final_states=("mumu",)),
            Search("missed", "missed", "outside", "box", observed=0),
            Search("charm", "charm", **inside, processes=("D0 -> pi0",)),
            PublishedLimit(name="prompt", title="prompt", processes=(B_TO_K,), limit=PLAIN, final_states=("mumu",)),
            PublishedLimit(name="inside", title="inside", processes=(B_TO_K,), limit=PLAIN, solid="box"),
            PublishedLimit(name="table", title="table", processes=(B_TO_K,), limit=BY_LIFETIME),
        ]
        box = ConvexPolyhedron.box((-1, 1), (-1, 1), (5, 30))
        super().__init__(Secondaries({"B+": (1e9, Toy()), "D0": (1e9, Toy())}), {"box": box}, searches)


FAR = Far()


def acceptance(search, seed=1, n=4096):
    flights = FAR.flights_from(B_TO_K, MASS, search=search, n=n, seed=seed)
    return FAR.acceptance(search, flights).mean_and_error(CTAU)


@pytest.mark.parametrize(
    ("name", "efficiency"), [("plain", 1.0), ("half", 0.5), ("kaons", 0.2), ("seen", 1.0), ("missed", 1.0)]
)
def test_limits_are_the_largest_signal_over_parents_efficiency_and_acceptance(name, efficiency):
    limits = branching_ratio_limit(FAR, name, MASS, CTAU, process=B_TO_K)
    mean, error = acceptance(name, seed=5, n=2**14)
    expected = NOTHING / (1e9 * efficiency * np.maximum(mean, 1e-300))
    known = error < 0.1 * mean
    assert known.sum() >= 6
    assert (np.abs(limits / expected - 1) < 0.05 + 4 * error / np.maximum(mean, 1e-300))[known].all()
    # the same flights: the same to rounding
    same = acceptance(name)[0]
    if name != "seen":
        np.testing.assert_allclose(limits[known], (NOTHING / (1e9 * efficiency * same[known])), rtol=1e-9)


def test_published_limits_are_taken_as_they_are():
    # linear between 1e-8 at 0.1 GeV and 2e-8 at 3 GeV
    at_mass = 1e-8 * (1 + 0.4 / 2.9)
    np.testing.assert_allclose(branching_ratio_limit(FAR, "prompt", MASS, CTAU), at_mass)
    np.testing.assert_allclose(branching_ratio_limit(FAR, "inside", MASS, CTAU), at_mass / acceptance("inside")[0])
    table = branching_ratio_limit(FAR, "table", MASS, CTAU)
    covered = (CTAU >= 0.01 * (1 - 1e-9)) & (CTAU <= 10 * (1 + 1e-9))
    # a straight line in the logarithms: two decades over three
    np.testing.assert_allclose(table[covered], 1e-8 * (CTAU[covered] / 0.01) ** (2 / 3), rtol=1e-6)
    assert np.isinf(table[~covered]).all()


def test_lifetimes_of_none_and_for_ever():
    assert branching_ratio_limit(FAR, "plain", MASS, 0.0, process=B_TO_K) == np.inf
    assert branching_ratio_limit(FAR, "plain", MASS, np.inf, process=B_TO_K) == np.inf
    # all are missed, and nothing of what decays at once is
    for ctau in (0.0, np.inf):
        assert branching_ratio_limit(FAR, "missed", MASS, ctau, process=B_TO_K) == pytest.approx(NOTHING / 1e9)
    shaped = branching_ratio_limit(FAR, "plain", MASS, CTAU[:12].reshape(3, 4), process=B_TO_K)
    assert shaped.shape == (3, 4)


def test_planes_hold_the_same_limits():
    data = lifetime_plane([FAR], "B+ -> K+", MASS, CTAU)
    assert list(data["search"].values) == [f"far:{name}" for name in FAR.searches]
    for name in FAR.searches:
        limits = data["limit"].sel(search=f"far:{name}").values
        if name == "charm":
            # it does not look for what B+ decay to
            assert np.isnan(limits).all()
        else:
            np.testing.assert_array_equal(limits, branching_ratio_limit(FAR, name, MASS, CTAU, process=B_TO_K))
    states = dict(zip(data["search"].values, data["final_state"].values, strict=True))
    assert states["far:half"] == "mumu"
    assert states["far:plain"] == "any"
    assert states["far:charm"] == ""


def test_planes_for_one_final_state():
    data = lifetime_plane([FAR], B_TO_K, MASS, CTAU, final_state="ee")
    # those that count only muons do not look for it
    for name, looks in (("plain", True), ("half", True), ("seen", False), ("prompt", False), ("table", True)):
        assert np.isfinite(data["limit"].sel(search=f"far:{name}")).any() == looks, name
    muons = lifetime_plane([FAR], B_TO_K, MASS, CTAU, final_state="mumu")["limit"].sel(search="far:half")
    np.testing.assert_allclose(data["limit"].sel(search="far:half"), 2 * muons, rtol=1e-9)


def test_default_states_are_open():
    half = FAR.search("half")
    assert default_state(half, 0.5) == "mumu"
    # too light for two muons
    assert default_state(half, 0.1) == "ee"
    light = branching_ratio_limit(FAR, "half", 0.1, CTAU, process=B_TO_K)
    assert np.isfinite(light).any()
    assert default_state(FAR.search("plain"), 0.1) == "hadrons"
    assert default_state(Search("s", "s", "inside", "box", efficiency={"pipi": 0.1, "B+ -> K+": 1.0}), 1.0) == "pipi"


def test_json_and_csv_hold_what_was_found(tmp_path):
    data = lifetime_plane({"near": (FAR, "plain", "table")}, B_TO_K, MASS, CTAU)
    expected = [
        (name.split(":")[1], ctau, limit)
        for name in data["search"].values
        for ctau, limit in zip(CTAU, data["limit"].sel(search=name).values, strict=True)
        if np.isfinite(limit)
    ]
    assert 10 < len(expected) < 26
    for ending in ("csv", "json", "nc"):
        write_plane(data, tmp_path / f"plane.{ending}")
    read = json.loads((tmp_path / "plane.json").read_text())
    assert read == plane_as_dict(data)
    rows = [line for line in (tmp_path / "plane.csv").read_text().splitlines() if not line.startswith("#")]
    table = list(csv.DictReader(rows))
    assert plane_as_csv(data) == (tmp_path / "plane.csv").read_text()
    assert len(read["limits"]) == len(table) == len(expected)
    for one, other, (search, ctau, limit) in zip(read["limits"], table, expected, strict=True):
        assert (one["detector"], one["search"], one["process"]) == ("near", search, "B+ -> K+")
        assert (one["mass_GeV"], one["ctau_m"], one["branching_ratio"]) == (MASS, ctau, limit)
        assert other["search"] == search
        assert other["final_state"] == one["final_state"] == "any"
        assert float(other["branching_ratio"]) == pytest.approx(limit, rel=1e-5)
        assert float(other["ctau_m"]) == pytest.approx(ctau, rel=1e-5)
    assert read["provenance"]["process"] == "B+ -> K+"
    assert "arXiv:0000.00000" in read["provenance"]["detector_references"]
    xr.testing.assert_allclose(xr.load_dataset(tmp_path / "plane.nc", engine="scipy")["limit"], data["limit"])


def test_what_makes_no_sense_gets_a_sentence():
    def limit(name="plain", mass=MASS, ctau=1.0, **options):
        return branching_ratio_limit(FAR, name, mass, ctau, **({"process": B_TO_K} | options))

    sentences = (
        (lambda: limit(ctau=-1.0), ScenarioError, "ctau = -1 m is not a decay length"),
        (lambda: limit(ctau=[1.0, np.nan]), ScenarioError, "ctau = nan m is not a decay length"),
        (lambda: limit(process=None), ScenarioError, "process: search 'plain' names none; give one"),
        (
            lambda: limit("kaons", process="B0 -> K0"),
            ScenarioError,
            "is not one that search 'kaons' counts: B\\+ -> K\\+",
        ),
        (lambda: limit(mass=5.0), MassRangeError, "is above m\\(B\\+\\) - m\\(K\\+\\)"),
        (lambda: limit(mass=0.1, final_state="mumu"), MassRangeError, "no open decay there"),
        (lambda: limit(final_state="mumuu"), ProcessError, "in no list; did you mean .*mumu"),
        (lambda: limit(process="K+ -> pi+"), DetectorError, "parent = 'K\\+' is not made by"),
        (lambda: lifetime_plane([FAR], B_TO_K, MASS, [1.0, 0.1]), ScenarioError, "positive, finite and increasing"),
        (lambda: lifetime_plane([FAR], B_TO_K, MASS, [0.0, 0.1]), ScenarioError, "positive, finite and increasing"),
        (lambda: lifetime_plane([FAR], B_TO_K, MASS, [0.1, np.inf]), ScenarioError, "positive, finite and increasing"),
        (lambda: lifetime_plane([FAR], B_TO_K, 6.0, CTAU), MassRangeError, "so B\\+ -> K\\+ \\+ X cannot happen"),
        (
            lambda: lifetime_plane([FAR], "K+ -> pi+", 0.1, CTAU),
            ScenarioError,
            "nobody looks for such a particle: far makes nothing of K",
        ),
        (lambda: lifetime_plane([(FAR, "seen")], B_TO_K, MASS, CTAU, final_state="ee"), ScenarioError, "decays to ee"),
        (lambda: lifetime_plane([FAR, FAR], B_TO_K, MASS, CTAU), ScenarioError, "far:plain.* appears twice"),
    )
    for ask, error, message in sentences:
        with pytest.raises(error) as caught:
            ask()
        said = str(caught.value)
        assert re.search(message, said), said
        assert "\n" not in said


def test_reactions_have_no_branching_ratio():
    belle2 = BelleII()
    search = Search(
        "photons", "photons", "inside", belle2.search("displaced").solid, (belle2.source.photon_associated,)
    )
    with pytest.raises(ScenarioError, match="is no decay, so it has no branching ratio"):
        branching_ratio_limit(belle2, search, MASS, 1.0)


def test_the_particle_is_what_it_is_said_to_be():
    particle = FreeParticle("B+ -> K+", {"mumu": 3.0, "ee": 1.0, "pipi": 0.0})
    np.testing.assert_allclose(particle.ctau(MASS, 1 / CTAU), CTAU, rtol=1e-9)
    ratios = particle.branching_ratios(MASS)
    assert (ratios["mumu"], ratios["ee"], ratios["pipi"]) == pytest.approx((0.75, 0.25, 0.0))
    # too light for muons: all electrons, and lives no longer
    assert particle.branching_ratios(0.1)["ee"] == pytest.approx(1.0)
    assert particle.ctau(0.1, 1.0) == pytest.approx(1.0)
    assert particle.production("B+ -> K+", MASS, 1e-3) == 1.0
    hidden = FreeParticle("B+ -> K+", "mumu", invisible_branching_ratio=0.75)
    assert hidden.ctau(MASS, 1.0) == pytest.approx(0.25)
    with pytest.raises(MassRangeError, match="no open decay"):
        FreeParticle("B+ -> K+", "mumu").branching_ratios(0.1)
    for wrong in ({}, {"mumu": 0.0}, {"mumu": -1.0, "ee": 2.0}):
        with pytest.raises(CouplingError, match="must hold branching ratios >= 0, not all of them 0"):
            FreeParticle("B+ -> K+", wrong)
    with pytest.raises(ProcessError, match="is not a decay"):
        FreeParticle("B+ to K+")
    assert particle.thresholds() == pytest.approx((0.00102199790, 0.211316751, 0.27914078))


def test_events_against_lifetime():
    couplings = 1 / CTAU[4:9]
    events, error = events_of_pair(FAR, FAR.search("plain"), FreeParticle(), MASS, couplings)
    mean = acceptance("plain", seed=8, n=2**14)
    expected, deviation = 1e9 * mean[0][4:9], 1e9 * mean[1][4:9]
    assert (np.abs(events - expected) < 4 * np.hypot(error, deviation)).all()
