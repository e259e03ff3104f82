"""What others build on: public names, commands and their options, columns of tables, none of which changes unnoticed.

Who changes one of these lists on purpose says so in CHANGELOG.md, and keeps the old name for a release where that costs
little.
"""

import argparse
import importlib

import pytest

from farflung.command_line import _parser
from farflung.detectors.registry import DETECTORS, detector_names
from farflung.detectors.searches import limit_file
from farflung.lpp import final_state, final_state_names, options_of
from farflung.lpp.models.registered import MODELS
from farflung.scenarios.papers import find_paper, paper_names
from farflung.scenarios.papers.folder import _COLUMNS as COMPARISON_COLUMNS
from farflung.scenarios.papers.tables import excluded_intervals
from farflung.scenarios.sweeps.acceptance_table import ACCEPTANCE_COLUMNS
from farflung.scenarios.sweeps.lifetime_plane import PLANE_COLUMNS
from farflung.scenarios.sweeps.reach_table import REACH_COLUMNS

PACKAGES = {
    "farflung": ["__version__"],
    "farflung.detectors": [
        "ALUMINIUM",
        "ANUBIS",
        "Acceptance",
        "Aperture",
        "Apertures",
        "BFactory",
        "BaBar",
        "Belle",
        "BelleII",
        "Beside",
        "CHARM",
        "CODEXb",
        "COPPER",
        "CalorimeterPhotons",
        "CalorimeterRegion",
        "DecayAcceptance",
        "DecaySelection",
        "Detector",
        "DetectorError",
        "E137",
        "E949",
        "ElectronDump",
        "ExtendedBelleII",
        "FACET",
        "FASER",
        "FASER2",
        "GAZELLE",
        "IRON",
        "KLEVER",
        "KOTO",
        "KaonBeam",
        "LEAD",
        "LHCBeauty",
        "LHCCollisions",
        "LHCb",
        "LHCbMuons",
        "LUXENPOD",
        "LifetimeTable",
        "MATHUSLA",
        "MOLYBDENUM",
        "MassTable",
        "MomentumTable",
        "NA62",
        "NA62Dump",
        "NA64",
        "NeutralAbsorber",
        "NuCal",
        "Process",
        "ProtonDump",
        "Published",
        "PublishedLimit",
        "Requirement",
        "RunPeriods",
        "SHADOWS",
        "SHiP",
        "SeaQuest",
        "Search",
        "Secondaries",
        "SimulatedBelleII",
        "Source",
        "Sources",
        "SpectrumTable",
        "StoppedKaons",
        "TUNGSTEN",
        "Target",
        "UnknownNameError",
        "VisibleEnergy",
        "alpaca_experiments",
        "alpaca_limit",
        "detector_names",
        "make_detector",
        "read_limit",
        "register_detector",
        "signal_upper_limit",
        "spectrum_table",
    ],
    "farflung.detectors.experiments.belle2_missing_energy": [
        "BENCHMARK_MASSES",
        "Background",
        "BackgroundRate",
        "BackgroundSample",
        "Collision",
        "Continuum",
        "Counts",
        "DecayGenerator",
        "DecayTable",
        "DetectorResponse",
        "Efficiency",
        "EventSelection",
        "Kind",
        "Merit",
        "Observables",
        "Optimum",
        "PAPER_BACKGROUND",
        "PairedBackground",
        "Particles",
        "Reconstructed",
        "Selection",
        "SignalSample",
        "SignalSimulation",
        "SimulatedBelleII",
        "UnseenShare",
        "continuum_samples",
        "merit",
        "optimise",
        "punzi",
        "simulated_background",
    ],
    "farflung.geometry": [
        "Combination",
        "ConvexPolyhedron",
        "GeometryError",
        "HalfSpace",
        "Mesh",
        "Moved",
        "PolarAngle",
        "Prism",
        "Revolved",
        "Solid",
        "Sphere",
        "Stretches",
    ],
    "farflung.lpp": [
        "ALP",
        "ALPFermion",
        "ALPPhoton",
        "ALPWeak",
        "ALUMINIUM",
        "Aim",
        "AngularSpectrum",
        "BALL_ZWICKY_B_TO_K",
        "BALL_ZWICKY_B_TO_K_STAR",
        "BC1",
        "BC2",
        "Beam",
        "BeamSpectrum",
        "COPPER",
        "Chain",
        "Collision",
        "CouplingError",
        "DarkPhoton",
        "DarkScalar",
        "Decay",
        "DecayPath",
        "Described",
        "EVERYWHERE",
        "ElectronBremsstrahlung",
        "Emission",
        "EmpiricalSpectrum",
        "FinalState",
        "Flights",
        "FormFactor",
        "FreeParticle",
        "GaugeBoson",
        "INVISIBLE",
        "IRON",
        "LATTICE_B_TO_K",
        "LEAD",
        "MOLYBDENUM",
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
        "SUM_RULES_AND_LATTICE_B_TO_K_STAR",
        "Sampler",
        "Sampling",
        "SamplingError",
        "Spectrum",
        "SpectrumError",
        "SpectrumTable",
        "TUNGSTEN",
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
    ],
    "farflung.scenarios": [
        "ExcludedInterval",
        "Reach",
        "ScenarioError",
        "acceptance_table",
        "branching_ratio_limit",
        "compare",
        "events_of_pair",
        "lifetime_plane",
        "reach",
        "signal_upper_limit",
        "sweep",
    ],
    "farflung.scenarios.papers": [
        "Check",
        "Exhibit",
        "Folder",
        "Panels",
        "Paper",
        "Run",
        "Table",
        "excluded_intervals",
        "find_paper",
        "line",
        "paper_names",
        "register_paper",
        "tidy",
        "verdicts",
    ],
    "farflung.viz": [
        "WeighedDecays",
        "decay_points",
        "detector_page",
        "detector_scene",
        "plane_page",
        "plot_acceptance",
        "plot_branching_ratios",
        "plot_decays",
        "plot_decays_3d",
        "plot_detector",
        "plot_detector_3d",
        "plot_events",
        "plot_flights",
        "plot_lifetimes",
        "plot_plane",
        "plot_production",
        "plot_reach",
        "reach_page",
        "save",
        "save_page",
        "save_scene",
        "weighed_decays",
    ],
    "farflung.viz.papers": ["draw", "register_drawings"],
}
CONTRACTS = {
    "farflung.detectors.testing": ["DetectorContract"],
    "farflung.geometry.testing": ["SolidContract", "check_rays"],
    "farflung.lpp.testing": ["ModelContract", "check_table"],
}
COMMANDS = {
    "list": "--json --load --options",
    "reach": """
        --background-uncertainty --confidence-level --coupling --exact-masses --invisible --jobs --json --load
        --luminosity --mass --no-background --one-treatment --output --plot --sampling --seed --set -n detector model
    """,
    "compare": """
        --background-uncertainty --confidence-level --coupling --exact-masses --invisible --jobs --json --load --mass
        --model --one-treatment --output --plot --sampling --seed --set -n detectors
    """,
    "acceptance": """
        --ctau --invisible --json --load --luminosity --mass --no-background --output --sampling --seed --set -n
        detector model
    """,
    "plane": """
        --background-uncertainty --confidence-level --ctau --final-state --json --load --mass --output --plot --process
        --sampling --seed --set -n detectors
    """,
    "show": """
        --at --coupling --ctau --invisible --load --luminosity --mass --model --no-background --output --seed --set
        --view detectors
    """,
    "cite": "--load results",
    "reproduce": "--jobs --load --output --picture --seed exhibits paper",
}
DETECTOR_SEARCHES = {
    "belle2": ["displaced", "invisible"],
    "belle2-extended": ["displaced", "invisible", "muons", "mesons", "taus", "diphoton"],
    "belle2-simulated": ["displaced", "invisible"],
    "belle": ["diphoton"],
    "babar": ["invisible", "diphoton"],
    "charm": ["decays"],
    "nucal": ["decays"],
    "e137": ["decays"],
    "lhcb": ["displaced", "prompt", "kstar"],
    "na62": ["invisible", "invisible-pi0", "diphoton"],
    "na62-dump": ["decays"],
    "faser": ["photons", "tracks"],
    "faser2": ["decays"],
    "facet": ["decays"],
    "mathusla": ["decays"],
    "codex-b": ["decays"],
    "anubis": ["decays"],
    "ship": ["decays"],
    "shadows": ["decays"],
    "koto": ["invisible"],
    "klever": ["invisible"],
    "e949": ["invisible", "diphoton"],
    "na64": ["displaced", "invisible", "combined"],
    "luxe-npod": ["decays"],
    "seaquest": ["photons", "leptons"],
}
INCOMPLETE = {"gazelle": ["position"]}
"""Detectors of which something must be given."""
_VECTOR = "bremsstrahlung invisible_branching_ratio"
_ALP = """
    bottom_threshold charm_threshold cutoff form_factors hadronic_threshold invisible_branching_ratio strange_states
    top_mass
"""
OPTIONS = {
    "belle2": "background calorimeter displaced_efficiency extended factorised luminosity modes",
    "belle2-extended": "background calorimeter displaced_efficiency factorised luminosity modes",
    "belle2-simulated": """
        background calorimeter displaced_efficiency events extended factorised luminosity modes seed
        selection.angle_degrees selection.mass_squared selection.mass_squared_above_angle
        selection.mass_squared_below_angle selection.pt selection.pt_above_angle selection.pt_above_mass_squared
        simulation.response.kaon_efficiency simulation.response.min_photon_energy
        simulation.response.min_transverse_momentum simulation.response.momentum_resolution
        simulation.response.photon_energy_resolution simulation.response.pion_misidentification
        simulation.response.polar_angle_degrees simulation.response.tracking_efficiency simulation.seed
    """,
    "belle": "",
    "babar": "factorised",
    "charm": "bottom_cross_section cascade generator",
    "nucal": "generator",
    "e137": "threshold",
    "lhcb": "",
    "na62": "",
    "na62-dump": "bottom_cross_section generator protons",
    "faser": "generator",
    "faser2": "generator layout luminosity",
    "facet": "generator luminosity",
    "mathusla": "luminosity size",
    "codex-b": "luminosity",
    "anubis": "layout luminosity",
    "ship": "generator protons",
    "shadows": "generator protons",
    "koto": "stage",
    "klever": "protons",
    "e949": "",
    "na64": "electrons threshold",
    "luxe-npod": "electrons length radius",
    "seaquest": "background phase protons",
    "gazelle": "luminosity position size",
    "alp-fermion": _ALP,
    "alp-weak": _ALP,
    "alp-photon": f"{_ALP} weak_share",
    "dark-scalar": "form_factors hadronic_threshold invisible_branching_ratio strange_states top_mass",
    "dark-photon": _VECTOR,
    "gauge-boson": "bremsstrahlung current invisible_branching_ratio",
    "bc1": _VECTOR,
    "bc2": _VECTOR,
}
FINAL_STATES = {
    "gammagamma": "gamma gamma",
    "ee": "e- e+",
    "mumu": "mu- mu+",
    "tautau": "tau- tau+",
    "pipi": "pi- pi+",
    "KK": "K- K+",
    "pipipi0": "pi- pi+ pi0",
    "pi0gamma": "pi0 gamma",
    "3gamma": "gamma gamma gamma",
    "nunu": "nu(e) nu(e)~",
    "epi": "e- pi+",
    "mupi": "mu- pi+",
    "nuee": "nu(e) e- e+",
    "numumu": "nu(mu) mu- mu+",
    "nuemu": "nu(e) e- mu+",
    "nupi0": "nu(mu) pi0",
    "3pi": "",
    "4pi": "",
    "gg": "",
    "ss": "",
    "cc": "",
    "bb": "",
    "hadrons": "",
    "invisible": "",
}
EXHIBITS = {
    "ferber2022": [
        "table1",
        "fig1",
        "fig2",
        "fig3",
        "fig4",
        "fig5",
        "fig6",
        "fig7",
        "fig8",
        "fig9",
        "fig10",
        "fig11",
        "fig12",
    ]
}


