"""A tube 480 m down the line of sight from an LHC collision point: a detector for any model, in 15 lines.

The spectra are toys, of the form in which fixed-target experiments report theirs, and the numbers are of the right
order for 3 ab^-1 alone: they show what a new beam takes, not what FASER2 would see.

farflung reach faser2-like dark-scalar --mass 0.1:4:20 --output reach.csv --load examples/faser2_like.py
"""

from farflung.detectors import Detector, Search, Secondaries, register_detector
from farflung.geometry import Revolved
from farflung.lpp import Beam, EmpiricalSpectrum

NUMBERS = {"pi0": 5e18, "eta": 6e17, "K+": 5e15, "D0": 2e16, "D+": 1e16, "B+": 8e14, "B0": 8e14}
SOFTNESS = {"pi0": (5, 8.0), "eta": (5, 4.0), "K+": (5, 4.0)}  # power of 1 - x, slope in pT^2; heavy ones below


class Faser2Like(Detector):
    """5 m long, 1 m in radius: every decay inside counts."""

    name, title, references = "faser2-like", "FASER2-like tube", ("toy spectra",)

    def __init__(self):
        spectra = {name: EmpiricalSpectrum(7000.0, *SOFTNESS.get(name, (30, 0.1))) for name in NUMBERS}
        parents = {name: (number, spectra[name]) for name, number in NUMBERS.items()}
        source = Secondaries(parents, beams={"p": Beam(2.4e17, 7000.0)})
        search = Search("decays", "all decays", "inside", "tube")
        super().__init__(source, {"tube": Revolved.tube(z=(480.0, 485.0), r=(0.0, 1.0))}, [search])


register_detector(Faser2Like.name, Faser2Like)
