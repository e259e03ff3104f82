"""What recoils against a long-lived particle in the decay that makes it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from farflung.lpp.errors import ProcessError
from farflung.lpp.flights import Recoil
from farflung.lpp.sampling.kinematics import carried, frames, momentum_in_rest_frame, unit_vectors
from farflung.lpp.sampling.tails import towards_both_ends

Array = NDArray[np.float64]

SquaredAmplitude = Callable[[float, Array, Array], Array]
"""|M|^2 (n,), in any unit, of the long-lived particle's mass [GeV], and of s and q^2 (n,) [GeV^2], see `TwoRecoils`."""

_NODES = 513
"""Recoil masses at which their distribution is tabulated."""

_ANGLES = 24
"""Angles of particle 1 over which the squared amplitude is averaged."""

_CONDITIONAL = np.linspace(-1.0, 1.0, 65)


class RecoilSystem(ABC):
    """One or more particles that recoil against a long-lived particle, as one body with a mass.

    Attributes
    ----------
    names
        PDG names of the particles.
    dimension
        Coordinates of the unit cube that the system takes.
    """

    names: tuple[str, ...]
    dimension: int

    @abstractmethod
    def mass(self, points: Array, *, ends: bool = True) -> tuple[Array, Array | None]:
        """Masses [GeV] from points (n, dimension), one for all or (n,), and weights (n,) of mean 1, if they differ.

        The ends of their distribution are drawn more often, unless `ends` is False.
        """

    @abstractmethod
    def momenta(self, momentum: Array, mass: Array, particle: Array, points: Array) -> tuple[Recoil, ...]:
        """What the system consists of.

        Parameters
        ----------
        momentum
            Momenta (n, 3) [GeV] of the system in the lab.
        mass
            Its masses [GeV], as `mass` gave them.
        particle
            Momenta (n, 3) [GeV] of the long-lived particles in the lab.
        points
            The same points (n, dimension).
        """


@dataclass(frozen=True)
class OneRecoil(RecoilSystem):
    """A single particle.

    Parameters
    ----------
    name
        PDG name.
    only_mass
        Mass [GeV].
    """

    name: str
    only_mass: float
    dimension = 0

    @property
    def names(self) -> tuple[str, ...]:  # type: ignore[override]
        """The name."""
        return (self.name,)

    def mass(self, points: Array, *, ends: bool = True) -> tuple[Array, Array | None]:
        """The mass, for all."""
        return np.asarray(self.only_mass), None

    def momenta(self, momentum: Array, mass: Array, particle: Array, points: Array) -> tuple[Recoil, ...]:
        """The system's."""
        return (Recoil(self.name, momentum),)


