r"""
Beside a published curve
========================

A new calculation is believed when it meets an old one. The two proton dumps CHARM and NuCal exclude an axion-like
particle that is coupled to photons; points are the 90 % CL contours of ALPINIST 1.3 (`arXiv:2201.05170
<https://arxiv.org/abs/2201.05170>`_), typed in.
"""

import numpy as np

from farflung.scenarios import compare
from farflung.viz import plot_reach

# mass [GeV], g_agg [1/GeV], along the contours
CHARM = np.array([
    (0.0203, 1.16e-5), (0.0308, 7.85e-6), (0.0466, 5.33e-6), (0.0716, 3.71e-6), (0.108, 2.82e-6), (0.143, 3.27e-6),
    (0.133, 5.82e-6), (0.0952, 1.64e-5), (0.0680, 3.93e-5), (0.0477, 9.23e-5), (0.0335, 2.07e-4), (0.0236, 4.63e-4),
])  # fmt: skip
NUCAL = np.array([
    (0.0204, 1.15e-5), (0.0324, 7.44e-6), (0.0508, 4.90e-6), (0.0803, 3.27e-6), (0.126, 2.21e-6), (0.201, 1.59e-6),
    (0.289, 1.66e-6), (0.280, 2.60e-6), (0.194, 8.47e-6), (0.133, 2.26e-5), (0.0911, 5.64e-5), (0.0624, 1.35e-4),
    (0.0420, 3.26e-4), (0.0288, 7.65e-4),
])  # fmt: skip

found = compare(["charm", "nucal"], "alp-photon", masses=np.geomspace(0.02, 0.32, 14), n=512)
smallest = found.smallest_coupling()

# %%
# Ratios of the smallest couplings, here over there: a few per cent, over which the spectra of pions differ.

for name, curve in (("charm:decays", CHARM[1:5]), ("nucal:decays", NUCAL[1:6])):
    here = np.exp(np.interp(np.log(curve[:, 0]), np.log(smallest["mass"]), np.log(smallest.sel(search=name))))
    print(name, (here / curve[:, 1]).round(2))

# %%
# Few points are drawn as points; ``plot_reach(found, overlay={"ALPINIST": curve})`` draws a curve that has many.
# Grey is the mass of the neutral pion, where the width is uncertain.

axes = plot_reach(found, labels=True, strip=False, legend=False)
axes.plot(*CHARM.T, "ko", label="CHARM, ALPINIST 1.3")
axes.plot(*NUCAL.T, "kD", markerfacecolor="none", label="NuCal, ALPINIST 1.3")
axes.set_ylim(8e-7, 3e-3)
axes.legend(fontsize=13)
axes
