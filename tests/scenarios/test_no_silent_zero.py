"""What is misspelt or belongs to nothing is an error, and what is named changes only what it names."""

import numpy as np
import pytest
import shapely

from farflung.detectors import (
    Aperture,
    Apertures,
    Beside,
    Detector,
    DetectorError,
    LifetimeTable,
    MassTable,
    PublishedLimit,
    Requirement,
    Search,
    Secondaries,
    Sources,
    UnknownNameError,
)
from farflung.geometry import ConvexPolyhedron
from farflung.lpp import (
    FreeParticle,
    MassRangeError,
    Model,
    PhysicsError,
    ProcessError,
    Spectrum,
    TwoBodyDecay,
    final_state,
    parse_decay,
    register_final_state,
)
from farflung.scenarios import events_of_pair, reach

B_TO_K, D_TO_PI = TwoBodyDecay("B+", "K+"), TwoBodyDecay("D0", "pi0")
COUPLINGS = np.geomspace(0.01, 1.0, 4)
HBAR_C = 1.973269804e-16


class Toy(Spectrum):
    def __init__(self, lowest=10.0, highest=60.0):
        self.lowest, self.highest = lowest, highest

    def momentum(self, u):
        return self.lowest + (self.highest - self.lowest) * u

    def angle(self, momentum, u):
        width = 1 / (2 * momentum**2)
        share = u * 2 / (2 + width)
        return 2 * np.arcsin(np.sqrt(width * share / (1 - share) / 2))

    def density(self, momentum, angle):
        width, versine = 1 / (2 * momentum**2), 2 * np.sin(angle / 2) ** 2
        return width * (2 + width) / 2 / (versine + width) ** 2 / (2 * np.pi)


class Own(Model):
    name = "own"
    title = "A model"
    coupling_name = "c"
    coupling_range = (1e-3, 1.0)
    mass_range = (0.01, 4.0)

    def __init__(self, shares=None, **more):
        super().__init__(**more)
        self.shares = shares or {"ee": 1.0, "mumu": 1.0}

    def _partial_widths(self, mass):
        return {state: np.full(mass.shape, HBAR_C * share) for state, share in self.shares.items()}

    def processes(self):
        return (B_TO_K, D_TO_PI)

    def _production(self, process, mass):
        return np.full(mass.shape, 1e-6)


def search(**options):
    given = {"name": "decays", "title": "decays", "decays": "inside", "solid": "box"}
    return Search(**(given | options))


class Far(Detector):
    name = "far"
    title = "A box"
    references = ("nobody",)

    def __init__(self, *searches, source=None):
        beam = Secondaries({"B+": (1e9, Toy()), "D0": (1e10, Toy())}) if source is None else source
        box = ConvexPolyhedron.box((-1, 1), (-1, 1), (10, 20))
        super().__init__(beam, {"box": box}, searches or [search()])


