"""
What theory does not know
=========================

Between 1.0 and 1.4 GeV neither three pions nor gluons describe how an axion-like particle decays, and its width is
uncertain by a factor of ten. farflung calculates a result with both treatments, and the difference is a band.
"""

import numpy as np

from farflung.lpp import ALPFermion
from farflung.scenarios import compare
from farflung.viz import plot_reach

model = ALPFermion()
for treatment in model.treatments():
    ratio = float(treatment.branching_ratios(1.2)["mumu"])
    print(f"{treatment}: c tau {float(treatment.ctau(1.2, 1)):.2g} m at 1.2 GeV and 1/TeV, {ratio:.0%} to muons")

# %%
# All else being equal, a search for muons gains by the longer lifetime and by the larger branching ratio.

found = compare(
    ["belle2:displaced", "charm"],
    model,
    np.linspace(0.7, 1.7, 4),
    np.geomspace(3e-5, 1, 181),
    n=512,
    beside_thresholds=True,
)
plot_reach(found, strip=False)
