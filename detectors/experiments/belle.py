"""Belle at KEKB."""

from dataclasses import replace
from typing import ClassVar

from farflung.detectors.detector import Detector
from farflung.detectors.experiments.belle_diphoton import BACKGROUND, LUMINOSITY, diphoton_search
from farflung.detectors.searches.products.calorimeter_photons import CalorimeterRegion
from farflung.detectors.sources.b_factory import BFactory
from farflung.geometry import PolarAngle, Revolved
from farflung.lpp.units import NB_IN_INVERSE_AB

UPSILONS = 772e6
"""Y(4S) made (section 5)."""

FRACTIONS = {"B+": 0.514, "B0": 0.486}
"""Decays of the Y(4S) into each kind of pair (arXiv:2201.06580, eq. 3.5)."""

REGIONS = (
    CalorimeterRegion(32.2, 128.7, 0.050),
    CalorimeterRegion(12.0, 31.4, 0.100),
    CalorimeterRegion(131.5, 157.1, 0.150),
)
"""Barrel, forward and backward end cap of the calorimeter, with the least energy of a photon [GeV] (section 3)."""


class Belle(Detector):
    """Belle: B -> K(*) X, X -> gamma gamma in four kaon modes, 711 fb^-1.

    Sections and equations are those of the paper of Belle and Belle II, "Search for an Axion-Like Particle in
    B -> K(*) a(-> gamma gamma) Decays at Belle".

    Notes
    -----
    Beams of 8.0 and 3.5 GeV that cross at 22 mrad (Nucl. Instrum. Meth. A 479 (2002) 117). Belle's z axis is opposite
    to the positron beam; here it halves the angle between the beams, 0.6 degrees away from that. Of 772 million Y(4S)
    the fractions of arXiv:2201.06580, eq. 3.5, give charged and neutral pairs; the paper takes an average that it
    does not print, with errors of 2 %.

    Solids, seen from the nominal interaction point (same reference, table 1, unless said otherwise):

    - ``"drift chamber"``: r from 8.3 to 86.3 cm, z from -77 to 160 cm, 17 to 150 degrees.
    - ``"calorimeter"``: barrel r from 125 to 162 cm, front faces of the end caps at z = 196 and -102 cm, crystals 30 cm
      deep, between the polar angles of section 3 of the paper.
    - ``"inner volume"``: what the calorimeter encloses; decays in it count.

    Search ``"diphoton"``: both photons in the calorimeter above the thresholds of their regions, and a peak in their
    mass, which is computed as if they came from the interaction point: the loss with lifetime, eq. 5.1 of the paper,
    follows from that (`farflung.detectors.searches.products.calorimeter_photons.CalorimeterPhotons`). Efficiencies,
    widths, vetoes and background are in `farflung.detectors.experiments.belle_diphoton`, each with where it comes from.
    All modes are added up; the paper fits them side by side and includes systematic errors of 22 %.
    """

    name: ClassVar[str] = "belle"
    title = "Belle"
    references: ClassVar[tuple[str, ...]] = (
        "Belle and Belle II, Search for an Axion-Like Particle in B -> K(*) a(-> gamma gamma) Decays at Belle",
        "Nucl. Instrum. Meth. A 479 (2002) 117",
    )

    def __init__(self) -> None:
        source = BFactory(
            electron_energy=8.0,
            positron_energy=3.5,
            half_crossing_angle=11e-3,
            luminosity=LUMINOSITY,
            cross_sections={
                name: UPSILONS * share / (LUMINOSITY * NB_IN_INVERSE_AB) for name, share in FRACTIONS.items()
            },
        )
        front = Revolved.tube(z=(-1.02, 1.96), r=(0, 1.25))
        shell = Revolved.tube(z=(-1.32, 2.26), r=(0, 1.62)) - front
        barrel, forward, backward = (PolarAngle.from_degrees(region.low, region.high) for region in REGIONS)
        solids = {
            "drift chamber": PolarAngle.from_degrees(17, 150) & Revolved.tube(z=(-0.77, 1.60), r=(0.083, 0.863)),
            "calorimeter": (barrel & shell) | (forward & shell) | (backward & shell),
            "inner volume": front,
        }
        search = diphoton_search("inner volume", front, REGIONS)
        # no excess was seen
        super().__init__(source, solids, [replace(search, observed=round(BACKGROUND))])
