"""Beam dumps: what they make, against integrals and Monte Carlo that do without the package's sampling."""

import numpy as np
import pytest
from scipy.integrate import dblquad

from farflung.detectors import ALUMINIUM, COPPER, IRON, DetectorError, ElectronDump, ProtonDump, Target
from farflung.lpp import ALPFermion, ALPPhoton, DarkScalar, PolarPanels, ProcessError, TwoBodyDecay
from farflung.lpp import standard_model as sm
from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.photon_flux import PhotonFlux
from farflung.lpp.spectra.proton_photons import density, proton_photons
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table


def sum_and_error(flights, values):
    """Sum over a sample and its error, from the blocks if there are some."""
    if flights.block is None:
        return values.sum(), values.std() * np.sqrt(len(values))
    blocks = np.bincount(flights.block, values)
    return blocks.sum(), blocks.std(ddof=1) * np.sqrt(len(blocks))


SPS = ProtonDump(400.0, 1e18, COPPER)
U70 = ProtonDump(70.0, 1e18, IRON)
SLAC = ElectronDump(20.0, 1e20, ALUMINIUM)


@pytest.mark.parametrize("dump", [SPS, U70, SLAC], ids=["SPS", "U70", "SLAC"])
@pytest.mark.parametrize("mass", [0.01, 0.3])
@pytest.mark.parametrize("sampling", ["random", "aimed"])
def test_weights_of_all_directions_sum_to_one(dump, mass, sampling):
    flights = dump.flights(dump.conversion, mass, n=2**15, seed=3, sampling=sampling)
    assert flights.complete
    total, error = sum_and_error(flights, flights.weight)
    assert total == pytest.approx(1, abs=5 * error + 1e-3)
    assert flights.energy.max() <= dump.conversion.max_energy * (1 + 1e-9)


@pytest.mark.parametrize("dump", [SPS, U70, SLAC], ids=["SPS", "U70", "SLAC"])
def test_aimed_flights_are_the_random_ones_in_a_cone(dump):
    """Their number and their spectrum of energies."""
    low, high = 0.004, 0.015
    aimed = dump.flights(dump.conversion, 0.1, n=2**13, seed=1, aim=PolarPanels((low, high), complete=False))
    random = dump.flights(dump.conversion, 0.1, n=400_000, seed=1, sampling="random")
    assert not aimed.complete
    angle = np.arccos(np.clip(random.direction[:, 2], -1, 1))
    inside = (angle > low) & (angle < high)
    for power in (0, -1, 1):
        one, one_error = sum_and_error(aimed, aimed.weight * aimed.energy**power)
        two, two_error = sum_and_error(random, random.weight * inside * random.energy**power)
        assert one_error < 0.03 * one
        assert abs(one - two) < 4.5 * np.hypot(one_error, two_error)


def test_yield_at_an_angle_is_the_integral():
    """d^2 N/(dE dOmega) by quadrature over the momentum transfer, with flat tables for which all is known."""
    table = SpectrumTable(("x", "pT2"), ((0.1, 1.0), (0.0, 0.25)), np.ones((2, 2)))
    flux = PhotonFlux(100.0, ((table, 1.0),))
    process = U70.conversion.__class__(IRON.nucleus, 100.0)
    mass, angle = 0.2, 2e-3

    def integrand(phi, q):
        energy = 40.0
        pt2 = (energy * angle) ** 2 + q**2 - 2 * q * energy * angle * np.cos(phi)
        if pt2 > 0.25:
            return 0.0
        q2 = q**2 + (mass**2 / (2 * energy)) ** 2
        form = float(IRON.nucleus.form_factor(np.array([np.sqrt(q2)]))[0])
        return q * sm.ALPHA * 26**2 / (8 * np.pi) * q**2 / q2**2 * form**2 / (0.9 * 0.25 * np.pi)

    high = np.sqrt(IRON.nucleus.q_max**2 - (mass**2 / 80) ** 2)
    expected = dblquad(integrand, 0, high, 0, 2 * np.pi)[0] * sm.PICOBARN * 40.0**2 / 100.0
    rng = np.random.default_rng(1)
    aim = PolarPanels((angle * 0.97, angle * 1.03), complete=False)
    flights = flux.aimed_flights(
        process, mass, rng.random((400_000, 5)), energies=flux.energies(process, mass), freedom=0.2, aim=aim,
        shares=aim.even(), origin=np.zeros(3),
    )  # fmt: skip
    near = np.abs(flights.energy - 40) < 1.2
    solid_angle = 2 * np.pi * (np.cos(0.97 * angle) - np.cos(1.03 * angle))
    found = flights.weight[near].sum() * flux.converted(process, mass) / (2.4 * solid_angle)
    assert found == pytest.approx(expected, rel=0.02)


