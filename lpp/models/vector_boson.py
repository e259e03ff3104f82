"""The base of vector particles that couple to charges of quarks and leptons."""

from collections.abc import Mapping
from typing import ClassVar, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from farflung.lpp import standard_model as sm
from farflung.lpp.model import Model
from farflung.lpp.models import hadron_currents, vector_widths
from farflung.lpp.models.hadron_currents import QuarkCharges
from farflung.lpp.production.parent_decays import TwoBodyDecay
from farflung.lpp.production.process import Process
from farflung.lpp.production.proton_bremsstrahlung import Approximation, ProtonBremsstrahlung
from farflung.lpp.production.vector_mixing import COUPLINGS, VectorMixing, mixing

Array = NDArray[np.float64]

_LEPTONS = {"ee": "e-", "mumu": "mu-", "tautau": "tau-"}
NO_QUARKS = QuarkCharges(0.0, 0.0, 0.0, 0.0)


class Charges(NamedTuple):
    """Charges of a current.

    Parameters
    ----------
    quarks
        Of quarks.
    leptons
        Of charged leptons, by the final state of their pairs.
    neutrinos
        Number of kinds of neutrinos, whose charges are 1 or -1.
    """

    quarks: QuarkCharges
    leptons: Mapping[str, float]
    neutrinos: int = 0


PHOTON_PAIRS = {"pi0": 0.98823, "eta": 0.3936, "eta'(958)": 0.02307}
"""Branching ratios into two photons, by PDG name (Review of Particle Physics 2022)."""

PION_PHOTON = 0.0835
"""B(omega -> pi0 gamma) (Review of Particle Physics 2022)."""

_RHO, _OMEGA, _PHI = "rho(770)0", "omega(782)", "phi(1020)"


