import numpy as np
import pytest

from farflung.lpp import EVERYWHERE, PolarPanels, SamplingError, Window
from farflung.lpp.sampling.kinematics import unit_vectors

AIMS = [
    EVERYWHERE,
    PolarPanels((0.3, 1.0, 2.5)),
    PolarPanels((0.002, 0.01), complete=False),
    PolarPanels((0.0, 0.015, 0.02), complete=False),
    PolarPanels((2.0, np.pi), complete=False),
    Window(2, 1, (-0.003, 0.006), (0.003, 0.013)),
    Window(0, -1, (-0.3, 0.2), (0.4, 1.1)),
]


@pytest.mark.parametrize("aim", AIMS, ids=repr)
def test_directions_are_drawn_with_the_density_that_is_said(aim):
    rng = np.random.default_rng(5)
    shares = rng.dirichlet(np.ones(aim.panels))
    direction = aim.draw(rng.random((200_000, 2)), shares)
    np.testing.assert_allclose(np.linalg.norm(direction, axis=1), 1, rtol=1e-12)
    density = aim.density(direction, shares)
    assert (density > 0).all()
    # the mean of 1/density is the solid angle, seen by points that are even on the sphere near the aim
    cos_range = direction[:, 2].min(), direction[:, 2].max()
    even = unit_vectors(rng.uniform(*cos_range, 400_000), rng.uniform(0, 2 * np.pi, 400_000))
    inside = (aim.density(even, shares) > 0).mean() * 2 * np.pi * (cos_range[1] - cos_range[0])
    error = 4 * (1 / density).std() / np.sqrt(len(density)) + 4 * inside / np.sqrt(
        400_000 * max((aim.density(even, shares) > 0).mean(), 1e-9)
    )
    assert (1 / density).mean() == pytest.approx(inside, abs=error)
    # and the density integrates to 1 there
    assert aim.density(even, shares).mean() * 2 * np.pi * (cos_range[1] - cos_range[0]) == pytest.approx(1, rel=0.05)


def test_a_window_holds_what_it_is_put_around():
    corners = np.array([[x, y, z] for x in (-1.5, 1.5) for y in (3.3, 6.3) for z in (480.0, 515.0)])
    window = Window.around(corners)
    assert window is not None
    directions = corners / np.linalg.norm(corners, axis=1)[:, None]
    inwards = directions + 1e-6 * (directions.mean(axis=0) - directions)
    inwards /= np.linalg.norm(inwards, axis=1)[:, None]
    assert (window.density(inwards, window.even()) > 0).all()
    assert window.low == pytest.approx((-1.5 / 480, 3.3 / 515))
    assert window.high == pytest.approx((1.5 / 480, 6.3 / 480))


def test_there_is_no_window_around_the_origin():
    assert Window.around(np.array([[-1.0, -1, -1], [1, 1, 1]])) is None
    assert Window.around(np.array([[0.0, -1, np.inf], [1, 1, 1]])) is None


def test_an_aim_says_what_is_wrong_with_it():
    with pytest.raises(SamplingError, match="not between 0 and pi"):
        PolarPanels((4.0,))
    with pytest.raises(SamplingError, match="span nothing"):
        PolarPanels((0.1,), complete=False)
    with pytest.raises(SamplingError, match="is not below high"):
        Window(2, 1, (0.1, 0.0), (0.1, 1.0))
