"""A heavy neutral lepton that mixes with the muon neutrino, scanned in |U|^2, with two- and three-body decays.

farflung reach faser2-like heavy-neutral-lepton --mass 0.25:1.3:20 --plot hnl.png \
    --load examples/faser2_like.py --load examples/heavy_neutral_lepton.py
"""

import numpy as np
from scipy.integrate import quad

from farflung.lpp import Model, ThreeBodyDecay, TwoBodyDecay, register_model
from farflung.lpp import standard_model as sm

# Formulas: arXiv:1805.08567 (widths, leptonic decays); semileptonic rates with the masses of both leptons
G2, F_D, V_UD = sm.G_F**2, 0.212, 0.974
MUON, KAON, D0, D_PLUS = (sm.mass(name) for name in ("mu-", "K+", "D0", "D+"))


def root(a, b, c):
    """lambda^(1/2)(a, b, c)."""
    return np.sqrt(np.maximum((a - b - c) ** 2 - 4 * b * c, 0.0))


def widths(mass):
    """Widths at |U|^2 = 1 into nu mu mu, nu e e, mu pi, nu pi0 and three neutrinos, of a Majorana particle."""
    w, muon, pion = sm.SIN2_THETA_W, (MUON / mass) ** 2, (sm.mass("pi+") / mass) ** 2
    x, pi0 = np.sqrt(np.minimum(muon, 0.249)), np.minimum((sm.mass("pi0") / mass) ** 2, 1.0)
    s = np.sqrt(1 - 4 * x**2)
    log = np.log(np.maximum((1 - 3 * x**2 - (1 - x**2) * s) / (x**2 * (1 + s)), 1e-300))
    first = (1 - 14 * x**2 - 2 * x**4 - 12 * x**6) * s + 12 * x**4 * (x**4 - 1) * log
    second = x**2 * (2 + 10 * x**2 - 12 * x**4) * s + 6 * x**4 * (1 - 2 * x**2 + 2 * x**4) * log
    pair = (1 + 4 * w + 8 * w**2) / 4 * first + 4 * w * (2 * w + 1) / 2 * second
    weak = 2 * G2 * mass**5 / (192 * np.pi**3)
    hadron = 2 * G2 * sm.F_PI**2 * mass**3 / (16 * np.pi)
    charged = hadron * V_UD**2 * ((1 - muon) ** 2 - pion * (1 + muon)) * root(1, pion, muon)
    return {
        "numumu": np.where(mass > 2 * MUON, weak * pair, 0.0),
        "nuee": weak * (1 - 4 * w + 8 * w**2) / 4,
        "mupi": np.where(mass > MUON + sm.mass("pi+"), charged, 0.0),
        "nupi0": hadron / 2 * (1 - pi0) ** 2,
        "invisible": weak,
    }


def semileptonic(mass, q2):
    """dGamma/dq^2 of D -> K mu N at |U|^2 = 1, with poles at the D_s* (f_+) and the D_s0* (f_0)."""
    a, b, hadrons = MUON**2, mass**2, root(D0**2, KAON**2, q2)
    plus, scalar = 0.747 / (1 - q2 / 2.112**2), 0.747 / (1 - q2 / 2.318**2)
    forward = 4 * (a + b - (a - b) ** 2 / q2)
    aligned = (8 * (q2 - a - b) + forward) / 3
    space = G2 * abs(sm.V_CS) ** 2 / 2 * root(q2, a, b) / (8 * np.pi * q2) * hadrons / (32 * np.pi**2 * D0**3)
    return space * (aligned * plus**2 * hadrons**2 + forward * scalar**2 * (D0**2 - KAON**2) ** 2) / q2


class HeavyNeutralLepton(Model):
    """Mixes with the muon neutrino; rates and widths are proportional to its coupling, |U_mu|^2."""

    name, title, symbol = "heavy-neutral-lepton", "Heavy neutral lepton", "N"
    coupling_name, coupling_range = "|U_mu|^2", (1e-12, 1.0)
    width_power = production_power = 1
    mass_range, references = (0.14, 1.8), ("arXiv:1805.08567",)

    def _partial_widths(self, mass):
        return widths(mass)

    def processes(self):
        """One decay of each kind."""
        return (TwoBodyDecay("D+", "mu+"), ThreeBodyDecay("D0", "K-", "mu+", decay_rate=semileptonic))

    def _production(self, process, mass):
        if process.initial == "D0":
            rates = [quad(lambda q2, m=m: semileptonic(m, q2), (m + MUON) ** 2, (D0 - KAON) ** 2)[0] for m in mass]
            return np.array(rates) / sm.width("D0")
        x, y = (mass / D_PLUS) ** 2, (MUON / D_PLUS) ** 2
        rate = G2 * F_D**2 * abs(sm.V_CD) ** 2 * D_PLUS**3 / (8 * np.pi)
        return rate * (x + y - (x - y) ** 2) * root(1, x, y) / sm.width("D+")


register_model(HeavyNeutralLepton.name, HeavyNeutralLepton)
