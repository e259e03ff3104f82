"""Decay products on surfaces, checked by hand."""

import numpy as np
import pytest
import shapely

from farflung.detectors import Aperture, Apertures, DetectorError, Requirement, RunPeriods
from farflung.lpp import Flights

SQUARE = shapely.box(-1, -1, 1, 1)


def pair(first: list[float], second: list[float]) -> list[np.ndarray]:
    return [np.array([first]), np.array([second])]


def met(
    requirement: Requirement, first: list[float], second: list[float], charges: tuple[float, float] = (0, 0)
) -> bool:
    at_origin = np.zeros((1, 3))
    return bool(requirement.met(at_origin, pair(first, second), charges, (0.0, 0.0))[0])


HIT, MISS, BACK = [0.05, 0.0, 1.0], [0.2, 0.0, 1.0], [0.0, 0.0, -1.0]


@pytest.mark.parametrize(
    ("hits", "first", "second", "seen"),
    [(1, HIT, MISS, True), (2, HIT, MISS, False), (2, HIT, HIT, True), (1, MISS, MISS, False), (1, BACK, MISS, False)],
)
def test_products_hit_or_miss(hits: int, first: list[float], second: list[float], seen: bool) -> None:
    assert met(Requirement((Aperture(10.0, SQUARE),), hits=hits), first, second) == seen


def test_energies() -> None:
    screen = (Aperture(10.0, SQUARE),)
    soft, hard = [0.0, 0.0, 2.0], [0.0, 0.0, 60.0]
    # as in CHARM: one too hard spoils it, unless it misses
    window = Requirement(screen, hits=1, energy=(1.0, 50.0))
    assert met(window, soft, soft)
    assert not met(window, soft, hard)
    assert met(window, soft, [20.0, 0.0, 60.0])
    # as in NuCal: one is hard enough, or both together
    assert met(Requirement(screen, hits=1, hardest=10.0), soft, hard)
    assert not met(Requirement(screen, hits=1, hardest=10.0), soft, soft)
    assert met(Requirement(screen, hits=2, total=4.0), soft, soft)
    assert not met(Requirement(screen, hits=2, total=4.1), soft, soft)


def test_both_must_be_apart() -> None:
    apart = Requirement((Aperture(10.0, SQUARE),), hits=2, separation=0.2)
    assert met(apart, [0.015, 0.0, 1.0], [-0.015, 0.0, 1.0])
    assert not met(apart, [0.005, 0.0, 1.0], [-0.005, 0.0, 1.0])


def test_a_magnet_bends_by_the_charge() -> None:
    # 0.3 GeV in the middle, at 5 m: 0.3/p * 5 m to the side at 10 m
    screen = (Aperture(10.0, SQUARE, kick=(0.3, 0.0), kick_z=5.0),)
    slow, fast = [0.0, 0.0, 1.4], [0.0, 0.0, 1.6]
    assert not met(Requirement(screen, hits=1), slow, slow, (1, -1))
    assert met(Requirement(screen, hits=2), fast, fast, (1, -1))
    assert met(Requirement(screen, hits=2), slow, slow, (0, 0))
    assert met(Requirement(screen, hits=1), [-0.1, 0.0, 1.4], [-0.1, 0.0, 1.4], (1, -1))


def test_states_that_are_not_named_are_not_seen() -> None:
    selection = Apertures({"gammagamma": Requirement((Aperture(10.0, SQUARE),), hits=2)})
    flights = Flights([0.0, 0.0, 1.0], [[0.0, 0.0, 50.0]], 0.3)
    decay = np.array([[0.5, 0.25]])
    assert selection.accepts("gammagamma", flights, flights.origin, decay)[0] == 1
    assert selection.accepts("mumu", flights, flights.origin, decay)[0] == 0


def test_what_is_made_behind_a_surface_or_a_magnet() -> None:
    screen = Requirement((Aperture(10.0, SQUARE, kick=(0.3, 0.0), kick_z=5.0),), hits=2)
    straight = pair([0.0, 0.0, 1.4], [0.0, 0.0, 1.4])
    for z, seen in ((4.9, False), (5.1, True), (9.9, True), (10.1, False)):
        assert bool(screen.met(np.array([[0.0, 0.0, z]]), straight, (1, -1), (0.0, 0.0))[0]) == seen


def test_runs_count_by_their_share() -> None:
    narrow = Apertures({"ee": Requirement((Aperture(10.0, SQUARE),), hits=2)})
    wide = Apertures({"ee": Requirement((Aperture(10.0, shapely.box(-9, -9, 9, 9)),), hits=2)})
    runs = RunPeriods(((0.25, narrow), (0.75, wide)))
    near, far = np.array([[0.05, 0.0, 1.0]]), np.array([[0.5, 0.0, 1.0]])
    start, names = np.zeros((1, 3)), ("e-", "e+")
    assert runs._accepts(start, (near, near), names) == pytest.approx(1)
    assert runs._accepts(start, (near, far), names) == pytest.approx(0.75)
    assert runs.knows("ee")
    assert not runs.knows("mumu")
    with pytest.raises(DetectorError, match="add up to 1"):
        RunPeriods(((0.25, narrow), (0.25, wide)))


def test_bad_requirements() -> None:
    with pytest.raises(DetectorError, match="hits = 0"):
        Requirement((Aperture(1.0, SQUARE),), hits=0)
    with pytest.raises(DetectorError, match="apertures"):
        Requirement((), hits=1)
    with pytest.raises(DetectorError, match="3pi"):
        Apertures({"3pi": Requirement((Aperture(1.0, SQUARE),), hits=1)})