def test_number_of_conversions():
    """One energy: photons times nuclei in the way times cross-section times g^2."""
    narrow = SpectrumTable(("x", "pT2"), ((0.4999, 0.5001), (0.0, 0.01)), np.ones((2, 2)))
    flux = PhotonFlux(100.0, ((narrow, 3.0),))
    process = U70.conversion.__class__(IRON.nucleus, 100.0)
    expected = 3 * float(IRON.nucleus.cross_section(0.1, 50.0, 1.0))
    assert flux.converted(process, 0.1) == pytest.approx(expected, rel=1e-3)
    model = ALPPhoton()
    number = SLAC.produced(SLAC.conversion, model, np.array([0.05, 0.1]), 1e-5)
    np.testing.assert_allclose(number, SLAC.produced(SLAC.conversion, model, np.array([0.05, 0.1]), 1e-6) * 100)


def test_soft_photons_can_be_left_out():
    hard = ProtonDump(70.0, 1e18, IRON, softest_photon=10.0)
    model = ALPPhoton()
    flights = U70.flights(U70.conversion, 0.1, n=2**15, sampling="aimed")
    share = float(hard.produced(hard.conversion, model, 0.1) / U70.produced(U70.conversion, model, 0.1))
    assert flights.weight[flights.energy > 10].sum() == pytest.approx(share, rel=0.02)
    cone = PolarPanels((0.0, 0.01), complete=False)
    assert hard.flights(hard.conversion, 0.1, aim=cone).energy.min() > 10


def test_nuclei_are_those_that_absorb_photons():
    """9/7 radiation lengths hold 1/sigma_abs nuclei: 5.1 b for iron, 6.0 b for copper in the code ALPINIST."""
    assert 1 / (IRON.nuclei * 9 / 7) == pytest.approx(5.1e12, rel=0.03)
    assert 1 / (COPPER.nuclei * 9 / 7) == pytest.approx(6.0e12, rel=0.07)


def test_quasi_elastic_photons():
    table, number = proton_photons()
    total = dblquad(lambda v, u: float(density(np.exp(u), np.exp(v))) * np.exp(u + v), np.log(1e-3), np.log(0.98),
                    np.log(1e-9), np.log(4.0))[0]  # fmt: skip
    assert number == pytest.approx(total, rel=2e-3)
    x, pt2 = np.array([0.01, 0.1, 0.5]), np.array([1e-4, 0.02, 0.5])
    np.testing.assert_allclose(table.density(x, pt2) * number, density(x, pt2), rtol=0.03)


def test_b_mesons_of_the_sps():
    """Means that public code has for 400 GeV (SensCalc: <E> = 87.6, <p_T> = 1.92 GeV), and pairs by hand."""
    parents = SPS._parents("B+", np.random.default_rng(1).random((200_000, 3)))
    assert parents.energy.mean() == pytest.approx(87.6, rel=0.08)
    assert np.hypot(*parents.momentum[:, :2].T).mean() == pytest.approx(1.92, rel=0.12)
    pairs = 1e18 * 2.63e-6 / 39.85 * 63.546 ** (1 / 3)
    assert SPS.number_of("B+") == pytest.approx(0.82 * pairs, rel=0.02)
    assert SPS.number_of("B0") == pytest.approx(0.82 * pairs, rel=0.02)
    assert ProtonDump(400.0, 1e18, COPPER, bottom_cross_section=1.866, cascade=1.7).number_of("B0") == pytest.approx(
        SPS.number_of("B0") * 1.866 / 2.63 * 1.7
    )


def test_d_mesons_of_dumps():
    """30.2 +- 3.3 microbarn for D+ and D0 with antiparticles (LEBC-EHS, Z. Phys. C 40 (1988) 321) of 39.9 mb, times
    A^(1/3) of copper; momenta of those that fly forwards follow (1 - x)^(4.9 +- 0.5)."""
    number = sum(SPS.number_of(name) for name in ("D+", "D0"))
    assert number == pytest.approx(1e18 * 30.2e-3 / 39.858 * 63.546 ** (1 / 3), rel=0.01)
    assert ProtonDump(400.0, 1e18, COPPER, charm_cross_section=37.2).number_of("D+") == pytest.approx(
        2 * SPS.number_of("D+")
    )
    p, pt2 = spectrum_table("d_mesons_400").sample(np.random.default_rng(2).random((200_000, 2))).T
    mass, beam = 1.867, 0.938272
    total = np.sqrt(2 * beam**2 + 2 * np.hypot(400, beam) * beam)
    gamma = (np.hypot(400, beam) + beam) / total
    along = gamma * np.sqrt(p**2 - pt2) - np.sqrt(gamma**2 - 1) * np.hypot(p, mass)
    x = 2 * along / total
    assert 4.4 - 0.3 < 1 / x[x > 0].mean() - 2 < 5.4
    with pytest.raises(DetectorError, match=r"parent = 'D\+'"):
        ProtonDump(120.0, 1e18, COPPER).number_of("D+")