@pytest.mark.parametrize("package", PACKAGES)
def test_public_names_of_packages(package: str) -> None:
    names = importlib.import_module(package).__all__
    assert sorted(names) == PACKAGES[package]
    assert len(set(names)) == len(names)
    assert all(hasattr(importlib.import_module(package), name) for name in names)


@pytest.mark.parametrize("module", CONTRACTS)
def test_public_names_of_contracts(module: str) -> None:
    offered = vars(importlib.import_module(module)).items()
    own = sorted(name for name, thing in offered if name[0] != "_" and getattr(thing, "__module__", "") == module)
    assert own == CONTRACTS[module]


def arguments_of(parser: argparse.ArgumentParser) -> list[str]:
    """Options by their long names, and arguments without dashes by theirs; those that help is silent about are none."""
    shown = [action for action in parser._actions if action.help != argparse.SUPPRESS]
    actions = [action for action in shown if action.dest not in ("help", "command")]
    return sorted(max(action.option_strings, key=len, default=action.dest) for action in actions)


def test_commands_and_their_options() -> None:
    parser = _parser()
    assert arguments_of(parser) == ["--version"]
    (commands,) = (action for action in parser._actions if isinstance(action.choices, dict))
    found = {name: arguments_of(command) for name, command in commands.choices.items()}
    assert found == {name: options.split() for name, options in COMMANDS.items()}


