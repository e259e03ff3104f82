"""The scripts in examples/: each runs, each is short, and what detectors and models they add work beside all others."""

import ast
import io
import runpy
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from scipy.integrate import quad

from farflung.detectors import BelleII, make_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import ProtonBremsstrahlung, make_model
from farflung.lpp import standard_model as sm
from farflung.lpp.models.registered import MODELS
from farflung.scenarios import branching_ratio_limit, compare, lifetime_plane, reach
from farflung.scenarios.loading import load

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
FEW = {"n": 512}

# Of each example the lines of its own that it may have, and what does not count: widths from the literature
MOST_LINES = {
    "faser2_like": (15, ()),
    "dark_photon": (25, ("widths",)),
    "heavy_neutral_lepton": (30, ("widths", "root")),
    "single_photon": (12, ()),
    "charm_dump": (15, ()),
    "muon_scalar": (25, ()),
}


@pytest.fixture(autouse=True)
def own_registries() -> Iterator[None]:
    with DETECTORS.preserved(), MODELS.preserved():
        yield


def loaded(*names: str) -> list[ModuleType]:
    before = set(sys.modules)
    load([str(EXAMPLES / f"{name}.py") for name in names])
    new = sorted(set(sys.modules) - before)
    return [sys.modules.pop(name) for name in new if name.startswith("_farflung_loaded")]


def test_all_examples_are_tried() -> None:
    assert {path.stem for path in EXAMPLES.glob("*.py")} == {*MOST_LINES, "model_pictures"}


@pytest.mark.parametrize("name", MOST_LINES)
def test_an_example_is_short(name: str) -> None:
    most, without = MOST_LINES[name]
    assert own_lines((EXAMPLES / f"{name}.py").read_text(encoding="utf-8"), without) <= most


def own_lines(source: str, without: tuple[str, ...]) -> int:
    """Lines with code, not counting docstrings, comments and the functions of these names."""
    left_out: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name in without:
            left_out |= set(range(node.lineno, (node.end_lineno or 0) + 1))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            left_out |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    empty = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    found: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in empty:
            found |= set(range(token.start[0], token.end[0] + 1))
    return len(found - left_out)


def parents(detector: str, model: str) -> set[str]:
    """What makes the model's particle for the detector's only search."""
    made = make_detector(detector)
    (search,) = made.searches
    return {process.initial for process in made.processes(search, make_model(model))}


def test_a_tube_at_the_lhc_sees_whatever_is_made_there() -> None:
    loaded("faser2_like", "dark_photon", "heavy_neutral_lepton")
    assert parents("faser2-like", "dark-scalar") == {"B+", "B0", "K+"}
    assert parents("faser2-like", "my-dark-photon") == {"pi0", "eta", "p"}
    assert parents("faser2-like", "heavy-neutral-lepton") == {"D0", "D+"}
    tube = make_detector("faser2-like")
    for model, masses in {
        "dark-scalar": [0.2, 1.0, 3.0],  # K+, B
        "my-dark-photon": [0.05, 0.3, 0.9],  # pi0, eta, bremsstrahlung
        "heavy-neutral-lepton": [0.3, 1.0, 1.5],  # D0 and D+, D+ alone
    }.items():
        found = reach(tube, make_model(model), masses, n=16384)
        assert np.isfinite(found.smallest_coupling()).all(), model
        events, error = found.data["events"].values, found.data["events_error"].values
        counted = events > found.data["limit"].values[..., None]
        assert (error[counted] < 0.3 * events[counted]).all(), model


def test_a_dark_photon_is_seen_by_detectors_that_do_not_know_it() -> None:
    loaded("faser2_like", "dark_photon")
    names = ("charm", "nucal", "na62", "na62-dump", "faser2-like")
    found = compare([make_detector(name) for name in names], make_model("my-dark-photon"), [0.02, 0.1], **FEW)
    coupling = found.smallest_coupling()
    for search in ("charm:decays", "nucal:decays", "na62-dump:decays", "faser2-like:decays"):
        assert np.isfinite(coupling.sel(search=search)).all(), search
    assert np.isnan(coupling.sel(search="na62:invisible")).all()  # which tags a pion


