"""The benchmark in which the ALP couples to fermions."""

from collections.abc import Mapping
from typing import ClassVar

from farflung.lpp.models.alp import ALP
from farflung.lpp.production.form_factor_shapes import FormFactor


class ALPFermion(ALP):
    """ALP with the flavour-universal fermion coupling c_ff alone at the cutoff (arXiv:2201.06580, eq. 2.13).

    Parameters
    ----------
    hadronic_threshold, form_factors, invisible_branching_ratio
        As in `ALP`.
    """

    name: str = "alp-fermion"
    title: ClassVar[str] = "ALP coupled to fermions"
    coupling_name: ClassVar[str] = "c_ff/f_a"
    coupling_range: ClassVar[tuple[float, float]] = (1e-6, 3.0)

    def __init__(
        self,
        *,
        hadronic_threshold: float = 1.0,
        form_factors: Mapping[str, FormFactor] | None = None,
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        super().__init__(
            c_ff=1.0,
            hadronic_threshold=hadronic_threshold,
            form_factors=form_factors,
            invisible_branching_ratio=invisible_branching_ratio,
        )