class VectorBoson(Model):
    """A vector that couples to a conserved current of charges of quarks and leptons; a subclass says to which.

    Parameters
    ----------
    charges
        Charges x_f of the current, in L = g X_mu sum_f x_f fbar gamma^mu f.
    unit
        g over the elementary charge at coupling 1.
    bremsstrahlung
        How protons radiate it: as in `farflung.lpp.ProtonBremsstrahlung`.
    invisible_branching_ratio
        As in `Model`; neutrinos count besides.

    Notes
    -----
    Widths: leptons at tree level; hadrons from R as measured in e+ e- collisions, split by final state
    (`farflung.lpp.models.hadron_currents`; arXiv:1801.04847 for other charges than the photon's), with charged and
    neutral kaons in ``"KK"``; three photons below two electrons' masses. J/psi, psi(2S) and Upsilons are left out of R:
    `unreliable` flags 20 MeV on either side of them.

    Production: pi0, eta and eta' -> gamma X with 2 B(gamma gamma) (1 - m^2/m_P^2)^3 times the squared ratio of the
    triangle of quarks to that of the photon (arXiv:1801.04847; eta and eta' mixed by -19.5 degrees); omega -> pi0 X as
    omega -> pi0 gamma with the third power of the momentum; both without form factors. Mixing with rho, omega and phi
    where a source has these. Bremsstrahlung of protons, and, where a source brings them along, of electrons and
    e+ e- -> gamma X. The form factor of bremsstrahlung has the same mesons as mixing: where both count, rates near the
    mesons' masses may be too large, by less than the factor between two treatments of bremsstrahlung. Drell-Yan
    production, which takes over above 1.5 GeV, is left out, as no parton densities are at hand.

    Raises
    ------
    ProcessError
        If the treatment of bremsstrahlung is another.
    """

    symbol: ClassVar[str] = "V"
    mass_range: ClassVar[tuple[float, float]] = (1e-4, 10.0)
    references: ClassVar[tuple[str, ...]] = ("arXiv:1801.04847", "arXiv:1311.3870", "arXiv:1810.01879")

    def __init__(
        self,
        charges: Charges,
        unit: float,
        *,
        bremsstrahlung: Approximation = "weizsaecker-williams",
        invisible_branching_ratio: float = 0.0,
    ) -> None:
        super().__init__(invisible_branching_ratio=invisible_branching_ratio)
        self._charges, self._unit = charges, float(unit)
        self.bremsstrahlung = bremsstrahlung
        quarks = charges.quarks
        # nucleons have as much of the isovector and isoscalar current as their quarks
        self._radiation = ProtonBremsstrahlung(bremsstrahlung, isovector=quarks.rho, isoscalar=quarks.omega)
        self._triangles = {meson: _triangle(meson, quarks) for meson in PHOTON_PAIRS}
        self._mesons = {_RHO: quarks.rho, _OMEGA: quarks.omega, _PHI: quarks.phi}

    def _partial_widths(self, mass: Array) -> Mapping[str, Array]:
        charges, scale = self._charges, self._unit**2
        widths = {
            state: scale * charge**2 * vector_widths.pair(mass, sm.mass(_LEPTONS[state]))
            for state, charge in charges.leptons.items()
        }
        if "ee" in widths:
            widths["3gamma"] = scale * vector_widths.three_photons(mass)
        if charges.neutrinos:
            widths["nunu"] = scale * charges.neutrinos * vector_widths.neutrinos(mass)
        if charges.quarks != NO_QUARKS:
            for state, ratio in hadron_currents.shares(mass, charges.quarks).items():
                widths[state] = scale * vector_widths.hadrons(mass, ratio)
        return widths

    def processes(self) -> tuple[Process, ...]:
        """Decays of pi0, eta, eta' and omega, mixing with vector mesons, and bremsstrahlung of protons."""
        decays = [TwoBodyDecay(meson, "gamma") for meson, factor in self._triangles.items() if abs(factor) > 1e-9]
        if self._mesons[_RHO] ** 2 > 0:
            decays.append(TwoBodyDecay(_OMEGA, "pi0"))
        mixed = [VectorMixing(meson) for meson in COUPLINGS if self._mesons[meson]]
        radiated = [self._radiation] if self._charges.quarks != NO_QUARKS else []
        return (*decays, *mixed, *radiated)

    def _production(self, process: Process, mass: Array) -> Array:
        scale = self._unit**2
        if isinstance(process, VectorMixing):
            return np.asarray(scale * self._mesons[process.meson] ** 2 * mixing(process.meson, mass))
        assert isinstance(process, TwoBodyDecay)
        m = process.parent_mass
        if process.parent == _OMEGA:
            pion = sm.mass("pi0")
            momentum = np.sqrt(((m - pion) ** 2 - mass**2) * ((m + pion) ** 2 - mass**2)) / (m**2 - pion**2)
            return np.asarray(scale * self._mesons[_RHO] ** 2 * PION_PHOTON * momentum**3)
        triangle = self._triangles[process.parent] ** 2
        return np.asarray(scale * triangle * 2 * PHOTON_PAIRS[process.parent] * (1 - (mass / m) ** 2) ** 3)

    def _vertices(self) -> Mapping[str, float]:
        return {"charge": self._unit} if "ee" in self._charges.leptons else {}

    def thresholds(self) -> tuple[float, ...]:
        """Pairs of leptons, of pions and of kaons, and three pions."""
        pairs = tuple(2 * sm.mass(name) for name in ("e-", "mu-", "tau-", "pi+", "K+"))
        return tuple(sorted((*pairs, 2 * sm.mass("pi+") + sm.mass("pi0"))))

    def treatments(self) -> tuple[Self, ...]:
        """Bremsstrahlung of protons in the Weizsaecker-Williams and in the quasi-real approximation."""
        return self._with_each("bremsstrahlung", "weizsaecker-williams", "quasi-real")

    def _unreliable(self, mass: Array) -> NDArray[np.bool_]:
        near = [np.abs(mass - resonance) < 0.02 for resonance in _NARROW]
        return np.asarray(np.any(near, axis=0) & (self._charges.quarks != NO_QUARKS))


_NARROW = (3.0969, 3.6861, 9.4603, 10.0233)
"""Masses [GeV] of J/psi, psi(2S), Y(1S) and Y(2S)."""

_MIXTURES = {"pi0": (1.0, -1.0, 0.0), "eta": (1.0, 1.0, -1.0), "eta'(958)": (1.0, 1.0, 2.0)}
"""How much of u ubar, d dbar and s sbar is in a meson."""


def _triangle(meson: str, charges: QuarkCharges) -> float:
    """Amplitude of a meson into a photon and a vector over that into two photons with one of them virtual."""
    shares, photon = np.array(_MIXTURES[meson]), hadron_currents.PHOTON
    of = [np.array([each.up, each.down, each.strange]) for each in (photon, charges)]
    return float((shares * of[0] * of[1]).sum() / (shares * of[0] ** 2).sum())
