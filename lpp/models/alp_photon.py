"""The benchmark in which the ALP couples to photons."""

from collections.abc import Mapping
from typing import ClassVar

from farflung.lpp import arguments
from farflung.lpp.conventions import from_photon_coupling
from farflung.lpp.errors import CouplingError
from farflung.lpp.models.alp import ALP
from farflung.lpp.models.alp_running import CUTOFF
from farflung.lpp.models.alp_widths import BOTTOM_THRESHOLD, CHARM_THRESHOLD
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.meson_decays import StrangeStates
from farflung.lpp.standard_model import M_TOP_MSBAR


class ALPPhoton(ALP):
    """ALP whose coupling is g_agammagamma [GeV^-1], in L = -(g/4) a F Ftilde.

    At the cutoff c_WW and c_BB share c_gammagamma = pi f_a g/alpha. By default all of it is c_BB, the one gauge
    invariant choice without W bosons: mesons then hardly make the ALP (B(B -> K a) is 1e-10 of what c_ff gives at
    equal c/f_a), and g alone decides about production by photons and decay. This is the benchmark BC9 of Physics
    Beyond Colliders and the c_BB scenario of ALPINIST.

    Parameters
    ----------
    weak_share
        Share of c_WW in c_WW + c_BB, 0 to 1. With sin^2 theta_W (`farflung.lpp.standard_model.SIN2_THETA_W`) the
        coupling to a photon and a Z vanishes; W loops then make the ALP in B decays.
    hadronic_threshold, form_factors, charm_threshold, bottom_threshold, cutoff, top_mass, strange_states
        As in `ALP`.
    invisible_branching_ratio
        As in `ALP`.

    Raises
    ------
    CouplingError
        If the share is not between 0 and 1.
    """

    name: str = "alp-photon"
    title: ClassVar[str] = "ALP coupled to photons"
    coupling_name: ClassVar[str] = "g_agg"
    coupling_unit: ClassVar[str] = "GeV^-1"
    coupling_range: ClassVar[tuple[float, float]] = (1e-10, 1e-2)

    def __init__(
        self,
        *,
        weak_share: float = 0.0,
        hadronic_threshold: float = 1.0,
        form_factors: Mapping[str, FormFactor] | None = None,
        charm_threshold: float = CHARM_THRESHOLD,
        bottom_threshold: float = BOTTOM_THRESHOLD,
        cutoff: float = CUTOFF,
        top_mass: float = M_TOP_MSBAR,
        strange_states: StrangeStates = "all",
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        share = arguments.number("weak_share", weak_share, CouplingError)
        if not 0 <= share <= 1:
            raise CouplingError(f"weak_share = {share:g} is not between 0 (c_BB alone) and 1 (c_WW alone)")
        self.weak_share = share
        c_photon = float(from_photon_coupling(1.0))
        super().__init__(
            c_WW=share * c_photon,
            c_BB=(1 - share) * c_photon,
            hadronic_threshold=hadronic_threshold,
            form_factors=form_factors,
            charm_threshold=charm_threshold,
            bottom_threshold=bottom_threshold,
            cutoff=cutoff,
            top_mass=top_mass,
            strange_states=strange_states,
            invisible_branching_ratio=invisible_branching_ratio,
        )
