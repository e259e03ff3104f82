"""A million random rays through the solids of every built-in detector."""

import numpy as np
import pytest

from farflung.detectors import detector_names, make_detector
from farflung.geometry import Revolved
from farflung.geometry.testing import check_rays
from farflung.viz.detector_plot import extent

RAYS = 1_000_000

SOLIDS = [(name, solid) for name in detector_names() for solid in make_detector(name).solids]


@pytest.mark.parametrize(("detector_name", "solid_name"), SOLIDS)
def test_a_million_rays_find_nothing_inconsistent(detector_name, solid_name):
    detector = make_detector(detector_name)
    low, high = extent(detector)
    rng = np.random.default_rng(7)
    # from everywhere in and around the detector, and a quarter of them from the point where particles are made
    origins = rng.uniform(low - 1, high + 1, (RAYS, 3))
    origins[: RAYS // 4] = 0.0
    found = check_rays(detector.solid(solid_name), origins, rng.normal(size=(RAYS, 3)))
    assert found.count.sum() > RAYS / 100


def test_belle2_is_made_of_solids_of_revolution():
    assert all(isinstance(solid, Revolved) for solid in make_detector("belle2").solids.values())
