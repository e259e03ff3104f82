"""A model of one's own: a scalar that decays to muons only, run through the command line like any other.

farflung reach belle2 muon-scalar --mass 0.22:4:20 --output reach.csv --load examples/muon_scalar.py
python examples/muon_scalar.py reach belle2 muon-scalar --mass 0.22:4:20 --output reach.csv
"""

import sys

import numpy as np

from farflung.command_line import main
from farflung.lpp import MesonDecays, Model, TwoBodyDecay, register_model
from farflung.lpp import standard_model as sm


class MuonScalar(Model):
    """L = -g S mubar mu, by which it decays, and -1e-4 g S sbar_L b_R, by which B mesons make it."""

    name = "muon-scalar"
    title = "Scalar that decays to muons"
    symbol = "S"
    coupling_name = "g_mu"
    coupling_range = (1e-8, 1e-2)
    mass_range = (0.212, 4.7)
    references = ("a textbook",)

    def _partial_widths(self, mass):
        velocity = np.sqrt(1 - 4 * sm.mass("mu-") ** 2 / mass**2)
        return {"mumu": mass * velocity**3 / (8 * np.pi)}

    def processes(self):
        """One decay makes it."""
        return (TwoBodyDecay("B+", "K+"),)

    def _production(self, process, mass):
        return 1e-8 * MesonDecays().find(process, self.name).scalar(mass)


register_model(MuonScalar.name, MuonScalar)

if __name__ == "__main__":
    sys.exit(main())
