"""FASER, a tube on the line of sight of ATLAS."""

from typing import ClassVar, Self, get_args

from farflung.detectors.detector import Detector
from farflung.detectors.search import Search
from farflung.detectors.searches.products.visible_energy import VisibleEnergy
from farflung.detectors.sources.joint_source import Sources
from farflung.detectors.sources.lhc import Generator, LHCCollisions
from farflung.detectors.sources.neutral_absorber import NeutralAbsorber
from farflung.geometry import Revolved

LUMINOSITY = 57.7
"""Integrated luminosity [fb^-1] of the search for photons (arXiv:2410.10363)."""

_TRACKS_LUMINOSITY = 27.0
_PHOTONS_ENERGY = 1500.0
_TRACKS_ENERGY = 500.0
_AXIS = (0.0, -0.065, 0.0)
"""The tube lies below the line of sight [m]."""


class FASER(Detector):
    """FASER: 13.6 TeV, what it has published.

    Parameters
    ----------
    generator
        Whose light mesons and photons, ``"pythia"`` or ``"sibyll"``.

    Notes
    -----
    Solids, both with a radius of 10 cm, their axis 6.5 cm below the line of sight: ``"decay volume"`` of the tracks
    from 476 to 477.5 m, ``"calorimeter's front"`` from 474 to 478 m, all that lies before the calorimeter. As FORESEE
    (arXiv:2105.07077) has them.

    Searches: ``"photons"`` (arXiv:2410.10363, 57.7 fb^-1): two photons with 1.5 TeV or more together; one event
    observed with 0.42 expected, numbers that are from memory. ``"tracks"`` (arXiv:2308.05587, 27 fb^-1, which the
    efficiency says): e+ e- with 500 GeV or more together; none observed, none expected.

    Sources: B, light mesons and protons at the collision point, kaons that decay on their way to what stops them,
    photons that turn into others in the neutral absorber 140 m away.
    """

    name: ClassVar[str] = "faser"
    title = "FASER"
    sample_size: ClassVar[int] = 32768
    references: ClassVar[tuple[str, ...]] = ("arXiv:2308.05587", "arXiv:2410.10363", "arXiv:2105.07077")

    def __init__(self, generator: Generator = "pythia") -> None:
        solids = {
            "decay volume": Revolved.tube(z=(476.0, 477.5), r=(0.0, 0.1)).moved(_AXIS),
            "calorimeter's front": Revolved.tube(z=(474.0, 478.0), r=(0.0, 0.1)).moved(_AXIS),
        }
        photons = Search(
            name="photons",
            title="two photons with E > 1.5 TeV",
            decays="inside",
            solid="calorimeter's front",
            final_states=("gammagamma",),
            products=VisibleEnergy(_PHOTONS_ENERGY),
            background=0.42,
            observed=1,
            references=("arXiv:2410.10363",),
        )
        tracks = Search(
            name="tracks",
            title="e⁺e⁻ with E > 500 GeV",
            decays="inside",
            solid="decay volume",
            final_states=("ee",),
            products=VisibleEnergy(_TRACKS_ENERGY),
            efficiency=_TRACKS_LUMINOSITY / LUMINOSITY,
            observed=0,
            references=("arXiv:2308.05587",),
        )
        source = Sources(
            (
                LHCCollisions(13.6, LUMINOSITY, light=True, generator=generator, softest=_TRACKS_ENERGY),
                NeutralAbsorber(13.6, LUMINOSITY, softest_photon=_PHOTONS_ENERGY, generator=generator),
            )
        )
        super().__init__(source, solids, (photons, tracks))

    def treatments(self) -> tuple[Self, ...]:
        """With either generator."""
        return self._with_each("generator", *get_args(Generator))
