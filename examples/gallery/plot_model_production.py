r"""
Loops or photons
================

An axion-like particle that is coupled to weak bosons is made in two ways: loops turn a b or an s quark into a
lighter one, and photons turn into it in the field of a nucleus. Which of the two makes more of them in CHARM's
dump, and which more that CHARM sees?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import CHARM
from farflung.lpp import ALPWeak

charm, model, coupling = CHARM(), ALPWeak(), 0.3
search = charm.search("decays")
masses = np.array([0.02, 0.03, 0.05, 0.08, 0.11, 0.15, 0.2, 0.25, 0.3, 0.34, 0.4, 0.5, 0.6, 0.8, 1.0])
labels = {
    "gamma": r"photons, $\gamma\,\mathrm{Cu} \to a\,\mathrm{Cu}$",
    "B+": r"$B \to a$ + strange states", "B0": r"$B \to a$ + strange states",
    "K+": r"$K^+ \to \pi^+ a$", "K(L)0": r"$K_{L,S} \to \pi^0 a$", "K(S)0": r"$K_{L,S} \to \pi^0 a$",
}  # fmt: skip


def made_and_seen(process, mass):
    """Particles from a process, and how many of their decays to photons or leptons CHARM sees."""
    number = float(charm.source.produced(process, model, mass, coupling))
    flights = charm.flights(model, mass, process=process, n=512)
    ctau, ratios = float(model.ctau(mass, coupling)), model.branching_ratios(mass)
    states = [state for state in search.states_seen(mass) if state in ratios]
    return number, number * sum(float(ratios[s]) * float(charm.acceptance(search, flights, s)(ctau)) for s in states)


found = {label: np.full((2, masses.size), 0.0) for label in labels.values()}
for process in charm.processes(search, model):
    for column, mass in enumerate(masses):
        if process.min_mass <= mass < process.max_mass:
            found[labels[process.initial]][:, column] += made_and_seen(process, mass)

# %%
# Loops make more by far: kaons, and B mesons where kaons are too light. In CHARM the lead of the kaons is smaller,
# since what photons make flies forward.

kaons, photons = (found[labels[initial]] for initial in ("K+", "gamma"))
column = np.argmin(abs(masses - 0.2))
for row, what in ((0, "made"), (1, "seen")):
    ratio = kaons[row, column] / photons[row, column]
    print(f"at {masses[column]:.2g} GeV, {what} from charged kaons over those from photons: {ratio:.0f}")


figure, panels = plt.subplots(1, 2, figsize=(11, 5), layout="constrained")
for axes, row, what in zip(panels, (0, 1), ("made in the dump", "decays that CHARM sees"), strict=True):
    for label, numbers in found.items():
        axes.loglog(masses, np.where(numbers[row] > 0, numbers[row], np.nan), label=label, linewidth=2)
    axes.set(xlabel="mass  [GeV]", ylabel=what, title=r"$c_{WW}/f_a = 0.3$ TeV$^{-1}$, $2.4\times10^{18}$ protons")
panels[1].set_ylim(1e-4, None)
panels[0].legend()
