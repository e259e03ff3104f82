"""Bosons of gauged differences of baryon and lepton numbers."""

from typing import ClassVar, Literal, get_args

import numpy as np

from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError
from farflung.lpp.models.hadron_currents import QuarkCharges
from farflung.lpp.models.vector_boson import NO_QUARKS, Charges, VectorBoson
from farflung.lpp.production.proton_bremsstrahlung import Approximation

Current = Literal["B-L", "Le-Lmu", "Le-Ltau", "Lmu-Ltau"]

_CHARGES = {
    "B-L": Charges(QuarkCharges(1 / 3, 1 / 3, 1 / 3, 1 / 3), {"ee": -1.0, "mumu": -1.0, "tautau": -1.0}, 3),
    "Le-Lmu": Charges(NO_QUARKS, {"ee": 1.0, "mumu": -1.0}, 2),
    "Le-Ltau": Charges(NO_QUARKS, {"ee": 1.0, "tautau": -1.0}, 2),
    "Lmu-Ltau": Charges(NO_QUARKS, {"mumu": 1.0, "tautau": -1.0}, 2),
}


class GaugeBoson(VectorBoson):
    """The boson of B - L or of a difference of two lepton numbers; its coupling is g in L = g X_mu J^mu.

    Loops that mix it with the photon are left out, so a boson of L_mu - L_tau decays to muons, taus and their neutrinos
    alone, and nothing here makes it. Neutrinos are ``"nunu"``.

    Parameters
    ----------
    current
        ``"B-L"``, ``"Le-Lmu"``, ``"Le-Ltau"`` or ``"Lmu-Ltau"``.
    bremsstrahlung, invisible_branching_ratio
        As in `farflung.lpp.models.vector_boson.VectorBoson`.

    Notes
    -----
    Widths and production are those of that class.

    Raises
    ------
    CouplingError
        If the current is another.
    """

    name: str = "gauge-boson"
    title: ClassVar[str] = "Gauge boson"
    coupling_name: ClassVar[str] = "g"
    coupling_range: ClassVar[tuple[float, float]] = (1e-10, 1e-2)

    def __init__(
        self,
        current: Current = "B-L",
        *,
        bremsstrahlung: Approximation = "weizsaecker-williams",
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        if current not in get_args(Current):
            raise CouplingError(f"current = {current!r} must be one of {', '.join(get_args(Current))}")
        self.current = current
        super().__init__(
            _CHARGES[current],
            1 / np.sqrt(4 * np.pi * sm.ALPHA),
            bremsstrahlung=bremsstrahlung,
            invisible_branching_ratio=invisible_branching_ratio,
        )