def events(detector, wanted, model, mass=0.5, **options):
    return events_of_pair(detector, wanted, model, mass, COUPLINGS, **({"n": 4096} | options))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"final_states": ("mumuu",)}, "final state = 'mumuu' is in no list; did you mean .*mumu"),
        ({"final_states": ("MuMu",)}, "in no list"),
        ({"final_states": "mumu"}, "must be a tuple of different names"),
        ({"final_states": ("mumu", "mumu")}, "must be a tuple of different names"),
        ({"processes": ("B+ -> Kk+",)}, "particle = 'Kk\\+' is not a PDG name; did you mean .*K\\+"),
        ({"processes": ("Bplus -> K+",)}, "particle = 'Bplus' is not a PDG name"),
        ({"processes": ("B+ K+",)}, "is not a decay; write it as in"),
        ({"processes": ("B+ -> K+ pi+ pi-",)}, "is not a decay; write it as in"),
        ({"processes": "B+ -> K+"}, "must be a tuple of processes"),
        ({"efficiency": {"mummu": 0.5}}, "efficiency\\['mummu'\\].*did you mean .*mumu"),
        ({"efficiency": {"ee": 0.5}, "final_states": ("mumu",)}, "efficiency\\['ee'\\].*did you mean mumu"),
        ({"efficiency": {"B+ -> K*+": 0.5}}, "particle = 'K\\*\\+' is not a PDG name"),
        ({"efficiency": {"B+->K+": 0.5}}, "efficiency\\['B\\+->K\\+'\\].*did you mean B\\+ -> K\\+"),
        ({"efficiency": {"B+ ->  K+": 0.5}}, "did you mean B\\+ -> K\\+"),
        ({"efficiency": {"B0 -> K0": 0.5}, "processes": (B_TO_K,)}, "did you mean B\\+ -> K\\+"),
        ({"efficiency": 1.5}, "not between 0 and 1"),
        ({"efficiency": {"mumu": -0.1}}, "efficiency of mumu = -0.1"),
        ({"background": -1.0}, "is not a number >= 0"),
        ({"observed": -1}, "is not a number of events"),
        ({"decays": "beside"}, "neither 'inside' nor 'outside'"),
        ({"confidence_level": 90}, "not between 0 and 1"),
        ({"decays": "outside", "products": Apertures({})}, "cannot be 'outside'"),
        ({"name": "two words"}, "must be a word"),
    ],
)
def test_searches_that_make_no_sense_are_an_error(wrong, message):
    with pytest.raises(DetectorError, match=message):
        search(**wrong)


def test_detectors_without_what_a_search_names_are_an_error():
    for wrong, message in (
        ({"solid": "boxx"}, "solid = 'boxx' is not one of far's; did you mean box"),
        ({"solid": ""}, "solid = '' is not one of far's"),
        ({"source": "dump"}, "source = 'dump': .* has no parts"),
        ({"processes": ("K+ -> pi+",)}, "parent = 'K\\+' is not made by .*, which makes"),
    ):
        with pytest.raises(DetectorError, match=message):
            Far(search(**wrong))
    both = Sources({"kaons": Secondaries({"K+": (1.0, Toy())}), "dump": Secondaries({"B+": (1.0, Toy())})})
    with pytest.raises(DetectorError, match="source = 'kaon' is not one of kaons, dump"):
        Far(search(source="kaon"), source=both)
    with pytest.raises(DetectorError, match="parent = 'B\\+' is not made by"):
        Far(search(source="kaons", processes=(B_TO_K,)), source=both)
    with pytest.raises(UnknownNameError, match="search = 'decay' is not one of far's; did you mean decays"):
        Far().search("decay")


def test_models_that_do_not_have_it_are_an_error():
    far = Far()
    for process, message in (
        ("B+ -> K0", "process = 'B\\+ -> K0' is not one that own has.*nearest are .*B\\+ -> K\\+"),
        ("B- -> K-", "charge conjugates are included, so write 'B\\+ -> K\\+'"),
        ("B+", "is not a decay"),
    ):
        with pytest.raises(ProcessError, match=message):
            far.flights(Own(), 0.5, process=process)
    for states, message in (
        (("pipi",), "final state = pipi is not one of own's: ee, mumu"),
        (("pipi", "KK"), "final state = pipi or KK is not one of own's"),
    ):
        with pytest.raises(ProcessError, match=message):
            events(far, search(final_states=states), Own())
    with pytest.raises(ProcessError, match="final state = 'muon' is in no list"):
        events(far, search(), Own({"muon": 1.0}))
    with pytest.raises(ProcessError, match=r"final state = 'mumuu' is in no list; did you mean .*mumu"):
        FreeParticle("B+ -> K+", "mumuu")


def test_final_states_are_registered_once():
    again = register_final_state("mumu", "mu- mu+")
    assert again == final_state("mumu")
    with pytest.raises(ProcessError, match="final state = 'mumu' is registered with mu- mu\\+; choose another name"):
        register_final_state("mumu", "mu- e+")
    with pytest.raises(ProcessError, match="must be letters and digits"):
        register_final_state("mu mu", "mu- mu+")
    with pytest.raises(ProcessError, match="must be at least two"):
        register_final_state("onemuon", "mu-")
    with pytest.raises(ProcessError, match="'muu-' is not a PDG name"):
        register_final_state("muonsagain", "muu- mu+")


