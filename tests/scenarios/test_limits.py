import numpy as np
import pytest
from scipy.stats import poisson

from farflung.detectors import DetectorError, signal_upper_limit


def test_no_background_is_2_3_events():
    assert signal_upper_limit(0) == pytest.approx(np.log(10), rel=1e-12)
    assert signal_upper_limit(0, confidence_level=0.95) == pytest.approx(np.log(20), rel=1e-12)


@pytest.mark.parametrize(("background", "limit"), [(1767, 55.1), (176_700, 540)])
def test_limits_of_the_invisible_search(background, limit):
    # arXiv:2201.06580, section 4.3, with 39 and 28 events of 10 M pairs at 0.5 and 50 ab^-1
    assert signal_upper_limit(background) == pytest.approx(limit, rel=2e-3)


@pytest.mark.parametrize(("background", "observed"), [(0.0, 0), (3.2, 3), (3.2, 7), (1767.0, 1767), (50.4, None)])
def test_poisson_probability_of_the_observation_is_one_tenth(background, observed):
    signal = signal_upper_limit(background, observed)
    n = round(background) if observed is None else observed
    assert poisson.cdf(n, signal + background) == pytest.approx(0.1, rel=1e-8)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((-1,), "background = -1"),
        ((np.nan,), "background = nan"),
        ((1, -2), "observed = -2"),
        ((1, 1, 1.0), "confidence_level = 1"),
        ((100, 20), "do not fit together"),
    ],
)
def test_bad_numbers_get_a_sentence(arguments, message):
    with pytest.raises(DetectorError, match=message):
        signal_upper_limit(*arguments)
