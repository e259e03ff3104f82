"""Draw the pictures of docs/models.md: branching ratios, lifetimes and production of every model against mass.

    python examples/model_pictures.py FOLDER [--reference DIRECTORY]

With the directory of the reference tables (alp_couplings_widths.json and dark_scalar.csv) their values are drawn as
points beside the lines.
"""

import argparse
import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from farflung.lpp import (
    ALPFermion,
    ALPPhoton,
    ALPWeak,
    DarkScalar,
    Model,
    PhotonAssociated,
    Primakoff,
    strange_decays,
)

COLOURS = {
    **{"ee": "#0072B2", "mumu": "#D55E00", "tautau": "#009E73", "gammagamma": "#E69F00", "3pi": "#CC79A7"},
    **{"hadrons": "#7A4FB5", "cc": "#56B4E9", "bb": "#6B6B00", "pipi": "#CC79A7", "KK": "#7A4FB5", "4pi": "#A0522D"},
    **{"gg": "#E69F00", "ss": "#2F4F4F"},
}
LABELS = {
    **{"ee": "$ee$", "mumu": r"$\mu\mu$", "tautau": r"$\tau\tau$", "gammagamma": r"$\gamma\gamma$", "3pi": r"$3\pi$"},
    **{"hadrons": r"$gg + q\bar{q}$", "cc": r"$c\bar{c}$", "pipi": r"$\pi\pi$", "KK": "$KK$", "4pi": r"$4\pi$"},
    **{"gg": "$gg$", "ss": r"$s\bar{s}$"},
}
MASS = "mass  [GeV]"


def dress(axes: Axes, title: str, ylabel: str) -> None:
    """Labels and logarithmic axes."""
    axes.set(xscale="log", yscale="log")
    axes.set_title(title, fontsize=12)
    axes.set_xlabel(MASS, fontsize=12)
    axes.set_ylabel(ylabel, fontsize=12)
    axes.tick_params(which="both", direction="in", top=True, right=True)


def shade(axes: Axes, model: Model, masses: Any, label: str | None = None) -> None:
    """Grey bands where the model is flagged as unreliable, labelled once."""
    flag = np.concatenate([[False], model.unreliable(masses), [False]])
    for start, end in np.flatnonzero(np.diff(flag)).reshape(-1, 2):
        axes.axvspan(masses[start], masses[end - 1], color="0.88", zorder=0, label=label)
        label = None


def branching(axes: Axes, model: Model, masses: Any, points: dict[str, tuple[list[float], list[float]]]) -> None:
    """Branching ratios of one model, with points of a reference."""
    for state, ratio in model.branching_ratios(masses).items():
        if state in LABELS and ratio.max() > 1e-6:
            shown = np.where(ratio > 1e-9, ratio, np.nan)
            axes.plot(masses, shown, color=COLOURS[state], label=LABELS[state], linewidth=1.7)
    for state, (x, y) in points.items():
        axes.plot(x, y, "o", color=COLOURS[state], markersize=4.5, markeredgecolor="black", markeredgewidth=0.5)
    shade(axes, model, masses, "unreliable")
    dress(axes, model.title, "branching ratio")
    axes.set(xlim=(masses[0], masses[-1]), ylim=(1e-6, 2))


def read_alp(folder: Path | None) -> dict[str, list[dict[str, Any]]]:
    """Points of alp_couplings_widths.json by scenario."""
    if folder is None:
        return {"c_ff": [], "c_WW": []}
    scenarios = json.loads((folder / "alp_couplings_widths.json").read_text())["scenarios"]
    return {name: scenarios[name]["points"] for name in ("c_ff", "c_WW")}


def read_scalar(folder: Path | None) -> list[dict[str, float]]:
    """Rows of dark_scalar.csv."""
    if folder is None:
        return []
    lines = [line for line in (folder / "dark_scalar.csv").read_text().splitlines() if not line.startswith("#")]
    return [{key: float(value) for key, value in row.items()} for row in csv.DictReader(lines)]


