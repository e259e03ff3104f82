"""One B of each pair, decayed and measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.experiments.belle2_missing_energy.collision import Collision
from farflung.detectors.experiments.belle2_missing_energy.decay_table import DecayTable
from farflung.detectors.experiments.belle2_missing_energy.detector_response import DetectorResponse
from farflung.detectors.experiments.belle2_missing_energy.particles import Particles
from farflung.detectors.experiments.belle2_missing_energy.reconstructed import Reconstructed
from farflung.lpp.sampling.kinematics import boost

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class DecaySides:
    """One B of each of n pairs after its decay, as the detector sees it, and the other B before its decay.

    Attributes
    ----------
    row
        Which decay (n,) of the table each is.
    other
        Four-momentum (4, n) [GeV] of the other B in the lab.
    seen
        The visible momentum and the leading kaon candidate of this B.
    """

    row: NDArray[np.int64]
    other: Array
    seen: Reconstructed

    @classmethod
    def simulate(
        cls,
        table: DecayTable,
        uses: int,
        collision: Collision,
        response: DetectorResponse,
        rng: np.random.Generator,
    ) -> "DecaySides":
        """Let one B of as many pairs decay as every decay of the table, each `uses` times, in random order."""
        rows = np.concatenate([rng.permutation(len(table)) for _ in range(uses)])
        own, other = collision.b_pairs(table.parent, len(rows), rng)
        return cls(rows, other, measure_decays(table, rows, own, response, rng))

    def __len__(self) -> int:
        return len(self.row)

    def __repr__(self) -> str:
        return f"<DecaySides: {len(self)}>"


def measure_decays(
    table: DecayTable,
    rows: NDArray[np.int64],
    parents: Array,
    response: DetectorResponse,
    rng: np.random.Generator,
) -> Reconstructed:
    """Let B mesons of these four-momenta (4, n) [GeV] decay as the rows (n,) of the table, and measure the products."""
    particles = table.draw(rows, rng)
    velocity = (parents[1:] / parents[0]).T[particles.group]
    _, momentum = boost(particles.energy, particles.momentum, velocity)
    return response.reconstruct(Particles(particles.group, particles.kind, momentum, particles.groups), rng)
