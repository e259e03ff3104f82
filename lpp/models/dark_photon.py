"""The dark photon."""

from typing import ClassVar

from farflung.lpp.models.hadron_currents import PHOTON
from farflung.lpp.models.vector_boson import Charges, VectorBoson
from farflung.lpp.production.proton_bremsstrahlung import Approximation

_ELECTRIC = Charges(PHOTON, {"ee": -1.0, "mumu": -1.0, "tautau": -1.0})


class DarkPhoton(VectorBoson):
    """A dark photon, L = -epsilon e A'_mu J^mu of electromagnetism; its coupling is epsilon.

    Visible, this is the benchmark BC1 of Physics Beyond Colliders (``"bc1"``). BC2 (``"bc2"``) decays to dark matter:
    its invisible branching ratio is 1 less a millionth.

    Parameters
    ----------
    bremsstrahlung, invisible_branching_ratio, name
        As in `farflung.lpp.models.vector_boson.VectorBoson`.

    Notes
    -----
    Widths and production are those of that class with electric charges.
    """

    name: str = "dark-photon"
    title: ClassVar[str] = "Dark photon"
    symbol: ClassVar[str] = "A'"
    coupling_name: ClassVar[str] = "epsilon"
    coupling_range: ClassVar[tuple[float, float]] = (1e-9, 1e-2)

    def __init__(
        self,
        *,
        bremsstrahlung: Approximation = "weizsaecker-williams",
        invisible_branching_ratio: float = 0.0,
        name: str | None = None,
    ) -> None:
        super().__init__(
            _ELECTRIC,
            1.0,
            bremsstrahlung=bremsstrahlung,
            invisible_branching_ratio=invisible_branching_ratio,
            name=name,
        )


def visible_dark_photon(*, bremsstrahlung: Approximation = "weizsaecker-williams") -> DarkPhoton:
    """The benchmark BC1: a dark photon that decays to particles of the Standard Model.

    Parameters
    ----------
    bremsstrahlung
        As in `DarkPhoton`.
    """
    return DarkPhoton(bremsstrahlung=bremsstrahlung, name="bc1")


def invisible_dark_photon(*, bremsstrahlung: Approximation = "weizsaecker-williams") -> DarkPhoton:
    """The benchmark BC2: a dark photon that decays to dark matter.

    Parameters
    ----------
    bremsstrahlung
        As in `DarkPhoton`.
    """
    return DarkPhoton(bremsstrahlung=bremsstrahlung, invisible_branching_ratio=1 - 1e-6, name="bc2")
