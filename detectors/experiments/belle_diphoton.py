"""Belle's search for B -> K(*) a, a -> gamma gamma, at any luminosity."""

from farflung.detectors.search import Efficiency, Search
from farflung.detectors.searches.products.calorimeter_photons import CalorimeterPhotons, CalorimeterRegion
from farflung.detectors.searches.result_tables import MassTable
from farflung.geometry import Revolved
from farflung.lpp import TwoBodyDecay

_PAPER = "Belle and Belle II, Search for an Axion-Like Particle in B -> K(*) a(-> gamma gamma) Decays at Belle"

LUMINOSITY = 0.711
"""Integrated luminosity [ab^-1] of Belle at the Y(4S) (its section 1)."""

EFFICIENCY = {
    "B+ -> K+": MassTable((0.16, 1.0, 3.0, 4.5), (0.08, 0.10, 0.16, 0.075), _PAPER + ", section 3", 0.0, 0.0),
    "B0 -> K0": MassTable((0.16, 3.0, 4.5), (0.06, 0.11, 0.06), _PAPER + ", section 3", 0.0, 0.0),
    "B0 -> K*(892)0": MassTable((0.16, 3.0, 4.2), (0.03, 0.08, 0.03), _PAPER + ", section 3", 0.0, 0.0),
    "B+ -> K*(892)+": MassTable((0.16, 4.2), (0.02, 0.02), _PAPER + ", section 3", 0.0, 0.0),
}
"""Efficiency for prompt decays in each mode, that of the K_S for "B0 -> K0".

The paper gives ranges: 8 to 10 % at low masses for the K+, a peak of 16 % near 3 GeV and no less than 7.5 %; 6 to 11 %
for the K_S; 3 to 8 % for the K*0; about 2 % for the K*+. Only for the K+ does it say where; the K_S and the K*0 are
taken to peak at the same mass. That the K_S needs two pions, and the K* a kaon and a pion, is part of these
efficiencies: eq. 5.2 has no other place for it, and that of the K_S is that of the K+ times 0.69.
"""

COVERAGE = MassTable(
    mass=(0.16, 0.3, 0.5, 1.0, 2.0, 3.0, 4.0, 4.5),
    value=(0.870, 0.863, 0.863, 0.878, 0.882, 0.886, 0.895, 0.905),
    source="computed here: share of prompt decays of which both photons are seen by Belle's calorimeter",
)
"""What part of the efficiency is due to the calorimeter's angles and thresholds; the same for all modes to 1 %."""

PEAK_WIDTH = MassTable(
    mass=(0.16, 1.9, 4.5),
    value=(0.0108, 0.0270, 0.0249),
    source=_PAPER + ", section 5",
)
"""Width [GeV] of the peak in the mass of the photons.

On its high side the paper has 7.8, 19.4 and 17.9 MeV at these masses. The low side is wider by 1.7: the window of
3 sigma that is cut out around the eta, 0.497 to 0.578 GeV, reaches 51 MeV below and 30 MeV above 0.548 GeV. A peak
with these two sides overlaps with one that is shifted down as a Gaussian of w^2 = (sigma_low^2 + sigma_high^2)/2 does.
"""

VETOED = ((0.497, 0.578), (0.938, 0.997))
"""Windows [GeV] around the eta and the eta' that the scan, which begins above the pi0, leaves out (section 5)."""

BACKGROUND = 5.0
"""Background events under a peak, in all modes together.

The paper prints none. This is the one number that is chosen: with it the limit on g_aW is on average the paper's
3e-6 GeV^-1 above 2 GeV. It is kept at all masses, as the paper says that the rise below is due to the lifetime.
"""


def diphoton_search(
    solid: str, front: Revolved, regions: tuple[CalorimeterRegion, ...], luminosity: float = LUMINOSITY
) -> Search:
    """Search of four kaon modes for a peak in the mass of two photons, with Belle's efficiency and background.

    Parameters
    ----------
    solid
        Name of the solid in which decays count: what the calorimeter encloses.
    front
        That solid itself.
    regions
        What the calorimeter covers.
    luminosity
        Integrated luminosity [ab^-1], to which the background is scaled.
    """
    efficiency: dict[str, Efficiency] = {}
    for mode, table in EFFICIENCY.items():
        # B0 -> K_S a is half of B0 -> K0 a
        share = 0.5 if mode == "B0 -> K0" else 1.0
        values = tuple(share * e / float(COVERAGE(m)) for m, e in zip(table.mass, table.value, strict=True))
        efficiency[mode] = MassTable(table.mass, values, table.source, table.below, table.above)
    return Search(
        name="diphoton",
        title="B → K⁽*⁾γγ",
        decays="inside",
        solid=solid,
        processes=tuple(TwoBodyDecay.parse(mode) for mode in EFFICIENCY),
        final_states=("gammagamma",),
        efficiency=efficiency,
        background=BACKGROUND * luminosity / LUMINOSITY,
        products=CalorimeterPhotons(front, regions, PEAK_WIDTH),
        vetoed=VETOED,
        references=(_PAPER,),
    )
