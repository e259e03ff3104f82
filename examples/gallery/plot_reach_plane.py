r"""
Any lifetime, any branching ratio
=================================

Of a particle from :math:`B^+ \to K^+ X` nothing may be known but its mass. Then lifetime and branching ratio are
the two axes, and every search excludes what lies above a line of its own: arXiv:2201.06580, figure 10.
"""

import numpy as np

from farflung.scenarios import lifetime_plane
from farflung.viz import plot_plane

plane = lifetime_plane(["belle2", "lhcb", "babar"], "B+ -> K+", mass=0.3, ctau=np.geomspace(1e-4, 1e4, 60), n=1024)
plane["limit"].min("ctau").to_series()

# %%
# A few displaced vertices are enough, while missing energy has a background: so vertices win up to 200 m, at which
# one particle in some thousand decays in the tracker. Limits for displaced decays are on the product with the
# branching ratio into the state in brackets.

plot_plane(plane)
