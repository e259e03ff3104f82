"""Arguments of the wrong kind get one sentence."""

from collections.abc import Callable

import numpy as np
import pytest

from farflung.lpp import ALP, ALPFermion, ALPPhoton, DarkScalar, Flights, PhotonAssociated, PhysicsError, Primakoff

BEAM = PhotonAssociated(10.58)
IRON = Primakoff(26, 56)
PHOTONS = Flights(np.zeros(3), [[0.0, 0.0, 10.0]], 0.0)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        (lambda: ALPFermion(invisible_branching_ratio="half"), "invisible_branching_ratio = 'half'"),
        (lambda: ALP(c_ff="1"), "c_ff = '1'"),
        (lambda: ALP(c_WW=np.ones(3)), r"c_WW has shape \(3,\)"),
        (lambda: ALP(c_WW=np.nan), "c_WW = nan is not finite"),
        (lambda: ALP(c_ff=1, hadronic_threshold="low"), "hadronic_threshold = 'low'"),
        (lambda: ALPPhoton(weak_share=None), "weak_share = None"),
        (lambda: DarkScalar(hadronic_threshold=[1.5, 1.6]), "hadronic_threshold has shape"),
        (lambda: ALPFermion().ctau("abc"), "mass = 'abc' is not a number"),
        (lambda: ALPFermion().ctau(0.3, "1e-3"), "coupling = '1e-3'"),
        (lambda: ALPFermion().ctau([[0.1], [0.1, 0.2]]), "mass = "),
        (lambda: ALPFermion().fermion_couplings(np.array([200.0])), "mu = 200 GeV is outside the running"),
        (lambda: PhotonAssociated("Y(4S)"), r"sqrt_s = 'Y\(4S\)'"),
        (lambda: BEAM.cross_section(1.0, np.nan), "photon_coupling = nan"),
        (lambda: BEAM.cross_section(1.0, [1e-3, -1.0]), "photon_coupling = -1"),
        (lambda: BEAM.cross_section("1", 1e-3), "mass = '1'"),
        (lambda: BEAM.flights(1.0, np.array([[0.5, 1.5]])), "1.5, which lies outside the unit square"),
        (lambda: BEAM.flights(1.0, np.ones((4, 3))), r"must be \(n, 2\)"),
        (lambda: Primakoff(26.5, 56.2), "charge = 26.5 and mass_number = 56.2 are no nucleus"),
        (lambda: IRON.cross_section(0.1, 10.0, -1e-3), "photon_coupling = -0.001"),
        (lambda: IRON.cross_section(0.1, 10.0, np.inf), "photon_coupling = inf"),
        (lambda: IRON.convert(PHOTONS, 0.1, np.array([[-0.1, 0.5]])), "-0.1, which lies outside the unit square"),
        (lambda: IRON.convert(PHOTONS, 0.1, np.array([[np.nan, 0.5]])), "nan, which lies outside"),
    ],
)
def test_wrong_kind(question: Callable[[], object], names: str) -> None:
    with pytest.raises(PhysicsError, match=names) as caught:
        question()
    assert "\n" not in str(caught.value)
