"""The SLAC beam dump experiment E137."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.electron_dump import ElectronDump
from farflung.geometry import Prism
from farflung.lpp.spectra.target import ALUMINIUM

ELECTRONS = 1.87e20
"""Electrons on target, 30 C (J. D. Bjorken et al., Phys. Rev. D 38 (1988) 3375)."""

PUBLISHED: tuple[tuple[float, float, float], ...] = (
    (0.01, 1.39e-6, 2.74e-3),
    (0.03, 5.52e-7, 2.67e-4),
    (0.1, 2.32e-7, 1.97e-5),
    (0.2, 1.61e-7, 4.04e-6),
    (0.3, 1.42e-7, 1.42e-6),
)
"""Mass [GeV], smallest and largest excluded g_agammagamma [GeV^-1] of the published limit.

J. D. Bjorken et al., Phys. Rev. D 38 (1988) 3375, as the code FORESEE (arXiv:2105.07077) has digitised it.
"""


class E137(Detector):
    """E137: 20 GeV electrons on aluminium, and 204 m of open air behind a hill.

    Parameters
    ----------
    threshold
        Least energy [GeV] of the showers that count, together; 1 to 3 GeV are in use.

    Notes
    -----
    Solid ``"decay region"``: 3 x 3 m^2 around the beam, 179 to 383 m behind the dump: a hill of 179 m, then 204 m to
    the calorimeter (J. D. Bjorken et al., Phys. Rev. D 38 (1988) 3375; the code SensCalc has 174 to 378 m). For a third
    of the charge the calorimeter was 2 x 3 m^2, which is left out. The dump is aluminium and water.

    Search ``"decays"``: one or two photons or electrons on the calorimeter, no event, 90 % confidence.

    Expect no better than a factor of two in the coupling to photons. This simulation excludes smaller couplings than
    the published limit (`PUBLISHED`) by a factor of 1.4 (at 10 MeV) to 1.8 (at 0.3 GeV) and larger ones by a factor of
    1.1 to 1.4, for reasons that are not known: no description of the original acceptance is at hand. With a
    threshold of 1 GeV the smallest couplings differ by a factor of 1.9.
    """

    name: ClassVar[str] = "e137"
    title = "E137"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("Phys. Rev. D 38 (1988) 3375", "arXiv:1512.03069")

    def __init__(self, *, threshold: float = 3.0) -> None:
        self.threshold = float(threshold)
        source = ElectronDump(20.0, ELECTRONS, ALUMINIUM, softest_photon=self.threshold)
        square = shapely.box(-1.5, -1.5, 1.5, 1.5)
        shower = Requirement((Aperture(383.0, square),), hits=1, total=self.threshold)
        search = Search(
            name="decays",
            title="decays to γγ, e⁺e⁻",
            decays="inside",
            solid="decay region",
            final_states=("gammagamma", "ee"),
            observed=0,
            products=Apertures({"gammagamma": shower, "ee": shower}),
            references=self.references,
        )
        super().__init__(source, {"decay region": Prism(square, z=(179.0, 383.0))}, (search,))
