"""A scalar that mixes with the Higgs boson."""

from collections.abc import Mapping
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import MassRangeError
from farflung.lpp.model import Model
from farflung.lpp.models import scalar_widths
from farflung.lpp.models.flavour_change import checked_top_mass, flavour_change
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.meson_decays import MesonDecays, StrangeStates
from farflung.lpp.production.parent_decays import TwoBodyDecay
from farflung.lpp.production.process import Process

Array = NDArray[np.float64]


class DarkScalar(Model):
    """Dark scalar that mixes with the Higgs boson by an angle theta; its coupling is sin theta.

    It couples to all that the Higgs boson couples to, as in (arXiv:1809.01876)::

        L = -sin(theta) S sum_f (m_f/v) fbar f

    Parameters
    ----------
    hadronic_threshold
        Mass [GeV] from which hadrons are gluons, strange and charm quarks; below it they are pi pi, K K and four
        pions. At the default of 2 GeV the treatment changes and the total width jumps down by 5 %; at 1.8, 1.5 and
        1.4 GeV it jumps by factors of 0.75, 0.42 and 0.33, so `unreliable` flags the masses from there to 2 GeV.
    form_factors
        Form factors by transition, such as ``{"B -> K": LATTICE_B_TO_K}``, in place of those of
        `farflung.lpp.production.meson_decays`.
    top_mass
        Mass [GeV] of the top quark in the loops that change flavour: MSbar, 162.7 GeV, by default, as for ALPs.
        Production goes with its fourth power: 27 % more with 172.6 GeV, the mass of the pole. ALPINIST takes 173 GeV.
    strange_states
        Strange mesons that B decays are counted into: ``"all"`` nine of `farflung.lpp.production.meson_decays`, or some
        of them, as in ``("K", "K*")``.
    invisible_branching_ratio
        As in `Model`.

    Notes
    -----
    Widths are those of M. W. Winkler, arXiv:1809.01876 (`farflung.lpp.models.scalar_widths`). The form factors of pi pi
    and K K are uncertain by a factor of a few around the f_0(980): `unreliable` flags 0.9 to 1.3 GeV.

    Quarks change flavour with the strength C = 3 m_Q/(16 pi^2 v^3) sum over q = c, t of V_qQ V_qq'^* m_q^2 (Q = b
    or s; 5.8e-6 for b -> s). K(L)0 -> pi0 S conserves CP and takes the real part, K(S)0 -> pi0 S violates it and
    takes the imaginary one. Corrections of the
    strong and the weak interaction beyond this loop, some 10 % for kaons (arXiv:1809.01876), are left out.

    Raises
    ------
    CouplingError
        If the invisible branching ratio is not in [0, 1).
    MassRangeError
        If the hadronic threshold is outside the table of form factors, 1.4 to 2 GeV, or the top mass outside 150 to
        200 GeV.
    ProcessError
        If a form factor is given for an unknown transition, or a strange state is unknown.
    """

    name: str = "dark-scalar"
    title: ClassVar[str] = "Dark scalar mixed with the Higgs boson"
    symbol: ClassVar[str] = "S"
    coupling_name: ClassVar[str] = "sin(theta)"
    coupling_range: ClassVar[tuple[float, float]] = (1e-8, 1.0)
    mass_range: ClassVar[tuple[float, float]] = (2 * sm.mass("e-"), 10.0)
    references: ClassVar[tuple[str, ...]] = ("arXiv:1809.01876", "arXiv:1904.10447")

    def __init__(
        self,
        *,
        hadronic_threshold: float = 2.0,
        form_factors: Mapping[str, FormFactor] | None = None,
        top_mass: float = sm.M_TOP_MSBAR,
        strange_states: StrangeStates = "all",
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        super().__init__(invisible_branching_ratio=invisible_branching_ratio)
        threshold = arguments.number("hadronic_threshold", hadronic_threshold, MassRangeError)
        if not 1.4 <= threshold <= 2.0:
            raise MassRangeError(
                f"hadronic_threshold = {threshold:g} GeV is outside 1.4 to 2 GeV, where both treatments exist"
            )
        self.hadronic_threshold = threshold
        self.top_mass = checked_top_mass(top_mass)
        self._decays = MesonDecays(form_factors, strange_states)

    @property
    def strange_states(self) -> tuple[str, ...]:
        """Names of the strange mesons that B decays are counted into."""
        return self._decays.strange_states

    @property
    def form_factors(self) -> Mapping[str, FormFactor]:
        """Form factors by transition, the usual ones with those that were given in their place."""
        return self._decays.form_factors

    def _partial_widths(self, mass: Array) -> Mapping[str, Array]:
        perturbative = mass >= self.hadronic_threshold
        widths = {}
        for state, lepton in (("ee", "e-"), ("mumu", "mu-"), ("tautau", "tau-")):
            m_l = sm.mass(lepton)
            widths[state] = scalar_widths.fermion_pair(mass, m_l, 1, m_l)
        widths["pipi"] = np.where(perturbative, 0.0, scalar_widths.pions(mass))
        widths["KK"] = np.where(perturbative, 0.0, scalar_widths.kaons(mass))
        widths["4pi"] = np.where(perturbative, 0.0, scalar_widths.four_pions(mass))
        widths["gg"] = np.where(perturbative, scalar_widths.gluons(mass), 0.0)
        strange = scalar_widths.fermion_pair(mass, sm.mass("s"), 3, sm.mass("K+"))
        widths["ss"] = np.where(perturbative, strange, 0.0)
        widths["cc"] = scalar_widths.fermion_pair(mass, sm.mass("c"), 3, sm.mass("D0"))
        return widths

    def processes(self) -> tuple[TwoBodyDecay, ...]:
        """B+ and B0 into strange states, K+ -> pi+, K(L)0 -> pi0 and K(S)0 -> pi0."""
        return self._decays.processes

    def _production(self, process: Process, mass: Array) -> Array:
        decay = self._decays.find(process, self.name)
        amplitude = flavour_change(*decay.quarks, self.top_mass)
        # pi0 S is odd under CP, as K_L nearly is and K_S is not: H. Leutwyler and M. Shifman, Nucl. Phys. B 343 (1990)
        # 369
        parts = {"K(L)0": abs(amplitude.real), "K(S)0": abs(amplitude.imag)}
        strength = parts.get(process.initial, abs(amplitude))
        return np.asarray(strength**2 * decay.scalar(mass))

    def thresholds(self) -> tuple[float, ...]:
        """Pairs of leptons and of pions, kaons and D mesons, four pions, and where the treatment of hadrons changes."""
        pairs = tuple(2 * sm.mass(name) for name in ("e-", "mu-", "tau-", "pi+", "K+", "D0"))
        return tuple(sorted((*pairs, 4 * sm.mass("pi+"), self.hadronic_threshold)))

    def treatments(self) -> tuple[Self, ...]:
        """Mesons up to 1.4 or up to 2.0 GeV, the two ends of where both they and quarks and gluons are known."""
        return self._with_each("hadronic_threshold", 1.4, 2.0)

    def _unreliable(self, mass: Array) -> NDArray[np.bool_]:
        moved = (mass >= self.hadronic_threshold) & (mass < 2.0)
        return moved | ((mass >= 0.9) & (mass <= 1.3))
