"""B decays from Pythia 8."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.belle2_decays import belle2_decays
from farflung.detectors.experiments.belle2_missing_energy.decay_table import DecayTable
from farflung.detectors.experiments.belle2_missing_energy.particles import PDG_NUMBER, Kind, Particles

Tables = Literal["belle2", "pythia"]

BATCH: int = 500
"""Decays in one event record of Pythia, which is then read in one go."""


class DecayGenerator:
    """Generic decays of B mesons from Pythia 8, at 7,000 to 10,000 a second.

    Needs the optional packages of ``pip install 'farflung[generators]'``.

    Parameters
    ----------
    seed
        Seed of Pythia, 1 to 900,000,000.
    tables
        ``"belle2"`` for the branching ratios of Belle II (`belle2_decays`), ``"pythia"`` for Pythia's own.

    Raises
    ------
    DetectorError
        If a package is missing, an argument is out of range, or Pythia refuses to start.
    """

    def __init__(self, seed: int, tables: Tables = "belle2") -> None:
        if tables not in get_args(Tables):
            raise DetectorError(f"tables = {tables!r} is not one of {', '.join(get_args(Tables))}")
        self.pythia = start_pythia(seed, ["ProcessLevel:all = off", "Check:event = off"], start=False)
        commands = belle2_decays(self.pythia.particleData.isParticle) if tables == "belle2" else []
        for command in commands:
            self.pythia.readString(command)
        if not self.pythia.init():
            raise DetectorError(f"Pythia does not start with tables = {tables!r}")
        self.source = f"Pythia {self.pythia.parm('Pythia:versionNumber'):g}, tables of {tables}, seed {seed}"

    def decays(self, parent: str, n: int) -> DecayTable:
        """Generate n decays of ``"B+"`` or ``"B0"``.

        Raises
        ------
        DetectorError
            If the parent is neither, or n is not positive.
        """
        return DecayTable.from_particles(parent, self.particles(parent, n), self.source)

    def particles(self, parent: str, n: int) -> Particles:
        """Visible particles of n decays in the parent's rest frame; neutral pions are whole where they become photons.

        Raises
        ------
        DetectorError
            As in `decays`.
        """
        numbers = {"B+": 521, "B0": 511}
        if parent not in numbers:
            raise DetectorError(f"parent = {parent!r} is not one of {', '.join(numbers)}")
        if n < 1:
            raise DetectorError(f"n = {n} decays; give at least 1")
        batches = list(self._batches(numbers[parent], n))
        offsets = np.cumsum([0] + [batch.groups for batch in batches])
        return Particles(
            np.concatenate([batch.group + offset for batch, offset in zip(batches, offsets[:-1], strict=True)]),
            np.concatenate([batch.kind for batch in batches]),
            np.concatenate([batch.momentum for batch in batches]),
            n,
        )

    def _batches(self, number: int, n: int) -> Iterator[Particles]:
        pythia, mass = self.pythia, self.pythia.particleData.m0(number)
        left = n
        while left > 0:
            size = min(BATCH, left)
            pythia.event.reset()
            for _ in range(size):
                pythia.event.append(number, 1, 0, 0, 0.0, 0.0, 0.0, mass, mass)
            record = pythia.nextBatch(1)
            if len(record) == 1:
                yield _decays(record.prt[0], size)
                left -= size


def start_pythia(seed: int, settings: list[str], *, start: bool = True) -> Any:
    """A silent Pythia with these settings.

    Raises
    ------
    DetectorError
        If a package is missing, the seed is out of range, or Pythia refuses a setting or to start.
    """
    if not 1 <= seed <= 900_000_000:
        raise DetectorError(f"seed = {seed} is not one of Pythia's, which run from 1 to 900000000")
    module = _optional("pythia8mc")
    _optional("awkward")
    pythia = module.Pythia("", False)
    for setting in ["Print:quiet = on", "Random:setSeed = on", f"Random:seed = {seed}", *settings]:
        if not pythia.readString(setting):
            raise DetectorError(f"Pythia does not understand the setting {setting!r}")
    if start and not pythia.init():
        raise DetectorError(f"Pythia does not start with {'; '.join(settings)}")
    return pythia


def _optional(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise DetectorError(f"this needs the package {name}: pip install 'farflung[generators]'") from error


def final_states(batch: Any) -> Particles:
    """Visible particles of whole events that Pythia gave as a batch, one group each, neutral pions as photons."""
    awkward = _optional("awkward")
    record, sizes = awkward.flatten(batch.prt), np.asarray(awkward.num(batch.prt))
    kind = _kinds(np.asarray(record.id), np.asarray(record.status))
    seen = kind >= 0
    group = np.repeat(np.arange(len(sizes)), sizes)
    return Particles(group[seen], kind[seen], _momenta(record)[seen], len(sizes))


def _decays(record: Any, parents: int) -> Particles:
    """Visible particles of the decays of the first `parents` entries of an event record, one group each."""
    number = np.asarray(record.id)
    kind = _kinds(number, np.asarray(record.status))
    # a neutral pion whose daughters are two photons takes their place
    first, last = np.asarray(record.daughter1), np.asarray(record.daughter2)
    whole = np.flatnonzero((number == PDG_NUMBER[Kind.NEUTRAL_PION]) & (last == first + 1))
    whole = whole[(kind[first[whole]] == Kind.PHOTON) & (kind[last[whole]] == Kind.PHOTON)]
    kind[whole] = Kind.NEUTRAL_PION
    kind[np.concatenate([first[whole], last[whole]])] = -1
    ancestor, mother = np.arange(len(number)), np.asarray(record.mother1)
    while (later := ancestor > parents).any():
        ancestor[later] = mother[ancestor[later]]
    seen = kind >= 0
    return Particles(ancestor[seen] - 1, kind[seen], _momenta(record)[seen], parents)


def _kinds(number: NDArray[np.int32], status: NDArray[np.int32]) -> NDArray[np.int8]:
    """`Kind` of each entry of an event record; -1 for what has decayed or is not seen."""
    kind = np.full(len(number), -1, dtype=np.int8)
    for code, pdg in PDG_NUMBER.items():
        kind[(np.abs(number) == pdg) & (status > 0)] = code
    return kind


def _momenta(record: Any) -> NDArray[np.float64]:
    return np.stack([np.asarray(record.p[axis]) for axis in ("px", "py", "pz")], axis=1)