def test_nothing_beside_that_is_not_there():
    far = Far()
    for name in ("K-", "kaon"):
        with pytest.raises(DetectorError, match=f"beside = '{name}' does not fly beside .* there is K\\+"):
            events(far, search(processes=(B_TO_K,), beside=(Beside(name),)), Own())
    for wrong, message in (
        ({"momentum": (5.0, 1.0)}, "momentum = .* must increase"),
        ({"momentum": (-1.0, 1.0)}, "momentum = .* must increase"),
        ({"polar_degrees": (150.0, 17.0)}, "must increase"),
        ({"polar_degrees": (0.0, 200.0)}, "must increase"),
        ({"efficiency": 1.5}, "not between 0 and 1"),
    ):
        with pytest.raises(DetectorError, match=message):
            Beside("K+", **wrong)


def test_own_invisible_widths_are_added_to():
    model = Own({"ee": 1.0, "invisible": 3.0}, invisible_branching_ratio=0.2)
    widths = model.partial_widths(0.5)
    # 0.2/(1 - 0.2) of 4 besides its own 3
    assert widths["invisible"] == pytest.approx(4 * HBAR_C)
    assert model.total_width(0.5) == pytest.approx(5 * HBAR_C)
    assert model.branching_ratios(0.5)["invisible"] == pytest.approx(0.8)
    assert model.ctau(0.5) == pytest.approx(0.2, rel=1e-6)


PLAIN = MassTable((0.1, 3.0), (1e-8, 1e-8), "nobody")
BY_LIFETIME = LifetimeTable((0.1, 3.0), (0.01, 10.0), ((1e-8, 1e-7), (1e-8, 1e-7)), "nobody")


def limit(**options):
    given = {"name": "limit", "title": "limit", "processes": (B_TO_K,), "limit": PLAIN}
    return PublishedLimit(**(given | options))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"efficiency": 0.5}, "efficiency of limit 'limit' would be ignored"),
        ({"efficiency": {"mumu": 0.5}}, "efficiency of limit 'limit' would be ignored"),
        ({"background": 1.0}, "background of limit 'limit' would be ignored"),
        ({"observed": 0}, "observed of limit 'limit' would be ignored"),
        ({"products": Apertures({})}, "products of limit 'limit' would be ignored"),
        ({"beside": (Beside("K+"),)}, "beside of limit 'limit' would be ignored"),
        ({"processes": ()}, "processes of search 'limit' is empty"),
        ({"processes": ("B+ -> Kk+",)}, "'Kk\\+' is not a PDG name"),
        ({"solid": "box", "limit": BY_LIFETIME}, "its limit knows the lifetime; leave the solid out"),
        ({"final_states": ("mumuu",)}, "in no list"),
    ],
)
def test_published_limits_refuse_what_they_would_ignore(wrong, message):
    with pytest.raises(DetectorError, match=message):
        limit(**wrong)


def test_published_limits_take_products_and_what_flies_beside_in_a_solid():
    square = Requirement((Aperture(22.0, shapely.box(-1, -1, 1, 1)),), hits=2)
    far = Far(limit(solid="box", products=Apertures({}, square), beside=(Beside("K+", momentum=(1.0, 20.0)),)))
    found, error = events(far, far.search("limit"), Own())
    assert (found > 0).all()
    assert (error < 0.3 * found).all()


def test_efficiencies_count_what_they_name_and_nothing_else():
    far = Far()
    plain = {state: events(far, search(final_states=(state,)), Own())[0] for state in ("ee", "mumu")}
    named = events(far, search(efficiency={"mumu": 0.3}), Own())[0]
    np.testing.assert_allclose(named, 0.3 * plain["mumu"])
    both = events(far, search(efficiency={"mumu": 0.3, "B+ -> K+": 0.5}), Own())[0]
    alone = events(far, search(final_states=("mumu",), processes=(B_TO_K,)), Own())[0]
    np.testing.assert_allclose(both, 0.15 * alone, rtol=0.1)


