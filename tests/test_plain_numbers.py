"""Quantities with units and masked arrays get one sentence at every public entry that takes numbers."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
import xarray as xr

from farflung import geometry as geo
from farflung import lpp
from farflung.detectors import (
    E137,
    Acceptance,
    Aperture,
    BelleII,
    Beside,
    BFactory,
    DecayAcceptance,
    ElectronDump,
    KaonBeam,
    LHCBeauty,
    LifetimeTable,
    MassTable,
    MomentumTable,
    NA62Dump,
    ProtonDump,
    PublishedLimit,
    Requirement,
    Search,
    Secondaries,
    SimulatedBelleII,
    StoppedKaons,
    make_detector,
    signal_upper_limit,
)
from farflung.geometry import GeometryError
from farflung.geometry import plain_arguments as of_solids
from farflung.lpp import conventions, plain_arguments, standard_model, units
from farflung.scenarios import (
    acceptance_table,
    branching_ratio_limit,
    compare,
    events_of_pair,
    lifetime_plane,
    reach,
)

Ask = Callable[[Any], object]


class WithUnit:
    """What astropy's quantities look like."""

    unit = "cm"

    def __init__(self, value: object) -> None:
        self.value = value

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray[Any, Any]:
        return np.array(self.value, dtype=dtype)

    def __float__(self) -> float:
        return float(np.ravel(self.value)[0])

    def __len__(self) -> int:
        return len(np.atleast_1d(self.value))


class WithUnits(np.ndarray[Any, Any]):
    """What unyt's look like."""

    units = "MeV"


def with_units(value: object) -> WithUnits:
    return np.array(value, dtype=float).view(WithUnits)


def masked(value: object) -> Any:
    return np.ma.MaskedArray(np.array(value, dtype=float), mask=True)


KINDS: dict[str, Callable[[object], Any]] = {"unit": WithUnit, "units": with_units, "masked": masked}
SENTENCE = r"has a unit; give plain numbers|has masked numbers; leave them out"

MODEL = lpp.ALPFermion()
B_TO_K = lpp.TwoBodyDecay("B+", "K+")
TUBE = geo.Revolved.tube(z=(-1, 1), r=(0, 1))
FLIGHTS = lpp.Flights(np.zeros(3), np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]), 0.3)
STRETCHES = TUBE.stretches(FLIGHTS.origin, FLIGHTS.direction)
SEARCH = Search("some", "some", "inside", "tube")
TABLE = MassTable((0.1, 1.0), (1e-9, 1e-9), "here")
LIFETIMES = LifetimeTable((0.1, 1.0), (0.1, 1.0), ((1e-9, 1e-9), (1e-9, 1e-9)), "here")
LIMIT = PublishedLimit("some", "some", processes=("B+ -> K+",), limit=TABLE)
IRON = lpp.Primakoff(26, 56)
SPECTRUM = lpp.EmpiricalSpectrum(400.0, 5.0, 1.0)
ONE = np.full(3, 0.3)


@cache
def belle2() -> BelleII:
    return BelleII()


def acceptance() -> Acceptance:
    return Acceptance(FLIGHTS, STRETCHES)


