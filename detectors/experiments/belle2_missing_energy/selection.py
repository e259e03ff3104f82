"""The cuts of arXiv:2201.06580, eq. 4.1."""

from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from farflung.detectors.errors import DetectorError
from farflung.detectors.experiments.belle2_missing_energy.observables import Observables


class EventSelection(Protocol):
    """Anything that says of events which ones it keeps; `Selection` is one, a function of one's own serves as well."""

    def __call__(self, events: Observables, /) -> NDArray[np.bool_]:
        """Whether (n,) each of n events is kept."""
        ...


@dataclass(frozen=True)
class Selection:
    """A box in the three observables with its corners cut off by lines; by default eq. 4.1 of arXiv:2201.06580.

    A line (a, b) stands for a + b x. Change single numbers with ``dataclasses.replace``; infinities leave a cut out.

    Parameters
    ----------
    pt
        Range of p_T(K) [GeV].
    angle_degrees
        Range of the angle phi between kaon and missing momentum.
    mass_squared
        Range of M_B^2-hat [GeV^2].
    pt_above_angle
        p_T(K) is above this line in phi.
    pt_above_mass_squared
        p_T(K) is above this line in M_B^2-hat.
    mass_squared_above_angle, mass_squared_below_angle
        M_B^2-hat is above and below these lines in phi.

    Raises
    ------
    DetectorError
        If one of the numbers is NaN or not two of them are given.

    Examples
    --------
    >>> Selection()(Observables(np.array([2.3, 1.0]), np.array([45.0, 45.0]), np.array([150.0, 150.0])))
    array([ True, False])
    """

    pt: tuple[float, float] = (1.75, 2.75)
    angle_degrees: tuple[float, float] = (130.0, 160.0)
    mass_squared: tuple[float, float] = (27.0, 60.0)
    pt_above_angle: tuple[float, float] = (3.2, -0.01)
    pt_above_mass_squared: tuple[float, float] = (3.0, -0.0165)
    mass_squared_above_angle: tuple[float, float] = (105.0, -0.55)
    mass_squared_below_angle: tuple[float, float] = (-100.0, 0.992)

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if len(value) != 2 or np.isnan(value).any():
                raise DetectorError(f"{field.name} = {value} must be two numbers")

    def __call__(self, events: Observables) -> NDArray[np.bool_]:
        """Whether (n,) each of n events is kept."""
        pt, angle, mass_squared = events.pt, events.angle_degrees, events.mass_squared
        return np.asarray(
            (pt > 0)
            & _within(pt, self.pt)
            & _within(angle, self.angle_degrees)
            & _within(mass_squared, self.mass_squared)
            & (pt >= _line(self.pt_above_angle, angle))
            & (pt >= _line(self.pt_above_mass_squared, mass_squared))
            & (mass_squared >= _line(self.mass_squared_above_angle, angle))
            & (mass_squared <= _line(self.mass_squared_below_angle, angle))
        )


def _within(values: NDArray[np.float64], limits: tuple[float, float]) -> NDArray[np.bool_]:
    return np.asarray((values >= limits[0]) & (values <= limits[1]))


def _line(line: tuple[float, float], x: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(line[0] + line[1] * x)
