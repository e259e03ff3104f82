"""A stored sample of B decays."""

from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.particles import MASS, Kind, Particles
from farflung.lpp.sampling.kinematics import boost, unit_vectors

Array = NDArray[np.float64]

STEP: float = 0.021
"""Momenta are stored in steps [GeV]: 127 of them are as much as a B meson can give."""

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, eq=False, repr=False)
class DecayTable:
    """Visible final states of decays of one B meson at rest, each of which serves many times.

    A decay of a spinless particle looks the same from every side, so each use turns it at random; neutral pions are
    stored whole and decay to two photons anew. Momenta are whole multiples of `STEP`, to which each use adds a random
    remainder: an error of 6 MeV a component, against 10 to 50 MeV that a detector smears.

    Attributes
    ----------
    parent
        ``"B+"`` or ``"B0"``; charge conjugates are included.
    counts
        How many of each `Kind` (n, 7) each of the n decays has.
    steps
        Momenta (k, 3) in the parent's rest frame in units of `STEP`, decay after decay and kind after kind.
    generated
        How many decays were generated to find these n: more than n if they are chosen ones.
    complete_above
        Transverse momentum [GeV] in the lab above which a chosen sample lacks no kaon candidate; 0 for decays as
        they come.
    source
        What made them.
    weight
        How many generated decays (n,) each stands for; 1 by default.

    Raises
    ------
    DetectorError
        If shapes do not match, or fewer decays were generated than are there.
    """

    parent: str
    counts: NDArray[np.uint8]
    steps: NDArray[np.int8]
    generated: int
    complete_above: float
    source: str
    weight: NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, dtype=np.uint8))  # empty stands for ones

    def __post_init__(self) -> None:
        counts, steps = self.counts, self.steps
        if counts.ndim != 2 or counts.shape[1] != len(Kind) or steps.shape != (int(counts.sum()), 3):
            raise DetectorError(
                f"counts {counts.shape} and steps {steps.shape} do not belong together: they must be (n, {len(Kind)}) "
                "and (sum of counts, 3)"
            )
        if self.weight.size == 0:
            object.__setattr__(self, "weight", np.ones(len(counts), dtype=np.uint8))
        if self.weight.shape != (len(counts),):
            raise DetectorError(f"weight has shape {self.weight.shape}; it must be ({len(counts)},), as counts")
        if not 0 < len(counts) <= self.generated:
            raise DetectorError(
                f"generated = {self.generated} for {len(counts)} decays; give at least as many, and one"
            )

    def __len__(self) -> int:
        return len(self.counts)

    @classmethod
    def stored(cls, name: str) -> "DecayTable":
        """A table that comes with the package.

        Parameters
        ----------
        name
            ``"B+"`` and ``"B0"``: decays as they come; ``"B+ hard"`` and ``"B0 hard"``: those with a hard kaon or
            pion and little else, which background needs.

        Raises
        ------
        DetectorError
            If there is none of this name.
        """
        path = _path(name)
        if not path.exists():
            known = [other for other in ("B+", "B0", "B+ hard", "B0 hard") if _path(other).exists()]
            raise DetectorError(f"table = {name!r} does not come with the package, which has {', '.join(known)}")
        return _read(path)

    @classmethod
    def read(cls, file: str | Path | BinaryIO) -> "DecayTable":
        """Read what `write` wrote."""
        with np.load(file, allow_pickle=False) as data:
            missing = {field.name for field in fields(cls)} - set(data)
            if missing:
                raise DetectorError(f"{file} lacks {', '.join(sorted(missing))}, so it is not a table of decays")
            return cls(
                str(data["parent"]),
                data["counts"],
                data["steps"].T,
                int(data["generated"]),
                float(data["complete_above"]),
                str(data["source"]),
                data["weight"],
            )

    def write(self, file: str | Path | BinaryIO) -> None:
        """Write the table as a compressed .npz file; three bytes a particle at most."""
        np.savez_compressed(
            file,
            parent=self.parent,
            counts=self.counts,
            steps=np.ascontiguousarray(self.steps.T),
            generated=self.generated,
            complete_above=self.complete_above,
            source=self.source,
            weight=self.weight,
        )

    @classmethod
    def from_particles(cls, parent: str, particles: Particles, source: str) -> "DecayTable":
        """Store decays; `particles` are in the rest frame of their parents, neutral pions may be among them.

        Raises
        ------
        DetectorError
            If a momentum is more than a B meson at rest can give.
        """
        steps = np.rint(particles.momentum / STEP)
        if np.abs(steps).max(initial=0.0) > 127:
            raise DetectorError(
                f"momentum = {np.abs(particles.momentum).max():.3f} GeV is more than the {127 * STEP:.3f} GeV that a "
                "B meson at rest can give; give momenta in its rest frame"
            )
        counts = np.zeros((particles.groups, len(Kind)), dtype=np.uint8)
        np.add.at(counts, (particles.group, particles.kind), 1)
        order = np.lexsort((particles.kind, particles.group))
        return cls(parent, counts, steps[order].astype(np.int8), particles.groups, 0.0, source)

    def chosen(self, mask: NDArray[np.bool_]) -> "DecayTable":
        """Those decays where the mask (n,) is true; `generated` stays what it was."""
        counts, steps, weight = self.counts[mask], self.steps[mask[self.owner]], self.weight[mask]
        return replace(self, counts=counts, steps=steps, weight=weight)

    def draw(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Particles:
        """Decays of these rows (m,), each turned at random, in the rest frame of the parent.

        The result has m groups in the order of `rows`; its neutral pions have become photons.
        """
        sizes = self.sizes
        starts = np.concatenate([[0], np.cumsum(sizes)])[:-1]
        taken = sizes[rows]
        group = np.repeat(np.arange(len(rows)), taken)
        first = np.cumsum(taken) - taken
        index = np.arange(len(group)) - first[group] + starts[rows][group]
        momentum = (self.steps[index] + rng.random((len(index), 3)) - 0.5) * STEP
        turned = np.einsum("kij,kj->ki", _rotations(len(rows), rng)[group], momentum)
        return _decay_neutral_pions(Particles(group, self.kind[index], turned, len(rows)), rng)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Number of particles (n,) of each decay."""
        return np.asarray(self.counts.sum(axis=1, dtype=np.int64))

    @property
    def owner(self) -> NDArray[np.int64]:
        """Which decay (k,) each particle belongs to."""
        return np.repeat(np.arange(len(self)), self.sizes)

    @property
    def kind(self) -> NDArray[np.int8]:
        """`Kind` (k,) of each particle."""
        return np.repeat(np.tile(np.arange(len(Kind), dtype=np.int8), len(self)), self.counts.ravel().astype(np.int64))

    def __repr__(self) -> str:
        return f"<DecayTable: {len(self)} of {self.generated} decays of {self.parent}, {self.source}>"


def _path(name: str) -> Path:
    return _DATA / f"{name.replace('+', 'plus').replace(' ', '_').lower()}.npz"


@lru_cache(maxsize=8)
def _read(path: Path) -> DecayTable:
    return DecayTable.read(path)


def _rotations(n: int, rng: np.random.Generator) -> Array:
    """Evenly distributed rotations (n, 3, 3), from unit quaternions."""
    q = rng.standard_normal((n, 4))
    w, x, y, z = (q / np.linalg.norm(q, axis=1, keepdims=True)).T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
        [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
        [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
    ]
    return np.moveaxis(np.array(rows), -1, 0)


def _decay_neutral_pions(particles: Particles, rng: np.random.Generator) -> Particles:
    """Put two photons in the place of every neutral pion."""
    neutral = particles.kind == Kind.NEUTRAL_PION
    momentum, n = particles.momentum[neutral], int(neutral.sum())
    mass = MASS[Kind.NEUTRAL_PION]
    velocity = momentum / particles.energy[neutral][:, None]
    axis = unit_vectors(2 * rng.random(n) - 1, 2 * np.pi * rng.random(n))
    _, first = boost(mass / 2, mass / 2 * axis, velocity)
    group = particles.group[neutral]
    return Particles(
        np.concatenate([particles.group[~neutral], group, group]),
        np.concatenate([particles.kind[~neutral], np.full(2 * n, Kind.PHOTON, dtype=np.int8)]),
        np.concatenate([particles.momentum[~neutral], first, momentum - first]),
        particles.groups,
    )
