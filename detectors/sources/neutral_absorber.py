"""Photons of an LHC collision point that end in the absorber of neutral particles."""

import numpy as np

from farflung.detectors.sources.dump import Dump
from farflung.detectors.sources.lhc import Generator, collisions, require_tables
from farflung.lpp import Target
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table
from farflung.lpp.spectra.target import IRON


class NeutralAbsorber(Dump):
    """Photons that fly from the collision point to an absorber on the line of sight, and turn there into others.

    A photon makes either a pair or a long-lived particle: the number of nuclei that one meets is that in 9/7 radiation
    lengths, as in `farflung.detectors.ProtonDump`. Nothing on the way stops them: what would not fit through the
    beam pipe flies too far aside to be seen.

    Parameters
    ----------
    energy
        Energy [TeV] in the centre of mass: 13.6 or 14.
    luminosity
        Integrated luminosity [fb^-1].
    distance
        Distance [m] of the absorber from the collision point; 140 m at ATLAS.
    softest_photon
        Energy [GeV] below which photons are left out.
    generator
        Whose photons, ``"pythia"`` or ``"sibyll"``.
    target
        The matter.

    Raises
    ------
    DetectorError
        If there is no table for the energy, a number is not positive, or the generator is another.
    """

    pointlike = False

    def __init__(
        self,
        energy: float,
        luminosity: float,
        *,
        distance: float = 140.0,
        softest_photon: float = 0.0,
        generator: Generator = "pythia",
        target: Target = IRON,
    ) -> None:
        require_tables(energy, generator)
        every = spectrum_table(f"photons_{energy * 1000:.0f}_{generator}")
        table, share = every.above(softest_photon)
        beam = energy * 1000 / 2
        in_share = SpectrumTable(
            ("x = E/E_beam", table.names[1]),
            (np.asarray(table.nodes[0]) / beam, table.nodes[1]),
            table.values,
            table.scales,
        )
        each = every.number("per_collision") * every.number("on_grid") / 2 * share
        flux = PhotonFlux(beam, ((in_share, target.nuclei * 9 / 7 * each),), softest_photon, distance)
        super().__init__(target, flux, collisions(energy, luminosity))
