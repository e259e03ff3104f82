"""
Where particles fly, and where the detector stands
==================================================

Most of what a beam dump makes flies past the detector, whose window of angles is narrow. Which share of the
particles meets it, and how fast are those?
"""

from farflung.viz import plot_flights

plot_flights("charm", "alp-photon", 0.1, n=40_000)

# %%
# At a B factory it is the other way round: slow particles, in nearly all directions, nearly all of which meet the
# detector.

plot_flights("belle2", "alp-fermion", 0.3, search="displaced", n=40_000)
