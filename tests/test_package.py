"""What is written and what a user gets when installing: examples, pages, the wheel."""

import doctest
import importlib
import os
import pkgutil
import re
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

import pytest

from farflung.detectors.registry import DETECTORS
from farflung.lpp.models.registered import MODELS
from farflung.scenarios.papers.registry import PAPERS
from farflung.viz.papers.registry import DRAWINGS

ROOT = Path(__file__).resolve().parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]


def modules():
    for name in SETUPTOOLS["packages"]:
        yield name
        for module in pkgutil.iter_modules(importlib.import_module(name).__path__, f"{name}."):
            if not module.ispkg:
                yield module.name


def with_examples():
    return [name for name in modules() if ">>> " in source_of(name)]


def source_of(name):
    return Path(importlib.import_module(name).__file__).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(with_examples()))
def test_examples_in_docstrings_run(name):
    failed, tried = doctest.testmod(importlib.import_module(name))
    assert tried > 0
    assert failed == 0


def test_python_in_the_readme_and_the_docs_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # what the pages register stays on the pages
    with DETECTORS.preserved(), MODELS.preserved(), PAPERS.preserved(), DRAWINGS.preserved():
        run_pages()


def run_pages():
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    fenced = re.compile(r"```python\n(.*?)```", re.DOTALL)
    snippets = [(page, code) for page in pages for code in fenced.findall(page.read_text(encoding="utf-8"))]
    # sessions with prompts are tested where they belong, as in tests/geometry/test_documentation.py
    snippets = [(page, code) for page, code in snippets if not code.startswith(">>>")]
    assert snippets
    for page, code in snippets:
        exec(compile(code, str(page), "exec"), {"__name__": "__main__"})


def test_the_wheel_works_in_a_fresh_environment(tmp_path):
    """Build, install without dependencies, borrow those of this environment, import everything."""
    source = tmp_path / "source"
    listing = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listing.stdout.split("\n") if listing.returncode == 0 else []
    if not any(names):
        pytest.skip("not a git checkout")
    for name in filter(None, names):
        target = source / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            target.write_bytes((ROOT / name).read_bytes())
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(tmp_path), str(source)], check=True)
    (wheel,) = tmp_path.glob("farflung-*.whl")
    place = tmp_path / "fresh"
    venv.create(place, with_pip=False)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    fresh = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True).stdout.strip()
    subprocess.run([*pip, "install", "--no-deps", "--target", fresh, str(wheel)], check=True)
    borrowed = {str(Path(importlib.import_module(name).__file__).parents[1]) for name in ("numpy", "scipy", "pytest")}
    (Path(fresh) / "borrowed.pth").write_text("\n".join(sorted(borrowed)))
    lines = [f"import {name}" for name in modules() if not name.endswith(".testing")]
    lines.append(f"assert farflung.lpp.__file__.startswith({fresh!r}), farflung.lpp.__file__")
    subprocess.run([python, "-c", "\n".join(lines)], check=True, cwd=tmp_path)