def branching_pictures(folder: Path, alp: dict[str, list[dict[str, Any]]], scalar: list[dict[str, float]]) -> None:
    """alp_branching.png and scalar_branching.png."""
    figure = Figure(figsize=(15, 4.6), layout="constrained")
    masses = np.geomspace(2e-3, 5, 3000)
    known = alp | {"photon": []}
    for axes, model, name in zip(figure.subplots(1, 3), (ALPFermion(), ALPWeak(), ALPPhoton()), known, strict=True):
        points: dict[str, tuple[list[float], list[float]]] = {}
        for state in ("ee", "mumu", "tautau", "gammagamma"):
            here = [(p["m_a_GeV"], p["BR"][state]) for p in known[name] if p["BR"][state] > 0]
            points[state] = ([m for m, _ in here], [b for _, b in here])
        branching(axes, model, masses, points)
        # where no line runs
        corner = {"c_ff": (0.02, 0.94), "c_WW": (0.22, 0.94), "photon": (0.05, 0.85)}[name]
        axes.legend(fontsize=9, ncols=2, loc="upper left", bbox_to_anchor=corner)
    figure.savefig(folder / "alp_branching.png", dpi=110)

    figure = Figure(figsize=(7.2, 4.8), layout="constrained")
    axes = figure.subplots()
    states = ("mumu", "tautau", "pipi", "KK", "gg", "ss", "cc")
    points = {
        s: ([r["m_S_GeV"] for r in scalar if r[f"BR_{s}"]], [r[f"BR_{s}"] for r in scalar if r[f"BR_{s}"]])
        for s in states
    }
    points["4pi"] = ([r["m_S_GeV"] for r in scalar if r["BR_had4"]], [r["BR_had4"] for r in scalar if r["BR_had4"]])
    branching(axes, DarkScalar(), np.geomspace(0.2, 5, 3000), points)
    axes.set(ylim=(3e-3, 1.3))
    ticks = (0.2, 0.3, 0.5, 0.7, 1, 2, 3, 5)
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.set_xticks([], minor=True)
    axes.legend(fontsize=9, ncols=2, loc="lower left")
    figure.savefig(folder / "scalar_branching.png", dpi=110)


