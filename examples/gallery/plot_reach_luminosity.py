r"""
What more luminosity is worth
=============================

Displaced events grow with the luminosity :math:`\mathcal{L}` and with the fourth power of the coupling, two for
production and two for the decay, and 2.3 of them are enough. Missing energy grows with the second power, and its
limit with the square root of the background. Both couplings fall as :math:`\mathcal{L}^{-1/4}`, for different
reasons. When is that wrong?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import compare

MASSES = (0.15, 0.3)  # GeV
luminosities = np.array([0.5, 1.5, 5, 15, 50])  # 1/ab
detectors = {f"{value:g}": BelleII(luminosity=value) for value in luminosities}
found = compare(detectors, ALPFermion(), masses=MASSES, n=4096, treatments=())
smallest = found.smallest_coupling()
reached = {
    name: smallest.sel(search=[f"{label}:{name}" for label in detectors]).values for name in ("displaced", "invisible")
}  # coupling against luminosity and mass

# %%
# The power of the luminosity between one point and the next.

for name, couplings in reached.items():
    powers = np.diff(np.log(couplings), axis=0) / np.diff(np.log(luminosities))[:, None]
    for mass, column in zip(MASSES, powers.T, strict=True):
        print(f"{name} at {mass} GeV: {column.round(3)}")

# %%
# It is wrong for missing energy at 0.3 GeV: the couplings that little luminosity reaches make the particle decay
# inside the detector. With 0.5 and 1.5 per attobarn nothing is excluded.

figure, panels = plt.subplots(1, 2, figsize=(10, 4.6), layout="constrained")
for axes, mass, column in zip(panels, MASSES, (0, 1), strict=True):
    for (name, couplings), colour, marker in zip(reached.items(), ("#0072B2", "#D55E00"), "os", strict=True):
        here = couplings[:, column]
        axes.loglog(luminosities, here, marker, color=colour, label=BelleII().search(name).title)
        axes.loglog(luminosities, here[-1] * (luminosities / luminosities[-1]) ** -0.25, color=colour, linewidth=1)
    axes.set(xlabel="integrated luminosity  [ab$^{-1}$]", title=f"Belle II, axion-like particle of {mass:g} GeV")
    axes.set(ylim=(1e-4, 1e-1), xlim=(0.4, 62))
    axes.set_xticks(luminosities, detectors)
    axes.minorticks_off()
panels[0].set_ylabel(r"smallest excluded $c_{ff}/f_a$  [TeV$^{-1}$], 90 % CL")
panels[0].legend(title=r"lines: $\propto \mathcal{L}^{-1/4}$")