@pytest.mark.parametrize("momentum", [400.0, 120.0, 70.0, 30.0])
def test_beams_for_which_there_are_tables(momentum):
    """Photons have 10 to 18 % of the beam's energy: 15 % for 400 and 70 GeV in those of ALPINIST (arXiv:2201.05170)."""
    dump = ProtonDump(momentum, 1.0, IRON, bottom_cross_section=0.0)
    for name in ("pi0", "eta", "eta'(958)", "rho(770)0", "omega(782)", "phi(1020)", "K+", "K(L)0", "K(S)0"):
        assert dump.number_of(name) > 0
    table = spectrum_table(f"photons_{momentum:g}")
    x = table.first((np.arange(4096) + 0.5) / 4096).mean()
    assert 0.10 < table.number("per_collision") * table.number("on_grid") * x < 0.18


def test_either_generator():
    """SIBYLL has twice as many eta, and somewhat more photons; B and D mesons are the same."""
    other = ProtonDump(400.0, 1e18, COPPER, generator="sibyll")
    assert 1.7 < other.number_of("eta") / SPS.number_of("eta") < 2.3
    mass = np.array([0.1])
    assert 1.0 < other.exposure(other.conversion, mass) / SPS.exposure(SPS.conversion, mass) < 1.3
    for name in ("B+", "D0"):
        assert other.number_of(name) == SPS.number_of(name)
    with pytest.raises(DetectorError, match="generator = 'epos' must be one of pythia, sibyll"):
        ProtonDump(400.0, 1e18, COPPER, generator="epos")
    with pytest.raises(SpectrumError, match="photons_30_sibyll"):
        ProtonDump(30.0, 1e18, COPPER, generator="sibyll")


def test_a_beam_spectrum_has_its_density():
    """Directions drawn at one momentum fill the solid angle as the density says."""
    beam = BeamSpectrum(spectrum_table("b_mesons_400"))
    momentum = np.full(200_000, 90.0)
    angle = beam.angle(momentum, np.random.default_rng(2).random(200_000))
    for low, high in ((0.0, 0.01), (0.01, 0.03), (0.03, 0.06)):
        grid = np.linspace(low, high, 2001)
        expected = np.trapezoid(beam.density(np.full(2001, 90.0), grid) * 2 * np.pi * np.sin(grid), grid)
        inside = ((angle > low) & (angle < high)).mean()
        assert inside == pytest.approx(expected, abs=5 * np.sqrt(expected / 200_000))


@pytest.mark.parametrize("mass", [0.3, 2.0])
def test_aimed_decays_are_the_random_ones(mass):
    process = TwoBodyDecay("B+", "K+")
    aimed = SPS.flights(process, mass, n=2**13, aim=PolarPanels((0.002, 0.02), complete=False))
    random = SPS.flights(process, mass, n=400_000, sampling="random")
    angle = np.arccos(np.clip(random.direction[:, 2], -1, 1))
    inside = (angle > 0.002) & (angle < 0.02)
    for power in (0, -1):
        one, one_error = sum_and_error(aimed, aimed.weight * aimed.energy**power)
        two, two_error = sum_and_error(random, random.weight * inside * random.energy**power)
        assert one_error < 0.01 * one
        assert abs(one - two) < 4.5 * np.hypot(one_error, two_error)


def test_models_have_what_they_have():
    assert SPS.produced(TwoBodyDecay("B0", "K*(892)0"), DarkScalar(), 0.5, 1e-3) > 0
    assert SPS.produced(TwoBodyDecay("B+", "K(1)(1270)+"), ALPFermion(), 0.5, 1e-3) > 0
    with pytest.raises(ProcessError, match="photons"):
        SPS.produced(SPS.conversion, DarkScalar(), 0.5, 1e-3)
    with pytest.raises(DetectorError, match=r"B\+"):
        U70.number_of("B+")


def test_bad_dumps():
    with pytest.raises(SpectrumError, match="photons_33"):
        ProtonDump(33.0, 1e18, COPPER)
    with pytest.raises(DetectorError, match="particles = -1"):
        ElectronDump(20.0, -1.0, ALUMINIUM)
    with pytest.raises(DetectorError, match="cascade"):
        ProtonDump(400.0, 1e18, COPPER, cascade=-1)
    with pytest.raises(SpectrumError, match="softest"):
        ElectronDump(20.0, 1e20, ALUMINIUM, softest_photon=30.0)
    with pytest.raises(SpectrumError, match="positive"):
        Target("?", 1, 1.0, 0.0)
