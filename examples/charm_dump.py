"""A dump of 400 GeV protons that makes D mesons, and CHARM's decay region behind it.

farflung reach charm-dump heavy-neutral-lepton --mass 0.25:1.3:20 --plot hnl.png \
    --load examples/charm_dump.py --load examples/heavy_neutral_lepton.py
"""

from math import inf

from shapely import box

from farflung.detectors import Aperture, Apertures, Detector, Requirement, Search, Secondaries, register_detector
from farflung.geometry import Prism
from farflung.lpp import EmpiricalSpectrum


class CharmDump(Detector):
    """Two charged tracks or photons must leave the decay region through its far end."""

    name, title, references = "charm-dump", "D mesons in front of CHARM", ("Phys. Lett. B 157 (1985) 458",)

    def __init__(self):
        spectrum = EmpiricalSpectrum(400.0, power=5.0, slope=1.0)
        source = Secondaries({"D+": (8.7e14, spectrum), "D0": (1.7e15, spectrum)})
        square = box(-1.5, 3.3, 1.5, 6.3)
        tracks = Apertures({}, others=Requirement((Aperture(515.0, square),), hits=2, energy=(1.0, inf)))
        search = Search("decays", "two tracks", "inside", "region", products=tracks, observed=0)
        super().__init__(source, {"region": Prism(square, z=(480.0, 515.0))}, [search])


register_detector(CharmDump.name, CharmDump)