def test_widths_and_production_of_the_dark_photon() -> None:
    (example,) = loaded("dark_photon")
    photon = example.DarkPhoton()
    # Gamma/eps^2 of SensCalc's GammaDarkPhoton.txt (arXiv:2305.13383) [GeV], and of darkcast (arXiv:1801.04847) B(ee)
    np.testing.assert_allclose(photon.total_width([0.05, 0.3]), [1.216e-4, 1.389e-3], rtol=3e-3)
    assert float(photon.branching_ratios(0.3)["ee"]) == pytest.approx(0.525, rel=5e-3)
    # 2 B(pi0 -> gamma gamma) of massless dark photons
    assert float(photon.production("pi0 -> gamma", 0.002)) == pytest.approx(2 * 0.988, rel=1e-3)
    # for each proton of 400 GeV and eps^2, by the formula of arXiv:1311.3870 integrated elsewhere
    made = ProtonBremsstrahlung().number(np.array([0.1, 0.5]), 400.0)
    np.testing.assert_allclose(made, [8.2e-3, 2.0e-2], rtol=0.02)


def test_a_heavy_neutral_lepton_scanned_in_the_square_of_its_mixing() -> None:
    loaded("charm_dump", "heavy_neutral_lepton")
    model, dump = make_model("heavy-neutral-lepton"), make_detector("charm-dump")
    assert [str(process) for process in dump.processes("decays", model)] == ["D+ -> mu+", "D0 -> K- mu+"]
    masses = [0.3, 0.6, 1.3]
    found = reach(dump, model, masses, **FEW)
    assert np.isfinite(found.smallest_coupling()).all()
    # where hardly any decay, production and decay take one power of |U|^2 each
    few = reach(dump, model, masses, couplings=[1e-10, 1e-8], **FEW).data["events"].values[0]
    np.testing.assert_allclose(few[:, 1] / few[:, 0], 1e4, rtol=1e-2)
    # a search for nu mu mu alone sees its share, by tracks of the two muons; of nu pi0 nobody sees two tracks
    search = dump.search("decays")
    some = reach(dump, model, [1.0], couplings=[1e-8], n=4096).data["events"].values.item()
    dump.searches["decays"] = search.only("numumu")
    muons = reach(dump, model, [1.0], couplings=[1e-8], n=4096).data["events"].values.item()
    ratios = model.branching_ratios(1.0)
    seen = sum(float(ratios[state]) for state in ("numumu", "nuee", "mupi"))
    assert muons / some == pytest.approx(float(ratios["numumu"]) / seen, rel=0.15)


def integral(x: float, y: float, z: float) -> float:
    """I(x, y, z) of arXiv:1805.08567, eq. 3.2: the three-body phase space of a charged current."""

    def integrand(s: float) -> float:
        first, second = (s - x**2 - y**2) ** 2 - 4 * x**2 * y**2, (1 - s - z**2) ** 2 - 4 * s * z**2
        return (s - x**2 - y**2) * (1 + z**2 - s) * np.sqrt(max(first * second, 0.0)) / s

    return 12 * quad(integrand, (x + y) ** 2, (1 - z) ** 2)[0]


