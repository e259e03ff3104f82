"""Direct emission: long-lived particles with a spectrum of their own."""

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.flights import Flights
from farflung.lpp.production.process import Offer, Process, the_offer
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.tails import towards_both_ends
from farflung.lpp.sampling.unit_points import Drawing, unit_points
from farflung.lpp.spectra.beam import Beam
from farflung.lpp.spectra.spectrum import Spectrum

Array = NDArray[np.float64]


def emitted(spectrum: Spectrum, mass: float, n: int, seed: int, sampling: Drawing, aim: Aim) -> Flights:
    """Draw particles of one mass [GeV] with the momenta of a spectrum; see `Emission.sample`."""
    points = unit_points(n, 3, seed, sampling)
    if points.block is None or aim.complete:
        return points.made(Flights(np.zeros(3), spectrum.vectors(points.values), mass))
    u, weight = towards_both_ends(points.values[:, 0])
    p = spectrum.momentum(u)
    natural = spectrum.vectors(np.column_stack([u, points.values[:, 1:]])) / p[:, None]
    shares = aim.even()
    direction = np.where(points.first_half[:, None], aim.draw(points.values[:, 1:], shares), natural)
    angle = np.arctan2(np.hypot(direction[:, 0], direction[:, 1]), direction[:, 2])
    nature = spectrum.density(p, angle)
    weight = weight * 2 / len(points) * nature / np.maximum(nature + aim.density(direction, shares), 1e-300)
    return points.made(Flights(np.zeros(3), p[:, None] * direction, mass, weight), complete=False)


class Emission(Process):
    """A beam particle makes the long-lived one by itself: bremsstrahlung, mixing with vector mesons, Drell-Yan.

    A subclass says how many it makes at strength 1 (`number`) and with which momenta (`spectrum`).
    """

    @abstractmethod
    def number(self, mass: Array, momentum: float) -> Array:
        """Particles (n,) of masses (n,) [GeV] for one beam particle of this momentum [GeV], at strength 1."""

    @abstractmethod
    def spectrum(self, mass: float, momentum: float) -> Spectrum:
        """Momenta of particles of one mass [GeV] that a beam of this momentum [GeV] makes."""

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Beam particles, times what each makes at strength 1."""
        beam = the_offer(self, offer, Beam)
        return np.asarray(beam.number * self.number(np.asarray(mass, dtype=float), beam.momentum))

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV].

        Towards an incomplete aim half of the flights have their directions from it and the others from the spectrum;
        each is weighed by what both ways together would draw (the balance heuristic of E. Veach and L. Guibas,
        SIGGRAPH 1995). Momenta are drawn more often where the spectrum ends.
        """
        self.require(mass)
        spectrum = self.spectrum(float(mass), the_offer(self, offer, Beam).momentum)
        return emitted(spectrum, float(mass), n, seed, sampling, aim)

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The emitted particles, as parents of others."""
        self.require(mass)
        beam = the_offer(self, offer, Beam)
        spectrum = self.spectrum(float(mass), beam.momentum)
        return Parents(
            float(self.exposure(offer, np.asarray(mass))),
            lambda points: Flights(np.zeros(3), spectrum.vectors(points), float(mass)),
            3,
            azimuth=2,
            spectrum=spectrum,
        )
