"""e+ e- -> gamma a at Belle II with the photon in the barrel and the particle unseen: a search in 12 lines.

farflung reach belle2-photon alp-photon --mass 0.01:5:20 --invisible 0.9 --plot a.png --load examples/single_photon.py
"""

from farflung.detectors import BelleII, Beside, Detector, Search, register_detector


class SinglePhoton(Detector):
    """Belle II with another search; trigger, efficiency and background are left out."""

    name, title, references = "belle2-photon", "Belle II, one photon", ("arXiv:2201.06580",)

    def __init__(self):
        belle2 = BelleII()
        photon = Beside("gamma", momentum=(1.8, float("inf")), polar_degrees=(32.2, 128.7))
        reaction = belle2.source.photon_associated
        search = Search("photon", "γ + nothing", "outside", "envelope", (reaction,), beside=(photon,))
        super().__init__(belle2.source, belle2.solids, [search])


register_detector(SinglePhoton.name, SinglePhoton)
