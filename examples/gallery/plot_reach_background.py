"""
What an uncertain background costs
==================================

Missing energy at Belle II has a background of hundreds of thousands of events, which fluctuates by a quarter of a
per cent. If the expectation itself is only known to a few per cent, that decides the limit. How much of the reach
is lost?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import BelleII
from farflung.lpp import ALPFermion
from farflung.scenarios import reach, signal_upper_limit

MASS = 0.1  # GeV
uncertainties = np.array([1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3])
belle2 = BelleII(luminosity=50)
background = float(belle2.search("invisible").background)
limits = [signal_upper_limit(background, background_uncertainty=u) for u in uncertainties]
print(
    f"{background:.3g} background events; limit {signal_upper_limit(background):.0f} events if they are known exactly"
)

# %%
# Events of a particle that nobody sees grow with the square of its coupling, so that the coupling loses less.

couplings = [
    float(reach(belle2, ALPFermion(), [MASS], n=4096, background_uncertainty=u, treatments=())
          .smallest_coupling().sel(search="belle2:invisible", mass=MASS))
    for u in uncertainties
]  # fmt: skip
figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.4), layout="constrained")
left.loglog(100 * uncertainties, limits, "o-", color="#0072B2", label="limit")
simple = 1.28 * np.sqrt(background + (uncertainties * background) ** 2)
left.loglog(100 * uncertainties, simple, "k:", label=r"$1.28\,\sqrt{B + u^2 B^2}$")
left.set(ylabel="signal events that are excluded (90 % CL)", title=f"$B$ = {background:,.0f} events")
left.legend()
right.loglog(100 * uncertainties, couplings, "s-", color="#D55E00")
right.set(ylabel=r"smallest excluded $c_{ff}/f_a$  [TeV$^{-1}$]", title=f"axion-like particle of {MASS:g} GeV")
for axes in (left, right):
    axes.set_xlabel("uncertainty $u$ of the background  [%]")
