"""The three variables of the search for B+ -> K+ and missing energy."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.experiments.belle2_missing_energy.reconstructed import Reconstructed

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Observables:
    """What the selection of n events looks at, all in the lab (arXiv:2201.06580, section 4.2).

    Attributes
    ----------
    pt
        Transverse momentum (n,) [GeV] of the leading kaon; zero where an event has no kaon candidate, and then the
        other two mean nothing.
    mass_squared
        Reconstructed mass squared (n,) [GeV^2] of the signal B, of the leading kaon and the missing momentum.
    angle_degrees
        Angle (n,) between the leading kaon and the missing momentum, in degrees.
    """

    pt: Array
    mass_squared: Array
    angle_degrees: Array

    @classmethod
    def of(cls, event: Reconstructed, beams: Array) -> "Observables":
        """Observables of whole events, given the four-momentum (4,) [GeV] of the beams."""
        # missing momentum and kaon together: how the kaon was measured does not matter
        recoil = beams[:, None] - event.visible + event.leading
        mass_squared = recoil[0] ** 2 - recoil[1] ** 2 - recoil[2] ** 2 - recoil[3] ** 2
        kaon, missing = event.leading[1:], recoil[1:] - event.leading[1:]
        product = _dot(kaon, missing)
        lengths = np.sqrt(_dot(kaon, kaon) * _dot(missing, missing))
        cosine = product / np.where(lengths > 0, lengths, 1.0)
        angle = np.degrees(np.arccos(np.clip(cosine, -1.0, 1.0)))
        return cls(np.sqrt(event.pt_squared), mass_squared, angle)

    @classmethod
    def joined(cls, parts: Sequence["Observables"]) -> "Observables":
        """Several batches as one, in order."""
        return cls(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(cls)))

    def __len__(self) -> int:
        return len(self.pt)

    def __getitem__(self, index: slice | NDArray[np.int64] | NDArray[np.bool_]) -> "Observables":
        """Some of the events."""
        return Observables(self.pt[index], self.mass_squared[index], self.angle_degrees[index])

    def __repr__(self) -> str:
        return f"<Observables of {len(self)} events>"


def _dot(one: Array, other: Array) -> Array:
    """Products (n,) of vectors (3, n)."""
    return np.asarray(one[0] * other[0] + one[1] * other[1] + one[2] * other[2])