ENTRIES: dict[str, Ask] = {
    # models
    "ctau, mass": lambda q: MODEL.ctau(q(0.3), 1e-3),
    "ctau, masses": lambda q: MODEL.ctau(q([0.3, 0.5]), 1e-3),
    "ctau, list": lambda q: MODEL.ctau([q(0.3), 0.5], 1e-3),
    "ctau, coupling": lambda q: MODEL.ctau(0.3, coupling=q(1e-3)),
    "total_width": lambda q: MODEL.total_width(q(0.3)),
    "partial_widths": lambda q: MODEL.partial_widths(q(0.3)),
    "branching_ratios": lambda q: MODEL.branching_ratios(q(0.3)),
    "production": lambda q: MODEL.production("B+ -> K+", q(0.3)),
    "production, coupling": lambda q: MODEL.production("B+ -> K+", 0.3, q(1e-3)),
    "unreliable": lambda q: MODEL.unreliable(q(0.3)),
    "photon_coupling": lambda q: lpp.ALPPhoton().photon_coupling(q(1.0)),
    "fermion_couplings": lambda q: MODEL.fermion_couplings(q(5.0)),
    "ALP": lambda q: lpp.ALP(c_ff=q(1.0)),
    "threshold": lambda q: lpp.DarkScalar(hadronic_threshold=q(2.0)),
    "invisible": lambda q: lpp.ALPWeak(invisible_branching_ratio=q(0.1)),
    "changed": lambda q: MODEL.changed(invisible_branching_ratio=q(0.1)),
    # flights
    "Flights, momentum": lambda q: lpp.Flights(np.zeros(3), q([[0.0, 0.0, 1.0]]), 0.3),
    "Flights, origin": lambda q: lpp.Flights(q(np.zeros(3)), [[0.0, 0.0, 1.0]], 0.3),
    "Flights, mass": lambda q: lpp.Flights(np.zeros(3), [[0.0, 0.0, 1.0]], q(0.3)),
    "Flights, weight": lambda q: lpp.Flights(np.zeros(3), [[0.0, 0.0, 1.0]], 0.3, q([1.0])),
    "weighed": lambda q: FLIGHTS.weighed(q([0.5, 0.5])),
    "together": lambda q: lpp.Flights.together([FLIGHTS], q([1.0])),
    "Recoil": lambda q: lpp.Recoil("K+", q([[0.0, 0.0, 1.0]])),
    # processes, spectra, form factors
    "require": lambda q: B_TO_K.require(q(0.3)),
    "can_make": lambda q: B_TO_K.can_make(q(0.3)),
    "NewParticle": lambda q: lpp.NewParticle("A'", ratio=q(3.0)),
    "Primakoff": lambda q: lpp.Primakoff(q(26), 56),
    "Primakoff.cross_section": lambda q: IRON.cross_section(q(0.1), 10.0, 1e-3),
    "Primakoff.form_factor": lambda q: IRON.form_factor(q(ONE)),
    "Primakoff.differential": lambda q: IRON.differential(0.1, q(ONE), ONE),
    "Primakoff.convert": lambda q: IRON.convert(FLIGHTS, q(0.1), np.ones((2, 2)) / 2),
    "PhotonAssociated": lambda q: lpp.PhotonAssociated(q(10.58)),
    "PhotonAssociated.cross_section": lambda q: lpp.PhotonAssociated(10.58).cross_section(q(0.1), 1e-3),
    "PhotonAssociated.require": lambda q: lpp.PhotonAssociated(10.58).require(q(0.1)),
    "PhotonAssociated.flights": lambda q: lpp.PhotonAssociated(10.58).flights(q(0.1), np.ones((2, 2)) / 2),
    "PhotonConversion": lambda q: lpp.PhotonConversion(IRON, q(400.0)),
    "bremsstrahlung": lambda q: lpp.ProtonBremsstrahlung().number(q(ONE), 400.0),
    "EmpiricalSpectrum": lambda q: lpp.EmpiricalSpectrum(q(400.0), 5.0, 1.0),
    "Spectrum.momentum": lambda q: SPECTRUM.momentum(q(ONE)),
    "Spectrum.density": lambda q: SPECTRUM.density(q(ONE), ONE),
    "SpectrumTable": lambda q: lpp.SpectrumTable(("p", "angle"), ([0.0, 1.0], q([0.0, 1.0])), np.ones((2, 2))),
    "SpectrumTable.density": lambda q: lpp.spectrum_table("pi0_400").density(q(0.3), 0.1),
    "Beam": lambda q: lpp.Beam(q(1e18), 400.0),
    "Target": lambda q: lpp.Target("iron", 26, 56, q(0.0176)),
    "form factor": lambda q: lpp.LATTICE_B_TO_K(q(0.3)),
    "Sampler": lambda q: lpp.Sampler(lpp.Parents(1.0, lambda p: FLIGHTS, 2), B_TO_K.system(0.3)).draw(q(0.3), 512, 1),
    "PolarPanels": lambda q: lpp.PolarPanels((q(0.1), 0.2), False),
    # conventions and units
    **{
        f"conventions.{name}": lambda q, name=name: getattr(conventions, name)(q(1.0))
        for name in (
            "photon_coupling",
            "from_photon_coupling",
            "w_coupling",
            "from_w_coupling",
            "hypercharge_coupling",
            "from_hypercharge_coupling",
            "alpinist_coupling",
            "from_alpinist_coupling",
            "yukawa_coupling",
            "from_yukawa_coupling",
        )
    },
    "decay_length": lambda q: units.decay_length(q(1.0)),
    "alpha_s": lambda q: standard_model.alpha_s(q(ONE)),
    # detectors
    "BelleII": lambda q: BelleII(luminosity=q(50.0)),
    "BelleII, efficiency": lambda q: BelleII(displaced_efficiency=q(0.5)),
    "SimulatedBelleII": lambda q: SimulatedBelleII(luminosity=q(50.0)),
    "NA62Dump": lambda q: NA62Dump(protons=q(1e18)),
    "E137": lambda q: E137(threshold=q(2.0)),
    "make_detector": lambda q: make_detector("belle2", luminosity=q(50.0)),
    "BFactory": lambda q: BFactory(q(7.0), 4.0, 0.04, 50.0, {"B+": 1.0}),
    "ElectronDump": lambda q: ElectronDump(q(20.0), 1e20, lpp.Target("iron", 26, 56, 0.0176)),
    "KaonBeam": lambda q: KaonBeam(q(75.0), (0, 1), 1e12),
    "MomentumTable": lambda q: MomentumTable((q(1.0), 2.0), (1.0, 1.0), "made up"),
    "StoppedKaons": lambda q: StoppedKaons(q(0.06), 0.1),
    "LHCBeauty": lambda q: LHCBeauty({7000.0: q(1.0)}),
    "ProtonDump": lambda q: ProtonDump(q(400.0), 1e18, lpp.Target("iron", 26, 56, 0.0176), bottom_cross_section=1.0),
    "Secondaries": lambda q: Secondaries({"D+": (q(1e10), SPECTRUM)}),
    "flights": lambda q: belle2().flights(MODEL, q(0.3)),
    "flights, n": lambda q: belle2().flights(MODEL, 0.3, n=q(512)),
    "flights, seed": lambda q: belle2().flights(MODEL, 0.3, seed=q(1)),
    "flights_from": lambda q: belle2().flights_from("B+ -> K+", q(0.3)),
    "first_process": lambda q: belle2().first_process(MODEL, q(0.3)),
    "sees": lambda q: belle2().sees("displaced", q([[0.0, 0.0, 1.0]])),
    "source.flights": lambda q: belle2().source.flights("B+ -> K+", q(0.3)),
    "source.produced": lambda q: belle2().source.produced(B_TO_K, MODEL, q(0.3)),
    "source.exposure": lambda q: belle2().source.exposure(B_TO_K, q(0.3)),
    "acceptance": lambda q: acceptance()(q(0.1)),
    "acceptance, array": lambda q: acceptance()(q([0.1, 1.0])),
    "acceptance.error": lambda q: acceptance().error(q(0.1)),
    "acceptance.mean_and_error": lambda q: acceptance().mean_and_error([q(0.1)]),
    "DecayAcceptance": lambda q: DecayAcceptance(FLIGHTS, STRETCHES, None, "mumu", decays=q(8)),  # type: ignore[arg-type]
    # searches
    "Search, efficiency": lambda q: Search("some", "some", "inside", "tube", efficiency=q(0.5)),
    "Search, efficiencies": lambda q: Search("some", "some", "inside", "tube", efficiency={"ee": q(0.5)}),
    "Search, background": lambda q: Search("some", "some", "inside", "tube", background=q(0.5)),
    "Search, vetoed": lambda q: Search("some", "some", "inside", "tube", vetoed=((q(0.5), 0.6),)),
    "efficiency_at": lambda q: SEARCH.efficiency_at(q(0.3)),
    "background_at": lambda q: SEARCH.background_at(q(0.3)),
    "upper_limit": lambda q: SEARCH.upper_limit(q(0.3)),
    "states_seen": lambda q: SEARCH.states_seen(q(0.3)),
    "limit_at": lambda q: LIMIT.limit_at(0.3, q(1.0)),
    "limit, upper_limit": lambda q: LIMIT.upper_limit(q(0.3)),
    "signal_upper_limit": lambda q: signal_upper_limit(q(3.0)),
    "MassTable": lambda q: MassTable(q([0.1, 1.0]), (1e-9, 1e-9), "here"),
    "MassTable, list": lambda q: MassTable((0.1, 1.0), (q(1e-9), 1e-9), "here"),
    "MassTable, at": lambda q: TABLE(q(0.3)),
    "LifetimeTable": lambda q: LifetimeTable((0.1, 1.0), q([0.1, 1.0]), ((1e-9, 1e-9), (1e-9, 1e-9)), "here"),
    "LifetimeTable, at": lambda q: LIFETIMES(0.3, q(0.3)),
    "Beside": lambda q: Beside("K+", momentum=(q(0.3), 5.0)),
    "Aperture": lambda q: Aperture(q(1.0), TUBE),  # type: ignore[arg-type]
    "Requirement": lambda q: Requirement((), energy=(q(1.0), 2.0)),  # type: ignore[arg-type]
    # scenarios
    "reach, masses": lambda q: reach("belle2", MODEL, q([0.3])),
    "reach, couplings": lambda q: reach("belle2", MODEL, [0.3], q([1e-4, 1e-3])),
    "reach, n": lambda q: reach("belle2", MODEL, [0.3], n=q(512)),
    "compare": lambda q: compare(["belle2", "babar"], MODEL, [q(0.3)]),
    "events_of_pair": lambda q: events_of_pair("belle2", "displaced", MODEL, q(0.3), [1e-3]),
    "events_of_pair, couplings": lambda q: events_of_pair("belle2", "displaced", MODEL, 0.3, q([1e-3])),
    "acceptance_table": lambda q: acceptance_table("belle2", MODEL, 0.3, q([1.0])),
    "branching_ratio_limit": lambda q: branching_ratio_limit("belle2", "displaced", 0.3, q([1.0])),
    "lifetime_plane": lambda q: lifetime_plane("belle2", "B+ -> K+", q(0.3), [1.0]),
    # solids
    "contains": lambda q: TUBE.contains(q([0.0, 0.0, 1.0])),
    "stretches, origins": lambda q: TUBE.stretches(q(np.zeros(3)), [0.0, 0.0, 1.0]),
    "stretches, directions": lambda q: TUBE.stretches(np.zeros(3), q([[0.0, 0.0, 1.0]])),
    "moved": lambda q: TUBE.moved(q([0.0, 0.0, 1.0])),
    "to_mesh": lambda q: TUBE.to_mesh(q(12)),
    "tube": lambda q: geo.Revolved.tube(z=(q(0.0), 1.0), r=(0, 1)),
    "Revolved": lambda q: geo.Revolved([(q(0.0), 0.0), (1.0, 0.0), (1.0, 1.0)]),
    "Sphere": lambda q: geo.Sphere(q(1.0)),
    "box": lambda q: geo.ConvexPolyhedron.box(x=(0, 1), y=(0, 1), z=q([0.0, 1.0])),
    "hull": lambda q: geo.ConvexPolyhedron.hull(q(np.eye(4, 3))),
    "ConvexPolyhedron": lambda q: geo.ConvexPolyhedron(np.eye(3), q(np.ones(3))),
    "HalfSpace": lambda q: geo.HalfSpace(q(np.zeros(3)), (0, 0, 1)),
    "Prism": lambda q: geo.Prism([(0, 0), (1, 0), (1, 1)], z=(0, q(1.0))),
    "PolarAngle": lambda q: geo.PolarAngle(q(0.1), 0.2),
    "from_degrees": lambda q: geo.PolarAngle.from_degrees(q(10.0), 20.0),
    "from_pseudorapidity": lambda q: geo.PolarAngle.from_pseudorapidity(q(2.0), 5.0),
    "Mesh.load": lambda q: geo.Mesh.load("nowhere.stl", metres_per_unit=q(0.001)),
    "Stretches": lambda q: geo.Stretches(q([[0.0]]), [[1.0]]),
    "Stretches.contains": lambda q: STRETCHES.contains(q([0.5, 0.5])),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ENTRIES)
