"""
A tube far down the line of sight
=================================

A detector half a kilometre from an LHC collision point, like FASER2, sees what flies forward with hundreds of GeV.
It is a source, a solid and a search. The spectra are toys of the right order for 3 per attobarn: they show how it
is done, not what FASER2 will see.
"""

import numpy as np

from farflung.detectors import Detector, Search, Secondaries
from farflung.geometry import Revolved
from farflung.lpp import EmpiricalSpectrum
from farflung.scenarios import reach
from farflung.viz import plot_events, plot_flights


class Tube(Detector):
    """5 m long, 1 m in radius, 480 m from the collisions: every decay inside counts."""

    name, title = "tube", "Tube at 480 m"

    def __init__(self):
        soft, hard = EmpiricalSpectrum(7000.0, power=5, slope=4.0), EmpiricalSpectrum(7000.0, power=30, slope=0.1)
        source = Secondaries({"K+": (5e15, soft), "B+": (8e14, hard), "B0": (8e14, hard)})  # number, spectrum
        search = Search("decays", "all decays", "inside", "tube")
        super().__init__(source, {"tube": Revolved.tube(z=(480, 485), r=(0, 1))}, [search])


plot_flights(Tube(), "dark-scalar", 1.0, process="B+ -> K+", n=40_000)

# %%
# Few scalars meet the tube, but those are aimed at. Expected events over mass and mixing angle:

found = reach(Tube(), "dark-scalar", np.geomspace(0.1, 4.0, 22), np.geomspace(1e-6, 1e-2, 121), n=512, treatments=())
plot_events(found)
