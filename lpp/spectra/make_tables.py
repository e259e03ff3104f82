"""Making the spectra of this package with Pythia 8, which the extra ``generators`` installs.

Nobody needs it to use the package: the tables are in `lpp/spectra/data`. To make one again::

    python -m farflung.lpp.spectra.make_tables photons_400 > lpp/spectra/data/photons_400.csv
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.spectrum_table import Scale, SpectrumTable

Array = NDArray[np.float64]

PROTON_MASS = 0.938272


@dataclass(frozen=True)
class Recipe:
    """How one spectrum is made.

    Parameters
    ----------
    title
        What it is a spectrum of.
    settings
        Settings of Pythia 8, beams included.
    particles
        Absolute PDG codes of the particles that count. Other than photons they are kept from decaying.
    variables
        Function from momenta (n, 4), px, py, pz and E [GeV] in the frame of the settings, to the two variables (n, 2).
    names, nodes, scales
        As in `farflung.lpp.spectra.spectrum_table.SpectrumTable`.
    events
        Number of events for the table.
    """

    title: str
    settings: tuple[str, ...]
    particles: tuple[int, ...]
    variables: Callable[[Array], Array]
    names: tuple[str, str]
    nodes: tuple[Array, Array]
    scales: tuple[Scale, Scale]
    events: int


def generate(recipe: Recipe, events: int | None = None, seed: int = 1) -> SpectrumTable:
    """Run the generator and fill a spectrum.

    Parameters
    ----------
    recipe
        What to make.
    events
        Number of events, by default that of the recipe.
    seed
        Seed of the generator, 1 to 900,000,000.

    Returns
    -------
    SpectrumTable
        Its metadata hold the generator's version, settings and seed, the number of events, the cross-section
        [mb] as the generator has it, the number of particles for each collision (``per_collision``, and by PDG code,
        as in ``per_collision_521``) and the share of them that lies on the grid (``on_grid``).

    Raises
    ------
    SpectrumError
        If Pythia is not installed, or does not take the settings.
    """
    events = recipe.events if events is None else events
    pythia = _pythia(recipe, seed)
    counts = np.zeros(tuple(map(len, recipe.nodes)))
    found = dict.fromkeys(recipe.particles, 0)
    batch: list[tuple[float, float, float, float]] = []
    for number in range(events):
        while not pythia.next():
            pass
        for particle in pythia.event:
            code = abs(particle.id())
            if code in found and particle.isFinal():
                found[code] += 1
                batch.append((particle.px(), particle.py(), particle.pz(), particle.e()))
        if batch and (len(batch) > 100_000 or number == events - 1):
            counts += SpectrumTable.count(recipe.nodes, recipe.variables(np.array(batch)), recipe.scales)
            batch = []
    total = sum(found.values())
    metadata = {
        "title": recipe.title,
        "generator": f"Pythia {pythia.parm('Pythia:versionNumber'):.3f}",
        "settings": "; ".join(recipe.settings),
        "particles": " ".join(map(str, recipe.particles)),
        "seed": str(seed),
        "events": str(events),
        "cross_section_mb": f"{pythia.infoPython().sigmaGen():.5g}",
        "per_collision": f"{total / events:.5g}",
        **{f"per_collision_{code}": f"{number / events:.5g}" for code, number in found.items() if len(found) > 1},
        "on_grid": f"{counts.sum() / total:.5g}",
    }
    return SpectrumTable.from_counts(recipe.names, recipe.nodes, counts, recipe.scales, metadata)


def _pythia(recipe: Recipe, seed: int) -> Any:
    try:
        module = import_module("pythia8mc")
    except ImportError as error:
        raise SpectrumError(
            "spectra are made with Pythia 8: install the extra generators, as in pip install 'farflung[generators]'"
        ) from error
    pythia = module.Pythia("", False)
    stable = [f"{code}:mayDecay = off" for code in recipe.particles if code != 22]
    for line in ("Print:quiet = on", "Random:setSeed = on", f"Random:seed = {seed}", *recipe.settings, *stable):
        if not pythia.readString(line):
            raise SpectrumError(f"settings: Pythia does not know {line!r}")
    if not pythia.init():
        raise SpectrumError(f"settings = {recipe.settings} are not what Pythia can start with")
    return pythia


def fixed_target(momentum: float) -> tuple[str, ...]:
    """Settings for protons of this momentum [GeV] on protons at rest; momenta come out in the lab."""
    energy = float(np.hypot(momentum, PROTON_MASS))
    return ("Beams:frameType = 2", f"Beams:eA = {energy:.6f}", "Beams:eB = 0")


def photons(momentum: float, events: int) -> Recipe:
    """All photons of proton-proton collisions, nearly all from decays of pi0 and eta.

    Tune 4C: its pi0 follow the fit of M. Bonesini et al. (hep-ph/0101163) to pions from 400 and 450 GeV protons on
    beryllium within 15 % for 0.03 < x < 0.6, while those of the default tune are too soft, from 17 % above it at
    x = 0.04 to 25 % below it at 0.45. For that comparison, and as the multiplicities of this spectrum, elastic
    collisions count as collisions without photons; for inelastic ones alone the generator makes too many pions.
    """

    def variables(p: Array) -> Array:
        return np.stack([p[:, 3] / momentum, p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    x = np.concatenate([np.geomspace(1e-3, 0.1, 24)[:-1], np.linspace(0.1, 1.0, 37)])
    near = [0.0, 0.015, 0.03, 0.045, 0.06, 0.08, 0.1, 0.125, 0.15, 0.18, 0.21, 0.24, 0.28, 0.32, 0.36, 0.4]
    p_t = np.concatenate([near, np.linspace(0.45, 0.6, 4)[:-1], np.geomspace(0.6, 3.0, 14)])
    return Recipe(
        title=f"photons in proton-proton collisions at {momentum:g} GeV",
        settings=("SoftQCD:all = on", "Tune:pp = 5", *fixed_target(momentum)),
        particles=(22,),
        variables=variables,
        names=("x = E/E_beam", "pT2/GeV^2"),
        nodes=(x, p_t**2),
        scales=("log", "linear"),
        events=events,
    )


def light_mesons(momentum: float, codes: tuple[int, ...], name: str, events: int) -> Recipe:
    """Pions, eta mesons or kaons, with the settings of `photons`, which nearly all come from the first two.

    Kaons for each collision, elastic ones included as there, against measured numbers for each inelastic one:

    ======= ========================== ============================== ================================
    GeV     K+                         K-                             K_S
    ======= ========================== ============================== ================================
    400     .296 (.331 +- .016)        .217 (.224 +- .011)            .241 (.232 +- .011)
    158     .224 (.227)                .149 (.130)                    .176 (.162 +- .011)
    ======= ========================== ============================== ================================

    (LEBC-EHS, Z. Phys. C 50 (1991) 405; NA49, arXiv:1004.1889; NA61/SHINE, arXiv:2106.07535). For inelastic collisions
    alone the generator makes 7 to 25 % too many at 400 GeV and 22 to 37 % too many at 158 GeV.
    """

    def variables(p: Array) -> Array:
        return np.stack([np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    p_t = np.concatenate([np.linspace(0, 0.5, 21), np.linspace(0.55, 1.0, 10), np.geomspace(1.1, 3.0, 8)])
    return Recipe(
        title=f"{name} in proton-proton collisions at {momentum:g} GeV",
        settings=("SoftQCD:all = on", "Tune:pp = 5", *fixed_target(momentum)),
        particles=codes,
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(5e-3 * momentum, momentum, 54), p_t**2),
        scales=("log", "linear"),
        events=events,
    )


def b_mesons(momentum: float, events: int) -> Recipe:
    """B+ and B0 with their antiparticles from gluon fusion and quark annihilation, NNPDF3.1 NLO as parton densities."""

    def variables(p: Array) -> Array:
        return np.stack([np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    return Recipe(
        title=f"B+ and B0 with their antiparticles in proton-proton collisions at {momentum:g} GeV",
        settings=("HardQCD:hardbbbar = on", "PDF:pSet = 20", *fixed_target(momentum)),
        particles=(511, 521),
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(8.0, momentum, 49), np.linspace(0, 7.0, 29) ** 2),
        scales=("log", "linear"),
        events=events,
    )


def lhc_b_mesons(energy: float, events: int) -> Recipe:
    """B+ and B0 with their antiparticles at the LHC, within 45 degrees of either beam."""

    def variables(p: Array) -> Array:
        momentum, pt2 = np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2
        # nowhere on the grid
        return np.stack([np.where(pt2 < p[:, 2] ** 2, momentum, 0.0), pt2], axis=1)

    p_t = np.concatenate([np.linspace(0, 12, 25), np.geomspace(13, 40, 12)])
    return Recipe(
        title=f"B+ and B0 with their antiparticles in proton-proton collisions at {energy / 1000:g} TeV",
        settings=("HardQCD:hardbbbar = on", f"Beams:eCM = {energy:g}", "PartonLevel:MPI = off"),
        particles=(511, 521),
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(10.0, 3000.0, 58), p_t**2),
        scales=("log", "linear"),
        events=events,
    )


RECIPES: dict[str, Callable[[], Recipe]] = {
    "photons_400": lambda: photons(400.0, 2_000_000),
    "photons_70": lambda: photons(70.0, 2_000_000),
    "pi0_400": lambda: light_mesons(400.0, (111,), "neutral pions", 400_000),
    "eta_400": lambda: light_mesons(400.0, (221,), "eta mesons", 800_000),
    "pi0_70": lambda: light_mesons(70.0, (111,), "neutral pions", 400_000),
    "eta_70": lambda: light_mesons(70.0, (221,), "eta mesons", 800_000),
    "charged_kaons_400": lambda: light_mesons(400.0, (321,), "K+ and K-", 800_000),
    "neutral_kaons_400": lambda: light_mesons(400.0, (130, 310), "K_L and K_S", 800_000),
    "charged_kaons_70": lambda: light_mesons(70.0, (321,), "K+ and K-", 1_200_000),
    "neutral_kaons_70": lambda: light_mesons(70.0, (130, 310), "K_L and K_S", 1_200_000),
    "b_mesons_400": lambda: b_mesons(400.0, 500_000),
    "b_mesons_8000": lambda: lhc_b_mesons(8000.0, 120_000),
}
"""The tables of this package by the names of their files."""


def main() -> None:
    """Print the table that the first argument names."""
    name = sys.argv[1] if len(sys.argv) == 2 else ""
    if name not in RECIPES:
        raise SystemExit(f"usage: python -m farflung.lpp.spectra.make_tables {{{','.join(RECIPES)}}}")
    sys.stdout.write(generate(RECIPES[name]()).write())


if __name__ == "__main__":
    main()