def lifetime_picture(folder: Path, alp: dict[str, list[dict[str, Any]]], scalar: list[dict[str, float]]) -> None:
    """lifetimes.png."""
    figure = Figure(figsize=(11, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    masses = np.geomspace(2e-3, 5, 3000)
    for model, label, colour, name in (
        (ALPFermion(), r"$c_{ff}/f_a = 1$ TeV$^{-1}$", "#0072B2", "c_ff"),
        (ALPWeak(), r"$c_{WW}/f_a = 1$ TeV$^{-1}$", "#E69F00", "c_WW"),
    ):
        left.plot(masses, model.ctau(masses), color=colour, label=label, linewidth=1.7)
        x, y = [p["m_a_GeV"] for p in alp[name]], [p["ctau_m"] for p in alp[name]]
        left.plot(x, y, "o", color=colour, markersize=4.5, markeredgecolor="black", markeredgewidth=0.5)
    photon = ALPPhoton()
    left.plot(
        masses, photon.ctau(masses, 1e-5), "--", color="#009E73", label=r"$g_{a\gamma\gamma} = 10^{-5}$ GeV$^{-1}$"
    )
    shade(left, ALPWeak(), masses)
    dress(left, "Axion-like particles", r"$c\tau$  [m]")
    left.set(xlim=(2e-3, 5))
    left.legend(fontsize=10)
    masses = np.geomspace(2e-3, 5, 3000)
    right.plot(masses, DarkScalar().ctau(masses), color="#7A4FB5", linewidth=1.7, label="farflung")
    x = [r["m_S_GeV"] for r in scalar]
    for key, marker, label in (
        ("ctau_th2_m", "o", "same formulas, another code"),
        ("FORESEE_ctau_th2_m", "s", "FORESEE"),
    ):
        if scalar:
            right.plot(
                x, [r[key] for r in scalar], marker, color="none", markeredgecolor="black", markersize=4.5, label=label
            )
    shade(right, DarkScalar(), masses)
    dress(right, r"Dark scalar, $\sin\theta = 1$", r"$c\tau$  [m]")
    right.set(xlim=(2e-3, 5))
    right.legend(fontsize=10)
    figure.savefig(folder / "lifetimes.png", dpi=110)


def production_picture(folder: Path, alp: dict[str, list[dict[str, Any]]], scalar: list[dict[str, float]]) -> None:
    """production.png."""
    figure = Figure(figsize=(11, 9), layout="constrained")
    (left, right), (weak, photon) = figure.subplots(2, 2)
    panels = (
        (left, ALPFermion(), 1.0),
        (right, DarkScalar(), 1.0),
        (weak, ALPWeak(), 1.0),
        (photon, ALPPhoton(), 1e-5),
    )
    lines = (
        ("B+ -> K+", "B(B+->K+a)", r"$B^+ \to K^+$", "#0072B2"),
        ("B+ -> K*(892)+", "B(B+->K*+a)", r"$B^+ \to K^{*+}$", "#E69F00"),
        ("K+ -> pi+", "B(K+->pi+a)", r"$K^+ \to \pi^+$", "#009E73"),
        ("K(L)0 -> pi0", "B(KL->pi0a)", r"$K_L \to \pi^0$", "#CC79A7"),
    )
    for axes, model, coupling in panels:
        for text, _, label, colour in lines:
            decay = next(d for d in model.processes() if str(d) == text)
            masses = np.geomspace(0.01, decay.max_mass * (1 - 1e-6), 500)
            axes.plot(masses, model.production(decay, masses, coupling), color=colour, label=label, linewidth=1.7)
        masses = np.geomspace(0.01, 4.78, 800)
        total = np.zeros(masses.shape)
        for decay in strange_decays("B+"):
            open_ = masses < decay.max_mass
            total[open_] += model.production(decay, masses[open_], coupling)
        axes.plot(masses, total, "--", color="0.3", label=r"$B^+ \to$ all strange")
    style: dict[str, Any] = {"markersize": 4.5, "markeredgecolor": "black", "markeredgewidth": 0.5}
    for axes, name in ((left, "c_ff"), (weak, "c_WW")):
        for _, key, _, colour in lines:
            here = [(p["m_a_GeV"], p[key]) for p in alp[name] if p[key] > 0 and p["m_a_GeV"] >= 0.01]
            axes.plot([m for m, _ in here], [b for _, b in here], "o", color=colour, **style)
    for key, colour in (
        ("BR_BpKp_S_over_th2_ALPINIST", "#0072B2"),
        ("BR_BpKst_S_over_th2_ALPINIST", "#E69F00"),
        ("BR_Kpi_S_over_th2_ALPINIST", "#009E73"),
        ("BR_KLpi0_S_SensCalc", "#CC79A7"),
        ("BR_B_sumK_S_over_th2_ALPINIST", "0.3"),
    ):
        here = [(r["m_S_GeV"], r[key]) for r in scalar if r[key] > 0]
        right.plot([m for m, _ in here], [b for _, b in here], "o", color=colour, **style)
    dress(left, r"ALP, $c_{ff}/f_a = 1$ TeV$^{-1}$", "branching ratio")
    dress(right, r"Dark scalar, $\sin\theta = 1$", "branching ratio")
    dress(weak, r"ALP, $c_{WW}/f_a = 1$ TeV$^{-1}$", "branching ratio")
    dress(photon, r"ALP, $g_{a\gamma\gamma} = 10^{-5}$ GeV$^{-1}$, all of it $c_{BB}$", "branching ratio")
    left.set(ylim=(1e-4, 3))
    weak.set(ylim=(1e-11, 1e-5))
    photon.set(ylim=(1e-14, 1e-8))
    right.set(ylim=(3e-4, 10))
    left.legend(fontsize=10, loc="center left")
    figure.savefig(folder / "production.png", dpi=110)


def photon_picture(folder: Path) -> None:
    """photon_production.png."""
    figure = Figure(figsize=(11, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    g = 1e-3  # GeV^-1
    for sqrt_s, colour in ((3.77, "#E69F00"), (10.58, "#0072B2")):
        masses = np.geomspace(0.01, sqrt_s * (1 - 1e-4), 500)
        left.plot(
            masses,
            PhotonAssociated(sqrt_s).cross_section(masses, g),
            color=colour,
            label=rf"$\sqrt{{s}} = {sqrt_s:g}$ GeV",
        )
    for (symbol, charge, mass_number), colour in (
        (("Fe", 26, 56), "#0072B2"),
        (("Cu", 29, 64), "#009E73"),
        (("W", 74, 184), "#E69F00"),
    ):
        nucleus = Primakoff(charge, mass_number)
        for energy, style in ((5.0, "--"), (50.0, "-")):
            masses = np.geomspace(1e-3, 0.999 * np.sqrt(2 * energy * nucleus.q_max), 500)
            sigma = nucleus.cross_section(masses, energy, g)
            right.plot(masses, sigma, style, color=colour, label=f"{symbol}, {energy:g} GeV")
    coupling = r"$g_{a\gamma\gamma} = 10^{-3}$ GeV$^{-1}$"
    dress(left, rf"$e^+e^- \to \gamma a$, {coupling}", "cross-section  [pb]")
    dress(right, rf"Primakoff, per nucleus, {coupling}", "cross-section  [pb]")
    left.set(ylim=(1e-4, 1))
    right.set(ylim=(1, 1e5))
    left.legend(fontsize=10, loc="lower left")
    right.legend(fontsize=10)
    figure.savefig(folder / "photon_production.png", dpi=110)


def main() -> None:
    """Draw all pictures."""
    parser = argparse.ArgumentParser(description="Draw the pictures of docs/models.md.")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--reference", type=Path, help="directory of the reference tables")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    alp, scalar = read_alp(options.reference), read_scalar(options.reference)
    branching_pictures(options.folder, alp, scalar)
    lifetime_picture(options.folder, alp, scalar)
    production_picture(options.folder, alp, scalar)
    photon_picture(options.folder)


if __name__ == "__main__":
    main()
