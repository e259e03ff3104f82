"""Which share of the decays is seen as missing energy, as a function of the lifetime."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from farflung.detectors.acceptance.acceptance import Acceptance
from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.selection import EventSelection
from farflung.detectors.experiments.belle2_missing_energy.signal_sample import SignalSample
from farflung.geometry import Solid

Array = NDArray[np.float64]


class UnseenShare:
    """Share epsilon x <P_a> of produced particles X that are selected and not seen to decay, by c tau.

    The probability P_a to decay outside the detector (arXiv:2201.06580, eq. 3.2) is averaged over the selected events.
    Since the cuts keep events whose missing momentum recoils against a hard kaon at 130 to 160 degrees, their X fly
    into the detector nearly always: nothing is left for short lifetimes. The paper averages over all events, so that
    for short lifetimes <P_a> tends to the share of X that fly where there is no detector, 0.077 for light ones.

    Decays to particles that no detector sees count wherever they happen (eq. 3.4): epsilon (B_vis <P_a> + B_inv).

    Parameters
    ----------
    sample
        Simulated events.
    selection
        Which of them are kept.
    solid
        What sees a decay inside of it, such as the ``"envelope"`` of `BelleII`.
    factorised
        True to average P_a over all events, as the paper does.

    Attributes
    ----------
    efficiency
        Efficiency of the selection, with its error.
    escape
        The probability to decay outside, averaged as chosen, as a function of c tau [m] with a method ``error``;
        None where the average is over the selected events and there are none.

    Examples
    --------
    >>> from farflung.detectors import BelleII
    >>> from farflung.detectors.experiments.belle2_missing_energy import Selection, SignalSimulation
    >>> sample = SignalSimulation().simulate(0.3, n=20_000)
    >>> share = UnseenShare(sample, Selection(), BelleII().solid("envelope"))
    >>> share([0.01, 100]).round(2)
    array([0. , 0.1])
    """

    def __init__(
        self, sample: SignalSample, selection: EventSelection, solid: Solid, *, factorised: bool = False
    ) -> None:
        self.efficiency = sample.efficiency(selection)
        self.factorised = bool(factorised)
        kept = np.ones(len(sample), dtype=bool) if factorised else sample.kept(selection)
        self.escape: Acceptance | None = None
        if kept.any():
            flights = sample.flights(kept)
            self.escape = Acceptance(flights, solid.stretches(flights.origin, flights.direction), outside=True)

    def __call__(self, ctau: ArrayLike, invisible_branching_ratio: float = 0.0) -> Array:
        """Share for each c tau [m], same shape; its product with the number of B -> K X is that of selected events.

        Parameters
        ----------
        ctau
            Proper decay lengths [m].
        invisible_branching_ratio
            Branching ratio B_inv of X into particles that no detector sees.

        Raises
        ------
        DetectorError
            If the branching ratio is not between 0 and 1, or a c tau is negative or NaN.
        """
        if not 0 <= invisible_branching_ratio <= 1:
            raise DetectorError(f"invisible_branching_ratio = {invisible_branching_ratio:g} is not between 0 and 1")
        outside = np.zeros(np.shape(ctau)) if self.escape is None else self.escape(ctau)
        unseen = (1 - invisible_branching_ratio) * outside + invisible_branching_ratio
        return np.asarray(self.efficiency.value * unseen)

    def __repr__(self) -> str:
        average = "all" if self.factorised else "selected"
        return f"<UnseenShare: efficiency {self.efficiency.value:.4f}, decays averaged over {average} events>"
