r"""
Aimed flights against random ones
=================================

A plain simulation draws decays at random and waits until one of them hits the detector: its error falls as
:math:`1/\sqrt{n}`. farflung draws the directions first, evenly, and weighs them by how often they occur. What is
that worth?
"""

import matplotlib.pyplot as plt
import numpy as np

from farflung.detectors import BelleII, Detector, Search
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import ALPFermion

MASS, SEEDS = 0.3, range(1, 13)
model = ALPFermion()


class Box(Detector):
    """A box of 2 m, 20 m beside the collisions of Belle II."""

    name, title = "far-box", "a box of 2 m, at 20 m"

    def __init__(self):
        search = Search("displaced", "decays in the box", "inside", "box", ("B+ -> K+",))
        super().__init__(BelleII().source, {"box": ConvexPolyhedron.box(x=(20, 22), y=(-1, 1), z=(0, 2))}, [search])


def error(detector, n, sampling, truth, ctau):
    """Typical relative error of the probability from n flights, by repeating it with other seeds."""
    found = [
        float(detector.acceptance("displaced", detector.flights(model, MASS, n=n, seed=seed, sampling=sampling))(ctau))
        for seed in SEEDS
    ]
    return np.sqrt(np.mean((np.array(found) / truth - 1) ** 2))


# %%
# What the errors refer to is an average over half a million aimed flights.

counts = 2 ** np.arange(9, 15)
figure, panels = plt.subplots(1, 2, figsize=(11, 4.8), sharey=True, layout="constrained")
for axes, detector, ctau in zip(panels, (BelleII(), Box()), (0.1, 3.0), strict=True):
    best = detector.flights(model, MASS, n=2**19, seed=100)
    truth = float(detector.acceptance("displaced", best)(ctau))
    print(f"{detector.title}: probability {truth:.5g}")
    for sampling, colour in (("random", "#0072B2"), ("aimed", "#D55E00")):
        errors = [error(detector, n, sampling, truth, ctau) for n in counts]
        axes.loglog(counts, errors, "o-", color=colour, label=sampling)
    start = error(detector, counts[0], "random", truth, ctau)
    axes.loglog(counts, start * np.sqrt(counts[0] / counts), "k:", label=r"$1/\sqrt{n}$")
    axes.loglog(counts, errors[0] * counts[0] / counts, "k--", label="$1/n$")
    axes.set(xlabel="flights $n$", title=rf"{detector.title}, $c\tau$ = {ctau:g} m")
panels[0].set_ylabel("relative error of the probability")
panels[0].legend()
