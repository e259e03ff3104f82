"""Which decays are seen, by where their products go."""

from abc import ABC, abstractmethod
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.lpp import FinalState, Flights, final_state
from farflung.lpp.decays.phase_space import MatrixElement, coordinates, matrix_weights, momenta_at_rest
from farflung.lpp.plain_arguments import PlainArguments

Array = NDArray[np.float64]


class DecaySelection(PlainArguments, ABC, argument_error=DetectorError):
    """Decides which decays are seen, by the place of the decay and the momenta of its products.

    A subclass writes `_accepts`. Products fly straight from where they are made, by phase space in the particle's rest
    frame, weighed by a matrix element where a model gives one.
    """

    @abstractmethod
    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        """Probability (n,) to see decays at points (n, 3) [m] into products of momenta (n, 3) [GeV] with PDG names."""

    def knows(self, state: str) -> bool:
        """Whether decays into this final state may be seen at all: not if their products are not known one by one."""
        return bool(final_state(state).products)

    def coordinates(self, state: str) -> int:
        """Coordinates of the unit cube that a decay into this final state takes."""
        return coordinates(len(_with_products(state).products))

    def accepts(
        self, state: str, flights: Flights, point: Array, decay: Array, matrix_element: MatrixElement | None = None
    ) -> Array:
        """Probability to see each decay, times the weight of its momenta, whose mean is 1.

        Parameters
        ----------
        state
            A final state whose products are known.
        flights
            n long-lived particles.
        point
            Where they decay (n, 3) [m].
        decay
            Points (n, k) of the unit cube, with as many coordinates as `coordinates` says, or more: decay angle and
            azimuth in the rest frame, and what more than two products take.
        matrix_element
            |M|^2 of the decay; None for phase space.

        Returns
        -------
        numpy.ndarray
            (n,), at least 0; for two products by phase space no more than 1.

        Raises
        ------
        DetectorError
            If the products of the final state are not known, or the particle is too light for them.
        """
        known = _with_products(state)
        if not known.is_open(flights.mass):
            raise DetectorError(f"mass = {flights.mass:g} GeV is too small to decay into {state}")
        used = coordinates(len(known.products))
        local, weight = momenta_at_rest(flights.mass, known.masses, decay[:, :used])
        if matrix_element is not None:
            weight = weight * matrix_weights(flights.mass, known.masses, matrix_element, local)
        # along the flight, with the boost as gamma and beta gamma, which 1 - beta^2 of a fast particle would spoil
        direction, gamma = flights.direction, flights.energy / flights.mass
        momenta = []
        for rest, mass in zip(local, known.masses, strict=True):
            along = np.einsum("ij,ij->i", rest, direction)
            energy = np.sqrt(np.einsum("ij,ij->i", rest, rest) + mass**2)
            momenta.append(rest + ((gamma - 1) * along + flights.beta_gamma * energy)[:, None] * direction)
        accepted = np.asarray(self._accepts(point, tuple(momenta), known.products), dtype=float)
        return np.asarray(np.clip(accepted, 0.0, 1.0) * weight)


class DecayMixture(DecaySelection):
    """Several final states at once, each with its share of all decays.

    Parameters
    ----------
    products
        Which decays are seen.
    shares
        Share of each final state: its branching ratio, times its efficiency.
    matrix_elements
        |M|^2 of those final states that do not decay by phase space.
    """

    def __init__(
        self,
        products: DecaySelection,
        shares: Mapping[str, float],
        matrix_elements: Mapping[str, MatrixElement] | None = None,
    ) -> None:
        self.products = products
        self.shares = dict(shares)
        self.matrix_elements = dict(matrix_elements or {})

    def coordinates(self, state: str) -> int:
        """As many as the final state with the most products takes; `state` does not matter."""
        return max(self.products.coordinates(name) for name in self.shares)

    def accepts(
        self, state: str, flights: Flights, point: Array, decay: Array, matrix_element: MatrixElement | None = None
    ) -> Array:
        """Probability (n,) to see each decay, whatever it decays to; `state` does not matter."""
        seen = np.zeros(len(flights))
        for name, share in self.shares.items():
            seen += share * self.products.accepts(name, flights, point, decay, self.matrix_elements.get(name))
        return seen

    def _accepts(self, point: Array, momenta: tuple[Array, ...], names: tuple[str, ...]) -> Array:
        return self.products._accepts(point, momenta, names)


def _with_products(state: str) -> FinalState:
    """The final state, if its products can be asked for."""
    known = final_state(state)
    if not known.products:
        raise DetectorError(f"final state = {state!r}: its products are not known one by one, so none can be asked for")
    return known
