r"""
What a model says before any detector
=====================================

Before one believes a limit one asks how long the particle lives, what it decays to and how often it is made. All
three follow from mass and coupling alone, here for axion-like particles and for the dark scalar.
"""

from farflung.lpp import ALPFermion, DarkScalar
from farflung.viz import plot_branching_ratios, plot_lifetimes, plot_production

plot_branching_ratios(DarkScalar())

# %%
# Lifetimes fall where a channel opens. Grey are masses at which theory is uncertain.

plot_lifetimes(["alp-fermion", "alp-weak", "dark-scalar"], coupling=[1e-3, 1, 1e-4])

# %%
# Both are made by a b quark that turns into a strange one, B mesons a few hundred times more often than kaons.

alp, scalar = ALPFermion(), DarkScalar()
for model in (alp, scalar):
    ratio = float(model.production("B+ -> K+", 0.1, 1e-3) / model.production("K+ -> pi+", 0.1, 1e-3))
    print(f"{model.title}: B+ -> K+ {ratio:.0f} times as often as K+ -> pi+, at 0.1 GeV")
plot_production([alp, scalar], processes=["B+ -> K+", "K+ -> pi+"], coupling=1e-3)
