"""Background from pairs of B mesons, put together from tables of decays."""

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.background import PAIR_NAMES, Background
from farflung.detectors.experiments.belle2_missing_energy.background_sample import BackgroundSample
from farflung.detectors.experiments.belle2_missing_energy.collision import Collision
from farflung.detectors.experiments.belle2_missing_energy.decay_sides import DecaySides, measure_decays
from farflung.detectors.experiments.belle2_missing_energy.decay_table import DecayTable
from farflung.detectors.experiments.belle2_missing_energy.detector_response import DetectorResponse
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import belle2_beams
from farflung.detectors.sources.b_factory import BFactory
from farflung.lpp import Described

Array = NDArray[np.float64]

_CHUNK = 2**16
"""Pairs at once."""

_SOFT_DECAYS = 300_000
"""Most decays that are simulated for softer candidates than those of the hard table."""

_PARTNERS = 100_000
"""Partners among which each leading decay finds its own, where the table has not more."""


class PairedBackground(Described):
    """Background events from e+ e- -> B Bbar, with either B from a table of decays.

    The leading kaon candidate comes from one B; the other B adds to what is seen. Few decays have a candidate as
    hard as the signal's and little else to see, so these come from a table of their own that was chosen among many
    more (``"B+ hard"``), each used often with another partner; softer candidates come from the decays as they are.
    Together they are complete at all transverse momenta. Each pair has two decays, either of which may lead: hence
    a factor of 2.

    Parameters
    ----------
    parent
        ``"B+"`` or ``"B0"``.
    response, source
        As in `SignalSimulation`.
    decays, hard
        Tables; by default those that come with the package.

    Raises
    ------
    DetectorError
        If the tables are not of the parent, the decays are chosen ones, or the beams do not make the parent.

    Examples
    --------
    >>> from farflung.detectors.experiments.belle2_missing_energy.selection import Selection
    >>> rate = PairedBackground("B0").sample(pairs=2_000_000).rate(Selection())
    """

    def __init__(
        self,
        parent: str,
        response: DetectorResponse | None = None,
        source: BFactory | None = None,
        decays: DecayTable | None = None,
        hard: DecayTable | None = None,
    ) -> None:
        self.parent = parent
        self.response = DetectorResponse() if response is None else response
        self.decays = DecayTable.stored(parent) if decays is None else decays
        self.hard = DecayTable.stored(f"{parent} hard") if hard is None else hard
        self.source = belle2_beams() if source is None else source
        self.source.number_of(parent)
        self.collision = Collision(self.source)
        for label, table in (("decays", self.decays), ("hard", self.hard)):
            if table.parent != parent:
                raise DetectorError(f"{label} = {table!r} are not decays of {parent}")
        if self.decays.complete_above > 0:
            raise DetectorError(f"decays = {self.decays!r} are chosen ones; give decays as they come")

    def sample(self, pairs: int = 50_000_000, seed: int = 1, candidates_above: float = 0.0) -> BackgroundSample:
        """Simulate so many pairs, of which those without a hard candidate cost nothing: 3 million a second.

        Decays are used as often as it takes: beyond 10 to 50 million pairs the sizes of the tables decide about the
        error, which `BackgroundSample.rate` states.

        Parameters
        ----------
        pairs
            Number of pairs of B mesons.
        seed
            Seed.
        candidates_above
            Transverse momentum [GeV] of the leading kaon below which events are left out. Those above 2.01 GeV come
            from the hard decays alone, which takes a third of the time for few pairs.

        Raises
        ------
        DetectorError
            If the number is not positive.
        """
        if pairs < 1:
            raise DetectorError(f"pairs = {pairs}; give at least 1")
        rng = np.random.default_rng(seed)
        uses = max(1, _PARTNERS // len(self.decays))
        partners = DecaySides.simulate(self.decays, uses, self.collision, self.response, rng)
        limit = self.hard.complete_above
        uses = -(-2 * pairs // self.hard.generated)
        parts = [self._paired(self.hard, uses, (max(limit, candidates_above), np.inf), partners, rng)]
        if candidates_above < limit:
            # softer candidates are common, so fewer decays tell as much about them
            uses = min(-(-2 * pairs // self.decays.generated), max(1, _SOFT_DECAYS // len(self.decays)))
            observables, weight, decays = self._paired(self.decays, uses, (candidates_above, limit), partners, rng)
            parts.append((observables, weight, decays + np.array([[len(self.hard)], [0]])))
        return BackgroundSample(
            PAIR_NAMES[self.parent],
            self.collision.source.cross_sections[self.parent],
            f"{self.decays.source}, {pairs:g} pairs",
            Observables.joined([part[0] for part in parts]),
            np.concatenate([part[1] for part in parts]),
            np.concatenate([part[2] for part in parts], axis=1),
        )

    def _paired(
        self,
        leading: DecayTable,
        uses: int,
        pt_range: tuple[float, float],
        partners: DecaySides,
        rng: np.random.Generator,
    ) -> tuple[Observables, Array, NDArray[np.int64]]:
        """Events in which a decay of `leading` has the leading candidate, with p_T in a range: weights, decays."""
        found: list[Observables] = []
        decays: list[NDArray[np.int64]] = []
        # as often as the generated decays that it stands for, so that all events weigh the same
        rows = np.tile(np.repeat(np.arange(len(leading)), leading.weight), uses)
        for first in range(0, len(rows), _CHUNK):
            row = rows[first : first + _CHUNK]
            chosen = rng.integers(len(partners), size=len(row))
            seen = measure_decays(leading, row, partners.other[:, chosen], self.response, rng)
            event, own = seen.with_other(partners.seen[chosen])
            pt = np.sqrt(event.pt_squared)
            kept = own & (pt >= pt_range[0]) & (pt < pt_range[1])
            found.append(Observables.of(event[kept], self.collision.beams))
            decays.append(np.stack([row[kept], partners.row[chosen[kept]]]))
        observables = Observables.joined(found)
        return observables, np.full(len(observables), 2 / (uses * leading.generated)), np.concatenate(decays, axis=1)


def simulated_background(
    selection: EventSelection, response: DetectorResponse | None = None, pairs: int = 50_000_000, seed: int = 1
) -> Background:
    """What B+ B- and B0 B0bar leave after a selection by the package's own estimate; see `PairedBackground`."""
    return Background(PairedBackground(parent, response).sample(pairs, seed).rate(selection) for parent in PAIR_NAMES)
