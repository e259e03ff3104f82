"""The form factors of meson decays into a lighter meson and a scalar or pseudoscalar, with their sources.

Each is a small object that turns q^2 [GeV^2], here the squared mass of the long-lived particle, into a number. A model
takes others in their place: ``ALPFermion(form_factors={"B -> K": LATTICE_B_TO_K})``. Their shapes are in
`farflung.lpp.production.form_factor_shapes`; which number enters which matrix element is said in
`farflung.lpp.production.meson_decays`.
"""

import numpy as np

from farflung.lpp import standard_model as sm
from farflung.lpp.options.named_values import named_values
from farflung.lpp.production.form_factor_shapes import (
    AxialMixture,
    FormFactor,
    LargeEnergy,
    LinearSlope,
    Quadratic,
    SimplePole,
    SimplifiedSeries,
    TwoPoles,
    ZExpansion,
)

BALL_ZWICKY_B_TO_K = SimplePole(0.330, 37.46, "Ball and Zwicky, hep-ph/0406232, table 3: f0 of B -> K")
"""f0 of B -> K from light-cone sum rules."""

LATTICE_B_TO_K = ZExpansion(
    (0.292, 0.281, 0.150), 5.711, 5.27958, 0.497614, "Fermilab Lattice and MILC, arXiv:1509.06235: f0 of B -> K"
)
"""f0 of B -> K from lattice QCD with 2+1 flavours; 1.7 % above `BALL_ZWICKY_B_TO_K` at q^2 = 0, 2.2 % below at 16."""

BALL_ZWICKY_B_TO_K_STAR = TwoPoles(
    (1.364, -0.990), (27.88, 36.78), "Ball and Zwicky, hep-ph/0412079: A0 of B -> K*(892)"
)
"""A0 of B -> K*(892) from light-cone sum rules, as in the search of Belle and Belle II for B -> K(*) a (eq. A.2)."""

SUM_RULES_AND_LATTICE_B_TO_K_STAR = SimplifiedSeries(
    (0.369196, -1.365840, 0.128191),
    5.366,
    5.27958,
    0.89594,
    "Bharucha, Straub and Zwicky, arXiv:1503.05534v3, ancillary file BKstar_LCSR-Lattice.json: A0 of B -> K*(892)",
)
"""A0 of B -> K*(892) fitted to light-cone sum rules and lattice results together.

1.3 % below `BALL_ZWICKY_B_TO_K_STAR` at q^2 = 0, 3 % at 6 GeV^2 and 14 % at 16 GeV^2.
"""

_HEAVY_KAONS = "Boiarska et al., Phenomenology of GeV-scale scalar portal, arXiv:1904.10447"
_M_B = sm.mass("B+")
_K1_MIXING = -0.593  # rad: -34 degrees
_K1_PARTS = (
    Quadratic(0.22, 2.4, 1.78, _M_B, _HEAVY_KAONS),
    Quadratic(-0.45, 1.34, 0.64, _M_B, _HEAVY_KAONS),
)
_K1_MASSES = (1.31, 1.34)  # GeV, of K_1A and K_1B


def _axial(weights: tuple[float, float], name: str) -> AxialMixture:
    return AxialMixture(weights, _K1_MASSES, _K1_PARTS, sm.mass(f"{name}+"), _HEAVY_KAONS)


DEFAULT_FORM_FACTORS: dict[str, FormFactor] = {
    "B -> K": BALL_ZWICKY_B_TO_K,
    "B -> K*(892)": BALL_ZWICKY_B_TO_K_STAR,
    "B -> K(0)*(700)": Quadratic(0.46, 1.6, 1.35, _M_B, _HEAVY_KAONS),
    "B -> K(0)*(1430)": Quadratic(0.17, 4.4, 6.4, _M_B, _HEAVY_KAONS),
    "B -> K(1)(1270)": _axial((float(np.sin(_K1_MIXING)), float(np.cos(_K1_MIXING))), "K(1)(1270)"),
    "B -> K(1)(1400)": _axial((float(np.cos(_K1_MIXING)), -float(np.sin(_K1_MIXING))), "K(1)(1400)"),
    "B -> K*(1410)": LargeEnergy(0.22, 0.28, _M_B, sm.mass("K*(1410)+"), _HEAVY_KAONS),
    "B -> K*(1680)": LargeEnergy(0.18, 0.24, _M_B, sm.mass("K*(1680)+"), _HEAVY_KAONS),
    "B -> K(2)*(1430)": Quadratic(0.23, 1.23, 0.76, _M_B, _HEAVY_KAONS, extra_pole=True),
    "K -> pi": LinearSlope(
        0.9698, 0.0138, sm.mass("pi+"), "f(0): FLAG 2021, arXiv:2111.09849; slope of f0: PDG 2024, K_l3 form factors"
    ),
}
"""Form factors by transition; the keys are those of the models' argument ``form_factors``."""

for _name, _form_factor in {
    "BALL_ZWICKY_B_TO_K": BALL_ZWICKY_B_TO_K,
    "LATTICE_B_TO_K": LATTICE_B_TO_K,
    "BALL_ZWICKY_B_TO_K_STAR": BALL_ZWICKY_B_TO_K_STAR,
    "SUM_RULES_AND_LATTICE_B_TO_K_STAR": SUM_RULES_AND_LATTICE_B_TO_K_STAR,
}.items():
    named_values(FormFactor).register(_name, _form_factor)
