"""Making the spectra of this package with event generators, which the extra ``generators`` installs.

Nobody needs it to use the package: the tables are in `lpp/spectra/data`. To make all of them again, or some::

    python -m farflung.lpp.spectra.make_tables lpp/spectra/data
    python -m farflung.lpp.spectra.make_tables lpp/spectra/data photons_400 pi0_400
"""

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import numpy as np

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.all_recipes import RECIPES
from farflung.lpp.spectra.recipe import Recipe
from farflung.lpp.spectra.spectrum_table import SpectrumTable

_GROUP = 100_000
"""Particles that are counted at once."""


def generate(recipe: Recipe, events: int | None = None, seed: int = 1) -> SpectrumTable:
    """Run the generator and fill a spectrum, as `generate_together` does it for several."""
    return generate_together({"": recipe}, events, seed)[""]


def generate_together(
    recipes: Mapping[str, Recipe], events: int | None = None, seed: int = 1
) -> dict[str, SpectrumTable]:
    """Run the generator once and fill the spectra of several recipes of the same collisions.

    Parameters
    ----------
    recipes
        What to make, by any name.
    events
        Number of events, by default that of the recipes.
    seed
        Seed of the generator, 1 to 900,000,000.

    Returns
    -------
    dict of str to SpectrumTable
        Their metadata hold the generator's version, settings and seed, the number of events, the cross-section
        [mb] as the generator has it, the number of particles for each collision (``per_collision``, and by PDG code,
        as in ``per_collision_521``) and the share of them that lies on the grid (``on_grid``).

    Raises
    ------
    SpectrumError
        If the generator is not installed or does not take the settings, or the recipes are not of the same collisions.
    """
    (first, *others) = recipes.values()
    if not all(_alike(first, other) for other in others):
        raise SpectrumError(
            f"recipes = {list(recipes)} are of different collisions or numbers of events; run each by itself"
        )
    events = first.events if events is None else events
    counts = {name: np.zeros(tuple(map(len, recipe.nodes))) for name, recipe in recipes.items()}
    found = {name: dict.fromkeys(recipe.particles, 0) for name, recipe in recipes.items()}
    waiting: list[tuple[np.ndarray, np.ndarray]] = []

    def count() -> None:
        codes, momenta = (np.concatenate(pieces) for pieces in zip(*waiting, strict=True))
        waiting.clear()
        for name, recipe in recipes.items():
            mine = np.isin(codes, recipe.particles)
            for code in recipe.particles:
                found[name][code] += int((codes == code).sum())
            counts[name] += SpectrumTable.count(recipe.nodes, recipe.variables(momenta[mine]), recipe.scales)

    wanted = [code for recipe in recipes.values() for code in recipe.particles]
    for codes, momenta in first.collisions.batches(events, seed):
        mine = np.isin(codes, wanted)
        waiting.append((codes[mine], momenta[mine]))
        if sum(len(codes) for codes, _ in waiting) > _GROUP:
            count()
    if waiting:
        count()
    said = first.collisions.metadata()
    return {
        name: SpectrumTable.from_counts(
            recipe.names,
            recipe.nodes,
            counts[name],
            recipe.scales,
            _metadata(recipe, said, found[name], counts[name], events, seed),
        )
        for name, recipe in recipes.items()
    }


def _metadata(
    recipe: Recipe, said: Mapping[str, str], found: Mapping[int, int], counts: np.ndarray, events: int, seed: int
) -> dict[str, str]:
    total = sum(found.values())
    several = {f"per_collision_{code}": f"{number / events:.5g}" for code, number in found.items() if len(found) > 1}
    return {
        "title": recipe.title,
        "generator": said["generator"],
        "settings": said["settings"],
        "particles": " ".join(map(str, recipe.particles)),
        "seed": str(seed),
        "events": str(events),
        "cross_section_mb": said["cross_section_mb"],
        "per_collision": f"{total / events:.5g}",
        **several,
        "on_grid": f"{counts.sum() / total:.5g}",
    }


def main(arguments: Sequence[str] | None = None, jobs: int | None = None) -> None:
    """Write the tables that the arguments after the first name, or all, into the folder that the first one names."""
    folder, *names = (sys.argv[1:] if arguments is None else arguments) or [""]
    unknown = [name for name in names if name not in RECIPES]
    if not Path(folder).is_dir() or not folder or unknown:
        raise SystemExit(f"usage: python -m farflung.lpp.spectra.make_tables FOLDER [{'] ['.join(RECIPES)}]")
    groups: list[list[str]] = []
    made = {name: RECIPES[name]() for name in names or RECIPES}
    for name, recipe in made.items():
        alike = next((group for group in groups if _alike(made[group[0]], recipe)), None)
        if alike is None:
            groups.append([name])
        else:
            alike.append(name)
    # SIBYLL starts once in a process
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), max_tasks_per_child=1) as workers:
        for work in as_completed([workers.submit(_texts, group) for group in groups]):
            for name, text in work.result().items():
                (Path(folder) / f"{name}.csv").write_text(text, encoding="utf-8")


def _alike(one: Recipe, other: Recipe) -> bool:
    """Whether one run makes both."""
    return (one.collisions, one.events) == (other.collisions, other.events)


def _texts(names: Sequence[str]) -> dict[str, str]:
    """Tables of one run, as text."""
    return {name: table.write() for name, table in generate_together({name: RECIPES[name]() for name in names}).items()}


if __name__ == "__main__":
    main()
