"""Particles of a beam, all alike."""

from dataclasses import dataclass

import numpy as np

from farflung.lpp.errors import SpectrumError
from farflung.lpp.plain_arguments import PlainArguments


@dataclass(frozen=True)
class Beam(PlainArguments):
    """Particles along z that meet a target or another beam at the origin, as a source offers them to an emission.

    Parameters
    ----------
    number
        Number of particles that interact.
    momentum
        Momentum [GeV] of each.

    Raises
    ------
    SpectrumError
        If a number is not positive and finite.
    """

    number: float
    momentum: float

    def __post_init__(self) -> None:
        for label, value in (("number", self.number), ("momentum", self.momentum)):
            if not (np.isfinite(value) and value > 0):
                raise SpectrumError(f"{label} = {value:g} of a beam is not positive and finite")
