"""``--set`` in every command, and ``farflung list --options``."""

import json
import subprocess
import sys

import numpy as np
import pytest

from farflung.command_line import main
from farflung.detectors import detector_names, make_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import make_model, model_names
from farflung.lpp.models.registered import MODELS
from farflung.scenarios import compare

FAST = ["--mass", "0.3,0.5", "--coupling", "1e-5:1:41", "-n", "512", "--json", "-"]
REACH = ["reach", "belle2", "alp-fermion", *FAST]

MINE = '''
from __future__ import annotations

import dataclasses

from farflung.detectors import BelleII, Detector, register_detector
from farflung.geometry import Revolved
from farflung.lpp import ALPFermion, register_model


class Compact(Detector):
    """Belle II with a tracker of one's own.

    Parameters
    ----------
    radius
        Outer radius of the tracker [m].
    luminosity
        As in `BelleII`.
    """

    name, title = "compact", "A compact tracker"

    def __init__(self, radius: float = 0.3, luminosity=50):
        belle2 = BelleII(luminosity)
        tracker = Revolved([(-0.3, 0.01), (0.5, 0.01), (0.5, radius), (-0.3, radius)])
        search = dataclasses.replace(belle2.search("displaced"), solid="tracker")
        super().__init__(belle2.source, {"tracker": tracker}, [search])


class Mine(ALPFermion):
    name = "mine"

    def __init__(self, hadronic_threshold: float = 1.5):
        super().__init__(hadronic_threshold=hadronic_threshold)


register_detector("compact", Compact)
register_model("mine", Mine)
'''


@pytest.fixture(autouse=True)
def own_registries():
    with DETECTORS.preserved(), MODELS.preserved():
        yield


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.py"
    path.write_text(MINE)
    return ["--load", str(path)]


def provenance(arguments, capsys):
    assert main(arguments) == 0
    return json.loads(capsys.readouterr().out)["provenance"]


def test_options_of_detectors_and_models(capsys):
    settings = ["--set", "belle2.modes=K+,K0", "--set", "belle2.calorimeter=gaps", "--set", "belle2.background=false"]
    told = provenance([*REACH, *settings, "--set", "alp-fermion.hadronic_threshold=1.2"], capsys)
    assert "background=False, " in told["detectors"]
    assert "modes=('K+', 'K0'), calorimeter='gaps'" in told["detectors"]
    assert told["model_repr"].startswith("ALPFermion(hadronic_threshold=1.2, ")


def test_a_model_answers_to_its_coupling(capsys):
    factors = "B -> K=LATTICE_B_TO_K"
    told = provenance([*REACH, "--set", "c_ff.hadronic_threshold=1.2", "--set", f"c_ff.form_factors={factors}"], capsys)
    assert told["model_repr"].startswith("ALPFermion(hadronic_threshold=1.2, form_factors={'B -> K': ZExpansion(")


def test_shorthands_go_with_settings(capsys):
    arguments = [*REACH, "--luminosity", "0.5", "--no-background", "--invisible", "0.25", "--set", "belle2.modes=K0"]
    told = provenance(arguments, capsys)
    assert "BelleII(luminosity=0.5, background=False, " in told["detectors"]
    assert "modes=('K0',)" in told["detectors"]
    assert "invisible_branching_ratio=0.25" in told["model_repr"]


def test_parts_of_the_simulated_belle2(capsys):
    arguments = ["reach", "belle2-simulated", "alp-fermion", *FAST, "--no-background"]
    settings = ["events=2000", "selection.pt=1.8,inf", "simulation.response.kaon_efficiency=0.5"]
    told = provenance([*arguments, *(f"--set=belle2-simulated.{setting}" for setting in settings)], capsys)
    for text in ("background=False", "events=2000", "pt=(1.8, inf)", "kaon_efficiency=0.5"):
        assert text in told["detectors"]


def test_acceptance_and_show_take_settings(tmp_path, capsys):
    arguments = ["acceptance", "e137", "alp-photon", "--mass", "0.1", "--ctau", "1", "--json", "-"]
    told = provenance([*arguments, "--set", "e137.threshold=1", "--set", "g_agg.weak_share=0.5"], capsys)
    assert told["detector"] == "E137(threshold=1)"
    picture = tmp_path / "x.png"
    assert main(["show", "belle2", "--set", "belle2.calorimeter=gaps", "--output", str(picture)]) == 0
    decays = ["--model", "alp-fermion", "--mass", "0.3", "--ctau", "1", "--set", "c_ff.hadronic_threshold=1.3"]
    assert main(["show", "belle2", *decays, "--output", str(picture)]) == 0


def test_compare_takes_labels_names_and_the_model(capsys):
    arguments = ["compare", "one=belle2", "two=belle2", "e=belle2-extended:muons", "--model", "alp-fermion", "--jobs=1"]
    settings = ["--set=two.luminosity=0.5", "--set=belle2.displaced_efficiency=0.5", "--set=c_ff.hadronic_threshold=2"]
    told = provenance([*arguments, *FAST, *settings], capsys)
    one, two, other = told["detectors"].split("; ")
    assert one.startswith("one = BelleII(luminosity=50, background=True, displaced_efficiency=0.5,")
    assert two.startswith("two = BelleII(luminosity=0.5, background=True, displaced_efficiency=0.5,")
    assert other.startswith("e = ExtendedBelleII(luminosity=50, background=True, displaced_efficiency=1,")
    assert "hadronic_threshold=2" in told["model_repr"]


