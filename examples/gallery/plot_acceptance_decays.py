"""
Where the decays are
====================

Decays of a particle that lives for some metres, in Belle II and in a box that stands beside it. Few decay in the
box, but those that do are drawn as well as the others; the legend has their share, by calculation and not by
counting dots.
"""

from farflung.detectors import BelleII, Detector, Search
from farflung.geometry import ConvexPolyhedron
from farflung.viz import plot_decays


class Box(Detector):
    """A box of 6 by 6 by 8 m, 4 m beside the beams."""

    name, title = "box", "Box"

    def __init__(self):
        box = ConvexPolyhedron.box(x=(4, 10), y=(-3, 3), z=(-2, 6))  # [m]
        search = Search("decays", "decays in the box", "inside", "box", ("B+ -> K+",), ("ee", "mumu"))
        super().__init__(BelleII().source, {"box": box}, [search])


plot_decays(["belle2", Box()], "alp-fermion", mass=0.3, ctau=5.0, n=6000)

# %%
# A beam dump, half a kilometre of which is left out between target and detector.

plot_decays("charm", "alp-photon", mass=0.1, ctau=1.0)
