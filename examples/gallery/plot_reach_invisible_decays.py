"""
When the particle decays to dark matter
=======================================

If a part of the decays ends in dark matter, fewer displaced vertices are left, the lifetime is shorter and more
particles are missed, whatever their lifetime. How fast does the weight move from one search to the other?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import reach

MASS = 0.5  # GeV
ratios = np.array(
    [0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 0.99, 0.995, 0.998, 0.9985, 0.999]
)
belle2 = BelleII(luminosity=50)
intervals = []
for ratio in ratios:
    model = ALPFermion(invisible_branching_ratio=ratio)
    intervals += [(ratio, one) for one in reach(belle2, model, masses=[MASS], n=1024, treatments=()).intervals()]

# %%
# Displaced vertices are excluded between two couplings; what ends in dark matter is missed at any larger coupling
# too.

figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
for search, colour in (("displaced", "#0072B2"), ("invisible", "#D55E00")):
    here = [(ratio, one.low, one.high) for ratio, one in intervals if one.search == search]
    ratio, low, high = (np.array(column) for column in zip(*here, strict=True))
    axes.fill_between(ratio, low, high, color=colour, alpha=0.3, label=belle2.search(search).title)
    axes.plot(ratio, low, color=colour)
    axes.plot(ratio, high, color=colour)
axes.set(
    xscale="logit", yscale="log", xlim=(0.001, 0.999), ylim=(1e-4, 1),
    xlabel="branching ratio into dark matter", ylabel=r"$c_{ff}/f_a$  [TeV$^{-1}$]",
    title=f"Belle II, 50 ab$^{{-1}}$: expected exclusion for an axion-like particle of {MASS:g} GeV, 90 % CL",
)  # fmt: skip
axes.set_xticks([0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999], ["0.1 %", "1 %", "10 %", "50 %", "90 %", "99 %", "99.9 %"])
axes.minorticks_off()
axes.legend(loc="upper left")