def test_files_of_ones_own_get_all_of_it(mine, capsys):
    arguments = ["reach", "compact", "mine", *FAST, *mine, "--jobs", "2"]
    told = provenance([*arguments, "--set", "compact.radius=0.2", "--set", "compact.luminosity=0.5"], capsys)
    assert told["detectors"] == "compact = Compact(radius=0.2, luminosity=0.5)"
    assert told["model_repr"] == "Mine(hadronic_threshold=1.5)"


def test_every_option_is_listed(mine, capsys):
    assert main(["list", "--options", *mine]) == 0
    printed = capsys.readouterr().out
    for line in ("belle2.luminosity=50 ", "compact.radius=0.3 ", "mine.hadronic_threshold=1.5 ", "dark-scalar or sin("):
        assert f"{line}" in printed
    assert "Outer radius of the tracker [m] (a number)" in printed
    with DETECTORS.preserved():
        assert main(["list", "--options", "--json", "-"]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert set(facts["detectors"]) == set(DETECTORS.names())
    assert facts["models"]["mine"]["hadronic_threshold"]["default"] == "1.5"
    assert facts["detectors"]["compact"]["luminosity"] == {
        "default": "50", "values": "a number", "meaning": "Integrated luminosity [ab^-1]",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "belle2.luminosity"], "'belle2.luminosity' is not LABEL.OPTION=VALUE"),
        (
            ["--set", "belle3.luminosity=3"],
            "about nothing that is used here; did you mean belle2?",
        ),
        (["--set", "na62.protons=3"], "is about nothing that is used here: belle2, alp-fermion, c_ff"),
        (["--set", "belle2.luminosty=3"], "luminosty is not an option of belle2; did you mean luminosity"),
        (["--set", "c_ff.threshold=3"], "threshold is not an option of alp-fermion; did you mean charm_threshold or "),
        (["--set", "belle2.luminosity=many"], "belle2.luminosity = 'many' is not a number"),
        (["--set", "belle2.luminosity=-1"], "belle2: luminosity = -1 ab^-1 is not positive"),
        (["--set", "belle2.calorimeter=fine"], "belle2.calorimeter = 'fine' is not plain or gaps"),
        (["--set", "belle2.modes=K+,K1"], "modes = ('K+', 'K1') must be different names of K+, K0, K*0, K*+"),
        (
            ["--set", "c_ff.hadronic_threshold=0.1"],
            "alp-fermion: hadronic_threshold = 0.1 GeV is not above",
        ),
        (["--set", "c_ff.form_factors=B -> K=K"], "FormFactor = 'K' is unknown; did you mean"),
        (["--set", "belle2.luminosity=3", "--set", "belle2.luminosity=4"], "'belle2.luminosity' is given twice"),
        (["--luminosity", "3", "--set", "belle2.luminosity=4"], "luminosity of belle2 is given twice"),
        (["--invisible", "0.5", "--set", "c_ff.invisible_branching_ratio=0"], "of alp-fermion is given twice"),
    ],
)
def test_wrong_settings_get_one_sentence_and_exit_code_2(arguments, message, capsys):
    try:
        code = main([*REACH, *arguments])
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.err.count("\n") == 1
    assert printed.out == ""


def test_a_shorthand_that_the_detector_lacks(capsys):
    assert main(["reach", "charm", "alp-fermion", *FAST, "--luminosity", "3"]) == 2
    assert "luminosity is not an option of charm, which takes bottom_cross_section, cascade" in capsys.readouterr().err


# what decays to dark matter alone is seen by none of them
VISIBLE = [name for name in model_names() if make_model(name).invisible_branching_ratio < 0.5]


@pytest.mark.parametrize("name", VISIBLE)
def test_all_detectors_side_by_side(name):
    detectors = [make_detector(other) for other in detector_names()]
    assert [detector.name for detector in detectors] == list(detector_names())
    model = make_model(name)
    found = compare(detectors, model, masses=[0.3, 2.5], couplings=np.geomspace(*model.coupling_range, 31), n=512)
    assert {search.partition(":")[0] for search in found.searches} == set(detector_names())
    seen = {interval.detector for interval in found.intervals()}
    assert len(seen) >= 2
    told = found.data.attrs["detectors"]
    assert all(f"{other} = " in told for other in detector_names())


def test_why_none_of_them_looks_for_a_model(capsys):
    arguments = ["compare", "e137", "belle", "--model", "dark-scalar", "--mass", "0.3,0.5", "--json", "-"]
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert "e137: nothing that " in said
    assert "belle: final state = gammagamma is not one of dark-scalar's" in said
    assert said.count("\n") == 1


def test_listing_simulates_nothing():
    code = (
        "from farflung.command_line import main\n"
        "main(['list'])\n"
        "from farflung.detectors.experiments.belle2_missing_energy import decay_table\n"
        "assert decay_table._read.cache_info().currsize == 0\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "belle2-simulated" in run.stdout
