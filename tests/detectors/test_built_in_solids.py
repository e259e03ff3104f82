"""Random rays through the solids of every built-in detector."""

import numpy as np
import pytest

from farflung.detectors import detector_names, make_detector
from farflung.geometry import Revolved
from farflung.geometry.testing import check_rays
from farflung.viz.views import extent

RAYS = {"belle2": 1_000_000}
"""Rays for each solid of a detector; the others get fewer, for the sake of time."""

SOLIDS = [
    (name, solid) for name in detector_names() if name != "belle2-extended" for solid in make_detector(name).solids
]


@pytest.mark.parametrize(("detector_name", "solid_name"), SOLIDS)
def test_many_rays_find_nothing_inconsistent(detector_name, solid_name):
    rays = RAYS.get(detector_name, 50_000)
    detector = make_detector(detector_name)
    low, high = extent(detector)
    rng = np.random.default_rng(7)
    solid = detector.solid(solid_name)
    # from everywhere in and around the detector, a quarter of them from the point where particles are made, and a
    # quarter from near the solid, which may be small and far away
    origins = rng.uniform(low - 1, high + 1, (rays, 3))
    origins[: rays // 4] = 0.0
    near_low, near_high = solid.bounds
    origins[-rays // 4 :] = rng.uniform(near_low - 0.1, near_high + 0.1, (rays // 4, 3))
    found = check_rays(solid, origins, rng.normal(size=(rays, 3)))
    assert found.count.sum() > rays / 100


def test_belle2_is_made_of_solids_of_revolution():
    assert all(isinstance(solid, Revolved) for solid in make_detector("belle2").solids.values())
