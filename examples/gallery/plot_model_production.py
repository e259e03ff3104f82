r"""
Loops or photons
================

An axion-like particle that is coupled to weak bosons is made in two ways: loops turn a b or an s quark into a lighter one, and
photons turn into it in the field of a nucleus. Which of the two makes more of them in CHARM's dump, and
which more that CHARM sees?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import CHARM
from farflung.lpp import ALPWeak

charm, model, coupling = CHARM(), ALPWeak(), 0.3
search = charm.search("decays")
masses = np.geomspace(0.03, 1.0, 12)
labels = {
    "gamma": r"photons, $\gamma\,\mathrm{Cu} \to a\,\mathrm{Cu}$",
    "B+": r"$B^+ \to a$ + strange states", "B0": r"$B^0 \to a$ + strange states",
    "K+": r"$K^+ \to \pi^+ a$", "K(L)0": r"$K_L \to \pi^0 a$", "K(S)0": r"$K_S \to \pi^0 a$",
}  # fmt: skip


def made_and_seen(process, mass):
    """Particles from a process, and how many of their decays to photons or leptons CHARM sees."""
    number = float(charm.source.produced(process, model, mass, coupling))
    flights = charm.flights(model, mass, process=process, n=512)
    ctau, ratios = float(model.ctau(mass, coupling)), model.branching_ratios(mass)
    states = [state for state in search.states_seen(mass) if state in ratios]
    return number, number * sum(float(ratios[s]) * float(charm.acceptance(search, flights, s)(ctau)) for s in states)


found = {label: np.zeros((2, masses.size)) for label in labels.values()}
for process in charm.processes(search, model):
    for column, mass in enumerate(masses):
        if process.min_mass <= mass < process.max_mass:
            found[labels[process.initial]][:, column] += made_and_seen(process, mass)

# %%
# Loops make more by far; but photons fly forward, with a large part of the proton's energy, and so to CHARM.

figure, panels = plt.subplots(1, 2, figsize=(11, 5), layout="constrained")
for axes, row, what in zip(panels, (0, 1), ("made in the dump", "decays that CHARM sees"), strict=True):
    for label, numbers in found.items():
        axes.loglog(masses, np.where(numbers[row] > 0, numbers[row], np.nan), label=label, linewidth=2)
    axes.set(xlabel="mass  [GeV]", ylabel=what, title=r"$c_{WW}/f_a = 0.3$ TeV$^{-1}$, $2.4\times10^{18}$ protons")
panels[1].set_ylim(1e-4, None)
panels[0].legend()