def test_detectors_and_their_searches() -> None:
    assert {name: list(DETECTORS.make(name).searches) for name in detector_names()} == DETECTOR_SEARCHES
    assert set(DETECTORS.names()) - set(detector_names()) == set(INCOMPLETE)
    for name, needed in INCOMPLETE.items():
        assert list(DETECTORS.needed(name)) == needed


def test_options_of_detectors_and_models() -> None:
    found = {name: sorted(options_of(kind.find(name))) for kind in (DETECTORS, MODELS) for name in kind.names()}
    assert found == {name: options.split() for name, options in OPTIONS.items()}


def test_final_states() -> None:
    found = {name: " ".join(final_state(name).products) for name in final_state_names()}
    # other tests may have added some at the end
    assert list(found.items())[: len(FINAL_STATES)] == list(FINAL_STATES.items())


def test_papers_and_their_exhibits() -> None:
    assert {name: list(find_paper(name).exhibits) for name in paper_names()} == EXHIBITS


def test_columns_of_tables() -> None:
    assert REACH_COLUMNS == (
        "detector", "search", "model", "mass_GeV", "coupling_low", "coupling_high", "open_end",
        "events_error_low", "events_error_high",
    )  # fmt: skip
    assert ACCEPTANCE_COLUMNS == ("search", "ctau_m", "probability", "error")
    assert PLANE_COLUMNS == (
        "detector", "search", "process", "final_state", "mass_GeV", "ctau_m", "branching_ratio",
    )  # fmt: skip
    assert COMPARISON_COLUMNS == (
        "exhibit", "quantity", "paper", "found", "agrees", "measure", "note", "leading", "made_by",
    )  # fmt: skip
    assert excluded_intervals({}).columns == (
        "panel", "search", "m_a_GeV", "coupling_low", "coupling_high", "unit", "open_end",
    )  # fmt: skip
    assert limit_file._COLUMNS == (("mass", "limit"), ("mass", "ctau", "limit"))
