"""B -> K X with X unseen, event by event."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2 import BelleII
from farflung.detectors.experiments.belle2_missing_energy.collision import Collision
from farflung.detectors.experiments.belle2_missing_energy.decay_sides import DecaySides
from farflung.detectors.experiments.belle2_missing_energy.decay_table import DecayTable
from farflung.detectors.experiments.belle2_missing_energy.detector_response import DetectorResponse
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection, Selection
from farflung.detectors.experiments.belle2_missing_energy.signal_sample import SignalSample
from farflung.detectors.searches.result_tables import MassTable
from farflung.detectors.sources.b_factory import BFactory
from farflung.lpp import Described, TwoBodyDecay
from farflung.lpp.sampling.kinematics import boost, momentum_in_rest_frame, unit_vectors

Array = NDArray[np.float64]

BENCHMARK_MASSES: tuple[float, ...] = (0.005, 0.05, 0.07, 0.1, 0.2, 0.25, 0.3, 0.5, 1.0, 2.0, 3.0, 4.0)
"""Masses [GeV] that arXiv:2201.06580 simulates (footnote 8)."""

USES: int = 8
"""How often each decay of a table serves as the tag side, each time turned, boosted and measured anew."""

_CHUNK = 2**12
"""Events at once: what is needed in between fits into a cache."""


class SignalSimulation(Described):
    """Simulates B+ -> K+ X at the Y(4S): the signal side analytically, the other B from a table of decays.

    The K+ comes isotropically from its B, is boosted to the lab and measured; the other B, the tag side, decays
    generically. Each decay of the table serves `USES` times, and these tag sides are the same for every mass and
    seed, so that efficiencies are smooth in the mass. At 2 to 3 million events a second and core this meets a full
    simulation with Pythia to a few per cent (the error of `SignalSample.efficiency` includes the size of the table).

    Any particle of the mass serves, scalar or pseudoscalar: the model enters with its branching ratio alone.

    Parameters
    ----------
    response
        What the detector measures.
    tags
        Decays of the other B; by default those of B+ that come with the package.
    source
        Beams; by default those of `BelleII`.
    seed
        Seed of the tag sides.

    Raises
    ------
    DetectorError
        If the tags are not decays of the B+.

    Examples
    --------
    >>> sample = SignalSimulation().simulate(0.3, n=100_000)
    >>> round(sample.efficiency(Selection()).value, 2)
    0.1
    """

    process = TwoBodyDecay("B+", "K+")

    def __init__(
        self,
        response: DetectorResponse | None = None,
        tags: DecayTable | None = None,
        source: BFactory | None = None,
        seed: int = 1,
    ) -> None:
        self.response = DetectorResponse() if response is None else response
        self.tags = DecayTable.stored("B+") if tags is None else tags
        if self.tags.parent != self.process.parent:
            raise DetectorError(f"tags are decays of {self.tags.parent}; {self.process} + X needs those of the B+")
        self.source = belle2_beams() if source is None else source
        self.collision = Collision(self.source)
        self.seed = seed

    def simulate(self, mass: float, n: int = 100_000, seed: int = 1) -> SignalSample:
        """Simulate n events.

        Parameters
        ----------
        mass
            Mass [GeV] of X.
        n
            Number of events.
        seed
            Seed of the signal sides and of where among the tag sides to begin.

        Raises
        ------
        MassRangeError
            If B+ -> K+ X cannot make the mass.
        DetectorError
            If the mass is negative, or n is not positive.
        """
        self.process.require(mass)
        if mass < 0:
            raise DetectorError(f"mass = {mass:g} GeV is negative")
        if n < 1:
            raise DetectorError(f"n = {n} events; give at least 1")
        rng, sides = np.random.default_rng(seed), self._tag_sides
        pt, mass_squared, angle = np.empty((3, n))
        from_signal, tag, momentum = np.empty(n, dtype=bool), np.empty(n, dtype=np.int64), np.empty((n, 3))
        done, start = 0, int(rng.integers(len(sides)))
        while done < n:
            size = min(_CHUNK, n - done, len(sides) - start)
            now, used = slice(done, done + size), slice(start, start + size)
            kaon = self._kaons(mass, sides.other[:, used], rng)
            event, from_signal[now] = self.response.reconstruct_kaons(kaon, rng).with_other(sides.seen[used])
            seen = Observables.of(event, self.collision.beams)
            pt[now], mass_squared[now], angle[now] = seen.pt, seen.mass_squared, seen.angle_degrees
            momentum[now] = (sides.other[1:, used] - kaon[1:]).T
            tag[now] = sides.row[used]
            done, start = done + size, (start + size) % len(sides)
        return SignalSample(float(mass), Observables(pt, mass_squared, angle), from_signal, momentum, tag)

    def efficiency_table(
        self, masses: Sequence[float], selection: EventSelection | None = None, n: int = 100_000, seed: int = 1
    ) -> MassTable:
        """Efficiency of a selection (by default eq. 4.1) at increasing masses [GeV], and 0 above, for a `Search`."""
        chosen = Selection() if selection is None else selection
        values = tuple(self.simulate(mass, n, seed).efficiency(chosen).value for mass in masses)
        source = f"{self.described()}, {chosen!r}, n = {n}, seed = {seed}"
        return MassTable(tuple(map(float, masses)), values, source, above=0.0)

    @cached_property
    def _tag_sides(self) -> DecaySides:
        rng = np.random.default_rng(self.seed)
        return DecaySides.simulate(self.tags, USES, self.collision, self.response, rng)

    def _kaons(self, mass: float, parents: Array, rng: np.random.Generator) -> Array:
        """Four-momenta (4, n) in the lab of the kaons of B mesons (4, n)."""
        m_parent, m_kaon = self.process.parent_mass, self.process.daughter_mass
        p_star = momentum_in_rest_frame(m_parent, m_kaon, mass)
        cosine, azimuth = rng.random((2, parents.shape[1]))
        direction = unit_vectors(2 * cosine - 1, 2 * np.pi * azimuth)
        energy, momentum = boost(np.hypot(p_star, m_kaon), p_star * direction, (parents[1:] / parents[0]).T)
        return np.concatenate([energy[None], momentum.T])


def belle2_beams() -> BFactory:
    """The beams of `BelleII`."""
    source = BelleII().source
    assert isinstance(source, BFactory)
    return source
