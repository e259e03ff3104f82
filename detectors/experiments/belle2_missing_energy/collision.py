"""Electrons on positrons at the Y(4S), as the lab sees them."""

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.sources.b_factory import BFactory
from farflung.lpp import standard_model as sm
from farflung.lpp.described import Described
from farflung.lpp.sampling.kinematics import boost

Array = NDArray[np.float64]


class Collision(Described):
    """Draws pairs of B mesons, and carries what was made in the centre-of-mass frame into the lab.

    Parameters
    ----------
    source
        Beams.

    Attributes
    ----------
    beams
        Four-momentum (4,) [GeV] of both beams in the lab: E, p_x, p_y, p_z.
    """

    def __init__(self, source: BFactory) -> None:
        self.source = source
        energy = source.electron_energy + source.positron_energy
        self.beams: Array = np.concatenate([[energy], energy * source.velocity])

    def b_pairs(self, parent: str, n: int, rng: np.random.Generator) -> tuple[Array, Array]:
        """Draw n pairs of a B and its antiparticle, back to back with sin^2 theta about the electrons.

        Returns
        -------
        one, other
            Four-momenta (4, n) [GeV] in the lab.

        Raises
        ------
        DetectorError
            If the source does not make the parent.
        """
        self.source.number_of(parent)
        momentum = self.source._parents(parent, rng.random((n, self.source.dimension))).momentum
        energy = np.hypot(np.linalg.norm(momentum, axis=1), sm.mass(parent))
        one = np.concatenate([energy[None], momentum.T])
        return one, self.beams[:, None] - one

    def to_lab(self, energy: Array, momentum: Array) -> Array:
        """Momenta (k, 3) [GeV] in the lab of particles from the centre of mass, where electrons fly along z."""
        return boost(energy, momentum @ self.source._frame, self.source.velocity)[1]
