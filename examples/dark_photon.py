"""A dark photon: made by pi0, eta and protons, seen by detectors that have never heard of it.

farflung compare charm nucal --model my-dark-photon --mass .01:.5:20 --plot a.png --load examples/dark_photon.py
"""

import numpy as np

from farflung.lpp import Model, ProtonBremsstrahlung, TwoBodyDecay, register_model
from farflung.lpp import standard_model as sm

# of each meson its branching ratio into two photons (PDG)
MESONS = {"pi0": 0.988, "eta": 0.394}


def widths(mass):
    """Pairs of leptons, and pions through the rho alone, which is a toy above 0.5 GeV."""
    scale, found = sm.ALPHA * mass / 3, {}
    for state, lepton in (("ee", "e-"), ("mumu", "mu-")):
        r = np.minimum((sm.mass(lepton) / mass) ** 2, 0.25)
        found[state] = scale * np.sqrt(1 - 4 * r) * (1 + 2 * r)
    velocity = np.sqrt(np.maximum(1 - (2 * sm.mass("pi+") / mass) ** 2, 0.0))
    found["pipi"] = scale * velocity**3 / 4 / ((1 - (mass / 0.775) ** 2) ** 2 + (0.149 / 0.775) ** 2)
    return found


class DarkPhoton(Model):
    """L = -eps e A'_mu J^mu of electromagnetism; its coupling is eps."""

    name, title, symbol = "my-dark-photon", "My dark photon", "A'"
    coupling_name, coupling_range = "eps", (1e-9, 1e-2)
    mass_range, references = (0.002, 1.0), ("arXiv:1311.3870", "arXiv:1810.01879")

    def _partial_widths(self, mass):
        return widths(mass)

    def processes(self):
        """Decays of mesons, and bremsstrahlung, which the vertex "charge" drives."""
        return (*(TwoBodyDecay(meson, "gamma") for meson in MESONS), ProtonBremsstrahlung())

    def _production(self, process, mass):
        return 2 * MESONS[process.initial] * (1 - (mass / process.parent_mass) ** 2) ** 3

    def _vertices(self):
        return {"charge": 1.0}


register_model(DarkPhoton.name, DarkPhoton)
