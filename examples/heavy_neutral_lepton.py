"""A heavy neutral lepton that mixes with the muon neutrino, scanned in |U|^2, with two- and three-body decays.

farflung reach charm-dump heavy-neutral-lepton --mass 0.25:1.3:20 --plot hnl.png --load examples/heavy_neutral_lepton.py
"""

import numpy as np
from shapely import box

from farflung.detectors import Detector, Search, Secondaries, register_detector
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.geometry import Prism
from farflung.lpp import EmpiricalSpectrum, Model, ThreeBodyDecay, TwoBodyDecay, register_model
from farflung.lpp import standard_model as sm

# Formulas: arXiv:1805.08567 (widths, leptonic decays); semileptonic rates with the masses of both leptons
G2, W = sm.G_F**2, sm.SIN2_THETA_W
F_D, F_PI, V_UD = 0.212, sm.F_PI, 0.974


def root(a, b, c):
    """lambda^(1/2)(a, b, c)."""
    return np.sqrt(np.maximum((a - b - c) ** 2 - 4 * b * c, 0.0))


def widths(mass):
    """Widths at |U|^2 = 1 into nu mu mu, nu e e, mu pi, nu pi0 and three neutrinos, of a Majorana particle."""
    muon, pion = (sm.mass("mu-") / mass) ** 2, (sm.mass("pi+") / mass) ** 2
    x, pi0 = np.sqrt(np.minimum(muon, 0.249)), np.minimum((sm.mass("pi0") / mass) ** 2, 1.0)
    s = np.sqrt(1 - 4 * x**2)
    log = np.log(np.maximum((1 - 3 * x**2 - (1 - x**2) * s) / (x**2 * (1 + s)), 1e-300))
    first = (1 - 14 * x**2 - 2 * x**4 - 12 * x**6) * s + 12 * x**4 * (x**4 - 1) * log
    second = x**2 * (2 + 10 * x**2 - 12 * x**4) * s + 6 * x**4 * (1 - 2 * x**2 + 2 * x**4) * log
    pair = (1 + 4 * W + 8 * W**2) / 4 * first + 4 * W * (2 * W + 1) / 2 * second
    weak = 2 * G2 * mass**5 / (192 * np.pi**3)
    hadron = 2 * G2 * F_PI**2 * mass**3 / (16 * np.pi)
    charged = hadron * V_UD**2 * ((1 - muon) ** 2 - pion * (1 + muon)) * root(1, pion, muon)
    return {
        "numumu": np.where(mass > 2 * sm.mass("mu-"), weak * pair, 0.0),
        "nuee": weak * (1 - 4 * W + 8 * W**2) / 4,
        "mupi": np.where(mass > sm.mass("mu-") + sm.mass("pi+"), charged, 0.0),
        "nupi0": hadron / 2 * (1 - pi0) ** 2,
        "invisible": weak,
    }


def semileptonic(mass, q2):
    """dGamma/dq^2 of D -> K mu N at |U|^2 = 1, with poles at the D_s* (f_+) and the D_s0* (f_0)."""
    m, k = sm.mass("D0"), sm.mass("K+")
    a, b = sm.mass("mu-") ** 2, mass**2
    plus, scalar = 0.747 / (1 - q2 / 2.112**2), 0.747 / (1 - q2 / 2.318**2)
    forward = 4 * (a + b - (a - b) ** 2 / q2)
    aligned = (8 * (q2 - a - b) + forward) / 3
    hadrons = root(m**2, k**2, q2)
    rate = (aligned * plus**2 * hadrons**2 + forward * scalar**2 * (m**2 - k**2) ** 2) / q2
    space = root(q2, a, b) / (8 * np.pi * q2) * hadrons / (32 * np.pi**2 * m**3)
    return G2 * abs(sm.V_CS) ** 2 / 2 * rate * space


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
            ends = [((m + sm.mass("mu-")) ** 2, (sm.mass("D0") - sm.mass("K+")) ** 2) for m in mass]
            grids = [np.linspace(*end, 400)[1:-1] for end in ends]
            rates = [np.trapezoid(semileptonic(m, q2), q2) for m, q2 in zip(mass, grids, strict=True)]
            return np.array(rates) / sm.width("D0")
        x, y = (mass / sm.mass("D+")) ** 2, (sm.mass("mu-") / sm.mass("D+")) ** 2
        helicity = (x + y - (x - y) ** 2) * root(1, x, y)
        return G2 * F_D**2 * abs(sm.V_CD) ** 2 * sm.mass("D+") ** 3 / (8 * np.pi) * helicity / sm.width("D+")


class CharmDump(Detector):
    """A dump of 400 GeV protons with D mesons, and CHARM's decay region: two charged tracks or photons at its end."""

    name, title, references = "charm-dump", "D mesons in front of CHARM", ("Phys. Lett. B 157 (1985) 458",)

    def __init__(self):
        spectrum = EmpiricalSpectrum(400.0, power=5.0, slope=1.0)
        source = Secondaries({"D+": (8.7e14, spectrum), "D0": (1.7e15, spectrum)})
        square = box(-1.5, 3.3, 1.5, 6.3)
        tracks = Apertures({}, others=Requirement((Aperture(515.0, square),), hits=2, energy=(1.0, np.inf)))
        search = Search("decays", "two tracks", "inside", "region", products=tracks, observed=0)
        super().__init__(source, {"region": Prism(square, z=(480.0, 515.0))}, [search])


register_model(HeavyNeutralLepton.name, HeavyNeutralLepton)
register_detector(CharmDump.name, CharmDump)
