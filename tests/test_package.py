"""What is written and what a user gets when installing: examples, pages, the wheel."""

import argparse
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

import numpy as np
import pytest
from PIL import Image

from farflung.detectors import make_detector
from farflung.detectors.registry import DETECTORS
from farflung.lpp import make_model
from farflung.lpp.models.registered import MODELS
from farflung.scenarios import reach
from farflung.scenarios.loading import load
from farflung.scenarios.papers.registry import PAPERS
from farflung.viz.papers.registry import DRAWINGS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]


def test_data_are_small():
    """All that comes with the package, 8 MB, and each spectrum, 300 kB."""
    found = {path: path.stat().st_size for folder in SETUPTOOLS["package-dir"].values()
             for path in (ROOT / folder).glob("**/data/*") if path.is_file()}  # fmt: skip
    assert sum(found.values()) < 8e6
    spectra = [size for path, size in found.items() if "spectra" in path.parts]
    assert spectra
    assert max(spectra) < 300e3


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
    snippets = [(page, code) for page in PAGES for code in blocks(page)]
    # sessions with prompts are tested where they belong, as in tests/geometry/test_documentation.py
    snippets = [(page, code) for page, code in snippets if not code.startswith(">>>")]
    assert snippets
    names = {page: {"__name__": "__main__"} for page in PAGES}
    for page, code in snippets:
        # where the site puts pictures below blocks they are one script, elsewhere each block stands alone
        continued = "\n<!-- picture: " in page.read_text(encoding="utf-8")
        exec(compile(code, str(page), "exec"), names[page] if continued else {"__name__": "__main__"})


def blocks(page):
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_what_contributing_adds_passes_its_contracts_and_works_together(tmp_path):
    files = []
    for i, code in enumerate(blocks(ROOT / "CONTRIBUTING.md")):
        files.append(tmp_path / f"snippet_{i}.py")
        files[-1].write_text(code, encoding="utf-8")
    before = set(sys.modules)
    with DETECTORS.preserved(), MODELS.preserved():
        load([str(file) for file in files])
        own = {name: vars(sys.modules[name]) for name in set(sys.modules) - before if "snippet_" in name}
        contracts = [thing for names in own.values() for label, thing in names.items() if label.startswith("Test")]
        assert {contract.__name__ for contract in contracts} == {"TestTube", "TestBarrel", "TestMine"}
        for contract in contracts:
            for label in dir(contract):
                if label.startswith("test_"):
                    getattr(contract(), label)()
        tube, mine = make_detector("tube", protons=1e17), make_model("mine")
        processes = tube.processes("decays", mine)
        assert [str(process) for process in processes] == ["D+ -> pi+", "p -> jets"]
        assert np.isfinite(reach(tube, mine, [0.3], n=512).smallest_coupling()).all()
        parser = argparse.ArgumentParser()
        (command,) = (names["add"] for names in own.values() if "add" in names)
        command(parser.add_subparsers())
        parser.parse_args(["names"]).run(None)
        for name in own:
            del sys.modules[name]


def test_contributing_has_a_line_for_every_folder():
    rooms = re.findall(r"^\| `([\w/]+)/` \|", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.MULTILINE)
    folders = {
        path.parent.relative_to(ROOT).as_posix()
        for floor in {room.split("/")[0] for room in rooms}
        for path in (ROOT / floor).rglob("*.py")
    }
    assert sorted(rooms) == sorted(folders)


@pytest.mark.parametrize("page", [path.name for path in PAGES])
def test_links_and_names_on_the_pages_lead_somewhere(page):
    """Files that are linked, or named with their folder, and modules and names of the package."""
    (path,) = (path for path in PAGES if path.name == page)
    text = path.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]*)(?:#[\w-]+)?\)", text):
        assert "://" in link or (path.parent / link).exists(), link
    for link, anchor in re.findall(r"\]\(([^)#:]*)#([\w-]+)\)", text):
        assert anchor in anchors(path.parent / link if link else path), anchor
    for name in re.findall(r"(?<![\w./-])((?:geometry|lpp|detectors|scenarios|viz|tests|examples)/[\w/]+\.py)", text):
        assert (ROOT / name).is_file(), name
    for name in set(re.findall(r"farflung(?:\.[A-Za-z_]\w*)+", text)):
        assert pkgutil.resolve_name(name), name


def anchors(page):
    """Anchors of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


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


def test_pictures_tell_no_folder_of_the_machine_that_drew_them() -> None:
    """Their metadata hold the command, which names files without folders."""
    pictures = [path for path in ROOT.glob("docs/p*/*.png") if b"farflung" in path.read_bytes()]
    assert len(pictures) > 5
    for path in pictures:
        text = Image.open(path).text.get("Description", "").partition("\n")[0]
        assert not re.search(r"(?:^|[\s=])/", text), f"{path.name}: {text}"
