"""Axion-like particles with flavour-universal couplings."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import arguments, conventions
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError, MassRangeError, ProcessError
from farflung.lpp.model import Model
from farflung.lpp.model_checks import check_name
from farflung.lpp.models import alp_running, alp_widths
from farflung.lpp.models.flavour_change import checked_top_mass
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.meson_decays import MesonDecays, StrangeStates
from farflung.lpp.production.parent_decays import TwoBodyDecay
from farflung.lpp.production.process import Process

Array = NDArray[np.float64]

_LEPTONS = {"ee": "e", "mumu": "mu", "tautau": "tau"}


class ALP(Model):
    """Axion-like particle along one direction in the space of its couplings at the cutoff.

    The Lagrangian at the cutoff is (arXiv:2201.06580, eq. 2.1)::

        L = (c_ff/2) (d_mu a/f_a) sum_f fbar gamma^mu gamma_5 f + (a/f_a) sum_V c_VV (alpha_V/4 pi) V Vtilde

    with V = G, W, B. The four numbers give the direction; the coupling that the methods take multiplies all of them, in
    units of 1/f_a = TeV^-1, so that ``ALP(c_ff=1, c_WW=2)`` at coupling 1e-3 has c_ff/f_a = 1e-3/TeV and
    c_WW/f_a = 2e-3/TeV.

    Parameters
    ----------
    c_ff
        Flavour-universal axial coupling to fermions.
    c_WW, c_BB, c_GG
        Couplings to the gauge bosons, normalised to alpha_V/(4 pi).
    hadronic_threshold
        Mass [GeV] above which the hadronic width is that of gluons and quarks (arXiv:2201.06580, eq. A.2), below
        which it is that of three pions (eq. A.4). At the default of 1 GeV the width jumps, and within 1.0 to
        1.4 GeV it is uncertain by up to a factor of ten: `unreliable` flags that range.
    form_factors
        Form factors by transition, such as ``{"B -> K": LATTICE_B_TO_K}``, in place of those of
        `farflung.lpp.production.meson_decays`.
    charm_threshold, bottom_threshold
        Mass [GeV] from which it decays into charm or bottom, at least 2 m_c = 2.55 and 2 m_b = 8.37 GeV. By default
        that of D D*, 3.87 GeV, and of B B*, 10.60 GeV, the lightest mesons into which parity lets a pseudoscalar decay;
        arXiv:2201.06580 has quarks. For c_ff the width at 3 GeV is six times as large with 2 m_c.
    cutoff
        Scale [GeV] at which c_ff, c_WW, c_BB and c_GG are given and their running begins, 200 to 1e19 GeV; by default
        4 pi TeV (Lambda = 4 pi f_a of arXiv:2201.06580 with f_a = 1 TeV). The coupling stays c/f_a in TeV^-1. From
        1 TeV, mesons make the ALP of c_ff a quarter as often.
    top_mass
        Mass [GeV] of the top quark in loops at the weak scale: MSbar, 162.7 GeV, by default. With that of the pole,
        172.6 GeV, production falls by 4 % for c_ff, by 11 % for c_WW.
    strange_states
        Strange mesons that B decays are counted into: ``"all"`` nine of `farflung.lpp.production.meson_decays`, or some
        of them, as in ``("K", "K*")``, which many published curves take.
    invisible_branching_ratio
        As in `Model`.
    name
        What tables and files call this direction, such as ``"alp-photon-and-weak"``; that of the class by default.

    Notes
    -----
    Couplings run and match at one loop from the cutoff (`farflung.lpp.models.alp_running`). Photons see alpha(0). The
    photon width has a pole at the neutral pion's mass (eq. A.7), flagged within 5 %. Quarks of m_c = 1.27 GeV open at
    2.55 GeV, mesons with charm at 3.87 GeV, with charmonium alone between: `unreliable` flags where the width with the
    one is more than twice that with the other, 2.55 to 3.88 GeV for c_ff and nowhere for c_WW.

    The coupling c_GG also mixes the ALP with eta and eta', which these formulas leave out: with it `unreliable`
    flags 3 m_pi to 1.4 GeV, and kaons do not make the ALP, because there the octet operator of weak decays with
    that mixing exceeds what flavour-changing quark loops give by orders of magnitude (arXiv:2102.13112).

    Mesons make the ALP through C_dd' = V_td^* V_td' C_hat (eq. 2.4): B+ and B0 into strange states, K+ -> pi+,
    K(S)0 -> pi0, which takes the real part of C_ds, and K(L)0 -> pi0, which violates CP and takes the imaginary one.

    Raises
    ------
    CouplingError
        If a coupling is not a finite number or all are zero, or the invisible branching ratio is not in [0, 1).
    MassRangeError
        If the hadronic threshold is not above three pions, one of charm or bottom below two quarks, the cutoff outside
        200 to 1e19 GeV or the top mass outside 150 to 200 GeV.
    ProcessError
        If a form factor is given for an unknown transition, or is not a function, or a strange state is unknown.
    UnknownModelError
        If the name has other characters than lower-case letters, digits and hyphens.
    """

    name: str = "alp"
    title: ClassVar[str] = "Axion-like particle"
    symbol: ClassVar[str] = "a"
    coupling_name: ClassVar[str] = "c/f_a"
    coupling_unit: ClassVar[str] = "TeV^-1"
    coupling_range: ClassVar[tuple[float, float]] = (1e-7, 1e4)
    mass_range: ClassVar[tuple[float, float]] = (1e-4, 10.0)
    references: ClassVar[tuple[str, ...]] = ("arXiv:2201.06580", "arXiv:2012.12272", "arXiv:1708.00443")

    def __init__(
        self,
        c_ff: float = 0.0,
        c_WW: float = 0.0,
        c_BB: float = 0.0,
        c_GG: float = 0.0,
        *,
        hadronic_threshold: float = 1.0,
        form_factors: Mapping[str, FormFactor] | None = None,
        charm_threshold: float = alp_widths.CHARM_THRESHOLD,
        bottom_threshold: float = alp_widths.BOTTOM_THRESHOLD,
        cutoff: float = alp_running.CUTOFF,
        top_mass: float = sm.M_TOP_MSBAR,
        strange_states: StrangeStates = "all",
        invisible_branching_ratio: float = 0.0,
        name: str | None = None,
    ) -> None:
        super().__init__(invisible_branching_ratio=invisible_branching_ratio)
        if name is not None:
            self.name = check_name(name)
        given = {"c_ff": c_ff, "c_WW": c_WW, "c_BB": c_BB, "c_GG": c_GG}
        couplings = {label: arguments.number(label, value, CouplingError) for label, value in given.items()}
        if not any(couplings.values()):
            raise CouplingError("an ALP with c_ff = c_WW = c_BB = c_GG = 0 does nothing; give one of them a value")
        three_pions = 3 * sm.mass("pi+")
        threshold = arguments.number("hadronic_threshold", hadronic_threshold, MassRangeError)
        if threshold <= three_pions:
            raise MassRangeError(
                f"hadronic_threshold = {threshold:g} GeV is not above three pions, {three_pions:.3f} GeV; "
                "1 GeV is usual"
            )
        self.couplings = couplings
        self.hadronic_threshold = threshold
        self.charm_threshold = alp_widths.checked_threshold("charm_threshold", charm_threshold, "c")
        self.bottom_threshold = alp_widths.checked_threshold("bottom_threshold", bottom_threshold, "b")
        self.cutoff = alp_running.checked_cutoff(cutoff)
        self.top_mass = checked_top_mass(top_mass)
        self._decays = MesonDecays(form_factors, strange_states)

    @property
    def form_factors(self) -> Mapping[str, FormFactor]:
        """Form factors by transition, the usual ones with those that were given in their place."""
        return self._decays.form_factors

    @property
    def strange_states(self) -> tuple[str, ...]:
        """Names of the strange mesons that B decays are counted into."""
        return self._decays.strange_states

    @cached_property
    def _uv(self) -> Array:
        return np.array([self.couplings[label] for label in alp_running.UV_COUPLINGS])

    @property
    def flavour_change(self) -> float:
        """C_hat at coupling 1: C_sb = V_ts^* V_tb C_hat (arXiv:2201.06580, eq. 2.4); at one loop the same below m_Z."""
        return float(alp_running.weak_scale(self.top_mass, self.cutoff).flavour_change @ self._uv)

    def fermion_couplings(self, mass: Array) -> dict[str, Array]:
        """Axial couplings (n,) at the scale of the masses (n,) [GeV], by fermion, at coupling 1."""
        return alp_running.fermion_couplings(mass, self._uv, self.top_mass, self.cutoff)

    def _partial_widths(self, mass: Array) -> Mapping[str, Array]:
        fermion = self.fermion_couplings(mass)
        c_photon = self.couplings["c_WW"] + self.couplings["c_BB"]
        c_gluon = self.couplings["c_GG"]
        perturbative = mass >= self.hadronic_threshold
        photon = alp_widths.photon_coupling(mass, c_photon, c_gluon, fermion, perturbative)
        widths = {"gammagamma": alp_widths.photons(mass, photon)}
        for state, lepton in _LEPTONS.items():
            coupling = alp_widths.lepton_coupling(mass, lepton, fermion[lepton], c_photon)
            widths[state] = alp_widths.fermion_pair(mass, lepton, coupling)
        pions = alp_widths.three_pions(mass, fermion["u"] - fermion["d"], c_gluon)
        widths["3pi"] = np.where(perturbative, 0.0, pions)
        light = sum(alp_widths.fermion_pair(mass, quark, fermion[quark]) for quark in "uds")
        widths["hadrons"] = np.where(perturbative, light + alp_widths.gluons(mass, c_gluon, fermion), 0.0)
        widths["cc"] = self._heavy_quarks(mass, "c", self.charm_threshold)
        widths["bb"] = self._heavy_quarks(mass, "b", self.bottom_threshold)
        return widths

    def _heavy_quarks(self, mass: Array, quark: str, threshold: float) -> Array:
        """Width into charm or bottom, if it opens at a threshold [GeV]."""
        pair = alp_widths.fermion_pair(mass, quark, self.fermion_couplings(mass)[quark], threshold)
        return np.where(mass >= self.hadronic_threshold, pair, 0.0)

    def processes(self) -> tuple[TwoBodyDecay, ...]:
        """B+ and B0 into strange states and, unless there is c_GG, K+ -> pi+, K(L)0 -> pi0 and K(S)0 -> pi0."""
        known = self._decays.processes
        return tuple(p for p in known if p.parent[0] == "B") if self.couplings["c_GG"] else known

    def _missing(self, decay: object) -> str:
        if str(decay) in map(str, self._decays.processes):
            return (
                f"process = '{decay}' is not known for c_GG = {self.couplings['c_GG']:g}: there the mixing of ALP and "
                "mesons in weak decays dominates, which this model leaves out; choose c_GG = 0 or a decay of B mesons"
            )
        return super()._missing(decay)

    def _production(self, process: Process, mass: Array) -> Array:
        decay = self._decays.find(process, self.name)
        # eq. 2.4: B mesons have a b quark that becomes an s, kaons an s that becomes a d
        ckm = sm.V_TS.conjugate() * sm.V_TB if decay.quarks == ("b", "s") else sm.V_TD.conjugate() * sm.V_TS
        c_hat = self.flavour_change / alp_running.F_A
        # pi0 a is even under CP, as K_S nearly is and K_L is not: Grossman and Nir, hep-ph/9701313, for the analogous
        # K_L -> pi0 nu nubar
        part = {"K(L)0": abs(ckm.imag), "K(S)0": abs(ckm.real)}.get(process.initial, abs(ckm))
        amplitude = c_hat * part
        return np.asarray(amplitude**2 * decay.pseudoscalar(mass))

    def _photon_coupling(self) -> float:
        c_photon = self.couplings["c_WW"] + self.couplings["c_BB"]
        if abs(c_photon) <= 1e-12 * abs(self.couplings["c_WW"]):  # what is left of a cancellation is rounding
            raise ProcessError(f"{self!r} has c_WW + c_BB = 0, so photons do not make it")
        return abs(float(conventions.photon_coupling(c_photon)))

    def thresholds(self) -> tuple[float, ...]:
        """Pairs of leptons, charm, bottom, three pions of either kind, and where the treatment of hadrons changes."""
        pairs = tuple(2 * alp_widths.FERMION_MASS[lepton] for lepton in _LEPTONS.values())
        pions = (3 * sm.mass("pi0"), sm.mass("pi0") + 2 * sm.mass("pi+"))
        return tuple(sorted((*pairs, *pions, self.charm_threshold, self.bottom_threshold, self.hadronic_threshold)))

    def treatments(self) -> tuple[Self, ...]:
        """Three pions up to 1.0 or up to 1.4 GeV: in between they are not all, and quarks and gluons not yet free."""
        return self._with_each("hadronic_threshold", 1.0, 1.4)

    def _unreliable(self, mass: Array) -> NDArray[np.bool_]:
        lowest = 3 * sm.mass("pi0") if self.couplings["c_GG"] else min(self.hadronic_threshold, 1.0)
        between = (mass >= lowest) & (mass <= max(self.hadronic_threshold, 1.4))
        return between | (np.abs(mass / sm.mass("pi0") - 1) < 0.05) | self._charm_is_uncertain(mass)

    def _charm_is_uncertain(self, mass: Array) -> NDArray[np.bool_]:
        """Where the width with charm from two quarks on is more than twice that with charm from D D* on."""
        flags = np.zeros(mass.shape, dtype=bool)
        near = mass > 2 * sm.mass("c")
        if near.any():
            others = sum(width for state, width in self._partial_widths(mass[near]).items() if state != "cc")
            quarks, mesons = (
                self._heavy_quarks(mass[near], "c", threshold)
                for threshold in (2 * sm.mass("c"), alp_widths.CHARM_THRESHOLD)
            )
            flags[near] = others + quarks > 2 * (others + mesons)
        return flags
