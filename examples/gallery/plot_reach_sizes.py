"""
One result for column, page and slide
=====================================

The same picture goes into a column of a journal, over a page and onto a slide. Letters, lines, names and the legend
follow the size of the axes, so that only the size is to be said.
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.scenarios import compare
from farflung.viz import plot_reach

found = compare(
    ["belle2", "lhcb:displaced", "babar:invisible"], "alp-fermion", np.geomspace(0.05, 4.0, 16),
    n=512, beside_thresholds=True, treatments=(),
)  # fmt: skip

# %%
# A column of 3.4 inches. ``save(axes, "column.pdf")`` of `farflung.viz` writes it, with its provenance in the file.

_, axes = plt.subplots(figsize=(3.4, 2.9), layout="constrained")
plot_reach(found, axes, title="")

# %%
# A page of 7 inches.

_, axes = plt.subplots(figsize=(7.0, 5.0), layout="constrained")
plot_reach(found, axes)

# %%
# A slide of 10 by 5.6 inches, with other names.

_, axes = plt.subplots(figsize=(10.0, 5.6), layout="constrained")
plot_reach(found, axes, labels={"belle2:displaced": "Belle II vertices", "belle2:invisible": "Belle II missing energy"})
