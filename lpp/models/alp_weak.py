"""The benchmark in which the ALP couples to weak gauge bosons."""

from collections.abc import Mapping
from typing import ClassVar

from farflung.lpp.models.alp import ALP
from farflung.lpp.models.alp_running import CUTOFF
from farflung.lpp.models.alp_widths import BOTTOM_THRESHOLD, CHARM_THRESHOLD
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.meson_decays import StrangeStates
from farflung.lpp.standard_model import M_TOP_MSBAR


class ALPWeak(ALP):
    """ALP with the coupling c_WW to weak gauge bosons alone at the cutoff (arXiv:2201.06580, eq. 2.13).

    Parameters
    ----------
    hadronic_threshold, form_factors, charm_threshold, bottom_threshold, cutoff, top_mass, strange_states
        As in `ALP`.
    invisible_branching_ratio
        As in `ALP`.
    """

    name: str = "alp-weak"
    title: ClassVar[str] = "ALP coupled to weak bosons"
    coupling_name: ClassVar[str] = "c_WW/f_a"
    coupling_range: ClassVar[tuple[float, float]] = (1e-3, 1.5e3)

    def __init__(
        self,
        *,
        hadronic_threshold: float = 1.0,
        form_factors: Mapping[str, FormFactor] | None = None,
        charm_threshold: float = CHARM_THRESHOLD,
        bottom_threshold: float = BOTTOM_THRESHOLD,
        cutoff: float = CUTOFF,
        top_mass: float = M_TOP_MSBAR,
        strange_states: StrangeStates = "all",
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        super().__init__(
            c_WW=1.0,
            hadronic_threshold=hadronic_threshold,
            form_factors=form_factors,
            charm_threshold=charm_threshold,
            bottom_threshold=bottom_threshold,
            cutoff=cutoff,
            top_mass=top_mass,
            strange_states=strange_states,
            invisible_branching_ratio=invisible_branching_ratio,
        )