@dataclass(frozen=True, eq=False)
class TwoRecoils(RecoilSystem):
    """Two particles 1 and 2 beside the long-lived particle X, in the decay of a parent P at rest.

    With s = (p_1 + p_2)^2 their invariant mass squared and q^2 = (p_P - p_1)^2 = (p_2 + p_X)^2, the rate is
    dGamma = |M|^2(s, q^2) p_X k d(sqrt s) d(cos theta), where p_X is X's momentum in P's rest frame, and k and theta
    those of 1 in the frame in which 1 and 2 are at rest together. The mass sqrt s is drawn from a table of that
    distribution, more often near its ends, and weighed exactly; the angle theta is drawn from a table too.

    Parameters
    ----------
    names
        PDG names of 1 and 2.
    masses
        Their masses [GeV].
    parent_mass, particle_mass
        Masses of P and X [GeV].
    squared_amplitude
        |M|^2 of X's mass, s and q^2; constant if None.

    Raises
    ------
    ProcessError
        If the squared amplitude is negative, not finite, or zero everywhere.
    """

    names: tuple[str, str]
    masses: tuple[float, float]
    parent_mass: float
    particle_mass: float
    squared_amplitude: SquaredAmplitude | None = None
    dimension = 3

    @property
    def _range(self) -> tuple[float, float]:
        high = self.parent_mass - self.particle_mass
        # two massless particles without energy have no frame in which they are at rest
        return max(sum(self.masses), 1e-6 * high), high

    @cached_property
    def _table(self) -> tuple[Array, Array, float]:
        """Distribution (nodes,) in the coordinate t of `_place`, its integral up to each node, and the whole one."""
        t = np.linspace(0.0, 1.0, _NODES)
        density = self._density(t)
        if not (np.isfinite(density) & (density >= 0)).all() or not density.any():
            raise ProcessError(f"the squared amplitude beside {' '.join(self.names)} is negative, not finite or zero")
        self._require_smooth(density)
        step = (density[1:] + density[:-1]) / 2 / (_NODES - 1)
        integral = np.concatenate([[0.0], np.cumsum(step)])
        # the density vanishes at both ends, where the trapezoidal rule is at its best
        return density, integral / integral[-1], float(integral[-1])

    def _require_smooth(self, density: Array) -> None:
        """Complain if nodes between the nodes, and more angles, would change the distribution."""
        finer = self._density(np.linspace(0.0, 1.0, 2 * _NODES - 1), angles=2 * _ANGLES)
        apart = np.abs(finer[1::2] - (finer[:-1:2] + finer[2::2]) / 2).sum() / finer.sum()
        if apart > 1e-2 or np.abs(finer[::2] - density).sum() > 1e-2 * density.sum():
            raise ProcessError(
                f"the squared amplitude beside {' '.join(self.names)} changes faster than its table of {_NODES} recoil "
                "masses can follow; make its peaks wider, or make them decays of particles of their own"
            )

    def _place(self, t: Array) -> Array:
        """Recoil masses for coordinates t between 0 and 1, dense at both ends, where phase space has square roots."""
        low, high = self._range
        return np.asarray(np.clip(low + (high - low) * (1 - np.cos(np.pi * t)) / 2, low, high))

    def _density(self, t: Array, angles: int = _ANGLES) -> Array:
        """Unnormalised rate for each interval of t."""
        low, high = self._range
        place = self._place(t)
        stretch = (high - low) * np.pi * np.sin(np.pi * t) / 2
        rate = self._momentum(place) * momentum_in_rest_frame(place, *self.masses) * stretch
        if self.squared_amplitude is None:
            return np.asarray(rate)
        cosines, weights = np.polynomial.legendre.leggauss(angles)
        s, cosine = np.broadcast_arrays(place[:, None] ** 2, cosines)
        return np.asarray(rate * (self._squared(s, cosine) @ weights) / 2)

    def _momentum(self, place: Array) -> Array:
        """Momentum [GeV] of X in P's rest frame."""
        return momentum_in_rest_frame(self.parent_mass, self.particle_mass, place)

    def _squared(self, s: Array, cosine: Array) -> Array:
        """|M|^2 for s [GeV^2] and cos theta of particle 1, counted from the direction of 1 and 2 together."""
        assert self.squared_amplitude is not None
        place = np.sqrt(s)
        one, two = self.masses
        k = momentum_in_rest_frame(place, one, two)
        energy = (self.parent_mass**2 - s - self.particle_mass**2) / (2 * place)
        momentum = np.sqrt(np.maximum(energy**2 - self.particle_mass**2, 0.0))
        # X flies against the direction from which theta counts, and so does 2 if 1 does not
        q2 = two**2 + self.particle_mass**2 + 2 * (np.hypot(k, two) * energy - k * momentum * cosine)
        # at the ends of phase space rounding must not lead out of it
        q2 = np.clip(q2, (two + self.particle_mass) ** 2, (self.parent_mass - one) ** 2)
        return np.asarray(self.squared_amplitude(self.particle_mass, s.ravel(), q2.ravel())).reshape(s.shape)

    def mass(self, points: Array, *, ends: bool = True) -> tuple[Array, Array | None]:
        """Masses (n,) from points (n, 3), of which the last coordinate counts, and weights (n,)."""
        density, integral, total = self._table
        u, weight = towards_both_ends(points[:, 2], 0.4, 0.15) if ends else (points[:, 2], np.ones(len(points)))
        cell = np.clip(np.searchsorted(integral, u, side="right") - 1, 0, _NODES - 2)
        # the integral of a straight line from one node to the next, solved for the place
        a, b = density[cell] / total, density[cell + 1] / total
        wanted = (u - integral[cell]) * (_NODES - 1)
        root = np.sqrt(np.maximum(a**2 + 2 * (b - a) * wanted, 0.0))
        within = np.clip(2 * wanted / np.maximum(a + root, 1e-300), 0.0, 1.0)
        t = (cell + within) / (_NODES - 1)
        drawn = a + (b - a) * within
        exact = self._density(t) / total
        weight = weight * np.where(drawn > 0, exact / np.where(drawn > 0, drawn, 1.0), 0.0)
        return self._place(t), weight

    def momenta(self, momentum: Array, mass: Array, particle: Array, points: Array) -> tuple[Recoil, ...]:
        """Momenta of 1 and 2: theta from the first coordinate, the azimuth from the second."""
        # the velocity as beta gamma, since a light pair is too fast for 1 - beta^2
        beta_gamma = momentum / mass[:, None]
        particle_energy = np.sqrt((particle**2).sum(axis=1) + self.particle_mass**2)
        # where X flies as seen by 1 and 2 together
        seen = carried(particle_energy, particle, -beta_gamma)
        axis = -seen / np.maximum(np.linalg.norm(seen, axis=1), 1e-300)[:, None]
        cosine = self._cosines(mass, points[:, 0])
        about = np.einsum("ni,nij->nj", unit_vectors(cosine, 2 * np.pi * points[:, 1]), frames(axis))
        local = about * momentum_in_rest_frame(mass, *self.masses)[:, None]
        found = []
        for name, own, sign in zip(self.names, self.masses, (1, -1), strict=True):
            own_energy = np.sqrt((local**2).sum(axis=1) + own**2)
            found.append(Recoil(name, carried(own_energy, sign * local, beta_gamma)))
        return tuple(found)

    def _cosines(self, mass: Array, points: Array) -> Array:
        if self.squared_amplitude is None:
            return 2 * points - 1
        s, cosine = np.broadcast_arrays(mass[:, None] ** 2, _CONDITIONAL)
        squared = self._squared(s, cosine)
        integral = np.cumsum((squared[:, 1:] + squared[:, :-1]) / 2, axis=1)
        integral = np.concatenate([np.zeros((len(mass), 1)), integral], axis=1)
        wanted = points * integral[:, -1]
        cell = np.clip((integral <= wanted[:, None]).sum(axis=1) - 1, 0, len(_CONDITIONAL) - 2)
        row = np.arange(len(mass))
        width = integral[row, cell + 1] - integral[row, cell]
        within = np.where(width > 0, (wanted - integral[row, cell]) / np.where(width > 0, width, 1.0), points)
        return np.asarray(_CONDITIONAL[cell] + within * (_CONDITIONAL[1] - _CONDITIONAL[0]))
