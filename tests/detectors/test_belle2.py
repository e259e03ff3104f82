import pickle

import numpy as np
import pytest

from farflung.detectors import (
    BaBar,
    BelleII,
    BFactory,
    DetectorError,
    UnknownNameError,
    make_detector,
    register_detector,
)
from farflung.lpp import ALPFermion, MassRangeError, ProcessError, SamplingError
from farflung.scenarios import branching_ratio_limit


def test_b_mesons_and_background_follow_the_luminosity():
    # 0.54 nb and 0.51 nb; 39 and 28 events of 10 M pairs each: arXiv:2201.06580, section 4
    for luminosity, background in ((50, 176_700), (0.5, 1767)):
        belle2 = BelleII(luminosity)
        assert belle2.source.number_of("B+") == pytest.approx(2 * 0.54e9 * luminosity)
        assert sum(belle2.source.number_of(b) for b in ("B+", "B0")) / 2 == pytest.approx(1.05e9 * luminosity)
        assert belle2.search("invisible").background == pytest.approx(background)
    assert BelleII(background=False).search("invisible").background == 0


def test_beams_make_the_upsilon_4s_with_the_papers_boost():
    source = BelleII().source
    assert isinstance(source, BFactory)
    assert source.sqrt_s == pytest.approx(10.58, abs=1e-3)
    np.testing.assert_allclose(source.velocity, [0.0415, 0, 0.2725], atol=5e-5)


def test_b_mesons_follow_sin_squared_in_the_centre_of_mass():
    source = BFactory(5.29, 5.29, 0.0, 1.0, {"B+": 0.54})
    points = np.random.default_rng(5).random((200_000, 2))
    parents = source._parents("B+", points)
    assert parents.p.max() == pytest.approx(parents.p.min())
    cos = parents.direction[:, 2]
    # moments of 3/4 (1 - c^2): <c> = 0, <c^2> = 1/5, <c^4> = 3/35
    assert cos.mean() == pytest.approx(0, abs=4e-3)
    assert (cos**2).mean() == pytest.approx(1 / 5, abs=2e-3)
    assert (cos**4).mean() == pytest.approx(3 / 35, abs=1.5e-3)


@pytest.mark.parametrize(
    ("point", "displaced", "invisible"),
    [
        ((0.0, 0.30, 0.0), True, False),
        ((0.0, 0.008, 0.0), False, False),
        ((0.0, 0.61, 0.0), False, False),
        ((0.0, 0.55, 1.39), True, False),
        ((0.0, 0.55, 1.41), False, False),
        ((0.0, 1.61, 0.0), False, False),
        ((0.0, 1.63, 0.0), False, True),
        ((0.0, 1.00, 2.25), False, False),
        ((0.0, 1.00, 2.27), False, True),
        ((0.0, 1.00, -1.33), False, True),
        ((0.0, 0.10, 1.0), False, True),  # 5.7 degrees
        ((0.0, 0.10, -0.5), False, True),  # 168.7 degrees
    ],
)
def test_where_searches_look(point, displaced, invisible):
    belle2 = BelleII()
    assert belle2.sees("displaced", [point]) == [displaced]
    assert belle2.sees("invisible", [point]) == [invisible]


def test_uncovered_solid_angle_limits_short_lifetimes():
    # .077 at low masses, .071 at 3 GeV, .32 at 4.5 GeV
    belle2 = BelleII(factorised=True)
    for mass, expected in ((0.3, 0.077), (3.0, 0.071), (4.5, 0.32)):
        missed = belle2.acceptance("invisible", belle2.flights(ALPFermion(), mass))(1e-6)
        assert missed == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize(
    ("mass", "simulated"),
    [
        (0.005, {0.01: 0.7206, 0.03: 0.8965, 1.0: 0.9967}),
        (0.3, {0.03: 0.001557, 0.1: 0.1404, 0.3: 0.5184, 1.0: 0.8209, 10.0: 0.9804}),
        (1.0, {0.1: 1.172e-3, 0.3: 0.1031, 1.0: 0.5044, 10.0: 0.9338}),
        (1.6, {0.3: 0.01964, 1.0: 0.3058, 10.0: 0.8881}),
    ],
)
def test_escape_of_what_is_selected_is_that_of_the_full_simulation(mass, simulated):
    # SignalSimulation().simulate(mass, 200_000, seed=1): c tau [m] and P(outside) averaged over selected events
    belle2 = BelleII()
    escape = belle2.acceptance("invisible", belle2.flights(ALPFermion(), mass, n=4096))
    for ctau, expected in simulated.items():
        assert float(escape(ctau)) == pytest.approx(
            expected, rel=0.01 if expected > 0.8 else 0.03 if expected > 0.4 else 0.11
        )
    # the paper's average keeps 7.7 % of whatever lifetime
    assert float(escape(1e-6)) < 1e-12