def test_narrowed_searches_count_no_more_than_before():
    mixed = search(efficiency={"ee": 0.5, "B+ -> K+": 0.3})
    assert mixed.efficiency_at(1.0, "mumu", "B+ -> K+") == 0
    assert mixed.efficiency_at(1.0, "ee", "B+ -> K+") == pytest.approx(0.15)
    # of muons it says nothing, so it sees none, alone as well as among others
    assert mixed.only("mumu").efficiency_at(1.0, "mumu", "B+ -> K+") == 0
    assert mixed.only("ee").efficiency_at(1.0, "ee", "B+ -> K+") == pytest.approx(0.15)
    assert mixed.only("ee", "mumu").efficiency_at(1.0, "mumu", "B+ -> K+") == 0
    assert mixed.only_from(D_TO_PI).efficiency_at(1.0, "ee", D_TO_PI) == 0
    assert mixed.only_from(B_TO_K).efficiency_at(1.0, "ee", B_TO_K) == pytest.approx(0.15)
    assert mixed.only_from(B_TO_K).efficiency_at(1.0, "mumu", B_TO_K) == 0
    states_alone = search(efficiency={"ee": 0.5})
    assert states_alone.only("mumu").efficiency_at(1.0, "mumu") == 0
    assert states_alone.only_from(D_TO_PI).efficiency_at(1.0, "ee", D_TO_PI) == 0.5


def test_invisible_decays_have_the_efficiency_that_is_said_of_them():
    model = Own(invisible_branching_ratio=0.5)
    far = Far()
    visible = far.acceptance(search(decays="outside"), far.flights_from(B_TO_K, 0.5, search=search(decays="outside")))
    made = 1e9 * 1e-6 * COUPLINGS**2
    outside = visible(model.ctau(0.5, COUPLINGS))
    for efficiency, of_visible, of_invisible in (
        (1.0, 1.0, 1.0),
        (0.5, 0.5, 0.5),
        ({"invisible": 0.3}, 0.0, 0.3),
        ({"ee": 0.4, "mumu": 0.4}, 0.4, 0.0),
        ({"ee": 0.4, "mumu": 0.4, "invisible": 0.3}, 0.4, 0.3),
        ({"B+ -> K+": 0.6}, 0.6, 0.6),
        ({"invisible": 0.3, "B+ -> K+": 0.6}, 0.0, 0.18),
    ):
        wanted = search(decays="outside", processes=(B_TO_K,), efficiency=efficiency)
        expected = made * (0.5 * of_visible * outside + 0.5 * of_invisible)
        np.testing.assert_allclose(events(far, wanted, model)[0], expected, rtol=1e-9, err_msg=str(efficiency))


def test_neutrinos_alone_are_invisible():
    register_final_state("threeneutrinos", "nu(mu) nu(mu) nu(mu)~")
    far = Far()
    neutrinos, invisible = (Own({"ee": 1.0, name: 3.0}) for name in ("threeneutrinos", "invisible"))
    for decays in ("inside", "outside"):
        for options in ({}, {"efficiency": 0.3}, {"efficiency": {"ee": 0.4}}):
            wanted = search(decays=decays, **options)
            np.testing.assert_allclose(events(far, wanted, neutrinos)[0], events(far, wanted, invisible)[0], rtol=1e-12)
    named = [search(decays="outside", efficiency={state: 0.2}) for state in ("threeneutrinos", "invisible")]
    one, other = (events(far, wanted, model)[0] for wanted, model in zip(named, (neutrinos, invisible), strict=True))
    np.testing.assert_allclose(one, other, rtol=1e-12)
    # 3/4 of all, wherever
    np.testing.assert_allclose(one, 0.2 * 0.75 * (1e9 + 1e10) * 1e-6 * COUPLINGS**2)


