"""e+ e- -> gamma a at Belle II, asked for by a search like any decay."""

import dataclasses

import numpy as np
import pytest

from farflung.detectors import BelleII, DetectorError
from farflung.lpp import ALPFermion, ALPPhoton, MassRangeError, PhotonAssociated, ProcessError
from farflung.scenarios import ScenarioError, branching_ratio_limit, compare


def photon_search(belle2):
    return dataclasses.replace(
        belle2.search("displaced"),
        name="photons",
        processes=(belle2.source.photon_associated,),
        final_states=("gammagamma",),
    )


def test_number_of_particles_is_cross_section_times_luminosity():
    belle2, model = BelleII(50), ALPPhoton()
    # alpha g^2 (1 - m^2/s)^3/24 with 1 GeV^-2 = 3.894e8 pb; 50 ab^-1 = 5e7 pb^-1
    expected = 3.8938e8 / 137.036 * 1e-6 / 24 * (1 - 1 / 10.5796**2) ** 3 * 5e7
    made = belle2.source.produced(belle2.source.photon_associated, model, 1.0, 1e-3)
    assert made == pytest.approx(expected, rel=1e-3)


def test_flights_recoil_against_a_photon():
    belle2 = BelleII()
    flights = belle2.flights(ALPPhoton(), 2.0, process=belle2.source.photon_associated)
    energy = 7.004 + 4.002 - flights.energy
    momentum = belle2.source.velocity * (7.004 + 4.002) - flights.momentum
    np.testing.assert_allclose(energy**2 - (momentum**2).sum(axis=1), 0, atol=1e-9)
    assert flights.weight.sum() == pytest.approx(1)


def test_aimed_and_random_flights_agree():
    belle2, model = BelleII(), ALPPhoton()
    search = photon_search(belle2)
    aimed, random = (
        belle2.acceptance(search, belle2.flights(model, 0.5, process=search.processes[0], n=n, sampling=how))
        for n, how in ((4096, "aimed"), (200_000, "random"))
    )
    ctau = np.geomspace(1e-3, 1, 7)
    assert (abs(aimed(ctau) - random(ctau)) < 4 * np.hypot(aimed.error(ctau), random.error(ctau))).all()


def test_a_sweep_takes_it():
    belle2 = BelleII()
    found = compare([(belle2, photon_search(belle2))], ALPPhoton(), [0.1, 0.3, 6.0])
    reached = {interval.mass for interval in found.intervals()}
    assert {0.1, 0.3} <= reached  # long-lived; at 6 GeV, above m(B), it lives too short to be displaced
    assert np.isfinite(found.data["events"].values).all()


def test_bad_questions_get_a_sentence():
    belle2 = BelleII()
    with pytest.raises(DetectorError, match=r"process = 'e\+ e- -> gamma' is not one that"):
        belle2.source.produced(PhotonAssociated(91.2), ALPPhoton(), 1.0)
    with pytest.raises(MassRangeError, match="mass = 11 GeV"):
        belle2.flights_from(belle2.source.photon_associated, 11.0)
    with pytest.raises(ProcessError, match="photons"):
        belle2.source.produced(belle2.source.photon_associated, ALPFermion(), 1.0)
    with pytest.raises(ScenarioError, match="is no decay"):
        branching_ratio_limit(belle2, photon_search(belle2), 1.0, [0.1])
