r"""
From observed events to a limit
===============================

An experiment expected two background events and sees :math:`n`. The limit on the signal, and with it on the
coupling, depends on what it saw, and on the prescription: the probability :math:`\mathrm{CL}_{s+b}` to see so few,
which this package uses, or that divided by :math:`\mathrm{CL}_b`.
"""

from dataclasses import replace

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import brentq
from scipy.stats import poisson

from farflung.detectors import BelleII, Detector
from farflung.lpp import ALPFermion
from farflung.scenarios import reach, signal_upper_limit

MASS, BACKGROUND, CL = 0.3, 2.0, 0.90
counts = np.arange(9)


def cls_limit(n):
    """The signal at which CL_s falls to 1 - CL."""
    return brentq(lambda s: poisson.cdf(n, s + BACKGROUND) / poisson.cdf(n, BACKGROUND) - (1 - CL), 0, 50)


limits = [signal_upper_limit(BACKGROUND, int(n), CL) for n in counts]
cls = [cls_limit(n) for n in counts]
expected = signal_upper_limit(BACKGROUND, confidence_level=CL)
print(f"expected {expected:.2f} events; n = 0: {limits[0]:.2f}, with CL_s {cls[0]:.2f}")

# %%
# The same search with an observation, and the smallest coupling that it excludes.


class Observed(Detector):
    """Belle II's displaced vertices with two background events and an observation."""

    name, title = "observed", "Belle II after it has looked"

    def __init__(self, n):
        belle2 = BelleII(luminosity=50)
        search = replace(belle2.search("displaced"), background=BACKGROUND, observed=int(n), confidence_level=CL)
        super().__init__(belle2.source, belle2.solids, [search])


reached = [
    float(reach(Observed(n), ALPFermion(), [MASS], n=1024, treatments=()).smallest_coupling().squeeze()) for n in counts
]

# %%
# Between none and eight, 37 times as many signal events are 2.5 times the coupling, since events grow with its
# fourth power.

figure, (left, right) = plt.subplots(1, 2, figsize=(10, 4.4), layout="constrained")
left.plot(counts, limits, "o", color="#0072B2", label=r"$\mathrm{CL}_{s+b}$")
left.plot(counts, cls, "s", markerfacecolor="none", color="#D55E00", label=r"$\mathrm{CL}_s$")
left.set(
    xlabel="observed events", ylabel="signal events that are excluded", title="two expected, 90 % CL", ylim=(0, None)
)
left.legend()
right.plot(counts, reached, "o", color="#0072B2")
right.set(xlabel="observed events", ylabel=r"smallest excluded $c_{ff}/f_a$  [TeV$^{-1}$]", ylim=(0, 5e-4))
right.ticklabel_format(axis="y", scilimits=(0, 0))
right.set_title(f"Belle II, axion-like particle of {MASS:g} GeV")
