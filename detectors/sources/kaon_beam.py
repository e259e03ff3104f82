"""Kaons that decay in flight."""

from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.detectors.sources.momentum_table import MomentumTable
from farflung.lpp import Flights, arguments
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]

Kaon = Literal["K+", "K(L)0", "K(S)0"]
"""Kaons that there are beams of, by their PDG names."""

_OF_BEAM = "of a kaon beam"


class KaonBeam(Source):
    """A beam of kaons along z that decay between two planes, none at an angle.

    NA62's beam spreads by 1 % and 0.1 mrad (arXiv:1703.08501), which changes nothing there. Neutral beams have all
    momenta: slow kaons decay first, so that those between the planes are slower than those of the table.

    Parameters
    ----------
    momentum
        Momentum of all [GeV], or a table of how momenta are distributed.
    region
        Beginning and end [m] of the region in which decays count.
    decays
        Number of kaons that decay there. Limits on branching ratios do not ask for it, hence 1 by default.
    axis
        Where the beam lies in x and y [m].
    kaon
        PDG name: ``"K+"``, which stands for K- too, ``"K(L)0"`` or ``"K(S)0"``.
    kaons
        Number of kaons in the beam, in place of `decays`, of which those count that decay in the region.
    start
        Where [m] the beam has that number and the momenta of the table; by default where the region begins.

    Raises
    ------
    DetectorError
        If the momentum or a number is not positive and finite, both numbers are given, there is no such kaon, or start
        and region are not in order.
    """

    pointlike = False

    def __init__(
        self,
        momentum: float | MomentumTable,
        region: tuple[float, float],
        decays: float | None = None,
        axis: tuple[float, float] = (0.0, 0.0),
        *,
        kaon: Kaon = "K+",
        kaons: float | None = None,
        start: float | None = None,
    ) -> None:
        if not (np.isfinite(region).all() and region[0] < region[1]):
            raise DetectorError(f"region = {region} of a kaon beam must begin before it ends, in metres")
        if kaon not in get_args(Kaon):
            raise DetectorError(f"kaon = {kaon!r} of a beam must be one of {', '.join(get_args(Kaon))}")
        if decays is not None and kaons is not None:
            raise DetectorError(f"decays = {decays:g} and kaons = {kaons:g} of a kaon beam: give one of them")
        self.kaon = kaon
        self.region = (float(region[0]), float(region[1]))
        self.start = arguments.number("start", self.region[0] if start is None else start, DetectorError)
        if not self.start <= self.region[0]:
            raise DetectorError(f"start = {self.start:g} m of a kaon beam must not lie behind region = {region}")
        if isinstance(momentum, MomentumTable):
            self.momenta: MomentumTable | None = momentum.weighted(self._decaying)
            self.momentum = momentum.mean()
            share = momentum.mean(self._decaying)
        else:
            self.momenta = None
            self.momentum = arguments.positive("momentum", momentum, DetectorError, _OF_BEAM)
            share = float(self._decaying(np.array(self.momentum)))
        self.dimension = 1 if self.momenta is None else 2
        if kaons is None:
            self.decays = arguments.positive("decays", 1.0 if decays is None else decays, DetectorError, _OF_BEAM)
        else:
            self.decays = arguments.positive("kaons", kaons, DetectorError, _OF_BEAM) * share
        self.axis = (float(axis[0]), float(axis[1]))

    @property
    def decay_length(self) -> float:
        """Mean decay length of kaons of the mean momentum [m]."""
        return float(self._length(np.array(self.momentum)))

    def _length(self, momentum: Array) -> Array:
        """Mean decay length [m] at momenta [GeV]."""
        return np.asarray(momentum / sm.mass(self.kaon) * sm.HBAR_C / sm.width(self.kaon))

    def _decaying(self, momentum: Array) -> Array:
        """Share of kaons of these momenta [GeV] that decay in the region."""
        length = self._length(momentum)
        begin, end = self.region
        return np.asarray(-np.exp(-(begin - self.start) / length) * np.expm1(-(end - begin) / length))

    def _yields(self) -> Mapping[str, float]:
        return {self.kaon: self.decays}

    def _parents(self, name: str, points: Array) -> Flights:
        begin, end = self.region
        momenta = np.full(len(points), self.momentum) if self.momenta is None else self.momenta.draw(points[:, 1])
        length = self._length(momenta)
        # inverse of the exponential's distribution function between the planes
        lost = -np.expm1(-(end - begin) / length)
        z = begin - length * np.log1p(-points[:, 0] * lost)
        origin = np.stack([np.full_like(z, self.axis[0]), np.full_like(z, self.axis[1]), z], axis=1)
        momentum = np.stack([np.zeros_like(momenta), np.zeros_like(momenta), momenta], axis=1)
        return Flights(origin, momentum, sm.mass(name))
