r"""
A dark photon: decays and what makes it
=======================================

A dark photon decays to whatever charges there are, and is made wherever photons are. What does it decay to, and what
makes it at the LHC and at a beam dump, near enough to the beam to reach a detector on its axis?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import E137, FASER2
from farflung.lpp import DarkPhoton
from farflung.viz import plot_branching_ratios, plot_lifetimes

model = DarkPhoton()
figure, panels = plt.subplots(1, 2, figsize=(12, 5), layout="constrained")
plot_branching_ratios(model, panels[0], masses=np.geomspace(0.1, 3, 2000), lowest=3e-3)
plot_lifetimes(model, panels[1], masses=np.geomspace(2e-3, 3, 2000), coupling=1e-5)

# %%
# On the axis of the LHC, neutral pions make most of them, then etas, then protons that radiate, for which there are two
# treatments. Vector mesons matter at the mass of the phi, which the form factor of protons lacks.

labels = {
    "pi0": r"$\pi^0 \to \gamma A'$", "eta": r"$\eta \to \gamma A'$", "eta'(958)": r"$\eta' \to \gamma A'$",
    "omega(782)": r"$\omega \to \pi^0 A'$", "p": "protons radiate",
    "mixing": r"mixing with $\rho, \omega, \phi$",
}  # fmt: skip
masses = np.unique(np.r_[np.geomspace(0.01, 0.7, 40), np.linspace(0.7, 1.1, 60), np.linspace(1.1, 2.0, 20)])


def within(detector, process, mass, angle):
    """How many fly within an angle of the axis, with more than 100 GeV at the LHC, for a coupling of 1e-6."""
    number = float(detector.source.produced(process, model, mass, 1e-6))
    flights = detector.flights(model, mass, process=process, n=1024)
    near = (np.arctan2(np.hypot(*flights.momentum[:, :2].T), flights.momentum[:, 2]) < angle) & (flights.p > 100)
    return number * flights.weight @ near


def curves(detector, of, angle):
    """Numbers by label."""
    found = {}
    for process in detector.processes("decays", of):
        label = labels["mixing" if "mixing" in str(process) else process.initial]
        made = [within(detector, process, mass, angle) if process.can_make(mass) else 0.0 for mass in masses]
        found[label] = found.get(label, 0.0) + np.array(made)
    return found


faser2 = FASER2()
both = [curves(faser2, treatment, 2e-3) for treatment in model.treatments()]
figure, axes = plt.subplots(figsize=(8, 5.5), layout="constrained")
for label, number in both[0].items():
    (line,) = axes.loglog(masses, np.where(number > 0, number, np.nan), label=label, linewidth=2)
    if not np.array_equal(number, both[1][label]):
        axes.fill_between(masses, number, both[1][label], color=line.get_color(), alpha=0.25)
axes.set(
    xlabel="mass  [GeV]", ylabel="dark photons within 2 mrad, above 100 GeV", ylim=(1, None),
    title=r"LHC, 3000 fb$^{-1}$, $\epsilon = 10^{-6}$",
)  # fmt: skip
axes.legend(ncols=2)

# %%
# Electrons that end in a dump radiate them too, fewer the heavier they are.

e137 = E137()
(radiation,) = [process for process in e137.processes("decays", model) if process.initial == "e-"]
light = np.geomspace(1.5e-3, 0.6, 40)
figure, axes = plt.subplots(figsize=(7, 4.5), layout="constrained")
axes.loglog(light, [float(e137.source.produced(radiation, model, mass, 1e-6)) for mass in light], linewidth=2)
axes.set(
    xlabel="mass  [GeV]", ylabel="dark photons above 1 GeV",
    title=r"E137, $1.9\times10^{20}$ electrons of 20 GeV, $\epsilon = 10^{-6}$",
)  # fmt: skip
