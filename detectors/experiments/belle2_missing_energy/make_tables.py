"""Makes the tables of B decays that come with the package.

Run ``python -m farflung.detectors.experiments.belle2_missing_energy.make_tables FOLDER`` after ``pip install
'farflung[generators]'``; it takes about 10 minutes. The same seed and versions give the same tables.
"""

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from farflung.detectors.experiments.belle2_missing_energy.decay_table import STEP, DecayTable
from farflung.detectors.experiments.belle2_missing_energy.generator import DecayGenerator
from farflung.detectors.experiments.belle2_missing_energy.particles import MASS, Kind

DECAYS = {"B+": 12_000, "B0": 8_000}
"""Decays as they come; the signal needs those of B+ alone."""

HARD_FROM = 2_000_000
"""Decays of each kind among which the hard ones are looked for."""

MIN_CANDIDATE_MOMENTUM = 1.8
"""Momentum [GeV] of a hard kaon or pion in the B's rest frame; with less its p_T stays below `COMPLETE_ABOVE`."""

COMPLETE_ABOVE = 2.01
"""Transverse momentum [GeV] in the lab that no kaon or pion of less than `MIN_CANDIDATE_MOMENTUM` has."""

MAX_OTHER_ENERGY = 3.0
"""Energy [GeV] of all else that the B makes visible: with more, 1 background event in 300 is left out."""

PIONS_KEPT = 10
"""Of decays with a hard pion and no hard kaon one in so many is kept."""

_BATCH = 100_000


def hard_decays(decays: DecayTable, seed: int) -> DecayTable:
    """Those decays that can give a leading kaon of more than `COMPLETE_ABOVE` and little else."""
    momentum = np.linalg.norm(decays.steps * STEP, axis=1)
    owner, kind = decays.owner, decays.kind
    energy = np.asarray(np.bincount(owner, np.hypot(momentum, MASS[kind]), len(decays)), dtype=float)
    kaon, pion = (_hard(decays, momentum, owner, energy, kind == which) for which in (Kind.KAON, Kind.PION))
    lucky = np.random.default_rng(seed).random(len(decays)) < 1 / PIONS_KEPT
    kept = kaon | (pion & lucky)
    chosen = replace(decays, complete_above=COMPLETE_ABOVE).chosen(kept)
    return replace(chosen, weight=np.where(kaon[kept], 1, PIONS_KEPT).astype(np.uint8))


def _hard(
    decays: DecayTable,
    momentum: NDArray[np.float64],
    owner: NDArray[np.int64],
    energy: NDArray[np.float64],
    mask: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Decays (n,) whose hardest particle (k,) of the mask is hard enough and has little beside it."""
    hardest = np.zeros(len(decays))
    np.maximum.at(hardest, owner[mask], momentum[mask])
    own = np.hypot(hardest, MASS[decays.kind[mask][0]])
    return np.asarray((hardest > MIN_CANDIDATE_MOMENTUM) & (energy - own < MAX_OTHER_ENERGY))


def joined(tables: list[DecayTable]) -> DecayTable:
    """Several tables of the same parent as one."""
    return replace(
        tables[0],
        counts=np.concatenate([table.counts for table in tables]),
        steps=np.concatenate([table.steps for table in tables]),
        weight=np.concatenate([table.weight for table in tables]),
        generated=sum(table.generated for table in tables),
    )


def main(arguments: list[str] | None = None) -> None:
    """Make the four tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=20220106)
    parser.add_argument("--hard-from", type=int, default=HARD_FROM, help="decays to look for hard ones in")
    options = parser.parse_args(arguments)
    generator = DecayGenerator(options.seed)
    for parent, n in DECAYS.items():
        name = parent.replace("+", "plus").lower()
        generator.decays(parent, n).write(options.folder / f"{name}.npz")
        sizes = [min(_BATCH, options.hard_from - first) for first in range(0, options.hard_from, _BATCH)]
        batches = tqdm(sizes, desc=f"hard decays of {parent}", unit="batch")
        hard = [hard_decays(generator.decays(parent, size), i) for i, size in enumerate(batches)]
        joined(hard).write(options.folder / f"{name}_hard.npz")


if __name__ == "__main__":
    main()
