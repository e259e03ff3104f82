"""Recipes of the spectra of this package, by the names of their files."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.spectra.collisions import Collisions, PythiaCollisions, SibyllCollisions
from farflung.lpp.spectra.recipe import Recipe

Array = NDArray[np.float64]

PROTON_MASS = 0.938272


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
        collisions=PythiaCollisions(("SoftQCD:all = on", "Tune:pp = 5", *fixed_target(momentum))),
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
        collisions=PythiaCollisions(("SoftQCD:all = on", "Tune:pp = 5", *fixed_target(momentum)), stable=codes),
        particles=codes,
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(5e-3 * momentum, momentum, 54), p_t**2),
        scales=("log", "linear"),
        events=events,
    )


PROMPT = ("ParticleDecays:limitTau0 = on", "ParticleDecays:tau0Max = 10")
"""Settings with which what flies a centimetre or more does not decay."""


def fixed_target_particles(momentum: float, codes: tuple[int, ...], name: str, generator: str, events: int) -> Recipe:
    """Light particles from protons on protons at rest, on the grids of `photons` and `light_mesons`.

    One run makes all of one beam and generator. What flies a centimetre or more does not decay: pi0 and photons, say,
    are not those of K_S. With Pythia elastic collisions count as collisions, as in `photons`, and below 10 GeV in the
    centre of mass, that is for a beam of 30 GeV, its collisions are those of low energy (arXiv:2005.05658), which make
    40 % fewer kaons than NA61/SHINE has measured at 31 GeV (arXiv:1705.02467; from memory). With SIBYLL, which
    begins at 53 GeV, collisions are inelastic ones.

    Parameters
    ----------
    momentum
        Momentum [GeV] of the beam.
    codes, name, events
        As in `light_mesons`.
    generator
        ``"pythia"``, with tune 4C (at low energy with its own, which makes more kaons), or ``"sibyll"``.
    """
    process = ("SoftQCD:all = on", "Tune:pp = 5") if momentum > 60 else ("LowEnergyQCD:all = on",)
    collisions: Collisions = (
        PythiaCollisions((*process, *fixed_target(momentum), *PROMPT))
        if generator == "pythia"
        else SibyllCollisions(momentum, at_rest=True)
    )
    grid = photons(momentum, events) if codes == (22,) else light_mesons(momentum, codes, name, events)
    return replace(grid, collisions=collisions)


def d_mesons(momentum: float, events: int) -> Recipe:
    """D+, D0 and D_s with their antiparticles from gluon fusion and quark annihilation.

    With half a GeV of transverse momentum for the partons: at 400 GeV the mesons then have a mean Feynman x and p_T^2
    of 0.157 and 1.66 GeV^2, with the generator's own 1.8 GeV 0.152 and 2.02, where LEBC-EHS (Z. Phys. C 40 (1988) 321)
    has measured 0.145 and 1.0 (n = 4.9 +- 0.5, b = 1.0 +- 0.1).
    """

    def variables(p: Array) -> Array:
        return np.stack([np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    soft = ("BeamRemnants:primordialKThard = 0.5", "BeamRemnants:primordialKTsoft = 0.5")
    codes = (411, 421, 431)
    return Recipe(
        title=f"D+, D0 and D_s+ with their antiparticles in proton-proton collisions at {momentum:g} GeV",
        collisions=PythiaCollisions(("HardQCD:hardccbar = on", *soft, *fixed_target(momentum)), stable=codes),
        particles=codes,
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(2.0, momentum, 49), np.linspace(0, 5.0, 29) ** 2),
        scales=("log", "linear"),
        events=events,
    )


def b_mesons(momentum: float, events: int) -> Recipe:
    """B+ and B0 with their antiparticles from gluon fusion and quark annihilation, NNPDF3.1 NLO as parton densities."""

    def variables(p: Array) -> Array:
        return np.stack([np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    return Recipe(
        title=f"B+ and B0 with their antiparticles in proton-proton collisions at {momentum:g} GeV",
        collisions=PythiaCollisions(
            ("HardQCD:hardbbbar = on", "PDF:pSet = 20", *fixed_target(momentum)), stable=(511, 521)
        ),
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
        collisions=PythiaCollisions(
            ("HardQCD:hardbbbar = on", f"Beams:eCM = {energy:g}", "PartonLevel:MPI = off"), stable=(511, 521)
        ),
        particles=(511, 521),
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(10.0, 3000.0, 58), p_t**2),
        scales=("log", "linear"),
        events=events,
    )


FORWARD_TUNE = (
    "BeamRemnants:dampPopcorn = 0",
    "BeamRemnants:hardRemnantBaryon = on",
    "BeamRemnants:aRemnantBaryon = 0.68",
    "BeamRemnants:bRemnantBaryon = 1.22",
    "BeamRemnants:primordialKTsoft = 0.58",
    "BeamRemnants:primordialKThard = 1.8",
    "BeamRemnants:primordialKTremnant = 0.58",
    "BeamRemnants:halfScaleForKT = 10",
)
"""Settings of Pythia 8 that follow LHCf's forward pions, photons and neutrons (M. Fieg et al., arXiv:2309.08604)."""


