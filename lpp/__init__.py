"""Long-lived-particle physics: models, widths, production, kinematics. Knows no detector.

>>> from farflung.lpp import ALPFermion
>>> model = ALPFermion()
>>> round(float(model.ctau(0.1, coupling=1e-3)) / 1e5, 2)  # 10^5 m
1.51
"""

from farflung.lpp.described import Described
from farflung.lpp.errors import (
    CouplingError,
    MassRangeError,
    OptionError,
    PhysicsError,
    ProcessError,
    SamplingError,
    UnknownModelError,
)
from farflung.lpp.flights import Flights
from farflung.lpp.model import INVISIBLE, Model
from farflung.lpp.models.alp import ALP
from farflung.lpp.models.alp_fermion import ALPFermion
from farflung.lpp.models.alp_photon import ALPPhoton
from farflung.lpp.models.alp_weak import ALPWeak
from farflung.lpp.models.dark_scalar import DarkScalar
from farflung.lpp.models.registered import make_model, model_names, register_model
from farflung.lpp.options.named_values import named_values
from farflung.lpp.options.option import Option, options_of, read_options
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.form_factors import (
    BALL_ZWICKY_B_TO_K,
    BALL_ZWICKY_B_TO_K_STAR,
    LATTICE_B_TO_K,
    SUM_RULES_AND_LATTICE_B_TO_K_STAR,
)
from farflung.lpp.production.meson_decays import MesonDecays, strange_decays
from farflung.lpp.production.photon_associated import PhotonAssociated
from farflung.lpp.production.photon_conversion import PhotonConversion
from farflung.lpp.production.primakoff import Primakoff
from farflung.lpp.production.process import TwoBodyDecay
from farflung.lpp.registry import Registry
from farflung.lpp.sampling.aim import EVERYWHERE, Aim, PolarPanels, Window
from farflung.lpp.sampling.sampler import Sampler
from farflung.lpp.sampling.unit_points import Sampling
from farflung.lpp.spectra.spectrum import Spectrum

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
    "Described",
    "Flights",
    "FormFactor",
    "MassRangeError",
    "MesonDecays",
    "Model",
    "Option",
    "OptionError",
    "PhotonAssociated",
    "PhotonConversion",
    "PhysicsError",
    "PolarPanels",
    "Primakoff",
    "ProcessError",
    "Registry",
    "Sampler",
    "Sampling",
    "SamplingError",
    "Spectrum",
    "TwoBodyDecay",
    "UnknownModelError",
    "Window",
    "make_model",
    "model_names",
    "named_values",
    "options_of",
    "read_options",
    "register_model",
    "strange_decays",
]
