"""Checks that every solid must pass; derive from `SolidContract` to test a solid of your own."""

import pickle

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.transform import Rotation

from farflung.geometry.kernels.arrays import FloatArray
from farflung.geometry.solid import Solid
from farflung.geometry.stretches import Stretches


def _spiral(n: int) -> FloatArray:
    """Return n directions spread over the sphere, none of which lies in a plane that anybody would choose."""
    i = np.arange(n) + 0.5
    phi, cosine = np.pi * (1 + np.sqrt(5)) * i + 0.1234567, 1 - 2 * i / n
    directions = np.stack([np.cos(phi), np.sin(phi), np.zeros(n)], axis=1) * np.sqrt(1 - cosine**2)[:, None]
    directions[:, 2] = cosine
    tilted: FloatArray = Rotation.from_rotvec([np.sqrt(0.2), np.sqrt(0.3), np.sqrt(0.7)]).apply(directions)
    return tilted


_AROUND = _spiral(26)
"""Where the neighbours of a point are looked for."""


def check_rays(solid: Solid, origins: ArrayLike, directions: ArrayLike, seed: int = 1) -> Stretches:
    """Check that the stretches of rays are sound and agree with ``contains``, and return them.

    Every stretch and every gap is tried in its middle, and every ray at four random distances; points closer
    to the surface than about 1e-7 of the distances at hand are left out, for there rounding decides.

    Parameters
    ----------
    solid : Solid
        What is tested.
    origins, directions : (n, 3) or (3,) arrays
        The rays, as for ``Solid.stretches``.
    seed : int
        Of the random distances.

    Raises
    ------
    AssertionError
        With the ray and the solid, if something is not as it should be.
    """
    found = solid.stretches(origins, directions)
    n = len(found)
    from_ = np.broadcast_to(np.asarray(origins, dtype=np.float64), (n, 3))
    along = np.broadcast_to(np.asarray(directions, dtype=np.float64), (n, 3))
    along = along / np.abs(along).max(axis=1, keepdims=True)
    along = along / np.linalg.norm(along, axis=1, keepdims=True)

    Stretches(found.start, found.stop)  # sorted, disjoint, padded, never negative, never NaN
    assert not np.isnan(found.length).any(), f"a length of {solid!r} is NaN"

    bounds = solid.bounds
    scale = np.abs(from_).max(axis=1) + np.abs(bounds[np.isfinite(bounds)]).max(initial=1.0)
    ends = np.hstack([np.zeros((n, 1)), np.stack([found.start, found.stop], axis=2).reshape(n, -1)])
    last = np.where(np.isfinite(ends), ends, 0).max(axis=1, keepdims=True)
    beyond = last + scale[:, None]
    ends = np.sort(np.hstack([np.where(np.isfinite(ends), ends, np.inf), beyond]), axis=1)
    ends = np.where(np.isfinite(ends), ends, beyond)
    middles = 0.5 * (ends[:, 1:] + ends[:, :-1])
    randoms = np.random.default_rng(seed).random((n, 4)) * beyond
    for at in np.hstack([middles, randoms]).T:
        points = from_ + at[:, None] * along
        inside = solid.contains(points)
        clear = _clear_of_surface(solid, points, inside, 1e-7 * (scale + at))
        wrong = clear & (found.contains(at) != inside)
        if wrong.any():
            ray = int(wrong.argmax())
            raise AssertionError(
                f"contains() says {bool(inside[ray])} at {at[ray]!r} m along the ray "
                f"from {from_[ray].tolist()} towards {along[ray].tolist()}, but the stretches are "
                f"start={found.start[ray].tolist()}, stop={found.stop[ray].tolist()}, for {solid!r}"
            )
    return found


def _clear_of_surface(
    solid: Solid, points: FloatArray, inside: NDArray[np.bool_], distance: FloatArray
) -> NDArray[np.bool_]:
    """Tell which points have all their neighbours on the same side of the surface."""
    clear = np.ones(len(points), dtype=np.bool_)
    for step in _AROUND:
        clear &= solid.contains(points + distance[:, None] * step) == inside
    return clear


class SolidContract:
    """What every solid owes; derive a class named ``Test...`` and write ``solid``."""

    volume_tolerance = 1e-3
    """How well the volume must agree with the sampled one, relative."""

    def solid(self) -> Solid:
        """Return the solid that is tested."""
        raise NotImplementedError

    def rays(self, n: int, seed: int) -> tuple[FloatArray, FloatArray]:
        """Return rays that start in and around the solid, in all directions."""
        rng = np.random.default_rng(seed)
        low, high = np.clip(self.solid().bounds, -10, 10)
        middle, size = 0.5 * (low + high), high - low
        return middle + rng.uniform(-1, 1, (n, 3)) * size, rng.normal(size=(n, 3))

    def test_stretches_agree_with_contains(self) -> None:
        """Random rays, and rays along the axes."""
        origins, directions = self.rays(2000, 1)
        assert check_rays(self.solid(), origins, directions).count.any()
        for axis in np.vstack([np.eye(3), -np.eye(3)]):
            check_rays(self.solid(), origins[:200], axis)

    def test_rays_that_start_inside_start_at_zero(self) -> None:
        """The first stretch starts at 0 when, and only when, the origin lies inside."""
        origins, directions = self.rays(2000, 2)
        found = self.solid().stretches(origins, directions)
        assert np.array_equal(found.start[:, 0] == 0, self.solid().contains(origins))

    def test_bounds_enclose(self) -> None:
        """No point inside lies out of bounds."""
        origins, _ = self.rays(2000, 3)
        low, high = self.solid().bounds
        inside = origins[self.solid().contains(origins)]
        assert ((inside >= low) & (inside <= high)).all()

    def test_motion(self) -> None:
        """Moving the solid and the rays alike changes nothing."""
        turn, shift = Rotation.from_euler("xyz", [0.3, -0.7, 1.1]), np.array([1.5, -2.0, 0.5])
        origins, directions = self.rays(2000, 4)
        here = self.solid().stretches(origins, directions)
        there = self.solid().moved(shift, turn).stretches(turn.apply(origins) + shift, turn.apply(directions))
        finite = np.isfinite(here.length)
        assert np.array_equal(finite, np.isfinite(there.length))
        np.testing.assert_allclose(there.length[finite], here.length[finite], rtol=0, atol=1e-6)

    def test_value(self) -> None:
        """Equality, hash and pickling."""
        solid, twin = self.solid(), self.solid()
        copied = pickle.loads(pickle.dumps(solid))
        assert solid == twin == copied
        assert hash(solid) == hash(twin) == hash(copied)
        assert solid != solid.moved((0, 0, 1))
        assert repr(copied) == repr(solid)
        origins, directions = self.rays(100, 5)
        assert np.array_equal(copied.stretches(origins, directions).start, solid.stretches(origins, directions).start)

    def test_volume(self) -> None:
        """The volume agrees with the one integrated over chords, and motion leaves it alone."""
        if np.isfinite(self.solid().bounds).all():
            volume = self.solid().volume
            np.testing.assert_allclose(volume, self.solid()._chord_volume(), rtol=self.volume_tolerance)
            moved = self.solid().moved((1, 2, 3), Rotation.from_euler("x", 0.4))
            np.testing.assert_allclose(moved.volume, volume, rtol=1e-9)
