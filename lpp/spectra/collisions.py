"""Collisions of a generator: what comes out of them."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError

Array = NDArray[np.float64]
Batch = tuple[NDArray[np.int_], Array]
"""Absolute PDG codes (n,) and momenta (n, 4), px, py, pz and E [GeV], of all particles of some collisions."""


class Collisions(ABC):
    """Collisions of two beams, as one generator makes them; equal ones make several spectra in one run."""

    @abstractmethod
    def batches(self, events: int, seed: int) -> Iterator[Batch]:
        """Particles of so many collisions, some at a time; one that decays counts, and so do its products.

        Raises
        ------
        SpectrumError
            If the generator is not installed, or does not take what describes the collisions.
        """

    @abstractmethod
    def metadata(self) -> Mapping[str, str]:
        """What a table says of the generator once it has run: ``generator``, ``settings``, ``cross_section_mb``."""


@dataclass
class PythiaCollisions(Collisions):
    """Collisions of Pythia 8, which the extra ``generators`` installs.

    Parameters
    ----------
    settings
        Settings, beams included.
    stable
        PDG codes that are kept from decaying.
    """

    settings: tuple[str, ...]
    stable: tuple[int, ...] = ()

    _batch: ClassVar[int] = 500

    def batches(self, events: int, seed: int) -> Iterator[Batch]:
        """Particles of so many collisions, some at a time."""
        self._pythia = pythia = self._start(seed)
        awkward = import_module("awkward")
        left = events
        while left > 0:
            batch = pythia.nextBatch(min(self._batch, left))
            left -= len(batch)
            record, sizes = awkward.flatten(batch.prt), np.asarray(awkward.num(batch.prt))
            code, daughter = np.asarray(record.id), np.asarray(record.daughter1)
            first = np.repeat(np.cumsum(sizes) - sizes, sizes)
            # a particle may be copied on its way: the last copy counts
            last = (daughter == 0) | (code[first + daughter] != code)
            momentum = np.stack([np.asarray(record.p[name]) for name in ("px", "py", "pz", "e")], axis=1)
            yield np.abs(code[last]), momentum[last]

    def metadata(self) -> Mapping[str, str]:
        """What a table says of the generator; below 10 GeV all that it knows of cross-sections is the total."""
        pythia = self._pythia
        info = pythia.infoPython()
        return {
            "generator": f"Pythia {pythia.parm('Pythia:versionNumber'):.3f}",
            "settings": "; ".join(self.settings),
            "cross_section_mb": f"{info.sigmaGen() or pythia.getSigmaTotal(info.idA(), info.idB(), info.eCM()):.5g}",
        }

    def _start(self, seed: int) -> Any:
        pythia = _needed("pythia8mc").Pythia("", False)
        _needed("awkward")
        stable = [f"{code}:mayDecay = off" for code in self.stable]
        for line in ("Print:quiet = on", "Random:setSeed = on", f"Random:seed = {seed}", *self.settings, *stable):
            if not pythia.readString(line):
                raise SpectrumError(f"settings: Pythia does not know {line!r}")
        if not pythia.init():
            raise SpectrumError(f"settings = {self.settings} are not what Pythia can start with")
        return pythia


@dataclass
class SibyllCollisions(Collisions):
    """Proton-proton collisions of SIBYLL 2.3d (F. Riehn et al., arXiv:1912.03300), which the package chromo runs.

    One process can start it once. Kaons, hyperons and what else flies a centimetre or more do not decay.

    Parameters
    ----------
    energy
        Energy [GeV] in the centre of mass, at least 10; or momentum [GeV] of the beam, at least 53, if the target is
        at rest.
    at_rest
        Whether the target is at rest, so that momenta come out in the lab.
    """

    energy: float
    at_rest: bool = False

    def batches(self, events: int, seed: int) -> Iterator[Batch]:
        """Particles of so many collisions, some at a time."""
        chromo, kinematics = _needed("chromo"), _needed("chromo.kinematics")
        if self.at_rest:
            beams = kinematics.FixedTarget(kinematics.Momentum(self.energy), "p", "p")
        else:
            beams = kinematics.CenterOfMass(self.energy, "p", "p")
        self._model = chromo.models.Sibyll23d(beams, seed=seed)
        for event in self._model(events):
            yield np.abs(event.pid), np.stack([event.px, event.py, event.pz, event.en], axis=1)

    def metadata(self) -> Mapping[str, str]:
        """What a table says of the generator."""
        return {
            "generator": f"{self._model.name} {self._model.version}",
            "settings": f"{'protons on protons at rest' if self.at_rest else 'proton-proton collisions'} at "
            f"{self.energy:g} GeV",
            "cross_section_mb": f"{self._model.cross_section().inelastic:.5g}",
        }


def _needed(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise SpectrumError(
            f"spectra are made with {name.partition('.')[0]}: install the extra generators, as in "
            "pip install 'farflung[generators]'"
        ) from error
