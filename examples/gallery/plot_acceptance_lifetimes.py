r"""
Which lifetime suits which detector
===================================

A detector that begins at a distance :math:`L` sees best what lives about as long as it takes to get there,
:math:`c\tau\,\beta\gamma \approx L`. One sample of flights serves all lifetimes; bands are three standard
deviations of its statistical error.
"""

import numpy as np

from farflung.scenarios import acceptance_table
from farflung.viz import plot_acceptance

ctau = np.geomspace(1e-4, 1e5, 120)
tables = {
    "Belle II": acceptance_table("belle2", "alp-fermion", 0.3, ctau, n=1024),
    "LHCb": acceptance_table("lhcb:displaced", "alp-fermion", 0.3, ctau, n=4096),
    "CHARM": acceptance_table("charm", "alp-fermion", 0.3, ctau, n=4096),
    "NA62 dump": acceptance_table("na62-dump", "alp-fermion", 0.3, ctau, n=4096),
}
for name, table in tables.items():
    for search in table["search"].values:
        here = table["probability"].sel(search=search)
        print(f"{name:10} {search:10} at most {float(here.max()):.2g}, at c tau = {float(here.idxmax('ctau')):.2g} m")

# %%
# Far from its best lifetime the probability falls as :math:`1/c\tau` above, exponentially below.

plot_acceptance(tables, sigmas=3)
