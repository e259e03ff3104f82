"""What a detector makes of groups of particles."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Reconstructed:
    """The visible momentum of n groups of particles, and the leading kaon candidate of each.

    Attributes
    ----------
    visible
        Sum of all measured four-momenta (4, n) [GeV]: E, p_x, p_y, p_z. The candidate's is part of it.
    leading
        Measured four-momentum (4, n) [GeV] of the kaon candidate with the largest transverse momentum; zero where
        there is none.

    Raises
    ------
    DetectorError
        If shapes do not match.
    """

    visible: Array
    leading: Array

    def __post_init__(self) -> None:
        if self.visible.ndim != 2 or len(self.visible) != 4 or self.visible.shape != self.leading.shape:
            raise DetectorError(
                f"visible {self.visible.shape} and leading {self.leading.shape} must both be four-momenta (4, n)"
            )

    def __len__(self) -> int:
        return int(self.visible.shape[1])

    @property
    def pt_squared(self) -> Array:
        """Squared transverse momentum (n,) [GeV^2] of the leading candidate; zero where there is none."""
        return np.asarray(self.leading[1] ** 2 + self.leading[2] ** 2)

    def __getitem__(self, index: slice | NDArray[np.int64] | NDArray[np.bool_]) -> "Reconstructed":
        """Some of the groups."""
        return Reconstructed(self.visible[:, index], self.leading[:, index])

    def with_other(self, other: "Reconstructed") -> tuple["Reconstructed", NDArray[np.bool_]]:
        """Put each group together with one of another n groups.

        Returns
        -------
        together, own
            The n pairs, and whether (n,) the leading candidate of each is this one's rather than the other's; false
            where neither has one.
        """
        own = self.pt_squared > other.pt_squared
        return Reconstructed(self.visible + other.visible, np.where(own, self.leading, other.leading)), own

    def __repr__(self) -> str:
        return f"<Reconstructed: {len(self)} groups, {int((self.pt_squared > 0).sum())} with a kaon candidate>"
