"""
Where should a box stand?
=========================

A box that is to catch what Belle II misses may stand near the collisions, where it fills a large angle, or further
away, and somewhere along the beam, whose boost carries particles forward. The reach against its position tells
where.
"""

import matplotlib.pyplot as plt
import numpy as np
from scipy.optimize import minimize_scalar

from farflung.detectors import BelleII, Detector, Search
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import ALPFermion
from farflung.scenarios import reach

belle2, model = BelleII(luminosity=50), ALPFermion()


class Box(Detector):
    """Trackers of 6 by 6 by 6 m that see decays to e+e- and mu+mu- without background."""

    name, title = "box", "Box beside Belle II"

    def __init__(self, distance: float, z: float = 0.0):
        box = ConvexPolyhedron.box(x=(distance, distance + 6), y=(-3, 3), z=(z - 3, z + 3))  # [m]
        search = Search("displaced", "e⁺e⁻, μ⁺μ⁻ in the box", "inside", "box", ("B+ -> K+",), ("ee", "mumu"))
        super().__init__(belle2.source, {"box": box}, [search])


def smallest(detector, mass):
    """The smallest coupling [1/TeV] that the displaced search excludes."""
    found = reach(detector, model, [mass], np.geomspace(1e-5, 1e-1, 81), n=512, treatments=())
    return float(found.smallest_coupling().sel(search=f"{detector.name}:displaced").squeeze())


# %%
# The best place along the beam, 4 m beside it, is found by any optimiser: the same seed makes the result a smooth
# function of the position.

best = minimize_scalar(
    lambda z: np.log(smallest(Box(4, z), 0.3)), bounds=(-4, 12), method="bounded", options={"xatol": 0.1}
)
print(f"best at z = {best.x:.1f} m: c_ff/f_a = {np.exp(best.fun):.3g} per TeV")

# %%
# Dashed is Belle II itself, with its vertexing volume of half a metre around the collisions.

distances, places = np.geomspace(2, 40, 9), np.linspace(-8, 16, 13)
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.8), sharey=True, layout="constrained")
for mass, colour in ((0.22, "#009E73"), (0.3, "#0072B2"), (0.6, "#D55E00")):
    left.loglog(distances, [smallest(Box(x), mass) for x in distances], "o-", color=colour, label=f"{mass:g} GeV")
    left.axhline(smallest(belle2, mass), color=colour, linestyle="dashed")
    right.semilogy(places, [smallest(Box(4, z), mass) for z in places], "o-", color=colour)
left.set(
    xlabel="distance from the beams  [m]", ylabel=r"smallest excluded $c_{ff}/f_a$  [TeV$^{-1}$]", title="at z = 0"
)
right.set(xlabel="middle of the box along the beam, z  [m]", title="4 m beside the beams")
right.axvline(best.x, color="0.6", linestyle="dotted")
left.set_xticks([2, 5, 10, 20, 40], ["2", "5", "10", "20", "40"])
left.minorticks_off()
left.legend(title="dashed: Belle II")
