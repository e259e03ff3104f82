r"""
A model of one's own: a dark photon
===================================

A new particle needs two things: its partial widths and what makes it. This dark photon is made by neutral pions,
etas and protons, and is looked for by two proton dumps that have never heard of it, in the range of masses in which
it decays to leptons alone.
"""

import numpy as np

from farflung.lpp import Model, ProtonBremsstrahlung, TwoBodyDecay
from farflung.lpp import standard_model as sm
from farflung.scenarios import compare
from farflung.viz import plot_reach


class DarkPhoton(Model):
    """L = -eps e A'_mu J^mu of electromagnetism (arXiv:1311.3870); its coupling is eps."""

    name, title, symbol = "my-dark-photon", "Dark photon", "A'"
    coupling_name, coupling_range, mass_range = r"\epsilon", (1e-9, 1e-2), (0.005, 0.275)
    references = ("arXiv:1311.3870",)

    def _partial_widths(self, mass):
        widths = {}
        for state, lepton in (("ee", "e-"), ("mumu", "mu-")):
            r = np.minimum((sm.mass(lepton) / mass) ** 2, 0.25)
            widths[state] = sm.ALPHA * mass / 3 * np.sqrt(1 - 4 * r) * (1 + 2 * r)
        return widths

    def processes(self):
        """Decays of mesons, and what protons radiate."""
        return (TwoBodyDecay("pi0", "gamma"), TwoBodyDecay("eta", "gamma"), ProtonBremsstrahlung())

    def _production(self, process, mass):
        to_photons = {"pi0": 0.988, "eta": 0.394}[process.initial]  # branching ratios into two photons (PDG)
        return 2 * to_photons * (1 - (mass / process.parent_mass) ** 2) ** 3

    def _vertices(self):
        return {"charge": 1.0}  # protons radiate it as they radiate photons


DarkPhoton()

# %%
# ``register_model(DarkPhoton.name, DarkPhoton)`` would give it a name for the command line too. The step at 0.135
# GeV is where neutral pions no longer make it.

found = compare(["charm", "nucal"], DarkPhoton(), np.geomspace(0.01, 0.27, 14), np.geomspace(3e-8, 1e-3, 181), n=2048)
plot_reach(found, strip=False)
