"""The dark photon."""

from typing import ClassVar

from farflung.lpp.models.hadron_currents import PHOTON
from farflung.lpp.models.vector_boson import Charges, VectorBoson
from farflung.lpp.production.proton_bremsstrahlung import Approximation

_ELECTRIC = Charges(PHOTON, {"ee": -1.0, "mumu": -1.0, "tautau": -1.0})


class DarkPhoton(VectorBoson):
    """A dark photon, L = -epsilon e A'_mu J^mu of electromagnetism; its coupling is epsilon.

    Parameters
    ----------
    bremsstrahlung, invisible_branching_ratio
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
    ) -> None:
        super().__init__(
            _ELECTRIC,
            1.0,
            bremsstrahlung=bremsstrahlung,
            invisible_branching_ratio=invisible_branching_ratio,
        )


class BC1(DarkPhoton):
    """The benchmark BC1 of Physics Beyond Colliders: a dark photon that decays to particles of the Standard Model.

    Parameters
    ----------
    bremsstrahlung, invisible_branching_ratio
        As in `DarkPhoton`.
    """

    name: str = "bc1"
    title: ClassVar[str] = "Dark photon, visible decays (BC1)"


class BC2(DarkPhoton):
    """The benchmark BC2 of Physics Beyond Colliders: a dark photon that decays to dark matter.

    Parameters
    ----------
    bremsstrahlung
        As in `DarkPhoton`.
    invisible_branching_ratio
        Of the dark photon: 1, less a millionth.
    """

    name: str = "bc2"
    title: ClassVar[str] = "Dark photon, decays to dark matter (BC2)"

    def __init__(
        self,
        *,
        bremsstrahlung: Approximation = "weizsaecker-williams",
        invisible_branching_ratio: float = 1 - 1e-6,
    ) -> None:
        super().__init__(bremsstrahlung=bremsstrahlung, invisible_branching_ratio=invisible_branching_ratio)
