"""LUXE-NPOD, photons of an intense laser on a dump."""

from typing import ClassVar

import shapely

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.apertures import Aperture, Apertures, Requirement
from farflung.detectors.sources.dump import Dump
from farflung.geometry import Revolved
from farflung.lpp.spectra.laser_photons import ELECTRON_ENERGY, laser_photons
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.target import TUNGSTEN

ELECTRONS = 1.5e16
"""10^7 bunches of 1.5 x 10^9 electrons, a year (code of the LUXE-NPOD group, github.com/NTrevisani/LUXE-NPOD)."""

_SOFTEST = 0.5
"""Energy [GeV] of each photon of a decay (the same code)."""


class LUXENPOD(Detector):
    """LUXE-NPOD: 16.5 GeV electrons of the European XFEL radiate in a laser, their photons end in tungsten: phase 1.

    Parameters
    ----------
    electrons
        Electrons that meet a pulse of the laser.
    length
        Length [m] of the decay volume.
    radius
        Radius [m] of the decay volume and of the detector behind it.

    Notes
    -----
    Solid ``"decay volume"``: r < 1 m, from the end of the dump, 1 m of tungsten, to the detector 2.5 m behind it. The
    code of the LUXE-NPOD group has these lengths and this radius; that of a detector of 1 m x 1 m (arXiv:2507.17716)
    would be smaller.

    Search ``"decays"``: two photons of 0.5 GeV or more each on the detector, all of which are seen; 3 events are a
    signal (95 % confidence). A projection without background.

    Source: photons as `farflung.lpp.spectra.laser_photons` has them, which turn into long-lived particles at the front
    of the dump. A photon makes either a pair or such a particle: the number of nuclei that one meets is that in 9/7
    radiation lengths (the same code, after eq. 13 of arXiv:2107.13554). Photons of the shower in the dump and
    long-lived particles made in the laser are left out, which is conservative.
    """

    name: ClassVar[str] = "luxe-npod"
    title = "LUXE-NPOD, projection"
    sample_size: ClassVar[int] = 16384
    references: ClassVar[tuple[str, ...]] = ("arXiv:2107.13554", "arXiv:2507.17716")

    def __init__(self, electrons: float = ELECTRONS, *, length: float = 2.5, radius: float = 1.0) -> None:
        spectrum, number = laser_photons()
        flux = PhotonFlux(ELECTRON_ENERGY, ((spectrum, TUNGSTEN.nuclei * 9 / 7 * number),), _SOFTEST)
        end = 1.0 + length
        face = Aperture(end, shapely.Point(0, 0).buffer(radius, quad_segs=64))
        photons = Requirement((face,), hits=2, energy=(_SOFTEST, float("inf")))
        search = Search(
            name="decays",
            title="decays to γγ",
            decays="inside",
            solid="decay volume",
            final_states=("gammagamma",),
            confidence_level=0.95,
            products=Apertures({"gammagamma": photons}),
            references=self.references,
        )
        solid = Revolved.tube(z=(1.0, end), r=(0.0, radius))
        super().__init__(Dump(TUNGSTEN, flux, electrons), {"decay volume": solid}, (search,))
