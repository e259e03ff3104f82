"""Long-lived-particle physics: models, widths, production, kinematics. Knows no detector.

>>> from farflung.lpp import ALPFermion
>>> model = ALPFermion()
>>> round(float(model.ctau(0.1, coupling=1e-3)) / 1e5, 2)  # 10^5 m
1.51
"""

from farflung.lpp.aim import EVERYWHERE, Aim, PolarPanels, Window
from farflung.lpp.alp import ALP
from farflung.lpp.alp_fermion import ALPFermion
from farflung.lpp.alp_photon import ALPPhoton
from farflung.lpp.alp_weak import ALPWeak
from farflung.lpp.dark_scalar import DarkScalar
from farflung.lpp.errors import (
    CouplingError,
    MassRangeError,
    PhysicsError,
    ProcessError,
    SamplingError,
    UnknownModelError,
)
from farflung.lpp.flights import Flights
from farflung.lpp.form_factor_shapes import FormFactor
from farflung.lpp.form_factors import (
    BALL_ZWICKY_B_TO_K,
    BALL_ZWICKY_B_TO_K_STAR,
    LATTICE_B_TO_K,
    SUM_RULES_AND_LATTICE_B_TO_K_STAR,
)
from farflung.lpp.meson_decays import MesonDecays, strange_decays
from farflung.lpp.model import INVISIBLE, Model
from farflung.lpp.photon_associated import PhotonAssociated
from farflung.lpp.photon_conversion import PhotonConversion
from farflung.lpp.primakoff import Primakoff
from farflung.lpp.process import TwoBodyDecay
from farflung.lpp.registry import make_model, model_names, register_model
from farflung.lpp.sampler import Sampler
from farflung.lpp.spectrum import Spectrum
from farflung.lpp.unit_points import Sampling

__all__ = [
    "ALP",
    "BALL_ZWICKY_B_TO_K",
    "BALL_ZWICKY_B_TO_K_STAR",
    "EVERYWHERE",
    "INVISIBLE",
    "LATTICE_B_TO_K",
    "SUM_RULES_AND_LATTICE_B_TO_K_STAR",
    "ALPFermion",
    "ALPPhoton",
    "ALPWeak",
    "Aim",
    "CouplingError",
    "DarkScalar",
    "Flights",
    "FormFactor",
    "MassRangeError",
    "MesonDecays",
    "Model",
    "PhotonAssociated",
    "PhotonConversion",
    "PhysicsError",
    "PolarPanels",
    "Primakoff",
    "ProcessError",
    "Sampler",
    "Sampling",
    "SamplingError",
    "Spectrum",
    "TwoBodyDecay",
    "UnknownModelError",
    "Window",
    "make_model",
    "model_names",
    "register_model",
    "strange_decays",
]
