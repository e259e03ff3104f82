import numpy as np
import pytest

from farflung.lpp import ALP, BC2, ALPFermion, ALPPhoton, ALPWeak, DarkPhoton, DarkScalar, GaugeBoson, Model
from farflung.lpp import standard_model as sm
from farflung.lpp.testing import ModelContract

LEPTONS = tuple(2 * sm.mass(lepton) for lepton in ("e-", "mu-", "tau-"))
PIONS = (3 * sm.mass("pi0"), sm.mass("pi0") + 2 * sm.mass("pi+"))
CHARM = sm.mass("D0") + sm.mass("D*(2007)0")
ALP_THRESHOLDS = (*LEPTONS, *PIONS, CHARM, 2 * sm.mass("c"), 2 * sm.mass("b"))
POLE = sm.mass("pi0")


class TestALPFermion(ModelContract):
    thresholds = (*ALP_THRESHOLDS, sm.mass("c"), sm.mass("b"))
    jumps = (POLE, 1.0)

    def make_model(self, **arguments: float) -> Model:
        return ALPFermion(**arguments)


class TestALPWeak(ModelContract):
    thresholds = ALP_THRESHOLDS
    jumps = (POLE, 1.0)

    def make_model(self, **arguments: float) -> Model:
        return ALPWeak(**arguments)


class TestALPPhoton(ModelContract):
    thresholds = ALP_THRESHOLDS
    jumps = (POLE, 1.0)

    def make_model(self, **arguments: float) -> Model:
        return ALPPhoton(**arguments)


class TestALPGluon(ModelContract):
    thresholds = ALP_THRESHOLDS
    jumps = (POLE, 1.0)

    def make_model(self, **arguments: float) -> Model:
        return ALP(c_GG=1.0, **arguments)


class TestALPOfSeveralCouplings(ModelContract):
    thresholds = (*ALP_THRESHOLDS, 1.0)
    jumps = (POLE, 1.5)

    def make_model(self, **arguments: float) -> Model:
        return ALP(c_ff=0.3, c_WW=-1.0, c_BB=2.0, c_GG=0.1, hadronic_threshold=1.5, **arguments)


class TestALPOfOtherTreatments(ModelContract):
    thresholds = ALP_THRESHOLDS
    jumps = (POLE, 1.4)

    def make_model(self, **arguments: float) -> Model:
        return ALP(
            c_ff=1,
            hadronic_threshold=1.4,
            charm_threshold=2 * sm.mass("c"),
            bottom_threshold=2 * sm.mass("b"),
            cutoff=1000,
            top_mass=172.6,
            strange_states=("K", "K*"),
            **arguments,
        )


class TestALPOfGivenName(ModelContract):
    thresholds = ALP_THRESHOLDS
    jumps = (POLE, 1.0)

    def make_model(self, **arguments: float) -> Model:
        return ALP(c_WW=1, c_BB=2, name="alp-photon-and-weak", **arguments)


class TestDarkScalar(ModelContract):
    thresholds = (*LEPTONS[1:], *(2 * sm.mass(meson) for meson in ("pi+", "K+", "D0")), 4 * sm.mass("pi+"))
    jumps = (2.0,)

    def make_model(self, **arguments: float) -> Model:
        return DarkScalar(**arguments)


VECTOR_THRESHOLDS = (*LEPTONS, *(2 * sm.mass(meson) for meson in ("pi+", "K+")), 2 * sm.mass("pi+") + sm.mass("pi0"))


class TestDarkPhoton(ModelContract):
    thresholds = (*VECTOR_THRESHOLDS, 0.3, 5.0)

    def make_model(self, **arguments: float) -> Model:
        return DarkPhoton(**arguments)


class TestDarkPhotonOfOtherTreatments(TestDarkPhoton):
    def make_model(self, **arguments: float) -> Model:
        return DarkPhoton(bremsstrahlung="quasi-real", **arguments)


class TestBosonOfBaryonsAndLeptons(ModelContract):
    thresholds = (*VECTOR_THRESHOLDS, 0.3, 5.0)

    def make_model(self, **arguments: float) -> Model:
        return GaugeBoson(**arguments)


class TestBosonOfLeptons(ModelContract):
    thresholds = LEPTONS

    def make_model(self, **arguments: float) -> Model:
        return GaugeBoson("Le-Lmu", **arguments)


class TestBosonOfMuons(ModelContract):
    thresholds = LEPTONS[1:]

    def make_model(self, **arguments: float) -> Model:
        return GaugeBoson("Lmu-Ltau", **arguments)


def test_dark_photons_of_bc2_hardly_decay_to_anything_else() -> None:
    assert BC2().branching_ratios(0.5)["invisible"] == pytest.approx(1, abs=2e-6)


class MuonicScalar(Model):
    """A scalar with two final states, as somebody writes who knows of no thresholds."""

    name, title, symbol = "muonic-scalar", "Muonic scalar", "S"
    coupling_name, coupling_range, mass_range = "g", (1e-6, 1.0), (0.01, 2.0)
    references = ("made up",)

    def _partial_widths(self, mass):
        phase = np.sqrt(np.maximum(1 - (2 * sm.mass("mu-") / mass) ** 2, 0.0))
        return {"mumu": mass * phase**3, "gammagamma": 1e-6 * mass**3, "hadrons": 0 * mass}

    def _production(self, process, mass):
        return np.zeros(mass.shape)


def test_by_default_thresholds_are_those_of_the_products():
    """Photons have no mass, and products that are not known one by one none that could be told."""
    assert MuonicScalar().thresholds() == pytest.approx((2 * sm.mass("mu-"),))