def collider_particles(energy: float, codes: tuple[int, ...], name: str, generator: str, events: int) -> Recipe:
    """Light particles of inelastic proton-proton collisions at the LHC, of both hemispheres together.

    What flies a centimetre or more does not decay: photons, say, are those of the collision point, of pi0 and eta,
    and not those of K_S. The numbers are those of momenta above 20 GeV.

    Parameters
    ----------
    energy
        Energy [GeV] in the centre of mass.
    codes
        PDG codes of the particles.
    name
        What they are called in the title.
    generator
        ``"pythia"``, with `FORWARD_TUNE`, or ``"sibyll"``.
    events
        Number of collisions.
    """

    def variables(p: Array) -> Array:
        return np.stack([np.linalg.norm(p[:, :3], axis=1), p[:, 0] ** 2 + p[:, 1] ** 2], axis=1)

    settings = ("SoftQCD:inelastic = on", *FORWARD_TUNE, f"Beams:eCM = {energy:g}")
    p_t = np.concatenate([np.linspace(0, 0.5, 21), np.linspace(0.55, 1.0, 10), np.geomspace(1.1, 5.0, 10)])
    return Recipe(
        title=f"{name} in proton-proton collisions at {energy / 1000:g} TeV",
        collisions=PythiaCollisions((*settings, *PROMPT)) if generator == "pythia" else SibyllCollisions(energy),
        particles=codes,
        variables=variables,
        names=("p/GeV", "pT2/GeV^2"),
        nodes=(np.geomspace(20.0, energy / 2, 60), p_t**2),
        scales=("log", "linear"),
        events=events,
    )


def collider_heavy_mesons(energy: float, quark: str, events: int) -> Recipe:
    """Mesons with a heavy quark at the LHC in all directions, of both hemispheres together.

    Gluon fusion and quark annihilation at leading order: only the shape is meant to be used.

    Parameters
    ----------
    energy
        Energy [GeV] in the centre of mass.
    quark
        ``"c"`` or ``"b"``.
    events
        Number of pairs of quarks.
    """
    codes = {"c": (411, 421, 431), "b": (511, 521, 531)}[quark]

    def variables(p: Array) -> Array:
        momentum = np.linalg.norm(p[:, :3], axis=1)
        return np.stack([momentum, np.arctanh(np.minimum(np.abs(p[:, 2]) / momentum, 1 - 1e-15))], axis=1)

    settings = (f"HardQCD:hard{quark}{quark}bar = on", f"Beams:eCM = {energy:g}", "PartonLevel:MPI = off")
    return Recipe(
        title=f"{'D' if quark == 'c' else 'B'} mesons in proton-proton collisions at {energy / 1000:g} TeV",
        collisions=PythiaCollisions(settings, stable=codes),
        particles=codes,
        variables=variables,
        names=("p/GeV", "|eta|"),
        nodes=(np.geomspace(0.5, energy / 2, 64), np.concatenate([np.linspace(0, 9, 46), np.linspace(9.5, 12, 6)])),
        scales=("log", "linear"),
        events=events,
    )


_LIGHT: dict[str, tuple[tuple[int, ...], str]] = {
    "pi0": ((111,), "neutral pions"),
    "eta": ((221,), "eta mesons"),
    "etaprime": ((331,), "eta' mesons"),
    "rho": ((113,), "rho0 mesons"),
    "omega": ((223,), "omega mesons"),
    "phi": ((333,), "phi mesons"),
    "charged_kaons": ((321,), "K+ and K-"),
    "neutral_kaons": ((130, 310), "K_L and K_S"),
    "photons": ((22,), "photons"),
}

_RARE = ("etaprime", "rho", "omega", "phi")

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
    **{
        f"{name}_{momentum}": partial(fixed_target_particles, float(momentum), codes, title, "pythia", events)
        for momentum, events in ((400, 400_000), (120, 400_000), (70, 400_000), (30, 800_000))
        for name, (codes, title) in _LIGHT.items()
        if momentum in (120, 30) or name in _RARE
    },
    **{
        f"{name}_{momentum}_sibyll": partial(fixed_target_particles, float(momentum), codes, title, "sibyll", 400_000)
        for momentum in (400, 120, 70)
        for name, (codes, title) in _LIGHT.items()
    },
    **{f"d_mesons_{momentum}": partial(d_mesons, float(momentum), 250_000) for momentum in (400, 120, 70)},
    "b_mesons_400": lambda: b_mesons(400.0, 500_000),
    "b_mesons_120": lambda: b_mesons(120.0, 100_000),
    "b_mesons_8000": lambda: lhc_b_mesons(8000.0, 120_000),
    **{
        f"{name}_{energy}_{generator}": partial(collider_particles, float(energy), codes, title, generator, 150_000)
        for energy in (13_600, 14_000)
        for generator in ("pythia", "sibyll")
        for name, (codes, title) in _LIGHT.items()
    },
    **{
        f"{name}_{energy}": partial(collider_heavy_mesons, float(energy), quark, 1_000_000)
        for energy in (13_600, 14_000)
        for name, quark in (("d_mesons", "c"), ("b_mesons", "b"))
    },
}
"""The tables of this package by the names of their files."""
