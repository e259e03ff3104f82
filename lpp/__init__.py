"""Long-lived-particle physics: models, widths, production, kinematics. Knows no detector.

>>> from farflung.lpp import ALPFermion
>>> model = ALPFermion()
>>> round(float(model.ctau(0.1, coupling=1e-3)) / 1e5, 2)  # 10^5 m
1.51
"""

from farflung.lpp.decays.final_states import (
    INVISIBLE,
    FinalState,
    final_state,
    final_state_names,
    register_final_state,
)
from farflung.lpp.described import Described
from farflung.lpp.errors import (
    CouplingError,
    MassRangeError,
    OptionError,
    PhysicsError,
    ProcessError,
    SamplingError,
    SpectrumError,
    UnknownModelError,
)
from farflung.lpp.flights import Flights, Recoil
from farflung.lpp.model import Model
from farflung.lpp.models.alp import ALP
from farflung.lpp.models.alp_fermion import ALPFermion
from farflung.lpp.models.alp_photon import ALPPhoton
from farflung.lpp.models.alp_weak import ALPWeak
from farflung.lpp.models.dark_photon import BC1, BC2, DarkPhoton
from farflung.lpp.models.dark_scalar import DarkScalar
from farflung.lpp.models.free_particle import FreeParticle
from farflung.lpp.models.gauge_boson import GaugeBoson
from farflung.lpp.models.registered import make_model, model_names, register_model
from farflung.lpp.options.named_values import named_values
from farflung.lpp.options.option import Option, options_of, read_options
from farflung.lpp.production.chain import Chain, NewParticle
from farflung.lpp.production.collision import Collision
from farflung.lpp.production.electron_bremsstrahlung import ElectronBremsstrahlung
from farflung.lpp.production.emission import Emission
from farflung.lpp.production.form_factor_shapes import FormFactor
from farflung.lpp.production.form_factors import (
    BALL_ZWICKY_B_TO_K,
    BALL_ZWICKY_B_TO_K_STAR,
    LATTICE_B_TO_K,
    SUM_RULES_AND_LATTICE_B_TO_K_STAR,
)
from farflung.lpp.production.meson_decays import MesonDecays, strange_decays
from farflung.lpp.production.parent_decays import Decay, ThreeBodyDecay, TwoBodyDecay, parse_decay
from farflung.lpp.production.photon_associated import PhotonAssociated
from farflung.lpp.production.photon_conversion import PhotonConversion
from farflung.lpp.production.primakoff import Primakoff
from farflung.lpp.production.process import Process
from farflung.lpp.production.proton_bremsstrahlung import ProtonBremsstrahlung
from farflung.lpp.production.vector_associated import VectorAssociated
from farflung.lpp.production.vector_mixing import VectorMixing
from farflung.lpp.registry import Registry
from farflung.lpp.sampling.aim import EVERYWHERE, Aim, PolarPanels, Window
from farflung.lpp.sampling.parents import Parents
from farflung.lpp.sampling.sampler import Sampler
from farflung.lpp.sampling.unit_points import Sampling
from farflung.lpp.spectra.angular_spectrum import AngularSpectrum
from farflung.lpp.spectra.beam import Beam
from farflung.lpp.spectra.beam_spectrum import BeamSpectrum
from farflung.lpp.spectra.decay_path import DecayPath
from farflung.lpp.spectra.empirical_spectrum import EmpiricalSpectrum
from farflung.lpp.spectra.spectrum import Spectrum
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table
from farflung.lpp.spectra.target import ALUMINIUM, COPPER, IRON, LEAD, MOLYBDENUM, TUNGSTEN, Target

__all__ = [
    "ALP",
    "ALUMINIUM",
    "BALL_ZWICKY_B_TO_K",
    "BALL_ZWICKY_B_TO_K_STAR",
    "BC1",
    "BC2",
    "COPPER",
    "EVERYWHERE",
    "INVISIBLE",
    "IRON",
    "LATTICE_B_TO_K",
    "LEAD",
    "MOLYBDENUM",
    "SUM_RULES_AND_LATTICE_B_TO_K_STAR",
    "TUNGSTEN",
    "ALPFermion",
    "ALPPhoton",
    "ALPWeak",
    "Aim",
    "AngularSpectrum",
    "Beam",
    "BeamSpectrum",
    "Chain",
    "Collision",
    "CouplingError",
    "DarkPhoton",
    "DarkScalar",
    "Decay",
    "DecayPath",
    "Described",
    "ElectronBremsstrahlung",
    "Emission",
    "EmpiricalSpectrum",
    "FinalState",
    "Flights",
    "FormFactor",
    "FreeParticle",
    "GaugeBoson",
    "MassRangeError",
    "MesonDecays",
    "Model",
    "NewParticle",
    "Option",
    "OptionError",
    "Parents",
    "PhotonAssociated",
    "PhotonConversion",
    "PhysicsError",
    "PolarPanels",
    "Primakoff",
    "Process",
    "ProcessError",
    "ProtonBremsstrahlung",
    "Recoil",
    "Registry",
    "Sampler",
    "Sampling",
    "SamplingError",
    "Spectrum",
    "SpectrumError",
    "SpectrumTable",
    "Target",
    "ThreeBodyDecay",
    "TwoBodyDecay",
    "UnknownModelError",
    "VectorAssociated",
    "VectorMixing",
    "Window",
    "final_state",
    "final_state_names",
    "make_model",
    "model_names",
    "named_values",
    "options_of",
    "parse_decay",
    "read_options",
    "register_final_state",
    "register_model",
    "spectrum_table",
    "strange_decays",
]
