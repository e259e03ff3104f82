"""Final-state particles of many decays, as arrays."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]


class Kind(IntEnum):
    """What a detector can see; charge conjugates are one kind."""

    PHOTON = 0
    ELECTRON = 1
    MUON = 2
    PION = 3
    KAON = 4
    PROTON = 5
    NEUTRAL_PION = 6


PDG_NUMBER: dict[Kind, int] = {
    Kind.PHOTON: 22,
    Kind.ELECTRON: 11,
    Kind.MUON: 13,
    Kind.PION: 211,
    Kind.KAON: 321,
    Kind.PROTON: 2212,
    Kind.NEUTRAL_PION: 111,
}
"""PDG number of each kind, without its sign."""

_NAMES = ("e-", "mu-", "pi+", "K+", "p", "pi0")
MASS: Array = np.array([0.0, *map(sm.mass, _NAMES)])
"""Mass [GeV] of each kind, by its value."""


@dataclass(frozen=True, eq=False, repr=False)
class Particles:
    """Visible final-state particles of n groups: of B decays, or of whole events.

    What no detector here sees (neutrinos, K_L, neutrons, long-lived particles) is left out.

    Attributes
    ----------
    group
        Which group (k,) each particle belongs to, from 0 to n - 1.
    kind
        `Kind` (k,) of each particle.
    momentum
        Momentum (k, 3) [GeV].
    groups
        Number n of groups; some may have no particle.

    Raises
    ------
    DetectorError
        If shapes do not match, or a group or a kind is out of range.
    """

    group: NDArray[np.int64]
    kind: NDArray[np.int8]
    momentum: Array
    groups: int

    def __post_init__(self) -> None:
        k = len(self.group)
        if self.group.shape != (k,) or self.kind.shape != (k,) or self.momentum.shape != (k, 3):
            raise DetectorError(
                f"group {self.group.shape}, kind {self.kind.shape} and momentum {self.momentum.shape} must have the "
                "shapes (k,), (k,) and (k, 3)"
            )
        for label, values, most in (("group", self.group, self.groups - 1), ("kind", self.kind, max(Kind))):
            if k and not (values.min() >= 0 and values.max() <= most):
                raise DetectorError(f"{label} runs from {values.min()} to {values.max()}; it must lie in 0 to {most}")

    def __len__(self) -> int:
        return len(self.group)

    @property
    def energy(self) -> Array:
        """Energy (k,) [GeV]."""
        return np.asarray(np.sqrt(np.einsum("ij,ij->i", self.momentum, self.momentum) + MASS[self.kind] ** 2))

    def __repr__(self) -> str:
        return f"<Particles: {len(self)} in {self.groups} groups>"
