"""The model of one's own that docs/models.md shows."""

import importlib.util
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from farflung.command_line import main
from farflung.lpp import Model, model_names
from farflung.lpp.models.registered import MODELS
from farflung.lpp.testing import ModelContract

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "muon_scalar.py"


@cache
def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("muon_scalar", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def own_registry() -> Iterator[None]:
    load.cache_clear()
    with MODELS.preserved():
        yield


class TestMuonScalar(ModelContract):
    def make_model(self, **arguments: float) -> Model:
        return load().MuonScalar(**arguments)


def test_class_has_fewer_than_thirty_lines() -> None:
    text = SCRIPT.read_text()
    start = text.index("class MuonScalar")
    assert text[start : text.index("register_model(M")].strip().count("\n") + 1 < 30


def test_width_by_hand() -> None:
    # g^2 m beta^3/(8 pi) at g = 1e-3, m = 1 GeV
    beta = np.sqrt(1 - 4 * 0.1056583755**2)
    assert float(load().MuonScalar().total_width(1.0, 1e-3)) == pytest.approx(1e-6 * beta**3 / (8 * np.pi), rel=1e-6)


def test_runs_through_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load()
    assert "muon-scalar" in model_names()
    out = tmp_path / "reach.csv"
    arguments = ["reach", "belle2", "muon-scalar", "--mass", "0.3:3:3", "--coupling", "1e-7:1e-2:60", "-n", "512"]
    assert main([*arguments, "--output", str(out)]) == 0
    rows = [line for line in out.read_text().splitlines() if not line.startswith("#")]
    assert any("displaced" in row for row in rows)
