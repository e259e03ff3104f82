"""Fresh runs of the generator agree with the tables of this package."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.all_recipes import RECIPES
from farflung.lpp.spectra.collisions import PythiaCollisions
from farflung.lpp.spectra.make_tables import generate, generate_together
from farflung.lpp.spectra.spectrum_table import SpectrumTable, spectrum_table

EVENTS = {
    "pi0_400": 3000,
    "eta_400": 12000,
    "pi0_70": 3000,
    "eta_70": 15000,
    "photons_400": 3000,
    "photons_70": 6000,
    "charged_kaons_400": 10000,
    "neutral_kaons_400": 10000,
    "charged_kaons_70": 20000,
    "neutral_kaons_70": 20000,
    "b_mesons_400": 4000,
    "b_mesons_8000": 2000,
    "b_mesons_13600": 2000,
    "b_mesons_14000": 2000,
    "d_mesons_14000": 2000,
    "d_mesons_13600": 2000,
    "d_mesons_400": 2000,
    "d_mesons_120": 2000,
    "d_mesons_70": 2000,
    "b_mesons_120": 1000,
}
LIGHT = tuple(name for name in RECIPES if name not in EVENTS)
RUNS = {
    "pi0_13600_pythia": (9, 600),
    "pi0_14000_pythia": (9, 600),
    "omega_400": (4, 2000),
    "pi0_120": (9, 2000),
    "omega_70": (4, 2000),
    "pi0_30": (9, 4000),
}
"""One table of each run that makes several, how many it makes, and events to try it with."""


@pytest.mark.parametrize("name", EVENTS)
def test_a_fresh_run_agrees_with_the_table(name):
    pytest.importorskip("pythia8mc")
    agree(name, generate(RECIPES[name](), EVENTS[name], seed=11), EVENTS[name])


def test_every_table_is_tried():
    of_pythia = {own for name in RUNS for own in of_one_run(name)}
    assert set(LIGHT) - of_pythia == {name for name in RECIPES if name.endswith("_sibyll")}


RUN = """
import sys
from pathlib import Path
from farflung.lpp.spectra.all_recipes import RECIPES
from farflung.lpp.spectra.make_tables import generate_together

folder, events, *names = sys.argv[1:]
for name, table in generate_together({name: RECIPES[name]() for name in names}, int(events), seed=11).items():
    (Path(folder) / f"{name}.csv").write_text(table.write(), encoding="utf-8")
"""


def of_one_run(name: str) -> tuple[str, ...]:
    """All tables that a run makes which makes the one of this name."""
    collisions = RECIPES[name]().collisions
    return tuple(other for other in LIGHT if RECIPES[other]().collisions == collisions)


@pytest.mark.parametrize("name", RUNS)
def test_particles_of_one_run_agree_with_their_tables(name):
    pytest.importorskip("pythia8mc")
    names, (number, events) = of_one_run(name), RUNS[name]
    assert len(names) == number
    for own, fresh in generate_together({own: RECIPES[own]() for own in names}, events, seed=11).items():
        agree(own, fresh, events)


# SIBYLL starts once in a process, to which it says goodbye on its own, and so is tried at two energies
@pytest.mark.parametrize("name", ["pi0_14000_sibyll", "pi0_400_sibyll"])
def test_particles_of_one_run_of_sibyll_agree_with_their_tables(name, tmp_path):
    pytest.importorskip("chromo")
    names, events = of_one_run(name), 4000
    assert len(names) == 9
    subprocess.run([sys.executable, "-c", RUN, str(tmp_path), str(events), *names], check=True, capture_output=True)
    for own in names:
        agree(own, SpectrumTable.read((tmp_path / f"{own}.csv").read_text(encoding="utf-8")), events)


def agree(name: str, fresh: SpectrumTable, events: int) -> None:
    """A fresh spectrum is that of the table, within statistics."""
    table = spectrum_table(name)
    for key in ("generator", "settings", "particles"):
        assert fresh.metadata[key] == table.metadata[key]
    particles = events * table.number("per_collision")
    if name in LIGHT:
        particles = min(particles, events)  # dozens in one collision, which is hard or soft as a whole
    # particles of one collision go together, so that numbers fluctuate more than by their root
    assert fresh.number("per_collision") == pytest.approx(table.number("per_collision"), rel=15 / np.sqrt(particles))
    assert fresh.number("on_grid") == pytest.approx(table.number("on_grid"), abs=max(0.02, 4 / np.sqrt(particles) / 2))
    rng = np.random.default_rng(1)
    one, two = fresh.sample(rng.random((200_000, 2))), table.sample(rng.random((200_000, 2)))
    for variable in (0, 1):
        edges = np.quantile(two[:, variable], np.linspace(0, 1, 11))
        shares = np.histogram(one[:, variable], edges)[0] / len(one)
        apart = (shares - 0.1) * np.sqrt(particles / 0.1)
        assert (np.abs(apart) < 8).all()
        assert (apart**2).mean() < 6


def test_tables_say_where_they_come_from():
    for name in RECIPES:
        table = spectrum_table(name)
        assert table.metadata["generator"].startswith(("Pythia 8.3", "SIBYLL 2.3d"))
        assert table.number("events") >= 100_000
        assert table.number("seed") == 1
        # far behind an LHC collision point only the hardest particles count
        assert (0.1 if name in LIGHT else 0.5) < table.number("on_grid") <= 1
        np.testing.assert_allclose(table.nodes[0], RECIPES[name]().nodes[0], rtol=1e-5)
        np.testing.assert_allclose(table.nodes[1], RECIPES[name]().nodes[1], rtol=1e-5, atol=1e-12)


def test_no_such_table():
    with pytest.raises(SpectrumError, match="photons_7"):
        spectrum_table("photons_7")


def test_wrong_settings_are_refused():
    pytest.importorskip("pythia8mc")
    with pytest.raises(SpectrumError, match="SoftQDC"):
        generate(replace(RECIPES["photons_70"](), collisions=PythiaCollisions(("SoftQDC:all = on",))), 10)
