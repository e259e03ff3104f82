"""Axion-like particles with flavour-universal couplings."""

from collections.abc import Mapping
from functools import cached_property
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import alp_running, alp_widths
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import CouplingError, ProcessError
from farflung.lpp.form_factors import BALL_ZWICKY_B_TO_K
from farflung.lpp.model import Model
from farflung.lpp.process import TwoBodyDecay

Array = NDArray[np.float64]

_LEPTONS = {"ee": "e", "mumu": "mu", "tautau": "tau"}


class ALP(Model):
    """Axion-like particle along one direction in the space of its couplings at the cutoff 4 pi f_a.

    The Lagrangian is that of arXiv:2201.06580, eq. 2.1. The four numbers give the direction; the coupling that
    the methods take multiplies all of them, in units of 1/f_a = TeV^-1, so that ``ALP(c_ff=1, c_WW=2)`` at
    coupling 1e-3 has c_ff/f_a = 1e-3/TeV and c_WW/f_a = 2e-3/TeV.

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

    Notes
    -----
    Couplings run and match at one loop from 4 pi TeV (`farflung.lpp.alp_running`). Photons see alpha(0). The
    photon width has a pole at the neutral pion's mass (eq. A.7), flagged within 5 %. The coupling c_GG also
    mixes the ALP with eta and eta', which these formulas leave out.

    Raises
    ------
    CouplingError
        If a coupling is not finite or all are zero.
    """

    name: ClassVar[str] = "alp"
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
    ) -> None:
        couplings = {"c_ff": c_ff, "c_WW": c_WW, "c_BB": c_BB, "c_GG": c_GG}
        for label, value in couplings.items():
            if not np.isfinite(value):
                raise CouplingError(f"{label} = {value:g} is not finite; give a number")
        if not any(couplings.values()):
            raise CouplingError("an ALP with c_ff = c_WW = c_BB = c_GG = 0 does nothing; give one of them a value")
        if not 3 * alp_widths.FERMION_MASS["s"] < hadronic_threshold < np.inf:
            raise CouplingError(
                f"hadronic_threshold = {hadronic_threshold:g} GeV is not between 0.28 GeV and infinity; 1 GeV is usual"
            )
        self.couplings = couplings
        self.hadronic_threshold = float(hadronic_threshold)

    @cached_property
    def _uv(self) -> Array:
        return np.array([self.couplings[label] for label in alp_running.UV_COUPLINGS])

    @property
    def flavour_change(self) -> float:
        """C_hat at the weak scale at coupling 1: C_sb = V_ts^* V_tb C_hat (arXiv:2201.06580, eq. 2.4)."""
        return float(alp_running.weak_scale().flavour_change @ self._uv)

    def fermion_couplings(self, mass: Array) -> dict[str, Array]:
        """Axial couplings (n,) at the scale of the masses (n,) [GeV], by fermion, at coupling 1."""
        return alp_running.fermion_couplings(mass, self._uv)

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
        quarks = {quark: alp_widths.fermion_pair(mass, quark, fermion[quark]) for quark in "udscb"}
        light = alp_widths.gluons(mass, c_gluon, fermion) + quarks["u"] + quarks["d"] + quarks["s"]
        widths["hadrons"] = np.where(perturbative, light, 0.0)
        widths["cc"] = np.where(perturbative, quarks["c"], 0.0)
        widths["bb"] = np.where(perturbative, quarks["b"], 0.0)
        return widths

    def _production(self, process: TwoBodyDecay, mass: Array) -> Array:
        if process != TwoBodyDecay("B+", "K+"):
            raise ProcessError(f"process = '{process}' is not one that {self.name} has; it has 'B+ -> K+'")
        return self._b_to_k(process, mass)

    def _b_to_k(self, process: TwoBodyDecay, mass: Array) -> Array:
        """B(B -> K a) (arXiv:2201.06580, eq. 2.6)."""
        m_b, m_k = process.parent_mass, process.daughter_mass
        c_sb = abs(sm.V_TS * sm.V_TB) * self.flavour_change
        momentum = np.sqrt(alp_widths.triangle(m_b**2, m_k**2, mass**2))
        width = np.pi / 4 * c_sb**2 / alp_running.CUTOFF**2 * BALL_ZWICKY_B_TO_K(mass**2) ** 2
        return np.asarray(width * m_b * (1 - m_k**2 / m_b**2) ** 2 * momentum / sm.width(process.parent))

    def _unreliable(self, mass: Array) -> NDArray[np.bool_]:
        between = (mass >= min(self.hadronic_threshold, 1.0)) & (mass <= max(self.hadronic_threshold, 1.4))
        return between | (np.abs(mass / sm.mass("pi0") - 1) < 0.05)

    def __repr__(self) -> str:
        given = ", ".join(f"{label}={value:g}" for label, value in self.couplings.items() if value)
        threshold = "" if self.hadronic_threshold == 1.0 else f", hadronic_threshold={self.hadronic_threshold:g}"
        return f"ALP({given}{threshold})"
