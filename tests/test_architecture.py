"""The laws of the house: imports run downwards and in no circles, and no sweep asks of which kind a thing is."""

import ast
import importlib
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import combinations
from pathlib import Path

import pytest

from farflung.detectors import Detector, Search, Source
from farflung.lpp import Model, Process

ROOT = Path(__file__).resolve().parents[1]
SETUPTOOLS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
TOP = "scenarios/top"  # the package `farflung` itself, with the command line
FLOORS = ("geometry", "lpp", "detectors", "scenarios", "viz")
MAY_IMPORT = {
    "geometry": {"geometry"},
    "lpp": {"lpp"},
    "detectors": {"geometry", "lpp", "detectors"},
    "scenarios": {"geometry", "lpp", "detectors", "scenarios"},
    "viz": set(FLOORS),
    TOP: {*FLOORS, TOP},
}


def test_every_folder_with_code_is_packaged() -> None:
    folders = {path.parent.relative_to(ROOT).as_posix() for path in files().values()}
    assert set(SETUPTOOLS["packages"]) == {module_of(ROOT / folder / "__init__.py") for folder in folders}
    assert all((ROOT / folder / "__init__.py").exists() for folder in folders)
    assert all((ROOT / floor / "py.typed").exists() for floor in MAY_IMPORT)
    assert not (ROOT / "farflung").exists()  # it would hide the installed package


# Imports


@cache
def files() -> dict[str, Path]:
    """Files of the package by module name."""
    return {module_of(path): path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))}


def module_of(path: Path) -> str:
    place = path.relative_to(ROOT).as_posix().removesuffix(".py").removesuffix("/__init__")
    place = "farflung" if place == TOP else place.removeprefix(f"{TOP}/").replace("/", ".")
    return place if place == "farflung" else f"farflung.{place}"


def floor_of(module: str) -> str:
    place = files()[module].relative_to(ROOT)
    return TOP if place.is_relative_to(TOP) else place.parts[0]


@cache
def syntax(module: str) -> ast.Module:
    return ast.parse(files()[module].read_text(encoding="utf-8"))


@cache
def imports(module: str) -> set[str]:
    """Modules of the package that a file names in an import, wherever: in functions, or for the type checker alone.

    What comes from a package's `__init__` counts as coming from the file that defines it.
    """
    found: set[str] = set()
    for node in ast.walk(syntax(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
            found |= {name for name in names if name.split(".")[0] == "farflung"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "farflung":
            assert node.module is not None
            found |= {origin(node.module, alias.name) for alias in node.names}
    return found


@cache
def origin(module: str, name: str) -> str:
    """The module in which a name is defined that another one offers."""
    inner = f"{module}.{name}"
    if inner in files():
        return inner
    if module in files() and files()[module].name == "__init__.py":
        for node in syntax(module).body:
            if isinstance(node, ast.ImportFrom) and node.module and name in {a.asname or a.name for a in node.names}:
                return origin(node.module, name)
    return module


def test_imports_name_files_that_exist() -> None:
    assert [(module, name) for module in files() for name in imports(module) if name not in files()] == []


@pytest.mark.parametrize("floor", MAY_IMPORT)
def test_imports_only_run_downwards(floor: str) -> None:
    upwards = [
        (module, name)
        for module in files()
        if floor_of(module) == floor
        for name in sorted(imports(module))
        if floor_of(name) not in MAY_IMPORT[floor]
    ]
    assert upwards == []


def test_there_are_no_circles_of_imports() -> None:
    graph = {module: imports(module) - {module} for module in files()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as problem:
        pytest.fail(" <- ".join(problem.args[1]))


def test_inside_a_floor_nothing_comes_from_its_own_front_door() -> None:
    """Names are imported from the file that defines them, so that what is imported first does not matter."""
    roundabout = [
        (module, f"{node.module}.{alias.name}")
        for module, path in files().items()
        if path.name != "__init__.py"
        for node in ast.walk(syntax(module))
        if isinstance(node, ast.ImportFrom) and node.module == f"farflung.{floor_of(module)}"
        for alias in node.names
        if f"{node.module}.{alias.name}" not in files()
    ]
    assert roundabout == []


# Kinds of things


def kinds_of(base: type) -> Iterator[type]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds_of(kind)


def asked_kinds(tree: ast.AST) -> Iterator[str]:
    """Names of classes that code asks about: isinstance, issubclass, `type(x) is`, and patterns of a match."""
    for node in ast.walk(tree):
        asked: list[ast.expr] = []
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("isinstance", "issubclass"):
            asked = node.args[1:]
        elif isinstance(node, ast.Compare) and any(is_call_of_type(side) for side in (node.left, *node.comparators)):
            asked = [node.left, *node.comparators]
        elif isinstance(node, ast.MatchClass):
            asked = [node.cls]
        for expression in asked:
            for name in ast.walk(expression):
                if isinstance(name, ast.Name | ast.Attribute):
                    yield name.id if isinstance(name, ast.Name) else name.attr


def is_call_of_type(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "type"


def test_asked_kinds_are_found() -> None:
    code = "isinstance(a, A | x.B); type(b) is C; issubclass(c, (D,))\nmatch d:\n    case E(): pass"
    assert {"A", "B", "C", "D", "E"} <= set(asked_kinds(ast.parse(code)))


def test_scenarios_do_not_ask_for_kinds_of_searches_or_processes() -> None:
    """What a kind does differently it says itself, in a method."""
    for module in files():
        importlib.import_module(module)
    known = {kind.__name__ for base in (Search, Process, Source, Model, Detector) for kind in kinds_of(base)}
    assert {"PublishedLimit", "Decay", "Emission", "PhotonConversion"} <= known
    found = [
        (module, name)
        for module in files()
        if floor_of(module) in ("scenarios", TOP)
        for name in asked_kinds(syntax(module))
        if name in known
    ]
    assert found == []


# Names

KINDS_BESIDE_THEIR_BASE = {
    "detectors/detector.py": "detectors",
    "detectors/search.py": "searches",
    "detectors/source.py": "sources",
    "lpp/model.py": "models",
    "lpp/options/option.py": "options",
    "scenarios/papers/paper.py": "papers",
    "scenarios/sweeps/sweep.py": "sweeps",
    "viz/pages/page.py": "pages",
}
"""Files that hold what a folder is about, and that folder's name: the only names that differ by a plural alone."""


def plain(name: str) -> str:
    """A name without underscores and plurals."""
    return "".join(word.removesuffix("s").removesuffix("e") for word in name.split("_"))


def test_names_differ_by_more_than_a_plural_or_an_underscore() -> None:
    """Of files and folders in one folder, and of files and the folders around them."""
    alike: set[tuple[str, str]] = set()
    for folder in {path.parent for path in files().values()}:
        inside = sorted(path for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists())
        inside = [path for path in inside if path.name != "__init__.py"]
        around = [up for up in folder.parents if up != ROOT and up.is_relative_to(ROOT)]
        pairs = [*combinations(inside, 2), *((path, up) for path in inside for up in (folder, *around))]
        for one, other in pairs:
            if one.stem != other.stem and plain(one.stem) == plain(other.stem):
                file, beside = sorted((one, other), key=Path.is_dir)
                alike.add((file.relative_to(ROOT).as_posix(), beside.name))
    assert alike == set(KINDS_BESIDE_THEIR_BASE.items())
