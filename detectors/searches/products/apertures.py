"""Decay products that must hit surfaces across the beam."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.searches.products.decay_selection import DecaySelection
from farflung.lpp import ProcessError, final_state
from farflung.lpp.decays.final_states import UNSEEN_PARTICLES, product_mass
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Aperture(PlainArguments, argument_error=DetectorError):
    """A surface at one z, through which products must pass that are made before it.

    Parameters
    ----------
    z
        Where it is [m].
    shape
        Its shape in x and y [m].
    kick
        Transverse momentum (2,) [GeV], times the charge, that a magnet has given since the aperture before.
    kick_z
        Where the middle of that magnet is [m]; what is made behind it is not bent.
    """

    z: float
    shape: shapely.Polygon
    kick: tuple[float, float] = (0.0, 0.0)
    kick_z: float = 0.0

    def hit(self, point: Array, momentum: Array, charge: float) -> NDArray[np.bool_]:
        """Whether straight products (n,) from points (n, 3) [m] with momenta (n, 3) [GeV] pass through it."""
        place = self.place(point, momentum, charge)
        ahead = (momentum[:, 2] > 0) & (point[:, 2] <= self.z)
        return np.asarray(shapely.contains_xy(self.shape, place[:, 0], place[:, 1]) & ahead)

    def place(self, point: Array, momentum: Array, charge: float) -> Array:
        """Where (n, 2) [m] products cross the plane of the aperture."""
        with np.errstate(divide="ignore", invalid="ignore"):
            slope = momentum[:, :2] / momentum[:, 2:]
            bend = charge * np.asarray(self.kick) / momentum[:, 2:] * (self.z - self.kick_z)
            bend = np.where(point[:, 2:] < self.kick_z, bend, 0.0)
        return np.asarray(point[:, :2] + slope * (self.z - point[:, 2:]) + (bend if charge else 0.0))


@dataclass(frozen=True)
class Requirement(PlainArguments, argument_error=DetectorError):
    """What the products of a final state must do; neutrinos and the like do not count.

    Parameters
    ----------
    apertures
        A product hits if it passes through all of these.
    hits
        How many products must hit, at least 1.
    energy
        Lowest and highest energy [GeV] that each product that hits may have.
    hardest
        Least energy [GeV] of the hardest product that hits.
    total
        Least energy [GeV] of the products that hit, together.
    separation
        Least distance [m] between any two that hit, at the last aperture.

    Raises
    ------
    DetectorError
        If there is no aperture, or `hits` is not at least 1.
    """

    apertures: tuple[Aperture, ...]
    hits: int
    energy: tuple[float, float] = (0.0, np.inf)
    hardest: float = 0.0
    total: float = 0.0
    separation: float = 0.0

    def __post_init__(self) -> None:
        if not self.apertures:
            raise DetectorError("apertures of a requirement are empty; give at least one")
        if self.hits < 1:
            raise DetectorError(f"hits = {self.hits} must be at least 1")

    def met(self, point: Array, momenta: Sequence[Array], charges: Sequence[float], masses: Sequence[float]) -> Array:
        """Whether (n,), as 1 or 0, products of points (n, 3) [m] meet it."""
        hit = np.stack(
            [
                np.logical_and.reduce([aperture.hit(point, momentum, charge) for aperture in self.apertures])
                for momentum, charge in zip(momenta, charges, strict=True)
            ]
        )
        energy = np.stack([np.sqrt((p**2).sum(axis=1) + m**2) for p, m in zip(momenta, masses, strict=True)])
        caught = np.where(hit, energy, 0.0)
        low, high = self.energy
        good = hit.sum(axis=0) >= self.hits
        good &= (~hit | ((energy >= low) & (energy <= high))).all(axis=0)
        good &= (caught.max(axis=0) >= self.hardest) & (caught.sum(axis=0) >= self.total)
        if self.separation:
            last = self.apertures[-1]
            places = [last.place(point, p, q) for p, q in zip(momenta, charges, strict=True)]
            for i, j in combinations(range(len(places)), 2):
                apart = np.hypot(*(places[i] - places[j]).T) >= self.separation
                good &= ~(hit[i] & hit[j]) | apart
        return np.asarray(good, dtype=float)


class Apertures(DecaySelection):
    """Products fly straight on, or bent once, and must hit surfaces across the beam.

    Parameters
    ----------
    requirements
        What is asked of each final state, by its name in `farflung.lpp.final_state_names`. Those that are not named
        are not seen, unless `others` says more.
    others
        What is asked of all final states that are not named.

    Raises
    ------
    DetectorError
        If a final state does not exist, or its products are not known one by one.
    """

    def __init__(self, requirements: Mapping[str, Requirement], others: Requirement | None = None) -> None:
        self.requirements = dict(requirements)
        self.others = others
        self._by_names: dict[tuple[str, ...], Requirement] = {}
        for state, requirement in self.requirements.items():
            try:
                products = final_state(state).products
            except ProcessError as problem:
                raise DetectorError(f"requirements[{state!r}]: {problem}") from problem
            if not products:
                raise DetectorError(f"requirements[{state!r}]: its products are not known one by one")
            self._by_names[products] = requirement

    def knows(self, state: str) -> bool:
        """Whether there is a requirement for this final state."""
        products = final_state(state).products
        return products in self._by_names or (self.others is not None and bool(products))

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        requirement = self._by_names.get(names, self.others)
        seen = [(name, momentum) for name, momentum in zip(names, momenta, strict=True) if name not in UNSEEN_PARTICLES]
        if requirement is None or not seen:
            return np.zeros(len(point))
        charges = [float(name.count("+") - name.count("-")) for name, _ in seen]
        return requirement.met(point, [p for _, p in seen], charges, [product_mass(name) for name, _ in seen])
