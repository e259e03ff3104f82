"""LHCb at the LHC."""

from typing import ClassVar

import numpy as np

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.lhcb_muons import MODULES, SENSOR_RADII, LHCbMuons
from farflung.detectors.searches.published_limit import PublishedLimit
from farflung.detectors.searches.result_tables import LifetimeTable, MassTable
from farflung.detectors.sources.lhc_beauty import LHCBeauty
from farflung.geometry import Revolved
from farflung.lpp import TwoBodyDecay
from farflung.lpp.units import PICOSECOND

LUMINOSITY = {7.0: 1.0, 8.0: 2.0}
"""Integrated luminosity [fb^-1] by energy [TeV] (arXiv:1612.07818)."""

EFFICIENCY = MassTable(
    mass=(0.25, 0.3, 0.35, 0.6, 0.8, 1.2, 1.5, 2.0, 2.5, 3.3, 3.96, 4.3, 4.7),
    value=(0.036, 0.067, 0.054, 0.080, 0.074, 0.117, 0.081, 0.112, 0.108, 0.129, 0.169, 0.133, 0.112),
    source="such that the limits at 11.2 ps in figure 4 of arXiv:1612.07818 come out, which is all that is fitted",
    below=0.0,
    above=0.0,
)

PROMPT_LIMIT = LifetimeTable(
    mass=(0.25, 0.35, 0.6, 0.8, 1.5, 2.0, 2.5, 3.3, 3.96, 4.7),
    ctau=(0.112 * PICOSECOND, 0.355 * PICOSECOND, 1.12 * PICOSECOND),
    value=(
        (4.9e-10, 4.5e-10, 5.9e-10),
        (7.4e-10, 6.6e-10, 5.8e-10),
        (1.2e-9, 1.0e-9, 5.7e-10),
        (6.8e-10, 8.7e-10, 9.1e-10),
        (1.5e-9, 1.5e-9, 9.5e-10),
        (1.0e-9, 9.9e-10, 7.1e-10),
        (1.7e-9, 1.6e-9, 8.4e-10),
        (1.1e-9, 1.1e-9, 6.8e-10),
        (1.1e-9, 1.1e-9, 4.8e-10),
        (7.7e-10, 6.8e-10, 4.4e-10),
    ),
    source="arXiv:1612.07818, figure 4: medians within 1 % of each mass, at least 20 MeV",
    prompt=True,
)

KSTAR_LIMIT = LifetimeTable(
    mass=(0.22, 0.3, 0.5, 0.7, 0.9, 1.5, 2.5, 3.4, 4.0, 4.345),
    ctau=(0.1 * PICOSECOND, PICOSECOND, 10 * PICOSECOND, 100 * PICOSECOND, 912 * PICOSECOND, 9120 * PICOSECOND),
    value=(
        (4.8e-9, 6.1e-9, 2.5e-8, 2.1e-7, 1.9e-6, 1.3e-5),
        (2.6e-9, 1.2e-9, 2.1e-9, 1.5e-8, 1.3e-7, 8.5e-7),
        (2.0e-9, 1.2e-9, 1.6e-9, 1.0e-8, 9.0e-8, 6.0e-7),
        (2.0e-9, 1.2e-9, 1.5e-9, 8.6e-9, 7.3e-8, 4.8e-7),
        (2.0e-9, 1.0e-9, 1.2e-9, 6.3e-9, 5.3e-8, 3.5e-7),
        (4.3e-9, 1.6e-9, 1.2e-9, 5.0e-9, 4.0e-8, 2.7e-7),
        (3.4e-9, 1.3e-9, 1.0e-9, 3.7e-9, 2.9e-8, 1.9e-7),
        (3.6e-9, 1.3e-9, 1.1e-9, 3.9e-9, 3.1e-8, 2.0e-7),
        (4.5e-9, 1.7e-9, 1.2e-9, 4.4e-9, 3.4e-8, 2.3e-7),
        (1.8e-9, 1.5e-9, 1.2e-9, 4.4e-9, 3.4e-8, 2.3e-7),
    ),
    source="arXiv:1508.04094 and its supplementary files: medians within 1 % of each mass, at least 10 MeV. Beyond "
    "1000 ps limits grow with 1/(1 - exp(-1000 ps/tau)), as those files say",
    prompt=True,
)

