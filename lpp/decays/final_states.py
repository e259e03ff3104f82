"""Final states by name: one list, which models extend."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import ProcessError
from farflung.lpp.spelling import nearest

INVISIBLE = "invisible"
"""Name of the final state that no detector sees."""

UNSEEN_PARTICLES = frozenset({"nu(e)", "nu(mu)", "nu(tau)", "nu(e)~", "nu(mu)~", "nu(tau)~", "chi"})
"""Products that leave no trace in any detector; "chi" stands for dark matter of negligible mass."""


@dataclass(frozen=True)
class FinalState:
    """What a long-lived particle decays to.

    Parameters
    ----------
    name
        Short, as in ``"mumu"``: what widths, searches and efficiencies call it.
    products
        PDG names of the products; empty where they are not known one by one, as for ``"hadrons"``.

    Raises
    ------
    ProcessError
        If the name is no word, there is a single product, or a product is unknown.

    Examples
    --------
    >>> FinalState("numumu", ("nu(mu)", "mu-", "mu+")).seen
    ('mu-', 'mu+')
    """

    name: str
    products: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.name.isalnum():
            raise ProcessError(f"name = {self.name!r} of a final state must be letters and digits, as in 'mumu'")
        if len(self.products) == 1:
            raise ProcessError(f"products = {self.products} of final state {self.name!r} must be at least two, or none")
        for product in self.products:
            product_mass(product)

    @cached_property
    def masses(self) -> tuple[float, ...]:
        """Masses of the products [GeV]."""
        return tuple(product_mass(name) for name in self.products)

    @property
    def seen(self) -> tuple[str, ...]:
        """Products that detectors may see."""
        return tuple(name for name in self.products if name not in UNSEEN_PARTICLES)

    @property
    def is_invisible(self) -> bool:
        """Whether no detector sees any of it: ``"invisible"``, or neutrinos alone."""
        return self.name == INVISIBLE or bool(self.products and not self.seen)

    def is_open(self, mass: float) -> bool:
        """Whether the products are known, and a particle of this mass [GeV] can decay into them."""
        return bool(self.products) and mass > sum(self.masses)


def product_mass(name: str) -> float:
    """Mass [GeV] of a product; neutrinos have none.

    Raises
    ------
    ProcessError
        If there is no such particle.
    """
    return 0.0 if name == "gamma" or name in UNSEEN_PARTICLES else sm.mass(name)


_STATES: dict[str, FinalState] = {}


def register_final_state(name: str, products: Iterable[str] | str = ()) -> FinalState:
    """Add a final state to the list, for all models and searches.

    Parameters
    ----------
    name
        Its name.
    products
        PDG names of what it consists of, or one text with blanks between them: ``"nu(mu) mu- mu+"``.

    Raises
    ------
    ProcessError
        If the name stands for other products already, or as for `FinalState`.
    """
    state = FinalState(name, tuple(products.split() if isinstance(products, str) else products))
    if _STATES.get(name, state) != state:
        raise ProcessError(
            f"final state = {name!r} is registered with {' '.join(_STATES[name].products) or 'no products'}; "
            "choose another name"
        )
    _STATES[name] = state
    return state


def final_state_names() -> tuple[str, ...]:
    """All names in the list, in order of registration."""
    return tuple(_STATES)


def final_state(name: str) -> FinalState:
    """The final state of this name.

    Raises
    ------
    ProcessError
        If it is in no list; the message has the nearest names.
    """
    if name not in _STATES:
        raise ProcessError(
            f"final state = {name!r} is in no list; did you mean {nearest(name, _STATES)}? "
            "A new one is added by farflung.lpp.register_final_state"
        )
    return _STATES[name]


for _name, _products in {
    "gammagamma": "gamma gamma",
    "ee": "e- e+",
    "mumu": "mu- mu+",
    "tautau": "tau- tau+",
    "pipi": "pi- pi+",
    "KK": "K- K+",
    "pipipi0": "pi- pi+ pi0",
    "pi0gamma": "pi0 gamma",
    "3gamma": "gamma gamma gamma",
    "nunu": "nu(e) nu(e)~",
    "epi": "e- pi+",
    "mupi": "mu- pi+",
    "nuee": "nu(e) e- e+",
    "numumu": "nu(mu) mu- mu+",
    "nuemu": "nu(e) e- mu+",
    "nupi0": "nu(mu) pi0",
    # products are not known one by one
    **dict.fromkeys(("3pi", "4pi", "gg", "ss", "cc", "bb", "hadrons", INVISIBLE), ""),
}.items():
    register_final_state(_name, _products)
