"""Decays that make a long-lived particle: beside one particle, or beside two."""

from abc import abstractmethod
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.lpp import standard_model
from farflung.lpp.decays.final_states import product_mass
from farflung.lpp.errors import MassRangeError, ProcessError
from farflung.lpp.flights import Flights
from farflung.lpp.production.process import Offer, Process, the_offer
from farflung.lpp.sampling.aim import EVERYWHERE, Aim
from farflung.lpp.sampling.kinematics import momentum_in_rest_frame
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.recoil_system import OneRecoil, RecoilSystem, SquaredAmplitude, TwoRecoils
from farflung.lpp.sampling.sampler import Sampler
from farflung.lpp.sampling.unit_points import Drawing

Array = NDArray[np.float64]

DecayRate = Callable[[float, Array], Array]
"""dGamma/dq^2 (n,), in any unit, of the long-lived particle's mass [GeV] and of q^2 (n,) [GeV^2]."""


class Decay(Process):
    """The decay of a parent that a source offers into the long-lived particle and something else."""

    @abstractmethod
    def system(self, mass: float) -> RecoilSystem:
        """What recoils against a particle of this mass [GeV]."""

    def exposure(self, offer: Offer, mass: Array) -> Array:
        """Number of parents."""
        return np.full(np.shape(mass), the_offer(self, offer, Parents).number)

    def sample(
        self, offer: Offer, mass: float, *, n: int, seed: int, sampling: Drawing = "aimed", aim: Aim = EVERYWHERE
    ) -> Flights:
        """Draw particles of one mass [GeV]; see `Sampler`."""
        self.require(mass)
        sampler = Sampler(the_offer(self, offer, Parents), self.system(float(mass)), aim)
        return sampler.draw(float(mass), n, seed, sampling)

    def parents(self, offer: Offer, mass: float) -> Parents:
        """The long-lived particles of one mass [GeV], as parents of others."""
        self.require(mass)
        above = the_offer(self, offer, Parents)
        sampler = Sampler(above, self.system(float(mass)))
        return Parents(
            above.number,
            lambda points: sampler.natural(points, float(mass)),
            sampler.dimension,
            azimuth=above.azimuth,
            pointlike=above.pointlike,
            top=above.ancestors,
        )


class ParticleDecay(Decay):
    """The decay of a known particle.

    Attributes
    ----------
    parent
        PDG name, as `particle` writes it: ``"B+"``.
    """

    parent: str

    @property
    def initial(self) -> str:
        """The parent."""
        return self.parent

    def __str__(self) -> str:
        return f"{self.parent} -> {' '.join(self.recoil)}"

    @property
    def parent_mass(self) -> float:
        """Mass of the parent [GeV]."""
        return standard_model.mass(self.parent)

    @property
    def max_mass(self) -> float:
        """The heaviest long-lived particle that the decay can make [GeV]."""
        return self.parent_mass - sum(product_mass(name) for name in self.recoil)

    def require(self, mass: ArrayLike) -> None:
        """Raise `MassRangeError` unless particles of these masses [GeV] can be made."""
        heaviest = float(np.max(mass, initial=0.0))
        if not heaviest < self.max_mass:
            raise MassRangeError(
                f"mass = {heaviest:g} GeV is above {' - '.join(f'm({n})' for n in (self.parent, *self.recoil))} = "
                f"{self.max_mass:.4f} GeV, so {self} + X cannot happen; choose a smaller mass"
            )


@dataclass(frozen=True)
class TwoBodyDecay(ParticleDecay):
    """The decay of a parent into one daughter and the long-lived particle, such as ``B+ -> K+ X``.

    Parameters
    ----------
    parent, daughter
        PDG names as `particle` writes them: ``"B+"``, ``"K+"``, ``"K*(892)0"``.
    """

    parent: str
    daughter: str

    __str__ = ParticleDecay.__str__

    @classmethod
    def parse(cls, text: str) -> "TwoBodyDecay":
        """Read ``"B+ -> K+"``.

        Raises
        ------
        ProcessError
            If the text is not of the form ``"parent -> daughter"``.
        """
        decay = parse_decay(text)
        if not isinstance(decay, cls):
            raise ProcessError(f"process = {text!r} has more than one daughter; write it as in 'B+ -> K+'")
        return decay

    @property
    def recoil(self) -> tuple[str, ...]:
        """The daughter."""
        return (self.daughter,)

    @property
    def daughter_mass(self) -> float:
        """Mass of the daughter [GeV]."""
        return product_mass(self.daughter)

    def system(self, mass: float) -> RecoilSystem:
        """The daughter."""
        return OneRecoil(self.daughter, self.daughter_mass)


