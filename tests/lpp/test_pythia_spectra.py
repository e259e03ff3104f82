"""Fresh runs of the generator agree with the tables of this package."""

from dataclasses import replace

import numpy as np
import pytest

from farflung.lpp.errors import SpectrumError
from farflung.lpp.spectra.collisions import PythiaCollisions
from farflung.lpp.spectra.make_tables import generate
from farflung.lpp.spectra.recipes import RECIPES
from farflung.lpp.spectra.spectrum_table import spectrum_table

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
}


@pytest.mark.parametrize("name", RECIPES)
def test_a_fresh_run_agrees_with_the_table(name):
    pytest.importorskip("pythia8mc")
    table, fresh = spectrum_table(name), generate(RECIPES[name](), EVENTS[name], seed=11)
    for key in ("generator", "settings", "particles"):
        assert fresh.metadata[key] == table.metadata[key]
    particles = EVENTS[name] * table.number("per_collision")
    # particles of one collision go together, so that numbers fluctuate more than by their root
    assert fresh.number("per_collision") == pytest.approx(table.number("per_collision"), rel=15 / np.sqrt(particles))
    assert fresh.number("on_grid") == pytest.approx(table.number("on_grid"), abs=0.02)
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
        assert table.metadata["generator"].startswith("Pythia 8.3")
        assert table.number("events") >= 100_000
        assert table.number("seed") == 1
        assert 0.5 < table.number("on_grid") <= 1
        np.testing.assert_allclose(table.nodes[0], RECIPES[name]().nodes[0], rtol=1e-5)
        np.testing.assert_allclose(table.nodes[1], RECIPES[name]().nodes[1], rtol=1e-5, atol=1e-12)


def test_no_such_table():
    with pytest.raises(SpectrumError, match="photons_7"):
        spectrum_table("photons_7")


def test_wrong_settings_are_refused():
    pytest.importorskip("pythia8mc")
    with pytest.raises(SpectrumError, match="SoftQDC"):
        generate(replace(RECIPES["photons_70"](), collisions=PythiaCollisions(("SoftQDC:all = on",))), 10)