NARROW = ((2.930, 3.195), (3.574, 3.865))
"""Windows [GeV] around J/psi, and psi(2S) with psi(3770), in which nothing is searched for (arXiv:1612.07818)."""


class LHCb(Detector):
    """LHCb: B+ -> K+ X and B0 -> K*0 X with X -> mu+ mu-, 3 fb^-1 of 7 and 8 TeV.

    Notes
    -----
    Solid: ``"vertex detector"``, what lies before the last three of its modules that a track must cross (z = 0.65 m),
    within the outer radius of its sensors, 42 mm, and 400 mrad of the beam.

    Searches:

    - ``"displaced"``: B+ -> K+ X, X -> mu+ mu- with a proper decay time above 1 ps, where hardly any background is
      left: a counting search for which 3 events make a limit at 95 % confidence level. Both muons must have
      2 < eta < 5 and enough momentum, and cross three modules of the vertex detector (`LHCbMuons`). That alone gives
      the dependence on lifetime; the efficiency of everything else, the kaon's acceptance included, is 5 to 17 % and
      makes the limits at one lifetime, 11.2 ps, come out, among them the best of all, 2e-10. The limits at other
      lifetimes are then predictions: from 3.5 to 1100 ps they agree with the published ones within a factor 1.8. They
      go on beyond the 1000 ps at which the paper ends. The time of 1 ps is inferred: limits at 1.1 ps then come out
      within 50 % above 1 GeV, with 2 ps they would be 2.4 times weaker.
    - ``"prompt"``: the same decay at shorter times, on top of B+ -> K+ mu+ mu-: the published limit. It depends on a
      background that would have to be modelled at each mass, so a table of the result is the better description.
    - ``"kstar"``: B0 -> K*0 X, X -> mu+ mu-, prompt and displaced, as published.

    Published limits fluctuate by some 50 % between neighbouring masses; the tables hold medians. Masses next to
    resonances are left out: K_S (B+ -> K+ only), J/psi, psi(2S) and psi(3770); for prompt decays phi, psi(4160) and,
    beside the K*0, rho and omega as well.
    """

    name: ClassVar[str] = "lhcb"
    title = "LHCb, 3 fb⁻¹"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = (
        "arXiv:1612.07818",
        "arXiv:1508.04094",
        "arXiv:1710.04921",
        "arXiv:1405.7808",
        "arXiv:1412.6352",
    )

    def __init__(self) -> None:
        radius, end = SENSOR_RADII[1], float(MODULES[-3]) + 15e-3
        cone = Revolved([(0.0, 0.0), (radius / np.tan(0.4), radius), (end, radius), (end, 0.0)])
        to_kaon, to_kstar = (TwoBodyDecay("B+", "K+"),), (TwoBodyDecay("B0", "K*(892)0"),)
        kaon_short = (0.382, 0.496)
        searches = (
            Search(
                name="displaced",
                title="B⁺ → K⁺ + displaced μ⁺μ⁻",
                decays="inside",
                solid="vertex detector",
                processes=to_kaon,
                final_states=("mumu",),
                efficiency=EFFICIENCY,
                observed=0,
                confidence_level=0.95,
                references=("arXiv:1612.07818",),
                products=LHCbMuons(decay_length=PICOSECOND),
                vetoed=(kaon_short, *NARROW),
            ),
            PublishedLimit(
                name="prompt",
                title="B⁺ → K⁺ + prompt μ⁺μ⁻",
                processes=to_kaon,
                final_states=("mumu",),
                limit=PROMPT_LIMIT,
                confidence_level=0.95,
                references=("arXiv:1612.07818",),
                vetoed=(kaon_short, (0.973, 1.073), *NARROW, (4.103, 4.273)),
            ),
            PublishedLimit(
                name="kstar",
                title="B⁰ → K*⁰ + μ⁺μ⁻",
                processes=to_kstar,
                final_states=("mumu",),
                limit=KSTAR_LIMIT,
                confidence_level=0.95,
                references=("arXiv:1508.04094",),
                vetoed=((0.742, 0.822), (1.000, 1.040), (2.913, 3.211), (3.609, 3.875)),
            ),
        )
        super().__init__(LHCBeauty(LUMINOSITY), {"vertex detector": cone}, searches)