@dataclass(frozen=True)
class ThreeBodyDecay(ParticleDecay):
    """The decay of a parent into two particles and the long-lived one, such as ``D0 -> K- mu+ X``.

    By phase space, unless the model that has the decay says more in one of two ways, by a function of a module (a
    lambda could not be sent to the processes that share the work). With q = p(parent) - p(first), as in the leptons'
    momentum of a semileptonic decay:

    Parameters
    ----------
    parent
        PDG name.
    first, second
        PDG names of what flies beside the long-lived particle.
    squared_amplitude
        |M|^2, in any unit, as a function of the long-lived particle's mass [GeV], of s = (p(first) + p(second))^2 and
        of q^2, both (n,) [GeV^2].
    decay_rate
        dGamma/dq^2, in any unit, as a function of the long-lived particle's mass [GeV] and of q^2 (n,) [GeV^2]: then
        q decays evenly in all directions of its rest frame. Like every decay's it should vanish at both ends of q^2;
        for one that does not, what flies beside is off by some 20 % near the ends.

    Raises
    ------
    ProcessError
        If both ways are given.
    """

    parent: str
    first: str
    second: str
    squared_amplitude: SquaredAmplitude | None = None
    decay_rate: DecayRate | None = None

    __str__ = ParticleDecay.__str__

    def __post_init__(self) -> None:
        if self.squared_amplitude is not None and self.decay_rate is not None:
            raise ProcessError(f"process = '{self}' has both squared_amplitude and decay_rate; give one of them")

    @property
    def recoil(self) -> tuple[str, ...]:
        """Both particles."""
        return (self.first, self.second)

    def system(self, mass: float) -> RecoilSystem:
        """Both particles."""
        return TwoRecoils(
            (self.first, self.second),
            (product_mass(self.first), product_mass(self.second)),
            self.parent_mass,
            mass,
            self.squared_amplitude if self.decay_rate is None else self._amplitude_of_rate,
        )

    def _amplitude_of_rate(self, mass: float, s: Array, q2: Array) -> Array:
        """|M|^2 of a decay whose rate dGamma/dq^2 is |M|^2 times the momenta of both steps, over q."""
        assert self.decay_rate is not None
        first, second = (product_mass(name) for name in self.recoil)
        q = np.sqrt(q2)
        one = momentum_in_rest_frame(self.parent_mass, np.minimum(first, self.parent_mass - q), q)
        two = momentum_in_rest_frame(q, np.minimum(second, q - mass), mass)
        space = one * two / q
        open_ = space > 1e-12 * self.parent_mass
        return np.where(open_, self.decay_rate(mass, q2) / np.where(open_, space, 1.0), 0.0)


def parse_decay(text: str) -> TwoBodyDecay | ThreeBodyDecay:
    """Read ``"B+ -> K+"`` or ``"D0 -> K- mu+"``: the long-lived particle goes without saying.

    Raises
    ------
    ProcessError
        If the text is not of this form, or a particle is unknown.
    """
    sides = [side.split() for side in str(text).split("->")]
    if len(sides) != 2 or len(sides[0]) != 1 or len(sides[1]) not in (1, 2):
        raise ProcessError(f"process = {text!r} is not a decay; write it as in 'B+ -> K+' or 'D0 -> K- mu+'")
    if "X" in sides[1]:
        without = f"{sides[0][0]} -> {' '.join(name for name in sides[1] if name != 'X')}"
        raise ProcessError(f"process = {text!r}: the long-lived particle goes without saying, so write {without!r}")
    for name in (*sides[0], *sides[1]):
        product_mass(name)
    (parent,), daughters = sides
    if standard_model.charge(parent) != sum(map(standard_model.charge, daughters)):
        raise ProcessError(f"process = {text!r} does not keep the electric charge; X has none")
    if standard_model.mass(parent) <= sum(map(product_mass, daughters)):
        raise ProcessError(f"process = {text!r} cannot happen: {' '.join(daughters)} is no lighter than {parent}")
    return (
        TwoBodyDecay(parent, daughters[0])
        if len(daughters) == 1
        else ThreeBodyDecay(parent, daughters[0], daughters[1])
    )