def test_nothing_is_missed_at_short_lifetimes_unless_the_paper_is_followed():
    # c tau = 1 cm at 0.3 GeV: the simulation sees none of 20,000 selected particles escape
    limit = {
        which: branching_ratio_limit(BelleII(factorised=bool(which)), "invisible", 0.3, [0.01, 100.0])
        for which in (0, 1)
    }
    assert limit[0][1] == pytest.approx(limit[1][1], rel=0.01)
    assert limit[1][0] == pytest.approx(1.3e-6, rel=0.05)
    assert limit[0][0] > 1


def test_babar_sees_one_in_five_of_those_that_leave_by_its_ends():
    # back to back in the centre of mass: who leaves at one end has a kaon that leaves at the other
    escape = {}
    for factorised in (False, True):
        babar = BaBar(factorised=factorised)
        escape[factorised] = babar.acceptance("invisible", babar.flights(ALPFermion(), 0.3, search="invisible"))(1e-4)
    babar = BaBar()
    drawn = babar.flights(ALPFermion(), 0.3, search="invisible", n=400_000, sampling="random", seed=3)
    kaon, x = drawn.recoil[0].momentum, drawn.momentum
    angle = [np.degrees(np.arccos(p[:, 2] / np.linalg.norm(p, axis=1))) for p in (kaon, x)]
    seen, gone = (angle[0] > 15.8) & (angle[0] < 141.8), (angle[1] < 15.8) | (angle[1] > 141.8)
    assert escape[True] == pytest.approx(gone.mean(), rel=0.02)
    assert escape[False] == pytest.approx((gone & seen).mean() / seen.mean(), rel=0.05)
    assert escape[False] / escape[True] == pytest.approx(0.21, abs=0.02)


def test_same_seed_same_bits_and_pickles():
    belle2, model = BelleII(), ALPFermion()
    first, again = (belle2.flights(model, 0.3, seed=7) for _ in range(2))
    np.testing.assert_array_equal(first.momentum, again.momentum)
    assert not np.array_equal(first.momentum, belle2.flights(model, 0.3, seed=8).momentum)
    copy = pickle.loads(pickle.dumps(belle2))
    np.testing.assert_array_equal(first.momentum, copy.flights(model, 0.3, seed=7).momentum)
    assert repr(copy) == repr(belle2) == "BelleII()"


def test_bad_questions_get_a_sentence():
    belle2, model = BelleII(), ALPFermion()
    with pytest.raises(UnknownNameError, match=r"search = 'displced' is not one of belle2's; did you mean displaced"):
        belle2.acceptance("displced", belle2.flights(model, 0.3))
    with pytest.raises(UnknownNameError, match="detector = 'bele2' is unknown; did you mean belle2"):
        make_detector("bele2")
    with pytest.raises(DetectorError, match="depth is not an option of belle2"):
        make_detector("belle2", depth=3)
    with pytest.raises(UnknownNameError, match="'belle2' is taken"):
        register_detector("belle2", BelleII)
    with pytest.raises(MassRangeError, match=r"above m\(B\+\) - m\(K\+\) = 4.78"):
        belle2.flights(model, 4.8)
    with pytest.raises(ProcessError, match="is not a decay"):
        belle2.flights(model, 0.3, process="B+ K+")
    with pytest.raises(DetectorError, match=r"parent = 'D\+' is not made by"):
        belle2.flights_from("D+ -> pi+", 0.3)
    with pytest.raises(SamplingError, match="n = 0 is not a whole number of aimed flights, at least 1"):
        belle2.flights(model, 0.3, n=0)
    with pytest.raises(SamplingError, match="sampling = 'sobol' is not one of aimed, random"):
        belle2.flights(model, 0.3, sampling="sobol")
    for luminosity in (0, -1, np.nan, np.inf):
        with pytest.raises(DetectorError, match="luminosity"):
            BelleII(luminosity)
