"""Parts of the selection of arXiv:2201.06580, eq. 4.1."""

from dataclasses import replace

import numpy as np

from farflung.detectors.experiments.belle2_missing_energy import Selection
from farflung.scenarios.papers.ferber2022.samples import SELECTION

_ANY, _ABOVE, _BELOW = (-np.inf, np.inf), (-np.inf, 0.0), (np.inf, 0.0)

# the variables that each cut concerns, and what stands for its absence
_CUTS: dict[str, tuple[tuple[str, ...], tuple[float, float]]] = {
    "pt": (("pt",), _ANY),
    "angle_degrees": (("angle_degrees",), _ANY),
    "mass_squared": (("mass_squared",), _ANY),
    "pt_above_angle": (("pt", "angle_degrees"), _ABOVE),
    "pt_above_mass_squared": (("pt", "mass_squared"), _ABOVE),
    "mass_squared_above_angle": (("mass_squared", "angle_degrees"), _ABOVE),
    "mass_squared_below_angle": (("mass_squared", "angle_degrees"), _BELOW),
}


def without(*variables: str) -> Selection:
    """Eq. 4.1 without the cuts that concern any of these variables, named as in `Observables`."""
    return replace(
        SELECTION,
        **{cut: absent for cut, (concerned, absent) in _CUTS.items() if set(concerned) & set(variables)},
    )
