"""Upper limits on a Poisson signal."""

import numpy as np
from scipy.stats import chi2

from farflung.detectors.errors import DetectorError
from farflung.lpp.plain_arguments import plain_arguments


@plain_arguments(DetectorError)
def signal_upper_limit(background: float, observed: int | None = None, confidence_level: float = 0.90) -> float:
    """Largest signal that an observation does not exclude.

    The limit is the signal S for which n or fewer events are observed with probability 1 - CL when S + B are
    expected, with n the observation; for a projection n is the integer nearest to the background
    (arXiv:2201.06580, section 4.3). Without background this is -ln(1 - CL) = 2.3 events at 90 %.

    Parameters
    ----------
    background
        Expected background B.
    observed
        Observed events n; None for a projection.
    confidence_level
        CL, between 0 and 1.

    Raises
    ------
    DetectorError
        If a number is negative, not finite or out of range, or if fewer events are observed than the background
        alone allows at this confidence level, so that no signal would be left.
    """
    if not (np.isfinite(background) and background >= 0):
        raise DetectorError(f"background = {background:g} is not a finite number of events >= 0")
    if not 0 < confidence_level < 1:
        raise DetectorError(f"confidence_level = {confidence_level:g} is not between 0 and 1")
    n = round(background) if observed is None else observed
    if n < 0 or n != int(n):
        raise DetectorError(f"observed = {observed} is not a number of events")
    # P(n or fewer | mu) = P(chi^2 with 2(n + 1) degrees of freedom > 2 mu)
    total = chi2.ppf(confidence_level, 2 * (n + 1)) / 2
    if total <= background:
        raise DetectorError(
            f"observed = {n} with background = {background:g} excludes every signal at {confidence_level:.0%} "
            "confidence; the background estimate and the observation do not fit together"
        )
    return float(total - background)
