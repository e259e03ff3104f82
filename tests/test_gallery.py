"""The scripts of the gallery: what their pages need. That each runs, and draws, is seen when the site is built."""

import ast
from pathlib import Path

import pytest

import farflung.detectors
import farflung.geometry
import farflung.lpp
import farflung.scenarios
import farflung.viz

GALLERY = Path(__file__).resolve().parents[1] / "examples" / "gallery"
SCRIPTS = sorted(GALLERY.glob("*.py"))
PUBLIC = {
    module.__name__: set(module.__all__)
    for module in (farflung.detectors, farflung.geometry, farflung.lpp, farflung.scenarios, farflung.viz)
}
ALSO = {"farflung.lpp": {"standard_model"}}
"""Modules that scripts may take as a whole."""


def test_there_are_enough():
    assert len(SCRIPTS) >= 12
    assert all(path.name.startswith("plot_") for path in SCRIPTS)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script(path):
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    title, line, *_ = (ast.get_docstring(tree) or "\n").splitlines()
    assert len(line) >= len(title) > 5
    assert set(line) == {"="}
    assert "# %%" in text
    assert "\n/" not in text
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("farflung") for name in node.names)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("farflung"):
            assert node.module in PUBLIC, f"from {node.module} is not what users have"
            assert {name.name for name in node.names} <= PUBLIC[node.module] | ALSO.get(node.module, set())
