"""Pairs of muons in LHCb."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]

MODULES: Array = 1e-3 * np.array([*range(-175, 276, 30), 435, 585, 635, 685, 735])
"""Places z [m] of the 21 modules of one half of the vertex detector; those of the other lie 15 mm further.

They are those of LHCb's description of its detector of 2010 to 2018; arXiv:1405.7808 draws them.
"""

SENSOR_RADII = (8.2e-3, 42e-3)
"""Inner and outer radius [m] of a sensor (arXiv:1405.7808)."""

_HALVES = ((1.0, MODULES), (-1.0, MODULES + 15e-3))


@dataclass(frozen=True)
class LHCbMuons(DecaySelection):
    """Two charged products are tracks that begin in the vertex detector and go through the spectrometer.

    Parameters
    ----------
    decay_length
        Least proper decay length [m] of what decays, counted from the origin.
    pseudorapidity
        Range covered by the spectrometer (arXiv:1412.6352).
    momentum
        Least momentum [GeV]: that with which a muon reaches the muon chambers (arXiv:1412.6352).
    transverse_momentum
        Least transverse momentum [GeV], 0.1 in LHCb's own preselection of these decays (stripping line
        B2KX2MuMuDarkBosonLine, as the CERN Open Data Portal describes it).
    modules
        Modules of the vertex detector that a track must cross, downstream of where it starts: 3 are needed.
    """

    decay_length: float = 0.0
    pseudorapidity: tuple[float, float] = (2.0, 5.0)
    momentum: float = 3.0
    transverse_momentum: float = 0.1
    modules: int = 3

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        charged = [i for i, name in enumerate(names) if "+" in name or "-" in name]
        if len(charged) != 2:
            return np.zeros(len(point))
        momenta, names = tuple(momenta[i] for i in charged), tuple(names[i] for i in charged)
        seen = self._proper_length(point, momenta, names) >= self.decay_length
        seen &= self._is_track(momenta[0]) & self._is_track(momenta[1])
        for momentum in momenta:
            # only for those that are left
            seen[seen] = modules_crossed(point[seen], momentum[seen]) >= self.modules
        return seen.astype(float)

    def _is_track(self, momentum: Array) -> NDArray[np.bool_]:
        p_t = np.hypot(momentum[:, 0], momentum[:, 1])
        low, high = np.sinh(self.pseudorapidity)
        forward = (momentum[:, 2] > low * p_t) & (momentum[:, 2] < high * p_t)
        return np.asarray(
            forward & (p_t > self.transverse_momentum) & (np.linalg.norm(momentum, axis=1) > self.momentum)
        )

    @staticmethod
    def _proper_length(point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        momentum = momenta[0] + momenta[1]
        squares = [np.einsum("ij,ij->i", vector, vector) for vector in (*momenta, momentum)]
        energy = sum(np.sqrt(square + sm.mass(name) ** 2) for square, name in zip(squares, names, strict=False))
        mass = np.sqrt(np.maximum(energy**2 - squares[2], 0.0))
        return np.asarray(np.linalg.norm(point, axis=1) * mass / np.sqrt(squares[2]))


def modules_crossed(point: Array, momentum: Array) -> NDArray[np.int64]:
    """Number (n,) of modules of LHCb's vertex detector that straight tracks cross.

    Parameters
    ----------
    point
        Where the tracks start (n, 3) [m].
    momentum
        Their momenta (n, 3) [GeV]; those that fly backwards cross none.
    """
    ahead = momentum[:, 2] > 0
    slope = momentum[:, :2] / np.where(ahead, momentum[:, 2], 1.0)[:, None]
    start = point[:, 2]
    # where the track is nearest to the beam, and how near
    slope2 = np.maximum((slope**2).sum(axis=1), 1e-30)
    nearest = start - (slope * point[:, :2]).sum(axis=1) / slope2
    distance = (point[:, 0] * slope[:, 1] - point[:, 1] * slope[:, 0]) / np.sqrt(slope2)
    sideways = np.where(slope[:, 0] == 0, 1e-30, slope[:, 0])
    middle = start - point[:, 0] / sideways
    crossed = np.zeros(len(point), dtype=np.int64)
    for side, places in _HALVES:
        # on this side of the plane x = 0
        outwards = side * sideways > 0
        first = np.where(outwards, np.maximum(start, middle), start)
        last = np.where(outwards, np.inf, middle)
        for radius, sign in ((SENSOR_RADII[1], 1), (SENSOR_RADII[0], -1)):
            half = np.sqrt(np.maximum(radius**2 - distance**2, 0.0) / slope2)
            begin = np.searchsorted(places, np.maximum(first, nearest - half), side="right")
            end = np.searchsorted(places, np.minimum(last, nearest + half), side="left")
            crossed += sign * np.maximum(end - begin, 0)
    return np.where(ahead, crossed, 0)
