"""Which decays are seen, by where their products go."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import Flights
from farflung.lpp import standard_model as sm
from farflung.lpp.sampling.kinematics import momentum_in_rest_frame, unit_vectors

Array = NDArray[np.float64]

DAUGHTERS: dict[str, tuple[str, str]] = {
    "gammagamma": ("gamma", "gamma"),
    "ee": ("e-", "e+"),
    "mumu": ("mu-", "mu+"),
    "tautau": ("tau-", "tau+"),
    "pipi": ("pi-", "pi+"),
    "KK": ("K-", "K+"),
}
"""The two products of the final states that decay products can be asked of."""


def is_open(state: str, mass: float) -> bool:
    """Whether the final state is one of `DAUGHTERS` and a particle of this mass [GeV] can decay into it."""
    return state in DAUGHTERS and mass > sum(_masses(state))


def _masses(state: str) -> list[float]:
    return [0.0 if name == "gamma" else sm.mass(name) for name in DAUGHTERS[state]]


class DecaySelection(ABC):
    """Decides which decays are seen, by the place of the decay and the momenta of its two products.

    A subclass writes `_accepts`. Products fly straight from where they are made; spin-0 particles decay evenly in
    all directions of their rest frame.
    """

    @abstractmethod
    def _accepts(self, point: Array, momenta: tuple[Array, Array], names: tuple[str, str]) -> Array:
        """Probability (n,) to see decays at points (n, 3) [m] into two products of momenta (n, 3) [GeV]."""

    def accepts(self, state: str, flights: Flights, point: Array, decay: Array) -> Array:
        """Probability to see each decay.

        Parameters
        ----------
        state
            One of the final states in `DAUGHTERS`.
        flights
            n long-lived particles.
        point
            Where they decay (n, 3) [m].
        decay
            Points (n, 2) of the unit square: decay angle and azimuth in the rest frame.

        Returns
        -------
        numpy.ndarray
            (n,), between 0 and 1.

        Raises
        ------
        DetectorError
            If the final state has no two products, or the particle is too light for them.
        """
        if state not in DAUGHTERS:
            raise DetectorError(
                f"final state = {state!r} has no two products that could be asked for; use {', '.join(DAUGHTERS)}"
            )
        names = DAUGHTERS[state]
        masses = _masses(state)
        if not is_open(state, flights.mass):
            raise DetectorError(f"mass = {flights.mass:g} GeV is too small to decay into {state}")
        p_star = momentum_in_rest_frame(flights.mass, *masses)
        local = p_star * unit_vectors(2 * decay[:, 0] - 1, 2 * np.pi * decay[:, 1])
        # along the flight, with the boost as gamma and beta gamma, which 1 - beta^2 of a fast particle would spoil
        direction, gamma = flights.direction, flights.energy / flights.mass
        along = np.einsum("ij,ij->i", local, direction)
        momenta = [
            sign * local
            + ((gamma - 1) * sign * along + flights.beta_gamma * np.hypot(p_star, mass))[:, None] * direction
            for sign, mass in zip((1, -1), masses, strict=True)
        ]
        accepted = np.asarray(self._accepts(point, (momenta[0], momenta[1]), names), dtype=float)
        return np.asarray(np.clip(accepted, 0.0, 1.0))


class DecayMixture(DecaySelection):
    """Several final states at once, each with its share of all decays.

    Parameters
    ----------
    products
        Which decays are seen.
    shares
        Share of each final state: its branching ratio, times its efficiency.
    """

    def __init__(self, products: DecaySelection, shares: Mapping[str, float]) -> None:
        self.products = products
        self.shares = dict(shares)

    def accepts(self, state: str, flights: Flights, point: Array, decay: Array) -> Array:
        """Probability (n,) to see each decay, whatever it decays to; `state` does not matter."""
        seen = np.zeros(len(flights))
        for name, share in self.shares.items():
            seen += share * self.products.accepts(name, flights, point, decay)
        return seen

    def _accepts(self, point: Array, momenta: tuple[Array, Array], names: tuple[str, str]) -> Array:
        return self.products._accepts(point, momenta, names)
