"""Upper limits on a Poisson signal."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, ndtr
from scipy.stats import chi2

from farflung.detectors.errors import DetectorError
from farflung.lpp.arguments import numbers
from farflung.lpp.plain_arguments import plain_arguments

Array = NDArray[np.float64]

# standard normal numbers, and their weights, at which a Gamma distribution is averaged
_NORMAL = np.linspace(-9.0, 9.0, 721)
_WEIGHT = np.exp(-(_NORMAL**2) / 2) / np.exp(-(_NORMAL**2) / 2).sum()

_NEGLIGIBLE = 1e-9
"""An uncertainty of the background below this part of the Poisson spread changes nothing within rounding."""


def checked_level(confidence_level: object, whose: str = "") -> float:
    """A confidence level as a number; `DetectorError` unless it is between 0 and 1, which may say whose it is."""
    level = numbers(f"confidence_level{whose}", confidence_level, DetectorError)
    if level.ndim or not 0 < level < 1:
        raise DetectorError(f"confidence_level = {confidence_level} is not between 0 and 1")
    return float(level)


def checked_uncertainty(background_uncertainty: object, whose: str = "") -> float:
    """A relative uncertainty as a number; `DetectorError` unless it is 0 or more and below 1."""
    uncertainty = numbers(f"background_uncertainty{whose}", background_uncertainty, DetectorError)
    if uncertainty.ndim or not 0 <= uncertainty < 1:
        raise DetectorError(
            f"background_uncertainty = {background_uncertainty}{whose} must be relative: 0 or more and below 1"
        )
    return float(uncertainty)


@plain_arguments(DetectorError)
def signal_upper_limit(
    background: float,
    observed: int | None = None,
    confidence_level: float = 0.90,
    background_uncertainty: float = 0.0,
) -> float:
    """Largest signal that an observation does not exclude.

    The limit is the signal S for which n or fewer events are observed with probability 1 - CL when S + B are
    expected, with n the observation; for a projection n is the integer nearest to the background
    (arXiv:2201.06580, section 4.3). Without background this is -ln(1 - CL) = 2.3 events at 90 %.

    Where the background is uncertain, that probability is averaged over a Gamma distribution with mean B and standard
    deviation u B (a marginal likelihood: R. D. Cousins, V. L. Highland, Nucl. Instrum. Meth. A 320 (1992) 331; R. D.
    Cousins, J. T. Linnemann, J. Tucker, arXiv:physics/0702156). It is what a control sample of 1/u^2 events knows of
    the background. For u = 0 that is the limit above.

    Parameters
    ----------
    background
        Expected background B.
    observed
        Observed events n; None for a projection.
    confidence_level
        CL, between 0 and 1.
    background_uncertainty
        Relative uncertainty u of the background, 0 or more and below 1.

    Raises
    ------
    DetectorError
        If a number is negative, not finite or out of range, or if fewer events are observed than the background
        alone allows at this confidence level, so that no signal would be left.
    """
    if not (np.isfinite(background) and background >= 0):
        raise DetectorError(f"background = {background:g} is not a finite number of events >= 0")
    confidence_level = checked_level(confidence_level)
    background_uncertainty = checked_uncertainty(background_uncertainty)
    n = round(background) if observed is None else observed
    if n < 0 or n != int(n):
        raise DetectorError(f"observed = {observed} is not a number of events")
    # P(n or fewer | mu) = P(G > mu), where G has a Gamma distribution of shape n + 1
    total = float(chi2.ppf(confidence_level, 2 * (n + 1)) / 2)
    if background_uncertainty * background < _NEGLIGIBLE * np.sqrt(n + 1):
        if total > background:
            return total - background
    else:
        # averaged over the background b, it is P(G - b > S): the limit is a quantile of the difference
        exceeds = _difference_exceeds(n, background, background_uncertainty)
        if exceeds(0.0) > 1 - confidence_level:
            return float(brentq(lambda signal: exceeds(signal) - (1 - confidence_level), 0.0, total, xtol=1e-12))
    raise DetectorError(
        f"observed = {n} with background = {background:g} excludes every signal at {confidence_level:.0%} "
        "confidence; the background estimate and the observation do not fit together"
    )


def _difference_exceeds(n: int, background: float, uncertainty: float) -> Callable[[float], float]:
    """Probability that G - b exceeds a number, for Gamma distributions G (shape n + 1) and b (mean, relative spread).

    The distribution function of the wider of the two is averaged over the narrower, so that nodes a fraction of the
    latter's spread apart are close enough together.
    """
    shape = 1 / uncertainty**2
    scale = background / shape
    if uncertainty * background < np.sqrt(n + 1):
        backgrounds = scale * _gamma_nodes(shape)
        return lambda signal: float(_WEIGHT @ gammaincc(n + 1, signal + backgrounds))
    totals = _gamma_nodes(n + 1)
    return lambda signal: float(_WEIGHT @ gammainc(shape, np.maximum(totals - signal, 0.0) / scale))


def _gamma_nodes(shape: float) -> Array:
    """Numbers of a Gamma distribution of this shape that lie where `_NORMAL` does in the normal distribution."""
    below, above = gammaincinv(shape, ndtr(_NORMAL)), gammainccinv(shape, ndtr(-_NORMAL))
    return np.where(_NORMAL < 0, below, above)
