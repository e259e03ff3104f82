"""Limits where the background is uncertain, against sums, random numbers and another code."""

import numpy as np
import pytest
from scipy.optimize import brentq
from scipy.stats import nbinom, poisson

from farflung.detectors import BelleII, DetectorError, Search, signal_upper_limit
from farflung.scenarios import reach

BELLE2 = 176_700
"""Background of arXiv:2201.06580 at 50 / ab, section 4.2."""


def marginal_chance(signal, background, observed, uncertainty):
    """P(N <= n) for N = Poisson(s) + negative binomial, which is what a Poisson averaged over a Gamma prior is."""
    shape = 1 / uncertainty**2
    events = np.arange(observed + 1)
    rest = nbinom.cdf(observed - events, shape, 1 / (1 + background * uncertainty**2))
    return float(poisson.pmf(events, signal) @ rest)


@pytest.mark.parametrize("confidence_level", [0.9, 0.95])
@pytest.mark.parametrize("uncertainty", [1e-3, 0.05, 0.2, 0.5, 0.9])
@pytest.mark.parametrize(("background", "observed"), [(0.3, 0), (3.0, 7), (30.0, 30), (100.0, 100), (5000.0, 5000)])
def test_limit_is_where_the_negative_binomial_sum_says(background, observed, uncertainty, confidence_level):
    found = signal_upper_limit(background, observed, confidence_level, uncertainty)
    # the average over the Gamma distribution has a kink where G = s, which costs up to 1e-5 at 0.9
    left_over = marginal_chance(found, background, observed, uncertainty)
    assert left_over == pytest.approx(1 - confidence_level, rel=2e-5 if uncertainty > 0.5 else 1e-8)


@pytest.mark.parametrize(("background", "uncertainty"), [(4.0, 0.3), (39.0, 0.12), (BELLE2, 0.01), (BELLE2, 0.05)])
def test_limit_is_where_random_experiments_say(background, uncertainty):
    rng, n = np.random.default_rng(1), 400_000
    limit = signal_upper_limit(background, None, 0.9, uncertainty)
    backgrounds = rng.gamma(1 / uncertainty**2, background * uncertainty**2, n)
    chance = np.mean(rng.poisson(limit + backgrounds) <= round(background))
    assert chance == pytest.approx(0.1, abs=4 * np.sqrt(0.09 / n))


@pytest.mark.parametrize("background", [0.0, 0.5, 39.0, 1767.0, BELLE2, 1.35e8])
def test_without_uncertainty_nothing_changes(background):
    today = signal_upper_limit(background)
    assert signal_upper_limit(background, None, 0.9, 0.0) == today
    assert signal_upper_limit(background, None, 0.9, 1e-12) == pytest.approx(today, rel=1e-8)
    # half of (u B)^2 / (B + S) more, to first order
    small = 0.02 * np.sqrt(background + 1) / max(background, 1.0)
    assert today <= signal_upper_limit(background, None, 0.9, min(small, 0.99)) <= today * (1 + 1e-3)


def test_no_background_has_no_uncertainty():
    assert signal_upper_limit(0, 0, 0.9, 0.5) == pytest.approx(np.log(10), rel=1e-12)


@pytest.mark.parametrize("background", [1e6, 1.35e8, 1e12])
@pytest.mark.parametrize("uncertainty", [1e-6, 0.01, 0.3, 0.9])
def test_huge_backgrounds_tend_to_the_gamma_distribution_alone(background, uncertainty):
    from scipy.stats import gamma, norm

    limit = signal_upper_limit(background, None, 0.9, uncertainty)
    if uncertainty * background > 1e3 * np.sqrt(background):
        lowest = gamma.ppf(0.1, 1 / uncertainty**2, scale=background * uncertainty**2)
        assert limit == pytest.approx(background - lowest, rel=1e-3)
    elif uncertainty <= 0.01:
        both = np.hypot(uncertainty * background, np.sqrt(background))
        assert limit == pytest.approx(norm.ppf(0.9) * both, rel=1e-2)


def test_limits_grow_with_the_uncertainty():
    limits = [signal_upper_limit(100, None, 0.9, u) for u in np.linspace(0, 0.95, 20)]
    assert (np.diff(limits) > 0).all()


