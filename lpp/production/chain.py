"""Chains: a new particle that is made first and decays into the long-lived one."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.decays.final_states import product_mass
from farflung.lpp.errors import ProcessError
from farflung.lpp.flights import Flights
from farflung.lpp.plain_arguments import PlainArguments
from farflung.lpp.production.parent_decays import Decay
from farflung.lpp.production.process import Offer, Process
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.recoil_system import OneRecoil, RecoilSystem
from farflung.lpp.sampling.sampler import Sampler
from farflung.lpp.sampling.turned_events import aimed_events
from farflung.lpp.sampling.unit_points import Drawing

Array = NDArray[np.float64]


@dataclass(frozen=True)
class NewParticle(PlainArguments):
    """Another new particle, whose mass is known or goes with that of the long-lived one.

    Parameters
    ----------
    name
        What it is called, as in ``"A'"``.
    mass
        Mass [GeV] at a massless long-lived particle.
    ratio
        How much its mass grows with that of the long-lived one.

    Raises
    ------
    ProcessError
        If mass or ratio are negative.
    """

    name: str
    mass: float = 0.0
    ratio: float = 0.0

    def __post_init__(self) -> None:
        if not (np.isfinite([self.mass, self.ratio]).all() and self.mass >= 0 and self.ratio >= 0):
            raise ProcessError(
                f"mass = {self.mass:g} GeV and ratio = {self.ratio:g} of {self.name} must not be negative"
            )

    def mass_beside(self, mass: Array | float) -> Array:
        """Mass [GeV] beside a long-lived particle of this mass [GeV]."""
        return np.asarray(self.mass + self.ratio * np.asarray(mass))


@dataclass(frozen=True)
class Chain(Decay):
    """A new particle that decays, where it is made, into the long-lived one and another: A' -> chi1 chi2.

    The strength is the product of both steps, which the model gives as a branching ratio.

    Parameters
    ----------
    first
        What makes the new particle, as if that were the long-lived one: `TwoBodyDecay("pi0", "gamma")`.
    mediator
        The new particle.
    beside
        What it decays to beside the long-lived particle: a PDG name, or another new particle.

    Examples
    --------
    >>> from farflung.lpp import TwoBodyDecay
    >>> chain = Chain(TwoBodyDecay("eta", "gamma"), NewParticle("A'", ratio=3.0), NewParticle("chi1", ratio=0.9))
    >>> print(chain)
    eta -> gamma A', A' -> chi1
    >>> round(chain.max_mass, 4)  # a third of the eta's mass
    0.1826
    """

    first: Process
    mediator: NewParticle
    beside: NewParticle | str

    @property
    def initial(self) -> str:
        """What the first step begins with."""
        return self.first.initial

    def __str__(self) -> str:
        return f"{self.first} {self.mediator.name}, {self.mediator.name} -> {self.recoil[0]}"

    @property
    def recoil(self) -> tuple[str, ...]:
        """What the new particle decays to beside the long-lived one."""
        return (self.beside if isinstance(self.beside, str) else self.beside.name,)

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle [GeV] that the first step and the second allow."""
        other = self._other
        # each step leaves this much to a massless particle, and takes this much for each GeV of a heavier one
        steps = (
            (self.first.max_mass - self.mediator.mass, self.mediator.ratio),
            (self.mediator.mass - other.mass, 1 + other.ratio - self.mediator.ratio),
        )
        limits = [left / taken if taken > 0 else np.inf if taken < 0 or left > 0 else 0.0 for left, taken in steps]
        return float(max(0.0, min(*limits, self.first.max_mass)))

    @property
    def min_mass(self) -> float:
        """The lightest long-lived particle [GeV] for which the mediator is heavy enough to decay."""
        other = self._other
        excess = 1 + other.ratio - self.mediator.ratio
        return float(max(0.0, (self.mediator.mass - other.mass) / excess)) if excess < 0 else 0.0

    @property
    def _other(self) -> NewParticle:
        return NewParticle(self.beside, product_mass(self.beside)) if isinstance(self.beside, str) else self.beside

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Number of chances to make the mediator."""
        return self.first.exposure(offer, self.mediator.mass_beside(mass))

    def system(self, mass: float) -> RecoilSystem:
        """What the mediator decays to beside the long-lived particle."""
        return OneRecoil(self.recoil[0], float(self._other.mass_beside(mass)))

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV]: mediators as nature makes them, their decays aimed.

        Where the spectrum of the parents at the beginning is known, half of the events are turned towards an incomplete
        aim as a whole.
        """
        self.require(mass)
        mediators = self._mediators(offer, mass)
        sampler = Sampler(mediators, self.system(float(mass)), aim)
        top = mediators.ancestors
        if sampling == "random" or aim.complete or top.spectrum is None or not mediators.pointlike:
            return sampler.draw(float(mass), n, seed, sampling)

        def natural(points: Array, _: NDArray[np.bool_]) -> tuple[Flights, Array]:
            return sampler.natural(points, float(mass)), top.draw(points[:, : top.dimension]).momentum

        return aimed_events(natural, sampler.dimension, top.spectrum, aim, n, seed, sampling)

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The long-lived particles of one mass [GeV], as parents of others."""
        self.require(mass)
        above = self._mediators(offer, mass)
        sampler = Sampler(above, self.system(float(mass)))
        return Parents(
            above.number,
            lambda points: sampler.natural(points, float(mass)),
            sampler.dimension,
            pointlike=above.pointlike,
            top=above.ancestors,
        )

    def _mediators(self, offer: Offer, mass: float) -> Parents:
        return self.first.parents(offer, float(self.mediator.mass_beside(mass)))