def test_closed_processes_do_not_count_and_nothing_else_is_lost():
    far = Far(search(), search(name="charm", processes=(D_TO_PI,)), search(name="beauty", processes=(B_TO_K,)))
    # m(D0) - m(pi0) = 1.73 GeV
    found = reach(far, Own(), [0.5, 2.5], COUPLINGS, n=4096).data["events"]
    for mass in (0.5, 2.5):
        for name in ("decays", "beauty"):
            direct = events(far, far.search(name), Own(), mass)[0]
            np.testing.assert_allclose(found.sel(search=f"far:{name}", mass=mass), direct, rtol=1e-12)
    assert np.isnan(found.sel(search="far:charm", mass=2.5)).all()
    assert (found.sel(search="far:charm", mass=0.5) > 0).all()
    np.testing.assert_allclose(
        found.sel(search="far:decays", mass=2.5), found.sel(search="far:beauty", mass=2.5), rtol=1e-12
    )
    with pytest.raises(MassRangeError, match="is above m\\(D0\\) - m\\(pi0\\)"):
        events(far, far.search("charm"), Own(), 2.5)
    with pytest.raises(MassRangeError):
        reach(far, Own(), [0.5, 3.0, 4.9], COUPLINGS)


def test_a_source_and_a_model_without_anything_in_common_are_an_error():
    far = Far(source=Secondaries({"K+": (1.0, Toy())}))
    with pytest.raises(PhysicsError, match=r"nothing that .* has makes own: it offers K\+, but own is made of B\+, D0"):
        events(far, search(), Own())
    with pytest.raises(PhysicsError, match=r"nothing that .* has makes own"):
        reach(far, Own(), [0.5], COUPLINGS)


def test_a_search_takes_numbers_and_flights_of_its_own_source():
    slow, fast = Secondaries({"B+": (1e9, Toy(5, 10))}), Secondaries({"D0": (2e9, Toy(200, 300))})
    far = Far(search(name="slow", source="slow"), search(name="fast", source="fast"), search(name="all"),
              source=Sources({"slow": slow, "fast": fast}))  # fmt: skip
    expected = {name: events(Far(source=part), search(), Own()) for name, part in (("slow", slow), ("fast", fast))}
    found = reach(far, Own(), [0.5], COUPLINGS, n=4096).data["events"]
    for name, (alone, error) in expected.items():
        assert (alone > 5 * error).all()
        np.testing.assert_allclose(events(far, far.search(name), Own())[0], alone, rtol=1e-12)
        np.testing.assert_allclose(found.sel(search=f"far:{name}", mass=0.5), alone, rtol=1e-12)
    both, error = events(far, far.search("all"), Own())
    apart = both - expected["slow"][0] - expected["fast"][0]
    assert (np.abs(apart) < 4 * np.sqrt(error**2 + expected["slow"][1] ** 2 + expected["fast"][1] ** 2)).all()


def test_what_two_sources_offer_is_not_taken_from_the_first_alone():
    with pytest.raises(DetectorError, match=r"B\+ is offered by more than one"):
        Sources([Secondaries({"B+": (1.0, Toy())}), Secondaries({"D0": (1.0, Toy()), "B+": (2.0, Toy())})])


@pytest.mark.parametrize("text", ["B+ -> K+", "D0 -> K- mu+"])
def test_decays_are_read_and_written_alike(text):
    assert str(parse_decay(text)) == text
    assert parse_decay(str(parse_decay(text))) == parse_decay(text)


def test_sources_of_nothing_are_an_error():
    for wrong, message in (
        ({}, "parents is empty"),
        ({"B+": (0.0, Toy())}, "number = 0 of B\\+ is not positive"),
        ({"B+": (np.nan, Toy())}, "number = nan of B\\+ is not positive"),
    ):
        with pytest.raises(DetectorError, match=message):
            Secondaries(wrong)
    with pytest.raises(ProcessError, match="'Bplus' is not a PDG name"):
        Secondaries({"Bplus": (1.0, Toy())})
