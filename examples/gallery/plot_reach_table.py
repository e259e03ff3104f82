r"""
From a sweep to a table
=======================

What a sweep returns is an `xarray <https://docs.xarray.dev>`_ dataset with units and provenance: events, their
errors and limits over search, mass and coupling. A table for a paper takes a few lines, and so does what no
function has thought of, such as the power of the coupling with which events grow.
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import BelleII
from farflung.scenarios import reach

masses = [0.1, 0.2, 0.3, 0.5, 1.0, 2.0]
found = reach(BelleII(luminosity=50), "alp-fermion", masses, np.geomspace(1e-6, 10, 141), n=1024, treatments=())
found.data

# %%
# Rows of a LaTeX table. ``smallest.T.to_pandas()`` makes a data frame of it, ``found.write("reach.csv")`` writes
# all intervals.

smallest = found.smallest_coupling()
print("mass [GeV] & " + " & ".join(found.searches) + r" \\")
for mass in smallest["mass"].values:
    print(f"{mass:g} & " + " & ".join(f"{value:.2e}" for value in smallest.sel(mass=mass).values) + r" \\")

# %%
# Displaced decays grow with the fourth power of the coupling, two for production and two for the decay, as long as
# most particles fly on. Where all decay inside, only production is left; beyond, they decay before the vertex is
# displaced.

events = found.data["events"].sel(search="belle2:displaced")
log_events = np.log(events.where(events > 1e-12))
slope = log_events.assign_coords(coupling=np.log(events["coupling"])).differentiate("coupling")
figure, axes = plt.subplots(figsize=(7, 5), layout="constrained")
for mass, shade in zip(masses, plt.cm.viridis(np.linspace(0, 0.9, len(masses))), strict=True):
    axes.semilogx(events["coupling"], slope.sel(mass=mass), color=shade, label=f"{mass:g}")
axes.set(
    xlabel=r"$c_{ff}/f_a$  [TeV$^{-1}$]", ylabel="power of the coupling", ylim=(-6, 4.5),
    title="Belle II: how displaced events grow with the coupling",
)  # fmt: skip
axes.legend(title="mass [GeV]", loc="lower left")
