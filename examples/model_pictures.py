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
    PhotonAssociated,
    Primakoff,
    strange_decays,
)
from farflung.viz import plot_branching_ratios, plot_lifetimes, plot_production
from farflung.viz.particle_text import process_text, state_text

MASSES = np.geomspace(2e-3, 5, 3000)
POINT: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.5, "markeredgecolor": "black"}


def add_points(axes: Axes, beside: str, x: list[float], y: list[float], **look: Any) -> None:
    """Points of a reference, in the colour of the line that has this label."""
    colours = {line.get_label(): line.get_color() for line in axes.get_lines()}
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    axes.plot(x, y, **{**POINT, "color": colours.get(beside, "white"), "markeredgewidth": 0.5, **look})
    axes.set(xlim=(left, right), ylim=(bottom, top))


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
    for axes, model, name in zip(
        figure.subplots(1, 3), (ALPFermion(), ALPWeak(), ALPPhoton()), ("c_ff", "c_WW", ""), strict=True
    ):
        plot_branching_ratios(model, axes, masses=MASSES, lowest=1e-6)
        for state in ("ee", "mumu", "tautau", "gammagamma"):
            here = [(p["m_a_GeV"], p["BR"][state]) for p in alp.get(name, []) if p["BR"][state] > 0]
            add_points(axes, state_text(state), [m for m, _ in here], [b for _, b in here])
    figure.savefig(folder / "alp_branching.png", dpi=110)

    figure = Figure(figsize=(7.2, 4.8), layout="constrained")
    axes = figure.subplots()
    plot_branching_ratios(DarkScalar(), axes, masses=np.geomspace(0.2, 5, 3000), lowest=3e-3)
    columns = {s: f"BR_{s}" for s in ("mumu", "tautau", "pipi", "KK", "gg", "ss", "cc")} | {"4pi": "BR_had4"}
    for state, column in columns.items():
        here = [(row["m_S_GeV"], row[column]) for row in scalar if row[column]]
        add_points(axes, state_text(state), [m for m, _ in here], [b for _, b in here])
    figure.savefig(folder / "scalar_branching.png", dpi=110)


def lifetime_picture(folder: Path, alp: dict[str, list[dict[str, Any]]], scalar: list[dict[str, float]]) -> None:
    """lifetimes.png."""
    figure = Figure(figsize=(11, 4.6), layout="constrained")
    left, right = figure.subplots(1, 2)
    plot_lifetimes([ALPFermion(), ALPWeak(), ALPPhoton()], left, masses=MASSES, coupling=[1, 1, 1e-5])
    for line, name in zip(left.get_lines(), ("c_ff", "c_WW"), strict=False):
        x, y = [p["m_a_GeV"] for p in alp[name]], [p["ctau_m"] for p in alp[name]]
        add_points(left, str(line.get_label()), x, y)
    plot_lifetimes(DarkScalar(), right, masses=MASSES)
    if scalar:
        x = [r["m_S_GeV"] for r in scalar]
        for key, marker, label in (
            ("ctau_th2_m", "o", "same formulas, another code"),
            ("FORESEE_ctau_th2_m", "s", "FORESEE"),
        ):
            add_points(right, "", x, [r[key] for r in scalar], marker=marker, color="none", label=label)
        right.add_artist(right.legend_)  # the one above stays beside that of the points
        right.legend(handles=right.get_lines()[1:], fontsize=9)
    figure.savefig(folder / "lifetimes.png", dpi=110)


def production_picture(folder: Path, alp: dict[str, list[dict[str, Any]]], scalar: list[dict[str, float]]) -> None:
    """production.png."""
    figure = Figure(figsize=(11, 9), layout="constrained")
    (fermion, higgs), (weak, photon) = figure.subplots(2, 2)
    # process, column of the ALPs' reference, of the scalar's
    known = (
        ("B+ -> K+", "B(B+->K+a)", "BR_BpKp_S_over_th2_ALPINIST"),
        ("B+ -> K*(892)+", "B(B+->K*+a)", "BR_BpKst_S_over_th2_ALPINIST"),
        ("K+ -> pi+", "B(K+->pi+a)", "BR_Kpi_S_over_th2_ALPINIST"),
        ("K(L)0 -> pi0", "B(KL->pi0a)", "BR_KLpi0_S_SensCalc"),
    )
    masses = np.geomspace(0.01, 4.78, 800)
    for axes, model, coupling, limits in (
        (fermion, ALPFermion(), 1.0, (1e-4, 3)),
        (higgs, DarkScalar(), 1.0, (3e-4, 10)),
        (weak, ALPWeak(), 1.0, (1e-11, 1e-5)),
        (photon, ALPPhoton(), 1e-5, (1e-14, 1e-8)),
    ):
        plot_production(model, axes, processes=[text for text, *_ in known], masses=masses, coupling=coupling)
        total = np.zeros(masses.shape)
        for decay in strange_decays("B+"):
            open_ = masses < decay.max_mass
            total[open_] += model.production(decay, masses[open_], coupling)
        (line,) = axes.plot(masses, total, "--", color="0.3", label=r"$B^+ \to$ all strange")
        axes.set_ylim(limits)
        axes.annotate(str(line.get_label()), (0.012, total[0]), (0, 3), textcoords="offset points", fontsize=10)
    for axes, name in ((fermion, "c_ff"), (weak, "c_WW")):
        for text, key, _ in known:
            here = [(p["m_a_GeV"], p[key]) for p in alp[name] if p[key] > 0 and p["m_a_GeV"] >= 0.01]
            add_points(axes, process_text(text, "X"), [m for m, _ in here], [b for _, b in here])
    for label, key in (
        *((process_text(text, "X"), key) for text, _, key in known),
        (r"$B^+ \to$ all strange", "BR_B_sumK_S_over_th2_ALPINIST"),
    ):
        here = [(r["m_S_GeV"], r[key]) for r in scalar if r[key] > 0]
        add_points(higgs, label, [m for m, _ in here], [b for _, b in here])
    figure.savefig(folder / "production.png", dpi=110)


def dress(axes: Axes, title: str) -> None:
    """Labels and logarithmic axes."""
    axes.set(xscale="log", yscale="log")
    axes.set_title(title, fontsize=12)
    axes.set_xlabel("mass  [GeV]", fontsize=12)
    axes.set_ylabel("cross-section  [pb]", fontsize=12)
    axes.tick_params(which="both", direction="in", top=True, right=True)


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
    dress(left, rf"$e^+e^- \to \gamma a$, {coupling}")
    dress(right, rf"Primakoff, per nucleus, {coupling}")
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
