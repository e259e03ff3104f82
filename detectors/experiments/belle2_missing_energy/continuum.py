"""Background from e+ e- -> q qbar and tau+ tau-."""

from collections.abc import Sequence

import numpy as np

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.background_sample import BackgroundSample
from farflung.detectors.experiments.belle2_missing_energy.collision import Collision
from farflung.detectors.experiments.belle2_missing_energy.detector_response import DetectorResponse
from farflung.detectors.experiments.belle2_missing_energy.generator import final_states, start_pythia
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables
from farflung.detectors.experiments.belle2_missing_energy.particles import Particles
from farflung.detectors.experiments.belle2_missing_energy.signal_simulation import belle2_beams
from farflung.detectors.sources.b_factory import BFactory

CROSS_SECTIONS: dict[str, float] = {"u": 1.61, "d": 0.40, "s": 0.38, "c": 1.30, "tau": 0.919}
"""Cross-sections [nb] of e+ e- -> u ubar, ... and tau+ tau- (arXiv:2201.06580, section 4.1)."""

_PDG = {"d": 1, "u": 2, "s": 3, "c": 4, "tau": 15}

_BATCH = 2000


class Continuum:
    """Events of e+ e- -> q qbar and tau+ tau- from Pythia 8, with initial-state radiation, at some 20,000 a second.

    Needs the optional packages of ``pip install 'farflung[generators]'``. The paper (arXiv:2201.06580, section 4.2)
    finds none of these events among 10 M that pass eq. 4.1. The cuts as they are printed leave thousands: events
    with a hard kaon and a K_L, a neutron or neutrinos that fly the other way. So they are an option, and the paper's
    number is the default.

    Parameters
    ----------
    flavour
        ``"u"``, ``"d"``, ``"s"``, ``"c"`` or ``"tau"``.
    seed
        Seed of Pythia.
    response, source
        As in `SignalSimulation`.

    Raises
    ------
    DetectorError
        If the flavour is unknown, a package is missing, or the seed is out of range.
    """

    def __init__(
        self,
        flavour: str,
        seed: int,
        response: DetectorResponse | None = None,
        source: BFactory | None = None,
    ) -> None:
        if flavour not in CROSS_SECTIONS:
            raise DetectorError(f"flavour = {flavour!r} is not one of {', '.join(CROSS_SECTIONS)}")
        self.flavour, self.seed = flavour, seed
        self.response = DetectorResponse() if response is None else response
        self.collision = Collision(belle2_beams() if source is None else source)
        settings = [
            "Beams:idA = 11",
            "Beams:idB = -11",
            f"Beams:eCM = {self.collision.source.sqrt_s:.6f}",
            "WeakSingleBoson:ffbar2gmZ = on",
            "23:onMode = off",
            f"23:onIfAny = {_PDG[flavour]}",
            "Check:event = off",
            # decays with all correlations of the two taus take a hundred times as long
            "TauDecays:mode = 0",
        ]
        self._pythia = start_pythia(seed, settings)

    def sample(self, n: int, candidates_above: float = 1.0) -> BackgroundSample:
        """Generate n events, and keep those whose leading kaon has more than this p_T [GeV].

        Raises
        ------
        DetectorError
            If n is not positive.
        """
        if n < 1:
            raise DetectorError(f"n = {n} events; give at least 1")
        rng = np.random.default_rng(self.seed)
        found: list[Observables] = []
        for first in range(0, n, _BATCH):
            particles = final_states(self._pythia.nextBatch(min(_BATCH, n - first)))
            lab = self.collision.to_lab(particles.energy, particles.momentum)
            seen = self.response.reconstruct(Particles(particles.group, particles.kind, lab, particles.groups), rng)
            hard = np.flatnonzero(seen.pt_squared > candidates_above**2)
            found.append(Observables.of(seen[hard], self.collision.beams))
        observables = Observables.joined(found)
        return BackgroundSample(
            f"{self.flavour} {self.flavour}bar" if self.flavour != "tau" else "tau+ tau-",
            CROSS_SECTIONS[self.flavour],
            f"Pythia {self._pythia.parm('Pythia:versionNumber'):g}, {n} events, seed {self.seed}",
            observables,
            np.full(len(observables), 1 / n),
            np.tile(np.arange(len(observables)), (2, 1)),
        )


def continuum_samples(n: int, seed: int, flavours: Sequence[str] = tuple(CROSS_SECTIONS)) -> list[BackgroundSample]:
    """Samples of n events of every flavour; seeds count up from `seed`."""
    return [Continuum(flavour, seed + i).sample(n) for i, flavour in enumerate(flavours)]
