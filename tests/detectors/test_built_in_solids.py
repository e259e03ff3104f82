"""A million random rays through the solids of every built-in detector."""

import numpy as np
import pytest

from farflung.detectors import detector_names, make_detector
from farflung.geometry import Revolved
from farflung.viz.detector_plot import extent

RAYS = 1_000_000

SOLIDS = [(name, solid) for name in detector_names() for solid in make_detector(name).solids]


@pytest.mark.parametrize(("detector_name", "solid_name"), SOLIDS)
def test_a_million_rays_find_nothing_inconsistent(detector_name, solid_name):
    detector = make_detector(detector_name)
    solid = detector.solid(solid_name)
    low, high = extent(detector)
    rng = np.random.default_rng(7)
    # from everywhere in and around the detector, and a quarter of them from the point where particles are made
    origins = rng.uniform(low - 1, high + 1, (RAYS, 3))
    origins[: RAYS // 4] = 0.0
    directions = rng.normal(size=(RAYS, 3))
    found = solid.stretches(origins, directions)
    start, stop = found.start, found.stop
    there = np.isfinite(start)
    assert not np.isnan(start).any()
    assert not np.isnan(stop).any()
    assert (start[there] >= 0).all()
    assert (stop[there] > start[there]).all()
    assert (start[:, 1:][there[:, 1:]] >= stop[:, :-1][there[:, 1:]]).all()
    assert np.isinf(stop[~there]).all()
    # a random point of every ray lies in the solid if and only if it lies in a stretch
    distance = rng.exponential(1.5, RAYS)
    unit = directions / np.linalg.norm(directions, axis=1)[:, None]
    inside = solid.contains(origins + distance[:, None] * unit)
    # but for points within rounding of the surface
    away = np.where(there, np.minimum(abs(start - distance[:, None]), abs(stop - distance[:, None])), np.inf)
    decided = away.min(axis=1) > 1e-9
    assert decided.mean() > 0.999
    assert (found.contains(distance) == inside)[decided].all()


def test_belle2_is_made_of_solids_of_revolution():
    assert all(isinstance(solid, Revolved) for solid in make_detector("belle2").solids.values())
