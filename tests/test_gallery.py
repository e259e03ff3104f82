"""The scripts in examples/gallery/: public imports alone, a page's title, no file, and a picture at the end.

They are run by the build of the site, which fails where one does: all of them would take minutes here.
"""

import ast
from pathlib import Path

import pytest

import farflung.detectors
import farflung.geometry
import farflung.lpp
import farflung.scenarios
import farflung.viz

FLOORS = {"detectors", "geometry", "lpp", "scenarios", "viz"}
PUBLIC = {f"farflung.{floor}": {*getattr(farflung, floor).__all__, "standard_model"} for floor in FLOORS}
SCRIPTS = sorted((Path(__file__).resolve().parents[1] / "examples" / "gallery").glob("*.py"))


@pytest.fixture(params=SCRIPTS, ids=lambda path: path.stem)
def script(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_there_are_scripts_for_every_subject() -> None:
    subjects = {path.stem.split("_")[1] for path in SCRIPTS}
    assert subjects == {"acceptance", "detector", "geometry", "model", "reach", "statistics"}
    assert len(SCRIPTS) >= 14


def test_a_script_imports_what_is_public(script: Path) -> None:
    for node in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("farflung"):
            assert {alias.name for alias in node.names} <= PUBLIC[str(node.module)]
        elif isinstance(node, ast.Import):
            assert not any(alias.name.startswith("farflung") for alias in node.names)


def test_a_script_is_a_page_with_a_title_and_a_question(script: Path) -> None:
    title, line, empty, *text = str(ast.get_docstring(ast.parse(script.read_text(encoding="utf-8")))).split("\n")
    assert len(title) <= 50
    assert line == "=" * len(title)
    assert not empty
    assert len(text) >= 2


def test_a_script_writes_and_registers_nothing(script: Path) -> None:
    names = {n.id for n in ast.walk(ast.parse(script.read_text(encoding="utf-8"))) if isinstance(n, ast.Name)}
    assert not names & {"open", "Path", "save", "save_scene", "register_detector", "register_model"}


def test_a_script_ends_with_a_picture(script: Path) -> None:
    last_cell = ast.parse(script.read_text(encoding="utf-8").split("# %%")[-1])
    calls = {ast.unparse(node.func) for node in ast.walk(last_cell) if isinstance(node, ast.Call)}
    assert any(call == "plt.subplots" or call.startswith("plot_") for call in calls)