def test_too_few_events_exclude_everything_unless_the_background_may_be_small():
    with pytest.raises(DetectorError, match="do not fit together"):
        signal_upper_limit(100, 60, 0.9, 0.01)
    assert signal_upper_limit(100, 60, 0.9, 0.4) > 0
    # the border is where the negative binomial alone leaves 10 %
    border = brentq(lambda u: marginal_chance(0.0, 100, 60, u) - 0.1, 0.05, 0.9)
    with pytest.raises(DetectorError, match="do not fit together"):
        signal_upper_limit(100, 60, 0.9, border - 1e-3)
    assert 0 < signal_upper_limit(100, 60, 0.9, border + 1e-3) < 1


@pytest.mark.parametrize("uncertainty", [-0.1, 1.0, 5.0, np.nan])
def test_uncertainties_are_relative(uncertainty):
    with pytest.raises(DetectorError, match=r"background_uncertainty = .* must be relative"):
        signal_upper_limit(10, None, 0.9, uncertainty)
    with pytest.raises(DetectorError, match="background_uncertainty"):
        Search("x", "x", "inside", "box", background=1.0, background_uncertainty=uncertainty)


@pytest.mark.parametrize(("uncertainty", "weaker"), [(0.01, 2.075), (0.05, 4.562), (0.12, 7.016)])
def test_belle2_loses_in_the_coupling_what_the_docs_say(uncertainty, weaker):
    # 1.28 sqrt(B + (u B)^2) over 1.28 sqrt(B), to 1.5 %: the Gamma distribution's lower tail is short
    couplings = np.geomspace(1e-4, 1, 81)
    exact, known = (
        float(reach("belle2:invisible", "alp-fermion", [0.1], couplings, **given).smallest_coupling()[0, 0])
        for given in ({}, {"background_uncertainty": uncertainty})
    )
    assert known / exact == pytest.approx(weaker, rel=2e-3)
    by_hand = np.sqrt(np.sqrt(1 + uncertainty**2 * BELLE2))
    assert known / exact == pytest.approx(by_hand, rel=0.02)


def test_a_search_says_its_own_uncertainty():
    search = BelleII().search("invisible")
    assert search.background_uncertainty == 0
    assert search.with_statistics(background_uncertainty=0.05).upper_limit(0.3) == pytest.approx(11_238, rel=1e-3)
    clean = BelleII(background=False).search("invisible").with_statistics(background_uncertainty=0.05)
    assert clean.background_uncertainty == 0
    assert clean.upper_limit(0.3) == pytest.approx(np.log(10))


@pytest.mark.parametrize(
    ("background", "uncertainty", "within"),
    [(100, 0.1, 0.06), (1000, 0.05, 0.025), (1000, 0.01, 0.02), (BELLE2, 0.01, 0.004), (BELLE2, 0.05, 0.015)],
)
@pytest.mark.filterwarnings("ignore")
def test_one_bin_of_pyhf(background, uncertainty, within):
    """A counting experiment with an uncorrelated background in pyhf, which profiles where we average.

    pyhf's background has a Poisson constraint of 1/u^2 events, the likelihood of our Gamma distribution. Its CL_s+b
    from asymptotic formulas is 0.3 to 6 % below our limit: "n or fewer" counts the observed number whole, and Poisson
    and Gamma distributions are skew, neither of which asymptotic formulas know. The first falls as 1/sqrt(B), the other
    as u. Its CL_s, which divides by CL_b = 1/2 where as many events are seen as expected, is 20 to 30 % weaker; at 90 %
    it is its own CL_s+b at 95 %. The paper (section 4.3), and so this code, uses CL_s+b.
    """
    pyhf = pytest.importorskip("pyhf", reason="pyhf, of the extra dev, is not installed")
    model = pyhf.simplemodels.uncorrelated_background([1.0], [background], [uncertainty * background])
    data = [background, *model.config.auxdata]
    ours = signal_upper_limit(background, background, 0.9, uncertainty)
    bounds = [(0.0, 20 * ours), (1e-10, 10.0)]

    def limit(of, level):
        def excess(signal):
            cls, (clsb, _) = pyhf.infer.hypotest(
                signal, data, model, test_stat="qtilde", return_tail_probs=True, par_bounds=bounds
            )
            return float({"s": cls, "s+b": clsb}[of]) - (1 - level)

        return brentq(excess, ours / 5, 5 * ours, rtol=1e-4)

    assert limit("s+b", 0.9) < ours
    assert limit("s+b", 0.9) == pytest.approx(ours, rel=within)
    assert limit("s", 0.9) == pytest.approx(limit("s+b", 0.95), rel=1e-3)
    assert 1.2 < limit("s", 0.9) / ours < 1.3
