"""Long-lived-particle physics: models, widths, production, kinematics. Knows no detector.

>>> from farflung.lpp import ALPFermion
>>> model = ALPFermion()
>>> round(float(model.ctau(0.1, coupling=1e-3)) / 1e5, 2)  # 10^5 m
1.51
"""

from farflung.lpp.alp import ALP
from farflung.lpp.alp_fermion import ALPFermion
from farflung.lpp.alp_weak import ALPWeak
from farflung.lpp.errors import (
    CouplingError,
    MassRangeError,
    PhysicsError,
    ProcessError,
    SamplingError,
    UnknownModelError,
)
from farflung.lpp.flights import Flights
from farflung.lpp.model import Model
from farflung.lpp.process import TwoBodyDecay
from farflung.lpp.registry import make_model, model_names, register_model
from farflung.lpp.sampling import Sampler, Sampling

__all__ = [
    "ALP",
    "ALPFermion",
    "ALPWeak",
    "CouplingError",
    "Flights",
    "MassRangeError",
    "Model",
    "PhysicsError",
    "ProcessError",
    "Sampler",
    "Sampling",
    "SamplingError",
    "TwoBodyDecay",
    "UnknownModelError",
    "make_model",
    "model_names",
    "register_model",
]