def test_widths_and_production_of_the_heavy_neutral_lepton(tmp_path: Path) -> None:
    (example,) = loaded("heavy_neutral_lepton")
    lepton = example.HeavyNeutralLepton()
    # Gamma/|U_mu|^2 of SensCalc's HNLdecayWidth.dat (arXiv:2305.13383) at 0.5 GeV; the example leaves N -> mu e nu out
    weak = 2 * sm.G_F**2 * 0.5**5 / (192 * np.pi**3)
    left_out = weak * integral(0.0, sm.mass("e-") / 0.5, sm.mass("mu-") / 0.5)
    assert float(lepton.total_width(0.5)) + left_out == pytest.approx(1.586e-14, rel=1e-3)
    assert float(lepton.partial_widths(1.0)["invisible"]) == pytest.approx(4.570e-14, rel=1e-3)
    # B(D0 -> K- mu+ nu) = 3.41 % (PDG 2024)
    light = quad(lambda q2: example.semileptonic(1e-6, q2), sm.mass("mu-") ** 2, (example.D0 - example.KAON) ** 2)
    assert light[0] / sm.width("D0") == pytest.approx(0.0341, rel=0.06)
    # with an electron, and the pole of f_0 at the D_s: branching ratios over |U|^2 as evaluated elsewhere, with f/(1 -
    # q^2/m^2) as in HNLCalc (arXiv:2405.07330); the D_s0* makes them 10 and 25 % smaller
    changed = (EXAMPLES / "heavy_neutral_lepton.py").read_text(encoding="utf-8")
    for old, new in (('("mu-", "K+", "D0", "D+")', '("e-", "K+", "D0", "D+")'), ("2.318**2", "1.968**2")):
        assert old in changed
        changed = changed.replace(old, new)
    (tmp_path / "electron.py").write_text(changed.replace("register_model(H", "# "), encoding="utf-8")
    lepton = runpy.run_path(str(tmp_path / "electron.py"))["HeavyNeutralLepton"]()
    np.testing.assert_allclose(lepton.production("D0 -> K- mu+", [0.5, 1.0]), [0.0222, 0.0031], rtol=0.02)
    assert float(lepton.production("D+ -> mu+", 1.0)) == pytest.approx(0.0178, rel=0.05)


def test_a_single_photon_in_the_barrel() -> None:
    loaded("single_photon")
    detector, model = make_detector("belle2-photon"), make_model("alp-photon", invisible_branching_ratio=0.9)
    found = reach(detector, model, [0.1, 1.0, 5.0], **FEW)
    assert np.isfinite(found.smallest_coupling()).all()
    # the share of the photons that are in the barrel, each counted by hand
    search = detector.search("photon")
    (process,) = search.processes
    flights = detector.flights(model, 1.0, process=process, n=2**16, seed=3)
    (photon,) = flights.recoil or ()
    momentum = np.linalg.norm(photon.momentum, axis=1)
    angle = np.degrees(np.arccos(photon.momentum[:, 2] / momentum))
    barrel = (momentum > 1.8) & (angle > 32.2) & (angle < 128.7)
    share = flights.weight @ barrel / flights.weight.sum()
    assert 0.2 < share < 0.8
    assert search.selected(flights).weight.sum() == pytest.approx(share, rel=1e-9)
    # so weakly coupled that nothing decays inside
    coupling = 1e-9
    events = reach(detector, model, [1.0], couplings=[coupling], n=4096).data["events"].values.item()
    made = float(detector.source.produced(process, model, 1.0, coupling))
    assert events == pytest.approx(made * share, rel=0.02)


def test_a_particle_of_which_only_lifetime_and_branching_ratio_are_known() -> None:
    """It needs no script: limits in that plane as in figure 10 of arXiv:2201.06580, about 1e-7 and 1e-6."""
    lengths = np.geomspace(1e-4, 1e4, 9)
    belle2 = BelleII(factorised=True)
    plane = lifetime_plane([belle2, make_detector("lhcb")], "B+ -> K+", 0.3, lengths, **FEW)
    limits = plane["limit"].sel(search="belle2:invisible").values
    assert limits[-1] == pytest.approx(1.0e-7, rel=0.05)
    assert limits[0] == pytest.approx(1.3e-6, rel=0.1)
    assert np.isfinite(plane["limit"].sel(search="lhcb:displaced")).any()
    alone = branching_ratio_limit(belle2, "displaced", 0.3, lengths, process="B+ -> K+", n=512)
    np.testing.assert_allclose(plane["limit"].sel(search="belle2:displaced"), alone)


def test_a_muon_scalar_is_looked_for_wherever_there_are_b_mesons() -> None:
    loaded("faser2_like", "muon_scalar")
    found = compare([BelleII(), make_detector("faser2-like")], make_model("muon-scalar"), [0.3, 1.0], **FEW)
    assert np.isfinite(found.smallest_coupling().sel(search="belle2:displaced")).all()
    assert (found.data["events"].sel(search="faser2-like:decays").max("coupling") > 0).all()


def test_pictures_of_the_models_are_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["model_pictures.py", str(tmp_path)])
    runpy.run_path(str(EXAMPLES / "model_pictures.py"), run_name="__main__")
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in (EXAMPLES.parent / "docs" / "models").glob("*.png")
    }
