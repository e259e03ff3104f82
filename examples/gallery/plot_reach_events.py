"""
How many events to expect
=========================

A line of exclusion hides how fast the signal rises behind it. Contours of expected events tell where a search would
see two decays and where two thousand, and how steep the upper edge is, beyond which particles decay before they
reach the detector.
"""

import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import reach
from farflung.viz import plot_events

found = reach(
    BelleII(luminosity=50), ALPFermion(), np.geomspace(0.15, 4.5, 28), np.geomspace(1e-5, 3, 221),
    n=512, treatments=(), beside_thresholds=True,
)  # fmt: skip
events = found.data["events"].sel(search="belle2:displaced").sel(mass=0.3, method="nearest")
for coupling in (1e-4, 1e-3, 1e-2, 1e-1):
    number = float(events.sel(coupling=coupling, method="nearest"))
    print(f"at {float(events['mass']):.2g} GeV and c_ff/f_a = {coupling:g} per TeV: {number:.3g} events")

# %%
# The thick line is where as many events are expected as are excluded at 90 % CL, 2.3 of them.

plot_events(found, "belle2:displaced")