def test_refused_in_one_sentence(name: str, kind: str) -> None:
    with pytest.raises(ValueError, match=SENTENCE) as caught:
        ENTRIES[name](KINDS[kind])
    assert "\n" not in str(caught.value)
    assert type(caught.value) is not ValueError


def test_the_argument_is_named_and_the_error_is_that_of_the_floor() -> None:
    with pytest.raises(lpp.PhysicsError, match=r"^coupling = WithUnits\(0.001\) has a unit"):
        MODEL.ctau(0.3, with_units(1e-3))
    with pytest.raises(GeometryError, match=r"^origins = .* has a unit; give plain numbers in metres"):
        TUBE.stretches(WithUnit(np.zeros(3)), np.ones(3))


def test_a_masked_array_without_a_mask_is_plain() -> None:
    assert MODEL.ctau(np.ma.array([0.3]), 1e-3) == MODEL.ctau(0.3, 1e-3)
    assert TUBE.contains(np.ma.array([0.0, 0.0, 0.5]))
    with pytest.raises(lpp.PhysicsError, match="has masked numbers"):
        MODEL.ctau([0.3, np.ma.masked], 1e-3)


def test_labels_of_units_are_no_quantities() -> None:
    mass = xr.DataArray([0.3, 0.5], dims="mass", attrs={"units": "GeV"})
    np.testing.assert_array_equal(MODEL.ctau(mass, 1e-3), MODEL.ctau([0.3, 0.5], 1e-3))
    assert TUBE.contains(xr.DataArray([0.0, 0.0, 0.5], dims="axis", attrs={"units": "m"}))


class MyModel(lpp.FreeParticle):
    """A user's own, with a method of its own."""

    def twice(self, mass: float) -> float:
        """The mass, twice."""
        return 2 * mass


def test_methods_of_users_classes_are_checked_too() -> None:
    mine = MyModel("B+ -> K+", "mumu")
    assert mine.twice(0.3) == 0.6
    with pytest.raises(lpp.PhysicsError, match=r"mass = .* has a unit"):
        mine.twice(WithUnit(0.3))  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [WithUnit(1.0), with_units(1.0), masked([1.0]), [masked([1.0])], 1.0, "1", [2.0]])
def test_both_floors_agree(value: object) -> None:
    """They do not know each other, so each has its own."""
    assert bool(of_solids.fault(value)) == bool(plain_arguments.fault(value))
