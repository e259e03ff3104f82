"""Secondaries of a beam, each kind with its number and its spectrum."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.source import Source
from farflung.lpp import Beam, Flights, Spectrum, arguments
from farflung.lpp import standard_model as sm

Array = NDArray[np.float64]


class Secondaries(Source):
    """Particles that leave the origin with known spectra about the z axis: all that a new beam needs.

    Parameters
    ----------
    parents
        Number and spectrum of each kind of parent, by its PDG name, antiparticles included:
        ``{"pi0": (1e20, spectrum)}``.
    beams
        Beam particles themselves, by name (``"p"``, ``"e-"``), for processes in which these make long-lived particles.

    Raises
    ------
    DetectorError
        If there is nothing, or a number is not positive and finite.

    Examples
    --------
    >>> from farflung.lpp import BeamSpectrum, spectrum_table
    >>> Secondaries({"B+": (1e11, BeamSpectrum(spectrum_table("b_mesons_400")))}).number_of("B+")
    100000000000.0
    """

    dimension = 3
    azimuth = 2

    def __init__(self, parents: Mapping[str, tuple[float, Spectrum]], beams: Mapping[str, Beam] | None = None) -> None:
        self.parents = dict(parents)
        self.beams = dict(beams or {})
        if not self.parents and not self.beams:
            raise DetectorError("parents is empty; give at least one, as in {'pi0': (1e20, spectrum)}")
        for name in (*self.parents, *self.beams):
            sm.mass(name)  # complains about what is no particle
        for name in self.parents:
            other = sm.antiparticle(name)
            if other != name and other in self.parents:
                raise DetectorError(f"parents: {name} and {other} are counted together; give one number for both")
        for name, (number, spectrum) in self.parents.items():
            if not isinstance(spectrum, Spectrum):
                raise DetectorError(f"parents[{name!r}] = {spectrum!r} is no spectrum; give (number, spectrum)")
            arguments.positive("number", number, DetectorError, f"of {name}")

    def _yields(self) -> Mapping[str, float]:
        return {name: number for name, (number, _) in self.parents.items()}

    def _spectrum(self, name: str) -> Spectrum | None:
        return self.parents[name][1]

    def _parents(self, name: str, points: Array) -> Flights:
        return Flights(np.zeros(3), self.parents[name][1].vectors(points), sm.mass(name))

    def _offers(self) -> Mapping[str, object]:
        return self.beams
