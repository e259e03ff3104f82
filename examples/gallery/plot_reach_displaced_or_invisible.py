r"""
Displaced or invisible at Belle II
==================================

An axion-like particle :math:`a` that is made in :math:`B^+ \to K^+ a` decays to leptons, whose vertex is displaced,
or leaves the detector before it decays. Which of the two searches reaches the smaller coupling is decided by its
lifetime and by the size of the detector. This is the question of `arXiv:2201.06580
<https://arxiv.org/abs/2201.06580>`_, figure 12.
"""

import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import reach
from farflung.viz import plot_reach

belle2, model = BelleII(luminosity=50), ALPFermion()
found = reach(belle2, model, masses=np.geomspace(0.01, 4.0, 20), n=512, beside_thresholds=True)
found

# %%
# Light particles live long enough to be missed. Above the threshold for muons displaced vertices reach the smaller
# coupling, until the lifetime gets so short that none is left.

best = found.best_search()
for name in found.searches:
    masses = best["mass"].values[best.values == name]
    print(f"{name} reaches the smaller coupling at {len(masses)} masses, {masses.min():.3g} to {masses.max():.3g} GeV")

# %%
# The strip at the bottom says which search it is. Dots are couplings that one treatment of hadronic decays excludes
# and another does not.

plot_reach(found)
